/* signal.c: signals, as the model does them.
 *
 * A signal is a tap on the shoulder. What happens then is the receiver's
 * choice, made beforehand: the default (mostly death), ignoring it, holding it
 * back in the mask until later, or running a handler. Two signals leave no
 * choice: SIGKILL ends and SIGSTOP stops.
 *
 * A handler interrupts: a sleeping call is left at once, and when the handler
 * is over the call returns EINTR, or begins anew where SA_RESTART was asked
 * for, or returns what it had already done.
 *
 * See also signal(7), and ipc/mech/signal.c for the same with real ones. */
#include "sim/engine/engine.h"

#include "sim/base/promises.h"

enum { KILL = 9, CHLD = 17, CONT = 18, STOP = 19 };

static int64_t bit(int sig)
{
    return (int64_t)1 << (sig - 1);
}

static void tell(struct sim *s, int target, int sig, int64_t by,
                 enum signal_fate fate)
{
    SAY(s, .kind = EV_SIGNAL, .sub = (uint8_t)sig, .proc = target,
        .obj = (int32_t)by, .val = fate);
}

static void set_pending(struct sim *s, int proc, uint64_t pending)
{
    SAY(s, .kind = EV_PENDING, .proc = proc, .val = (int64_t)pending);
}

static void set_mask(struct sim *s, int proc, uint64_t mask)
{
    SAY(s, .kind = EV_MASK, .proc = proc, .val = (int64_t)mask);
}

static void enter_handler(struct sim *s, int proc, int sig)
{
    struct handler h = world_handler(&s->world, proc, sig);
    uint64_t mask = s->world.proc[proc].mask;
    step_enters(s, proc);
    SAY(s, .kind = EV_HANDLE, .sub = (uint8_t)sig, .proc = proc, .aux = h.op,
        .val = h.disposition);
    set_mask(s, proc, mask | (uint64_t)bit(sig));
    if (state_of(s, proc) == BLOCKED)
        change_state(s, proc, T_WAKE, reason(WHY_SIGNAL_CAME, sig, 0));
}

static bool handles(const struct sim *s, int proc, int sig)
{
    int d = world_handler(&s->world, proc, sig).disposition;
    return d == SIG_HANDLED || d == SIG_HANDLED_RESTART;
}

/* What becomes of a signal that nothing holds back. */
static enum signal_fate fate_of(const struct sim *s, int proc, int sig)
{
    if (sig != KILL && sig != STOP) {
        if (handles(s, proc, sig))
            return FATE_HANDLER;
        if (world_handler(&s->world, proc, sig).disposition == SIG_IGNORED)
            return FATE_IGNORED;
    }
    switch (signal_default(sig)) {
    case SIG_DOES_TERM:
        return FATE_KILLS;
    case SIG_DOES_STOP:
        return FATE_STOPS;
    default:
        return FATE_IGNORED;
    }
}

static bool held_back(const struct sim *s, int proc, int sig)
{
    if (sig == KILL)
        return false;
    /* Who has not been admitted can be stopped only afterwards; till then it
     * is as good as stopped. */
    if (sig == STOP)
        return state_of(s, proc) == NEW;
    const struct proc *p = &s->world.proc[proc];
    const struct task *t = &s->world.task[proc];
    if (p->pending & (uint64_t)bit(STOP))
        return true;
    bool in_device = t->phase == PHASE_ASLEEP && t->wait == WAIT_DEVICE;
    bool full = p->frames == s->world.head->frames;
    return world_blocks(&s->world, proc, sig) || is_stopped(s, proc) ||
           (handles(s, proc, sig) && (in_device || full));
}

static void befall(struct sim *s, int proc, int sig, int64_t by)
{
    enum signal_fate fate = fate_of(s, proc, sig);
    tell(s, proc, sig, by, fate);
    switch (fate) {
    case FATE_HANDLER:
        enter_handler(s, proc, sig);
        break;
    case FATE_KILLS:
        end_process(s, proc, 1, sig, by);
        break;
    case FATE_STOPS:
        suspend(s, proc, reason(WHY_STOP_SIGNAL, by, 0));
        break;
    default:
        break;
    }
}

/* Stopping and going on take each other back while they are pending. */
static void take_back(struct sim *s, int target, int sig)
{
    enum { TSTP = 20 };
    uint64_t stops = (uint64_t)(bit(STOP) | bit(TSTP));
    uint64_t gone = sig == CONT                            ? stops
                    : signal_default(sig) == SIG_DOES_STOP ? (uint64_t)bit(CONT)
                                                           : 0;
    uint64_t pending = s->world.proc[target].pending;
    if (pending & gone)
        set_pending(s, target, pending & ~gone);
}

