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

/* Pushes the process's name, `w` is about nothing else. */
static void about(struct say *s, const struct event *e, enum word w)
{
    say_name(s, e->proc);
    say_fold(s, w, 1);
}

static void any_call(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_call(s, e->aux);
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
    about(s, e, W_SAY_SLEPT_NOT);
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

static void forked(struct say *s, const struct event *e)
{
    const struct event *born = say_event(s, EV_CREATE, NO_PROC);
    say_name(s, e->proc);
    if (e->sub) {
        say_text(s, errno_text((enum errno_name)e->sub));
        say_fold(s, W_SAY_FORK_FAILS, 2);
        return;
    }
    say_name(s, born ? born->proc : (int)e->val);
    say_fold(s, W_SAY_FORKED, 2);
}

static void waited(struct say *s, const struct event *e)
{
    const struct event *reaped = say_event(s, EV_REAP, NO_PROC);
    if (e->sub == E_ECHILD) {
        about(s, e, W_SAY_ECHILD);
    } else if (!e->sub && e->val == 0) {
        about(s, e, W_SAY_WAIT_NOHANG);
    } else if (e->sub || !reaped) {
        any_call(s, e);
    } else {
        say_name(s, e->proc);
        say_name(s, reaped->proc);
        say_fold(s, slept(e) ? W_SAY_WAITED_SLEPT : W_SAY_WAITED, 2);
    }
}

static void exits(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    say_name(s, e->proc);
    say_number(s, op->verb == OP_exit ? op->arg[0] : 0);
    say_fold(s, W_SAY_EXITS, 2);
}

/* The process that a PROC argument means, as the file names it. */
static void say_target(struct say *s, const struct event *e, int64_t ref)
{
    int proc = world_process(s->w, ref, e->proc);
    if (proc == NONE)
        proc = world_process(s->w, ref, NONE);
    if (proc != NONE)
        say_name(s, proc);
    else
        say_text(s, s->w->scenario->processes[ref & 0x7fffffff].name);
}

static void sent(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    int64_t sig = op_arg(op, KEY_sig);
    if (e->sub == E_ESRCH) {
        about(s, e, W_SAY_ESRCH);
        return;
    }
    if (e->sub) {
        any_call(s, e);
        return;
    }
    say_name(s, e->proc);
    if (sig == 0) {
        say_target(s, e, op->arg[0]);
        say_fold(s, W_SAY_KILL_ASKED, 2);
        return;
    }
    say_signal(s, sig == ARG_ABSENT ? signal_number("SIGTERM") : (int)sig);
    say_target(s, e, op->arg[0]);
    say_fold(s, W_SAY_KILL_SENT, 3);
}

static void signal_set(struct say *s, const struct event *e)
{
    static const enum word for_action[] = {
        W_SAY_SIG_DEFAULT, W_SAY_SIG_IGNORE, W_SAY_SIG_BLOCK,
        W_SAY_SIG_UNBLOCK};
    const struct op *op = op_of(s, e);
    int64_t action = op_arg(op, KEY_action);
    if (e->sub) {
        any_call(s, e);
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
        any_call(s, e);
        return;
    }
    say_name(s, e->proc);
    say_number(s, s->w->proc[e->proc].nice);
    say_fold(s, W_SAY_NICED, 2);
}

/* ---- descriptors and pipes ---- */

/* The pipe a descriptor variable of the process is open on, NONE if it is not
 * open on one. */
static int pipe_of(const struct say *s, const struct event *e, int64_t var)
{
    int desc = world_desc(s->w, e->proc, world_var(s->w, e->proc, var));
    return desc == NONE ? NONE : s->w->desc[desc].object;
}

/* "p[0] (descriptor 3)" */
static void say_fd(struct say *s, const struct event *e, int64_t var)
{
    say_var(s, var);
    say_number(s, world_var(s->w, e->proc, var));
    say_fold(s, W_SAY_FD_NAMED, 2);
}

static void piped(struct say *s, const struct event *e)
{
    int64_t var = op_of(s, e)->arg[0];
    int pipe = e->sub ? NONE : pipe_of(s, e, var);
    if (pipe == NONE) {
        any_call(s, e);
        return;
    }
    say_name(s, e->proc);
    say_bytes(s, (int64_t)s->w->pipe[pipe].slots * PIPE_PAGE);
    say_fd(s, e, var);
    say_fd(s, e, var + 1);
    say_fold(s, W_SAY_PIPE_MADE, 4);
}

static void read_bytes(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    int pipe = pipe_of(s, e, op->arg[0]);
    if (e->sub == E_EAGAIN) {
        about(s, e, W_SAY_READ_EAGAIN);
    } else if (e->sub || pipe == NONE) {
        any_call(s, e);
    } else if (e->val == 0) {
        about(s, e, op_arg(op, KEY_size) == 0 ? W_SAY_READ_NONE
                                              : W_SAY_READ_EOF);
    } else {
        say_name(s, e->proc);
        say_bytes(s, e->val);
        say_number(s, s->w->pipe[pipe].bytes);
        say_fold(s, slept(e) ? W_SAY_READ_SLEPT : W_SAY_READ_SOME, 3);
    }
}

/* Adds how full the pipe is: three pieces. */
static void say_fill(struct say *s, int pipe)
{
    say_bytes(s, s->w->pipe[pipe].bytes);
    say_number(s, s->w->pipe[pipe].used);
    say_number(s, s->w->pipe[pipe].slots);
}

static int64_t digits_of(int64_t n)
{
    int64_t digits = n < 0 ? 2 : 1;
    for (; n > 9 || n < -9; n /= 10)
        digits++;
    return digits;
}

/* How many bytes the op was to write, its variables filled in. */
static int64_t asked_to_write(const struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    int64_t text = op_arg(op, KEY_text);
    if (text == ARG_ABSENT)
        return op_arg(op, KEY_bytes);
    const struct template *t = &s->w->scenario->templates[text];
    int64_t length = 0;
    for (int i = 0; i < t->count; i++) {
        const struct template_piece *p = &t->pieces[i];
        length += p->literal ? p->length
                             : digits_of(world_var(s->w, e->proc, p->var));
    }
    return length;
}

static void wrote(struct say *s, const struct event *e)
{
    int pipe = pipe_of(s, e, op_of(s, e)->arg[0]);
    int64_t asked = asked_to_write(s, e);
    if (e->sub == E_EPIPE) {
        about(s, e, W_SAY_EPIPE);
        return;
    }
    if (pipe == NONE || (e->sub && e->sub != E_EAGAIN)) {
        any_call(s, e);
        return;
    }
    if (!e->sub && asked == 0) {
        about(s, e, W_SAY_WROTE_NOTHING);
        return;
    }
    say_name(s, e->proc);
    if (e->sub) {
        say_fill(s, pipe);
        say_fold(s, W_SAY_WRITE_EAGAIN, 4);
        return;
    }
    say_bytes(s, e->val);
    if (e->val < asked) {
        say_number(s, asked);
        say_fold(s, W_SAY_WROTE_SHORT, 3);
    } else if (slept(e)) {
        say_fold(s, W_SAY_WROTE_SLEPT, 2);
    } else {
        say_number(s, s->w->pipe[pipe].bytes);
        say_fold(s, W_SAY_WROTE, 3);
    }
}

/* Whether `maker` is `proc` or one of its ancestors. */
static bool is_forebear(const struct world *w, int maker, int proc)
{
    for (int hops = 0; proc >= 0 && hops <= w->head->procs; hops++) {
        if (proc == maker)
            return true;
        proc = w->proc[proc].parent;
    }
    return false;
}

/* The pipe whose end the variable named before it was closed: the youngest
 * one made under that name by the process or a forebear. */
static int pipe_named(const struct say *s, const struct event *e, int64_t var)
{
    for (int i = s->w->head->pipes; i-- > 0;) {
        const struct pipe *p = &s->w->pipe[i];
        if ((var == p->var || var == p->var + 1) &&
            is_forebear(s->w, p->maker, e->proc))
            return i;
    }
    return NONE;
}

static void closed(struct say *s, const struct event *e)
{
    int64_t var = op_of(s, e)->arg[0];
    int pipe = e->sub ? NONE : pipe_named(s, e, var);
    int who[HOLDERS_SHOWN];
    if (e->sub) {
        any_call(s, e);
        return;
    }
    say_name(s, e->proc);
    say_var(s, var);
    if (pipe == NONE) {
        say_fold(s, W_SAY_CLOSED, 2);
        return;
    }
    const struct pipe *p = &s->w->pipe[pipe];
    bool reads = var == p->var;
    int n = pipe_holders(s->w, pipe, reads ? DESC_PIPE_READ : DESC_PIPE_WRITE,
                         who, HOLDERS_SHOWN);
    if (n) {
        say_names(s, who, n < HOLDERS_SHOWN ? n : HOLDERS_SHOWN);
        say_fold(s, W_SAY_CLOSED_HELD, 3);
    } else if (!p->readers && !p->writers) {
        say_fold(s, W_SAY_CLOSED_BOTH, 2);
    } else {
        say_fold(s, reads ? W_SAY_CLOSED_LAST_READER
                          : W_SAY_CLOSED_LAST_WRITER, 2);
    }
}

static void duped(struct say *s, const struct event *e)
{
    if (e->sub) {
        any_call(s, e);
        return;
    }
    say_name(s, e->proc);
    say_fd(s, e, op_arg(op_of(s, e), KEY_as));
    say_var(s, op_of(s, e)->arg[0]);
    say_fold(s, W_SAY_DUPED, 3);
}

static void controlled(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    bool sizes = op_arg(op, KEY_pipe_size) != ARG_ABSENT;
    int pipe = pipe_of(s, e, op->arg[0]);
    if (sizes && e->sub == E_EBUSY) {
        about(s, e, W_SAY_SIZE_EBUSY);
    } else if (sizes && e->sub == E_EPERM) {
        about(s, e, W_SAY_SIZE_EPERM);
    } else if (e->sub || pipe == NONE) {
        any_call(s, e);
    } else if (sizes) {
        say_name(s, e->proc);
        say_bytes(s, (int64_t)s->w->pipe[pipe].slots * PIPE_PAGE);
        say_fold(s, W_SAY_PIPE_SIZED, 2);
    } else {
        say_name(s, e->proc);
        say_var(s, op->arg[0]);
        say_fold(s, op_flag(op, "O_NONBLOCK") ? W_SAY_NONBLOCK_ON
                                              : W_SAY_NONBLOCK_OFF, 2);
    }
}

static sentence *const sentences[OP_COUNT] = {
    [OP_end] = exits,        [OP_cpu] = computed,   [OP_sleep] = slept_not,
    [OP_until] = slept_not,  [OP_io] = slept_not,   [OP_yield] = yields,
    [OP_set] = set,          [OP_add] = set,        [OP_fork] = forked,
    [OP_wait] = waited,      [OP_exit] = exits,     [OP_kill] = sent,
    [OP_signal] = signal_set, [OP_nice] = niced,    [OP_pipe] = piped,
    [OP_read] = read_bytes,  [OP_write] = wrote,    [OP_close] = closed,
    [OP_dup] = duped,        [OP_fcntl] = controlled,
};

/* ---- errors that mean the same for every call ---- */

static bool common_error(struct say *s, const struct event *e)
{
    if (e->sub != E_EBADF && e->sub != E_EINTR && e->sub != E_EMFILE)
        return false;
    say_name(s, e->proc);
    if (e->sub == E_EBADF) {
        say_var(s, op_of(s, e)->arg[0]);
        say_call(s, e->aux);
        say_fold(s, W_SAY_EBADF, 3);
    } else {
        say_call(s, e->aux);
        if (e->sub == E_EMFILE)
            say_text(s, "EMFILE");
        say_fold(s, e->sub == E_EMFILE ? W_SAY_EMFILE : W_SAY_EINTR,
                 e->sub == E_EMFILE ? 3 : 2);
    }
    return true;
}

void explain_op(struct say *s, const struct event *e)
{
    require(e->aux >= 0 && e->aux < s->w->scenario->op_count);
    require(e->sub < ERRNO_COUNT);
    sentence *how = sentences[op_of(s, e)->verb];
    if (!common_error(s, e))
        (how ? how : any_call)(s, e);
    say_fold(s, W_SAY_STOP, 1);
}

void explain_return(struct say *s, const struct event *op)
{
    say_call(s, op->aux);
    if (op->sub)
        say_text(s, errno_text((enum errno_name)op->sub));
    else
        say_number(s, op->val);
    say_fold(s, op->sub ? W_SAY_FAILS : W_SAY_RETURNS, 2);
}

void explain_signal(struct say *s, const struct event *e)
{
    static const enum word for_fate[] = {
        [FATE_IGNORED] = W_SAY_FATE_IGNORED,
        [FATE_PENDING] = W_SAY_FATE_PENDING,
        [FATE_HANDLER] = W_SAY_FATE_HANDLER,
        [FATE_KILLS] = W_SAY_FATE_KILLS,
        [FATE_STOPS] = W_SAY_FATE_STOPS,
        [FATE_CONTINUES] = W_SAY_FATE_CONTINUES,
    };
    require(e->val >= 0 && e->val <= FATE_CONTINUES);
    say_name(s, e->proc);
    say_signal(s, e->sub);
    say_sender(s, e->obj);
    say_fold(s, for_fate[e->val], 3);
    say_fold(s, W_SAY_STOP, 1);
}
