/* world.c: the block and its areas. What events do to it is in apply.c; the
 * questions about it are answered in the files world_*.c. */
#include "sim/model/world.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/base/str.h"
#include "sim/model/areas.h"
#include "sim/scenario/ops.h"

#include <stdlib.h>
#include <string.h>

/* ---- the block ---- */

/* Bytes of one element of an area. */
static size_t area_size(const struct world_head *h, enum area a)
{
    switch (a) {
#define AREA(name, field, type, each, used)                                    \
    case AREA_##name:                                                          \
        return sizeof(type) * (size_t)(each);
#include "sim/model/areas.def"
#undef AREA
    case AREA_COUNT:
        break;
    }
    return 0;
}

/* How many elements of an area are in use. */
static int64_t area_used(const struct world_head *h, enum area a)
{
    switch (a) {
#define AREA(name, field, type, each, used)                                    \
    case AREA_##name:                                                          \
        return used;
#include "sim/model/areas.def"
#undef AREA
    case AREA_COUNT:
        break;
    }
    return 0;
}

/* Which areas have one element a process. */
static bool per_process(enum area a)
{
    return a >= AREA_TASK && a <= AREA_ATTACH;
}

static void *area_start(const struct world *w, enum area a)
{
    return (unsigned char *)w->head + w->head->at[a];
}

static void find_areas(struct world *w)
{
#define AREA(name, field, type, each, used) w->field = area_start(w, AREA_##name);
#include "sim/model/areas.def"
#undef AREA
}

static size_t lined_up(size_t n)
{
    return (n + 63) / 64 * 64;
}

/* Computes where the areas lie for the rooms in `h`; returns the block's
 * size. */
static size_t lay_out(struct world_head *h)
{
    size_t at = lined_up(sizeof *h);
    for (int a = 0; a < AREA_COUNT; a++) {
        h->at[a] = at;
        at += lined_up((size_t)h->room[a] * area_size(h, (enum area)a));
    }
    return at;
}

/* A zeroed block that begins at a cache line. */
static struct world_head *new_block(size_t bytes)
{
    void *p = aligned_alloc(64, lined_up(bytes));
    if (!p)
        p = mem_new(1, SIZE_MAX / 2); /* says so and ends the program */
    return memset(p, 0, bytes);
}

/* Moves the world into a block whose rooms are `room`. */
static void move_to(struct world *w, const int64_t room[AREA_COUNT])
{
    struct world_head head = *w->head;
    memcpy(head.room, room, sizeof head.room);
    size_t bytes = lay_out(&head);
    struct world_head *to = new_block(bytes);
    for (int a = 0; a < AREA_COUNT; a++) {
        size_t used = (size_t)area_used(&head, (enum area)a) *
                      area_size(&head, (enum area)a);
        if (used)
            memcpy((unsigned char *)to + head.at[a],
                   (unsigned char *)w->head + w->head->at[a], used);
    }
    *to = head;
    free(w->head);
    w->head = to;
    w->bytes = w->block_room = bytes;
    find_areas(w);
}

static void set_room(struct world *w, enum area a, int64_t more)
{
    int64_t room[AREA_COUNT];
    memcpy(room, w->head->room, sizeof room);
    for (int b = 0; b < AREA_COUNT; b++)
        if (b == (int)a || (per_process(a) && per_process((enum area)b)))
            room[b] = more;
    if (a == AREA_PAGE)
        room[AREA_BYTE] = more;
    if (a == AREA_MEM_FRAME)
        room[AREA_MEM_INT] = room[AREA_MEM_OWNER] = more;
    move_to(w, room);
}

void world_make_room(struct world *w, enum area a, int64_t need)
{
    int64_t more = w->head->room[a] ? w->head->room[a] : 4;
    if (need <= w->head->room[a])
        return;
    while (more < need)
        more *= 2;
    set_room(w, a, more);
}

void world_reserve(struct world *w, int64_t procs)
{
    if (procs > w->head->room[AREA_TASK])
        set_room(w, AREA_TASK, procs);
}

static bool uses_signals(const struct scenario *sc)
{
    for (int i = 0; i < sc->op_count; i++)
        if (sc->ops[i].verb == OP_signal)
            return true;
    return false;
}

/* Every repeat of a program has a counter of its own: a handler's loop must not
 * disturb the one it interrupts. */
static int most_repeats(const struct scenario *sc)
{
    int most = 0, n = 0;
    for (int i = 0; i < sc->op_count; i++) {
        n += sc->ops[i].verb == OP_repeat;
        most = n > most ? n : most;
        if (sc->ops[i].verb == OP_end && sc->ops[i].end < 0)
            n = 0;
    }
    return most;
}

