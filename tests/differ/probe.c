/* probe.c: rules that no op can meet, tried on the kernel directly. */
#define _GNU_SOURCE
#include "tests/differ/differ.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* E13: the real clock is nobody's to step through, so a bound on a semop is no
 * word of the language. */
static const char *semtimedop_ends(void)
{
    int set = semget(IPC_PRIVATE, 1, 0600);
    struct sembuf take = {.sem_num = 0, .sem_op = -1};
    struct timespec soon = {.tv_nsec = 1000000};
    int ret = semtimedop(set, &take, 1, &soon), error = errno;
    semctl(set, 0, IPC_RMID);
    return ret < 0 && error == EAGAIN
               ? NULL
               : "semtimedop has not ended with EAGAIN (E13)";
}

/* P24: programs of a lesson never exec. Here one does, with the only writing
 * end but ours, and the reader sees the end of the file while it lives. */
static const char *exec_closes(void)
{
    int seen[2], hold[2];
    if (pipe2(seen, O_CLOEXEC) < 0 || pipe2(hold, O_CLOEXEC) < 0)
        return "no pipe";
    pid_t pid = fork();
    if (pid == 0) {
        dup2(hold[0], 0); /* `cat` waits for us */
        execlp("cat", "cat", (char *)NULL);
        _exit(127);
    }
    close(seen[1]);
    char byte;
    bool ends = pid > 0 && read(seen[0], &byte, 1) == 0;
    bool lives = ends && waitpid(pid, NULL, WNOHANG) == 0;
    close(seen[0]);
    close(hold[0]);
    close(hold[1]);
    waitpid(pid, NULL, 0);
    return lives ? NULL : "exec has not closed what is O_CLOEXEC (P24)";
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
static const char *others_are_protected(void)
{
    enum { OTHER = 12345 };
    char path[] = "/tmp/differ-XXXXXX";
    bool root = geteuid() == 0;
    if (!mkdtemp(path))
        return "no directory";
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* The directory's own user is trusted as well: it has to be another. */
    bool own = dir >= 0 && fchmod(dir, 01777) == 0 &&
               (!root || fchown(dir, OTHER + 1, (gid_t)-1) == 0) &&
               opens(dir, geteuid());
    bool others = root && opens(dir, OTHER);
    close(dir);
    rmdir(path);
    bool well = own && (!root || protected_fifos() < 0 ||
                        others == !protected_fifos());
    return well ? NULL : "FIFOs in sticky directories are not as F12 says";
}

static const struct {
    enum rule rule;
    const char *(*try)(void);
} probes[] = {
    {RULE_E13, semtimedop_ends},
    {RULE_P24, exec_closes},
    {RULE_F12, others_are_protected},
};

const char *probe_all(int64_t obeyed[RULE_COUNT])
{
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
        const char *wrong = probes[i].try();
        if (wrong)
            return wrong;
        obeyed[probes[i].rule]++;
    }
    return NULL;
}
