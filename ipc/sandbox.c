/* sandbox.c: into namespaces of our own, all of them or none.
 *
 * clone(2) makes a child in a new user, IPC, PID and mount namespace. There it
 * may do what outside only root may: say who it is (0, which is us outside),
 * mount an empty file system where temporary files go, and lower the limits on
 * System V objects. Each of these steps is forbidden on some machine, and not
 * always the first one (user_namespaces(7); some systems let the call succeed
 * and refuse the next one). So the child reports how far it came, and if that
 * is not all the way it ends, and its parent goes on as if nothing had been.
 *
 * Who dies when? If process 1 dies the kernel kills everybody inside. If the
 * parent dies, process 1 must follow; the usual way (PR_SET_PDEATHSIG, then a
 * look whether the parent is still there) has a gap here, for inside the
 * parent has no number. So there is a pipe whose writing end only the parent
 * holds: its end is a signal, and a look at it right after that was arranged
 * closes the gap. SIGKILL would not do, since process 1 is safe from signals
 * that it has no handler for; it has one for this.
 *
 * See also namespaces(7), pid_namespaces(7), ipc_namespaces(7). */
#define _GNU_SOURCE
#include "ipc/sandbox.h"

#include "ipc/small_file.h"
#include "sim/model/semaphore.h"
#include "sim/model/shm.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the child tells its parent: which step it failed at, if any. */
enum step {
    STEP_CLONE, STEP_GROUPS, STEP_UID, STEP_GID, STEP_PRIVATE, STEP_TMPFS,
    STEP_PIDS, STEP_LAST, STEPS
};

static const char *const step_names[STEPS] = {
    [STEP_CLONE] = "clone",
    [STEP_GROUPS] = "/proc/self/setgroups",
    [STEP_UID] = "/proc/self/uid_map",
    [STEP_GID] = "/proc/self/gid_map",
    [STEP_PRIVATE] = "mount MS_PRIVATE",
    [STEP_TMPFS] = "mount tmpfs",
    [STEP_PIDS] = "pidfd_open",
    [STEP_LAST] = "the child died",
};

struct report {
    int step, error;
};

static bool inside;
static int own_pid_outside;

bool sandbox_inside(void)
{
    return inside;
}

bool sandbox_forbidden(void)
{
    const char *text = getenv("TIMESLICE_NAMESPACES");
    return text && strcmp(text, "0") == 0;
}

/* ---- process ids ---- */

/* The kernel writes the number of a pidfd's process as the reader's /proc
 * counts, and our /proc is still that of the machine. */
static int pid_of_pidfd(int pidfd)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
    small_file(path, text, sizeof text);
    const char *at = strstr(text, "\nPid:");
    return at ? (int)strtol(at + strlen("\nPid:"), NULL, 10) : -1;
}

static int look_up_outside(int pid)
{
    int found = -1;
#ifdef SYS_pidfd_open
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd < 0)
        return -1;
    found = pid_of_pidfd(pidfd);
    close(pidfd);
#endif
    return found;
}

int sandbox_pid_outside(int pid)
{
    if (!inside)
        return pid;
    return pid == (int)getpid() ? own_pid_outside : look_up_outside(pid);
}

/* ---- inside ---- */

static bool write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool well = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    int error = errno;
    close(fd);
    errno = error;
    return well;
}

static bool map_id(const char *path, unsigned outside)
{
    char text[64];
    snprintf(text, sizeof text, "0 %u 1", outside);
    return write_file(path, text);
}

static void set_limit(const char *path, long number)
{
    char text[32];
    snprintf(text, sizeof text, "%ld", number);
    write_file(path, text);
}

static void limit_semaphores(void)
{
    char text[64];
    snprintf(text, sizeof text, "%d %d %d %d", SEM_NSEMS_MAX, SEM_ALL_MAX,
             SEM_OPS_MAX, SEM_SETS_MAX);
    write_file("/proc/sys/kernel/sem", text);
}

/* What a lesson can take of the machine's memory: the model's own limits, so
 * that the kernel itself says no. Where they may not be set (they belong to the
 * namespace since Linux 5.19), the child does (object_too_much). */
static void lower_limits(void)
{
    set_limit("/proc/sys/kernel/shmmax", SHM_BYTES_MAX);
    set_limit("/proc/sys/kernel/shmall", SHM_PAGES_ALL);
    set_limit("/proc/sys/kernel/shmmni", SHM_SEGMENTS_MAX);
    limit_semaphores();
}

