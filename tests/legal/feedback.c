/* feedback.c: mlfq. */
#include "tests/legal/court.h"

static tick quantum_of(const struct court *c, int level)
{
    return c->sc->scheduler.level[level].quantum;
}

static tick allotment_of(const struct court *c, int level)
{
    const struct mlfq_level *l = &c->sc->scheduler.level[level];
    return l->allotment ? l->allotment : l->quantum;
}

static void fresh(struct court *c, int man)
{
    c->man[man].rest = quantum_of(c, c->man[man].level);
}

static tick slice(struct court *c, int man)
{
    const struct man *m = &c->man[man];
    tick left = allotment_of(c, m->level) - m->allotted;
    return m->rest < left ? m->rest : left;
}

static void ran(struct court *c, int man, tick ticks)
{
    c->man[man].rest -= ticks;
    c->man[man].allotted += ticks;
}

static void sinks(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (m->allotted >= allotment_of(c, m->level)) {
        m->level += m->level + 1 < c->sc->scheduler.levels;
        m->allotted = 0;
    }
    fresh(c, man);
}

static void slice_over(struct court *c, int man)
{
    bool alone = !other_waits(c, man, NULL);
    if (alone && !c->sc->scheduler.demote_alone)
        c->man[man].allotted = 0;
    else
        sinks(c, man);
    fresh(c, man);
}

/* It keeps what it has used of its allotment; if that was all, it is as if its
 * slice were over. */
static void yields(struct court *c, int man)
{
    if (c->man[man].allotted >= allotment_of(c, c->man[man].level))
        slice_over(c, man);
    fresh(c, man);
}

static bool not_lower(struct court *c, int other, int man)
{
    return c->man[other].level <= c->man[man].level;
}

static bool goes_on(struct court *c, int man)
{
    return !other_waits(c, man, not_lower);
}

static void leaves(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (c->sc->scheduler.io_keeps_slice) {
        m->allotted = 0;
        fresh(c, man);
    } else if (m->ran == m->slice) {
        slice_over(c, man);
    }
}

/* It keeps what it has, as one that is preempted. */
static void stops(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (m->state == RUNNING && m->allotted >= allotment_of(c, m->level))
        slice_over(c, man);
    else if (m->state == RUNNING && m->rest == 0)
        fresh(c, man);
}

static void enters(struct court *c, int man, enum entrance by)
{
    bool front = by == BY_WAKE && c->sc->scheduler.io_to_front;
    if (by == BY_ARRIVAL)
        fresh(c, man);
    if (by == BY_YIELD)
        yields(c, man);
    c->man[man].moved_from = 0;
    join_line(c, man, by, front || by == BY_PREEMPTION);
}

static bool higher(struct court *c, int a, int b)
{
    return c->man[a].level < c->man[b].level;
}

/* ---- the boost ---- */

static int next_of_level(const struct court *c, int level, int64_t after)
{
    int best = NOBODY;
    for (int i = 0; i < c->men; i++)
        if (waits(c, i) && c->man[i].level == level &&
            c->man[i].place > after &&
            (best == NOBODY || c->man[i].place < c->man[best].place))
            best = i;
    return best;
}

static void line_up(struct court *c, int level)
{
    int64_t after = INT64_MIN, end = c->tail;
    int man;
    while ((man = next_of_level(c, level, after)) != NOBODY &&
           c->man[man].place <= end) {
        after = c->man[man].place;
        c->man[man].place = ++c->tail;
        c->man[man].moved_from = level;
    }
}

static void boost(struct court *c)
{
    tick every = c->sc->scheduler.boost;
    if (!every || c->now <= 0 || c->now % every)
        return;
    for (int level = c->sc->scheduler.levels - 1; level > 0; level--)
        line_up(c, level);
    for (int i = 0; i < c->men; i++) {
        struct man *m = &c->man[i];
        m->level = 0;
        m->allotted = 0;
        fresh(c, i);
        if (m->state != RUNNING)
            continue;
        m->slice = slice(c, i);
        m->ran = 0;
        m->joined = c->now;
        m->by = BY_BOOST;
        m->unsaid = true;
    }
}

/* Whether a boost would change anything for it. */
static bool is_used(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    return m->state != TERMINATED &&
           (m->state == RUNNING || m->level || m->allotted ||
            m->rest != quantum_of(c, 0));
}

static tick next_boost(struct court *c)
{
    tick every = c->sc->scheduler.boost;
    bool somebody = false;
    for (int i = 0; i < c->men; i++)
        somebody |= is_used(c, i);
    return every && somebody ? (c->now / every + 1) * every : TICK_NEVER;
}

const struct law law_mlfq = {.name = "mlfq",
                             .in_line = true,
                             .better = higher,
                             .beats = higher,
                             .slice = slice,
                             .renews = goes_on,
                             .must_renew = true,
                             .slice_over = slice_over,
                             .enters = enters,
                             .ran = ran,
                             .leaves = leaves,
                             .stops = stops,
                             .instant = boost,
                             .next = next_boost};
