/* t5021-seccomp.c: a lesson's process may do what its ops do, and is ended at
 * the first call that is none of them. */
#define _GNU_SOURCE
#include "ipc/seccomp.h"
#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

typedef void deed(void);

/* The wait status of a child that does it behind the filter. */
static int status_of(deed *what)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        struct rlimit none = {1, 1};
        setrlimit(RLIMIT_CORE, &none);
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || !seccomp_begin())
            _exit(99);
        what();
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return status & 0x7f ? -(status & 0x7f) : WEXITSTATUS(status);
}

/* ---- forbidden ---- */

static void opens_a_socket(void) { socket(AF_UNIX, SOCK_STREAM, 0); }
static void executes(void) { execl("/bin/true", "true", (char *)NULL); }
static void makes_a_file(void) { openat(AT_FDCWD, "x", O_CREAT | O_NOFOLLOW, 0600); }
static void follows_links(void) { openat(AT_FDCWD, "x", O_RDONLY); }
static void opens_a_directory(void) { openat(AT_FDCWD, ".", O_NOFOLLOW | O_DIRECTORY); }
static void makes_a_regular_node(void) { mknodat(AT_FDCWD, "x", S_IFREG | 0600, 0); }
static void makes_a_directory(void) { mkdir("x", 0700); }
static void removes_a_directory(void) { unlinkat(AT_FDCWD, "x", AT_REMOVEDIR); }
static void renames(void) { renameat(AT_FDCWD, "x", AT_FDCWD, "y"); }
static void changes_directory(void) { syscall(SYS_chdir, "/"); }
static void signals_everybody(void) { kill(-1, 0); }
static void signals_its_group(void) { kill(0, 0); }
static void signals_another_group(void) { kill(-getppid(), 0); }
static void traces(void) { ptrace(PTRACE_TRACEME, 0, 0, 0); }
static void maps(void)
{
    mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
static void maps_to_execute(void) { shmat(0, NULL, SHM_EXEC); }
static void clones_a_namespace(void) { syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0); }
static void unshares(void) { unshare(CLONE_NEWUSER); }
static void looks_at_all_queues(void) { struct msqid_ds d; msgctl(0, MSG_STAT, &d); }
static void locks_memory(void) { shmctl(0, SHM_LOCK, NULL); }
static void reads_terminal(void) { int n = 0; syscall(SYS_ioctl, 0, TIOCSTI, &n); }
static void duplicates_high(void) { fcntl(0, F_DUPFD, 100); }
static void unlimits(void) { struct rlimit l = {1, 1}; setrlimit(RLIMIT_NOFILE, &l); }
static void renices_others(void) { setpriority(PRIO_PROCESS, (id_t)getppid(), 0); }
static void sends_across(void) { syscall(SYS_process_vm_writev, getppid(), 0, 0, 0, 0, 0); }

static const struct {
    const char *name;
    deed *what;
} forbidden[] = {
    {"socket", opens_a_socket},
    {"execve", executes},
    {"open with O_CREAT", makes_a_file},
    {"open without O_NOFOLLOW", follows_links},
    {"open with O_DIRECTORY", opens_a_directory},
    {"mknod of a regular file", makes_a_regular_node},
    {"mkdir", makes_a_directory},
    {"unlinkat of a directory", removes_a_directory},
    {"rename", renames},
    {"chdir", changes_directory},
    {"kill -1", signals_everybody},
    {"kill 0", signals_its_group},
    {"kill of a group", signals_another_group},
    {"ptrace", traces},
    {"mmap", maps},
    {"shmat with SHM_EXEC", maps_to_execute},
    {"clone of a namespace", clones_a_namespace},
    {"unshare", unshares},
    {"MSG_STAT", looks_at_all_queues},
    {"SHM_LOCK", locks_memory},
    {"TIOCSTI", reads_terminal},
    {"F_DUPFD", duplicates_high},
    {"setrlimit", unlimits},
    {"setpriority of another", renices_others},
    {"process_vm_writev", sends_across},
};

TEST("a call that no op makes ends the process, with SIGSYS")
{
    NEED(seccomp_prepare());
    if (!seccomp_built())
        return;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        test_case("%s", forbidden[i].name);
        EXPECT_EQ_INT(status_of(forbidden[i].what), -SIGSYS);
    }
}

/* ---- allowed ---- */

static int failed;

static void want(int number, bool well)
{
    if (!well && !failed)
        failed = number;
}

static void talks(void)
{
    int p[2], n = -1;
    char c = 0;
    want(1, pipe2(p, O_NONBLOCK) == 0);
    want(2, write(p[1], "x", 1) == 1);
    want(3, ioctl(p[0], FIONREAD, &n) == 0 && n == 1);
    want(4, read(p[0], &c, 1) == 1 && c == 'x');
    want(5, fcntl(p[1], F_SETFL, 0) == 0);
    want(6, fcntl(p[1], F_SETPIPE_SZ, 4096) == 4096);
    want(7, dup(p[1]) >= 0 && close(p[1]) == 0);
    want(8, mkfifo("ts-5021", 0600) == 0);
    want(9, open("ts-5021", O_RDONLY | O_NONBLOCK | O_NOFOLLOW) >= 0);
    want(10, ftok("ts-5021", 'A') != -1);
    want(11, unlink("ts-5021") == 0);
    _exit(failed);
}

static void makes_objects(void)
{
    struct msqid_ds q;
    struct sembuf up = {.sem_op = 1};
    int id = msgget(IPC_PRIVATE, 0600);
    want(1, id >= 0 && msgctl(id, IPC_STAT, &q) == 0);
    want(2, msgctl(id, IPC_RMID, NULL) == 0);
    id = shmget(IPC_PRIVATE, 4096, 0600);
    void *at = shmat(id, NULL, 0);
    want(3, id >= 0 && shmctl(id, IPC_RMID, NULL) == 0);
    want(4, shmdt(at) == 0);
    id = semget(IPC_PRIVATE, 1, 0600);
    want(5, semop(id, &up, 1) == 0 && semctl(id, 0, GETVAL) == 1);
    want(6, semtimedop(id, &up, 1, NULL) == 0 && semctl(id, 0, GETNCNT) == 0);
    want(7, semctl(id, 0, IPC_RMID) == 0);
    _exit(failed);
}

static void lives(void)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(7);
    want(1, pid > 0 && waitpid(pid, &status, 0) == pid &&
                WEXITSTATUS(status) == 7);
    want(2, signal(SIGUSR1, SIG_IGN) == SIG_DFL && kill(getpid(), SIGUSR1) == 0);
    want(3, nice(1) >= 0 && sched_yield() == 0);
    want(4, prctl(PR_SET_NAME, "x") == 0);
    errno = 0;
    want(5, syscall(SYS_clone3, NULL, 0) == -1 && errno == ENOSYS);
    _exit(failed);
}

TEST("what the ops do is allowed, in a forked child, too")
{
    char directory[] = "/tmp/ts-5021-XXXXXX";
    NEED(mkdtemp(directory) && chdir(directory) == 0);
    NEED(seccomp_prepare());
    EXPECT_EQ_INT(status_of(talks), 0);
    EXPECT_EQ_INT(status_of(makes_objects), 0);
    if (seccomp_built())
        EXPECT_EQ_INT(status_of(lives), 0);
    EXPECT(chdir("/") == 0 && rmdir(directory) == 0);
}
