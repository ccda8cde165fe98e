/* decide.c: who may be taken by a CPU, and whose CPU may be taken away. */
#include "tests/legal/court.h"

void join_line(struct court *c, int man, enum entrance by, bool at_head)
{
    struct man *m = &c->man[man];
    c->stamp++;
    m->joined = c->now;
    m->by = at_head ? BY_PREEMPTION : by == BY_PREEMPTION ? BY_SLICE : by;
    m->place = at_head ? --c->head : ++c->tail;
}

/* Whoever came into the line at the same instant and end may stand before or
 * behind. */
static bool same_place(const struct court *c, int a, int b)
{
    const struct man *m = &c->man[a], *n = &c->man[b];
    return m->joined == n->joined && m->moved_from == n->moved_from &&
           (m->by == BY_PREEMPTION) == (n->by == BY_PREEMPTION);
}

/* Whether a stands before b, where the numbers say nothing. */
static bool wins_tie(struct court *c, int a, int b)
{
    const struct man *m = &c->man[a], *n = &c->man[b];
    if (c->law->in_line) /* a line is part of the policy, but for its ties */
        return m->place < n->place && (is_tight(c) || !same_place(c, a, b));
    if (!is_tight(c))
        return false;
    return m->arrival != n->arrival ? m->arrival < n->arrival : a < b;
}

bool stands_before(struct court *c, int a, int b)
{
    if (c->law->better && c->law->better(c, a, b))
        return true;
    return (!c->law->better || !c->law->better(c, b, a)) && wins_tie(c, a, b);
}

bool is_first(struct court *c, int man, int cpu)
{
    int queue = queue_at(c, cpu);
    for (int i = 0; i < c->men; i++)
        if (i != man && can_take(c, cpu, queue, i) &&
            (c->may ? stands_before(c, i, man) : !stands_before(c, man, i)))
            return false;
    return true;
}

bool other_waits(struct court *c, int man, other_test *test)
{
    const struct man *m = &c->man[man];
    int cpu = m->cpu != NOBODY ? m->cpu : m->last_cpu; /* just left, maybe */
    for (int i = 0; i < c->men; i++)
        if (i != man && waits(c, i) && c->man[i].home == m->home &&
            allowed_on(c, i, cpu) && (!test || test(c, i, man)))
            return true;
    return false;
}

tick switch_cost(const struct court *c, int cpu, int man)
{
    const struct seat *s = &c->seat[cpu];
    const struct man *m = &c->man[man];
    tick cost = 0;
    if (s->last != NOBODY && s->last != man)
        cost += c->sc->machine.context_switch;
    if (m->last_cpu != NOBODY && m->last_cpu != cpu)
        cost += c->sc->machine.migration;
    return cost;
}

/* ---- taking ---- */

bool can_take(const struct court *c, int cpu, int queue, int man)
{
    return waits(c, man) && c->man[man].home == queue &&
           allowed_on(c, man, cpu);
}

static int count_takable(const struct court *c, int cpu, int queue)
{
    int n = 0;
    for (int i = 0; i < c->men; i++)
        n += can_take(c, cpu, queue, i);
    return n;
}

static bool is_idle(const struct court *c, int cpu)
{
    return c->seat[cpu].man == NOBODY && c->seat[cpu].next == NOBODY;
}

/* Whether CPU `cpu`, idle, has somebody to take. */
static bool has_choice(const struct court *c, int cpu)
{
    if (count_takable(c, cpu, queue_at(c, cpu)))
        return true;
    for (int q = 0; q < c->cpus && c->sc->scheduler.steal &&
                    c->sc->scheduler.per_cpu; q++)
        if (count_takable(c, cpu, q))
            return true;
    return false;
}

static int count_ready(const struct court *c, int queue)
{
    int n = 0;
    for (int i = 0; i < c->men; i++)
        n += waits(c, i) && c->man[i].home == queue;
    return n;
}

/* The queue that `cpu` takes `man` out of must be its own, or one that it may
 * steal from. */
static void judge_queue(struct court *c, int cpu, int man)
{
    int own = queue_at(c, cpu), from = c->man[man].home;
    if (from == own)
        return;
    if (!c->sc->scheduler.steal)
        breach(c, "CPU %d takes %s out of the queue of CPU %d", cpu,
               called(c, man), from);
    else if (count_takable(c, cpu, own))
        breach(c, "CPU %d steals %s and has somebody of its own", cpu,
               called(c, man));
    for (int q = 0; q < c->cpus && is_tight(c); q++) {
        int more = count_ready(c, q) - count_ready(c, from);
        if (q != own && count_takable(c, cpu, q) &&
            (more > 0 || (more == 0 && q < from)))
            breach(c, "CPU %d steals %s from CPU %d, and more wait at CPU %d",
                   cpu, called(c, man), from, q);
    }
}

