/* One trial: a random scenario, its run, and what the court says. */
#ifndef TIMESLICE_TESTS_LEGAL_TRY_H
#define TIMESLICE_TESTS_LEGAL_TRY_H

#include "sim/sim.h"
#include "tests/legal/legal.h"

struct trial {
    struct str json, why;
    struct scenario *scenario;
    tick until;
    struct facts facts;
    bool few; /* events are enough */
    bool cut; /* it was stopped after very many events, in the midst */
    bool illegal; /* then `why` says what, and whether only a tie was taken
                     otherwise than documented */
};

/* Every policy there is, as policies.def has them. */
extern const char *const trial_policies[];
extern const int trial_policy_count;

/* Whether the policy is one of those in a list. */
bool trial_is(const char *policy, const char *policies);

/* The engine runs scene `seed`, and the court judges it, ties and all. What
 * the engine itself says of times in states is held against it, too. */
void trial_run(struct trial *t, const char *policy, uint64_t seed);

/* The same, where the scene is made of `bytes`; the first says the policy. */
void trial_run_bytes(struct trial *t, const uint8_t *bytes, size_t length);

/* The same with a scenario that is given. */
void trial_run_text(struct trial *t, const char *json);

/* Makes the scene and loads it. Returns false (and says why) if it is bad. */
bool trial_load(struct trial *t, const char *policy, uint64_t seed,
                unsigned how);

/* The court judges t->facts. */
void trial_judge(struct trial *t);

/* The engine's facts of t->scenario; `world` may be NULL, or is called with
 * the world at the end. */
void trial_schedule(struct trial *t,
                    void (*look)(struct trial *t, const struct world *w));

/* The facts, a line each, on stdout. */
void trial_print(const struct trial *t);

void trial_free(struct trial *t);

#endif
