/* What a run would come to, found out on a copy: for predict mode, which has to
 * know what comes next before it happens, and must not make it happen. */
#ifndef TIMESLICE_FORESEE_H
#define TIMESLICE_FORESEE_H

#include "sim/sim.h"

struct foresight {
    struct sim *sim; /* NULL: nothing is kept */
    size_t same;     /* so many of its events are known to be the feed's */
};

struct foresee_from {
    const struct scenario *scenario;
    const struct trace *trace;
    size_t position; /* in it */
    size_t most;     /* events behind it that are wanted */
    tick until;
};

/* See feed.h, foresee. The copy is kept as long as the run does what it says. */
const struct trace *foresee(struct foresight *f, struct foresee_from from);

/* The run has been cut: what is kept means nothing any more. */
void foresight_drop(struct foresight *f);

#endif
