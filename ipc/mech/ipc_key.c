/* ipc_key.c: keys of System V objects, as real programs make them.
 *
 * ftok(3) asks the file system for the number of a file and mixes it with a
 * letter. The child stands in the lesson's own directory, so the file's name is
 * all it needs.
 *
 * See also sysvipc(7), ftok(3), and sim/mech/ipc.c for keys in the model. */
#define _GNU_SOURCE
#include "ipc/mech/ipc_key.h"

#include "sim/scenario/ops.h"

#include <sys/ipc.h>

bool ipc_key(const struct order *o, key_t *key)
{
    const struct scenario *sc = child_scenario();
    const struct ipc_key *k = &sc->keys[op_arg(&o->op, KEY_key)];
    switch (k->kind) {
    case IPC_KEY_PRIVATE:
        *key = IPC_PRIVATE;
        break;
    case IPC_KEY_NUMBER:
        *key = (key_t)k->number;
        break;
    case IPC_KEY_FTOK:
        *key = ftok(sc->names[k->path], (int)k->number);
        return *key != -1;
    }
    return true;
}

int ipc_get_flags(const struct order *o)
{
    int64_t flags = op_arg(&o->op, KEY_flags);
    int bits = flags == ARG_ABSENT ? 0 : (int)(flags >> 32);
    if (op_flag(&o->op, "IPC_CREAT"))
        bits |= IPC_CREAT;
    if (op_flag(&o->op, "IPC_EXCL"))
        bits |= IPC_EXCL;
    /* Where a stranger's object may have the key, it must not become ours. */
    if (o->fresh)
        bits |= IPC_EXCL;
    return bits;
}
