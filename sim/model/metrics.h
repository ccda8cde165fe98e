/* Figures of a run: per process and overall, as SCENARIO.md §3 defines them.
 *
 * Everything is read from a world; nothing is kept here. Averages run over
 * finished processes; a figure that does not exist (nobody finished) is NaN,
 * and null in JSON. */
#ifndef TIMESLICE_METRICS_H
#define TIMESLICE_METRICS_H

#include "sim/base/str.h"
#include "sim/model/world.h"

struct process_metrics {
    tick arrival, admitted, first_run, finish; /* -1: never */
    tick turnaround, response;                 /* -1: never */
    tick waiting, cpu, blocked, suspended;
    int voluntary, involuntary;
};

struct run_metrics {
    double avg_turnaround, avg_waiting, avg_response;
    double throughput;      /* finished processes per tick */
    double cpu_utilization; /* busy share of all CPUs' time, 0 … 1 */
    int64_t context_switches;
    double fairness; /* Jain's index over cpu / (cpu + waiting) */
};

struct process_metrics metrics_of(const struct world *w, int proc);
struct run_metrics metrics_overall(const struct world *w);

/* Appends the fields of SCENARIO.md's `processes[i]` object from "state" on:
 * what `expect` may name and `run --format json` prints. No braces. */
void metrics_write_process(const struct world *w, int proc, struct str *out);
/* Appends `"scheduling": {…}`, the policy's figures, and before it `before`;
 * nothing if there are none. `fair`: see world_figures. */
void metrics_write_scheduling(const struct world *w, const int64_t *fair,
                              int proc, const char *before, struct str *out);
/* Likewise the inside of `metrics`. */
void metrics_write_overall(const struct world *w, struct str *out);

/* Appends a number as JSON: whole without a point, else the shortest form
 * that reads back as the same number; null for NaN. */
void metrics_write_number(double x, struct str *out);

/* "finished", "deadlock", "until"; "" while the run goes on. */
const char *metrics_stopped(const struct world *w);

/* Appends the list that is the value of "deadlock": who waits for what, held
 * by whom. [] if nobody is stuck. */
void metrics_write_deadlock(const struct world *w, struct str *out);

/* Holds a finished run against its scenario's `expect`. Appends a line for
 * each difference (file:line:col: error: expected …, got …); returns how many
 * there are.
 *
 * A whole number must be met exactly; one written with decimals (3.33) must be
 * what the figure rounds to; an object need only be part of what is there.
 * `"exit": 0` and `"exit": "SIGPIPE"` are short for the object's one field. */
int metrics_expect(const struct world *w, struct diag *d);

#endif
