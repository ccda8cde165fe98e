/* What calls on pipes and on FIFOs do alike. */
#ifndef TIMESLICE_IPC_PIPE_H
#define TIMESLICE_IPC_PIPE_H

#include "ipc/wire.h"

/* In the child, behind its call: how much is in the pipe of `fd`, how much it
 * may hold, and what poll(2) says of it, for the answer. */
void pipe_look_inside(const struct order *o, int fd, struct answer *a);

#endif
