/* laws.c: the policies that one number, or a line, defines. */
#include "sim/base/rng.h"
#include "tests/legal/court.h"

#include <math.h>

/* ---- lines: fcfs, rr ---- */

static tick quantum(struct court *c, int man)
{
    (void)man;
    return c->sc->scheduler.quantum;
}

const struct law law_fcfs = {.name = "fcfs", .in_line = true};
const struct law law_rr = {.name = "rr", .in_line = true, .slice = quantum};

/* ---- the next burst: sjf, srtf, hrrn ---- */

static void guess_at_first(struct court *c, int man, enum entrance by)
{
    if (by == BY_ARRIVAL)
        c->man[man].guess = c->sc->scheduler.initial * step_count(c);
    join_line(c, man, by, false);
}

/* The old guess moves by alpha of the way to what it turned out to be, to the
 * nearest step; no ticks are no burst. Alpha counts in 2^-62. */
static void learn(struct court *c, int man)
{
    struct man *m = &c->man[man];
    wide alpha = (wide)ldexp(c->sc->scheduler.alpha, 62);
    wide way = m->used * step_count(c) - m->guess;
    if (m->used)
        m->guess += share(way * alpha + ((wide)1 << 61), (wide)1 << 62);
}

/* What is left of it. */
static wide burst(struct court *c, int man)
{
    const struct man *m = &c->man[man];
    if (!c->sc->scheduler.estimate)
        return work_burst(c, man) * step_count(c);
    wide used = m->used * step_count(c);
    return m->guess > used ? m->guess - used : 0;
}

static bool shorter(struct court *c, int a, int b)
{
    return burst(c, a) < burst(c, b);
}

const struct law law_sjf = {.name = "sjf",
                            .better = shorter,
                            .enters = guess_at_first,
                            .leaves = learn};
const struct law law_srtf = {.name = "srtf",
                             .better = shorter,
                             .beats = shorter,
                             .enters = guess_at_first,
                             .leaves = learn};

/* (w + s) / s: waited w, service s. */
static bool greater_ratio(struct court *c, int a, int b)
{
    wide s = work_burst(c, a), r = work_burst(c, b);
    wide w = c->now - c->man[a].joined, v = c->now - c->man[b].joined;
    if (s == 0 || r == 0)
        return s == 0 && r != 0;
    return (w + s) * r > (v + r) * s;
}

const struct law law_hrrn = {.name = "hrrn", .better = greater_ratio};

/* ---- edf, rm ---- */

static bool earlier(struct court *c, int a, int b)
{
    return work_deadline(c, a) < work_deadline(c, b);
}

static tick period(const struct court *c, int man)
{
    tick p = def_of(c, man)->period;
    return p ? p : TICK_NEVER;
}

static bool more_often(struct court *c, int a, int b)
{
    return period(c, a) < period(c, b);
}

const struct law law_edf = {.name = "edf", .better = earlier, .beats = earlier};
const struct law law_rm = {
    .name = "rm", .better = more_often, .beats = more_often};

/* ---- lottery ---- */

static bool in_file_before(const struct court *c, int a, int b)
{
    const struct man *m = &c->man[a], *n = &c->man[b];
    return m->def != n->def ? m->def < n->def : m->number < n->number;
}

/* Who has the ticket of that number, among those that can be taken. */
static int holder(const struct court *c, int cpu, int queue, uint64_t ticket)
{
    for (int i = 0; i < c->men; i++) {
        uint64_t before = 0;
        if (!can_take(c, cpu, queue, i))
            continue;
        for (int k = 0; k < c->men; k++)
            if (k != i && can_take(c, cpu, queue, k) && in_file_before(c, k, i))
                before += (uint64_t)def_of(c, k)->tickets;
        if (ticket >= before &&
            ticket < before + (uint64_t)def_of(c, i)->tickets)
            return i;
    }
    return NOBODY;
}

static bool wins(struct court *c, int cpu, int queue, int man)
{
    uint64_t live = 0;
    for (int i = 0; i < c->men; i++)
        if (can_take(c, cpu, queue, i))
            live += (uint64_t)def_of(c, i)->tickets;
    const struct scheduler *s = &c->sc->scheduler;
    if (c->drawn < s->draw_count)
        return holder(c, cpu, queue,
                      (uint64_t)s->draws[c->drawn++] % live) == man;
    return holder(c, cpu, queue, rng_below(&c->dice, live)) == man ||
           !is_tight(c);
}

const struct law law_lottery = {
    .name = "lottery", .picks = wins, .slice = quantum};

/* ---- xv6 ---- */

static bool next_in_table(struct court *c, int cpu, int queue, int man)
{
    int last = c->seat[cpu].last;
    for (int k = 1; k <= c->men; k++) {
        int i = (last + k) % c->men; /* last is -1 at first */
        if (can_take(c, cpu, queue, i))
            return i == man;
    }
    return false;
}

const struct law law_xv6 = {
    .name = "xv6", .picks = next_in_table, .slice = quantum};
