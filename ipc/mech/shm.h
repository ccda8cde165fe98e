/* A child's mappings of shared memory: where the model's addresses really are.
 *
 * The model gives each mapping an address, the kernel another. The child keeps
 * both in its slot, where the lab can read them; fork hands them on. */
#ifndef TIMESLICE_IPC_SHM_H
#define TIMESLICE_IPC_SHM_H

#include "ipc/wire.h"

/* The entry of `slot` for the mapping at the model's `address`; NULL: none. */
const struct mapped *shm_mapped(const struct slot *slot, int64_t address);

#endif
