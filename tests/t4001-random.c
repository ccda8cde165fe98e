/* t4001: what must hold in every run, over scenarios nobody thought of. */
#include "tests/random.h"
#include "tests/run.h"
#include "tests/test.h"

#include <stdlib.h>

enum { SEEDS = 1000, TICKS = 400 };

/* FNV-1a, 64 bits, of the scenarios of the first seeds. */
static uint64_t hash_of_scenarios(unsigned with, uint64_t seeds)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        struct str text = {0};
        random_scenario(seed, with, &text);
        for (const char *c = str_text(&text); *c; c++)
            hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
        str_free(&text);
    }
    return hash;
}

/* Whoever changes the generator changes the number. Another compiler must not:
 * a failure that somebody else has found is told by its seed. */
TEST("a seed is the same scenario for every compiler")
{
    EXPECT_EQ_HEX(hash_of_scenarios(2047, 300), UINT64_C(0x23f0cdeec3605bce));
}

static void expect_random_sound(unsigned with)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct str text = {0};
        random_scenario(seed, with, &text);
        test_case("seed %llu with %u", (unsigned long long)seed, with);
        struct run r = run_json(str_text(&text), TICKS);
        NEED(r.sim);
        run_expect_sound(&r);
        run_free(&r);
        str_free(&text);
    }
}

TEST("processes and time: sound in a thousand random runs")
{
    expect_random_sound(RANDOM_ACTIONS | RANDOM_MEMORY);
}

TEST("pipes: sound in a thousand random runs")
{
    expect_random_sound(RANDOM_PIPES | RANDOM_LARGE);
}

TEST("FIFOs: sound in a thousand random runs")
{
    expect_random_sound(RANDOM_FIFOS | RANDOM_PIPES | RANDOM_SIGNALS |
                        RANDOM_ACTIONS);
}

TEST("message queues: sound in a thousand random runs")
{
    expect_random_sound(RANDOM_QUEUES | RANDOM_SIGNALS | RANDOM_ACTIONS);
}

TEST("semaphores: sound in a thousand random runs")
{
    expect_random_sound(RANDOM_SEMAPHORES | RANDOM_SIGNALS | RANDOM_ACTIONS);
    expect_random_sound(RANDOM_SEMAPHORES | RANDOM_CROWD);
}

TEST("shared memory: sound in a thousand random runs")
{
    expect_random_sound(RANDOM_SEGMENTS | RANDOM_SIGNALS | RANDOM_ACTIONS);
}

enum {
    ALL_MECHANISMS = RANDOM_PIPES | RANDOM_FIFOS | RANDOM_QUEUES |
                     RANDOM_SEMAPHORES | RANDOM_SEGMENTS
};

TEST("everything at once: sound in a thousand random runs")
{
    expect_random_sound(RANDOM_PIPES | RANDOM_LARGE | RANDOM_SIGNALS |
                        RANDOM_ACTIONS | RANDOM_MEMORY);
    expect_random_sound(ALL_MECHANISMS | RANDOM_LARGE | RANDOM_SIGNALS |
                        RANDOM_ACTIONS | RANDOM_MEMORY);
}

TEST("a branch at any moment goes on as the run itself did")
{
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct str text = {0};
        random_scenario(seed, ALL_MECHANISMS | RANDOM_SIGNALS, &text);
        struct run r = run_json(str_text(&text), TICKS);
        NEED(r.sim);
        test_case("seed %llu", (unsigned long long)seed);
        struct sim *b = sim_branch(r.sim, r.trace->count * (seed % 97) / 97);
        if (sim_advance(b, TICKS, 0))
            sim_stop_until(b, TICKS);
        EXPECT(world_equal(sim_world(b), r.world));
        sim_free(b);
        run_free(&r);
        str_free(&text);
    }
}
