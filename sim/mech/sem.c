/* sem.c: semaphores, as the model does them.
 *
 * A semaphore is a number that is never below 0. Who takes from it and finds
 * too little sleeps; who gives to it wakes those who can go on. That is all it
 * takes to let one at a time into a critical section, to make one process wait
 * for another, or to count what is free. A third operation waits until the
 * number is 0.
 *
 * System V semaphores come in sets, and semop(2) takes a list of operations: all
 * of them or none. They are tried in their order, each on what the ones before
 * it have left. At the first that cannot be done the whole call sleeps, or fails
 * with EAGAIN if just that one has IPC_NOWAIT. Nothing is taken meanwhile: that
 * is how philosophers pick up two forks at once and never starve on one.
 *
 * With SEM_UNDO the kernel writes down the opposite of what a process does and
 * does it when the process ends, however it ends.
 *
 * All of it follows Linux's ipc/sem.c (rules E1 to E13); sem_line.c tells who
 * is woken. See also semop(2), and ipc/mech/sem.c for the same with a real
 * one. */
#include "sim/mech/sem.h"

#include "sim/mech/ipc.h"

/* ---- a list of operations ---- */

/* What the operations before the i-th do to the same semaphore; only those with
 * SEM_UNDO if `undone`. */
static int64_t so_far(const struct sem_ops *ops, int i, bool undone)
{
    int32_t num = sem_op_at(ops, i).num;
    int64_t sum = 0;
    for (int k = 0; k < i; k++) {
        struct sem_op o = sem_op_at(ops, k);
        if (o.num == num && (!undone || o.flags & SEM_UNDOES))
            sum += o.op;
    }
    return sum;
}

/* Whether the kernel could not count what it would have to undo. */
static bool undoes_too_much(const struct sim *s, int proc, int sem,
                            int64_t taken)
{
    int64_t adjust = sem_adjust(&s->world, proc, sem) - taken;
    return adjust < -SEM_VALUE_MAX - 1 || adjust > SEM_VALUE_MAX;
}

struct attempt sem_try(const struct sim *s, int set, int proc,
                       const struct sem_ops *ops)
{
    int first = (int)s->world.semset[set].first;
    for (int i = 0; i < ops->count; i++) {
        struct sem_op o = sem_op_at(ops, i);
        int64_t value =
            s->world.sem[first + o.num].value + so_far(ops, i, false);
        bool nowait = o.flags & SEM_NOWAIT;
        if ((o.op == 0 && value) || value + o.op < 0)
            return (struct attempt){nowait ? E_EAGAIN : E_OK, !nowait, i};
        bool undo = o.flags & SEM_UNDOES;
        if (value + o.op > SEM_VALUE_MAX ||
            (undo && undoes_too_much(s, proc, first + o.num,
                                     so_far(ops, i, true) + o.op)))
            return (struct attempt){E_ERANGE, false, i};
    }
    return (struct attempt){E_OK, false, 0};
}

void sem_do(struct sim *s, int set, int proc, const struct sem_ops *ops)
{
    int first = (int)s->world.semset[set].first;
    if (ops->count > 1)
        obey(s, RULE_E2);
    obey(s, RULE_E9);
    for (int i = 0; i < ops->count; i++) {
        struct sem_op o = sem_op_at(ops, i);
        int sem = first + o.num;
        SAY(s, .kind = EV_SEM, .sub = SEM_BY_OPERATION, .proc = proc,
            .obj = sem, .aux = o.op, .val = s->world.sem[sem].value + o.op);
        if (o.flags & SEM_UNDOES && o.op)
            SAY(s, .kind = EV_UNDO, .sub = UNDO_ADJUST, .proc = proc,
                .obj = sem, .aux = set,
                .val = sem_adjust(&s->world, proc, sem) - o.op);
    }
}

/* ---- semget ---- */

static bool is_room_for(const struct sim *s, int64_t nsems)
{
    int64_t sets = 0, all = 0;
    for (int i = 0; i < s->world.head->semsets; i++) {
        const struct semset *set = &s->world.semset[i];
        sets += !set->ipc.gone;
        all += set->ipc.gone ? 0 : set->nsems;
    }
    return sets < SEM_SETS_MAX && all + nsems <= SEM_ALL_MAX;
}

