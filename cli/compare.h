/* compare: the parts of the command.
 *
 * A contender is the scenario under one policy, run to its end by itself. A
 * comparison is all of them, and what only shows beside the others: which
 * processes there are at all, and where two first do different things. */
#ifndef TIMESLICE_COMPARE_H
#define TIMESLICE_COMPARE_H

#include "cli/chart.h"
#include "cli/cli.h"
#include "cli/load.h"
#include "cli/report.h"
#include "sim/model/measures.h"

struct contender {
    const char *name;       /* "rr", "rr:1": as it was asked for */
    const char *policy;
    struct options options; /* the command's, with overrides of its own; owns
                               nothing */
    struct loaded loaded;   /* its text is the comparison's */
    struct report report;   /* of its finished run */
    bool begun;             /* there is a report */
    double measure[MEASURE_COUNT];
    int32_t *proc;          /* by row: its process, NONE: it never had it */
    int32_t *row;           /* by process: its row */
};

struct parting {
    bool there;
    tick t;
    int cpu;
};

struct comparison {
    const struct options *o;
    struct arena arena;
    struct loaded file; /* as rr: what the file says for every policy */
    struct out *out;
    struct contender **all;
    int count;
    /* All processes of all runs: in the order of the first one, then the
     * others. Also the rows of charts, with proc to be filled in. */
    struct chart_row *rows;
    int row_count;
    tick end; /* of the longest run */
    struct parting parting;
};

/* ---- compare.c ---- */

/* The run of `one` has been read to its end: its spans end, and it has its
 * figures. */
void contender_end(struct contender *one);

/* Fills in the rows, once all have been read. */
void compare_find_rows(struct comparison *c);

/* The scenario of `one`, read from the text of the comparison. False after the
 * complaints (`to` NULL: on stderr). */
bool contender_load(const struct comparison *c, struct contender *one,
                    struct str *to);

/* Gives back what `one` has of its own. */
void contender_free(struct contender *one);

/* ---- compare_plan.c ---- */

/* From --policies or what fits the file: names, policies and overrides of the
 * contenders. False after a sentence. */
bool compare_plan(struct comparison *c);

/* The same for `own`, a policy, and all others that fit the file, which has been
 * read: its scenario is there. */
bool compare_plan_fitting(struct comparison *c, const char *own);

/* ---- compare_part.c ---- */

/* What a contender does at a moment on a CPU. */
struct doing {
    int row;      /* NONE: the CPU is idle */
    bool goes_on; /* it did so before */
};

struct doing contender_doing(const struct comparison *c, int which, int cpu,
                             tick t);

/* The first moment at which not all do the same: the lowest CPU. */
void compare_find_parting(struct comparison *c);

/* "At t = 4 they part: rr takes B, while fcfs goes on with A." With `why` also
 * what each says about it, a line each. */
void compare_say_parting(const struct comparison *c, bool why,
                         struct str *out);

/* Fills `group` (by contender) so that those who do the same at the parting
 * have the same number, counted from 0; returns how many groups there are. */
int compare_groups(const struct comparison *c, int *group);

/* ---- compare_text.c, compare_json.c ---- */

void compare_write_text(const struct comparison *c, struct str *out);
void compare_write_json(const struct comparison *c, struct str *out);

/* Whether the run came to its end, so that its averages are about all. */
bool contender_finished(const struct contender *one);

#endif
