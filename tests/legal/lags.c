/* lags.c: eevdf.
 *
 * All that matters is relative to the mean V, so where V stands while nobody
 * competes is open. */
#include "tests/legal/court.h"

static wide per_weight(const struct court *c, int man, tick ticks)
{
    return (wide)ticks * 1024 * ONE_TICK / weight_of(c, man);
}

static wide weights(const struct court *c, int queue, int but)
{
    wide sum = 0;
    for (int i = 0; i < c->men; i++)
        if (i != but && competes(c, i, queue))
            sum += weight_of(c, i);
    return sum;
}

/* The mean of those who compete, but for `but`; the last, if nobody does. */
static wide mean(const struct court *c, int queue, int but)
{
    wide sum = 0, all = weights(c, queue, but);
    for (int i = 0; i < c->men; i++)
        if (i != but && competes(c, i, queue))
            sum += weight_of(c, i) * virtual_of(c, i);
    return all ? sum / all : c->mean[queue];
}

static void request(struct court *c, int man)
{
    struct man *m = &c->man[man];
    tick slice = c->sc->scheduler.slice;
    m->request = slice;
    m->deadline = virtual_of(c, man) + per_weight(c, man, slice);
}

static wide step(const struct court *c)
{
    return ONE_TICK >> c->sc->scheduler.fraction_bits;
}

/* Whoever counts in steps has to round this, and what follows from it may come
 * out even again, but elsewhere. */
static void note_cut(struct court *c, wide time)
{
    c->cut |= time % step(c) != 0;
}

/* It comes into `queue`, where it is to have its lag. */
static void arrive_with_lag(struct court *c, int man, int queue)
{
    struct man *m = &c->man[man];
    wide others = weights(c, queue, man), own = weight_of(c, man);
    wide lag = others ? m->lag * (others + own) / others : 0;
    m->base = mean(c, queue, man) - lag;
    m->served = 0;
    note_cut(c, m->base);
}

static void enters(struct court *c, int man, enum entrance by)
{
    struct man *m = &c->man[man];
    if (from_outside(by)) {
        arrive_with_lag(c, man, m->home);
        request(c, man);
    } else if (m->request == 0 || by == BY_YIELD) {
        request(c, man);
    }
    join_line(c, man, by, false);
}

static void leaves(struct court *c, int man)
{
    struct man *m = &c->man[man];
    wide v = mean(c, m->home, NOBODY), lag = v - virtual_of(c, man);
    wide most = per_weight(c, man, 2 * c->sc->scheduler.slice);
    m->lag = lag > most ? most : lag < -most ? -most : lag;
    note_cut(c, m->lag);
    if (!weights(c, m->home, man))
        c->mean[m->home] = v;
}

/* As if it left and came, but its request goes on. */
static void moves(struct court *c, int man, int to)
{
    struct man *m = &c->man[man];
    wide due_in = m->deadline - virtual_of(c, man);
    leaves(c, man);
    arrive_with_lag(c, man, to);
    m->deadline = virtual_of(c, man) + due_in;
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

static void slice_over(struct court *c, int man)
{
    request(c, man);
}

/* What may be a tie through rounding: lags are scaled by weights, and errors
 * with them, and each fact may have added a step. There is no doubt while all
 * times are multiples of the step, and have been. */
static wide doubt(const struct court *c, int queue)
{
    int bits = c->sc->scheduler.fraction_bits;
    bool even = !c->cut;
    for (int i = 0; i < c->men && even; i++)
        even = !competes(c, i, queue) || virtual_of(c, i) % step(c) == 0;
    wide often = (wide)c->counted * 8 * step(c);
    wide scaled = (ONE_TICK >> 8) << (FRACTION_BITS_MOST - bits);
    return even ? 0 : often > scaled ? often : scaled;
}

/* 1: its time has come, whatever the rounding; 0: perhaps; -1: no. */
static int eligible(struct court *c, int man)
{
    int queue = c->man[man].home;
    wide sum = 0, all = weights(c, queue, NOBODY), d = doubt(c, queue) * all;
    for (int i = 0; i < c->men; i++)
        if (competes(c, i, queue))
            sum += weight_of(c, i) * virtual_of(c, i);
    wide ahead = virtual_of(c, man) * all - sum;
    return ahead <= -d ? 1 : ahead <= d ? 0 : -1;
}

static bool sooner(struct court *c, int a, int b)
{
    return c->man[a].deadline <
           c->man[b].deadline + c->benefit * doubt(c, c->man[a].home);
}

/* Whether a stands before b if both have a figure, beyond doubt. */
static bool leads(const struct court *c, int a, wide figure_a, wide figure_b)
{
    return figure_a < figure_b - doubt(c, c->man[a].home);
}

/* Of the eligible the one that is due first; if nobody is, the least virtual
 * time. */
static bool picks(struct court *c, int cpu, int queue, int man)
{
    const struct man *m = &c->man[man];
    bool may = eligible(c, man) >= 0;
    for (int i = 0; i < c->men; i++) {
        if (i == man || !can_take(c, cpu, queue, i))
            continue;
        bool owed = eligible(c, i) > 0;
        if (owed && (!may || leads(c, i, c->man[i].deadline, m->deadline)))
            return false;
        if (!may && leads(c, i, virtual_of(c, i), virtual_of(c, man)))
            return false;
    }
    return true;
}

/* Nobody who waits may be taken before it. */
static bool is_first(struct court *c, int man)
{
    for (int i = 0; i < c->men; i++)
        if (i != man && waits(c, i) && c->man[i].home == c->man[man].home &&
            eligible(c, i) >= 0 && !stands_before(c, man, i))
            return false;
    return true;
}

static bool beats(struct court *c, int a, int b)
{
    const struct man *m = &c->man[a];
    bool is_new =
        m->joined == c->now &&
        (c->benefit > 0 || from_outside(m->by));
    /* Whether one has to who would not be taken then is open. */
    return is_new && eligible(c, a) >= (c->benefit > 0 ? 0 : 1) &&
           sooner(c, a, b) && (c->benefit > 0 || is_first(c, a));
}

static bool sooner_and_eligible(struct court *c, int a, int b)
{
    return eligible(c, a) > 0 && (sooner(c, a, b) || eligible(c, b) < 0);
}

static bool goes_on(struct court *c, int man)
{
    return !other_waits(c, man, sooner_and_eligible);
}

const struct law law_eevdf = {.name = "eevdf",
                              .better = sooner,
                              .beats = beats,
                              .picks = picks,
                              .slice = slice,
                              .renews = goes_on,
                              .slice_over = slice_over,
                              .enters = enters,
                              .ran = ran,
                              .moves = moves,
                              .leaves = leaves,
                              .stops = leaves};
