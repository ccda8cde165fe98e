/* lod.c: from events to lanes and arrows. */
#include "render/lod.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/model/state.h"
#include "sim/scenario/ops.h"

#include <stdlib.h>
#include <string.h>

void lod_init(struct lod *l, const struct scenario *sc, const struct trace *tr)
{
    *l = (struct lod){.trace = tr, .scenario = sc, .cpus = sc->machine.cpus};
    l->cpu = mem_new((size_t)l->cpus, sizeof *l->cpu);
    for (int i = 0; i < l->cpus; i++) {
        l->cpu[i].what = LANE_CPU;
        lane_add(&l->cpu[i], 0, LANE_IDLE);
    }
}

static void add_process(struct lod *l, const struct event *e)
{
    size_t room = l->proc_room, same = room, too = room, jobs = room;
    size_t need = (size_t)e->proc + 1;
    l->state = mem_grow(l->state, need, &l->proc_room, sizeof *l->state);
    l->kernel = mem_grow(l->kernel, need, &room, sizeof *l->kernel);
    l->asleep_in = mem_grow(l->asleep_in, need, &same, sizeof *l->asleep_in);
    l->born = mem_grow(l->born, need, &too, sizeof *l->born);
    l->jobs = mem_grow(l->jobs, need, &jobs, sizeof *l->jobs);
    for (; l->procs <= e->proc; l->procs++) {
        l->state[l->procs] = (struct lane){.what = LANE_STATE};
        l->kernel[l->procs] = (struct lane){.what = LANE_KERNEL};
        l->asleep_in[l->procs] = OP_end;
        l->jobs[l->procs] = (struct jobs){0};
    }
    l->born[e->proc] = (struct born){e->aux, (int32_t)e->val};
    jobs_begin(&l->jobs[e->proc], &l->scenario->processes[e->aux], e->t);
    l->deadlines |= jobs_any(&l->jobs[e->proc]);
    lane_add(&l->state[e->proc], e->t, NEW);
}

static void change_state(struct lod *l, const struct event *e)
{
    struct lane *lane = &l->state[e->proc];
    check(lane->count);
    enum state from = (enum state)lane->value[lane->count - 1];
    enum state to = state_after(from, (enum transition)e->sub);
    lane_add(lane, e->t, (int32_t)to);
    if (to == TERMINATED) {
        jobs_end(&l->jobs[e->proc], e->t);
        l->ends = true;
    }
    if (e->cpu == NO_CPU || e->cpu >= l->cpus)
        return;
    lane_add(&l->cpu[e->cpu], e->t, to == RUNNING ? e->proc : LANE_IDLE);
}

/* Somebody has waited for it: it is a zombie no longer. */
static void reap(struct lod *l, const struct event *e)
{
    struct lane *lane = &l->state[e->proc];
    l->zombies |= lane->start[lane->count - 1] < e->t;
    lane_add(lane, e->t, LANE_REAPED);
    lane_add(&l->kernel[e->proc], e->t, 'X');
}

static bool is_reaped(const struct lod *l, int proc)
{
    const struct lane *lane = &l->state[proc];
    return lane->count && lane->value[lane->count - 1] == LANE_REAPED;
}

/* ---- bytes on their way ---- */

/* Those in number `n` of the pipes, or of the queues. */
static struct parcels *parcels_of(struct in_transit *all, int32_t n)
{
    size_t room = all->room;
    if ((size_t)n >= room) {
        all->parcels = mem_grow(all->parcels, (size_t)n + 1, &all->room,
                                sizeof *all->parcels);
        memset(all->parcels + room, 0,
               (all->room - room) * sizeof *all->parcels);
    }
    return &all->parcels[n];
}

static void free_parcels(struct in_transit *all)
{
    for (size_t i = 0; i < all->room; i++)
        free(all->parcels[i].all);
    free(all->parcels);
}

static void put(struct lod *l, const struct event *e)
{
    struct parcels *p = parcels_of(&l->pipes, e->obj);
    struct parcel *last = p->count ? &p->all[p->count - 1] : NULL;
    if (last && p->count > p->first && last->from == e->proc &&
        last->put == e->t) {
        last->bytes += e->aux;
        return;
    }
    if (p->first && p->first == p->count)
        p->first = p->count = 0;
    p->all = mem_grow(p->all, p->count + 1, &p->room, sizeof *p->all);
    p->all[p->count++] = (struct parcel){e->t, e->proc, e->aux, l->read};
}

static void arrow(struct lod *l, struct ipc_arrow a)
{
    l->arrows = mem_grow(l->arrows, l->arrow_count + 1, &l->arrow_room,
                         sizeof *l->arrows);
    l->arrows[l->arrow_count++] = a;
}

static void get(struct lod *l, const struct event *e)
{
    struct parcels *p = parcels_of(&l->pipes, e->obj);
    int64_t left = e->aux;
    while (left > 0 && p->first < p->count) {
        struct parcel *oldest = &p->all[p->first];
        int64_t n = oldest->bytes < left ? oldest->bytes : left;
        arrow(l, (struct ipc_arrow){oldest->put, e->t, oldest->from, e->proc, n,
                                    oldest->sent, l->read});
        oldest->bytes -= n;
        left -= n;
        p->first += oldest->bytes == 0;
    }
}

