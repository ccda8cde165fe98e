/* Real keys of System V objects. */
#ifndef TIMESLICE_IPC_KEY_H
#define TIMESLICE_IPC_KEY_H

#include "ipc/child.h"

#include <sys/types.h>

/* In a child: the key that the get op of `o` means. Returns false, with errno
 * set, if ftok(3) fails. */
bool ipc_key(const struct order *o, key_t *key);

/* The flags of its get op as C has them, permissions included. */
int ipc_get_flags(const struct order *o);

#endif
