/* t4102-race.c: two sleepers of a pipe are woken at once, and Linux lets
 * either look first (SEMANTICS.md, P17; the numbers are those measured there).
 * Two children end at once, and wait(2) gets either.
 *
 * The kernel here is a made-up one: it does what a test wants. That the real
 * one does nothing else is t5005's. */
#include "tests/run.h"
#include "tests/test.h"

#include <string.h>

/* B, C and D sleep in this order; then A writes more than fits. B takes 17463
 * bytes and leaves the rest, so A and C are both woken. */
static const char crowd[] =
    "{'timeslice': 1, 'processes': ["
    " {'name': 'A', 'program': [{'pipe': 'p'},"
    "  {'fork': 'B'}, {'fork': 'C'}, {'fork': 'D'}, {'sleep': 20},"
    "  {'write': 'p[1]', 'bytes': 70000}, {'sleep': 20}]},"
    " {'name': 'B', 'program': [{'read': 'p[0]', 'size': 17463}, "
    "                           {'sleep': 40}]},"
    " {'name': 'C', 'program': [{'sleep': 4},"
    "                           {'read': 'p[0]', 'size': 65536}]},"
    " {'name': 'D', 'program': [{'close': 'p[1]'}, {'sleep': 8},"
    "                           {'read': 'p[0]', 'size': 65536}]}]}";

/* ---- a kernel of our own ---- */

struct made_up {
    /* What B, C and D (processes 1 to 3) have read when the race is over. */
    int64_t ret[4];
    int64_t level;
    int races, settled;
    struct step_result result[STEP_MANY];
};

static bool made_up_step(void *self, const struct world *w,
                         const struct step *st, struct sight *seen)
{
    struct made_up *k = self;
    (void)w;
    int n = 0;
    seen->result = k->result;
    k->settled += st->settled;
    if (st->race == RACE_NONE) {
        seen->results = st->results;
        memcpy(k->result, st->result, sizeof *k->result * (size_t)st->results);
        return true;
    }
    k->races += !st->settled;
    seen->level = k->level;
    seen->messages = -1;
    k->result[n++] = (struct step_result){.proc = 0, .ret = 70000};
    for (int i = 1; i < 4; i++)
        if (k->ret[i])
            k->result[n++] = (struct step_result){.proc = i, .ret = k->ret[i]};
    seen->results = n;
    return true;
}

static struct run run_with(struct made_up *k)
{
    struct run r = run_quoted(crowd, 0);
    const struct kernel kernel = {.self = k, .step = made_up_step};
    sim_free(r.sim);
    r.sim = sim_new(r.scenario);
    sim_set_kernel(r.sim, &kernel);
    sim_advance(r.sim, 1000, 0);
    r.world = sim_world(r.sim);
    r.trace = sim_trace(r.sim);
    return r;
}

static int count(const struct run *r, enum event_kind kind)
{
    int n = 0;
    for (size_t i = 0; i < r->trace->count; i++)
        n += trace_at(r->trace, i)->kind == kind;
    return n;
}

static const struct event *first(const struct run *r, enum event_kind kind)
{
    for (size_t i = 0; i < r->trace->count; i++)
        if (trace_at(r->trace, i)->kind == kind)
            return trace_at(r->trace, i);
    return NULL;
}

/* ---- what must be true ---- */

TEST("alone, the model lets them look in the order of waking")
{
    struct run r = run_quoted(crowd, 1000);
    EXPECT_EQ_STR(run_returns(&r, "B"), "read=17463 sleep=0");
    EXPECT_EQ_STR(run_returns(&r, "C"), "sleep=0 read=52537");
    const struct event *choice = first(&r, EV_CHOICE);
    NEED(choice);
    EXPECT_EQ_INT(choice->proc, 0);
    EXPECT_EQ_INT(choice->aux, 2);
    EXPECT_EQ_INT(choice->val, 0);
    run_expect_sound(&r);
    run_free(&r);
}

TEST("a kernel that takes the first outcome is followed")
{
    struct made_up k = {.ret = {0, 17463, 52537, 0}, .level = 0};
    struct run r = run_with(&k);
    EXPECT_EQ_STR(run_returns(&r, "C"), "sleep=0 read=52537");
    EXPECT_EQ_INT(k.races, 1);
    EXPECT_EQ_INT(k.settled, 1);
    EXPECT_EQ_INT(r.world->head->diverged, 0);
    run_free(&r);
}

