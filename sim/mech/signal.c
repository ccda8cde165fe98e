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

/* `how` the call that it interrupts goes on later: a disposition. */
static void enter_handler(struct sim *s, int proc, int sig, int32_t how)
{
    struct handler h = world_handler(&s->world, proc, sig);
    uint64_t mask = s->world.proc[proc].mask;
    step_enters(s, proc);
    SAY(s, .kind = EV_HANDLE, .sub = (uint8_t)sig, .proc = proc, .aux = h.op,
        .val = how);
    set_mask(s, proc, mask | (uint64_t)bit(sig));
    if (state_of(s, proc) == BLOCKED)
        change_state(s, proc, T_WAKE, reason(WHY_SIGNAL_CAME, sig, 0));
}

/* What becomes of a signal that nothing holds back. */
static enum signal_fate fate_of(const struct sim *s, int proc, int sig)
{
    if (sig != KILL && sig != STOP) {
        if (world_handles(&s->world, proc, sig))
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

static bool has_pending(const struct sim *s, int proc, int sig)
{
    return s->world.proc[proc].pending & (uint64_t)bit(sig) &&
           (sig == STOP || !world_blocks(&s->world, proc, sig));
}

/* The pending signal that stops `proc` if nothing else does, -1: none. */
static int stopper(const struct sim *s, int proc)
{
    if (has_pending(s, proc, STOP))
        return STOP;
    bool stops = has_pending(s, proc, TSTP) &&
                 fate_of(s, proc, TSTP) == FATE_STOPS;
    return stops ? TSTP : -1;
}

/* Who has not been admitted has no place among the suspended; the signal stays
 * pending till then. The process itself stops at once. */
static bool stopped_while_new(const struct sim *s, int proc)
{
    return state_of(s, proc) == NEW && stopper(s, proc) > 0;
}

static bool held_back(const struct sim *s, int proc, int sig)
{
    if (sig == KILL)
        return false;
    if (state_of(s, proc) == NEW && fate_of(s, proc, sig) == FATE_STOPS)
        return true;
    if (sig == STOP)
        return false;
    const struct proc *p = &s->world.proc[proc];
    const struct task *t = &s->world.task[proc];
    if (stopped_while_new(s, proc))
        return true;
    bool in_device = t->phase == PHASE_ASLEEP && t->wait == WAIT_DEVICE;
    bool full = p->frames == s->world.head->frames;
    return world_blocks(&s->world, proc, sig) || is_stopped(s, proc) ||
           (world_handles(&s->world, proc, sig) && (in_device || full));
}

static void befall(struct sim *s, int proc, int sig, int64_t by)
{
    enum signal_fate fate = fate_of(s, proc, sig);
    tell(s, proc, sig, by, fate);
    switch (fate) {
    case FATE_HANDLER:
        enter_handler(s, proc, sig,
                      world_handler(&s->world, proc, sig).disposition);
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

/* A fault cannot wait: whoever ignores or blocks SIGSEGV dies of it, as if the
 * default were set (force_sig_fault in Linux's kernel/signal.c). */
void signal_fault(struct sim *s, int proc)
{
    bool handled = world_handles(&s->world, proc, SEGV) &&
                   !world_blocks(&s->world, proc, SEGV) &&
                   s->world.proc[proc].frames < s->world.head->frames;
    tell(s, proc, SEGV, -2, handled ? FATE_HANDLER : FATE_KILLS);
    if (handled)
        enter_handler(s, proc, SEGV,
                      world_handler(&s->world, proc, SEGV).disposition);
    else
        end_process(s, proc, 1, SEGV, -2);
}

/* Stopping and going on take each other back while they are pending. */
static void take_back(struct sim *s, int target, int sig)
{
    uint64_t stops = (uint64_t)(bit(STOP) | bit(TSTP));
    uint64_t gone = sig == CONT                            ? stops
                    : signal_default(sig) == SIG_DOES_STOP ? (uint64_t)bit(CONT)
                                                           : 0;
    uint64_t pending = s->world.proc[target].pending;
    if (!(pending & gone))
        return;
    bool stopped = stopped_while_new(s, target);
    set_pending(s, target, pending & ~gone);
    if (stopped && !stopped_while_new(s, target)) {
        step_goes_on(s, target);
        signal_parent(s, target);
    }
}

static void put_off(struct sim *s, int target, int sig, int64_t by)
{
    bool stopped = stopped_while_new(s, target);
    uint64_t pending = s->world.proc[target].pending;
    tell(s, target, sig, by, FATE_PENDING);
    set_pending(s, target, pending | (uint64_t)bit(sig));
    if (!stopped && stopped_while_new(s, target)) {
        step_stops(s, target);
        signal_parent(s, target);
    }
}

void signal_send(struct sim *s, int target, int sig, int64_t by)
{
    if (state_of(s, target) == TERMINATED)
        return;
    if (sig == CONT && stopped_while_new(s, target)) {
        tell(s, target, sig, by, FATE_CONTINUES);
        signal_continues(s, target);
        signal_pending(s, target);
        return;
    }
    take_back(s, target, sig);
    if (sig == CONT && is_stopped(s, target)) {
        tell(s, target, sig, by, FATE_CONTINUES);
        activate(s, target, reason(WHY_CONT_SIGNAL, by, 0));
        return;
    }
    bool blocked = world_blocks(&s->world, target, sig);
    if (!blocked && fate_of(s, target, sig) == FATE_IGNORED)
        tell(s, target, sig, by, FATE_IGNORED);
    else if (held_back(s, target, sig))
        put_off(s, target, sig, by);
    else
        befall(s, target, sig, by);
}

void signal_continues(struct sim *s, int proc)
{
    take_back(s, proc, CONT);
    if (world_handles(&s->world, proc, CONT))
        set_pending(s, proc, s->world.proc[proc].pending | (uint64_t)bit(CONT));
}

/* Linux delivers the lowest number first, but before all others those that
 * tell of a fault of the program itself, whoever has sent them (SYNCHRONOUS_MASK
 * in its kernel/signal.c): ILL, TRAP, BUS, FPE, SEGV, SYS. */
static bool tells_of_fault(int sig)
{
    return sig == 4 || sig == 5 || sig == 7 || sig == 8 || sig == 11 ||
           sig == 31;
}

/* The pending signal that `proc` gets next, 0: nothing that is not held back.
 */
static int next_signal(const struct sim *s, int proc)
{
    uint64_t pending = s->world.proc[proc].pending;
    int lowest = 0;
    if (!pending || state_of(s, proc) == TERMINATED)
        return 0;
    for (int sig = 1; sig <= SIGNALS; sig++) {
        if (!(pending & (uint64_t)bit(sig)) || held_back(s, proc, sig))
            continue;
        if (tells_of_fault(sig))
            return sig;
        if (!lowest)
            lowest = sig;
    }
    return lowest;
}

static void no_more_pending(struct sim *s, int proc, int sig)
{
    set_pending(s, proc, s->world.proc[proc].pending & ~(uint64_t)bit(sig));
}

void signal_pending(struct sim *s, int proc)
{
    int sig;
    while ((sig = next_signal(s, proc)) > 0) {
        no_more_pending(s, proc, sig);
        befall(s, proc, sig, -2);
    }
}

void signal_admitted(struct sim *s, int proc)
{
    int sig = stopper(s, proc);
    if (sig > 0) {
        no_more_pending(s, proc, sig);
        tell(s, proc, sig, -2, FATE_STOPS);
        change_state(s, proc, T_SUSPEND, reason(WHY_STOP_SIGNAL, -2, 0));
    }
    signal_pending(s, proc);
}

/* Whether SIGCHLD is sent at all. Who ignores it is not even told; where the
 * default does, unblocked, it leaves no trace. */
static bool hears_of_children(const struct sim *s, int proc)
{
    int d = world_handler(&s->world, proc, CHLD).disposition;
    return world_handles(&s->world, proc, CHLD) ||
           (d == SIG_DEFAULT && world_blocks(&s->world, proc, CHLD));
}

void signal_parent(struct sim *s, int proc)
{
    int parent = s->world.proc[proc].parent;
    if (parent == INIT_PROC || race_is_late(s, parent, proc))
        return;
    if (state_of(s, proc) == TERMINATED)
        wait_tell(s, proc);
    if (hears_of_children(s, parent))
        signal_send(s, parent, CHLD, -2);
}

void signal_parent_once(struct sim *s, const int *proc, int count)
{
    int parent = count ? s->world.proc[proc[0]].parent : INIT_PROC;
    if (parent == INIT_PROC)
        return; /* it has ended itself meanwhile */
    for (int i = 0; i < count; i++)
        if (state_of(s, proc[i]) == TERMINATED)
            wait_tell(s, proc[i]);
    for (int i = 1; i < count; i++)
        tell(s, parent, CHLD, -2, FATE_MERGED);
    signal_send(s, parent, CHLD, -2);
}

/* The call that a handler has interrupted goes on: at once, or, if the next
 * handler is waiting already, after that one. */
static void go_on_with_call(struct sim *s, int proc, int32_t how)
{
    int sig = next_signal(s, proc);
    if (sig > 0 && fate_of(s, proc, sig) == FATE_HANDLER) {
        no_more_pending(s, proc, sig);
        tell(s, proc, sig, -2, FATE_HANDLER);
        enter_handler(s, proc, sig, how);
    } else {
        call_interrupted(s, proc, how == SIG_HANDLED_RESTART);
    }
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
            go_on_with_call(s, proc, f.disposition);
        signal_pending(s, proc);
        shm_fault_again(s, proc);
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
