/* Between the files of the semaphores: sem.c, sem_line.c, sem_control.c. */
#ifndef TIMESLICE_MECH_SEM_H
#define TIMESLICE_MECH_SEM_H

#include "sim/engine/engine.h"
#include "sim/model/semaphore.h"

/* What becomes of a list of operations when it is tried. */
struct attempt {
    enum errno_name error; /* it fails: EAGAIN, ERANGE */
    bool blocks;           /* it has to wait … */
    int at;                /* … for this one of its operations */
};

/* Tries them in their order, each on what the ones before it have left; only
 * looks. */
struct attempt sem_try(const struct sim *s, int set, int proc,
                       const struct sem_ops *ops);

/* Does them: sem_try has found that all of them can be done. */
void sem_do(struct sim *s, int set, int proc, const struct sem_ops *ops);

/* `proc` falls asleep in its call, which waits for operation `at`. */
void sem_sleep(struct sim *s, int set, int proc, int at);

/* Before a look at the lines: nobody with several operations sleeps there any
 * more, so everybody stands at his own semaphore again. */
void sem_split(struct sim *s, int set);

/* `by` has changed semaphores, those in `ops` (NULL: any): the sleepers who can
 * go on now are given what they want. */
void sem_update(struct sim *s, int set, const struct sem_ops *ops, int by);

/* Everybody who sleeps at `set` is told EIDRM: `by` has removed it. */
void sem_wake_all(struct sim *s, int set, int by);

#endif