static enum errno_name get_refused(const struct sim *s, int proc,
                                   const struct ipc_find *f)
{
    int64_t nsems = op_arg(op_at(s, proc), KEY_nsems);
    if (f->error)
        return f->error;
    if (f->id == NONE)
        return nsems == 0               ? E_EINVAL
               : is_room_for(s, nsems) ? E_OK
                                       : E_ENOSPC;
    const struct semset *set = &s->world.semset[f->id];
    if (nsems > set->nsems)
        return E_EINVAL;
    return ipc_may_get(s, proc, &set->ipc) ? E_OK : E_EACCES;
}

void model_semget(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    struct ipc_find f = ipc_find(s, proc, MECH_SEM);
    f.error = get_refused(s, proc, &f);
    if (f.error) {
        ipc_returns(s, proc, -1, f.error);
        return;
    }
    if (f.id == NONE) {
        f.id = s->world.head->semsets;
        obey(s, RULE_E1);
        emit(s, (struct event){.kind = EV_SEMSET, .proc = proc, .obj = f.id,
                               .aux = (int32_t)op->arg[0], .val = f.key,
                               .cpu = (uint16_t)op_arg(op, KEY_nsems)});
        SAY(s, .kind = EV_SEMSET_MODE, .proc = proc, .obj = f.id,
            .val = f.mode);
    }
    ipc_returns(s, proc, f.id, E_OK);
}

/* ---- semop ---- */

static bool wants_undo(const struct sem_ops *ops)
{
    for (int i = 0; i < ops->count; i++)
        if (sem_op_at(ops, i).flags & SEM_UNDOES)
            return true;
    return false;
}

static enum errno_name op_refused(const struct sim *s, int set,
                                  const struct sem_ops *ops)
{
    const struct semset *all = &s->world.semset[set];
    for (int i = 0; i < ops->count; i++)
        if (sem_op_at(ops, i).num >= all->nsems)
            return E_EFBIG;
    int what = sem_ops_alter(ops) ? IPC_MAY_WRITE : IPC_MAY_READ;
    return ipc_permits(&all->ipc, what) ? E_OK : E_EACCES;
}

static void tries(struct sim *s, int set, int proc, const struct sem_ops *ops)
{
    sem_split(s, set);
    struct attempt a = sem_try(s, set, proc, ops);
    if (a.blocks || a.error == E_EAGAIN)
        obey(s, RULE_E3);
    if (a.blocks) {
        sem_sleep(s, set, proc, a.at);
        return;
    }
    if (!a.error)
        sem_do(s, set, proc, ops);
    op_returns(s, proc, a.error ? -1 : 0, a.error, NO_PAYLOAD);
    if (a.error)
        obey(s, RULE_E11);
    else if (sem_ops_alter(ops))
        sem_update(s, set, ops, proc);
}

/* How many there are is looked at first of all. */
static enum errno_name wrong_count(const struct sem_ops *ops)
{
    return ops->count < 1             ? E_EINVAL
           : ops->count > SEM_OPS_MAX ? E_E2BIG
                                      : E_OK;
}

static void do_operations(struct sim *s, int proc)
{
    struct sem_ops ops = sem_ops_of(s->scenario, op_at(s, proc));
    enum errno_name error = wrong_count(&ops);
    int set = error ? NONE : ipc_named(s, proc, MECH_SEM);
    if (set != NONE && wants_undo(&ops) && !sem_undoes(&s->world, proc, set))
        SAY(s, .kind = EV_UNDO, .sub = UNDO_ASKED, .proc = proc, .obj = NONE,
            .aux = set);
    if (!error)
        error = set == NONE ? E_EINVAL : op_refused(s, set, &ops);
    if (error) {
        obey(s, RULE_E11);
        op_returns(s, proc, -1, error, NO_PAYLOAD);
        return;
    }
    tries(s, set, proc, &ops);
}

void model_semop(struct sim *s, int proc)
{
    do_operations(s, proc);
}

void model_P(struct sim *s, int proc)
{
    do_operations(s, proc);
}

void model_V(struct sim *s, int proc)
{
    do_operations(s, proc);
}

/* ---- interrupted ---- */

/* A stop wakes the sleeper inside of the kernel, and semop knows only one thing
 * to do then. The process is told when it goes on. */
bool sem_again(struct sim *s, int proc)
{
    obey(s, RULE_E12);
    op_returns(s, proc, -1, E_EINTR, NO_PAYLOAD);
    return true;
}

bool sem_interrupted(struct sim *s, int proc, struct interruption *in)
{
    (void)proc;
    obey(s, RULE_E12);
    if (in->restart)
        obey(s, RULE_S7);
    return true;
}