/* Messages are taken from anywhere in their queue. */
static void send(struct lod *l, const struct event *e)
{
    struct parcels *p = parcels_of(&l->queues, e->obj);
    size_t bytes = 0;
    trace_payload(l->trace, e->aux, &bytes);
    p->all = mem_grow(p->all, p->count + 1, &p->room, sizeof *p->all);
    p->all[p->count++] = (struct parcel){e->t, e->proc, (int64_t)bytes,
                                          l->read};
}

static void take(struct lod *l, const struct event *e)
{
    struct parcels *p = parcels_of(&l->queues, e->obj);
    size_t i = (size_t)e->aux;
    if (i >= p->count)
        return;
    struct parcel m = p->all[i];
    arrow(l, (struct ipc_arrow){m.put, e->t, m.from, e->proc, m.bytes, m.sent,
                                l->read});
    p->count--;
    memmove(p->all + i, p->all + i + 1, (p->count - i) * sizeof *p->all);
}

/* ---- what the kernel showed ---- */

/* The verb whose own system call the kernel shows. The lesson's clock is not
 * the kernel's: who sleeps by it waits for the lab's sign, in futex(2). */
static int32_t call_of(const struct lod *l, int32_t op)
{
    enum verb v = (enum verb)l->scenario->ops[op].verb;
    if (v == OP_P || v == OP_V)
        return OP_semop;
    return op_about(v)->call == CALL_OWN ? OP_end : (int32_t)v;
}

static void evidence(struct lod *l, const struct event *e)
{
    if (e->proc < 0 || e->proc >= l->procs)
        return;
    int32_t *asleep_in = &l->asleep_in[e->proc];
    if (e->sub == SEEN_SYSCALL && e->aux >= 0)
        *asleep_in = call_of(l, e->aux);
    /* Evidence stands behind its step: a Z that init has reaped in the same
     * step was one for no time at all. */
    if (e->sub == SEEN_LETTER && !is_reaped(l, e->proc)) {
        int32_t letter = (int32_t)e->val & 255;
        if (letter != 'S' && letter != 'D')
            *asleep_in = OP_end;
        lane_add(&l->kernel[e->proc], e->t, letter | *asleep_in << 8);
    }
    l->evidence = true;
}

static void read_one(struct lod *l, const struct event *e)
{
    l->end = e->t;
    switch (e->kind) {
    case EV_CREATE:
        add_process(l, e);
        break;
    case EV_STATE:
        change_state(l, e);
        break;
    case EV_REAP:
        reap(l, e);
        break;
    case EV_SWITCH:
        lane_add(&l->cpu[e->cpu], e->t, LANE_SWITCHING);
        l->switches = true;
        break;
    case EV_JOB:
        jobs_done(&l->jobs[e->proc], e->val, e->t);
        break;
    case EV_MISS:
        jobs_missed(&l->jobs[e->proc], e->val);
        l->misses = true;
        break;
    case EV_PUT:
        put(l, e);
        break;
    case EV_GET:
        get(l, e);
        break;
    case EV_SEND:
        send(l, e);
        break;
    case EV_TAKE:
        take(l, e);
        break;
    case EV_HAND:
        arrow(l, (struct ipc_arrow){e->t, e->t, e->aux, e->proc, e->val, l->read,
                                    l->read});
        break;
    case EV_KERNEL:
        evidence(l, e);
        break;
    default:
        break;
    }
}

bool lod_read(struct lod *l, size_t position, size_t most)
{
    if (position > l->trace->count)
        position = l->trace->count;
    size_t until = position;
    if (until > l->read && until - l->read > most)
        until = l->read + most;
    for (; l->read < until; l->read++)
        read_one(l, trace_at(l->trace, l->read));
    return l->read >= position;
}

void lod_cut(struct lod *l, size_t position)
{
    if (l->read <= position)
        return;
    const struct scenario *sc = l->scenario;
    const struct trace *tr = l->trace;
    lod_free(l);
    lod_init(l, sc, tr);
}

size_t lod_arrow(const struct lod *l, tick t)
{
    size_t low = 0, high = l->arrow_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->arrows[middle].got < t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void lod_free(struct lod *l)
{
    for (int i = 0; i < l->cpus; i++)
        lane_free(&l->cpu[i]);
    for (int i = 0; i < l->procs; i++) {
        lane_free(&l->state[i]);
        lane_free(&l->kernel[i]);
        jobs_free(&l->jobs[i]);
    }
    free_parcels(&l->pipes);
    free_parcels(&l->queues);
    free(l->cpu);
    free(l->state);
    free(l->kernel);
    free(l->asleep_in);
    free(l->born);
    free(l->jobs);
    free(l->arrows);
    *l = (struct lod){0};
}
