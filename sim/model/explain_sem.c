/* explain_sem.c: what was taken from semaphores and given to them, and what
 * could not be. */
#include "sim/base/promises.h"
#include "sim/model/explain_say.h"
#include "sim/model/semaphore.h"
#include "sim/scenario/ops.h"

static const struct op *op_of(const struct say *s, const struct event *e)
{
    return &s->w->scenario->ops[e->aux];
}

/* The set that the variable of the op's first argument names; NONE if it never
 * was one. */
static int set_of(const struct say *s, const struct event *e)
{
    int64_t id = world_var(s->w, e->proc, op_of(s, e)->arg[0]);
    return id >= 0 && id < s->w->head->semsets ? (int)id : NONE;
}

/* "semaphore 1 of `s`" */
static void say_sem(struct say *s, int set, int num)
{
    say_var(s, s->w->semset[set].ipc.var);
    say_number(s, num);
    say_fold(s, W_SEM_NAMED, 2);
}

/* "to take 1 from semaphore 1 of `s`" */
static void say_operation(struct say *s, int set, struct sem_op o)
{
    say_sem(s, set, o.num);
    if (o.op)
        say_number(s, o.op < 0 ? -o.op : o.op);
    say_fold(s, o.op < 0 ? W_SEM_TAKES : o.op ? W_SEM_GIVES : W_SEM_ZERO,
             o.op ? 2 : 1);
}

static int value_of(const struct say *s, int set, int num)
{
    return s->w->sem[s->w->semset[set].first + num].value;
}

/* ---- semget ---- */

void explain_semget(struct say *s, const struct event *e)
{
    if (e->sub != E_ENOSPC) {
        explain_get(s, e);
        return;
    }
    say_name(s, e->proc);
    say_number(s, op_arg(op_of(s, e), KEY_nsems));
    say_number(s, SEM_ALL_MAX);
    say_fold(s, W_SAY_SEM_FULL, 3);
}

/* ---- semop ---- */

static void done(struct say *s, const struct event *e, int set)
{
    struct sem_ops ops = sem_ops_of(s->w->scenario, op_of(s, e));
    struct sem_op o = sem_op_at(&ops, 0);
    say_name(s, e->proc);
    if (ops.count > 1) {
        say_number(s, ops.count);
        say_fold(s, W_SAY_SEM_ALL, 2);
        return;
    }
    say_sem(s, set, o.num);
    if (o.op == 0) {
        say_fold(s, W_SAY_SEM_IS_ZERO, 2);
        return;
    }
    say_number(s, o.op < 0 ? -o.op : o.op);
    say_number(s, value_of(s, set, o.num));
    say_fold(s, o.op < 0 ? W_SAY_SEM_TOOK : W_SAY_SEM_GAVE, 4);
}

/* The first of its operations that cannot be done as things stand. */
static struct sem_op impossible(const struct say *s, const struct event *e,
                                int set)
{
    struct sem_ops ops = sem_ops_of(s->w->scenario, op_of(s, e));
    for (int i = 0; i < ops.count; i++) {
        struct sem_op o = sem_op_at(&ops, i);
        int64_t value = value_of(s, set, o.num);
        for (int k = 0; k < i; k++)
            if (sem_op_at(&ops, k).num == o.num)
                value += sem_op_at(&ops, k).op;
        if ((o.op == 0 && value) || value + o.op < 0)
            return o;
    }
    return sem_op_at(&ops, 0);
}

void explain_semop(struct say *s, const struct event *e)
{
    int set = set_of(s, e);
    int count = sem_ops_of(s->w->scenario, op_of(s, e)).count;
    if (!e->sub && set != NONE) {
        done(s, e, set);
    } else if (count < 1 || e->sub == E_E2BIG) {
        say_name(s, e->proc);
        say_number(s, SEM_OPS_MAX);
        say_number(s, count);
        say_text(s, errno_text((enum errno_name)e->sub));
        say_fold(s, W_SAY_SEM_COUNT, 4);
    } else if (e->sub == E_EAGAIN && set != NONE) {
        struct sem_op o = impossible(s, e, set);
        say_name(s, e->proc);
        say_number(s, value_of(s, set, o.num));
        say_operation(s, set, o);
        say_fold(s, W_SAY_SEM_EAGAIN, 3);
    } else if (e->sub == E_ERANGE || (e->sub == E_EFBIG && set != NONE)) {
        say_name(s, e->proc);
        say_number(s, e->sub == E_ERANGE ? SEM_VALUE_MAX
                                         : s->w->semset[set].nsems);
        say_fold(s, e->sub == E_ERANGE ? W_SAY_SEM_ERANGE : W_SAY_SEM_EFBIG, 2);
    } else if (!explain_ipc_error(s, e)) {
        explain_call(s, e);
    }
}

/* ---- semctl ---- */

enum command {
    SETVAL, SETALL, GETVAL, GETALL, RMID, GETPID, GETNCNT, GETZCNT, STAT, SET
};

static void say_mode(struct say *s, int mode)
{
    struct str text = {0};
    str_addf(&text, "0%03o", (unsigned)mode);
    say_text(s, str_text(&text));
    str_free(&text);
}

