/* mlfq.c: the multi-level feedback queue.
 *
 * Nobody says how long a job will run, so watch it: everybody begins at the top
 * and has a short slice there; who has used up his allotment of a level goes
 * down to the next, where slices are longer and turns rarer. Who keeps giving
 * the CPU away early stays at the top: jobs that wait for people, mostly. So
 * that nobody starves below, all are lifted to the top from time to time
 * (boost). The rules are those of OSTEP, ch. 8; Stallings' feedback is the same
 * with `demote_alone` false.
 *
 * Try: a job that sleeps just before its slice is over games the scheduler if
 * an I/O renews its allotment (io_keeps_slice), and does not if it is kept. */
#include "sim/policy/policy.h"

#include "sim/base/wide.h"

static const struct mlfq_level *level_at(const struct sched *s, int64_t level)
{
    return &s->keys->level[level];
}

static tick allotment(const struct sched *s, int64_t level)
{
    const struct mlfq_level *l = level_at(s, level);
    return l->allotment ? l->allotment : l->quantum;
}

static tick slice(const struct sched *s, int proc, int cpu)
{
    (void)cpu;
    int64_t level = world_figure(s->w, proc, MLFQ_LEVEL);
    bool renewed = s->w->task[proc].state == RUNNING;
    tick rest = renewed ? 0 : world_figure(s->w, proc, MLFQ_REST);
    tick left = allotment(s, level) - world_figure(s->w, proc, MLFQ_USED);
    rest = rest ? rest : level_at(s, level)->quantum;
    return rest < left ? rest : left;
}

static bool is_higher(const struct sched *s, int a, int b)
{
    return world_figure(s->w, a, MLFQ_LEVEL) <
           world_figure(s->w, b, MLFQ_LEVEL);
}

static bool is_lower(const struct sched *s, int a, int b)
{
    return is_higher(s, b, a);
}

/* What it has used of its allotment counts; if that was all, it goes down. */
static void use(struct sched *s, int proc, bool demote)
{
    const struct world *w = s->w;
    int64_t level = world_figure(w, proc, MLFQ_LEVEL);
    tick used = world_figure(w, proc, MLFQ_USED) + world_slice_used(w, proc, *s->now);
    if (used >= allotment(s, level)) {
        used = 0;
        if (demote && level + 1 < s->keys->levels)
            sched_figure(s, proc, MLFQ_LEVEL, level + 1);
    }
    if (used != world_figure(w, proc, MLFQ_USED))
        sched_figure(s, proc, MLFQ_USED, used);
}

/* Alone it goes on; whether it is demoted then is a key. With others it goes on
 * only if they are all of lower levels than its own is then. */
static bool goes_on(struct sched *s, int proc, int cpu)
{
    const struct world *w = s->w;
    int group = world_group(w->task[proc].queue);
    int64_t level = world_figure(w, proc, MLFQ_LEVEL);
    tick used = world_figure(w, proc, MLFQ_USED) + world_slice_used(w, proc, *s->now);
    bool down = used >= allotment(s, level) && level + 1 < s->keys->levels;
    int next = sched_best(s, group, cpu);
    return next == NONE || world_figure(w, next, MLFQ_LEVEL) > level + down;
}

/* Whether `proc`, running, may sink: with demote_alone false only if somebody
 * else is ready who might have its CPU. */
static bool demotes(struct sched *s, int proc)
{
    const struct task *t = &s->w->task[proc];
    return s->keys->demote_alone ||
           sched_best(s, world_group(t->queue), t->cpu) != NONE;
}

/* The slice is used up. Who does not sink because he is alone has his whole
 * allotment again. */
static void renews(struct sched *s, int proc)
{
    bool may_sink = demotes(s, proc);
    use(s, proc, may_sink);
    if (!may_sink && world_figure(s->w, proc, MLFQ_USED))
        sched_figure(s, proc, MLFQ_USED, 0);
}

