/* A run beside the window's: a contender of `timeslice compare` with a simulator
 * of its own, made a piece at a time. */
#ifndef TIMESLICE_CLI_RIVAL_RUN_H
#define TIMESLICE_CLI_RIVAL_RUN_H

#include "cli/compare.h"
#include "cli/rivals_rows.h"
#include "render/rivals.h"
#include "sim/scenario/policy_settings.h"
#include "sim/sim.h"

enum {
    RIVAL_EVENTS_MOST = 1 << 18 /* it is said where a longer one was broken off */
};

struct rival_run {
    struct rival rival;
    struct contender *one;
    struct contender own; /* of a run that is no policy's */
    struct sim *sim; /* NULL: it has not begun */
    struct rivals_rows *rows;
    bool asked; /* somebody has added it: in all it is as … */
    struct scheduler wish, plain; /* … this, where the file's own is `plain` */
    struct str name;
};

/* It begins: `sim` is there, and may have a past. What that has brought is not
 * read yet. */
void rival_run_begin(struct rival_run *run, struct sim *sim, struct out *nowhere);

/* Reads what its simulator has said since, into spans and lanes. */
void rival_run_read(struct rival_run *run);

/* A piece of it, up to `until` at most. */
void rival_run_go_on(struct rival_run *run, tick until);

/* Gives it its name, of what has decided in it so far. */
void rival_run_name(struct rival_run *run);

void rival_run_free(struct rival_run *run);

#endif
