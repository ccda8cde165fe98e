/* A sweep: the same scenario, a run for each value of a key, or for each
 * combination of several.
 *
 * The runs have an order and each its number in it: the last axis changes
 * fastest, as the digits of a number do. Policies, if they are an axis, change
 * slowest, and an axis that a policy has no key for has one value there: none.
 * Whoever carries out the runs, and in which order, results come in the order
 * of their numbers. */
#ifndef TIMESLICE_SWEEP_H
#define TIMESLICE_SWEEP_H

#include "cli/cli.h"
#include "cli/load.h"
#include "sim/model/measures.h"

enum { POLICIES_SWEPT_MOST = 64, POLICY_NAME_MOST = 16 };

struct sweep {
    const struct options *o;
    struct loaded file; /* text and path; the scenario of the first run */
    struct axis axes[AXES_MOST];
    int axis_count;
    bool by_policy; /* the first axis is the policy; then, by its value: */
    char policy[POLICIES_SWEPT_MOST][POLICY_NAME_MOST];
    int64_t all;          /* runs there are … */
    int64_t first, count; /* … and those to be done */
};

/* Which value each axis has in a run; NONE: the policy has no such key. */
struct combination {
    int64_t value[AXES_MOST];
};

enum row_kind {
    ROW_WELL,
    ROW_BAD,    /* the loader refuses it */
    ROW_ENDLESS /* an instant that is never over: op at `line`, time `end` */
};

/* What has come of a run. No pointers: it is sent from process to process. */
struct sweep_row {
    int64_t run; /* its number, from 0 */
    enum row_kind kind;
    char policy[POLICY_NAME_MOST];
    tick quantum; /* 0: none */
    int cpus;
    tick end;
    enum stop stop;
    int line;
    int processes, finished;
    int differences; /* from its expect */
    double measure[MEASURE_COUNT];
};

/* ---- sweep_plan.c ---- */

/* From the options and what they name. False after complaints: the file's, or
 * those about the first value that cannot be. */
bool sweep_plan(struct sweep *s, const struct options *o, const char *operand);
void sweep_free(struct sweep *s);

struct combination sweep_combination(const struct sweep *s, int64_t run);

/* "scheduler.quantum=3, machine.cpus=2" */
void sweep_write_values(const struct sweep *s, int64_t run, struct str *out);

/* The scenario of a run; NULL after the complaints (`to` NULL: to stderr). */
struct scenario *sweep_scenario(const struct sweep *s,
                                const struct combination *c, struct str *to);

/* ---- sweep_run.c ---- */

/* Carries out one run. While it lasts, `wanted` is asked now and then and ends
 * it (the row is then worth nothing). */
void sweep_run(const struct sweep *s, int64_t run, bool (*wanted)(void),
               struct sweep_row *row);

/* ---- sweep_work.c ---- */

/* Takes rows in the order of their numbers; false: wants no more. */
typedef bool sweep_taker(void *self, const struct sweep_row *row);

/* Carries out all runs on as many processes as there are CPUs, or as --jobs
 * says. Ends early after a sentence: STATUS_USAGE for a run that cannot be,
 * STATUS_MACHINE for one that was lost. How many differ from the file's expect is
 * said in one line. Nothing is left running. */
enum status sweep_work(const struct sweep *s, sweep_taker *take, void *self);

/* ---- sweep_write.c ---- */

/* The whole command: the rows as --format says (csv for export). */
enum status sweep_to(const struct options *o, const char *operand,
                     const char *format, const char *path);

#endif
