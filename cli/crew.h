/* Processes that carry out the runs of a sweep beside this one.
 *
 * A worker is told over one pipe which runs to do and sends their rows over
 * another. It ends when its orders do, when nobody reads its rows, and when
 * its parent is gone; so whoever dies, nobody stays. */
#ifndef TIMESLICE_CREW_H
#define TIMESLICE_CREW_H

#include "cli/sweep.h"

#include <sys/types.h>

struct worker {
    pid_t pid;
    int to, from;       /* pipes; -1: closed */
    int64_t next, last; /* the run whose row comes next; behind the last run
                           that it has been told to do */
    int64_t resume[2];  /* orders that are given and not begun: first, behind */
    size_t filled;      /* bytes of `part` */
    struct sweep_row part;
};

struct crew {
    struct worker *all;
    int count;
};

/* Starts up to `wanted` workers; fewer if no more are to be had: 0 with errno
 * set if none. */
int crew_start(struct crew *crew, const struct sweep *s, int wanted);

/* Tells one to do runs [first, behind). At most one order ahead of the one it
 * is at: crew_may_order. */
bool crew_may_order(const struct worker *w);
void crew_order(struct worker *w, int64_t first, int64_t behind);

/* Waits until some worker has said something (100 ms at most), and reads rows
 * into `take`. False when a worker was lost: *lost says which. */
bool crew_read(struct crew *crew, void (*take)(void *, const struct sweep_row *),
               void *self, int *lost);

/* Ends one, and gives its wait status; -1: there is none. */
int crew_end(struct worker *w, bool kill_it);

/* Ends all and frees them. */
void crew_free(struct crew *crew);

#endif
