/* t7102-lod.c: shares of time, whichever way they are counted. */
#include "render/lod.h"
#include "sim/base/rng.h"
#include "tests/run.h"
#include "tests/test.h"

#include <math.h>
#include <stdlib.h>

/* One column; returns the sum of its kinds. */
static double lane_shares(const struct lane *l, double a, double b, tick end,
                          double shares[LANE_KINDS])
{
    double sum = 0;
    lane_columns(l, (struct lane_cut){a, b - a, 1}, end,
                 (double(*)[LANE_KINDS])shares);
    for (int k = 0; k < LANE_KINDS; k++)
        sum += shares[k];
    return sum;
}

/* Counts tick by tick what lane_columns finds by its sums. */
static void slow_shares(const struct lane *l, tick a, tick b, tick end,
                        double *shares)
{
    memset(shares, 0, LANE_KINDS * sizeof *shares);
    for (tick t = a; t < b && t < end; t++) {
        size_t i = lane_at(l, (double)t);
        if (i != SIZE_MAX)
            shares[lane_kind(l->what, l->value[i])] += 1;
    }
}

TEST("the sums give what counting gives, anywhere")
{
    struct lane l = {.what = LANE_STATE};
    uint64_t r = 7;
    tick t = 3;
    for (int i = 0; i < 1000; i++) {
        lane_add(&l, t, (int32_t)rng_below(&r, STATE_COUNT));
        t += (tick)rng_below(&r, 6);
    }
    for (int i = 0; i < 300; i++) {
        tick a = (tick)rng_below(&r, (uint64_t)t);
        tick b = a + (tick)rng_below(&r, 500);
        double fast[LANE_KINDS], slow[LANE_KINDS];
        test_case("[%lld, %lld)", (long long)a, (long long)b);
        lane_shares(&l, (double)a, (double)b, t, fast);
        slow_shares(&l, a, b, t, slow);
        for (int k = 0; k < LANE_KINDS; k++)
            EXPECT(fabs(fast[k] - slow[k]) < 1e-6);
    }
    lane_free(&l);
}

/* Stretches crowded here and long there, so that guesses by proportion miss. */
static struct lane uneven(uint64_t *r)
{
    struct lane l = {.what = LANE_STATE};
    tick t = (tick)rng_below(r, 9);
    int n = 1 + (int)rng_below(r, 600);
    for (int i = 0; i < n; i++) {
        lane_add(&l, t, (int32_t)rng_below(r, STATE_COUNT));
        t += 1 + (tick)rng_below(r, rng_below(r, 20) ? 3 : 4000);
    }
    return l;
}

TEST("columns side by side give what counting gives, however uneven")
{
    uint64_t r = 11;
    for (int round = 0; round < 100; round++) {
        struct lane l = uneven(&r);
        tick end = l.start[l.count - 1] + (tick)rng_below(&r, 20);
        tick each = 1 + (tick)rng_below(&r, 70), from = (tick)rng_below(&r, 90);
        enum { COLUMNS = 200 };
        static double fast[COLUMNS][LANE_KINDS];
        double slow[LANE_KINDS];
        struct lane_cut cut = {(double)from, (double)each, COLUMNS};
        lane_columns(&l, cut, end, fast);
        for (int i = 0; i < COLUMNS; i++) {
            test_case("round %d, column %d", round, i);
            slow_shares(&l, from + i * each, from + (i + 1) * each, end, slow);
            for (int k = 0; k < LANE_KINDS; k++)
                EXPECT(fabs(fast[i][k] - slow[k]) < 1e-6);
        }
        lane_free(&l);
    }
}

TEST("parts of a tick count as parts")
{
    struct lane l = {.what = LANE_STATE};
    lane_add(&l, 0, READY);
    lane_add(&l, 1, RUNNING);
    double shares[LANE_KINDS];
    EXPECT(fabs(lane_shares(&l, 0.75, 1.5, 10, shares) - 0.75) < 1e-9);
    EXPECT(fabs(shares[READY] - 0.25) < 1e-9);
    EXPECT(fabs(shares[RUNNING] - 0.5) < 1e-9);
    lane_free(&l);
}

