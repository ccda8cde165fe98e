/* bench.c: who starts whom, who watches whom, and who cleans up (bench.h).
 *
 *     caller ──life──▶ runner ──forks──▶ sender ══lanes══▶ receiver
 *            ◀─news──        ◀──report──       ◀──────────
 *
 * `life` is held open for writing by the caller alone. A byte on it means
 * "measure"; its end means that the caller is gone. */
#define _GNU_SOURCE
#include "ipc/bench.h"

#include "ipc/bench_work.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TICK_MS = 50, PATIENCE_MS = 20000 };

/* What the runner says, one write each. */
struct news {
    enum { NEWS_MADE, NEWS_FIGURE, NEWS_OVER, NEWS_TROUBLE } kind;
    struct bench_objects objects; /* that exist now */
    enum way way;
    int index; /* of the size */
    struct figure figure;
    struct bench_trouble trouble;
};

struct bench {
    pid_t runner;
    int life, news;
    struct bench_objects objects; /* of the runner, as last told */
};

struct runner {
    const struct bench_settings *s;
    int life, news;
    pid_t self;
    pid_t workers[2];
    struct bench_objects objects;
};

/* ------------------------------------------------------------------ pinning */

/* The `n`-th CPU that this process may use, or -1. */
static int usable_cpu(int n)
{
    cpu_set_t all;
    if (sched_getaffinity(0, sizeof all, &all) < 0)
        return -1;
    for (size_t i = 0; i < CPU_SETSIZE; i++)
        if (CPU_ISSET(i, &all) && n-- == 0)
            return (int)i;
    return -1;
}

int bench_cpus(void)
{
    cpu_set_t all;
    if (sched_getaffinity(0, sizeof all, &all) < 0)
        return 1;
    return CPU_COUNT(&all);
}

static void pin_worker(enum pin pin, int which)
{
    int cpu = usable_cpu(pin == PIN_APART ? which : 0);
    cpu_set_t one;
    if (pin == PIN_NONE || cpu < 0)
        return;
    CPU_ZERO(&one);
    CPU_SET((size_t)cpu, &one);
    sched_setaffinity(0, sizeof one, &one);
}

/* ------------------------------------------------------------ in the runner */

static void tell(struct runner *r, struct news n)
{
    n.objects = r->objects;
    while (write(r->news, &n, sizeof n) < 0 && errno == EINTR)
        ;
}

static void clean(struct runner *r, struct lane lanes[2])
{
    for (int i = 0; i < 2; i++) {
        if (r->workers[i] > 0) {
            kill(r->workers[i], SIGKILL);
            waitpid(r->workers[i], NULL, 0);
        }
        r->workers[i] = 0;
    }
    lanes_close(lanes);
    bench_objects_remove(&r->objects);
}

static struct bench_work work_for(const struct runner *r, enum way w)
{
    static const int64_t ms = 1000000;
    bool quick = r->s->quick;
    return (struct bench_work){.warm_ns = quick ? 1 * ms : 10 * ms,
                               .rounds = !way_table[w].carries ? 0
                                         : quick               ? 3
                                                               : 9,
                               .round_ns = quick ? 5 * ms : 16 * ms,
                               .echo_ns = quick ? 10 * ms : 80 * ms,
                               .spoil = r->s->spoil == w,
                               .report = -1};
}

static bool start_workers(struct runner *r, struct bench_work *w)
{
    for (int i = 0; i < 2; i++) {
        r->workers[i] = fork();
        if (r->workers[i] < 0)
            return false;
        if (r->workers[i] > 0)
            continue;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != r->self)
            _exit(1);
        close(r->life);
        close(r->news);
        pin_worker(r->s->plan.pin, i);
        if (i == 0)
            bench_send(w);
        bench_receive(w);
    }
    return true;
}

