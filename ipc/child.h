/* The life of a real child: what it does between its birth and its end.
 *
 * A child is a copy of the lab's process that never leaves these functions.
 * It waits at the gate for orders, carries them out with the functions of
 * ipc/mech/, and answers. There is one child in a process, so these functions
 * need no handle. None of them allocates, prints or locks. */
#ifndef TIMESLICE_CHILD_H
#define TIMESLICE_CHILD_H

#include "ipc/wire.h"

#include <signal.h>

/* What the lab gives to a child that it starts itself. */
struct birth {
    const struct wire *wire;
    const struct scenario *scenario;
    int slot;
    const char *name;
    int liveness_read, liveness_write; /* see lab.c */
    int nice; /* the niceness it begins with in the model */
};

/* Makes the process that has just been forked by the lab a child of the
 * lesson: its group, limits, signals and descriptors; then child_live. */
_Noreturn void child_begin(const struct birth *b);

/* Who it is; niceness is `nicer` than the model says. Before child_live. */
void child_is(const struct birth *b, int nicer);

/* Lives in `slot` as `name`. Also for a process that a child forked. */
_Noreturn void child_live(int slot, const char *name);

/* ---- for the calls in ipc/mech/ ---- */

/* An argument that may be anything. */
#define CHILD_ANY INT64_MIN

/* The call that comes now may sleep: it is number `call` of the system's
 * table, with this first argument. The lab looks for exactly that. */
void child_may_sleep(long call, int64_t first_argument);

/* The call has returned `ret`; -1: the reason lies in errno. Comes right
 * after the call. */
void child_returned(struct answer *a, int64_t ret);

/* The next of the numbers that all children of a lab draw: who was before
 * whom. */
uint32_t child_ticket(void);

/* What goes beyond the lesson's machine is not asked of the real one, if that has
 * more: the call of `o` then fails with the errno that the lab has given it.
 * Returns whether it does. */
bool child_refused(const struct order *o, struct answer *a);

/* Where this call's bytes lie or go: CALL_ROOM. */
unsigned char *child_bytes(void);

/* Its mappings of shared memory: MAPPED_MAX. */
struct mapped *child_mapped(void);

/* What the lesson's file says: keys, lists of operations, names of files. */
const struct scenario *child_scenario(void);

/* What the system calls niceness `nice` after `by` more, in the model's count.
 * They differ where we were not allowed to begin with the model's. */
int child_niceness(int by, int nice);

/* Sleeps until the lab ends the sleep of order `seq`. Returns 0, or -1 and
 * EINTR after a handler has run, as nanosleep(2) does. */
int child_sleep(uint32_t seq);

/* The handler of every signal that has one. */
void child_handler(int sig, siginfo_t *about, void *context);

#endif
