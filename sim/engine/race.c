/* race.c: where Linux itself may do this or that.
 *
 * Nearly everything a kernel does with processes has one outcome. One thing
 * has not: when two sleepers of the same pipe have been woken and neither has
 * looked yet, whoever gets the pipe's lock first looks first. (A reader that
 * leaves something over while a writer is still waiting with more than fits
 * into the pipe wakes that writer and the next reader: SEMANTICS.md, P17.)
 * Nobody can foretell it, so there the model offers the outcomes and the
 * kernel picks one.
 *
 * A run of the model alone takes those woken in the order of waking. In a live
 * run a step in which that choice came up is done by the real processes first;
 * when nobody moves any more, what came of it is held against the outcomes one
 * after the other, in the order of their choices: the model goes back to the
 * moment before the step and does it again with the next. The first that fits
 * is what has happened; its CHOICE events stay in the trace. If none fits, the
 * first outcome stays and the step diverges.
 *
 * Going back costs a copy of the world, so one is kept only before steps in
 * which the choice can come up: two sleep on one pipe. */
#include "sim/engine/engine.h"

#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* More outcomes than this are not tried. */
enum { TRIES_MOST = 20000 };

static bool can_come_up(const struct world *w)
{
    for (int i = 0; i < w->head->pipes; i++)
        if (w->pipe[i].read_wait.count + w->pipe[i].write_wait.count > 1)
            return true;
    return false;
}

void race_begin(struct sim *s)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    r->kept = can_come_up(&s->world);
    if (!r->kept)
        return;
    world_copy(&r->before, &s->world);
    r->events = s->trace.count;
    r->bytes = s->trace.byte_count;
    r->step = l->step;
    r->owed = mem_grow(r->owed, l->owed_count, &r->owed_room, sizeof *r->owed);
    if (l->owed_count)
        memcpy(r->owed, l->owed, l->owed_count * sizeof *r->owed);
    r->owed_count = l->owed_count;
    r->made = r->count = r->tries = 0;
    r->asked = r->in_vain = false;
}

size_t race_choose(struct sim *s, int pipe, size_t among)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    if (!l->open || !r->kept || r->made == CHOICES_MOST)
        return 0;
    l->step.race = pipe;
    if (r->made == r->count) {
        r->choice[r->count].taken = 0;
        r->choice[r->count++].among = (uint16_t)among;
    }
    return r->choice[r->made++].taken;
}

static void go_back(struct sim *s)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    world_copy(&s->world, &r->before);
    trace_cut(&s->trace, r->events, r->bytes);
    if (r->owed_count)
        memcpy(l->owed, r->owed, r->owed_count * sizeof *l->owed);
    l->owed_count = r->owed_count;
    l->step = r->step;
    r->made = 0;
}

/* The last choice that can be made differently is; those behind it come up
 * anew. Returns false when all have been tried. */
static bool choose_differently(struct race *r)
{
    while (r->count > 0) {
        struct choice *last = &r->choice[r->count - 1];
        if (last->taken + 1 < last->among && r->tries++ < TRIES_MOST) {
            last->taken++;
            return true;
        }
        r->count--;
    }
    return false;
}

static bool fits(const struct sim *s, const struct sight *seen)
{
    const struct step *st = &s->live.step;
    bool level = seen->level < 0 || st->race == NONE ||
                 s->world.pipe[st->race].bytes == seen->level;
    return level && step_same(st, seen);
}

bool race_settled(struct sim *s)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    if (!r->kept || (!r->asked && l->step.race == NONE))
        return true;
    if (!r->asked) {
        r->asked = true;
        r->seen = (struct sight){0};
        if (!l->kernel->step(l->kernel->self, &s->world, &l->step, &r->seen))
            return true; /* it is gone: step_confirm finds that out, too */
    }
    l->step.settled = true;
    if (r->in_vain || fits(s, &r->seen))
        return true;
    r->in_vain = !choose_differently(r);
    go_back(s);
    return false;
}

void race_free(struct race *r)
{
    world_free(&r->before);
    free(r->owed);
}
