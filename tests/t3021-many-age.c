/* t3021: many processes that age, each ready for as long as the others.
 *
 * The heap of a few processes has one level, so what goes wrong below it shows
 * only among many. Here everybody comes at once, nobody is preempted, and who is
 * next can be said by looking at all: the least of own priority less `by` for
 * each `every` ticks of waiting, and of equal ones the first of the file. */
#include "tests/run.h"
#include "tests/test.h"

#include "sim/base/rng.h"

#include <string.h>

enum { MANY = 60, ROUNDS = 40 };

struct wait {
    int64_t priority;
    tick burst;
    bool over;
};

static int next_of(const struct wait *all, tick now, tick every, tick by)
{
    int best = -1;
    int64_t least = 0;
    for (int i = 0; i < MANY; i++) {
        int64_t p = all[i].priority - now / every * by;
        if (!all[i].over && (best < 0 || p < least)) {
            best = i;
            least = p;
        }
    }
    return best;
}

static void write_scenario(const struct wait *all, tick every, tick by,
                           struct str *out)
{
    str_addf(out, "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': "
                  "'priority', 'preemptive': false, 'aging': {'every': %lld, "
                  "'by': %lld}}, 'processes': [",
             (long long)every, (long long)by);
    for (int i = 0; i < MANY; i++)
        str_addf(out, "%s{'name': 'p%d', 'priority': %lld, 'bursts': [%lld]}",
                 i ? ", " : "", i, (long long)all[i].priority,
                 (long long)all[i].burst);
    str_add(out, "]}");
}

/* All age alike as long as all wait alike, so some come late. */
static void expect_order(uint64_t seed)
{
    struct wait all[MANY];
    struct str text = {0};
    uint64_t dice = seed;
    tick every = 1 + (tick)rng_below(&dice, 20);
    tick by = 1 + (tick)rng_below(&dice, 15);
    for (int i = 0; i < MANY; i++)
        all[i] = (struct wait){(int64_t)rng_below(&dice, 100),
                               1 + (tick)rng_below(&dice, 9), false};
    write_scenario(all, every, by, &text);
    struct run r = run_quoted(str_text(&text), 100000);
    str_free(&text);
    NEED(r.sim);
    tick now = 0;
    for (int n = 0; n < MANY; n++) {
        int i = next_of(all, now, every, by);
        test_case("seed %llu, number %d", (unsigned long long)seed, n);
        EXPECT_EQ_INT(r.world->proc[i].first_run, now);
        all[i].over = true;
        now += all[i].burst;
    }
    run_free(&r);
}

TEST("of many that age the most urgent runs next")
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        expect_order(seed);
}
