/* probe.c: rules that no op can meet, tried on the kernel directly. */
#define _GNU_SOURCE
#include "tests/differ/differ.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SOMEBODY_ELSE = 65534 };

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

/* P24: nobody in a lesson executes another program. The child that does is
 * alive when the reader finds the end. */
static const char *exec_closes(void)
{
    int p[2];
    char byte;
    if (pipe2(p, O_CLOEXEC) < 0)
        return "there is no pipe (P24)";
    pid_t child = fork();
    if (child == 0) {
        execl("/proc/self/exe", "differ", "--pause", (char *)NULL);
        _exit(127);
    }
    close(p[1]);
    ssize_t n = read(p[0], &byte, 1);
    close(p[0]);
    bool alive = waitpid(child, NULL, WNOHANG) == 0;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return n == 0 && alive ? NULL : "exec has not closed the pipe (P24)";
}

/* Opens a FIFO of somebody else's with O_CREAT, in a sticky directory that all
 * may write to. Returns an errno. */
static int open_foreign(const char *dir)
{
    char name[64];
    int error = 0;
    snprintf(name, sizeof name, "%s/f", dir);
    if (chmod(dir, 01777) < 0 || mkfifo(name, 0666) < 0 ||
        chmod(name, 0666) < 0 || chown(name, SOMEBODY_ELSE - 1, 0) < 0)
        error = errno;
    pid_t child = error ? -1 : fork();
    if (child == 0) {
        bool other = setuid(SOMEBODY_ELSE) == 0;
        int fd = other ? open(name, O_RDWR | O_CREAT | O_NONBLOCK, 0600) : -1;
        _exit(fd < 0 ? errno : 0);
    }
    int status = 0;
    if (child > 0)
        waitpid(child, &status, 0);
    unlink(name);
    return error ? error : WEXITSTATUS(status);
}

/* F12: all processes of a lesson are the same user's. Only root can be two. */
static const char *foreign_fifos(void)
{
    char dir[] = "/tmp/timeslice-probe-XXXXXX";
    int guards = 0;
    FILE *f = fopen("/proc/sys/fs/protected_fifos", "r");
    if (geteuid() != 0 || !f || fscanf(f, "%d", &guards) != 1 ||
        !mkdtemp(dir)) {
        if (f)
            fclose(f);
        return NULL; /* cannot be tried here */
    }
    fclose(f);
    int error = open_foreign(dir);
    rmdir(dir);
    return error == (guards ? EACCES : 0)
               ? NULL
               : "protected_fifos does not do what it says (F12)";
}

static const struct {
    enum rule rule;
    const char *(*try)(void);
} probes[] = {
    {RULE_E13, semtimedop_ends},
    {RULE_P24, exec_closes},
    {RULE_F12, foreign_fifos},
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
