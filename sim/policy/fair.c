/* fair.c: what stride, cfs and eevdf have in common.
 *
 * Each gives every process a virtual time that goes on while it runs. Who comes
 * new, or back from a sleep, must neither be owed all the time in which he did
 * not want the CPU nor be punished for having had it alone. So he starts where
 * the others are. When all have gone, the group's clock keeps where they were. */
#include "sim/policy/policy.h"

#include "sim/base/wide.h"

int64_t fair_least(const struct sched *s, int group,
                   int64_t (*of)(const struct world *w, int proc, tick now))
{
    const struct world *w = s->w;
    int64_t least = ready_least_key(s, group, INT64_MAX);
    for (int c = 0; c < w->head->cpus; c++) {
        int proc = sched_on(s, c);
        if (proc == NONE || world_cpu_group(w, c) != group)
            continue;
        int64_t v = of(w, proc, *s->now);
        least = v < least ? v : least;
    }
    return least == INT64_MAX ? w->group[group].clock : least;
}

static bool competes_alone(const struct sched *s, int proc, int group)
{
    const struct world *w = s->w;
    int itself = w->task[proc].state == READY && w->task[proc].flags & TASK_QUEUED;
    if (w->group[group].ready > itself)
        return false;
    for (int c = 0; c < w->head->cpus; c++)
        if (sched_on(s, c) != NONE && sched_on(s, c) != proc &&
            world_cpu_group(w, c) == group)
            return false;
    return true;
}

void fair_leave_clock(struct sched *s, int proc, int64_t at)
{
    int group = world_group(s->w->task[proc].queue);
    if (!competes_alone(s, proc, group))
        return;
    s->say(s->to, (struct event){.kind = EV_CLOCK,
                                 .cpu = NO_CPU,
                                 .proc = NO_PROC,
                                 .obj = group,
                                 .val = at});
}

int64_t fair_moved(struct sched *s, int proc, int to, int64_t own,
                   int64_t (*of)(const struct world *w, int proc, tick now))
{
    int from = world_group(s->w->task[proc].queue);
    int64_t ahead = clamped_sum(own, -fair_least(s, from, of));
    int64_t v = clamped_sum(fair_least(s, to, of), ahead);
    fair_leave_clock(s, proc, own);
    return v;
}

bool fair_is_newcomer(enum transition how)
{
    return how != T_SLICE_OVER && how != T_PREEMPT && how != T_YIELD;
}
