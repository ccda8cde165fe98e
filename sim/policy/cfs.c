/* cfs.c: the completely fair scheduler, as Linux had it from 2.6.23 to 6.5.
 *
 * An ideal CPU would run everybody at once, each at the speed of his weight. A
 * real one keeps count of how far each has come in that ideal (vruntime) and
 * runs whoever is furthest behind. In `latency` ticks everybody is to run once,
 * for a slice by his weight, but none shorter than `min_granularity`. Who wakes
 * begins where the others are, and takes the CPU only from somebody who is
 * more than `min_granularity` ahead of him.
 *
 * Try: give one process nice 5, and read the shares off the table. */
#include "sim/policy/policy.h"

#include "sim/base/wide.h"

static int64_t weight_of(const struct world *w, int proc)
{
    return weight_of_nice(w->proc[proc].nice);
}

static int64_t vruntime_key(const struct sched *s, int proc)
{
    return world_figure(s->w, proc, CFS_VRUNTIME);
}

/* Weight of all that compete in the group of `proc`, itself included. */
static int64_t weight_of_all(const struct sched *s, int proc)
{
    const struct world *w = s->w;
    int group = world_group(w->task[proc].queue);
    int64_t all = ready_weight(s, group);
    bool counted = w->task[proc].state == READY &&
                   w->task[proc].flags & TASK_QUEUED;
    for (int c = 0; c < w->head->cpus; c++) {
        int other = sched_on(s, c);
        if (other != NONE && world_cpu_group(w, c) == group) {
            all += weight_of(w, other);
            counted |= other == proc;
        }
    }
    return counted ? all : all + weight_of(w, proc);
}

static tick slice(const struct sched *s, int proc, int cpu)
{
    (void)cpu;
    tick share = wide_share(s->keys->latency, weight_of(s->w, proc),
                            weight_of_all(s, proc));
    tick least = s->keys->min_granularity;
    return share > least ? share : least;
}

static bool preempts(const struct sched *s, int a, int b)
{
    int64_t lead = virtual_time(s->w, s->keys->min_granularity,
                                weight_of(s->w, a));
    return clamped_sum(world_vruntime(s->w, a, *s->now), lead) <
           world_vruntime(s->w, b, *s->now);
}

static bool worse(const struct sched *s, int a, int b)
{
    return world_vruntime(s->w, a, *s->now) > world_vruntime(s->w, b, *s->now);
}

/* Still furthest behind: it goes on with another slice. */
static bool goes_on(struct sched *s, int proc, int cpu)
{
    int next = sched_best(s, world_group(s->w->task[proc].queue), cpu);
    return next == NONE ||
           world_vruntime(s->w, proc, *s->now) < world_vruntime(s->w, next, *s->now);
}

static void renews(struct sched *s, int proc)
{
    sched_figure(s, proc, CFS_VRUNTIME, world_vruntime(s->w, proc, *s->now));
}

static void leaves(struct sched *s, int proc, enum transition how)
{
    renews(s, proc);
    if (fair_is_newcomer(how))
        fair_leave_clock(s, proc, world_figure(s->w, proc, CFS_VRUNTIME));
}

static void withdraws(struct sched *s, int proc)
{
    fair_leave_clock(s, proc, world_figure(s->w, proc, CFS_VRUNTIME));
}

static void joins(struct sched *s, int proc, enum transition how)
{
    int group = world_group(s->w->task[proc].queue);
    if (!fair_is_newcomer(how))
        return;
    int64_t least = fair_least(s, group, world_vruntime);
    if (least > world_figure(s->w, proc, CFS_VRUNTIME))
        sched_figure(s, proc, CFS_VRUNTIME, least);
}

static void moves(struct sched *s, int proc, int to)
{
    int64_t own = world_figure(s->w, proc, CFS_VRUNTIME);
    sched_figure(s, proc, CFS_VRUNTIME,
                 fair_moved(s, proc, to, own, world_vruntime));
}

extern const struct policy policy_cfs;

const struct policy policy_cfs = {
    .name = "cfs",
    .title = {{"Completely fair scheduler", "完全公平调度"}},
    .about = {{"Whoever is furthest behind his fair share runs.",
               "落后于公平份额最多者运行。"}},
    .index = &ready_by_key,
    .key = vruntime_key,
    .slice = slice,
    .preempts = preempts,
    .only_newcomers = true,
    .worse = worse,
    .goes_on = goes_on,
    .renews = renews,
    .leaves = leaves,
    .withdraws = withdraws,
    .joins = joins,
    .moves = moves,
    .reweighs = renews,
    .tells = true,
};
