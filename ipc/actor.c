/* actor.c: one real process as the lab sees it.
 *
 * The lab plays init for its children: it starts those that nobody forks, and
 * as a "subreaper" (prctl(2)) it becomes the parent of every orphan. Whether
 * somebody has ended is asked of a pidfd, a descriptor that means exactly this
 * process and never a later one with the same number (pidfd_open(2)). */
#define _GNU_SOURCE
#include "ipc/actor.h"

#include "ipc/sandbox.h"
#include "sim/base/mem.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct actor *actor_of(struct lab *lab, int proc)
{
    if (proc < 0 || (size_t)proc >= lab->actor_of_room)
        return NULL;
    int32_t i = lab->actor_of[proc];
    return i < 0 ? NULL : &lab->actor[i];
}

struct actor *actor_with_pid(struct lab *lab, int pid)
{
    for (int i = 0; i < lab->high; i++)
        if (lab->actor[i].used && lab->actor[i].pid == pid)
            return &lab->actor[i];
    return NULL;
}

int pid_of_proc(const struct lab *lab, int proc)
{
    bool known = proc >= 0 && (size_t)proc < lab->pid_of_room;
    return known ? lab->pid_of[proc] : 0;
}

int proc_with_pid(const struct lab *lab, int pid)
{
    for (size_t i = lab->pid_of_room; pid > 0 && i-- > 0;)
        if (lab->pid_of[i] == pid)
            return (int)i;
    return NONE;
}

int pid_shown(const struct lab *lab, int pid)
{
    int proc = proc_with_pid(lab, pid);
    if (proc == NONE || !sandbox_inside() || !lab->world)
        return pid;
    const struct actor *a = actor_of((struct lab *)lab, proc);
    return a && a->pid ? a->shown : lab->world->proc[proc].real_pid;
}

static void remember_pid(struct lab *lab, int proc, int pid)
{
    size_t old = lab->pid_of_room;
    lab->pid_of = mem_grow(lab->pid_of, (size_t)proc + 1, &lab->pid_of_room,
                           sizeof *lab->pid_of);
    for (size_t i = old; i < lab->pid_of_room; i++)
        lab->pid_of[i] = 0;
    lab->pid_of[proc] = pid;
}

static void remember(struct lab *lab, int proc, int32_t actor)
{
    size_t old = lab->actor_of_room;
    lab->actor_of = mem_grow(lab->actor_of, (size_t)proc + 1,
                             &lab->actor_of_room, sizeof *lab->actor_of);
    for (size_t i = old; i < lab->actor_of_room; i++)
        lab->actor_of[i] = -1;
    lab->actor_of[proc] = actor;
}

struct actor *actor_new(struct lab *lab, int proc)
{
    for (int i = 0; i < lab->wire.slot_count; i++) {
        struct actor *a = &lab->actor[i];
        if (a->used)
            continue;
        *a = (struct actor){.used = true, .proc = proc, .pidfd = -1,
                            .status = -1, .place = NONE};
        memset(wire_slot(&lab->wire, i), 0, sizeof(struct slot));
        remember(lab, proc, (int32_t)i);
        lab->high = i < lab->high ? lab->high : i + 1;
        return a;
    }
    return NULL;
}

int actor_start(struct lab *lab, struct actor *a, const char *name)
{
    struct birth b = {
        .wire = &lab->wire,
        .scenario = lab->scenario,
        .slot = (int)(a - lab->actor),
        .name = name,
        .liveness_read = lab->liveness[0],
        .liveness_write = lab->liveness[1],
        .nice = lab->world ? lab->world->proc[a->proc].nice : 0,
    };
    /* The watchdog's signal would make a slow fork begin anew, for ever. */
    sigset_t alarm, before;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm, &before);
    pid_t pid = fork();
    if (pid == 0)
        child_begin(&b);
    int error = pid < 0 ? errno : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (error)
        return error;
    a->forked = pid;
    return 0;
}

void actor_born(struct lab *lab, struct actor *a)
{
    a->pid = atomic_load(&actor_slot(lab, a)->pid);
#ifdef SYS_pidfd_open
    a->pidfd = (int)syscall(SYS_pidfd_open, a->pid, 0);
#endif
    a->shown = sandbox_pid_outside(a->pid);
    remember_pid(lab, a->proc, a->pid);
    lab->observer->begin(&a->watched, a->shown);
}

struct call *actor_call(struct actor *a)
{
    struct call *c = &a->call[a->depth];
    return c->seq ? c : NULL;
}

void actor_ring(struct lab *lab, struct actor *a)
{
    struct slot *s = actor_slot(lab, a);
    atomic_fetch_add(&s->bell, 1);
    futex_wake(&s->bell);
}

void actor_order(struct lab *lab, struct actor *a, struct order *o)
{
    struct slot *s = actor_slot(lab, a);
    o->seq = ++lab->seq;
    s->order = *o;
    atomic_store(&s->burn, 0);
    atomic_store(&s->posted, o->seq);
    actor_ring(lab, a);
}

/* ---- death ---- */

/* A pidfd becomes readable when the process is a zombie. Without pidfds
 * (before Linux 5.3) signal 0 tells only who is gone for good. */
bool actor_ended(const struct actor *a)
{
    if (a->dead)
        return true;
    if (a->pidfd >= 0) {
        struct pollfd look = {.fd = a->pidfd, .events = POLLIN};
        return poll(&look, 1, 0) > 0;
    }
    siginfo_t seen = {0};
    if (waitid(P_PID, (id_t)a->pid, &seen, WEXITED | WNOHANG | WNOWAIT) == 0)
        return seen.si_pid != 0;
    return kill(a->pid, 0) < 0;
}

void actor_died(struct lab *lab, struct actor *a)
{
    a->dead = true;
    a->stopped = false;
    a->depth = 0;
    memset(a->call, 0, sizeof a->call);
    lab->observer->letter(&a->watched, &a->status);
}

void actor_gone(struct lab *lab, struct actor *a)
{
    lab->observer->end(&a->watched);
    if (a->pidfd >= 0)
        close(a->pidfd);
    if (actor_of(lab, a->proc) == a)
        lab->actor_of[a->proc] = -1;
    *a = (struct actor){0};
    while (lab->high > 0 && !lab->actor[lab->high - 1].used)
        lab->high--;
}

void actors_reap(struct lab *lab)
{
    int status;
    for (;;) {
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid < 0 && errno == EINTR)
            continue;
        if (pid <= 0)
            return;
        struct actor *a = actor_with_pid(lab, pid);
        if (!a)
            continue;
        if (!a->dead)
            actor_died(lab, a);
        a->status = status;
        actor_gone(lab, a);
    }
}

void actor_name(struct lab *lab, int proc, char *to, size_t room)
{
    if (lab->world && proc >= 0 && proc < lab->world->head->procs) {
        struct str name = {0};
        world_write_name(lab->world, proc, &name);
        snprintf(to, room, "%s", str_text(&name));
        str_free(&name);
    } else {
        snprintf(to, room, "process %d", proc + 1);
    }
}