static enum step set_up(uid_t uid, gid_t gid)
{
    if (!write_file("/proc/self/setgroups", "deny") && errno != ENOENT)
        return STEP_GROUPS;
    if (!map_id("/proc/self/uid_map", uid))
        return STEP_UID;
    if (!map_id("/proc/self/gid_map", gid))
        return STEP_GID;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        return STEP_PRIVATE;
    if (mount("timeslice", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
              "size=1m,nr_inodes=8k,mode=0700") < 0)
        return STEP_TMPFS;
    own_pid_outside = look_up_outside((int)getpid());
    if (own_pid_outside <= 0)
        return STEP_PIDS;
    lower_limits();
    return STEPS;
}

static void die_now(int sig)
{
    (void)sig;
    _exit(0);
}

/* `alive` is the reading end of the pipe whose other end the parent holds. */
static void die_with_parent(int alive)
{
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = die_now;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a second net under the first */
    sigaction(SIGIO, &act, NULL);
    sigset_t io;
    sigemptyset(&io);
    sigaddset(&io, SIGIO);
    sigprocmask(SIG_UNBLOCK, &io, NULL);
    struct pollfd look = {.fd = alive};
    if (fcntl(alive, F_SETOWN, getpid()) < 0 ||
        fcntl(alive, F_SETFL, O_ASYNC) < 0 || poll(&look, 1, 0) != 0)
        _exit(0);
}

/* ---- both sides ---- */

/* What they are born with: the ends of two pipes. */
struct birth {
    int alive[2]; /* the parent holds [1] */
    int told[2];  /* the child reports into [1] */
    uid_t uid;
    gid_t gid;
};

static bool begin_inside(const struct birth *b)
{
    close(b->alive[1]);
    close(b->told[0]);
    die_with_parent(b->alive[0]);
    struct report r = {.step = (int)set_up(b->uid, b->gid)};
    r.error = errno;
    inside = r.step == STEPS;
    bool heard = write(b->told[1], &r, sizeof r) == sizeof r;
    close(b->told[1]);
    return inside && heard;
}

/* As fork(2) does, but into new namespaces. The C library does not know of it;
 * it matters only for what it keeps of the thread's own number, which is what
 * raise(3) uses. */
static pid_t clone_inside(void)
{
    const unsigned long flags = CLONE_NEWUSER | CLONE_NEWIPC | CLONE_NEWPID |
                                CLONE_NEWNS | SIGCHLD;
    return (pid_t)syscall(SYS_clone, flags, 0ul, 0ul, 0ul, 0ul);
}

static int status_of(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static struct report hear(int fd)
{
    struct report r = {.step = STEP_LAST, .error = ECHILD}, heard;
    ssize_t n;
    do
        n = read(fd, &heard, sizeof heard);
    while (n < 0 && errno == EINTR);
    return n == sizeof heard ? heard : r;
}

static bool make_pipes(struct birth *b)
{
    if (pipe2(b->alive, O_CLOEXEC) < 0)
        return false;
    if (pipe2(b->told, O_CLOEXEC) == 0)
        return true;
    close(b->alive[0]);
    close(b->alive[1]);
    return false;
}

static void close_pipes(const struct birth *b)
{
    for (int i = 0; i < 2; i++) {
        close(b->alive[i]);
        close(b->told[i]);
    }
}

/* In the child: 0. In the parent its pid, or -1 with the report of why not. */
static pid_t go_inside(struct birth *b, struct report *r)
{
    *r = (struct report){.step = STEP_CLONE};
    b->uid = geteuid();
    b->gid = getegid();
    bool piped = make_pipes(b);
    pid_t pid = piped ? clone_inside() : -1;
    if (pid < 0) {
        r->error = errno;
        if (piped)
            close_pipes(b);
        return -1;
    }
    if (pid == 0) {
        if (!begin_inside(b))
            _exit(0);
        return 0;
    }
    close(b->alive[0]);
    close(b->told[1]);
    *r = hear(b->told[0]);
    close(b->told[0]);
    if (r->step == STEPS)
        return pid;
    close(b->alive[1]);
    status_of(pid);
    return -1;
}

/* The parent has nothing to do but to be there. */
static _Noreturn void wait_outside(pid_t pid, int socket)
{
    close(socket);
    _exit(status_of(pid));
}

enum sandbox sandbox_enter(int only_inside)
{
    struct birth b;
    struct report r;
    if (sandbox_forbidden())
        return SANDBOX_REFUSED;
    pid_t pid = go_inside(&b, &r);
    if (pid > 0)
        wait_outside(pid, only_inside);
    return pid == 0 ? SANDBOX_INSIDE : SANDBOX_REFUSED;
}

struct sandbox_trial sandbox_try(void)
{
    struct birth b;
    struct report r;
    pid_t pid = go_inside(&b, &r);
    if (pid == 0)
        _exit(0);
    if (pid > 0) {
        close(b.alive[1]);
        status_of(pid);
    }
    return (struct sandbox_trial){r.step < STEPS ? step_names[r.step] : "",
                                  r.step < STEPS ? r.error : 0};
}
