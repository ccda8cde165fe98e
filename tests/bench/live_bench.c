/* live_bench.c: what a confirmed step of a live run costs.
 *
 * A step is one call of one process: it is told to make the call, and whoever
 * told it knows afterwards what became of it. Everything is on one CPU.
 *
 *   ping-pong   two processes and two pipes, a byte there and back: an order
 *               and its answer, the least that two processes can say to each
 *               other. Four calls, two of which sleep; nothing is proven.
 *   ptrace      a debugger that lets one of its processes at a time make one
 *               call. Two stops a call, at its entry and at its exit
 *               (PTRACE_SYSCALL, waitpid, PTRACE_GET_SYSCALL_INFO each): the
 *               number and the arguments, then what it returned, and the
 *               bytes it read (process_vm_readv). Nothing stops when a call
 *               falls asleep, so to prove that it must look into /proc as the
 *               lab does: asleep, in this call, on this descriptor, and
 *               afterwards still not at its exit.
 *   live        engine and lab: the model decides, a real child makes the
 *               call, the kernel's answer is held against the model's, all
 *               sleepers are looked at, evidence goes into the trace.
 *
 * Two programs: one whose calls all complete (it writes a byte into a pipe and
 * reads it again), and two processes that play ping-pong, where every other
 * call falls asleep and is woken by the write of the next step.
 *
 * All run in turn in short rounds and the least of each is compared, since
 * noise only adds. Goals: live at most twice the ping-pong and at most half of
 * ptrace. */
#define _GNU_SOURCE
#include "ipc/lab.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 200, STEPS = 400 }; /* rounds of some milliseconds */

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(3);
}

static void one_cpu(void)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)sched_getcpu(), &one);
    if (sched_setaffinity(0, sizeof one, &one) < 0)
        give_up("sched_setaffinity");
}

static void make_pipe(int p[2])
{
    if (pipe2(p, O_CLOEXEC) < 0)
        give_up("pipe");
}

/* Reads a byte, writes a byte, for ever. */
static _Noreturn void echo(int from, int to)
{
    char c;
    while (read(from, &c, 1) == 1 && write(to, &c, 1) == 1)
        continue;
    _exit(0);
}

/* ---- a byte there and back ---- */

static int there[2], back[2];
static pid_t echoer;

static void ping_pong_begin(void)
{
    make_pipe(there);
    make_pipe(back);
    echoer = fork();
    if (echoer == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(there[1]);
        echo(there[0], back[1]);
    }
}

static double ping_pong(void)
{
    char c = 'x';
    double begun = now_us();
    for (int i = 0; i < STEPS; i++)
        if (write(there[1], &c, 1) != 1 || read(back[0], &c, 1) != 1)
            give_up("ping-pong");
    return (now_us() - begun) / STEPS;
}

static void ping_pong_end(void)
{
    kill(echoer, SIGKILL);
    waitpid(echoer, NULL, 0);
    for (int i = 0; i < 2; i++) {
        close(there[i]);
        close(back[i]);
    }
}

/* ---- a debugger that steps from call to call ---- */

struct tracee {
    pid_t pid;
    int look; /* its /proc/PID/syscall */
    struct __ptrace_syscall_info at; /* its last stop */
};

static struct tracee tracee[2];

static void let_go(const struct tracee *t)
{
    if (ptrace(PTRACE_SYSCALL, t->pid, NULL, NULL) < 0)
        give_up("PTRACE_SYSCALL");
}

/* It comes to its next stop, at the entry or the exit of a call. */
static void await_stop(struct tracee *t)
{
    int status;
    void *size = (void *)sizeof t->at; /* ptrace(2) wants it so */
    if (waitpid(t->pid, &status, __WALL) != t->pid || !WIFSTOPPED(status) ||
        ptrace(PTRACE_GET_SYSCALL_INFO, t->pid, size, &t->at) <= 0)
        give_up("ptrace");
}

/* On to its next read or write, over what the C library does on the way. */
static void to_call(struct tracee *t)
{
    do {
        let_go(t);
        await_stop(t);
    } while (t->at.op != PTRACE_SYSCALL_INFO_ENTRY ||
             (t->at.entry.nr != SYS_read && t->at.entry.nr != SYS_write));
}

