/* shares.c: virtual time; stride and cfs. */
#include "tests/legal/court.h"

#include <string.h>

static const int32_t weights[40] = { /* of nice -20 … 19 */
    88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
    9548,  7620,  6100,  4904,  3906,  3121,  2501,  1991,  1586,  1277,
    1024,  820,   655,   526,   423,   335,   272,   215,   172,   137,
    110,   87,    70,    56,    45,    36,    29,    23,    18,    15};

int64_t weight_of(const struct court *c, int man)
{
    return weights[c->man[man].nice + 20];
}

/* Every fact may have been rounded to a step of 2^-20 tick, coarser where times
 * are very long; great numbers are given 50 bits. */
wide rounding(const struct court *c, wide about)
{
    wide step = ONE_TICK >> c->sc->scheduler.fraction_bits;
    return (wide)(c->counted + 8) * step + (about >> 50);
}

static bool is_stride(const struct court *c)
{
    return strcmp(c->sc->scheduler.policy, "stride") == 0;
}

/* `ticks` of CPU are so much virtual time. Under stride it counts in parts so
 * small that all strides are whole numbers of them. */
static wide virtual_ticks(const struct court *c, int man, tick ticks)
{
    if (is_stride(c)) {
        wide most = (wide)INT64_MAX / (10000 * (wide)c->sc->scheduler.pass_steps);
        wide pass = (wide)ticks * (c->unit / def_of(c, man)->tickets);
        return pass < most * c->unit ? pass : most * c->unit;
    }
    return (wide)ticks * 1024 * ONE_TICK / weight_of(c, man);
}

wide virtual_of(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    return m->base + virtual_ticks(c, man, m->served);
}

static void serve(struct court *c, int man, tick ticks)
{
    c->man[man].served += ticks;
}

/* The least of those who compete, but for `man`; or the last that was. */
static wide least(const struct court *c, int queue, int man)
{
    int best = NOBODY;
    for (int i = 0; i < c->men; i++)
        if (i != man && competes(c, i, queue) &&
            (best == NOBODY || virtual_of(c, i) < virtual_of(c, best)))
            best = i;
    return best == NOBODY ? c->last[queue] : virtual_of(c, best);
}

static void enters(struct court *c, int man, enum entrance by)
{
    struct man *m = &c->man[man];
    if (from_outside(by)) {
        wide floor = least(c, c->man[man].home, man);
        if (virtual_of(c, man) < floor) {
            m->base = floor;
            m->served = 0;
        }
    }
    join_line(c, man, by, false);
}

static void leaves(struct court *c, int man)
{
    int queue = c->man[man].home;
    for (int i = 0; i < c->men; i++)
        if (i != man && competes(c, i, queue))
            return;
    c->last[queue] = virtual_of(c, man);
}

/* It is as far behind the first over there as it was here. */
static void moves(struct court *c, int man, int to)
{
    struct man *m = &c->man[man];
    wide own = virtual_of(c, man);
    leaves(c, man);
    m->base = own - least(c, m->home, NOBODY) + least(c, to, man);
    m->served = 0;
}

/* Whether virtual times come out even, however often they are rounded. */
static bool is_even(const struct court *c, int man)
{
    return c->man[man].nice == 0 && c->man[man].base % ONE_TICK == 0;
}

bool all_even(const struct court *c)
{
    bool all = true;
    for (int i = 0; i < c->men; i++)
        all &= is_even(c, i);
    return all;
}

/* Passes count in steps; where a stride is no whole number of them (tickets
 * that have nothing in common, or a very long quantum), each fact may leave out
 * one. */
static wide left_out(const struct court *c)
{
    wide steps = (wide)10000 * c->sc->scheduler.pass_steps;
    return steps % c->unit ? (c->counted + 8) * (c->unit / steps + 1) : 0;
}

static bool behind(struct court *c, int a, int b)
{
    wide v = virtual_of(c, a), w = virtual_of(c, b);
    bool copied = c->man[a].served == 0 && c->man[b].served == 0;
    if (is_stride(c))
        return v < w + c->benefit * left_out(c);
    if (v == w && (copied || all_even(c)))
        return false;
    return v < w + c->benefit * rounding(c, w);
}

static bool goes_on(struct court *c, int man)
{
    return !other_waits(c, man, behind);
}

static tick quantum(struct court *c, int man)
{
    (void)man;
    return c->sc->scheduler.quantum;
}

const struct law law_stride = {.name = "stride",
                               .better = behind,
                               .slice = quantum,
                               .renews = goes_on,
                               .enters = enters,
                               .ran = serve,
                               .moves = moves,
                               .leaves = leaves,
                               .stops = leaves};

/* ---- cfs ---- */

static tick fair_slice(struct court *c, int man)
{
    const struct scheduler *s = &c->sc->scheduler;
    wide sum = 0;
    for (int i = 0; i < c->men; i++)
        if (competes(c, i, c->man[man].home))
            sum += weight_of(c, i);
    tick share = (tick)((wide)s->latency * weight_of(c, man) / sum);
    tick slice = share > s->min_granularity ? share : s->min_granularity;
    return slice > 1 ? slice : 1;
}

static bool is_new(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    return m->joined == c->now && from_outside(m->by);
}

/* Nobody who waits may be taken before it. */
static bool is_first(struct court *c, int man)
{
    for (int i = 0; i < c->men; i++)
        if (i != man && waits(c, i) && c->man[i].home == c->man[man].home &&
            !stands_before(c, man, i))
            return false;
    return true;
}

static bool far_behind(struct court *c, int a, int b)
{
    wide v = virtual_of(c, a) +
             virtual_ticks(c, a, c->sc->scheduler.min_granularity);
    wide w = virtual_of(c, b);
    /* Whether somebody has to preempt who would not be taken then, and whether
     * one may who has just left a CPU, is open. */
    bool may = c->benefit > 0;
    bool comes = may ? c->man[a].joined == c->now
                     : is_new(c, a) && is_first(c, a);
    return comes && v < w + c->benefit * rounding(c, w);
}

const struct law law_cfs = {.name = "cfs",
                            .better = behind,
                            .beats = far_behind,
                            .slice = fair_slice,
                            .renews = goes_on,
                            .enters = enters,
                            .ran = serve,
                            .moves = moves,
                            .leaves = leaves,
                            .stops = leaves};
