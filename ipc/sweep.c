/* sweep.c: the janitor.
 *
 * The kernel forgets a process with all its memory and descriptors, but it
 * keeps System V objects and files until somebody removes them. Whoever wants
 * to be sure has to leave somebody behind who is not killed together with the
 * rest: a process in a session of its own, so that no key of a terminal
 * reaches it. It holds one end of a socket;
 * the lab and all its children hold the other. When the last of them is gone,
 * it reads the end of the file, and cleans up.
 *
 * Somebody may kill the janitor, too. Then there is still the lease.
 *
 * See also svipc(7), daemon(7). */
#define _GNU_SOURCE
#include "ipc/sweep.h"

#include "ipc/lease.h"
#include "ipc/sandbox.h"
#include "sim/model/world.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct {
    struct lease *lease;
    char path[LEASE_PATH]; /* of its file, "": it has none */
    int fd;                /* to the janitor */
    pid_t janitor;
    pid_t maker; /* whose all of this is */
} sweep = {.fd = -1};

/* ---- the janitor ---- */

static void close_all_but(int keep)
{
#ifdef SYS_close_range
    if ((keep == 0 || syscall(SYS_close_range, 0, keep - 1, 0) == 0) &&
        syscall(SYS_close_range, (unsigned)keep + 1, ~0u, 0) == 0)
        return;
#endif
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    for (int fd = 0; (rlim_t)fd < limit.rlim_cur; fd++)
        if (fd != keep)
            close(fd);
}

static void wait_for_end(int fd)
{
    char byte;
    ssize_t n;
    do
        n = read(fd, &byte, 1);
    while (n > 0 || (n < 0 && errno == EINTR));
}

static void stand_apart(const char *name, int keep)
{
    setsid();
    prctl(PR_SET_NAME, name);
    close_all_but(keep);
    if (chdir("/") < 0)
        _exit(1);
}

/* The lease is the first thing that somebody would have to remove, so the
 * janitor makes it, who is already there to remove it. */
static _Noreturn void be_janitor(int fd)
{
    char path[LEASE_PATH];
    stand_apart("timeslice-sweep", fd);
    lease_sign(&sweep.lease->janitor);
    struct lease *l = lease_keep(sweep.lease, path);
    if (send(fd, path, sizeof path, MSG_NOSIGNAL) == sizeof path)
        wait_for_end(fd);
    lease_sweep_objects(l);
    lease_sweep_place(l);
    lease_forget(path);
    _exit(0);
}

/* A child that is made without a signal for its end is not among those that
 * wait(2) waits for, unless asked: so the lab's own waiting does not find it.
 * No signal but SIGKILL reaches it, from its first moment on. */
static pid_t clone_apart(void)
{
    sigset_t all, ours;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &ours);
    pid_t pid = (pid_t)syscall(SYS_clone, 0ul, 0ul, 0ul, 0ul, 0ul);
    if (pid != 0)
        sigprocmask(SIG_SETMASK, &ours, NULL);
    return pid;
}

/* Where the janitor has put the lease. */
static bool hear_janitor(void)
{
    ssize_t n;
    do
        n = recv(sweep.fd, sweep.path, sizeof sweep.path, MSG_WAITALL);
    while (n < 0 && errno == EINTR);
    if (n != sizeof sweep.path)
        return false;
    struct lease *kept = sweep.path[0] ? lease_open(sweep.path) : NULL;
    if (!kept)
        return !sweep.path[0];
    lease_free(sweep.lease);
    sweep.lease = kept;
    return true;
}

static void close_janitor(void)
{
    close(sweep.fd);
    sweep.fd = -1;
    while (waitpid(sweep.janitor, NULL, (int)__WCLONE) < 0 && errno == EINTR)
        continue;
}

/* The descriptor goes up to where no program's will be. */
static bool start_janitor(void)
{
    enum { HIGH = FDS_MAX };
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return false;
    sweep.fd = fcntl(pair[0], F_DUPFD_CLOEXEC, HIGH);
    close(pair[0]);
    sweep.janitor = sweep.fd >= 0 ? clone_apart() : -1;
    if (sweep.janitor == 0)
        be_janitor(pair[1]);
    close(pair[1]);
    if (sweep.janitor > 0 && hear_janitor())
        return true;
    if (sweep.janitor > 0)
        close_janitor();
    else if (sweep.fd >= 0)
        close(sweep.fd);
    sweep.fd = -1;
    sweep_dead(); /* the janitor, if he was killed just now */
    return false;
}

static void forget(void)
{
    lease_free(sweep.lease);
    sweep.lease = NULL;
    sweep.path[0] = '\0';
}

/* A copy of the process by fork(2) that opens a lab begins anew; so does one
 * that has gone inside. */
static void forget_parents(void)
{
    if (sweep.lease && sweep.maker == getpid())
        return;
    if (sweep.fd >= 0)
        close(sweep.fd);
    sweep.fd = -1;
    forget();
}