static void judge_best(struct court *c, int cpu, int queue, int man)
{
    for (int i = 0; i < c->men; i++)
        if (i != man && can_take(c, cpu, queue, i) && stands_before(c, i, man))
            breach(c, "CPU %d takes %s, but %s is better", cpu, called(c, man),
                   called(c, i));
}

void decide(struct court *c, int cpu, int man)
{
    if (!allowed_on(c, man, cpu))
        breach(c, "%s may not run on CPU %d", called(c, man), cpu);
    bool vacated = c->seat[cpu].vacated == c->now; /* for somebody better */
    for (int i = 0; i < cpu && is_tight(c) && !vacated; i++)
        if (is_idle(c, i) && has_choice(c, i))
            breach(c, "CPU %d takes %s before CPU %d, which is idle, takes "
                   "somebody", cpu, called(c, man), i);
    judge_queue(c, cpu, man);
    if (c->over)
        return;
    int from = c->man[man].home;
    if (!c->law->picks)
        judge_best(c, cpu, from, man);
    else if (!c->law->picks(c, cpu, from, man))
        breach(c, "CPU %d takes %s, who is not the one", cpu, called(c, man));
    if (c->law->moves && from != queue_at(c, cpu))
        c->law->moves(c, man, queue_at(c, cpu));
    c->man[man].home = queue_at(c, cpu);
    c->stamp++;
}

/* ---- taking away ---- */

static bool may_replace(struct court *c, int ready, int running)
{
    return c->law->beats && waits(c, ready) &&
           c->man[ready].home == c->man[running].home &&
           allowed_on(c, ready, c->man[running].cpu) &&
           c->law->beats(c, ready, running);
}

static bool worthier(struct court *c, int a, int b)
{
    return c->law->worthier ? c->law->worthier(c, a, b)
                            : c->law->better(c, a, b);
}

/* The victim is the worst of all that the newcomer could replace, on the
 * lowest CPU. */
static bool is_right_victim(struct court *c, int ready, int victim)
{
    for (int i = 0; i < c->men; i++) {
        if (i == victim || !runs(c, i) || !may_replace(c, ready, i))
            continue;
        bool lower = c->man[i].cpu < c->man[victim].cpu;
        if (worthier(c, victim, i) || (lower && !worthier(c, i, victim)))
            return false;
    }
    return true;
}

void judge_preemption(struct court *c, int man)
{
    bool better = false, right = false;
    const struct man *m = &c->man[man];
    if (m->slice && m->ran >= m->slice)
        breach(c, "%s is preempted, and its slice was over before",
               called(c, man));
    for (int i = 0; i < c->men; i++) {
        c->may = true;
        bool may = may_replace(c, i, man);
        c->may = false;
        better |= may;
        right |= may && (!is_tight(c) || is_right_victim(c, i, man));
    }
    if (!better)
        breach(c, "%s is preempted, and nobody is better", called(c, man));
    else if (!right)
        breach(c, "%s is preempted, another runs that is worse",
               called(c, man));
}

/* ---- when the instant is over ---- */

static void judge_man(struct court *c, int man)
{
    const struct man *m = &c->man[man];
    const char *name = called(c, man);
    if (m->state == NEW)
        breach(c, "%s is not admitted", name);
    if ((m->state == BLOCKED || m->state == BLOCKED_SUSPENDED) &&
        m->until <= c->now)
        breach(c, "%s sleeps, whose time has come", name);
    if (m->state == READY && m->chosen && c->seat[m->cpu].switched <= c->now)
        breach(c, "the switch to %s is done, and it does not run", name);
    if (m->unsaid && is_tight(c))
        breach(c, "%s is boosted, and has no new slice", name);
    if (m->state != RUNNING)
        return;
    if (m->due != DUE_NOTHING)
        breach(c, "%s runs, but its work is done", name);
    if (m->slice && m->ran >= m->slice)
        breach(c, "%s runs, but its slice is over", name);
    for (int i = 0; i < c->men; i++)
        if (may_replace(c, i, man))
            breach(c, "%s waits, and %s runs, who is worse", called(c, i),
                   name);
}

static void judge_arrivals(struct court *c)
{
    int came = 0, here = 0;
    for (int i = 0; i < c->sc->process_count; i++)
        came += !c->sc->processes[i].forked &&
                c->sc->processes[i].arrival <= c->now;
    for (int i = 0; i < c->men; i++)
        here += !def_of(c, i)->forked;
    if (came != here)
        breach(c, "%d of %d processes have come", here, came);
}

void judge_end(struct court *c)
{
    if (!c->begun && c->law->instant)
        c->law->instant(c);
    c->begun = true;
    judge_arrivals(c);
    judge_calls(c);
    for (int i = 0; i < c->men && !c->over; i++)
        judge_man(c, i);
    for (int i = 0; i < c->cpus && !c->over; i++)
        if (is_idle(c, i) && has_choice(c, i))
            breach(c, "CPU %d is idle, and somebody is ready", i);
}
