/* world_ipc.c: what queues, segments and sets of semaphores have in common. */
#include "sim/base/promises.h"
#include "sim/model/world.h"
#include "sim/scenario/program.h"

int world_ipc_count(const struct world *w, enum mechanism kind)
{
    switch (kind) {
    case MECH_MSGQ:
        return w->head->msgqs;
    case MECH_SHM:
        return w->head->shms;
    default:
        require(kind == MECH_SEM);
        return w->head->semsets;
    }
}

const struct ipc *world_ipc(const struct world *w, enum mechanism kind,
                            int64_t id)
{
    if (id < 0 || id >= world_ipc_count(w, kind))
        return NULL;
    switch (kind) {
    case MECH_MSGQ:
        return &w->msgq[id].ipc;
    case MECH_SHM:
        return &w->shm[id].ipc;
    default:
        return &w->semset[id].ipc;
    }
}
