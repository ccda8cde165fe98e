/* shm_map.c: where a segment of shared memory lies in a process.
 *
 * shmat(2) maps it. Mostly the kernel chooses the place, and here it is one
 * far from all others, never given out twice, so that an address that was
 * detached stays wrong. A program may also name the place itself: the start of
 * a page, or any address of it with SHM_RND, at which nothing is mapped yet.
 * With SHM_REMAP what is mapped there is replaced.
 *
 * What else lies in a real process, and where its memory begins and ends, is
 * different on each machine. So a lesson can name places from 64 KiB to
 * 128 TiB; outside it is told EPERM or ENOMEM, as on x86-64. Between two
 * mappings there is always a page that is nobody's, so that what goes over the
 * end of one faults, and SHM_REMAP replaces a mapping as a whole: a place next
 * to another, or over a part of it, is ENOMEM here, where Linux would put them
 * side by side and cut the old one into pieces.
 *
 * Fork copies all mappings, exit takes them away. Rules H1, H2, H3, H6, H7;
 * Linux's do_shmat and ksys_shmdt. See also shmop(2). */
#include "sim/mech/ipc.h"
#include "sim/model/shm.h"

/* What a shmat asks for. */
struct wanted {
    int id;          /* segment, NONE: there is none */
    int64_t address; /* if it is fixed */
    bool fixed, readonly, remap;
    int replaces; /* mapping, NONE: none */
};

static struct attach attach_at(const struct sim *s, int proc, int mapping)
{
    return *world_attach(&s->world, proc, mapping);
}

static int free_mapping(const struct sim *s, int proc)
{
    for (int i = 0; i < s->world.head->attaches; i++)
        if (attach_at(s, proc, i).shm == NONE)
            return i;
    return NONE;
}

static int64_t bytes_of(const struct sim *s, int shm)
{
    return (int64_t)s->world.shm[shm].pages * PIPE_PAGE;
}

/* The first mapping that has a byte of [address, address + bytes), NONE. */
static int occupant(const struct sim *s, int proc, int64_t address,
                    int64_t bytes)
{
    for (int i = 0; i < s->world.head->attaches; i++) {
        struct attach a = attach_at(s, proc, i);
        if (a.shm != NONE && a.address < address + bytes &&
            address < a.address + bytes_of(s, a.shm))
            return i;
    }
    return NONE;
}

/* The same, but with a page on either side. */
static int neighbour(const struct sim *s, int proc, int64_t address,
                     int64_t bytes)
{
    return occupant(s, proc, address - PIPE_PAGE, bytes + 2 * PIPE_PAGE);
}

/* A place that the kernel chooses. Where a process that has inherited none has
 * its first mapping depends on who it is. */
static int64_t chosen_place(const struct sim *s, int proc, int shm)
{
    const int64_t lowest = 0x7e0000000000, apart = INT64_C(1) << 32;
    int64_t address = s->world.proc[proc].next_address;
    if (!address)
        address = lowest + proc % 256 * apart;
    for (;;) {
        int there = neighbour(s, proc, address, bytes_of(s, shm));
        if (there == NONE)
            return address;
        struct attach a = attach_at(s, proc, there);
        address = a.address + bytes_of(s, a.shm) + PIPE_PAGE;
    }
}

/* Which place the op names, and whether it can be one at all. */
static enum errno_name look_at_place(struct sim *s, int proc, struct wanted *w)
{
    const struct op *op = op_at(s, proc);
    int64_t at = op_arg(op, KEY_at), within = 0;
    if (at != ARG_ABSENT)
        w->address = world_term(&s->world, proc, at);
    w->fixed = w->address != 0;
    if (w->fixed && op_flag(op, "SHM_RND")) {
        within = w->address & (PIPE_PAGE - 1);
        w->address -= within;
    }
    bool wrong = w->address & (PIPE_PAGE - 1) || (w->remap && !w->address);
    if (wrong || within)
        obey(s, RULE_H6);
    return wrong ? E_EINVAL : E_OK;
}

/* The place is free, or may be taken. */
static enum errno_name take_place(struct sim *s, int proc, struct wanted *w)
{
    int64_t size = s->world.shm[w->id].size, bytes = bytes_of(s, w->id);
    int there = occupant(s, proc, w->address, bytes);
    obey(s, RULE_H6);
    bool wraps = w->address < 0 && -w->address <= size;
    if (!w->remap && (there != NONE || wraps))
        return E_EINVAL;
    if (w->address < 0 || w->address > SHM_END - bytes)
        return E_ENOMEM;
    if (w->address < SHM_LOWEST)
        return E_EPERM;
    if (there == NONE)
        return neighbour(s, proc, w->address, bytes) == NONE ? E_OK : E_ENOMEM;
    struct attach a = attach_at(s, proc, there);
    w->replaces = there;
    bool same = a.address == w->address && bytes_of(s, a.shm) == bytes;
    return same ? E_OK : E_ENOMEM;
}

