/* lags.c: eevdf. */
#include "tests/legal/court.h"

static wide weights(const struct court *c, int queue, int but)
{
    wide sum = 0;
    for (int i = 0; i < c->men; i++)
        if (i != but && competes(c, i, queue))
            sum += weight_of(c, i);
    return sum;
}

/* What all have come to, each as often as he weighs. */
static wide weighed(const struct court *c, int queue, int but)
{
    wide sum = 0;
    for (int i = 0; i < c->men; i++)
        if (i != but && competes(c, i, queue))
            sum += weight_of(c, i) * virtual_of(c, i);
    return sum;
}

/* The mean of those who compete, but for `but`; the last, if nobody does. */
static wide mean(const struct court *c, int queue, int but)
{
    wide all = weights(c, queue, but);
    return all ? share(weighed(c, queue, but), all) : c->mean[queue];
}

static void request(struct court *c, int man)
{
    struct man *m = &c->man[man];
    tick slice = c->sc->scheduler.slice;
    m->request = slice;
    m->deadline = virtual_of(c, man) + virtual_ticks(c, man, slice);
}

/* It comes into `queue`, where it is to have its lag. */
static void arrive_with_lag(struct court *c, int man, int queue)
{
    struct man *m = &c->man[man];
    wide others = weights(c, queue, man), own = weight_of(c, man);
    wide away = others ? share(m->lag * (others + own), others) : 0;
    m->base = mean(c, queue, man) - away;
}

static void enters(struct court *c, int man, enum entrance by)
{
    struct man *m = &c->man[man];
    if (from_outside(by)) {
        arrive_with_lag(c, man, m->home);
        request(c, man);
    } else if (by == BY_YIELD) {
        request(c, man);
    }
    join_line(c, man, by, false);
}

static void leaves(struct court *c, int man)
{
    struct man *m = &c->man[man];
    wide v = mean(c, m->home, NOBODY), lag = v - virtual_of(c, man);
    wide most = 2 * virtual_ticks(c, man, c->sc->scheduler.slice);
    m->lag = lag > most ? most : lag < -most ? -most : lag;
    if (!weights(c, m->home, man))
        c->mean[m->home] = v;
}

/* As if it left and came, but its request goes on. */
static void moves(struct court *c, int man, int to)
{
    struct man *m = &c->man[man];
    wide due_in = m->deadline - m->base;
    leaves(c, man);
    arrive_with_lag(c, man, to);
    m->deadline = m->base + due_in;
}

static void ran(struct court *c, int man, tick ticks)
{
    c->man[man].served += ticks;
    c->man[man].request -= ticks;
}

static tick slice(struct court *c, int man)
{
    return c->man[man].request;
}

/* Not ahead of the mean. */
static bool eligible(struct court *c, int man)
{
    int queue = c->man[man].home;
    if (c->all[queue].at != c->stamp) {
        c->all[queue].at = c->stamp;
        c->all[queue].weights = weights(c, queue, NOBODY);
        c->all[queue].weighed = weighed(c, queue, NOBODY);
    }
    return virtual_of(c, man) * c->all[queue].weights <=
           c->all[queue].weighed;
}

static bool sooner(struct court *c, int a, int b)
{
    return c->man[a].deadline < c->man[b].deadline;
}

/* The eligible first, by deadlines; then the others, by virtual times. */
static bool better(struct court *c, int a, int b)
{
    bool may = eligible(c, a);
    if (may != eligible(c, b))
        return may;
    return may ? sooner(c, a, b) : virtual_of(c, a) < virtual_of(c, b);
}

/* It has just become ready. */
static bool beats(struct court *c, int a, int b)
{
    return c->man[a].joined == c->now && is_first(c, a, c->man[b].cpu) &&
           eligible(c, a) && sooner(c, a, b);
}

static bool eligible_and_no_later(struct court *c, int a, int b)
{
    return eligible(c, a) && !sooner(c, b, a);
}

static bool goes_on(struct court *c, int man)
{
    return !other_waits(c, man, NULL) ||
           (eligible(c, man) && !other_waits(c, man, eligible_and_no_later));
}

const struct law law_eevdf = {.name = "eevdf",
                              .better = better,
                              .beats = beats,
                              .worthier = sooner,
                              .slice = slice,
                              .renews = goes_on,
                              .must_renew = true,
                              .slice_over = request,
                              .enters = enters,
                              .ran = ran,
                              .stretch_ends = stretch_ends,
                              .moves = moves,
                              .leaves = leaves,
                              .stops = leaves};
