/* What the lab itself sees of a real message queue. */
#ifndef TIMESLICE_IPC_MSGQ_H
#define TIMESLICE_IPC_MSGQ_H

#include "ipc/actor.h"

/* Which messages lie in the queue that stands for the model's `queue`, without
 * taking any (MSG_COPY): seen->messages and seen->order; -1 where the kernel
 * does not let us look. */
void msgq_see(const struct lab *lab, int queue, struct sight *seen);

#endif
