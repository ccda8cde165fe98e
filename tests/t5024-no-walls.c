/* t5024-no-walls.c: where a machine forbids one step of what the walls are made
 * of, a live run works without them, leaves nothing, and the doctor says which
 * step it was.
 *
 * Machines are played by what our process may do: no more user namespaces
 * (user.max_user_namespaces), a container's filter that forbids clone with new
 * namespaces (EPERM), and a security module that lets the clone pass and then
 * forbids what comes next: writing /proc/self/… or mounting (EACCES). */
#define _GNU_SOURCE
#include "ipc/sandbox.h"
#include "tests/left.h"
#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- machines ---- */

/* From now on that call fails with that errno where bits `mask` of argument
 * `arg` are `is`. */
static bool forbid(int call, int arg, uint32_t mask, uint32_t is, int error)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                 (uint32_t)(offsetof(struct seccomp_data, args) +
                            (size_t)arg * 8)),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, is, 0, 1),
        BPF_STMT(BPF_RET | BPF_K,
                 SECCOMP_RET_ERRNO | ((uint32_t)error & SECCOMP_RET_DATA)),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static bool write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY);
    bool well = fd >= 0 && write(fd, text, strlen(text)) ==
                               (ssize_t)strlen(text);
    if (fd >= 0)
        close(fd);
    return well;
}

/* In a user namespace of ours there may be none below it. */
static bool no_more(void)
{
    char map[64];
    snprintf(map, sizeof map, "0 %u 1", (unsigned)geteuid());
    return unshare(CLONE_NEWUSER) == 0 &&
           write_text("/proc/self/setgroups", "deny") &&
           write_text("/proc/self/uid_map", map) &&
           write_text("/proc/sys/user/max_user_namespaces", "0");
}

static bool container(void)
{
    return forbid(SYS_clone, 0, CLONE_NEWUSER, CLONE_NEWUSER, EPERM);
}

/* How sandbox.c opens what it writes to; nothing else is opened so. */
static bool no_maps(void)
{
    return forbid(SYS_openat, 2, ~0u, O_WRONLY | O_CLOEXEC, EACCES);
}

static bool no_mount(void)
{
    return forbid(SYS_mount, 3, 0, 0, EACCES);
}

static bool no_tmpfs(void)
{
    return forbid(SYS_mount, 3, 4096 /* MS_BIND */ | 8 /* MS_NOEXEC */, 8,
                  EPERM);
}

static bool no_pidfd(void)
{
    return forbid(SYS_pidfd_open, 0, 0, 0, ENOSYS);
}

static const struct machine {
    const char *name;
    bool (*become)(void);
    const char *doctor; /* what it says of namespaces */
    int error;
} machines[] = {
    {"max_user_namespaces 0", no_more, "clone: No space left on device",
     ENOSPC},
    {"a container", container, "clone: Operation not permitted", EPERM},
    {"no maps", no_maps, "/proc/self/setgroups: Permission denied", EACCES},
    {"no mount", no_mount, "mount MS_PRIVATE: Permission denied", EACCES},
    {"no tmpfs", no_tmpfs, "mount tmpfs: Operation not permitted", EPERM},
    {"no pidfd", no_pidfd, "pidfd_open: ", ENOSYS},
};

/* ---- what works there ---- */

static char folder[] = "/tmp/ts-walls-XXXXXX";

static const char *const lesson = "tests/cli/pipe.json";

static bool become_ordinary(void)
{
    const int other = 61000; /* a user that no machine has */
    return setresgid((gid_t)other, (gid_t)other, (gid_t)other) == 0 &&
           setresuid((uid_t)other, (uid_t)other, (uid_t)other) == 0;
}

/* Whether another user can get at the program and the lesson. */
static bool others_can(void)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(!become_ordinary() || access(getenv("TIMESLICE"), X_OK) < 0 ||
              access(lesson, R_OK) < 0);
    waitpid(pid, &status, 0);
    return status == 0;
}

/* Runs `timeslice WORDS` there; its exit status, and what it has said. */
static int run_there(const struct machine *m, const char *words, bool ordinary,
                     char *said, size_t room)
{
    char line[1024];
    int told[2], status = 0;
    snprintf(line, sizeof line, "exec \"%s\" %s 2>&1", getenv("TIMESLICE"),
             words);
    if (pipe(told) < 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        dup2(told[1], 1);
        if (ordinary && !become_ordinary())
            _exit(90);
        prctl(PR_SET_DUMPABLE, 1);
        setenv("XDG_RUNTIME_DIR", folder, 1);
        if (!m->become())
            _exit(91);
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(92);
    }
    close(told[1]);
    size_t length = 0;
    for (ssize_t n = 1; n > 0 && length < room - 1; length += (size_t)n) {
        n = read(told[0], said + length, room - 1 - length);
        n = n < 0 ? 0 : n;
    }
    said[length] = '\0';
    close(told[0]);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void look_at(const struct machine *m, bool ordinary)
{
    static struct things before, after;
    static char said[1 << 16];
    test_case("%s%s", m->name, ordinary ? ", ordinary user" : "");
    NEED(!ordinary || chown(folder, 61000, 61000) == 0);
    things_look(&before, folder, "");
    char words[128];
    snprintf(words, sizeof words, "run %s --live --lang en", lesson);
    EXPECT_EQ_INT(run_there(m, words, ordinary, said, sizeof said), 0);
    EXPECT_CONTAINS(said, "; 0 differ.");
    EXPECT(!strstr(said, "error"));
    EXPECT_EQ_INT(run_there(m, "doctor --lang en", ordinary, said,
                            sizeof said), 0);
    EXPECT_CONTAINS(said, "limited user namespaces");
    EXPECT_CONTAINS(said, m->doctor);
    EXPECT_CONTAINS(said, "Live runs with real processes work here.");
    EXPECT(processes_go());
    things_look(&after, folder, "");
    EXPECT_EQ_INT(things_fresh(&before, &after), 0);
}

TEST("what one step of the walls lacks, the janitor makes good")
{
    NEED(mkdtemp(folder));
    NEED(geteuid() != 0 || unshare(CLONE_NEWIPC) == 0); /* nobody else's */
    left_begin();
    if (sandbox_try().error == 0)
        for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
            look_at(&machines[i], false);
            if (geteuid() == 0 && others_can())
                look_at(&machines[i], true);
        }
    EXPECT(rmdir(folder) == 0);
}

/* ---- the steps ---- */

/* What sandbox_try says there, or -1: no child. */
static int error_there(bool (*become)(void))
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(become() ? sandbox_try().error : 99);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST("each machine is told by its errno, and nobody is left by the trial")
{
    bool allowed = sandbox_try().error == 0;
    left_begin();
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
        test_case("%s", machines[i].name);
        if (allowed)
            EXPECT_EQ_INT(error_there(machines[i].become), machines[i].error);
        EXPECT(processes_go());
    }
}
