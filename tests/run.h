/* Running a scenario inside of a test: JSON in, a finished run out. */
#ifndef TIMESLICE_TESTS_RUN_H
#define TIMESLICE_TESTS_RUN_H

#include "sim/sim.h"

struct run {
    struct scenario *scenario;
    struct sim *sim;
    const struct world *world;
    const struct trace *trace;
};

/* Loads `json` and runs it up to `until`. A scenario that does not load fails
 * the test with its complaints and gives a run whose sim is NULL. */
struct run run_json(const char *json, tick until);

/* The same with apostrophes for quotation marks, so that C stays readable:
 * {'cpu': 3}. */
struct run run_quoted(const char *text, tick until);

void run_free(struct run *r);

/* The process of that name ("child", "child.2"), NONE if there is none. */
int run_process(const struct run *r, const char *name);

/* All that `name`'s ops returned, in order: "pipe=0 write=3 read=-1:EAGAIN";
 * `cpu`, `set` and `add` are left out. Valid until the next call. */
const char *run_returns(const struct run *r, const char *name);

/* Who ran when on a CPU: "A:0-3 B:3-5". Neighbouring slices of the same
 * process are one. Valid until the next call. */
const char *run_gantt(const struct run *r, int cpu);

/* The states `name` went through: "0 new, 0 ready, 2 running". */
const char *run_states(const struct run *r, const char *name);

/* Goes over the whole trace with a world of its own and expects: replay
 * equals run; no process is on two CPUs and no CPU idle while somebody is
 * ready; every tick of every life is spent in just one state. */
void run_expect_sound(const struct run *r);

#endif
