#define _GNU_SOURCE
#include "cli/doctor.h"

#include "ipc/lab.h"
#include "ipc/lease.h"
#include "ipc/sandbox.h"
#include "ipc/seccomp.h"
#include "ipc/small_file.h"
#include "ipc/sweep.h"
#include "sim/sim.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

/* ----------------------------------------------------------- small files */

/* The first line of a file of /proc; "" if it cannot be read. */
static const char *line_of(const char *path, char *to, size_t room)
{
    small_file_line(path, to, room);
    for (char *p = to; *p; p++)
        if (*p == '\t')
            *p = ' ';
    return to;
}

static void add_file(struct finding *f, const char *name, const char *path)
{
    char line[128];
    str_addf(&f->text, "%s%s %s", f->text.length ? ", " : "", name,
             line_of(path, line, sizeof line)[0] ? line : "?");
}

/* ------------------------------------------------------------ the kernel */

void probe_kernel(struct finding *f)
{
    struct utsname u;
    char *rest;
    if (uname(&u) < 0 || strcmp(u.sysname, "Linux") != 0) {
        str_add(&f->text, "?");
        finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_LINUX);
        f->no_live = true;
        return;
    }
    str_addf(&f->text, "%s %s, %s", u.sysname, u.release, u.machine);
    long major = strtol(u.release, &rest, 10);
    long minor = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0;
    if (major < 5 || (major == 5 && minor < 6))
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_OLD);
}

/* The program starts itself again through it, and looks at children there. */
void probe_proc(struct finding *f)
{
    const char *path = "/proc/self/exe";
    if (access(path, F_OK) == 0) {
        str_add(&f->text, path);
        return;
    }
    str_addf(&f->text, "%s: %s", path, strerror(errno));
    finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_PROC);
    f->no_live = true;
}

void probe_files(struct finding *f)
{
    enum { ENOUGH = 64 };
    struct rlimit most = {.rlim_cur = RLIM_INFINITY};
    if (getrlimit(RLIMIT_NOFILE, &most) < 0)
        str_add(&f->text, strerror(errno));
    else if (most.rlim_cur == RLIM_INFINITY)
        str_add(&f->text, "unlimited");
    else
        str_addf(&f->text, "%llu", (unsigned long long)most.rlim_cur);
    if (most.rlim_cur < ENOUGH)
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_FILES);
}

void probe_cpus(struct finding *f)
{
    cpu_set_t mine;
    if (sched_getaffinity(0, sizeof mine, &mine) < 0) {
        str_add(&f->text, strerror(errno));
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_PIN);
        return;
    }
    str_addf(&f->text, word(W_CLI_D_CPUS_OF, f->lang), CPU_COUNT(&mine),
             sysconf(_SC_NPROCESSORS_ONLN));
    if (sched_setaffinity(0, sizeof mine, &mine) < 0)
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_PIN);
}

void probe_pipes(struct finding *f)
{
    int p[2];
    if (pipe2(p, O_CLOEXEC) < 0) {
        str_add(&f->text, strerror(errno));
        finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_PIPE);
        f->no_live = true;
        return;
    }
    int size = fcntl(p[0], F_GETPIPE_SZ);
    close(p[0]);
    close(p[1]);
    str_addf(&f->text, word(W_CLI_D_PIPE_NEW, f->lang), size);
    add_file(f, "pipe-max-size", "/proc/sys/fs/pipe-max-size");
    add_file(f, "pipe-user-pages-soft", "/proc/sys/fs/pipe-user-pages-soft");
    if (size < 65536)
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_PIPE);
}

void probe_sysv(struct finding *f)
{
    if (access("/proc/sysvipc/msg", R_OK) < 0) {
        str_add(&f->text, strerror(errno));
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_SYSV);
        return;
    }
    add_file(f, "msgmni", "/proc/sys/kernel/msgmni");
    add_file(f, "msgmnb", "/proc/sys/kernel/msgmnb");
    add_file(f, "shmmni", "/proc/sys/kernel/shmmni");
    add_file(f, "sem", "/proc/sys/kernel/sem");
}

/* ------------------------------------------------------------- namespaces */

static int status_of_child(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void probe_namespaces(struct finding *f)
{
    if (sandbox_forbidden()) {
        str_add(&f->text, "TIMESLICE_NAMESPACES=0");
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_FORBIDDEN);
        return;
    }
    struct sandbox_trial t = sandbox_try();
    if (t.error == 0) {
        str_add(&f->text, "user, ipc, pid, mount");
        return;
    }
    str_addf(&f->text, "%s: %s", t.step, strerror(t.error));
    finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_NAMESPACES);
}

/* Who cleans up: the kernel if there are namespaces, or the janitor. */
void probe_sweeper(struct finding *f)
{
    char path[256];
    bool kept = lease_directory(path, sizeof path);
    if (kept)
        rmdir(path); /* unless it is in use */
    bool walls = !sandbox_forbidden() && sandbox_try().error == 0;
    str_add(&f->text, word(walls ? W_CLI_D_SWEPT_BY_KERNEL
                                 : W_CLI_D_SWEPT_BY_JANITOR, f->lang));
    str_addf(&f->text, word(W_CLI_D_SWEPT_HOST, f->lang), kept ? path : "-");
    if (!kept && !walls)
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_SWEEPER);
}

