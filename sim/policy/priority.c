/* priority.c: the most urgent first.
 *
 * Every process has a number, and the smallest runs. That is simple and cruel:
 * who has a large number may wait for ever. Aging (aging.c) mends it, by making
 * everybody the more urgent the longer he waits. Another trap is priority
 * inversion: an urgent process waits for a lock that an unimportant one holds,
 * who does not get the CPU because of a third between them. With `inherit`
 * (inherit.c) the holder borrows the urgency of whoever waits for it.
 *
 * Try: let a steady stream of urgent ones come, without and with `aging`. */
#include "sim/policy/priority.h"

static int64_t urgency(const struct sched *s, int proc)
{
    return world_priority(s->w, proc);
}

static bool more_urgent(const struct sched *s, int a, int b)
{
    return s->keys->preemptive &&
           world_priority(s->w, a) < world_priority(s->w, b);
}

static bool less_urgent(const struct sched *s, int a, int b)
{
    return world_priority(s->w, a) > world_priority(s->w, b);
}

/* Its slice is over; it makes way only for those who are as urgent. */
static bool goes_on(struct sched *s, int proc, int cpu)
{
    int next = sched_best(s, world_group(s->w->task[proc].queue), cpu);
    return next == NONE || less_urgent(s, next, proc);
}

static void say_priority(struct sched *s, int proc, int64_t more,
                         enum figure_why why, int from)
{
    s->say(s->to, (struct event){.kind = EV_FIGURE,
                                 .sub = PRIORITY_MORE,
                                 .cpu = NO_CPU,
                                 .proc = proc,
                                 .obj = from,
                                 .aux = (int32_t)why,
                                 .val = more});
}

void priority_set(struct sched *s, int proc, int64_t aged, int64_t lent,
                  enum figure_why why, int from)
{
    const struct world *w = s->w;
    int64_t more = aged < lent ? aged : lent;
    bool queued = w->task[proc].state == READY &&
                  w->task[proc].flags & TASK_QUEUED;
    if (aged != world_figure(w, proc, PRIORITY_AGED))
        sched_figure(s, proc, PRIORITY_AGED, aged);
    if (lent != world_figure(w, proc, PRIORITY_LENT))
        sched_figure(s, proc, PRIORITY_LENT, lent);
    if (more == world_figure(w, proc, PRIORITY_MORE))
        return;
    say_priority(s, proc, more, why, from);
    if (queued)
        ready_rekey(s, proc);
}

/* Who has had the CPU, or waits no more, has its own priority again. */
static void withdraws(struct sched *s, int proc)
{
    if (world_figure(s->w, proc, PRIORITY_AGED))
        priority_set(s, proc, 0, world_figure(s->w, proc, PRIORITY_LENT),
                     FIGURE_BACK, NONE);
}

static void leaves(struct sched *s, int proc, enum transition how)
{
    (void)how;
    withdraws(s, proc);
}

extern const struct policy policy_priority;

const struct policy policy_priority = {
    .name = "priority",
    .title = {{"Priority", "优先级"}},
    .about = {{"The most urgent runs: whoever has the smallest number.",
               "最紧急者运行：优先数最小的进程。"}},
    .index = &ready_by_key,
    .key = urgency,
    .ties_in_line = true,
    .waits = aging_begin,
    .slice = sched_quantum,
    .preempts = more_urgent,
    .worse = less_urgent,
    .goes_on = goes_on,
    .leaves = leaves,
    .withdraws = withdraws,
    .next = aging_next,
    .acts = aging_acts,
    .settles = inherit_settles,
    .forgets = inherit_forgets,
    .tells = true,
};
