/* urgent.c: priority, with aging. */
#include "tests/legal/court.h"

/* So much, about 2.3 * 10^18, is as much as can be. */
#define AGED_MOST (INT64_MAX / 4)

/* A smaller number is more urgent; it falls while its process waits. */
static wide aging(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    const struct scheduler *s = &c->sc->scheduler;
    if (m->state != READY || !s->aging_every)
        return 0;
    wide aged = (wide)((c->now - m->joined) / s->aging_every) * s->aging_by;
    return aged < AGED_MOST ? aged : AGED_MOST;
}

static wide own(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    wide aged = m->state == RUNNING ? m->aged : aging(c, man);
    return def_of(c, man)->priority - aged;
}

/* Whoever sleeps for a lock lends his urgency, his own or borrowed, to all who
 * hold it. Returns whether anybody has got more by that. */
static bool lend(struct court *c, int man)
{
    int k = lock_awaited(c, man);
    bool more = false;
    for (int i = 0; k != NOBODY && !c->no_lock[k] && i < c->men; i++)
        if (i != man && c->man[i].holds[k] &&
            c->man[i].state != TERMINATED &&
            c->urgency[i] > c->urgency[man]) {
            c->urgency[i] = c->urgency[man];
            more = true;
        }
    return more;
}

static void find_urgencies(struct court *c)
{
    bool more = c->sc->scheduler.inherit;
    for (int i = 0; i < c->men; i++)
        c->urgency[i] = own(c, i);
    while (more) {
        more = false;
        for (int i = 0; i < c->men; i++)
            more |= lend(c, i);
    }
    c->lent_at = c->stamp;
}

static wide urgency(struct court *c, int man)
{
    if (c->lent_at != c->stamp)
        find_urgencies(c);
    return c->urgency[man];
}

static bool more_urgent(struct court *c, int a, int b)
{
    return urgency(c, a) < urgency(c, b);
}

static bool at_least_as_urgent(struct court *c, int a, int b)
{
    return urgency(c, a) <= urgency(c, b);
}

static bool takes_its_cpu(struct court *c, int a, int b)
{
    return c->sc->scheduler.preemptive && more_urgent(c, a, b);
}

static void stays_so(struct court *c, int man)
{
    struct man *m = &c->man[man];
    m->state = READY; /* as it was until now */
    m->aged = aging(c, man);
    m->state = RUNNING;
    c->stamp++;
}

static bool goes_on(struct court *c, int man)
{
    return !other_waits(c, man, at_least_as_urgent);
}

static tick quantum(struct court *c, int man)
{
    (void)man;
    return c->sc->scheduler.quantum;
}

static tick next_aging(struct court *c)
{
    tick every = c->sc->scheduler.aging_every, next = TICK_NEVER;
    for (int i = 0; i < c->men && every; i++) {
        const struct man *m = &c->man[i];
        tick t = m->joined + ((c->now - m->joined) / every + 1) * every;
        if (m->state == READY && aging(c, i) < AGED_MOST && t < next)
            next = t;
    }
    return next;
}

const struct law law_priority = {.name = "priority",
                                 .in_line = true,
                                 .better = more_urgent,
                                 .beats = takes_its_cpu,
                                 .starts = stays_so,
                                 .slice = quantum,
                                 .renews = goes_on,
                                 .must_renew = true,
                                 .next = next_aging};
