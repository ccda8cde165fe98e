/* The jobs of a process that has deadlines, read off a trace: when each was
 * released and due, when it was done, and whether it was late.
 *
 * Job j (0 …) is released a period after the one before, however late that one
 * is; without a period there is only one. */
#ifndef TIMESLICE_JOBS_H
#define TIMESLICE_JOBS_H

#include "sim/scenario/scenario.h"

struct jobs {
    const struct process_def *def;
    tick arrival, ended; /* TICK_NEVER: it has not ended */
    struct job {
        tick done;     /* TICK_NEVER: not yet */
        bool missed;   /* its deadline has passed before */
        size_t before; /* how many before it have missed theirs */
    } *all;            /* those of which something is known */
    size_t count, room;
};

void jobs_begin(struct jobs *j, const struct process_def *def, tick arrival);
void jobs_free(struct jobs *j);

/* What happens to it: a job is done; the deadline at `deadline` passes and its
 * job is not done; it ends. */
void jobs_done(struct jobs *j, int64_t job, tick t);
void jobs_missed(struct jobs *j, tick deadline);
void jobs_end(struct jobs *j, tick t);

/* Whether it has deadlines at all. */
bool jobs_any(const struct jobs *j);
/* Whether job number `job` is released before the process ends, and there is
 * one; and when that is, and when it is due. */
bool jobs_has(const struct jobs *j, int64_t job);
tick jobs_release(const struct jobs *j, int64_t job);
tick jobs_deadline(const struct jobs *j, int64_t job);
/* The first job that is due at `t` or later. */
int64_t jobs_due(const struct jobs *j, tick t);
/* What is known of a job. */
struct job jobs_at(const struct jobs *j, int64_t job);
/* How many of the jobs before `job` have missed their deadlines. */
size_t jobs_missed_before(const struct jobs *j, int64_t job);

#endif
