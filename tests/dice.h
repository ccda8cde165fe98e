/* Inside of the generator of random scenarios: what its files share.
 *
 * random.c makes the frame; each mechanism has a file with its own ops. */
#ifndef TIMESLICE_TESTS_DICE_H
#define TIMESLICE_TESTS_DICE_H

#include "sim/base/rng.h"
#include "tests/random.h"

#include <stdbool.h>

enum { CHILDREN = 4 };

struct dice {
    uint64_t state;
    unsigned with;
    int depth;
    int me;      /* 0: the root, k: child k-1 */
    bool ending; /* many read a pipe until its last writer is gone */
};

/* 0 … n-1. Not twice among the arguments of one call: which is rolled first is
 * the compiler's to choose, and a seed would be another scenario elsewhere. */
static inline int roll(struct dice *d, int n)
{
    return (int)rng_below(&d->state, (uint64_t)n);
}

static inline bool allowed(const struct dice *d, unsigned what)
{
    return d->with & what;
}

/* One of the texts of an array. */
#define ONE_OF(d, array) (array)[roll(d, (int)(sizeof(array) / sizeof *(array)))]

/* Appends an op that every program begins with, ending with ", "; and a random
 * op of the mechanism. */
void random_fifo_begin(struct dice *d, struct str *out);
void random_fifo_op(struct dice *d, struct str *out);
void random_shm_begin(struct dice *d, struct str *out);
void random_shm_op(struct dice *d, struct str *out);
/* A handler for SIGSEGV that comes to an end. */
void random_shm_handler(struct dice *d, struct str *out);
void random_msgq_begin(struct dice *d, struct str *out);
void random_msgq_op(struct dice *d, struct str *out);
void random_sem_begin(struct dice *d, struct str *out);
void random_sem_op(struct dice *d, struct str *out);

#endif
