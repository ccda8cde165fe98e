/* t4103-last-look.c: when a run stops, the sleepers are looked at once more,
 * and one who is up after all is a divergence. The kernel is a made-up one. */
#include "tests/run.h"
#include "tests/test.h"

#include <string.h>

static const char sleeper[] =
    "{'timeslice': 1, 'processes': [{'name': 'A', 'program': ["
    "{'pipe': 'p'}, {'read': 'p[0]', 'size': 1}]}]}";

struct made_up {
    struct step_result result[STEP_MANY];
    const char *late; /* what the last look finds */
    int looks;
};

static bool agree(void *self, const struct world *w, const struct step *st,
                  struct sight *seen)
{
    struct made_up *k = self;
    (void)w;
    memcpy(k->result, st->result, sizeof *k->result * (size_t)st->results);
    seen->result = k->result;
    seen->results = st->results;
    return true;
}

static const char *look(void *self, int *proc)
{
    struct made_up *k = self;
    k->looks++;
    *proc = 0;
    return k->late;
}

/* Runs with `k` up to `until`; returns how often model and kernel differ. */
static int64_t differ(struct made_up *k, tick until)
{
    struct run r = run_quoted(sleeper, 0);
    const struct kernel kernel = {.self = k, .step = agree, .last_look = look};
    struct sim *s = sim_new(r.scenario);
    sim_set_kernel(s, &kernel);
    sim_advance(s, until, 0);
    sim_stop_until(s, until);
    int64_t found = sim_world(s)->head->diverged;
    EXPECT(sim_world(s)->head->stop != STOP_NOT);
    sim_free(s);
    run_free(&r);
    return found;
}

TEST("a sleeper that sleeps is no divergence")
{
    struct made_up k = {.late = NULL};
    EXPECT_EQ_INT(differ(&k, 100), 0);
    EXPECT_EQ_INT(k.looks, 1);
}

TEST("a sleeper that is up when nothing can happen any more is one")
{
    struct made_up k = {.late = "A is not asleep"};
    EXPECT_EQ_INT(differ(&k, 100), 1);
    EXPECT_EQ_INT(k.looks, 1);
}

TEST("so is one that is up when the run is stopped by its bound")
{
    struct made_up k = {.late = "A is not asleep"};
    EXPECT_EQ_INT(differ(&k, 1), 1);
    EXPECT_EQ_INT(k.looks, 1);
}
