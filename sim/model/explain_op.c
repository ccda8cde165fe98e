/* explain_op.c: what an op did, and what its return value means.
 *
 * One function for each verb that has more to tell than "it returned n", found
 * through a table. Errors that mean the same for every call come first. The
 * world is the one after the step, so what an op found there is read from the
 * small events around it. */
#include "sim/base/promises.h"
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

typedef void sentence(struct say *s, const struct event *e);

static const struct op *op_of(const struct say *s, const struct event *e)
{
    return &s->w->scenario->ops[e->aux];
}

static bool slept(const struct event *e)
{
    return e->cpu == 1;
}

/* Pushes a sentence about the process alone. */
static void about(struct say *s, const struct event *e, enum word w)
{
    say_name(s, e->proc);
    say_fold(s, w, 1);
}

void explain_call(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_manual(s, e->aux);
    if (e->sub) {
        say_text(s, errno_text((enum errno_name)e->sub));
        say_fold(s, W_SAY_OP_FAILS, 3);
    } else {
        say_number(s, e->val);
        say_fold(s, W_SAY_OP, 3);
    }
}

/* ---- computing and time ---- */

static void computed(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_ticks(s, op_of(s, e)->arg[0]);
    say_fold(s, W_SAY_COMPUTED, 2);
}

static void slept_not(struct say *s, const struct event *e)
{
    bool late = e->cpu == 1; /* it was over before its process went on */
    if (!late && explain_is_job_end(s, e->aux)) {
        explain_next_job(s, e);
        return;
    }
    say_name(s, e->proc);
    if (late)
        say_manual(s, e->aux);
    say_fold(s, late ? W_SAY_SLEPT_OUT : W_SAY_SLEPT_NOT, late ? 2 : 1);
}

static void yields(struct say *s, const struct event *e)
{
    about(s, e, W_SAY_YIELDS);
}

static void set(struct say *s, const struct event *e)
{
    int64_t var = op_of(s, e)->arg[0];
    say_name(s, e->proc);
    say_var(s, var);
    say_number(s, world_var(s->w, e->proc, var));
    say_fold(s, W_SAY_SET, 3);
}

/* ---- processes ---- */

static void waited(struct say *s, const struct event *e)
{
    const struct event *reaped = say_event(s, EV_REAP, NO_PROC);
    if (e->sub == E_ECHILD) {
        about(s, e, W_SAY_ECHILD);
    } else if (!e->sub && e->val == 0) {
        about(s, e, W_SAY_WAIT_NOHANG);
    } else if (e->sub || !reaped) {
        explain_call(s, e);
    } else {
        say_name(s, e->proc);
        say_name(s, reaped->proc);
        say_exit(s, reaped->proc);
        say_fold(s, slept(e) ? W_SAY_WAITED_SLEPT : W_SAY_WAITED, 3);
    }
}

static void exits(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    say_name(s, e->proc);
    say_number(s, op->verb == OP_exit ? op->arg[0] : 0);
    say_fold(s, W_SAY_EXITS, 2);
}

/* The process that a PROC argument means, NONE if it is not there. */
static int target_of(const struct say *s, const struct event *e)
{
    int64_t ref = op_of(s, e)->arg[0];
    int proc = world_process(s->w, ref, e->proc);
    return proc != NONE ? proc : world_process(s->w, ref, NONE);
}

/* … as the file names it. */
static void say_target(struct say *s, const struct event *e)
{
    int64_t ref = op_of(s, e)->arg[0];
    int proc = target_of(s, e);
    if (proc != NONE)
        say_name(s, proc);
    else
        say_given(s, s->w->scenario->processes[ref & 0x7fffffff].name);
}

static void sent(struct say *s, const struct event *e)
{
    int64_t sig = op_arg(op_of(s, e), KEY_sig);
    if (e->sub && e->sub != E_ESRCH) {
        explain_call(s, e);
        return;
    }
    say_name(s, e->proc);
    if (e->sub || sig == 0) {
        say_target(s, e);
        say_fold(s, e->sub ? W_SAY_ESRCH : W_SAY_KILL_ASKED, 2);
        return;
    }
    say_signal(s, sig == ARG_ABSENT ? signal_number("SIGTERM") : (int)sig);
    if (target_of(s, e) == e->proc) {
        say_fold(s, W_SAY_KILL_SELF, 2);
        return;
    }
    int target = target_of(s, e);
    bool ended = target != NONE && s->w->task[target].state == TERMINATED;
    say_target(s, e);
    say_fold(s, ended ? W_SAY_KILL_ZOMBIE : W_SAY_KILL_SENT, 3);
}