void world_init(struct world *w, const struct scenario *sc)
{
    struct world_head h = {
        .cpus = sc->machine.cpus,
        .groups = sc->scheduler.per_cpu ? sc->machine.cpus : 1,
        .devices = sc->name_count,
        .names = sc->name_count,
        .vars = sc->var_count,
        .loops = most_repeats(sc),
        .fds = sc->uses_fds ? FDS_MAX : 0,
        .handlers = uses_signals(sc) ? SIGNALS : 0,
        .frames =
            sc->handler_count < FRAMES_MAX ? sc->handler_count : FRAMES_MAX,
        .attaches = sc->uses_memory ? ATTACHES_MAX : 0,
        .admission = {NONE, NONE, 0},
    };
    h.readies = h.groups * READY_LINES;
    h.room[AREA_GROUP] = h.groups;
    h.room[AREA_CPU] = h.cpus;
    h.room[AREA_READY] = h.readies;
    h.room[AREA_DEVICE] = h.devices;
    h.room[AREA_NAME] = h.names;
    h.room[AREA_INSTANCES] = sc->process_count;
    size_t bytes = lay_out(&h);
    *w = (struct world){.scenario = sc, .bytes = bytes, .block_room = bytes};
    w->head = new_block(bytes);
    *w->head = h;
    find_areas(w);
    for (int c = 0; c < h.cpus; c++)
        w->cpu[c] = (struct cpu){.proc = NONE,
                                 .last = NONE,
                                 .next = NONE,
                                 .work_end = TICK_NEVER,
                                 .slice_end = TICK_NEVER};
    for (int q = 0; q < h.readies; q++)
        w->ready[q] = (struct queue){NONE, NONE, 0};
    for (int g = 0; g < h.groups; g++)
        w->group[g] = (struct cpu_group){0, 0, 0};
    for (int d = 0; d < h.devices; d++)
        w->device[d] = (struct device){{NONE, NONE, 0}, NONE};
    for (int n = 0; n < h.names; n++)
        w->name[n] = (struct place_name){NONE};
    for (int i = 0; i < sc->process_count; i++)
        w->instances[i] = (struct instances){NONE, {NONE, NONE, 0}};
    world_begin_files(w);
}

void world_copy(struct world *to, const struct world *from)
{
    if (to->block_room < from->bytes) {
        free(to->head);
        to->head = new_block(from->bytes);
        to->block_room = from->bytes;
    }
    memcpy(to->head, from->head, from->bytes);
    to->bytes = from->bytes;
    to->scenario = from->scenario;
    find_areas(to);
}

static bool same_head(struct world_head a, struct world_head b)
{
    /* Where the areas lie is not part of the picture. */
    memset(a.at, 0, sizeof a.at);
    memset(b.at, 0, sizeof b.at);
    memset(a.room, 0, sizeof a.room);
    memset(b.room, 0, sizeof b.room);
    return memcmp(&a, &b, sizeof a) == 0;
}

/* Pages outside of a pipe's used part hold what was there before. */
static bool same_pipe(const struct world *a, const struct world *b, int pipe)
{
    const struct pipe *p = &a->pipe[pipe], *q = &b->pipe[pipe];
    for (int i = 0; i < p->used; i++) {
        int64_t x = p->ring + ((p->first + i) & (p->room - 1));
        int64_t y = q->ring + ((q->first + i) & (q->room - 1));
        struct pipe_page m = a->page[x], n = b->page[y];
        if (m.start != n.start || m.end != n.end || m.packet != n.packet ||
            memcmp(a->byte + x * PIPE_PAGE + m.start,
                   b->byte + y * PIPE_PAGE + m.start,
                   (size_t)(m.end - m.start)) != 0)
            return false;
    }
    return true;
}

bool world_equal(const struct world *a, const struct world *b)
{
    if (!same_head(*a->head, *b->head))
        return false;
    for (int i = 0; i < AREA_COUNT; i++) {
        enum area area = (enum area)i;
        size_t n = (size_t)area_used(a->head, area) * area_size(a->head, area);
        if (area == AREA_PAGE || area == AREA_BYTE || n == 0)
            continue;
        if (memcmp(area_start(a, area), area_start(b, area), n) != 0)
            return false;
    }
    for (int p = 0; p < a->head->pipes; p++)
        if (!same_pipe(a, b, p))
            return false;
    return true;
}

void world_free(struct world *w)
{
    free(w->head);
    *w = (struct world){0};
}
