/* What a mechanism does for real: one function for every verb of ops.def.
 *
 * lab_VERB runs inside the real child, between an order and its answer. It
 * makes the call that the verb stands for and writes into the answer what the
 * kernel said. It must not allocate, print or lock: the child is a copy of a
 * bigger program, and a signal may interrupt it anywhere. */
#ifndef TIMESLICE_IPC_MECH_H
#define TIMESLICE_IPC_MECH_H

#include "ipc/wire.h"
#include "sim/scenario/ops.h"

typedef void lab_call(const struct order *o, struct answer *a);

lab_call lab_end;
#define OP(verb, group, mech, time, call, c, en, zh) lab_call lab_##verb;
#define ARG(verb, key, type, need, low, high)
#include "sim/scenario/ops.def"
#undef OP
#undef ARG

/* By enum verb. */
extern lab_call *const lab_calls[OP_COUNT];

struct lab;

/* The lab's own look at all objects of a mechanism, when a step is over and
 * nobody moves: what the kernel counts (IPC_STAT and the like) is held against
 * the world, and a difference is trouble. By enum mechanism; NULL: none. */
typedef void lab_inspect(struct lab *lab);
extern lab_inspect *const lab_inspects[MECH_COUNT];
lab_inspect inspect_msgq, inspect_pipes, inspect_files, inspect_sem,
    inspect_shm;

#endif
