/* sem_control.c: semaphores set, looked at and removed; and what the end of a
 * process gives back.
 *
 * SETVAL and SETALL say what semaphores are, whoever has taken how much: so
 * they also cancel what processes would undo at their end, and everybody who
 * sleeps is looked at. The other commands only look.
 *
 * When a process ends, the kernel adds what SEM_UNDO has written down, never
 * below 0 and never above the most a semaphore may be, and wakes whoever can go
 * on then. Rules E8 to E11. See also semctl(2). */
#include "sim/mech/sem.h"

#include "sim/mech/ipc.h"

/* In the order of ops.def. */
enum command {
    SETVAL, SETALL, GETVAL, GETALL, RMID, GETPID, GETNCNT, GETZCNT, STAT, SET
};

static void fails(struct sim *s, int proc, enum errno_name error)
{
    obey(s, RULE_E11);
    op_returns(s, proc, -1, error, NO_PAYLOAD);
}

/* ---- setting ---- */

static void set_one(struct sim *s, int proc, int sem, int64_t value)
{
    int32_t set = s->world.sem[sem].set;
    bool keep = is_planted(s, "sem-undo-setval");
    for (int64_t i = 0; !keep && i < s->world.head->undos; i++) {
        struct undo u = s->world.undo[i];
        if (u.proc == NONE || u.sem != sem)
            continue;
        obey(s, RULE_E10);
        SAY(s, .kind = EV_UNDO, .sub = UNDO_ADJUST, .proc = u.proc, .obj = sem,
            .aux = set, .val = 0);
    }
    SAY(s, .kind = EV_SEM, .sub = SEM_BY_SETTING, .proc = proc, .obj = sem,
        .aux = (int32_t)(value - s->world.sem[sem].value), .val = value);
}

static void set_value(struct sim *s, int proc, int set, int num)
{
    int64_t value = op_arg(op_at(s, proc), KEY_value);
    sem_split(s, set);
    set_one(s, proc, (int)s->world.semset[set].first + num,
            value == ARG_ABSENT ? 0 : value);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    sem_update(s, set, NULL, proc);
}

/* Values that the op does not give are 0. */
static int64_t given(const struct sim *s, const struct op *op, int i)
{
    int64_t values = op_arg(op, KEY_values);
    const struct list *l =
        values == ARG_ABSENT ? NULL : &s->scenario->lists[values];
    return l && i < l->count ? l->numbers[i] : 0;
}

static void set_all(struct sim *s, int proc, int set)
{
    const struct op *op = op_at(s, proc);
    int first = (int)s->world.semset[set].first;
    int nsems = s->world.semset[set].nsems;
    for (int i = 0; i < nsems; i++)
        if (given(s, op, i) > SEM_VALUE_MAX) {
            fails(s, proc, E_ERANGE);
            return;
        }
    sem_split(s, set);
    for (int i = 0; i < nsems; i++)
        set_one(s, proc, first + i, given(s, op, i));
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    sem_update(s, set, NULL, proc);
}

/* ---- looking ---- */

static void get_all(struct sim *s, int proc, int set)
{
    const struct semset *all = &s->world.semset[set];
    struct str out = {0};
    for (int i = 0; i < all->nsems; i++) {
        int64_t value = s->world.sem[all->first + i].value;
        str_add_bytes(&out, (const char *)&value, sizeof value);
    }
    op_returns(s, proc, 0, E_OK,
               trace_store(&s->trace, str_text(&out), out.length));
    str_free(&out);
}

static void get_state(struct sim *s, int proc, int set)
{
    const struct semset *all = &s->world.semset[set];
    const int64_t out[] = {all->nsems, all->ipc.mode};
    op_returns(s, proc, 0, E_OK, trace_store(&s->trace, out, sizeof out));
}

static void get_one(struct sim *s, int proc, int sem, enum command cmd)
{
    const struct sem *one = &s->world.sem[sem];
    if (cmd == GETNCNT || cmd == GETZCNT)
        obey(s, RULE_E8);
    else if (cmd == GETPID)
        obey(s, RULE_E9);
    op_returns(s, proc,
               cmd == GETVAL   ? one->value
               : cmd == GETPID ? one->pid + 1
                               : sem_waiting(&s->world, sem, cmd == GETZCNT),
               E_OK, NO_PAYLOAD);
}

/* ---- the set itself ---- */