TEST("nothing is known before the first stretch and after the end")
{
    struct lane l = {.what = LANE_STATE};
    double shares[LANE_KINDS];
    EXPECT(lane_at(&l, 0) == SIZE_MAX);
    lane_add(&l, 10, READY);
    EXPECT(lane_at(&l, 9.5) == SIZE_MAX);
    EXPECT_EQ_INT(lane_at(&l, 10), 0);
    EXPECT(fabs(lane_shares(&l, 0, 100, 15, shares) - 5) < 1e-9);
    lane_free(&l);
}

TEST("the same value goes on, and a moment without length leaves nothing")
{
    struct lane l = {.what = LANE_STATE};
    lane_add(&l, 0, NEW);
    lane_add(&l, 0, READY);
    lane_add(&l, 4, READY);
    lane_add(&l, 5, RUNNING);
    EXPECT_EQ_INT(l.count, 2);
    EXPECT_EQ_INT(l.value[0], READY);
    EXPECT_EQ_INT(lane_end(&l, 0, 9), 5);
    EXPECT_EQ_INT(lane_end(&l, 1, 9), 9);
    lane_free(&l);
}

static const char pipe_lesson[] =
    "{'timeslice': 1, 'scheduler': {'policy': 'rr', 'quantum': 3},"
    " 'processes': ["
    "  {'name': 'parent', 'program': [{'pipe': 'p'}, {'fork': 'child'},"
    "   {'repeat': 3, 'do': [{'cpu': 2}, {'write': 'p[1]', 'text': 'ab'},"
    "    {'sleep': 4}]}, {'close': 'p[1]'}, {'wait': 'child'}]},"
    "  {'name': 'child', 'program': [{'close': 'p[1]'},"
    "   {'repeat': 'forever', 'do': [{'read': 'p[0]', 'size': 1,"
    "    'at_eof': 'break'}]}]}]}";

TEST("lanes agree with the world about the time in each state")
{
    struct run r = run_quoted(pipe_lesson, 1000);
    NEED(r.sim);
    struct lod l;
    lod_init(&l, r.scenario, r.trace);
    while (!lod_read(&l, r.trace->count, 7))
        ;
    EXPECT_EQ_INT(l.procs, r.world->head->procs);
    tick end = r.world->head->now;
    for (int p = 0; p < l.procs; p++) {
        double shares[LANE_KINDS];
        lane_shares(&l.state[p], 0, (double)end, end, shares);
        for (int s = 0; s < STATE_COUNT; s++) {
            test_case("process %d, %s", p, state_name((enum state)s));
            EXPECT_EQ_INT((int64_t)shares[s],
                          world_spent(r.world, p, (enum state)s));
        }
    }
    lod_free(&l);
    run_free(&r);
}

TEST("an arrow leads from each write to the reads that took its bytes")
{
    struct run r = run_quoted(pipe_lesson, 1000);
    NEED(r.sim);
    struct lod l;
    lod_init(&l, r.scenario, r.trace);
    EXPECT(lod_read(&l, r.trace->count, SIZE_MAX));
    int64_t bytes = 0;
    tick before = 0;
    for (size_t i = 0; i < l.arrow_count; i++) {
        const struct ipc_arrow *a = &l.arrows[i];
        EXPECT_EQ_INT(a->from, run_process(&r, "parent"));
        EXPECT_EQ_INT(a->to, run_process(&r, "child"));
        EXPECT(a->put <= a->got);
        EXPECT(before <= a->got);
        EXPECT_EQ_INT(lod_arrow(&l, a->got) <= i, true);
        before = a->got;
        bytes += a->bytes;
    }
    EXPECT_EQ_INT(bytes, 6);
    EXPECT_EQ_INT(l.arrow_count, 6); /* each read takes one byte */
    lod_free(&l);
    run_free(&r);
}

TEST("a cut begins anew, and only if it cuts what was read")
{
    struct run r = run_quoted(pipe_lesson, 1000);
    NEED(r.sim);
    struct lod l;
    lod_init(&l, r.scenario, r.trace);
    lod_read(&l, 20, SIZE_MAX);
    lod_cut(&l, 20);
    EXPECT_EQ_INT(l.read, 20);
    lod_cut(&l, 19);
    EXPECT_EQ_INT(l.read, 0);
    EXPECT_EQ_INT(l.procs, 0);
    lod_free(&l);
    run_free(&r);
}