void signal_send(struct sim *s, int target, int sig, int64_t by)
{
    if (state_of(s, target) == TERMINATED)
        return;
    take_back(s, target, sig);
    if (sig == CONT && is_stopped(s, target)) {
        tell(s, target, sig, by, FATE_CONTINUES);
        activate(s, target, reason(WHY_CONT_SIGNAL, by, 0));
        return;
    }
    uint64_t pending = s->world.proc[target].pending;
    bool blocked = world_blocks(&s->world, target, sig);
    if (!blocked && fate_of(s, target, sig) == FATE_IGNORED) {
        tell(s, target, sig, by, FATE_IGNORED);
    } else if (held_back(s, target, sig)) {
        tell(s, target, sig, by, FATE_PENDING);
        set_pending(s, target, pending | (uint64_t)bit(sig));
    } else {
        befall(s, target, sig, by);
    }
}

void signal_continues(struct sim *s, int proc)
{
    take_back(s, proc, CONT);
    if (handles(s, proc, CONT))
        set_pending(s, proc, s->world.proc[proc].pending | (uint64_t)bit(CONT));
}

void signal_pending(struct sim *s, int proc)
{
    for (int sig = 1; sig <= SIGNALS; sig++) {
        const struct proc *p = &s->world.proc[proc];
        if (!(p->pending & (uint64_t)bit(sig)) || held_back(s, proc, sig))
            continue;
        if (state_of(s, proc) == TERMINATED)
            return;
        set_pending(s, proc, p->pending & ~(uint64_t)bit(sig));
        befall(s, proc, sig, -2);
    }
}

void signal_parent(struct sim *s, int proc)
{
    int parent = s->world.proc[proc].parent;
    if (parent == INIT_PROC)
        return;
    if (state_of(s, proc) == TERMINATED)
        wait_tell(s, proc);
    if (handles(s, parent, CHLD))
        signal_send(s, parent, CHLD, -2);
}

void handler_returns(struct sim *s, int proc)
{
    const struct world *w = &s->world;
    int top = w->proc[proc].frames - 1;
    struct frame f = w->frame[(int64_t)proc * w->head->frames + top];
    step_begin(s, STEP_HANDLER, proc);
    do {
        SAY(s, .kind = EV_RETURN, .proc = proc);
        step_leaves(s, proc);
        if (f.phase == PHASE_ASLEEP)
            call_interrupted(s, proc, f.disposition == SIG_HANDLED_RESTART);
        signal_pending(s, proc);
    } while (!step_confirm(s));
}

/* ---- the ops ---- */

void model_kill(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t sig = op_arg(op, KEY_sig);
    int target = world_process(&s->world, op_arg(op, KEY_kill), NONE);
    s->live.step.target = target;
    bool there = target != NONE && (state_of(s, target) != TERMINATED ||
                                    s->world.task[target].flags & TASK_ZOMBIE);
    if (!there) {
        op_returns(s, proc, -1, E_ESRCH, NO_PAYLOAD);
        return;
    }
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    if (sig != 0)
        signal_send(s, target, sig == ARG_ABSENT ? 15 : (int)sig, proc);
}

static void set_action(struct sim *s, int proc, int sig, enum disposition d,
                       int32_t op)
{
    SAY(s, .kind = EV_ACTION, .sub = (uint8_t)d, .proc = proc, .obj = sig,
        .aux = op);
    uint64_t pending = s->world.proc[proc].pending;
    bool drops = d == SIG_IGNORED ||
                 (d == SIG_DEFAULT && signal_default(sig) == SIG_DOES_IGNORE);
    if (drops && pending & (uint64_t)bit(sig))
        set_pending(s, proc, pending & ~(uint64_t)bit(sig));
}

void model_signal(struct sim *s, int proc)
{
    enum { DEFAULT, IGNORE, BLOCK, UNBLOCK };
    const struct op *op = op_at(s, proc);
    int32_t pc = s->world.task[proc].pc;
    int sig = (int)op_arg(op, KEY_signal);
    uint64_t mask = s->world.proc[proc].mask;
    switch (op_arg(op, KEY_action)) {
    case DEFAULT:
        set_action(s, proc, sig, SIG_DEFAULT, NONE);
        break;
    case IGNORE:
        set_action(s, proc, sig, SIG_IGNORED, NONE);
        break;
    case BLOCK:
        set_mask(s, proc, mask | (uint64_t)bit(sig));
        break;
    case UNBLOCK:
        set_mask(s, proc, mask & ~(uint64_t)bit(sig));
        break;
    default:
        set_action(s, proc, sig,
                   op_arg(op, KEY_restart) == 1 ? SIG_HANDLED_RESTART
                                                : SIG_HANDLED,
                   pc);
    }
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    signal_pending(s, proc);
}

void model_pause(struct sim *s, int proc)
{
    op_sleeps(s, proc, WAIT_SIGNAL, NONE, 0);
}
