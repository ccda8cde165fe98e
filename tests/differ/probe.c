/* probe.c: rules that no op can meet, tried on the kernel directly. What we
 * have no right or no means to try is said so, and not counted. */
#define _GNU_SOURCE
#include "tests/differ/differ.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum finding { NOT_TRIED, HOLDS, FAILS };

static enum finding found(bool holds)
{
    return holds ? HOLDS : FAILS;
}

/* E13: the real clock is nobody's to step through, so a bound on a semop is no
 * word of the language. */
static enum finding semtimedop_ends(void)
{
    int set = semget(IPC_PRIVATE, 1, 0600);
    if (set < 0)
        return NOT_TRIED;
    struct sembuf take = {.sem_num = 0, .sem_op = -1};
    struct timespec soon = {.tv_nsec = 1000000};
    int ret = semtimedop(set, &take, 1, &soon), error = errno;
    semctl(set, 0, IPC_RMID);
    return found(ret < 0 && error == EAGAIN);
}

/* `cat` waits for `hold`, in which nothing comes, and has all descriptors that
 * exec has left it. */
static pid_t start_cat(int hold)
{
    pid_t pid = fork();
    if (pid == 0) {
        dup2(hold, 0);
        execlp("cat", "cat", (char *)NULL);
        _exit(127);
    }
    return pid;
}

/* Whether the end of the file comes at all. */
static bool comes_to_its_end(int fd)
{
    enum { PATIENCE = 10000 /* ms */ };
    struct pollfd end = {.fd = fd, .events = POLLIN};
    char byte;
    return poll(&end, 1, PATIENCE) == 1 && read(fd, &byte, 1) == 0;
}

/* P24: programs of a lesson never exec. Here one does, with the only writing
 * end but ours, and the reader sees the end of the file while it lives. */
static enum finding exec_closes(void)
{
    int seen[2], hold[2];
    if (pipe2(seen, O_CLOEXEC) < 0)
        return NOT_TRIED;
    pid_t pid = pipe2(hold, O_CLOEXEC) < 0 ? -1 : start_cat(hold[0]);
    close(seen[1]);
    bool ends = pid > 0 && comes_to_its_end(seen[0]);
    bool lives = ends && waitpid(pid, NULL, WNOHANG) == 0;
    close(seen[0]);
    if (pid <= 0)
        return NOT_TRIED;
    close(hold[0]);
    close(hold[1]);
    waitpid(pid, NULL, 0);
    return found(lives);
}

/* 1: other people's FIFOs are protected; 0: not; -1: this kernel cannot. */
static int protected_fifos(void)
{
    char text[8] = "";
    int fd = open("/proc/sys/fs/protected_fifos", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    return n > 0 ? text[0] != '0' : -1;
}

/* Whether O_CREAT opens the FIFO `name` of user `uid` in a directory that all
 * may write to and that is sticky, as /tmp. */
static bool opens(int dir, uid_t uid)
{
    bool made = mkfifoat(dir, "f", 0666) == 0 &&
                fchownat(dir, "f", uid, (gid_t)-1, 0) == 0;
    int fd = made ? openat(dir, "f", O_CREAT | O_RDWR | O_CLOEXEC, 0666) : -1;
    if (fd >= 0)
        close(fd);
    unlinkat(dir, "f", 0);
    return fd >= 0;
}

/* F12: open of the language has no O_CREAT, and a lesson's directory is its
 * own. Only the superuser can lay a FIFO of somebody else. */
static enum finding others_are_protected(void)
{
    enum { OTHER = 12345 };
    char path[] = "/tmp/differ-XXXXXX";
    if (geteuid() != 0 || protected_fifos() < 0 || !mkdtemp(path))
        return NOT_TRIED;
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* The directory's own user is trusted as well: it has to be another. */
    bool ready = dir >= 0 && fchmod(dir, 01777) == 0 &&
                 fchown(dir, OTHER + 1, (gid_t)-1) == 0;
    bool own = ready && opens(dir, geteuid());
    bool others = ready && opens(dir, OTHER);
    close(dir);
    rmdir(path);
    return ready ? found(own && others == !protected_fifos()) : NOT_TRIED;
}

static const struct {
    enum rule rule;
    enum finding (*try)(void);
    const char *wrong; /* said if it fails */
} probes[] = {
    {RULE_E13, semtimedop_ends, "semtimedop has not ended with EAGAIN (E13)"},
    {RULE_P24, exec_closes, "exec has not closed what is O_CLOEXEC (P24)"},
    {RULE_F12, others_are_protected,
     "FIFOs in sticky directories are not as F12 says"},
};

const char *probe_all(int64_t obeyed[RULE_COUNT], bool untried[RULE_COUNT])
{
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
        enum finding f = probes[i].try();
        if (f == FAILS)
            return probes[i].wrong;
        obeyed[probes[i].rule] += f == HOLDS;
        untried[probes[i].rule] = f == NOT_TRIED;
    }
    return NULL;
}
