/* t6001-replay.c: any moment of a trace is the world that the run had then,
 * however one got there. */
#include "sim/model/replay.h"

#include "sim/base/mem.h"
#include "tests/run.h"
#include "tests/story_turns.h"
#include "tests/test.h"

#include <stdlib.h>

/* ---- long traces, told by hand ---- */

/* The world after the first `p` events, without keyframes. */
static void world_at(struct world *w, const struct scenario *sc,
                     const struct trace *tr, size_t p)
{
    world_init(w, sc);
    for (size_t i = 0; i < p; i++)
        world_apply(w, tr, trace_at(tr, i));
}

static void expect_at(struct replay *r, const struct world *want, size_t p)
{
    replay_seek(r, p);
    EXPECT_EQ_INT(r->position, p);
    EXPECT_EQ_INT(r->world.head->events, p);
    EXPECT(world_equal(&r->world, want));
}

enum { LONG = 120000, LOOKS = 60 };

TEST("wherever one jumps, the world is the one the run had there")
{
    static size_t place[LOOKS];
    struct world *seen = mem_new(LOOKS, sizeof *seen);
    uint64_t dice = 1;
    struct story st;
    struct replay r;
    begin_turns(&st);
    for (int i = 0; i < LOOKS; i++) {
        tell_turns(&st, (size_t)(i + 1) * (LONG / LOOKS), &dice);
        place[i] = st.tr.count;
        world_copy(&seen[i], &st.w);
    }
    replay_init(&r, &st.sc, &st.tr);
    for (int look = 0; look < 300; look++) {
        size_t i = (size_t)rng_below(&dice, LOOKS);
        test_case("look %d at %zu", look, place[i]);
        expect_at(&r, &seen[i], place[i]);
    }
    EXPECT(r.count > 5);
    replay_free(&r);
    story_end(&st);
    for (int i = 0; i < LOOKS; i++)
        world_free(&seen[i]);
    free(seen);
}

TEST("one event back is the world one event earlier, all the way")
{
    enum { SHORT = 3000 };
    struct story st;
    struct replay back, forward;
    uint64_t dice = 2;
    begin_turns(&st);
    tell_turns(&st, SHORT, &dice);
    replay_init(&back, &st.sc, &st.tr);
    replay_seek(&back, st.tr.count);
    EXPECT(world_equal(&back.world, &st.w));
    for (size_t p = st.tr.count; p-- > 0;) {
        replay_seek(&back, p);
        if (p % 37)
            continue;
        test_case("position %zu", p);
        replay_init(&forward, &st.sc, &st.tr);
        replay_seek(&forward, p);
        EXPECT(world_equal(&back.world, &forward.world));
        replay_free(&forward);
    }
    replay_free(&back);
    story_end(&st);
}

TEST("keyframes lie so near that a million events are never read again")
{
    enum { MILLION = 1000000 };
    struct story st;
    struct replay r;
    uint64_t dice = 3;
    begin_turns(&st);
    tell_turns(&st, MILLION, &dice);
    replay_init(&r, &st.sc, &st.tr);
    expect_at(&r, &st.w, st.tr.count);
    EXPECT(r.apart <= 65536);
    EXPECT(r.count * 2 * r.apart >= st.tr.count);
    EXPECT(r.bytes <= r.budget);
    size_t frames = r.count;
    for (size_t p = st.tr.count; p > 99999; p -= 99999)
        replay_seek(&r, p - 1);
    expect_at(&r, &st.w, st.tr.count);
    EXPECT_EQ_INT(r.count, frames);
    replay_free(&r);
    story_end(&st);
}

TEST("keyframes never outgrow their budget, and every moment stays right")
{
    struct story st;
    struct replay r;
    struct world w;
    uint64_t dice = 4;
    begin_turns(&st);
    tell_turns(&st, 200000, &dice);
    replay_init(&r, &st.sc, &st.tr);
    r.budget = 10 * st.w.bytes;
    size_t before = r.apart;
    expect_at(&r, &st.w, st.tr.count);
    EXPECT(r.bytes <= r.budget);
    EXPECT(r.count >= 4);
    EXPECT(r.apart > before);
    for (size_t p = 7; p < st.tr.count; p += 60000) {
        world_at(&w, &st.sc, &st.tr, p);
        test_case("position %zu", p);
        expect_at(&r, &w, p);
        world_free(&w);
    }
    EXPECT(r.bytes <= r.budget);
    replay_free(&r);
    story_end(&st);
}

TEST("with a budget for nothing the beginning is kept and still all is right")
{
    struct story st;
    struct replay r;
    uint64_t dice = 5;
    begin_turns(&st);
    tell_turns(&st, 20000, &dice);
    replay_init(&r, &st.sc, &st.tr);
    r.budget = 0;
    expect_at(&r, &st.w, st.tr.count);
    EXPECT_EQ_INT(r.count, 1);
    replay_seek(&r, 0);
    EXPECT_EQ_INT(r.world.head->procs, 0);
    expect_at(&r, &st.w, st.tr.count);
    replay_free(&r);
    story_end(&st);
}

