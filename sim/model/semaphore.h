/* Questions about semaphores that the model, the lab and the panels have. */
#ifndef TIMESLICE_SEMAPHORE_H
#define TIMESLICE_SEMAPHORE_H

#include "sim/model/world.h"

/* How an operation's flags are kept (struct sem_op). */
enum { SEM_NOWAIT = 1, SEM_UNDOES = 2 };

enum {
    SEM_VALUE_MAX = 32767, /* SEMVMX, and SEMAEM for what will be undone */
    SEM_OPS_MAX = 500,     /* SEMOPM: operations of one call */
    SEM_SETS_MAX = 32000,  /* SEMMNI */
    SEM_NSEMS_MAX = 32000, /* SEMMSL: of one set */
    /* SEMMNS: of all sets. Linux keeps 64 bytes for a semaphore, so it is 16
     * MiB; its own limit is so large that no lesson would meet it before the
     * machine's memory is gone. Real processes are held to ours, as with
     * shared memory (shm.h). */
    SEM_ALL_MAX = 1 << 18
};

/* The operations of a semop, P or V. */
struct sem_ops {
    struct sem_op single; /* what P and V stand for */
    const struct sem_op *list; /* NULL: it is `single` */
    int count;
};

struct sem_ops sem_ops_of(const struct scenario *sc, const struct op *op);

static inline struct sem_op sem_op_at(const struct sem_ops *ops, int i)
{
    return ops->list ? ops->list[i] : ops->single;
}

/* Whether any of them changes a semaphore. */
bool sem_ops_alter(const struct sem_ops *ops);

/* What `proc`, asleep in semop, waits for: the operation, and the semaphore. */
struct sem_op sem_awaited(const struct world *w, int proc);
int sem_awaited_where(const struct world *w, int proc);
/* The set it sleeps at. */
int sem_set_slept_at(const struct world *w, int proc);

/* How many wait for semaphore `sem` to rise (GETNCNT), or to become 0
 * (GETZCNT), as Linux counts them: by the operation that could not be done
 * when it last tried. */
int sem_waiting(const struct world *w, int sem, bool zero);

/* What the end of `proc` will add to `sem`; how much it holds of it. */
int sem_adjust(const struct world *w, int proc, int sem);
int sem_held(const struct world *w, int proc, int sem);

/* Whether `proc` has ever asked for SEM_UNDO in `set`. */
bool sem_undoes(const struct world *w, int proc, int set);

#endif
