/* What message queues, shared memory and semaphores have in common: keys, ids
 * and permissions (sysvipc(7)).
 *
 * All processes of a lesson are the same user's, without any privilege. So of
 * an object's permissions only the owner's three bits ever count. */
#ifndef TIMESLICE_MECH_IPC_H
#define TIMESLICE_MECH_IPC_H

#include "sim/engine/engine.h"

enum { IPC_MAY_READ = 4, IPC_MAY_WRITE = 2 };

/* What a "get" call finds. */
struct ipc_find {
    enum errno_name error; /* ENOENT, EEXIST; EACCES: see ipc_may_get */
    int id;                /* of the object that is there; NONE: make one … */
    int64_t key;           /* … with this key … */
    int mode;              /* … and these permissions */
};

/* Looks for what the get op of `proc` (its arguments key and flags) asks for.
 * Of an object that is there the caller first checks what is its own kind's
 * (the size), then ipc_may_get. */
struct ipc_find ipc_find(struct sim *s, int proc, enum mechanism kind);

/* Whether the permissions that the get op asks for are all to be had. */
bool ipc_may_get(const struct sim *s, int proc, const struct ipc *ipc);

/* The object that the variable of the op's first argument names, NONE if it is
 * none, or gone. */
int ipc_named(struct sim *s, int proc, enum mechanism kind);

/* Whether the owner may do this: IPC_MAY_… */
bool ipc_permits(const struct ipc *ipc, int what);

/* A get op returns `id`, and its variable holds it; or it fails. */
void ipc_returns(struct sim *s, int proc, int id, enum errno_name error);

#endif