/* The rest of its slice waits for who was interrupted, or sleeps. */
static void keep_rest(struct sched *s, int proc, enum transition how)
{
    const struct world *w = s->w;
    bool fresh = how == T_YIELD || how == T_SLICE_OVER ||
                 (how == T_BLOCK && s->keys->io_keeps_slice);
    tick end = w->cpu[w->task[proc].cpu].slice_end;
    tick rest = fresh ? 0 : end - *s->now;
    if (rest != world_figure(w, proc, MLFQ_REST))
        sched_figure(s, proc, MLFQ_REST, rest);
}

static void leaves(struct sched *s, int proc, enum transition how)
{
    if (how == T_EXIT || how == T_KILL)
        return;
    bool slept = how == T_BLOCK;
    bool over = s->w->cpu[s->w->task[proc].cpu].slice_end == *s->now;
    keep_rest(s, proc, how);
    if (slept && s->keys->io_keeps_slice) {
        if (world_figure(s->w, proc, MLFQ_USED))
            sched_figure(s, proc, MLFQ_USED, 0);
    } else if (slept && over) {
        renews(s, proc);
    } else {
        use(s, proc, demotes(s, proc));
    }
}

/* The line of its level; at the head if it was preempted, or with io_to_front
 * comes back from a sleep. */
static void joins(struct sched *s, int proc, enum transition how)
{
    const struct world *w = s->w;
    int64_t line = (int64_t)world_group(w->task[proc].queue) * READY_LINES +
                   world_figure(w, proc, MLFQ_LEVEL);
    bool first = how == T_PREEMPT || (how == T_WAKE && s->keys->io_to_front);
    if (line != w->task[proc].queue || first)
        s->say(s->to, (struct event){.kind = EV_LINE,
                                     .sub = first,
                                     .cpu = NO_CPU,
                                     .proc = proc,
                                     .val = line});
}

/* ---- boosts ---- */

static tick next(struct sched *s)
{
    tick every = s->keys->boost;
    if (!every || s->w->head->rested)
        return TICK_NEVER; /* nobody has run since the last boost */
    tick last = *s->now / every * every;
    return clamped_sum(last, every);
}

static void acts(struct sched *s)
{
    const struct world *w = s->w;
    int lower = 0;
    for (int q = 0; q < w->head->readies; q++)
        lower += q % READY_LINES ? w->ready[q].count : 0;
    for (int c = 0; c < w->head->cpus; c++) {
        int runs = w->cpu[c].proc, next = w->cpu[c].next;
        lower += runs != NONE && world_figure(w, runs, MLFQ_LEVEL) > 0;
        lower += next != NONE && world_figure(w, next, MLFQ_LEVEL) > 0;
    }
    s->say(s->to, (struct event){.kind = EV_BOOST,
                                 .cpu = NO_CPU,
                                 .proc = NO_PROC,
                                 .aux = lower});
    for (int c = 0; c < w->head->cpus; c++)
        if (w->cpu[c].proc != NONE)
            s->say(s->to, (struct event){.kind = EV_SLICE,
                                         .sub = SLICE_BOOSTED,
                                         .cpu = (uint16_t)c,
                                         .proc = w->cpu[c].proc,
                                         .val = slice(s, w->cpu[c].proc, c)});
}

extern const struct policy policy_mlfq;

const struct policy policy_mlfq = {
    .name = "mlfq",
    .title = {{"Multi-level feedback queue", "多级反馈队列"}},
    .about = {{"Round robin on the highest level that has anybody; who uses up "
               "his allotment goes down.",
               "在有进程的最高级队列中轮转；用完配额者降一级。"}},
    .slice = slice,
    .preempts = is_higher,
    .worse = is_lower,
    .goes_on = goes_on,
    .renews = renews,
    .leaves = leaves,
    .joins = joins,
    .next = next,
    .acts = acts,
    .tells = true,
};