/* About one semaphore: {0} who, {1} which, {2} the number. */
static void one(struct say *s, const struct event *e, int set, enum word w)
{
    int64_t num = op_arg(op_of(s, e), KEY_num);
    int at = num == ARG_ABSENT ? 0 : (int)num;
    say_name(s, e->proc);
    say_sem(s, set, at);
    if (w == W_SAY_SEM_SET)
        say_number(s, value_of(s, set, at));
    else if (w != W_SAY_SEM_PID_IS)
        say_number(s, e->val);
    else if (e->val > 0)
        say_name(s, (int)e->val - 1);
    else
        say_word(s, W_SAY_SEM_NOBODY);
    say_fold(s, w, 3);
}

/* About the set: {0} who, {1} how many semaphores, {2} permissions. */
static void whole(struct say *s, const struct event *e, int set, enum word w)
{
    say_name(s, e->proc);
    say_number(s, s->w->semset[set].nsems);
    say_mode(s, s->w->semset[set].ipc.mode);
    say_fold(s, w, 3);
}

static bool asleep_at(const struct world *w, int set)
{
    const struct semset *all = &w->semset[set];
    int n = all->alter.count + all->zero.count;
    for (int i = 0; i < all->nsems; i++)
        n += w->sem[all->first + i].alter.count +
             w->sem[all->first + i].zero.count;
    return n > 0;
}

static const struct {
    enum word word;
    bool whole;
} commands[] = {
    [SETVAL] = {W_SAY_SEM_SET, false},
    [SETALL] = {W_SAY_SEM_SET_ALL, true},
    [GETVAL] = {W_SAY_SEM_VALUE_IS, false},
    [GETALL] = {W_SAY_SEM_ALL_ARE, true},
    [RMID] = {W_SAY_SEM_REMOVED, true},
    [GETPID] = {W_SAY_SEM_PID_IS, false},
    [GETNCNT] = {W_SAY_SEM_NCNT_IS, false},
    [GETZCNT] = {W_SAY_SEM_ZCNT_IS, false},
    [STAT] = {W_SAY_SEM_STAT, true},
    [SET] = {W_SAY_SEM_MODE, true},
};

void explain_semctl(struct say *s, const struct event *e)
{
    int set = set_of(s, e);
    int64_t cmd = op_arg(op_of(s, e), KEY_cmd);
    if (!e->sub && set != NONE && cmd == RMID && asleep_at(s->w, set)) {
        whole(s, e, set, W_SAY_SEM_REMOVED_ASLEEP);
    } else if (!e->sub && set != NONE) {
        (commands[cmd].whole ? whole : one)(s, e, set, commands[cmd].word);
    } else if (e->sub == E_ERANGE) {
        say_name(s, e->proc);
        say_number(s, SEM_VALUE_MAX);
        say_fold(s, W_SAY_SEM_VALUE, 2);
    } else if (explain_ipc_error(s, e)) {
        return;
    } else if (e->sub == E_EINVAL && set != NONE) {
        say_name(s, e->proc);
        say_number(s, s->w->semset[set].nsems);
        say_fold(s, W_SAY_SEM_NUMBER, 2);
    } else {
        explain_call(s, e);
    }
}

/* ---- asleep, and woken ---- */

void explain_sleep_sem(struct say *s, const struct event *e)
{
    const struct world *w = s->w;
    struct sem_ops ops = sem_ops_of(
        w->scenario, &w->scenario->ops[w->task[e->proc].pc]);
    int set = sem_set_slept_at(w, e->proc);
    struct sem_op o = sem_awaited(w, e->proc);
    say_name(s, e->proc);
    if (ops.count > 1) {
        say_number(s, ops.count);
        say_number(s, w->proc[e->proc].blocking + 1);
        say_operation(s, set, o);
        say_fold(s, W_SAY_SLEEPS_SEMS, 4);
    } else {
        say_number(s, value_of(s, set, o.num));
        say_operation(s, set, o);
        say_fold(s, W_SAY_SLEEPS_SEM, 3);
    }
}

/* What `proc` waited for there, until it went on in this step. */
static struct sem_op had_awaited(const struct say *s, const struct event *op,
                                 int num)
{
    struct sem_ops ops = sem_ops_of(s->w->scenario, op_of(s, op));
    int i = 0;
    while (i + 1 < ops.count && (sem_op_at(&ops, i).num != num ||
                                 sem_op_at(&ops, i).op > 0))
        i++;
    return sem_op_at(&ops, i);
}

/* {0} who goes on, {1} who has made it possible, {2} what. */
void explain_sem_changed(struct say *s, const struct event *e)
{
    const struct event *op = say_event(s, EV_OP, e->proc);
    bool known =
        op && e->aux >= 0 && e->val >= 0 && e->val < s->w->head->sems;
    if (!known) {
        explain_woken_by(s, e, W_SAY_HAD_COME);
        return;
    }
    int set = s->w->sem[e->val].set;
    int num = (int)(e->val - s->w->semset[set].first);
    bool undone = s->w->task[e->aux].state == TERMINATED;
    say_name(s, e->proc);
    say_name(s, e->aux);
    say_operation(s, set, had_awaited(s, op, num));
    say_fold(s, op->sub  ? W_SAY_SEM_FAILED
                : undone ? W_SAY_SEM_UNDONE
                         : W_SAY_SEM_CAME, 3);
    explain_add_return(s, e);
}

void explain_stop_ended(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_fold(s, W_SAY_STOP_ENDED, 1);
}
