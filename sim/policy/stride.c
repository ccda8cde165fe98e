/* stride.c: shares without dice.
 *
 * Everybody has a stride, the shorter the more tickets he has, and a pass that
 * goes forward by a stride for each quantum. Whoever is least far runs. So
 * everybody's share is that of his tickets, and at no time is anybody more than
 * a quantum away from it (Waldspurger, Weihl: Stride scheduling, MIT/LCS/TM-528,
 * 1995). Here the stride is a whole number, 10000 / tickets rounded down, so that
 * is true where the tickets divide 10000; with thousands of tickets it is not.
 * Who has used only a part of his quantum goes that part of a stride: the pass
 * counts in parts of 1/quantum and is never rounded.
 *
 * Try: 100, 50 and 250 tickets, and the same with lottery. */
#include "sim/policy/policy.h"

static int64_t pass_key(const struct sched *s, int proc)
{
    return world_figure(s->w, proc, STRIDE_PASS);
}

static void renews(struct sched *s, int proc)
{
    sched_figure(s, proc, STRIDE_PASS, world_pass(s->w, proc, *s->now));
}

static void leaves(struct sched *s, int proc, enum transition how)
{
    renews(s, proc);
    if (fair_is_newcomer(how))
        fair_leave_clock(s, proc, world_figure(s->w, proc, STRIDE_PASS));
}

static void joins(struct sched *s, int proc, enum transition how)
{
    int group = world_group(s->w->task[proc].queue);
    if (!fair_is_newcomer(how))
        return;
    int64_t least = fair_least(s, group, world_pass);
    if (least > world_figure(s->w, proc, STRIDE_PASS))
        sched_figure(s, proc, STRIDE_PASS, least);
}

/* Still the least far: it goes on with another quantum. */
static bool goes_on(struct sched *s, int proc, int cpu)
{
    int next = sched_best(s, world_group(s->w->task[proc].queue), cpu);
    return next == NONE ||
           world_pass(s->w, proc, *s->now) < world_figure(s->w, next, STRIDE_PASS);
}

extern const struct policy policy_stride;

const struct policy policy_stride = {
    .name = "stride",
    .title = {{"Stride scheduling", "步幅调度"}},
    .about = {{"Whoever has come least far runs; more tickets, shorter steps.",
               "行程值最小者运行；彩票越多，步幅越小。"}},
    .index = &ready_by_key,
    .key = pass_key,
    .slice = sched_quantum,
    .goes_on = goes_on,
    .renews = renews,
    .leaves = leaves,
    .joins = joins,
    .tells = true,
};
