/* turns.c: whose turn it is on a CPU, and for how long.
 *
 * A slice lasts as long as the policy says, and ends when it ends; a CPU takes
 * one process at a time, pays for the switch, and gives it up only to somebody
 * who may take it. */
#include "tests/legal/court.h"

/* ---- slices ---- */

static bool slice_ends(struct court *c, int man)
{
    struct man *m = &c->man[man];
    in_phase(c, phase_of_slices(c), m->cpu);
    if (!m->slice || m->ran != m->slice)
        breach(c, "the slice of %s ends after %lld ticks of %lld",
               called(c, man), (long long)m->ran, (long long)m->slice);
    else if (m->due != DUE_NOTHING)
        breach(c, "the slice of %s ends with its work", called(c, man));
    return !c->over;
}

void judge_slice_over(struct court *c, int man)
{
    if (!slice_ends(c, man))
        return;
    if (c->law->slice_over)
        c->law->slice_over(c, man);
    if (is_tight(c) && !other_waits(c, man, NULL))
        breach(c, "%s leaves its CPU, and nobody else is ready",
               called(c, man));
    if (is_tight(c) && c->law->must_renew && c->law->renews(c, man))
        breach(c, "%s leaves its CPU to nobody better", called(c, man));
    becomes_ready(c, man, BY_SLICE);
}

static void grant(struct court *c, int man, tick said)
{
    struct man *m = &c->man[man];
    if (c->law->stretch_ends)
        c->law->stretch_ends(c, man);
    m->slice = c->law->slice ? c->law->slice(c, man) : 0;
    m->ran = 0;
    if (is_tight(c) && said != m->slice)
        breach(c, "%s gets a slice of %lld ticks, its due is %lld",
               called(c, man), (long long)said, (long long)m->slice);
}

void judge_slice(struct court *c, const struct event *e)
{
    int man = e->proc;
    struct man *m = &c->man[man];
    if (m->state != RUNNING || m->cpu != e->cpu) {
        breach(c, "%s gets a slice and does not run", called(c, man));
        return;
    }
    end_of_work(c);
    if (e->sub == SLICE_BOOSTED) {
        if (!m->unsaid)
            breach(c, "%s has a new slice by a boost, and there was none",
                   called(c, man));
        in_phase(c, PHASE_BOOST, m->cpu);
        m->unsaid = false;
        grant(c, man, e->val);
        return;
    }
    if (e->sub == SLICE_REST) { /* its niceness changes, no more */
        if (m->slice && e->val != m->slice - m->ran)
            breach(c, "the rest of the slice of %s is %lld ticks, not %lld",
                   called(c, man), (long long)(m->slice - m->ran),
                   (long long)e->val);
        return;
    }
    if (!slice_ends(c, man))
        return;
    if (c->law->slice_over)
        c->law->slice_over(c, man);
    bool may = c->law->renews ? c->law->renews(c, man)
                              : !other_waits(c, man, NULL);
    if (!may)
        breach(c, "%s goes on behind the end of its slice, and others wait",
               called(c, man));
    grant(c, man, e->val);
}

/* ---- CPUs ---- */

static bool seat_is_free(struct court *c, const struct event *e)
{
    const struct seat *s = &c->seat[e->cpu];
    if (e->cpu >= c->cpus || s->man != NOBODY ||
        (s->next != NOBODY && s->next != e->proc))
        breach(c, "CPU %d takes %s and has %s", e->cpu, called(c, e->proc),
               called(c, s->man == NOBODY ? s->next : s->man));
    else if (c->man[e->proc].state != READY)
        breach(c, "CPU %d takes %s, who is %s", e->cpu, called(c, e->proc),
               state_name(c->man[e->proc].state));
    return !c->over;
}

void judge_dispatch(struct court *c, const struct event *e)
{
    struct man *m = &c->man[e->proc];
    struct seat *s = &c->seat[e->cpu];
    in_phase(c, PHASE_DISPATCH, 0);
    if (!seat_is_free(c, e))
        return;
    if (s->next == e->proc) {
        if (s->switched != c->now)
            breach(c, "the switch to %s is done at %lld", called(c, e->proc),
                   (long long)s->switched);
    } else if (switch_cost(c, e->cpu, e->proc)) {
        breach(c, "CPU %d takes %s without the cost of a switch", e->cpu,
               called(c, e->proc));
    } else {
        decide(c, e->cpu, e->proc);
    }
    if (c->over)
        return;
    enter(c, e->proc, RUNNING);
    m->cpu = m->last_cpu = e->cpu;
    s->man = s->last = e->proc;
    s->next = NOBODY;
    m->chosen = false;
    m->dispatched_now = true;
    if (c->law->starts)
        c->law->starts(c, e->proc);
    grant(c, e->proc, e->val);
    if (m->due == DUE_BLOCK && m->until <= c->now) {
        m->due = DUE_NOTHING; /* its next job has been released meanwhile */
        work_wakes(c, e->proc);
    }
    if (!m->fetched)
        work_goes_on(c, e->proc);
}

void judge_switch(struct court *c, const struct event *e)
{
    in_phase(c, PHASE_DISPATCH, 0);
    tick cost = switch_cost(c, e->cpu, e->proc);
    if (!seat_is_free(c, e))
        return;
    if (!cost || e->val != c->now + cost)
        breach(c, "the switch of CPU %d to %s costs %lld ticks", e->cpu,
               called(c, e->proc), (long long)cost);
    decide(c, e->cpu, e->proc);
    c->man[e->proc].chosen = true;
    c->man[e->proc].cpu = e->cpu;
    c->seat[e->cpu].next = e->proc;
    c->seat[e->cpu].switched = e->val;
}

void judge_preempted(struct court *c, int man)
{
    in_phase(c, PHASE_DISPATCH, 0);
    judge_preemption(c, man);
    c->seat[c->man[man].cpu].vacated = c->now;
    becomes_ready(c, man, BY_PREEMPTION);
}