TEST("after a cut the new branch is shown, never the old one")
{
    struct story st;
    struct replay r;
    struct world w;
    uint64_t dice = 6;
    begin_turns(&st);
    tell_turns(&st, 9000, &dice);
    size_t cut = st.tr.count, bytes = st.tr.byte_count;
    world_at(&w, &st.sc, &st.tr, cut);
    tell_turns(&st, 30000, &dice);
    replay_init(&r, &st.sc, &st.tr);
    replay_seek(&r, st.tr.count);
    size_t frames = r.count;
    trace_cut(&st.tr, cut, bytes);
    replay_cut(&r, cut);
    EXPECT_EQ_INT(r.position, cut);
    EXPECT(world_equal(&r.world, &w));
    EXPECT(r.count < frames);
    world_copy(&st.w, &w);
    dice = 77;
    tell_turns(&st, 30000, &dice);
    expect_at(&r, &st.w, st.tr.count);
    expect_at(&r, &w, cut);
    replay_seek(&r, 100);
    replay_cut(&r, cut);
    EXPECT_EQ_INT(r.position, 100);
    world_free(&w);
    replay_free(&r);
    story_end(&st);
}

TEST("a world that the run offers is kept where none is near")
{
    struct story st;
    struct replay r;
    uint64_t dice = 8;
    begin_turns(&st);
    replay_init(&r, &st.sc, &st.tr);
    for (int i = 1; i <= 10; i++) {
        tell_turns(&st, (size_t)i * 20000, &dice);
        replay_offer(&r, &st.w);
        replay_offer(&r, &st.w);
        EXPECT_EQ_INT(r.count, i + 1);
    }
    EXPECT_EQ_INT(r.position, 0);
    expect_at(&r, &st.w, st.tr.count);
    replay_free(&r);
    story_end(&st);
}

/* ---- real runs ---- */

static const char *const lessons[] = {
    /* a pipe, a fork, sleeps and a wait */
    "{'timeslice': 1, 'title': 't',"
    " 'scheduler': {'policy': 'rr', 'quantum': 3}, 'processes': ["
    "{'name': 'parent', 'program': [{'pipe': 'p'}, {'fork': 'child'},"
    " {'close': 'p[0]'}, {'repeat': 20, 'as': 'i', 'do': [{'cpu': 2},"
    "  {'write': 'p[1]', 'text': '{i}'}, {'sleep': 4}]},"
    " {'close': 'p[1]'}, {'wait': 'child'}]},"
    "{'name': 'child', 'program': [{'close': 'p[1]'},"
    " {'repeat': 'forever', 'do': [{'read': 'p[0]', 'size': 100,"
    "  'at_eof': 'break'}]}, {'close': 'p[0]'}]},"
    "{'name': 'busy', 'program': [{'cpu': 90}]}],"
    " 'actions': [{'at': 9, 'suspend': 'child'},"
    "  {'at': 14, 'activate': 'child'}, {'at': 40, 'suspend': 'busy'},"
    "  {'at': 50, 'activate': 'busy'}, {'at': 60, 'kill': 'busy'}]}",
    /* a full pipe, several CPUs, memory that is scarce */
    "{'timeslice': 1, 'title': 't',"
    " 'machine': {'cpus': 2, 'memory': 6, 'context_switch': 1},"
    " 'scheduler': {'policy': 'rr', 'quantum': 2}, 'processes': ["
    "{'name': 'a', 'memory': 3, 'program': [{'pipe': 'p'}, {'fork': 'b'},"
    " {'repeat': 3, 'do': [{'write': 'p[1]', 'bytes': 70000}]},"
    " {'close': 'p[1]'}, {'wait': 'any'}]},"
    "{'name': 'b', 'memory': 3, 'program': [{'close': 'p[1]'},"
    " {'repeat': 'forever', 'do': [{'cpu': 1}, {'read': 'p[0]',"
    "  'size': 10000, 'at_eof': 'break'}]}]},"
    "{'name': 'c', 'arrival': 3, 'memory': 2, 'bursts': [5, 3, 2]}]}",
};

/* Replay at every position, from the beginning and from a random place. */
static void expect_replays(const struct run *run)
{
    struct replay near, far;
    struct world w;
    uint64_t dice = 9;
    replay_init(&near, run->scenario, run->trace);
    replay_init(&far, run->scenario, run->trace);
    world_init(&w, run->scenario);
    for (size_t p = 0; p <= run->trace->count; p++) {
        test_case("position %zu", p);
        replay_seek(&near, p);
        EXPECT(world_equal(&near.world, &w));
        replay_seek(&far, (size_t)rng_below(&dice, run->trace->count + 1));
        replay_seek(&far, p);
        EXPECT(world_equal(&far.world, &w));
        if (p < run->trace->count)
            world_apply(&w, run->trace, trace_at(run->trace, p));
    }
    world_free(&w);
    replay_free(&near);
    replay_free(&far);
}

/* Steps back from the end to the beginning; each is the world that going
 * forward had shown there. */
static void expect_steps_back(const struct run *run)
{
    struct replay r, forward;
    replay_init(&r, run->scenario, run->trace);
    replay_init(&forward, run->scenario, run->trace);
    int steps = 0, back = 0;
    for (size_t p = 0; p < run->trace->count; steps++)
        p = trace_step_after(run->trace, p);
    for (size_t p = run->trace->count; p > 0; back++) {
        p = trace_step_before(run->trace, p);
        replay_seek(&r, p);
        replay_seek(&forward, p);
        test_case("step back to %zu", p);
        EXPECT(world_equal(&r.world, &forward.world));
    }
    EXPECT_EQ_INT(back, steps);
    EXPECT(steps > 50);
    replay_free(&r);
    replay_free(&forward);
}

TEST("replay equals run at every position of real runs")
{
    for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
        struct run run = run_quoted(lessons[i], 1000000);
        NEED(run.sim);
        struct replay r;
        replay_init(&r, run.scenario, run.trace);
        replay_seek(&r, run.trace->count);
        EXPECT(world_equal(&r.world, run.world));
        replay_free(&r);
        expect_replays(&run);
        expect_steps_back(&run);
        run_free(&run);
    }
}
