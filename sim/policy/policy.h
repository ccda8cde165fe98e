/* A scheduling policy: who runs next, for how long, and who may interrupt.
 *
 * A policy is a constant record of functions that read the world and answer;
 * the engine does the rest. Adding one is a file here and a line in
 * policies.def. */
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

/* The policy of that name, NULL if it is not built. */
const struct policy *policy_named(const char *name);

/* The head of a ready queue: first come, first served. */
int policy_first(const struct world *w, int queue);

#endif
