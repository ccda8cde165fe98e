/* ipc.c: System V objects are found by a key, and used by an id.
 *
 * A file has a name; these have a number that two programs must agree on, the
 * key. Guess one, and somebody else may have guessed the same. ftok(3) makes
 * one of a file's number and a letter, so that whoever knows the file finds the
 * same object. IPC_PRIVATE is no key at all: always a new object, for whoever
 * is told its id. The id is what the other calls want; it never comes back,
 * so the id of something that was removed stays wrong.
 *
 * See also sysvipc(7), ftok(3), and ipc/mech/ipc_key.c for real keys. */
#include "sim/mech/ipc.h"

#include "sim/base/promises.h"

/* False if ftok fails: there is no such file. */
static bool key_of(struct sim *s, const struct op *op, int64_t *key)
{
    const struct ipc_key *k = &s->scenario->keys[op_arg(op, KEY_key)];
    *key = k->kind == IPC_KEY_PRIVATE ? KEY_PRIVATE : k->number;
    if (k->kind != IPC_KEY_FTOK)
        return true;
    int inode = s->world.name[k->path].inode;
    obey(s, RULE_S5);
    if (inode == NONE)
        return false;
    *key = key_of_file(s->world.inode[inode].number, k->number);
    return true;
}

static int with_key(const struct sim *s, enum mechanism kind, int64_t key)
{
    const struct world *w = &s->world;
    for (int i = world_ipc_count(w, kind); key != KEY_PRIVATE && i-- > 0;)
        if (world_ipc(w, kind, i)->key == key && !world_ipc(w, kind, i)->gone)
            return i;
    return NONE;
}

static int mode_asked(const struct op *op)
{
    int64_t flags = op_arg(op, KEY_flags);
    return flags == ARG_ABSENT ? 0 : (int)(flags >> 32);
}

struct ipc_find ipc_find(struct sim *s, int proc, enum mechanism kind)
{
    const struct op *op = op_at(s, proc);
    struct ipc_find f = {.id = NONE, .mode = mode_asked(op)};
    obey(s, RULE_S1);
    if (!key_of(s, op, &f.key)) {
        f.error = E_ENOENT;
        return f;
    }
    f.id = with_key(s, kind, f.key);
    bool creates = op_flag(op, "IPC_CREAT");
    if (f.id == NONE && f.key != KEY_PRIVATE && !creates)
        f.error = E_ENOENT;
    if (f.id != NONE && creates && op_flag(op, "IPC_EXCL"))
        f.error = E_EEXIST;
    return f;
}

/* What is asked for anybody is asked for the owner. */
bool ipc_may_get(const struct sim *s, int proc, const struct ipc *ipc)
{
    int asked = mode_asked(op_at(s, proc));
    int all = asked >> 6 | asked >> 3 | asked;
    return !(all & ~(ipc->mode >> 6) & 7);
}

int ipc_named(struct sim *s, int proc, enum mechanism kind)
{
    int64_t id = world_var(&s->world, proc, op_at(s, proc)->arg[0]);
    const struct ipc *ipc = world_ipc(&s->world, kind, id);
    if (!ipc)
        return NONE;
    if (state_of(s, ipc->maker) == TERMINATED)
        obey(s, RULE_S4);
    if (!ipc->gone)
        return (int)id;
    obey(s, RULE_S2);
    return NONE;
}

bool ipc_permits(const struct ipc *ipc, int what)
{
    return ipc->mode >> 6 & what;
}

void ipc_returns(struct sim *s, int proc, int id, enum errno_name error)
{
    int64_t value = error ? -1 : id;
    if (!error)
        obey(s, RULE_S3); /* the lab binds the real one by this (object.c) */
    SAY(s, .kind = EV_VAR, .proc = proc,
        .obj = (int32_t)op_at(s, proc)->arg[0], .val = value);
    op_returns(s, proc, value, error, NO_PAYLOAD);
}
