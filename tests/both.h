/* A scenario that the model and real processes carry out at once.
 *
 * What the model decides is held against the kernel in every step (sim.h), so
 * a test that says what calls return here says it of Linux. */
#ifndef TIMESLICE_TESTS_BOTH_H
#define TIMESLICE_TESTS_BOTH_H

#include "tests/run.h"

/* As run_quoted, live: expects that every step was confirmed and none
 * diverged. `plant` is a wrong rule, or NULL; with one, some step has to
 * diverge. */
struct run run_both(const char *text, tick until, const char *plant);

/* run_both without a plant; then expects of each process named in `returns`
 * ("A: msgget=0 msgsnd=0; B: …") that its calls have returned just this. */
void expect_both(const char *text, const char *returns);

#endif