TEST("a kernel that takes the other outcome is followed, and it is recorded")
{
    struct made_up k = {.ret = {0, 17463, 48073, 4464}, .level = 0};
    struct run r = run_with(&k);
    EXPECT_EQ_STR(run_returns(&r, "B"), "read=17463 sleep=0");
    EXPECT_EQ_STR(run_returns(&r, "C"), "sleep=0 read=48073");
    EXPECT_EQ_STR(run_returns(&r, "D"), "close=0 sleep=0 read=4464");
    EXPECT_EQ_INT(r.world->head->diverged, 0);
    EXPECT_EQ_INT(k.races, 1);
    const struct event *choice = first(&r, EV_CHOICE);
    NEED(choice);
    EXPECT_EQ_INT(choice->proc, 2);
    EXPECT_EQ_INT(choice->val, 1);
    run_expect_sound(&r);
    run_free(&r);
}

TEST("an outcome that is not allowed diverges, once, with the model's first")
{
    struct made_up k = {.ret = {0, 17463, 48074, 4463}, .level = 0};
    struct run r = run_with(&k);
    EXPECT_EQ_INT(k.races, 1);
    EXPECT_EQ_INT(k.settled, 1);
    EXPECT_EQ_INT(r.world->head->diverged, 2); /* C and D */
    EXPECT_EQ_INT(count(&r, EV_CHOICE), 2); /* A and C, then C and D */
    EXPECT_EQ_INT(first(&r, EV_CHOICE)->val, 0);
    EXPECT_EQ_STR(run_returns(&r, "C"), "sleep=0 read=52537");
    run_free(&r);
}

TEST("where the results are the same, how full the pipe is decides")
{
    struct made_up k = {.ret = {0, 17463, 48073, 4464}, .level = 1};
    struct run r = run_with(&k);
    EXPECT_EQ_STR(run_returns(&r, "C"), "sleep=0 read=52537");
    run_free(&r);
}

/* ---- two children end at once ---- */

/* R ends, and was the last reader: that ends W as well. P waits for any. */
static const char family[] =
    "{'timeslice': 1, 'processes': ["
    " {'name': 'P', 'program': [{'pipe': 'p'}, {'fork': 'R'}, {'fork': 'W'},"
    "  {'close': 'p[0]'}, {'wait': 'any'}, {'wait': 'any'}]},"
    " {'name': 'R', 'program': [{'sleep': 20}, {'exit': 3}]},"
    " {'name': 'W', 'program': [{'close': 'p[0]'},"
    "  {'write': 'p[1]', 'bytes': 70000}]}]}";

enum { R_ID = 2, W_ID = 3 };

/* A kernel whose wait(2) gets `first`. */
struct waiter {
    int64_t first;
    int races;
    struct step_result result[STEP_MANY];
};

static bool waiter_step(void *self, const struct world *w,
                        const struct step *st, struct sight *seen)
{
    struct waiter *k = self;
    (void)w;
    seen->result = k->result;
    seen->results = st->results;
    memcpy(k->result, st->result, sizeof *k->result * (size_t)st->results);
    if (st->race == RACE_NONE)
        return true;
    k->races += !st->settled;
    for (int i = 0; i < st->results; i++)
        if (k->result[i].proc == 0)
            k->result[i].ret = k->first;
    return true;
}

static void expect_waits(int64_t first, const char *returns, int diverged)
{
    struct waiter k = {.first = first};
    const struct kernel kernel = {.self = &k, .step = waiter_step};
    struct run r = run_quoted(family, 0);
    sim_free(r.sim);
    r.sim = sim_new(r.scenario);
    sim_set_kernel(r.sim, &kernel);
    sim_advance(r.sim, 1000, 0);
    r.world = sim_world(r.sim);
    r.trace = sim_trace(r.sim);
    EXPECT_EQ_STR(run_returns(&r, "P"), returns);
    EXPECT_EQ_INT(r.world->head->diverged, diverged);
    EXPECT_EQ_INT(k.races, 1);
    run_expect_sound(&r);
    run_free(&r);
}

TEST("a child and the sibling that it takes along: wait gets either first")
{
    expect_waits(R_ID, "pipe=0 fork=2 fork=3 close=0 wait=2 wait=3", 0);
    expect_waits(W_ID, "pipe=0 fork=2 fork=3 close=0 wait=3 wait=2", 0);
    expect_waits(7, "pipe=0 fork=2 fork=3 close=0 wait=2 wait=3", 1);
}
