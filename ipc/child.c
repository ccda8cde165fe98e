/* child.c: a real process that does what the model decided.
 *
 * A scheduler that holds a process back must not disturb it. Stopping it with
 * SIGSTOP would: a stopped writer returns short, a stopped reader loses its
 * place in the queue. So ours waits at a *gate*: asleep on a futex in memory
 * that it shares with the lab, in no call that a lesson is about. Between two
 * orders a child is always there.
 *
 * While a process is running in the model and the clock plays, its child burns
 * real CPU time at the gate; top(1) shows it.
 *
 * A signal handler is a second gate inside of the first. It runs on top of the
 * interrupted call, and the call goes on or fails when the handler has been
 * left, as the kernel decides. */
#define _GNU_SOURCE
#include "ipc/child.h"

#include "ipc/actor.h"
#include "ipc/mech/ipc_key.h"
#include "ipc/mech/mech.h"
#include "ipc/sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static struct {
    struct wire wire;
    const struct scenario *scenario;
    struct slot *slot;
    int number; /* of the slot */
    uint32_t taken; /* seq of the last order it has begun */
    uint32_t depth; /* handlers it is in */
    bool in_call;
    int nice;  /* as the model says */
    int nicer; /* than that */
} me;

uint32_t child_ticket(void)
{
    return atomic_fetch_add(&me.wire.head->ticket, 1) + 1;
}

/* Waking the lab costs a call and a change of process, so only if it sleeps
 * and this is the last that it sleeps for. */
static void tell(void)
{
    struct wire_head *head = me.wire.head;
    uint32_t news = atomic_fetch_add(&head->news, 1) + 1;
    if (atomic_load(&head->listening) &&
        (int32_t)(news - atomic_load(&head->wake_at)) >= 0)
        futex_wake(&head->news);
}

/* ---- for the calls ---- */

void child_may_sleep(long call, int64_t first_argument)
{
    me.slot->call[me.depth] = call;
    me.slot->call_arg[me.depth] = first_argument;
}

void child_returned(struct answer *a, int64_t ret)
{
    a->ret = ret;
    a->error = ret < 0 ? errno : 0;
    me.in_call = false;
}

bool child_refused(const struct order *o, struct answer *a)
{
    if (!o->refused)
        return false;
    errno = o->refused;
    child_returned(a, -1);
    return true;
}

unsigned char *child_bytes(void)
{
    return wire_bytes(&me.wire, me.number, me.depth);
}

struct mapped *child_mapped(void)
{
    return me.slot->mapped;
}

const struct scenario *child_scenario(void)
{
    return me.scenario;
}

/* A futex that waits with a bound is not restarted after a handler, just as
 * nanosleep(2) is not; the bound itself is never reached. */
int child_sleep(uint32_t seq)
{
    const int64_t long_enough = INT64_C(1) << 60; /* ns: 36 years */
    _Atomic uint32_t *alarm = &me.slot->alarm[me.depth];
    child_may_sleep(SYS_futex, (int64_t)(uintptr_t)alarm);
    for (;;) {
        uint32_t seen = atomic_load(alarm);
        if (seen == seq)
            return 0;
        if (futex_wait(alarm, seen, long_enough) == EINTR) {
            errno = EINTR;
            return -1;
        }
    }
}

/* Where the system's niceness ends, ours may have some way to go. */
int child_niceness(int by, int nice)
{
    const int most = 19;
    me.nice = me.nice + by < most ? me.nice + by : most;
    bool hidden = nice == most && me.nice + me.nicer > most;
    return hidden ? me.nice : nice - me.nicer;
}

/* ---- what is made has to be removed ---- */

/* Behind sweep.h's numbers stand those of enum object_kind. */
static bool is_sysv(const struct op *op, enum sysv_kind *kind)
{
    enum object_kind of = object_kind(op);
    *kind = (enum sysv_kind)(of - OBJECT_MSGQ);
    return of != OBJECT_NONE;
}

/* Whether the sweeper has to know before the call: -1 if not. */
static int make_known(const struct order *o)
{
    enum sysv_kind kind;
    key_t key;
    if (!is_sysv(&o->op, &kind) ||
        op_about((enum verb)o->op.verb)->call != CALL_OBJECT ||
        !ipc_key(o, &key))
        return -1;
    return sweep_means(kind, (int)key);
}

static bool removes(const struct op *op)
{
    const struct op_about *about = op_about((enum verb)op->verb);
    for (int i = 0; i < about->args; i++)
        if (about->arg[i].key == KEY_cmd)
            return op->arg[i] ==
                   word_place(about->arg[i].words, "IPC_RMID", 8);
    return false;
}

/* Looking changes nothing, but telling these commands from the others would
 * not be cheaper. */