static void remove_set(struct sim *s, int proc, int set)
{
    SAY(s, .kind = EV_SEMSET_GONE, .proc = proc, .obj = set);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    sem_wake_all(s, set, proc);
}

static void set_mode(struct sim *s, int proc, int set)
{
    int64_t mode = op_arg(op_at(s, proc), KEY_mode);
    obey(s, RULE_S6);
    if (mode != ARG_ABSENT)
        SAY(s, .kind = EV_SEMSET_MODE, .proc = proc, .obj = set,
            .val = mode >> 32);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

/* ---- semctl ---- */

static bool speaks_of_one(enum command cmd)
{
    return cmd == SETVAL || cmd == GETVAL || cmd == GETPID || cmd == GETNCNT ||
           cmd == GETZCNT;
}

/* SETVAL looks at its number before its rights, the others after. */
static enum errno_name refused(const struct sim *s, int set, int64_t num,
                               enum command cmd)
{
    const struct semset *all = &s->world.semset[set];
    bool sets = cmd == SETVAL || cmd == SETALL;
    bool wrong = speaks_of_one(cmd) && num >= all->nsems;
    if (cmd == RMID || cmd == SET)
        return E_OK;
    if (cmd == SETVAL && wrong)
        return E_EINVAL;
    if (!ipc_permits(&all->ipc, sets ? IPC_MAY_WRITE : IPC_MAY_READ))
        return E_EACCES;
    return wrong ? E_EINVAL : E_OK;
}

/* SETVAL looks at the value before anything else but an id that never was. */
static bool value_is_wrong(const struct sim *s, int proc, enum command cmd)
{
    const struct op *op = op_at(s, proc);
    int64_t value = op_arg(op, KEY_value);
    return cmd == SETVAL && value != ARG_ABSENT &&
           world_var(&s->world, proc, op->arg[0]) >= 0 &&
           (value < 0 || value > SEM_VALUE_MAX);
}

static void command(struct sim *s, int proc, int set, int num)
{
    enum command cmd = (enum command)op_arg(op_at(s, proc), KEY_cmd);
    switch (cmd) {
    case SETVAL: set_value(s, proc, set, num); break;
    case SETALL: set_all(s, proc, set); break;
    case GETALL: get_all(s, proc, set); break;
    case RMID: remove_set(s, proc, set); break;
    case STAT: get_state(s, proc, set); break;
    case SET: set_mode(s, proc, set); break;
    default:
        get_one(s, proc, (int)s->world.semset[set].first + num, cmd);
    }
}

void model_semctl(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    enum command cmd = (enum command)op_arg(op, KEY_cmd);
    int64_t num = op_arg(op, KEY_num) == ARG_ABSENT ? 0 : op_arg(op, KEY_num);
    if (value_is_wrong(s, proc, cmd)) {
        fails(s, proc, E_ERANGE);
        return;
    }
    int set = ipc_named(s, proc, MECH_SEM);
    enum errno_name error =
        set == NONE ? E_EINVAL : refused(s, set, num, cmd);
    if (error)
        fails(s, proc, error);
    else
        command(s, proc, set, (int)num);
}

/* ---- the end of a process ---- */

static int64_t within(int64_t value)
{
    return value < 0               ? 0
           : value > SEM_VALUE_MAX ? SEM_VALUE_MAX
                                   : value;
}

static void undo_in(struct sim *s, int proc, int set)
{
    sem_split(s, set);
    for (int64_t i = 0; i < s->world.head->undos; i++) {
        struct undo u = s->world.undo[i];
        if (u.proc != proc || u.set != set || u.sem == NONE)
            continue;
        obey(s, RULE_E10);
        SAY(s, .kind = EV_SEM, .sub = SEM_BY_UNDO, .proc = proc, .obj = u.sem,
            .aux = u.adjust,
            .val = within((int64_t)s->world.sem[u.sem].value + u.adjust));
    }
    SAY(s, .kind = EV_UNDO, .sub = UNDO_OVER, .proc = proc, .obj = NONE,
        .aux = set);
    sem_update(s, set, NULL, proc);
}

void sem_end(struct sim *s, int proc)
{
    for (int64_t i = 0; i < s->world.head->undos; i++) {
        struct undo u = s->world.undo[i];
        if (u.proc == proc && u.sem == NONE)
            undo_in(s, proc, u.set);
    }
}
