/* signal.c: signals that really arrive.
 *
 * A signal is a tap on the shoulder: the kernel interrupts whatever a process
 * does, even its sleep in a call. What then happens is decided beforehand, for
 * each signal by itself: the default (most kill), ignore, or a handler, a
 * function of the program. A blocked signal waits until it is unblocked.
 *
 * A handler here is a real one, set with sigaction(2), and the ops of a
 * lesson's `do` are carried out inside of it, on the interrupted stack. So it
 * is the kernel who decides what becomes of the interrupted call: with
 * SA_RESTART a read goes back to sleep when the handler returns, without it
 * the read fails with EINTR.
 *
 * See also signal(7), and sim/mech/signal.c for the same thing in the model. */
#define _GNU_SOURCE
#include "ipc/child.h"
#include "ipc/mech/mech.h"

#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

void lab_kill(const struct order *o, struct answer *a)
{
    int sig = 0;
    if (op_arg(&o->op, KEY_sig) != ARG_ABSENT)
        sig = (int)op_arg(&o->op, KEY_sig);
    child_returned(a, kill(o->pid, sig));
}

/* The places in the list of words of `action` in ops.def. */
enum { ACT_DEFAULT, ACT_IGNORE, ACT_BLOCK, ACT_UNBLOCK };

static int set_handler(const struct order *o, int sig)
{
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_sigaction = child_handler;
    act.sa_flags = SA_SIGINFO;
    if (op_arg(&o->op, KEY_restart) == 1)
        act.sa_flags |= SA_RESTART;
    return sigaction(sig, &act, NULL);
}

static int set_action(int sig, int64_t action)
{
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = action == ACT_IGNORE ? SIG_IGN : SIG_DFL;
    return sigaction(sig, &act, NULL);
}

static int set_mask(int sig, int64_t action)
{
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, sig);
    return sigprocmask(action == ACT_BLOCK ? SIG_BLOCK : SIG_UNBLOCK, &one,
                       NULL);
}

void lab_signal(const struct order *o, struct answer *a)
{
    int sig = (int)op_arg(&o->op, KEY_signal);
    int64_t action = op_arg(&o->op, KEY_action);
    if (action == ARG_ABSENT)
        child_returned(a, set_handler(o, sig));
    else if (action == ACT_BLOCK || action == ACT_UNBLOCK)
        child_returned(a, set_mask(sig, action));
    else
        child_returned(a, set_action(sig, action));
}

void lab_pause(const struct order *o, struct answer *a)
{
    (void)o;
#ifdef SYS_pause
    child_may_sleep(SYS_pause, CHILD_ANY);
#endif
    child_returned(a, pause());
}