/* Inside, nobody has to clean up after us. */
bool sweep_begin(void)
{
    forget_parents();
    if (sweep.lease)
        return true;
    bool outside = !sandbox_inside();
    if (outside)
        sweep_dead();
    sweep.lease = lease_new();
    sweep.maker = getpid();
    if (sweep.lease && outside && !start_janitor())
        forget();
    return sweep.lease != NULL;
}

/* ---- behind a window ---- */

/* Who made what, and since when. */
struct maker {
    pid_t pid;
    int64_t since;
};

static bool remove_if_his(void *ctx, const struct sysv_object *o)
{
    const struct maker *m = ctx;
    if (o->maker == (int)m->pid && o->key == IPC_PRIVATE &&
        o->creator == geteuid() && o->changed >= m->since)
        sysv_remove(o->kind, o->id);
    return true;
}

void sweep_after_window(void)
{
    struct maker window = {.pid = getpid(), .since = (int64_t)time(NULL)};
    int alive[2]; /* nobody but the window has the writing end */
    if (pipe2(alive, O_CLOEXEC) < 0)
        return;
    if (clone_apart() == 0) {
        stand_apart("timeslice-shm", alive[0]);
        wait_for_end(alive[0]);
        sysv_each(SYSV_SHM, remove_if_his, &window);
        _exit(0);
    }
    close(alive[0]);
}

void sweep_dead(void)
{
    lease_sweep_dead();
}

int sweep_descriptor(void)
{
    return sweep.fd;
}

void sweep_owns_place(const char *path)
{
    if (sweep.lease)
        snprintf(sweep.lease->place, LEASE_PATH, "%s", path);
}

/* ---- in a child ---- */

static int64_t now(void)
{
    return (int64_t)time(NULL);
}

/* An entry is taken as a whole or not at all: two children may be at it. */
static int take_entry(void)
{
    for (int i = 0; sweep.lease && i < LEASE_OBJECTS; i++) {
        int32_t state = LEASE_FREE;
        if (atomic_compare_exchange_strong(&sweep.lease->object[i].state,
                                           &state, LEASE_FILLED))
            return i;
    }
    return -1;
}

static int entry_of(enum sysv_kind kind, int id)
{
    for (int i = 0; sweep.lease && i < LEASE_OBJECTS; i++) {
        const struct lease_object *e = &sweep.lease->object[i];
        if (atomic_load(&e->state) == LEASE_OURS &&
            e->kind == (int32_t)kind && e->id == id)
            return i;
    }
    return -1;
}

bool sweep_has_room(void)
{
    for (int i = 0; sweep.lease && i < LEASE_OBJECTS; i++)
        if (atomic_load(&sweep.lease->object[i].state) == LEASE_FREE)
            return true;
    return false;
}

int sweep_means(enum sysv_kind kind, int key)
{
    int i = take_entry();
    if (i < 0)
        return -1;
    struct lease_object *e = &sweep.lease->object[i];
    e->kind = (int32_t)kind;
    e->key = key;
    e->id = -1;
    e->maker = (int32_t)getpid();
    e->since = now();
    atomic_store(&e->state, LEASE_MEANT);
    return i;
}

/* One that we had before needs no second entry. */
void sweep_owns(int entry, int id)
{
    if (entry < 0 || !sweep.lease)
        return;
    struct lease_object *e = &sweep.lease->object[entry];
    if (id < 0 || entry_of((enum sysv_kind)e->kind, id) >= 0) {
        atomic_store(&e->state, LEASE_FREE);
        return;
    }
    e->id = id;
    e->changed = now();
    atomic_store(&e->state, LEASE_OURS);
}

/* A segment that is removed is there until nobody has it mapped; then it goes
 * by itself. */
void sweep_changed(enum sysv_kind kind, int id, bool gone)
{
    int i = entry_of(kind, id);
    if (i < 0)
        return;
    if (gone)
        atomic_store(&sweep.lease->object[i].state, LEASE_FREE);
    else
        sweep.lease->object[i].changed = now();
}

/* ---- in the lab ---- */

void sweep_objects(void)
{
    if (!sweep.lease)
        return;
    if (sandbox_inside())
        sysv_remove_all();
    else
        lease_sweep_objects(sweep.lease);
    for (int i = 0; i < LEASE_OBJECTS; i++)
        atomic_store(&sweep.lease->object[i].state, LEASE_FREE);
}

/* Whether the janitor has been killed: then its last work is ours. */
static void do_his_work(void)
{
    if (!sweep.path[0] || access(sweep.path, F_OK) < 0)
        return;
    lease_sweep_objects(sweep.lease);
    lease_sweep_place(sweep.lease);
    lease_forget(sweep.path);
}

void sweep_end(void)
{
    if (sweep.fd < 0 || sweep.maker != getpid())
        return;
    close_janitor();
    do_his_work();
    forget();
}
