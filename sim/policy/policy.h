/* A scheduling policy: who runs next, for how long, and who may interrupt.
 *
 * A policy is a constant record of functions that read the world and answer;
 * the engine does the rest. Adding one is a file here and its line in
 * sim/scenario/policies.def. */
#ifndef TIMESLICE_POLICY_H
#define TIMESLICE_POLICY_H

#include "sim/base/lang.h"
#include "sim/model/world.h"

#include <stdbool.h>

struct policy {
    const char *name; /* as in SCENARIO.md: "rr" */
    struct text title, about;
    /* The process of ready queue `queue` that runs next; NONE if it is empty.
     */
    int (*pick)(const struct world *w, int queue);
    /* The slice `proc` is dispatched with, in ticks; 0: none. */
    tick (*slice)(const struct world *w, int proc);
    /* Whether `a`, ready, is strictly better than `b`, running. NULL: nobody
     * is ever preempted. */
    bool (*before)(const struct world *w, int a, int b);
};

/* All that are built, in the order of sim/scenario/policies.def. */
extern const struct policy *const policies_built[];
extern const int policies_built_count;

/* The one that `sc` is scheduled by; it is built, or `sc` were not loaded. */
const struct policy *policy_of(const struct scenario *sc);

/* The head of a ready queue: first come, first served. */
int policy_first(const struct world *w, int queue);

#endif