static enum errno_name not_mapped(struct sim *s, int proc, struct wanted *w)
{
    if (free_mapping(s, proc) == NONE)
        return E_EMFILE;
    enum errno_name error = look_at_place(s, proc, w);
    if (error || w->id == NONE)
        return E_EINVAL;
    const struct shm *m = &s->world.shm[w->id];
    if (m->dest)
        obey(s, RULE_H3);
    if (m->dest && is_planted(s, "shm-rmid-at-once"))
        return E_EINVAL;
    bool allowed = ipc_permits(&m->ipc, IPC_MAY_READ) &&
                   (w->readonly || ipc_permits(&m->ipc, IPC_MAY_WRITE));
    if (!allowed || w->readonly)
        obey(s, RULE_H7);
    if (!allowed)
        return E_EACCES;
    return w->fixed ? take_place(s, proc, w) : E_OK;
}

/* The last detach destroys what is marked. */
static void detach(struct sim *s, int proc, int mapping)
{
    int shm = attach_at(s, proc, mapping).shm;
    obey(s, RULE_H2);
    SAY(s, .kind = EV_DETACH, .proc = proc, .obj = shm, .aux = mapping);
    const struct shm *m = &s->world.shm[shm];
    if (m->dest && m->nattch == 0) {
        obey(s, RULE_H3);
        SAY(s, .kind = EV_SEGMENT_GONE, .proc = proc, .obj = shm);
    }
}

/* The new mapping counts before the one that it replaces ceases to: a marked
 * segment that takes its own place lives on. */
static int64_t attach(struct sim *s, int proc, const struct wanted *w)
{
    obey(s, RULE_H1);
    obey(s, RULE_H2);
    int64_t address = w->fixed ? w->address : chosen_place(s, proc, w->id);
    SAY(s, .kind = EV_ATTACH,
        .sub = (uint8_t)((w->readonly ? ATTACH_READ_ONLY : 0) |
                         (w->fixed ? ATTACH_FIXED : 0)),
        .proc = proc, .obj = w->id, .aux = free_mapping(s, proc),
        .val = address);
    if (w->replaces != NONE)
        detach(s, proc, w->replaces);
    return address;
}

void model_shmat(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    struct wanted w = {.id = ipc_named(s, proc, MECH_SHM),
                       .readonly = op_flag(op, "SHM_RDONLY"),
                       .remap = op_flag(op, "SHM_REMAP"),
                       .replaces = NONE};
    enum errno_name error = not_mapped(s, proc, &w);
    int64_t address = error ? -1 : attach(s, proc, &w);
    SAY(s, .kind = EV_VAR, .proc = proc, .obj = (int32_t)op_arg(op, KEY_as),
        .val = address);
    op_returns(s, proc, address, error, NO_PAYLOAD);
}

void model_shmdt(struct sim *s, int proc)
{
    int64_t address = world_var(&s->world, proc, op_at(s, proc)->arg[0]);
    int mapping = world_mapping(&s->world, proc, address);
    if (mapping == NONE || attach_at(s, proc, mapping).address != address) {
        obey(s, RULE_H6);
        op_returns(s, proc, -1, E_EINVAL, NO_PAYLOAD);
        return;
    }
    detach(s, proc, mapping);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

void shm_fork(struct sim *s, int parent, int child)
{
    for (int i = 0; i < s->world.head->attaches; i++) {
        struct attach a = attach_at(s, parent, i);
        if (a.shm == NONE || is_planted(s, "shm-nattch-fork"))
            continue;
        obey(s, RULE_H1);
        obey(s, RULE_H2);
        SAY(s, .kind = EV_ATTACH,
            .sub = (uint8_t)((a.readonly ? ATTACH_READ_ONLY : 0) |
                             ATTACH_FORKED),
            .proc = child, .obj = a.shm, .aux = i, .val = a.address);
    }
}

void shm_detach_all(struct sim *s, int proc)
{
    for (int i = 0; i < s->world.head->attaches; i++)
        if (attach_at(s, proc, i).shm != NONE)
            detach(s, proc, i);
}
