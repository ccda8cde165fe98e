/* One numbering of processes for several runs: a process is the same where its
 * definition and its number among those of the definition are, whatever its
 * index in a run.
 *
 * Numbers are given as processes turn up, and stay. They begin with those of
 * the window's run, so that everybody has the same colour here and there. */
#ifndef TIMESLICE_CLI_RIVALS_ROWS_H
#define TIMESLICE_CLI_RIVALS_ROWS_H

#include "sim/model/world.h"

struct rivals_rows {
    const struct scenario *scenario;
    char **names; /* by row */
    int count;
    size_t room;
    struct rows_of_def {
        int32_t *row; /* by number - 1; NONE: has not turned up */
        size_t count, room;
    } *defs;
    int def_count;
};

void rivals_rows_begin(struct rivals_rows *r, const struct scenario *sc);

/* The row of process number `number` (1 …) of a definition. */
int32_t rivals_row(struct rivals_rows *r, int32_t def, int32_t number);

void rivals_rows_free(struct rivals_rows *r);

#endif
