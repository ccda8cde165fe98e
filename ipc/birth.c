/* birth.c: from a copy of the lab to a process of the lesson.
 *
 * It gives up, one after the other, all that a program of the lesson would not
 * have: the lab's descriptors and signals, the way to any file but those of
 * the lesson, the superuser's privileges, and at last every system call that no
 * op is (seccomp.def). The order counts: each step needs what a later one
 * takes away.
 *
 * See also capabilities(7), setrlimit(2), chroot(2). */
#define _GNU_SOURCE
#include "ipc/child.h"

#include "ipc/place.h"
#include "ipc/sandbox.h"
#include "ipc/seccomp.h"
#include "ipc/small_file.h"
#include "ipc/sweep.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* All children are in one process group, and the kernel itself will kill that
 * group when the lab is gone (lab.c tells how). The order matters: first in
 * the group, then the group is the pipe's owner, then our copy of the writing
 * end is closed; so whenever the lab died, either the last close sends the
 * signal to us too, or it came before and the look finds the pipe hung up. */
static void join_group(const struct birth *b)
{
    pid_t group = atomic_load(&b->wire->head->group);
    if (group == 0 || setpgid(0, group) < 0) {
        setpgid(0, 0);
        group = getpid();
        atomic_store(&b->wire->head->group, (int32_t)group);
    }
    fcntl(b->liveness_read, F_SETOWN, -group);
    close(b->liveness_write);
    struct pollfd look = {.fd = b->liveness_read};
    if (poll(&look, 1, 0) != 0)
        _exit(125);
}

static void close_all_between(unsigned first, unsigned last)
{
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, last, 0) == 0)
        return;
#endif
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    for (unsigned fd = first; fd <= last && fd < limit.rlim_cur; fd++)
        close((int)fd);
}

/* Nothing but 0, 1 and 2, which lead nowhere, and the two by which others know
 * that we live (lab.c, sweep.c): so the first descriptor of a program is 3, as
 * in the model. */
static void only_own_descriptors(int keep, int keep_too)
{
    int low = keep_too < 0 || keep < keep_too ? keep : keep_too;
    int high = keep < keep_too ? keep_too : keep;
    close_all_between(0, (unsigned)low - 1);
    if (high > low + 1)
        close_all_between((unsigned)low + 1, (unsigned)high - 1);
    close_all_between((unsigned)high + 1, ~0u);
    int null = open("/dev/null", O_RDWR);
    if (null != 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
        _exit(124);
}

/* The lesson's directory is all there is. Only a superuser may do that: always
 * inside of our own namespaces; outside the names of a lesson, which have no
 * slash, lead nowhere else all the same. */
static void close_the_door(void)
{
    if (chroot(".") < 0 && sandbox_inside())
        _exit(124);
}

/* Ignored signals and the mask are inherited through exec: whoever started us
 * may ignore SIGPIPE. */
static void default_signals(void)
{
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = SIG_DFL;
    for (int sig = 1; sig < 65; sig++)
        sigaction(sig, &act, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* What a process of a lesson may take beyond what it has of the lab's memory.
 * Sanitizers map terabytes, and count on it. */
static rlim_t memory_limit(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return RLIM_INFINITY;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return RLIM_INFINITY;
#endif
#endif
    const rlim_t more = (rlim_t)1 << 30; /* bytes */
    char text[64];
    small_file("/proc/self/statm", text, sizeof text);
    rlim_t pages = (rlim_t)strtoull(text, NULL, 10);
    return pages ? pages * (rlim_t)sysconf(_SC_PAGESIZE) + more
                 : RLIM_INFINITY;
}

static rlim_t at_most(const struct rlimit *now, rlim_t most)
{
    return most < now->rlim_max ? most : now->rlim_max;
}

static void limit(unsigned what, rlim_t most)
{
    struct rlimit now;
    if (syscall(SYS_prlimit64, 0, what, NULL, &now) < 0)
        _exit(124);
    now.rlim_cur = now.rlim_max = at_most(&now, most);
    if (syscall(SYS_prlimit64, 0, what, &now, NULL) < 0)
        _exit(124);
}

/* A core size of 1 byte means "no core" also where cores go to a program
 * (core(5)); 0 would still start it. Regular files are never written. How many
 * processes there are is counted for the whole machine, unless we are a user of
 * our own. The CPU time only ends what runs wild: no lesson plays that long. */
static void set_limits(void)
{
    enum { CPU_SECONDS = 24 * 3600 };
    limit(RLIMIT_NOFILE, FDS_MAX);
    limit(RLIMIT_CORE, 1);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, CPU_SECONDS);
    limit(RLIMIT_AS, memory_limit());
    limit(RLIMIT_NICE, 0);
    if (sandbox_inside())
        limit(RLIMIT_NPROC, SLOTS_MAX + 16);
    umask(022); /* files are made for others to read: mkfifo(3) */
}

/* The superuser may do what others may not: read what its permissions forbid,
 * be less nice than before. So that a lesson shows the same to everybody, the
 * children of root have none of its privileges (capabilities(7)). */
static void drop_privileges(void)
{
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    if (syscall(SYS_capset, &head, none) < 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        _exit(124);
}

/* How much nicer than the model says we begin: whoever may not be less nice
 * (nice(2)) cannot begin with what the model says. */
static int begin_niceness(int nice)
{
    setpriority(PRIO_PROCESS, 0, nice);
    return getpriority(PRIO_PROCESS, 0) - nice;
}

void child_begin(const struct birth *b)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a second net under the first */
    join_group(b);
    if (!place_enter())
        _exit(124);
    only_own_descriptors(b->liveness_read, sweep_descriptor());
    default_signals();
    int nicer = begin_niceness(b->nice);
    set_limits();
    close_the_door();
    drop_privileges();
    child_is(b, nicer);
    if (!seccomp_begin())
        _exit(124);
    child_live(b->slot, b->name);
}
