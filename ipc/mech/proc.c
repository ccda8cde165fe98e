/* proc.c: processes that are born, wait for each other and end, for real.
 *
 * fork(2) makes a second process out of one. Both go on at the same place;
 * only the return value tells them apart: the parent gets the child's process
 * id, the child gets 0. The child starts with a copy of everything, open
 * descriptors included, and that is what makes a pipe between them possible.
 *
 * A process that has ended is not gone yet: its exit status waits for the
 * parent. Until the parent has taken it with waitpid(2), the process is a
 * zombie, letter Z in ps(1). A parent that asks too early sleeps.
 *
 * Try: `ps -o pid,ppid,stat,wchan,comm` in a terminal while a lesson plays.
 * Its processes are there, under their names in the lesson.
 *
 * See also fork(2), waitpid(2), _exit(2), nice(2), sched_yield(2), and
 * sim/mech/proc.c for the same thing in the model. */
#define _GNU_SOURCE
#include "ipc/child.h"
#include "ipc/mech/mech.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child lives in a slot of its own and never comes back from here. */
void lab_fork(const struct order *o, struct answer *a)
{
    pid_t pid = fork();
    if (pid == 0)
        child_live(o->slot, o->name);
    child_returned(a, pid);
}

void lab_wait(const struct order *o, struct answer *a)
{
    int flags = op_flag(&o->op, "WNOHANG") ? WNOHANG : 0;
    child_may_sleep(SYS_wait4, o->pid);
    child_returned(a, waitpid(o->pid, &a->status, flags));
}

/* _exit and not exit: what the lab registered with atexit(3) is not ours. */
void lab_exit(const struct order *o, struct answer *a)
{
    (void)a;
    _exit((int)op_arg(&o->op, KEY_exit));
}

/* Falling off the end of a program. */
void lab_end(const struct order *o, struct answer *a)
{
    (void)o;
    (void)a;
    _exit(0);
}

void lab_yield(const struct order *o, struct answer *a)
{
    (void)o;
    child_returned(a, sched_yield());
}

/* nice(2) may return -1 for "niceness -1": only errno tells. */
void lab_nice(const struct order *o, struct answer *a)
{
    errno = 0;
    int by = (int)op_arg(&o->op, KEY_nice);
    int nicer = nice(by);
    bool failed = nicer == -1 && errno;
    a->ret = failed ? -1 : child_niceness(by, nicer);
    a->error = failed ? errno : 0;
}

/* The clock of a lesson counts ticks, not seconds, so the process sleeps until
 * the lab rings: asleep all the same, letter S. */
void lab_sleep(const struct order *o, struct answer *a)
{
    child_returned(a, child_sleep(o->seq));
}

void lab_until(const struct order *o, struct answer *a)
{
    lab_sleep(o, a);
}

/* The signals that have a handler here. */
static void handled_signals(sigset_t *set)
{
    sigemptyset(set);
    for (int sig = 1; sig < SIGNALS; sig++) {
        struct sigaction now;
        if (sigaction(sig, NULL, &now) == 0 && now.sa_handler != SIG_DFL &&
            now.sa_handler != SIG_IGN)
            sigaddset(set, sig);
    }
}

/* Who waits for a device is not disturbed: handlers run when it is done, as
 * with the uninterruptible sleep (letter D) of a real disk. */
void lab_io(const struct order *o, struct answer *a)
{
    sigset_t handled, before;
    handled_signals(&handled);
    sigprocmask(SIG_BLOCK, &handled, &before);
    int ret = child_sleep(o->seq);
    sigprocmask(SIG_SETMASK, &before, NULL);
    child_returned(a, ret);
}

/* Computing is what a child does at the gate while the clock plays (child.c);
 * loops and variables are the program's own: no call stands behind them. */
static void nothing_to_call(struct answer *a)
{
    a->ret = 0;
    a->error = 0;
}

void lab_cpu(const struct order *o, struct answer *a)
{
    (void)o;
    nothing_to_call(a);
}

void lab_repeat(const struct order *o, struct answer *a)
{
    (void)o;
    nothing_to_call(a);
}

void lab_set(const struct order *o, struct answer *a)
{
    (void)o;
    nothing_to_call(a);
}

void lab_add(const struct order *o, struct answer *a)
{
    (void)o;
    nothing_to_call(a);
}