/* A child that has the filter and makes a call that is not on the list. */
static int try_filter(void)
{
    if (!seccomp_prepare() || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
        !seccomp_begin())
        return 1;
    return chdir("/") < 0 ? 2 : 3;
}

void probe_seccomp(struct finding *f)
{
    char line[256];
    int status = 0;
    line_of("/proc/sys/kernel/seccomp/actions_avail", line, sizeof line);
    str_addf(&f->text, word(W_CLI_D_SECCOMP_IS, f->lang),
             line[0] ? line : "-", prctl(PR_GET_SECCOMP));
    pid_t pid = seccomp_built() ? fork() : -1;
    if (pid == 0)
        _exit(try_filter());
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    bool works = pid > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
    str_add(&f->text, word(works ? W_CLI_D_SECCOMP_WORKS
                                 : W_CLI_D_SECCOMP_NOT, f->lang));
    if (!works)
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_SECCOMP);
}

/* ---------------------------------------------------------- observation */

void probe_ptrace(struct finding *f)
{
    char line[16];
    line_of("/proc/sys/kernel/yama/ptrace_scope", line, sizeof line);
    str_addf(&f->text, "yama %s", line[0] ? line : "-");
    if (line[0] > '1')
        finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_PTRACE);
}

/* A child asleep in pause(2), looked at until it shows as asleep. */
void probe_syscall(struct finding *f)
{
    enum { TRIES = 2000, A_WHILE = 500 /* microseconds */ };
    char path[64], line[128] = "";
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            pause();
    }
    struct str s = {0};
    str_addf(&s, "/proc/%d/syscall", (int)pid);
    memcpy(path, s.text, s.length + 1);
    str_free(&s);
    for (int i = 0; pid > 0 && i < TRIES; i++) {
        line_of(path, line, sizeof line);
        if (line[0] >= '0' && line[0] <= '9')
            break;
        usleep(A_WHILE);
    }
    if (pid > 0) {
        kill(pid, SIGKILL);
        status_of_child(pid);
    }
    if (line[0] >= '0' && line[0] <= '9') {
        str_add(&f->text, word(W_CLI_D_SYSCALL_SEEN, f->lang));
        return;
    }
    str_add(&f->text, word(W_CLI_D_SYSCALL_NOT, f->lang));
    finding_set(f, HEALTH_LIMITED, W_CLI_D_FIX_PTRACE);
}

/* ------------------------------------------------------------ a live run */

/* The smallest lesson with a pipe, run for real. */
static const char tiny[] =
    "{\"timeslice\": 1, \"title\": \"doctor\","
    " \"scheduler\": {\"policy\": \"fcfs\"}, \"processes\": ["
    "{\"name\": \"parent\", \"program\": [{\"pipe\": \"p\"},"
    " {\"fork\": \"child\"}, {\"close\": \"p[0]\"},"
    " {\"write\": \"p[1]\", \"text\": \"x\"}, {\"close\": \"p[1]\"},"
    " {\"wait\": \"child\"}]},"
    "{\"name\": \"child\", \"program\": [{\"close\": \"p[1]\"},"
    " {\"read\": \"p[0]\", \"size\": 10}, {\"read\": \"p[0]\", \"size\": 10},"
    " {\"exit\": 0}]}]}";

static void say_live(struct finding *f, const struct world_head *h,
                     const char *trouble)
{
    bool well = h->confirmed > 0 && !h->diverged && !trouble;
    str_addf(&f->text, word(W_CLI_D_LIVE_IS, f->lang),
             (long long)h->confirmed, (long long)(h->confirmed + h->diverged));
    if (trouble)
        str_addf(&f->text, " (%s)", trouble);
    if (well)
        return;
    finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_LIVE);
    f->no_live = true;
}

static void run_tiny(struct finding *f, const struct scenario *sc)
{
    enum { LONG_ENOUGH = 1000 /* ticks */ };
    const char *why = "";
    struct lab *lab = lab_set_up(sc, &why);
    if (!lab) {
        str_add(&f->text, why);
        finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_LIVE);
        f->no_live = true;
        return;
    }
    struct sim *s = sim_new(sc);
    sim_set_kernel(s, lab_kernel(lab));
    sim_advance(s, LONG_ENOUGH, 0);
    say_live(f, sim_world(s)->head, lab_lost(lab));
    lab_tear_down(lab);
    sweep_end();
    sim_free(s);
}

void probe_live(struct finding *f)
{
    struct diag d = {0};
    struct scenario *sc =
        scenario_read("doctor", tiny, sizeof tiny - 1, NULL, 0, &d);
    if (sc)
        run_tiny(f, sc);
    diag_free(&d);
    scenario_free(sc);
}
