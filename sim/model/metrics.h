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

/* Appends the fields of SCENARIO.md's `processes[i]` object after "id": what
 * `expect` may name and `run --format json` prints. No braces. */
void metrics_write_process(const struct world *w, int proc, struct str *out);
/* Likewise the inside of `metrics`. */
void metrics_write_overall(const struct world *w, struct str *out);

/* Holds a finished run against its scenario's `expect`. Appends a line for
 * each difference (file:line:col: error: expected …, got …); returns how many
 * there are. */
int metrics_expect(const struct world *w, struct diag *d);

#endif
