/* replay.c: any moment of a trace.
 *
 * Going to a moment costs one copy of a world (its bytes) and at most about
 * two distances of applies, so the distance between keyframes follows the
 * size of a world: reading forward should not spend more on keeping than on
 * applying, and going back should not spend more on applying than on what a
 * frame of the window may last (16 ms).
 *
 *   a copy is about 0.2 ns a byte, an apply about 20 ns:
 *   bytes / 8 events apart, keeping takes a tenth of the time at most, and 8
 *   bytes of memory an event (which itself takes 32);
 *   262144 events apart, going back takes about 5 to 10 ms.
 *
 * When all keyframes together outgrow the budget, every second one is dropped
 * and the distance doubles: a longer run is kept more coarsely. */
#include "sim/model/replay.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>
#include <string.h>

struct keyframe {
    size_t position;
    struct world world;
};

enum {
    APART_LEAST = 1024, /* events */
    APART_MOST = 262144, /* … chosen by size; the budget may go beyond */
    BYTES_AN_EVENT = 8 /* a world this big is kept every event */
};

/* Index of the last keyframe at or before `position`. */
static size_t frame_before(const struct replay *r, size_t position)
{
    size_t low = 0, high = r->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (r->frames[middle].position <= position)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void drop_frame(struct replay *r, struct keyframe *f)
{
    r->bytes -= f->world.bytes;
    world_free(&f->world);
}

/* Drops every second keyframe; the beginning stays. */
static void thin_out(struct replay *r)
{
    size_t kept = 1;
    for (size_t i = 1; i < r->count; i++) {
        if (i % 2)
            drop_frame(r, &r->frames[i]);
        else
            r->frames[kept++] = r->frames[i];
    }
    r->count = kept;
    r->apart *= 2;
}

static void insert_frame(struct replay *r, size_t at, const struct world *w)
{
    r->frames = mem_grow(r->frames, r->count + 1, &r->room, sizeof *r->frames);
    struct keyframe *f = r->frames + at;
    memmove(f + 1, f, (r->count - at) * sizeof *f);
    *f = (struct keyframe){.position = w->head->events};
    world_copy(&f->world, w);
    r->bytes += w->bytes;
    r->count++;
}

static size_t distance_for(size_t bytes)
{
    size_t events = bytes / BYTES_AN_EVENT;
    if (events < APART_LEAST)
        return APART_LEAST;
    return events > APART_MOST ? APART_MOST : events;
}

static bool far_from_others(const struct replay *r, size_t position)
{
    size_t i = frame_before(r, position);
    if (position - r->frames[i].position < r->apart)
        return false;
    return i + 1 == r->count ||
           r->frames[i + 1].position - position >= r->apart;
}

void replay_offer(struct replay *r, const struct world *w)
{
    size_t position = w->head->events;
    require(position <= r->trace->count);
    while (r->apart < distance_for(w->bytes))
        r->apart *= 2;
    if (!far_from_others(r, position))
        return;
    while (r->count > 1 && r->bytes + w->bytes > r->budget)
        thin_out(r);
    if (r->bytes + w->bytes > r->budget || !far_from_others(r, position))
        return;
    insert_frame(r, frame_before(r, position) + 1, w);
}

void replay_init(struct replay *r, const struct scenario *sc,
                 const struct trace *tr)
{
    *r = (struct replay){
        .trace = tr, .apart = APART_LEAST, .budget = REPLAY_BUDGET};
    world_init(&r->world, sc);
    insert_frame(r, 0, &r->world);
}

static void load_frame(struct replay *r, size_t i)
{
    world_copy(&r->world, &r->frames[i].world);
    r->position = r->frames[i].position;
}

void replay_seek(struct replay *r, size_t position)
{
    require(position <= r->trace->count);
    size_t i = frame_before(r, position);
    if (position < r->position || r->frames[i].position > r->position)
        load_frame(r, i);
    while (r->position < position) {
        size_t stop = r->position + r->apart - r->position % r->apart;
        if (stop > position)
            stop = position;
        for (; r->position < stop; r->position++)
            world_apply(&r->world, r->trace, trace_at(r->trace, r->position));
        if (stop % r->apart == 0)
            replay_offer(r, &r->world);
    }
}

void replay_cut(struct replay *r, size_t n)
{
    require(n <= r->trace->count);
    while (r->frames[r->count - 1].position > n)
        drop_frame(r, &r->frames[--r->count]);
    if (r->position <= n)
        return;
    load_frame(r, r->count - 1);
    replay_seek(r, n);
}

void replay_free(struct replay *r)
{
    for (size_t i = 0; i < r->count; i++)
        world_free(&r->frames[i].world);
    free(r->frames);
    world_free(&r->world);
    *r = (struct replay){0};
}