static void signal_set(struct say *s, const struct event *e)
{
    static const enum word for_action[] = {
        W_SAY_SIG_DEFAULT, W_SAY_SIG_IGNORE, W_SAY_SIG_BLOCK,
        W_SAY_SIG_UNBLOCK};
    const struct op *op = op_of(s, e);
    int64_t action = op_arg(op, KEY_action);
    if (e->sub) {
        explain_call(s, e);
        return;
    }
    say_name(s, e->proc);
    say_signal(s, (int)op->arg[0]);
    bool listed = action >= 0 && action < 4;
    say_fold(s, listed ? for_action[action] : W_SAY_SIG_HANDLER, 2);
}

static void niced(struct say *s, const struct event *e)
{
    if (e->sub) {
        explain_call(s, e);
        return;
    }
    say_name(s, e->proc);
    say_number(s, s->w->proc[e->proc].nice);
    say_fold(s, W_SAY_NICED, 2);
}

static sentence *const sentences[OP_COUNT] = {
    [OP_end] = exits,          [OP_cpu] = computed,
    [OP_sleep] = slept_not,    [OP_until] = slept_not,
    [OP_io] = slept_not,       [OP_yield] = yields,
    [OP_set] = set,            [OP_add] = set,
    [OP_fork] = explain_forked, [OP_wait] = waited,
    [OP_exit] = exits,         [OP_kill] = sent,
    [OP_signal] = signal_set,  [OP_nice] = niced,
    [OP_pipe] = explain_pipe,  [OP_read] = explain_read,
    [OP_write] = explain_write, [OP_close] = explain_close,
    [OP_dup] = explain_dup,    [OP_fcntl] = explain_fcntl,
    [OP_mkfifo] = explain_mkfifo, [OP_open] = explain_open,
    [OP_unlink] = explain_unlink,
    [OP_msgget] = explain_get, [OP_msgsnd] = explain_msgsnd,
    [OP_msgrcv] = explain_msgrcv, [OP_msgctl] = explain_msgctl,
    [OP_shmget] = explain_shmget, [OP_shmat] = explain_shmat,
    [OP_store] = explain_store, [OP_load] = explain_load,
    [OP_shmdt] = explain_shmdt, [OP_shmctl] = explain_shmctl,
    [OP_semget] = explain_semget,
    [OP_semctl] = explain_semctl, [OP_semop] = explain_semop,
    [OP_P] = explain_semop, [OP_V] = explain_semop,
};

/* ---- errors that mean the same for every call ---- */

static bool common_error(struct say *s, const struct event *e)
{
    if (e->sub == E_EBADF) {
        explain_ebadf(s, e);
        return true;
    }
    if (e->sub != E_EINTR && e->sub != E_EMFILE)
        return false;
    bool full = e->sub == E_EMFILE;
    say_name(s, e->proc);
    say_manual(s, e->aux);
    if (full)
        say_text(s, "EMFILE");
    say_fold(s, full ? W_SAY_EMFILE : W_SAY_EINTR, full ? 3 : 2);
    return true;
}

void explain_op(struct say *s, const struct event *e)
{
    require(e->aux >= 0 && e->aux < s->w->scenario->op_count);
    require(e->sub < ERRNO_COUNT);
    sentence *how = sentences[op_of(s, e)->verb];
    if (!common_error(s, e))
        (how ? how : explain_call)(s, e);
    say_fold(s, W_SAY_STOP, 1);
}

/* ---- what a wake-up returned ---- */

static void returns_child(struct say *s, const struct event *op,
                          const struct event *reaped)
{
    say_manual(s, op->aux);
    say_number(s, op->val);
    say_exit(s, reaped->proc);
    say_fold(s, W_SAY_RETURNS_CHILD, 3);
}

/* Of bytes that came out of a pipe, the bytes. */
static bool say_result_bytes(struct say *s, const struct event *op)
{
    size_t length = 0;
    const unsigned char *bytes = trace_payload(s->tr, op->obj, &length);
    size_t type = sizeof(int64_t); /* of a message, before its text */
    if (op_of(s, op)->verb == OP_msgrcv && length == (size_t)op->val + type)
        return say_quoted(s, (const char *)bytes + type, length - type);
    return op_of(s, op)->verb == OP_read && length == (size_t)op->val &&
           say_quoted(s, (const char *)bytes, length);
}

void explain_return(struct say *s, const struct event *op)
{
    const struct event *reaped = say_event(s, EV_REAP, NO_PROC);
    if (!op->sub && reaped && reaped->obj == op->proc) {
        returns_child(s, op, reaped);
        return;
    }
    say_manual(s, op->aux);
    if (op->sub) {
        say_text(s, errno_text((enum errno_name)op->sub));
        say_fold(s, W_SAY_FAILS, 2);
        return;
    }
    say_number(s, op->val);
    bool shown = say_result_bytes(s, op);
    say_fold(s, shown ? W_SAY_RETURNS_BYTES : W_SAY_RETURNS, shown ? 3 : 2);
}