/* Its call returns: one byte, and that byte is the one that was written. */
static void see_return(struct tracee *t)
{
    char byte = 0;
    struct iovec ours = {&byte, 1};
    struct iovec its = {(void *)(uintptr_t)t->at.entry.args[1], 1};
    bool reads = t->at.entry.nr == SYS_read;
    await_stop(t);
    if (t->at.op != PTRACE_SYSCALL_INFO_EXIT || t->at.exit.rval != 1)
        give_up("a call that did not move a byte");
    if (reads && (process_vm_readv(t->pid, &ours, 1, &its, 1, 0) != 1 ||
                  byte != 'x'))
        give_up("a read of something else");
}

static bool looks_asleep(const struct tracee *t)
{
    char text[256];
    ssize_t n = pread(t->look, text, sizeof text - 1, 0);
    if (n <= 0)
        give_up("/proc/PID/syscall");
    text[n] = '\0';
    char *next;
    uint64_t number = strtoull(text, &next, 10);
    return text[0] != 'r' && number == t->at.entry.nr &&
           strtoull(next, NULL, 0) == t->at.entry.args[0];
}

/* It has been let into a call: it sleeps there, and has not come out. */
static void see_sleep(struct tracee *t)
{
    do
        sched_yield();
    while (!looks_asleep(t));
    if (waitpid(t->pid, NULL, WNOHANG | __WALL) != 0)
        give_up("a call that did not sleep");
}

