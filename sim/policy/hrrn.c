/* hrrn.c: highest response ratio next.
 *
 * Shortest job first starves the long ones; first come, first served bores the
 * short ones. The ratio (waited + needed) / needed is a fair judge of both: it
 * begins at 1 and grows, faster for short jobs, but for every job without end
 * (Brinch Hansen, 1971). Whoever has the highest runs to the end of its burst.
 *
 * Try: Stallings' five processes, and look at D and E. */
#include "sim/policy/policy.h"

#include "sim/base/wide.h"
#include "sim/policy/contest.h"

static int64_t waited(const struct sched *s, int proc)
{
    return *s->now - s->w->task[proc].since;
}

/* Does not look at how long it waits: that changes by itself. */
static struct runner runner_of(const struct sched *s, int proc)
{
    return (struct runner){.since = s->w->task[proc].since,
                           .need = world_burst(s->w, proc, *s->now)};
}

static void *begin(const struct sched *s)
{
    return contest_new(s->w->head->groups);
}

static void end(void *index)
{
    contest_free(index);
}

static int group_of(const struct sched *s, int proc)
{
    return world_group(s->w->task[proc].queue);
}

static void add(struct sched *s, int proc)
{
    contest_add(s->index, group_of(s, proc), proc, runner_of(s, proc));
}

static void remove_one(struct sched *s, int proc)
{
    contest_remove(s->index, group_of(s, proc), proc);
}

/* With affinity everybody is looked at. */
static int best_allowed(struct sched *s, int group, int cpu)
{
    const struct world *w = s->w;
    int best = NONE;
    for (int p = w->ready[group * READY_LINES].head; p != NONE; p = w->task[p].line.next)
        if (sched_allows(s, p, cpu) &&
            (best == NONE ||
             contest_leads(*s->now, runner_of(s, p), p,
                           runner_of(s, best), best)))
            best = p;
    return best;
}

static int best(struct sched *s, int group, int cpu)
{
    return s->affine ? best_allowed(s, group, cpu)
                     : contest_winner(s->index, group, *s->now);
}

static int second(struct sched *s, int group, int but)
{
    return but == NONE ? contest_winner(s->index, group, *s->now)
                       : contest_second(s->index, group, but);
}

/* Says the ratio that decided. */
static void chosen(struct sched *s, int proc, int cpu)
{
    tick need = world_burst(s->w, proc, *s->now);
    (void)cpu;
    tick all = need ? clamped_sum(waited(s, proc), need) : TICK_NEVER;
    sched_figure(s, proc, HRRN_ALL, all);
    if (need != world_figure(s->w, proc, HRRN_NEED))
        sched_figure(s, proc, HRRN_NEED, need);
}

static const struct index_kind by_ratio = {
    .begin = begin,
    .end = end,
    .add = add,
    .remove = remove_one,
    .best = best,
    .second = second,
};

extern const struct policy policy_hrrn;

const struct policy policy_hrrn = {
    .name = "hrrn",
    .title = {{"Highest response ratio next", "最高响应比优先"}},
    .about = {{"Whoever has waited longest for what it needs runs.",
               "响应比（等待时间加服务时间，除以服务时间）最高者运行。"}},
    .index = &by_ratio,
    .chosen = chosen,
    .tells = true,
};
