/* profile.c: in what this kernel differs from others, found out by trying.
 *
 * Until Linux 6.14 a reader of a full pipe woke the first of the sleeping
 * writers even if it had freed no page. That one found the pipe as full as
 * before and went back to sleep, at the tail of the line (SEMANTICS.md, P16).
 * So: a pipe of one page is filled, B and C sleep in a write to it, one byte
 * is read and then the rest. Who is served first?
 *
 * A version number would not do: distributions take changes over into older
 * kernels. It is believed only where we may not see who sleeps. */
#define _GNU_SOURCE
#include "ipc/profile.h"

#include "ipc/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, TRIES = 20000 };

struct trial {
    const struct observer *observer;
    int pipe[2];
    pid_t pid[2]; /* of the writers, 0: there is none */
    struct watched writer[2];
};

/* The reading end is closed in the writer: if we die, it gets SIGPIPE. */
static _Noreturn void write_page(const struct trial *t, char letter)
{
    char page[PAGE];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL);
    close(t->pipe[0]);
    memset(page, letter, sizeof page);
    _exit(write(t->pipe[1], page, sizeof page) != sizeof page);
}

static bool is_asleep(struct trial *t, int i)
{
    int64_t number, first;
    return t->observer->call(&t->writer[i], &number, &first) == LOOK_ASLEEP &&
           first == t->pipe[1];
}

/* Both have come to rest: two looks in a row find them so. */
static bool come_to_rest(struct trial *t, int writers)
{
    const struct timespec moment = {.tv_nsec = 50000};
    int quiet = 0;
    for (int tries = 0; tries < TRIES && quiet < 3; tries++) {
        bool all = true;
        for (int i = 0; i < writers; i++)
            all = is_asleep(t, i) && all;
        quiet = all ? quiet + 1 : 0;
        if (!all)
            sched_yield();
        else
            nanosleep(&moment, NULL);
    }
    return quiet == 3;
}

static bool start_writer(struct trial *t, int i)
{
    pid_t pid = fork();
    if (pid == 0)
        write_page(t, (char)('B' + i));
    if (pid < 0)
        return false;
    t->pid[i] = pid;
    t->observer->begin(&t->writer[i], sandbox_pid_outside((int)pid));
    return come_to_rest(t, i + 1);
}

static bool read_all(const struct trial *t, char *to, size_t n)
{
    for (size_t got = 0; got < n;) {
        ssize_t more = read(t->pipe[0], to + got, n - got);
        if (more <= 0)
            return false;
        got += (size_t)more;
    }
    return true;
}

/* Who is served first, 'B' or 'C'; 0: it could not be found out. */
static char try_it(struct trial *t)
{
    char page[PAGE];
    memset(page, 'A', sizeof page);
    if (fcntl(t->pipe[1], F_SETPIPE_SZ, PAGE) != PAGE ||
        write(t->pipe[1], page, sizeof page) != sizeof page)
        return 0;
    if (!start_writer(t, 0) || !start_writer(t, 1))
        return 0;
    if (!read_all(t, page, 1) || !come_to_rest(t, 2))
        return 0;
    return read_all(t, page, PAGE - 1) && read_all(t, page, 1) ? page[0] : 0;
}

static bool is_older_than_6_14(void)
{
    struct utsname about;
    int major = 0, minor = 0;
    if (uname(&about) < 0 ||
        sscanf(about.release, "%d.%d", &major, &minor) != 2)
        return false;
    return major < 6 || (major == 6 && minor < 14);
}

static bool find_out(const struct observer *observer)
{
    struct trial t = {.observer = observer};
    if (pipe2(t.pipe, O_CLOEXEC) < 0)
        return is_older_than_6_14();
    char first = try_it(&t);
    for (int i = 0; i < 2; i++) {
        if (t.pid[i] <= 0)
            continue;
        kill(t.pid[i], SIGKILL);
        observer->end(&t.writer[i]);
        waitpid(t.pid[i], NULL, 0);
    }
    close(t.pipe[0]);
    close(t.pipe[1]);
    return first ? first == 'C' : is_older_than_6_14();
}

bool profile_wakes_in_vain(const struct observer *observer)
{
    static int known = -1; /* a kernel does not change while we run */
    if (known < 0)
        known = find_out(observer);
    return known;
}