/* Neither has died. */
static bool both_live(const struct runner *r)
{
    siginfo_t si;
    for (int i = 0; i < 2; i++) {
        si.si_pid = 0;
        if (waitid(P_PID, (id_t)r->workers[i], &si,
                   WEXITED | WNOHANG | WNOWAIT) < 0 ||
            si.si_pid)
            return false;
    }
    return true;
}

enum waited { CAME, GAVE_UP, CALLER_GONE };

/* Waits for the report. Nobody writes on `life` while we measure. */
static enum waited await(const struct runner *r, int fd,
                         struct bench_report *report)
{
    struct pollfd fds[2] = {{.fd = fd, .events = POLLIN},
                            {.fd = r->life, .events = POLLIN}};
    for (int ms = 0; ms < PATIENCE_MS; ms += TICK_MS) {
        if (poll(fds, 2, TICK_MS) < 0 && errno != EINTR)
            return GAVE_UP;
        if (fds[1].revents)
            return CALLER_GONE;
        if (fds[0].revents)
            return read(fd, report, sizeof *report) == sizeof *report
                       ? CAME
                       : GAVE_UP;
        if (!both_live(r))
            return GAVE_UP;
    }
    return GAVE_UP;
}

static void fail_call(struct bench_report *report, const char *call)
{
    *report = (struct bench_report){.outcome = BENCH_CALL, .error = errno};
    snprintf(report->call, sizeof report->call, "%s", call ? call : "");
}

/* Measures with lanes that are open. */
static enum waited measure_on(struct runner *r, struct bench_work *w,
                              struct bench_report *report)
{
    int reports[2] = {-1, -1};
    enum waited how = CAME;
    w->done[0] = w->done[1] = -1;
    if (pipe2(reports, O_CLOEXEC) < 0 || pipe2(w->done, O_CLOEXEC) < 0) {
        fail_call(report, "pipe");
    } else {
        w->report = reports[1];
        if (start_workers(r, w))
            how = await(r, reports[0], report);
        else
            fail_call(report, "fork");
    }
    for (int i = 0; i < 2; i++) {
        if (reports[i] >= 0)
            close(reports[i]);
        if (w->done[i] >= 0)
            close(w->done[i]);
    }
    return how;
}

/* One figure; false: the run is over. */
static bool measure_one(struct runner *r, enum way way, int index)
{
    size_t size =
        way_table[way].carries ? (size_t)r->s->plan.sizes[index] : 0;
    struct bench_work w = work_for(r, way);
    struct bench_report report = {.outcome = BENCH_WELL};
    enum waited how = CAME;
    if (lanes_open(w.lanes, way, size, &r->objects)) {
        tell(r, (struct news){.kind = NEWS_MADE});
        how = measure_on(r, &w, &report);
    } else {
        const char *call = w.lanes[0].failed;
        fail_call(&report, call ? call : w.lanes[1].failed);
    }
    clean(r, w.lanes);
    if (how == CALLER_GONE)
        _exit(0);
    struct news n = {.kind = NEWS_FIGURE, .way = way, .index = index};
    n.figure = (struct figure){true, lane_pieces(way, size), report.rate,
                               report.latency, report.late};
    bool well = how == CAME && report.outcome == BENCH_WELL;
    if (!well) {
        n.kind = NEWS_TROUBLE;
        n.trouble = (struct bench_trouble){
            how == GAVE_UP                  ? BENCH_SILENT
            : report.outcome == BENCH_WRONG ? BENCH_SPOILED
                                            : BENCH_NO_CALL,
            way, (int64_t)size, "", report.error};
        memcpy(n.trouble.call, report.call, sizeof n.trouble.call);
    }
    tell(r, n);
    return well;
}

/* All mechanisms at one size, then at the next: whatever drifts on a busy
 * machine drifts for all of them. */
static bool measure_all(struct runner *r)
{
    const struct figures *plan = &r->s->plan;
    for (int i = 0; i < plan->size_count; i++)
        for (int w = 0; w < WAY_COUNT; w++)
            if (figures_want(plan, (enum way)w) &&
                i < figures_sizes(plan, (enum way)w) &&
                !measure_one(r, (enum way)w, i))
                return false;
    return true;
}