static void make_changes_known(const struct order *o, const struct answer *a)
{
    enum sysv_kind kind;
    if (!is_sysv(&o->op, &kind) || a->ret < 0)
        return;
    enum op_call call = (enum op_call)op_about((enum verb)o->op.verb)->call;
    if (call == CALL_FILLS)
        sweep_changed(kind, (int)o->id, removes(&o->op));
}

static void call_for_real(const struct order *o, struct answer *a)
{
    int entry = make_known(o);
    lab_calls[o->op.verb](o, a);
    sweep_owns(entry, (int)a->ret);
    make_changes_known(o, a);
}

/* ---- the gate ---- */

static void post(const struct answer *a)
{
    struct answer *to = &me.slot->answer[me.depth];
    *to = *a;
    to->ticket = child_ticket();
    atomic_store(&me.slot->answered[me.depth], a->seq);
    tell();
}

/* The order is copied: a handler's orders will lie in the same place. False
 * when it is to leave the handler. */
static bool carry_out(void)
{
    struct order o = me.slot->order;
    me.taken = o.seq;
    if (o.kind == ORDER_LEAVE)
        return false;
    struct answer a = {
        .seq = o.seq, .fd = {-1, -1}, .bytes = -1, .size = -1, .poll = -1};
    child_may_sleep(-1, CHILD_ANY);
    me.in_call = true;
    call_for_real(&o, &a);
    me.in_call = false;
    post(&a);
    return true;
}

/* Some microseconds of work that no compiler removes. */
static void compute(void)
{
    static volatile uint32_t number = 1;
    for (int i = 0; i < 5000; i++)
        number = number * 1664525u + 1013904223u;
}

static bool shall_burn(void)
{
    return atomic_load(&me.slot->burn) &&
           atomic_load(&me.wire.head->playing);
}

/* Returns when the lab wants the innermost handler to be left. */
static void gate(void)
{
    for (;;) {
        uint32_t bell = atomic_load(&me.slot->bell);
        if (atomic_load(&me.slot->posted) != me.taken) {
            if (!carry_out())
                return;
        } else if (shall_burn()) {
            compute();
        } else {
            futex_wait(&me.slot->bell, bell, -1);
        }
    }
}

void child_is(const struct birth *b, int nicer)
{
    me.wire = *b->wire;
    me.scenario = b->scenario;
    me.nice = b->nice;
    me.nicer = nicer;
}

void child_live(int slot, const char *name)
{
    prctl(PR_SET_NAME, name);
    const struct slot *parents = me.slot;
    me.number = slot;
    me.slot = wire_slot(&me.wire, slot);
    if (parents)
        memcpy(me.slot->mapped, parents->mapped, sizeof me.slot->mapped);
    me.taken = 0;
    me.depth = 0;
    me.in_call = false;
    atomic_store(&me.slot->pid, (int32_t)getpid());
    tell();
    gate();
    _exit(127); /* told to leave a handler that it is not in */
}

/* ---- handlers ---- */

/* What the kernel has decided about the call that the handler interrupts. It
 * has written it into the registers that it will restore: either the place
 * behind the system call with the returned value, or the system call's own
 * place, which carries it out again. */
static enum early early_return(const void *context, int64_t *value)
{
    const ucontext_t *user = context;
#if defined(__x86_64__)
    static const unsigned char call[] = {0x0f, 0x05}; /* syscall */
    const greg_t *reg = user->uc_mcontext.gregs;
    const unsigned char *at = (const unsigned char *)reg[REG_RIP];
    *value = reg[REG_RAX];
#elif defined(__aarch64__)
    static const unsigned char call[] = {0x01, 0x00, 0x00, 0xd4}; /* svc 0 */
    const unsigned char *at = (const unsigned char *)user->uc_mcontext.pc;
    *value = (int64_t)user->uc_mcontext.regs[0];
#else
    static const unsigned char call[] = {0};
    const unsigned char *at = NULL;
    (void)user;
    *value = 0;
    return EARLY_NOTHING;
#endif
    if (memcmp(at - sizeof call, call, sizeof call) == 0)
        return EARLY_RETURNED;
    if (memcmp(at, call, sizeof call) == 0)
        return EARLY_RESTARTS;
    return EARLY_NOTHING;
}

void child_handler(int sig, siginfo_t *about, void *context)
{
    (void)sig;
    (void)about;
    int saved = errno;
    uint32_t outer = me.depth;
    bool in_call = me.in_call;
    if (outer + 1 >= DEPTHS)
        _exit(126); /* the model allows no more than FRAMES_MAX */
    me.slot->early[outer] = EARLY_NOTHING;
    if (in_call)
        me.slot->early[outer] =
            early_return(context, &me.slot->early_value[outer]);
    me.slot->enter_ticket = child_ticket();
    me.depth = outer + 1;
    me.in_call = false;
    atomic_fetch_add(&me.slot->entered, 1);
    tell();
    gate();
    me.depth = outer;
    me.in_call = in_call;
    atomic_fetch_add(&me.slot->left, 1);
    tell();
    errno = saved;
}
