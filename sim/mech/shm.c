/* shm.c: shared memory, as the model does it.
 *
 * Each process has addresses of its own; the same number means something else
 * in another. Shared memory is the exception that is asked for: a segment is
 * mapped into several address spaces, mostly at different addresses, and what
 * one stores, the others load. No byte is copied and no call is made for that,
 * so it is the fastest way there is, and nobody is told and nobody waits.
 *
 * A segment outlives its processes. IPC_RMID only marks it: its key is free
 * for another from then on, but as long as somebody has it mapped it is there,
 * and on Linux whoever knows the id may still map it. The last detach destroys
 * it, be it by shmdt, by exit or by SIGKILL.
 *
 * All of it follows Linux's ipc/shm.c (rules H1 to H7). Mappings are in
 * shm_map.c, stores and loads in shm_access.c. See also shmget(2), shmop(2),
 * shmctl(2), and ipc/mech/shm.c for the same with a real one. */
#include "sim/mech/ipc.h"
#include "sim/model/shm.h"

static void fails(struct sim *s, int proc, enum errno_name error)
{
    op_returns(s, proc, -1, error, NO_PAYLOAD);
}

/* ---- shmget ---- */

static int64_t pages_of(int64_t size)
{
    return (size + PIPE_PAGE - 1) / PIPE_PAGE;
}

/* Why no segment of that size can be made. */
static enum errno_name not_made(const struct sim *s, int64_t size)
{
    const struct world_head *h = s->world.head;
    if (size < 1 || size > SHM_BYTES_MAX)
        return E_EINVAL;
    if (h->segment_pages + pages_of(size) > SHM_PAGES_ALL ||
        h->segments >= SHM_SEGMENTS_MAX)
        return E_ENOSPC;
    return E_OK;
}

static enum errno_name not_given(const struct sim *s, int proc, int id,
                                 int64_t size)
{
    const struct shm *m = &s->world.shm[id];
    if (size > m->size)
        return E_EINVAL;
    return ipc_may_get(s, proc, &m->ipc) ? E_OK : E_EACCES;
}

void model_shmget(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    struct ipc_find f = ipc_find(s, proc, MECH_SHM);
    int64_t size = op_arg(op, KEY_size);
    if (!f.error)
        f.error = f.id == NONE ? not_made(s, size)
                               : not_given(s, proc, f.id, size);
    if (f.error == E_EACCES)
        obey(s, RULE_H7);
    if (!f.error && f.id == NONE) {
        f.id = s->world.head->shms;
        emit(s, (struct event){.kind = EV_SEGMENT, .proc = proc, .obj = f.id,
                               .aux = (int32_t)op->arg[0], .val = f.key,
                               .cpu = (uint16_t)f.mode});
        SAY(s, .kind = EV_SEGMENT_SIZE, .proc = proc, .obj = f.id,
            .val = size);
    }
    ipc_returns(s, proc, f.error ? -1 : f.id, f.error);
}

/* ---- shmctl ---- */

static void stat_segment(struct sim *s, int proc, int id)
{
    const struct shm *m = &s->world.shm[id];
    obey(s, RULE_H7);
    if (!ipc_permits(&m->ipc, IPC_MAY_READ)) {
        fails(s, proc, E_EACCES);
        return;
    }
    const int64_t out[] = {m->nattch,        m->dest,     m->size,
                           m->ipc.maker + 1, m->last + 1, m->ipc.mode};
    op_returns(s, proc, 0, E_OK, trace_store(&s->trace, out, sizeof out));
}

static void remove_segment(struct sim *s, int proc, int id)
{
    const struct shm *m = &s->world.shm[id];
    obey(s, RULE_H3);
    if (m->nattch == 0)
        SAY(s, .kind = EV_SEGMENT_GONE, .proc = proc, .obj = id);
    else if (!m->dest)
        SAY(s, .kind = EV_SEGMENT_DEST, .proc = proc, .obj = id);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

static void set_segment(struct sim *s, int proc, int id)
{
    int64_t mode = op_arg(op_at(s, proc), KEY_mode);
    obey(s, RULE_S6);
    if (mode != ARG_ABSENT)
        SAY(s, .kind = EV_SEGMENT_SET, .proc = proc, .obj = id,
            .aux = (int32_t)(mode >> 32));
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

void model_shmctl(struct sim *s, int proc)
{
    enum { RMID, STAT };
    int id = ipc_named(s, proc, MECH_SHM);
    int64_t cmd = op_arg(op_at(s, proc), KEY_cmd);
    if (id == NONE)
        fails(s, proc, E_EINVAL);
    else if (cmd == RMID)
        remove_segment(s, proc, id);
    else if (cmd == STAT)
        stat_segment(s, proc, id);
    else
        set_segment(s, proc, id);
}