/* Standard input and output are the caller's affair. */
static void let_go(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; null >= 0 && fd < 2; fd++)
        dup2(null, fd);
}

_Noreturn static void be_runner(struct runner *r)
{
    static const int deaf_to[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE};
    char order;
    setpgid(0, 0); /* Ctrl+C is for the caller; its end is our signal */
    for (size_t i = 0; i < sizeof deaf_to / sizeof *deaf_to; i++)
        signal(deaf_to[i], SIG_IGN);
    r->self = getpid();
    let_go();
    while (read(r->life, &order, 1) == 1)
        if (measure_all(r))
            tell(r, (struct news){.kind = NEWS_OVER});
    _exit(0);
}

/* ------------------------------------------------------------ in the caller */

/* Two pipes; false, with errno, and nothing open. */
static bool open_both(int life[2], int news[2])
{
    if (pipe2(life, O_CLOEXEC) < 0)
        return false;
    if (pipe2(news, O_CLOEXEC) == 0)
        return true;
    int error = errno;
    close(life[0]);
    close(life[1]);
    errno = error;
    return false;
}

struct bench *bench_start(const struct bench_settings *s)
{
    int life[2], news[2];
    struct bench *b = calloc(1, sizeof *b);
    if (!b || !open_both(life, news)) {
        free(b);
        return NULL;
    }
    *b = (struct bench){.life = life[1], .news = news[0], .objects = {-1, -1}};
    b->runner = fork();
    if (b->runner == 0) {
        struct runner r = {.s = s, .life = life[0], .news = news[1],
                           .objects = {-1, -1}};
        close(life[1]);
        close(news[0]);
        be_runner(&r);
    }
    int error = errno;
    close(life[0]);
    close(news[1]);
    if (b->runner > 0)
        return b;
    close(life[1]);
    close(news[0]);
    free(b);
    errno = error;
    return NULL;
}

void bench_measure(struct bench *b)
{
    while (write(b->life, "m", 1) < 0 && errno == EINTR)
        ;
}

int bench_descriptor(const struct bench *b)
{
    return b->news;
}

/* 1: there is one, 0: not yet, -1: the runner is gone. */
static int take_news(struct bench *b, bool wait, struct news *n)
{
    struct pollfd fd = {.fd = b->news, .events = POLLIN};
    ssize_t got;
    if (!wait && poll(&fd, 1, 0) == 0)
        return 0;
    do
        got = read(b->news, n, sizeof *n);
    while (got < 0 && errno == EINTR);
    if (got != sizeof *n)
        return -1;
    b->objects = n->objects;
    return 1;
}

enum bench_news bench_next(struct bench *b, bool wait, struct figures *f,
                           struct bench_trouble *trouble)
{
    struct news n;
    for (;;) {
        int got = take_news(b, wait, &n);
        if (got == 0)
            return BENCH_NOTHING;
        if (got < 0)
            break;
        if (n.kind == NEWS_OVER)
            return BENCH_OVER;
        if (n.kind == NEWS_TROUBLE)
            *trouble = n.trouble;
        if (n.kind == NEWS_TROUBLE)
            return BENCH_TROUBLE;
        if (n.kind == NEWS_FIGURE)
            f->at[n.way][n.index] = n.figure;
        if (n.kind == NEWS_FIGURE)
            return BENCH_FIGURE;
    }
    bench_objects_remove(&b->objects);
    *trouble = (struct bench_trouble){.kind = BENCH_LOST};
    return BENCH_TROUBLE;
}

void bench_stop(struct bench *b)
{
    int status = 0;
    if (!b)
        return;
    close(b->life);
    if (waitpid(b->runner, &status, 0) < 0 || !WIFEXITED(status))
        bench_objects_remove(&b->objects);
    close(b->news);
    free(b);
}
