/* stride.c: shares without dice.
 *
 * Everybody has a stride, the shorter the more tickets he has, and a pass that
 * goes forward by a stride for each quantum. Whoever is least far runs. So
 * everybody's share is that of his tickets, and at no time is anybody more than
 * a quantum away from it (Waldspurger, Weihl: Stride scheduling, MIT/LCS/TM-528,
 * 1995). Here the stride is 10000 / tickets. The pass is kept in steps small
 * enough to be exact with the tickets that there are, or else rounded down; what
 * that leaves out is kept as well, so that nothing gets lost however long the run
 * is. Who has used only a part of his quantum goes that part of a stride.
 *
 * Try: 100, 50 and 250 tickets, and the same with lottery. */
#include "sim/policy/policy.h"

static void set_pass(struct sched *s, int proc, struct exact_pass p)
{
    sched_figure(s, proc, STRIDE_PASS, p.whole);
    if (p.rest != world_figure(s->w, proc, STRIDE_REST))
        sched_figure(s, proc, STRIDE_REST, p.rest);
}

static int64_t pass_key(const struct sched *s, int proc)
{
    return world_figure(s->w, proc, STRIDE_PASS);
}

static void renews(struct sched *s, int proc)
{
    set_pass(s, proc, world_exact_pass(s->w, proc, *s->now));
}

static void leaves(struct sched *s, int proc, enum transition how)
{
    renews(s, proc);
    if (fair_is_newcomer(how))
        fair_leave_clock(s, proc, world_figure(s->w, proc, STRIDE_PASS));
}

static void withdraws(struct sched *s, int proc)
{
    fair_leave_clock(s, proc, world_figure(s->w, proc, STRIDE_PASS));
}

static void joins(struct sched *s, int proc, enum transition how)
{
    int group = world_group(s->w->task[proc].queue);
    if (!fair_is_newcomer(how))
        return;
    int64_t least = fair_least(s, group, world_pass);
    if (least > world_figure(s->w, proc, STRIDE_PASS))
        set_pass(s, proc, (struct exact_pass){least, 0});
}

static void moves(struct sched *s, int proc, int to)
{
    struct exact_pass p = world_exact_pass(s->w, proc, *s->now);
    p.whole = fair_moved(s, proc, to, p.whole, world_pass);
    set_pass(s, proc, p);
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
    .withdraws = withdraws,
    .joins = joins,
    .moves = moves,
    .tells = true,
};
