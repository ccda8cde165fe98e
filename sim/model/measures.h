/* The figures of a whole run that runs are compared by, as one table: their
 * names for programs and for people, and which way is better. */
#ifndef TIMESLICE_MEASURES_H
#define TIMESLICE_MEASURES_H

#include "sim/base/lang.h"
#include "sim/base/str.h"
#include "sim/model/metrics.h"

enum measure {
    MEASURE_TURNAROUND,
    MEASURE_WAITING,
    MEASURE_RESPONSE,
    MEASURE_THROUGHPUT,
    MEASURE_UTILIZATION,
    MEASURE_SWITCHES,
    MEASURE_FAIRNESS,
    MEASURE_MISSED, /* deadlines */
    MEASURE_WORST,  /* response of a job: from its release to its end */
    MEASURE_COUNT
};

struct measure_about {
    const char *name; /* in JSON and CSV; where `metrics` has it, as there */
    enum word head;   /* over a column */
    bool more;        /* the more the better; else the less */
};

extern const struct measure_about measures[MEASURE_COUNT];

/* Of a run that is over. NaN: there is no such figure, as nobody finished, or
 * nobody has a deadline. */
void measure_all(const struct world *w, double all[MEASURE_COUNT]);

/* The same of one process, for those that a process has: turnaround, waiting,
 * response, deadlines missed, worst response. */
double measure_of(const struct world *w, int proc, enum measure m);

/* Whether the scenario is about periodic jobs: then what counts is whether they
 * are done in time, and averages over the ends of processes say nothing. */
bool measures_jobs(const struct scenario *sc);

/* Whether it is worth a column for such a scenario, or for one that is not. */
bool measure_fits(enum measure m, bool jobs);

/* "8.6", "-": for people, three decimals at most. */
void measure_write(double x, struct str *out);

/* Marks the best of `n` values; none where all are the same. What is not
 * `fair` (its run did not come to its end) is left out, NULL: all are. */
void measure_mark(const double *x, const bool *fair, int n, bool more,
                  bool *best);

#endif
