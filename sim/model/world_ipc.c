/* world_ipc.c: what queues, segments and sets of semaphores have in common, and
 * what tells two queues apart. */
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

struct world_key world_key(const struct world *w, int64_t key)
{
    struct world_key k = {NONE, (char)(key >> 32)};
    for (int i = 0; key & KEY_OF_FILE && i < w->head->inodes; i++)
        if (w->inode[i].number == (int32_t)key)
            k.inode = i;
    return k;
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t hash_bytes(uint64_t h, const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * UINT64_C(1099511628211);
    return h;
}

uint64_t msgq_order_add(uint64_t order, int64_t type,
                        const unsigned char *text, size_t length)
{
    int64_t head[2] = {type, (int64_t)length};
    order = hash_bytes(order, (const unsigned char *)head, sizeof head);
    return hash_bytes(order, text, length);
}

uint64_t world_msgq_order(const struct world *w, int msgq)
{
    const struct msgq *q = &w->msgq[msgq];
    const unsigned char *text = w->text + q->texts;
    uint64_t order = MSGQ_EMPTY;
    for (int i = 0; i < q->qnum; i++) {
        const struct msg *m = &w->msg[q->first + i];
        order = msgq_order_add(order, m->type, text, (size_t)m->length);
        text += m->length;
    }
    return order;
}
