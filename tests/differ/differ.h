/* The differential fuzzer: random programs, carried out by the model and by
 * real processes at once, until they differ.
 *
 * main.c     the command: seeds, steps, what was met and what was not
 * outcome.c  one scenario, once
 * shrink.c   a scenario that differs becomes a small one that still does
 * probe.c    rules that no op can meet, tried on the kernel directly */
#ifndef TIMESLICE_TESTS_DIFFER_H
#define TIMESLICE_TESTS_DIFFER_H

#include "sim/base/str.h"
#include "sim/sim.h"

/* What came of a run. Begins as {0}; outcome_free gives its memory back. */
struct outcome {
    bool loaded;     /* the scenario is one at all */
    bool lab;        /* there was a lab for it */
    bool differs;
    int64_t steps;   /* that the kernel has confirmed */
    int64_t choices; /* that it has made */
    int64_t obeyed[RULE_COUNT];
    struct str said; /* how they differ, or what is missing; one line */
};

/* Runs `text` for some hundred ticks, with a wrong rule planted (NULL: none). */
void outcome_of(const char *text, const char *plant, struct outcome *o);
void outcome_free(struct outcome *o);
/* Whether the real processes may use all CPUs; whether pipes are looked into
 * after every step. */
extern bool outcome_spread, outcome_closely;

/* Makes `text`, which differs, as small as can be done in some hundred runs. */
void shrink(struct str *text, const char *plant);

/* Tries on the kernel itself what no op can meet, and counts it in `obeyed`;
 * what cannot be tried here (F12 needs the superuser) is marked in `untried`.
 * Returns NULL, or a sentence about what was not so. */
const char *probe_all(int64_t obeyed[RULE_COUNT], bool untried[RULE_COUNT]);

#endif
