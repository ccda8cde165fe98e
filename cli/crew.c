#include "cli/crew.h"

#include "sim/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct order {
    int64_t first, behind;
};

/* ------------------------------------------------------- inside of a worker */

enum { ROWS_AT_ONCE = 32 };

static pid_t parent;

/* Asked between pieces of a run: how long one takes nobody knows. */
static bool parent_is_there(void)
{
    return getppid() == parent;
}

static bool read_all(int fd, void *to, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = read(fd, (char *)to + done, length - done);
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static bool write_all(int fd, const void *from, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = write(fd, (const char *)from + done, length - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* Rows of short runs are sent together, others at once: who waits for the row
 * of a long one shall not wait for the next, too. */
static bool carry_out(const struct sweep *s, const struct order *o, int to)
{
    enum { LONG = 100000 /* ticks */ };
    struct sweep_row rows[ROWS_AT_ONCE];
    size_t n = 0;
    for (int64_t run = o->first; run < o->behind; run++) {
        sweep_run(s, run, parent_is_there, &rows[n++]);
        if (n < ROWS_AT_ONCE && run + 1 < o->behind && rows[n - 1].end < LONG)
            continue;
        if (!write_all(to, rows, n * sizeof *rows))
            return false;
        n = 0;
    }
    return true;
}

/* The signals of the parent mean something to the parent only, and its share
 * of the machine's memory is for all. */
static void become_worker(int crew)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct rlimit data;
    struct sigaction now;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &now) == 0 &&
            now.sa_handler != SIG_IGN)
            signal(signals[i], SIG_DFL);
    if (getrlimit(RLIMIT_DATA, &data) == 0 && data.rlim_cur != RLIM_INFINITY) {
        data.rlim_cur /= (rlim_t)crew;
        setrlimit(RLIMIT_DATA, &data);
    }
}

static void work(const struct sweep *s, int from, int to)
{
    struct order o;
    while (parent_is_there() && read_all(from, &o, sizeof o) &&
           carry_out(s, &o, to))
        ;
    _exit(0);
}

/* ------------------------------------------------------------------ the crew */

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool open_pipes(int orders[2], int rows[2])
{
    orders[0] = orders[1] = rows[0] = rows[1] = -1;
    if (pipe(orders) == 0 && pipe(rows) == 0)
        return true;
    int error = errno;
    for (int i = 0; i < 2; i++) {
        close_end(&orders[i]);
        close_end(&rows[i]);
    }
    errno = error;
    return false;
}

/* The other workers' pipes are none of its business: their orders would not
 * end with the parent. */
static void forget_others(struct crew *crew)
{
    for (int i = 0; i < crew->count; i++) {
        close_end(&crew->all[i].to);
        close_end(&crew->all[i].from);
    }
}

static bool start_one(struct crew *crew, const struct sweep *s, int wanted)
{
    int orders[2], rows[2];
    if (!open_pipes(orders, rows))
        return false;
    pid_t pid = fork();
    if (pid == 0) {
        close(orders[1]);
        close(rows[0]);
        forget_others(crew);
        become_worker(wanted);
        work(s, orders[0], rows[1]);
    }
    int error = errno;
    close(orders[0]);
    close(rows[1]);
    struct worker *w = &crew->all[crew->count];
    *w = (struct worker){.pid = pid, .to = orders[1], .from = rows[0]};
    if (pid > 0) {
        fcntl(w->to, F_SETFD, FD_CLOEXEC);
        fcntl(w->from, F_SETFD, FD_CLOEXEC);
        crew->count++;
        return true;
    }
    close_end(&w->to);
    close_end(&w->from);
    errno = error;
    return false;
}

int crew_start(struct crew *crew, const struct sweep *s, int wanted)
{
    *crew = (struct crew){.all = mem_new((size_t)wanted, sizeof *crew->all)};
    parent = getpid();
    while (crew->count < wanted && start_one(crew, s, wanted))
        ;
    return crew->count;
}

bool crew_may_order(const struct worker *w)
{
    return w->resume[0] == w->resume[1];
}

void crew_order(struct worker *w, int64_t first, int64_t behind)
{
    const struct order o = {first, behind};
    if (w->next == w->last) {
        w->next = first;
        w->last = behind;
    } else {
        w->resume[0] = first;
        w->resume[1] = behind;
    }
    /* If it is gone, reading its rows will show that. */
    write_all(w->to, &o, sizeof o);
}

static void row_came(struct worker *w)
{
    w->filled = 0;
    if (++w->next < w->last)
        return;
    w->next = w->resume[0];
    w->last = w->resume[1];
    w->resume[0] = w->resume[1] = 0;
}

/* Reads what is there; false: nothing will come any more. */
static bool read_rows(struct worker *w,
                      void (*take)(void *, const struct sweep_row *),
                      void *self)
{
    char *part = (char *)&w->part;
    ssize_t n = read(w->from, part + w->filled, sizeof w->part - w->filled);
    if (n < 0 && errno == EINTR)
        return true;
    if (n <= 0)
        return false;
    w->filled += (size_t)n;
    if (w->filled < sizeof w->part)
        return true;
    take(self, &w->part);
    row_came(w);
    return true;
}

bool crew_read(struct crew *crew, void (*take)(void *, const struct sweep_row *),
               void *self, int *lost)
{
    enum { PATIENCE = 100 /* milliseconds */ };
    struct pollfd *fds = mem_new((size_t)crew->count, sizeof *fds);
    bool well = true;
    for (int i = 0; i < crew->count; i++)
        fds[i] = (struct pollfd){.fd = crew->all[i].from, .events = POLLIN};
    poll(fds, (nfds_t)crew->count, PATIENCE);
    for (int i = 0; i < crew->count && well; i++) {
        if (!fds[i].revents || read_rows(&crew->all[i], take, self))
            continue;
        *lost = i;
        well = false;
    }
    free(fds);
    return well;
}

int crew_end(struct worker *w, bool kill_it)
{
    int status = -1;
    close_end(&w->to);
    close_end(&w->from);
    if (w->pid <= 0)
        return status;
    if (kill_it)
        kill(w->pid, SIGKILL);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    w->pid = 0;
    return status;
}

void crew_free(struct crew *crew)
{
    for (int i = 0; i < crew->count; i++)
        crew_end(&crew->all[i], true);
    free(crew->all);
    *crew = (struct crew){0};
}
