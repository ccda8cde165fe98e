/* urgent.c: priority, with aging. */
#include "tests/legal/court.h"

/* A smaller number is more urgent; it falls while its process waits. */
static wide urgency(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    const struct scheduler *s = &c->sc->scheduler;
    if (m->state == RUNNING)
        return m->urgency;
    wide own = def_of(c, man)->priority;
    if (m->state != READY || !s->aging_every)
        return own;
    return own - (wide)((c->now - m->joined) / s->aging_every) * s->aging_by;
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
    m->urgency = urgency(c, man);
    m->state = RUNNING;
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
        if (m->state == READY && t < next)
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
