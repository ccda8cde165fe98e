/* shares.c: virtual time; stride and cfs.
 *
 * Virtual times are whole numbers of steps, and what the handbook says of
 * rounding is part of the definition: each stretch on the CPU, up to a new slice
 * or another niceness, is rounded down by itself; under stride what that leaves
 * out counts the next time. So nothing here is compared with a tolerance. */
#include "tests/legal/court.h"

static const int32_t weights[40] = { /* of nice -20 … 19 */
    88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
    9548,  7620,  6100,  4904,  3906,  3121,  2501,  1991,  1586,  1277,
    1024,  820,   655,   526,   423,   335,   272,   215,   172,   137,
    110,   87,    70,    56,    45,    36,    29,    23,    18,    15};

int64_t weight_of(const struct court *c, int man)
{
    return weights[c->man[man].nice + 20];
}

/* Rounded down, also below 0. */
wide share(wide a, wide by)
{
    return a / by - (a % by < 0);
}

static bool is_stride(const struct court *c)
{
    return c->law == &law_stride;
}

/* Of stride: so many parts of a step is a tick, … */
static wide parts_of_tick(const struct court *c)
{
    return (wide)10000 * c->sc->scheduler.pass_steps;
}

/* … and so many a step. */
static wide parts_of_step(const struct court *c, int man)
{
    return (wide)def_of(c, man)->tickets * c->sc->scheduler.pass_ticks;
}

wide virtual_ticks(const struct court *c, int man, tick ticks)
{
    const struct man *m = &c->man[man];
    if (is_stride(c))
        return (parts_of_tick(c) * ticks + m->left_out) /
               parts_of_step(c, man);
    return ticks * 1024 * step_count(c) / weight_of(c, man);
}

wide virtual_of(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    return m->base + virtual_ticks(c, man, m->served);
}

void stretch_ends(struct court *c, int man)
{
    struct man *m = &c->man[man];
    m->base = virtual_of(c, man);
    if (is_stride(c))
        m->left_out = (parts_of_tick(c) * m->served + m->left_out) %
                      parts_of_step(c, man);
    m->served = 0;
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
    wide floor = least(c, m->home, man);
    if (from_outside(by) && m->base < floor) {
        m->base = floor;
        m->left_out = 0;
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
    wide own = m->base;
    leaves(c, man);
    m->base = own - least(c, m->home, NOBODY) + least(c, to, man);
}

static bool behind(struct court *c, int a, int b)
{
    return virtual_of(c, a) < virtual_of(c, b);
}

static bool not_ahead(struct court *c, int a, int b)
{
    return virtual_of(c, a) <= virtual_of(c, b);
}

/* Only as long as it is strictly the least. */
static bool goes_on(struct court *c, int man)
{
    return !other_waits(c, man, not_ahead);
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
                               .must_renew = true,
                               .enters = enters,
                               .ran = serve,
                               .stretch_ends = stretch_ends,
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
    tick part = (tick)((wide)s->latency * weight_of(c, man) / sum);
    tick slice = part > s->min_granularity ? part : s->min_granularity;
    return slice > 1 ? slice : 1;
}

/* It has just become ready, and is far behind who runs. */
static bool far_behind(struct court *c, int a, int b)
{
    tick least_lead = c->sc->scheduler.min_granularity;
    return c->man[a].joined == c->now && is_first(c, a, c->man[b].cpu) &&
           virtual_of(c, a) + virtual_ticks(c, a, least_lead) <
               virtual_of(c, b);
}

const struct law law_cfs = {.name = "cfs",
                            .better = behind,
                            .beats = far_behind,
                            .slice = fair_slice,
                            .renews = goes_on,
                            .must_renew = true,
                            .enters = enters,
                            .ran = serve,
                            .stretch_ends = stretch_ends,
                            .moves = moves,
                            .leaves = leaves,
                            .stops = leaves};