/* A traced process before its first call. */
static void trace(struct tracee *t, int from, int to, bool writes_first)
{
    t->pid = fork();
    if (t->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
            _exit(3);
        raise(SIGSTOP);
        if (writes_first && write(to, "x", 1) != 1)
            _exit(3);
        echo(from, to);
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/syscall", (int)t->pid);
    t->look = open(path, O_RDONLY | O_CLOEXEC);
    if (t->look < 0 || waitpid(t->pid, NULL, __WALL) != t->pid ||
        ptrace(PTRACE_SETOPTIONS, t->pid, NULL,
               (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)) < 0)
        give_up("ptrace");
    to_call(t);
}

static void trace_end(struct tracee *t)
{
    close(t->look);
    kill(t->pid, SIGKILL);
    while (waitpid(t->pid, NULL, __WALL) > 0)
        continue;
}

static void trace_completing_begin(void)
{
    int p[2];
    make_pipe(p);
    trace(&tracee[0], p[0], p[1], true);
}

static void trace_completing_end(void)
{
    trace_end(&tracee[0]);
}

static double trace_completing(void)
{
    double begun = now_us();
    for (int i = 0; i < STEPS; i++) {
        let_go(&tracee[0]);
        see_return(&tracee[0]);
        to_call(&tracee[0]);
    }
    return (now_us() - begun) / STEPS;
}

static void trace_sleeping_begin(void)
{
    int p[2], q[2];
    make_pipe(p);
    make_pipe(q);
    trace(&tracee[0], q[0], p[1], true);
    trace(&tracee[1], p[0], q[1], false);
    let_go(&tracee[1]);
    see_sleep(&tracee[1]);
}

static void trace_sleeping_end(void)
{
    trace_end(&tracee[0]);
    trace_end(&tracee[1]);
}

/* One writes, which wakes the other; then it reads and falls asleep. */
static double trace_sleeping(void)
{
    double begun = now_us();
    for (int i = 0; i < STEPS; i += 2) {
        struct tracee *one = &tracee[i / 2 % 2];
        struct tracee *other = &tracee[(i / 2 + 1) % 2];
        let_go(one);
        see_return(one);
        see_return(other);
        to_call(one);
        to_call(other);
        let_go(one);
        see_sleep(one);
    }
    return (now_us() - begun) / STEPS;
}

/* ---- a live run ---- */

static const char completing[] =
    "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": ["
    "{\"pipe\": \"p\"}, {\"repeat\": \"forever\", \"do\": ["
    "{\"write\": \"p[1]\", \"text\": \"x\"},"
    "{\"read\": \"p[0]\", \"size\": 1}]}]}]}";

static const char sleeping[] =
    "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": ["
    "{\"pipe\": \"p\"}, {\"pipe\": \"q\"}, {\"fork\": \"b\"},"
    "{\"repeat\": \"forever\", \"do\": ["
    "{\"write\": \"p[1]\", \"text\": \"x\"},"
    "{\"read\": \"q[0]\", \"size\": 1}]}]},"
    "{\"name\": \"b\", \"program\": [{\"repeat\": \"forever\", \"do\": ["
    "{\"read\": \"p[0]\", \"size\": 1},"
    "{\"write\": \"q[1]\", \"text\": \"y\"}]}]}]}";

static struct {
    struct scenario *scenario;
    struct lab *lab;
    struct sim *sim;
    tick now;
} run;

static int64_t advance(tick by)
{
    const struct world *w = sim_world(run.sim); /* its head may move */
    int64_t before = w->head->confirmed;
    run.now += by;
    sim_advance(run.sim, run.now, 0);
    if (w->head->diverged)
        give_up("the model and the kernel differ");
    return w->head->confirmed - before;
}

static void live_begin(const char *text)
{
    struct diag d = {.file = "bench"};
    const char *why;
    run.now = 0;
    run.scenario = scenario_read("bench", text, strlen(text), NULL, 0, &d);
    run.lab = run.scenario ? lab_set_up(run.scenario, &why) : NULL;
    if (!run.lab)
        give_up("lab");
    run.sim = sim_new(run.scenario);
    sim_set_kernel(run.sim, lab_kernel(run.lab));
    advance(100);
    lab_rest(run.lab);
}

static void live_completing_begin(void)
{
    live_begin(completing);
}

static void live_sleeping_begin(void)
{
    live_begin(sleeping);
}

static double live(void)
{
    double begun = now_us();
    int64_t steps = advance(STEPS);
    double took = now_us() - begun;
    if (steps < STEPS / 2)
        give_up("steps that are not confirmed");
    lab_rest(run.lab);
    return took / (double)steps;
}

static void live_end(void)
{
    lab_tear_down(run.lab);
    sim_free(run.sim);
    scenario_free(run.scenario);
}

/* ---- all of them ---- */

struct contender {
    const char *name;
    void (*begin)(void);
    double (*round)(void);
    void (*end)(void);
};

enum { PING_PONG, PTRACE, LIVE, CONTENDERS };

static const struct contender on_completing[CONTENDERS] = {
    {"ping-pong, there and back", ping_pong_begin, ping_pong, ping_pong_end},
    {"ptrace", trace_completing_begin, trace_completing, trace_completing_end},
    {"live", live_completing_begin, live, live_end},
};

static const struct contender on_sleeping[CONTENDERS] = {
    {"ping-pong, there and back", ping_pong_begin, ping_pong, ping_pong_end},
    {"ptrace", trace_sleeping_begin, trace_sleeping, trace_sleeping_end},
    {"live", live_sleeping_begin, live, live_end},
};

static void against_goal(double ratio, const char *what, double goal)
{
    printf("  %-34s %8.2f   goal <= %.1f: %s\n", what, ratio, goal,
           ratio <= goal ? "met" : "MISSED");
}

static void compare(const char *title, const struct contender *c)
{
    double least[CONTENDERS];
    for (int i = CONTENDERS - 1; i >= 0; i--) { /* live inherits nothing */
        least[i] = 1e18;
        c[i].begin();
    }
    for (int r = 0; r < ROUNDS; r++)
        for (int i = 0; i < CONTENDERS; i++) {
            double us = c[i].round();
            least[i] = us < least[i] ? us : least[i];
        }
    for (int i = 0; i < CONTENDERS; i++)
        c[i].end();
    printf("%s\n", title);
    for (int i = 0; i < CONTENDERS; i++)
        printf("  %-34s %8.2f us\n", c[i].name, least[i]);
    against_goal(least[LIVE] / least[PING_PONG], "live / ping-pong", 2);
    against_goal(least[LIVE] / least[PTRACE], "live / ptrace", 0.5);
}

int main(void)
{
    one_cpu();
    printf("a step of a live run, one CPU, least of %d rounds of %d steps\n",
           ROUNDS, STEPS);
    compare("calls that complete", on_completing);
    compare("every other call sleeps", on_sleeping);
    return 0;
}
