/* live_bench.c: what a confirmed step of a live run costs.
 *
 * All on one CPU, each the best of several rounds:
 *   ping-pong   two processes and two pipes, a byte there and back
 *   ptrace      a debugger that lets a child make one call at a time
 *   live        engine and lab: a real child makes a real call, the kernel's
 *               answer is held against the model's, evidence is kept
 * Goals: live at most twice the ping-pong and at most half of ptrace. */
#define _GNU_SOURCE
#include "ipc/lab.h"

#include <errno.h>
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
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, STEPS = 20000 };

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

/* ---- a byte there and back ---- */

static _Noreturn void echo(int from, int to)
{
    char c;
    while (read(from, &c, 1) == 1 && write(to, &c, 1) == 1)
        continue;
    _exit(0);
}

static double ping_pong(void)
{
    int there[2], back[2];
    if (pipe(there) < 0 || pipe(back) < 0)
        give_up("pipe");
    pid_t pid = fork();
    if (pid == 0) {
        close(there[1]);
        echo(there[0], back[1]);
    }
    char c = 'x';
    double begun = now_us();
    for (int i = 0; i < STEPS; i++)
        if (write(there[1], &c, 1) != 1 || read(back[0], &c, 1) != 1)
            give_up("ping-pong");
    double took = now_us() - begun;
    close(there[1]);
    waitpid(pid, NULL, 0);
    close(there[0]);
    close(back[0]);
    close(back[1]);
    return took / STEPS;
}

/* ---- a debugger that steps from call to call ---- */

static _Noreturn void be_traced(void)
{
    int p[2];
    char c = 'x';
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (pipe(p) < 0 || ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
        _exit(3);
    raise(SIGSTOP);
    for (;;)
        if (write(p[1], &c, 1) != 1 || read(p[0], &c, 1) != 1)
            _exit(3);
}

/* To the next stop, at the entry or the exit of a call. */
static void stop_at_call(pid_t pid)
{
    struct user_regs_struct regs;
    int status;
    if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) < 0 ||
        waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status) ||
        ptrace(PTRACE_GETREGS, pid, NULL, &regs) < 0)
        give_up("ptrace");
}

static double stepper(void)
{
    pid_t pid = fork();
    if (pid == 0)
        be_traced();
    waitpid(pid, NULL, 0);
    for (int i = 0; i < 4; i++)
        stop_at_call(pid);
    double begun = now_us();
    for (int i = 0; i < STEPS; i++) {
        stop_at_call(pid);
        stop_at_call(pid);
    }
    double took = now_us() - begun;
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    return took / STEPS;
}

/* Two that wait for each other, under one debugger: who stops is looked at and
 * let go. Two stops are a call. Nothing stops when a call falls asleep, so to
 * confirm that, this debugger must do what the lab does: look into /proc. */
static pid_t trace_echo(int from, int to)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
            _exit(3);
        raise(SIGSTOP);
        echo(from, to);
    }
    waitpid(pid, NULL, 0);
    return pid;
}

/* The file that says in which call `pid` sleeps. */
static int open_syscall(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/syscall", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        give_up(path);
    return fd;
}

/* `who` has just been let into a call: does it sleep there? */
static void look_at_sleeper(int fd)
{
    char line[128];
    sched_yield();
    if (pread(fd, line, sizeof line, 0) < 0)
        give_up("/proc/PID/syscall");
}

static double stepper_of_two(void)
{
    int there[2], back[2];
    if (pipe(there) < 0 || pipe(back) < 0 || write(there[1], "x", 1) != 1)
        give_up("pipe");
    pid_t pid[2] = {trace_echo(there[0], back[1]),
                    trace_echo(back[0], there[1])};
    int looks[2] = {open_syscall(pid[0]), open_syscall(pid[1])};
    for (int i = 0; i < 2; i++)
        ptrace(PTRACE_SYSCALL, pid[i], NULL, NULL);
    double begun = now_us();
    for (int stops = 0; stops < 2 * STEPS; stops++) {
        struct user_regs_struct regs;
        pid_t who = waitpid(-1, NULL, 0);
        if (who < 0 || ptrace(PTRACE_GETREGS, who, NULL, &regs) < 0 ||
            ptrace(PTRACE_SYSCALL, who, NULL, NULL) < 0)
            give_up("ptrace");
        bool enters_read = regs.orig_rax == SYS_read &&
                           (long long)regs.rax == -ENOSYS;
        if (enters_read)
            look_at_sleeper(looks[who == pid[1]]);
    }
    double took = now_us() - begun;
    for (int i = 0; i < 2; i++) {
        close(looks[i]);
        kill(pid[i], SIGKILL);
        waitpid(pid[i], NULL, 0);
        close(there[i]);
        close(back[i]);
    }
    return took / STEPS;
}

/* ---- a live run ---- */

static const char completing[] =
    "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": ["
    "{\"pipe\": \"p\"}, {\"repeat\": \"forever\", \"do\": ["
    "{\"write\": \"p[1]\", \"text\": \"x\"},"
    "{\"read\": \"p[0]\", \"size\": 1}]}]}]}";

/* Both sides sleep for each byte. */
static const char sleeping[] =
    "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": ["
    "{\"pipe\": \"p\"}, {\"pipe\": \"q\"}, {\"fork\": \"b\"},"
    "{\"repeat\": \"forever\", \"do\": ["
    "{\"write\": \"p[1]\", \"text\": \"x\"},"
    "{\"read\": \"q[0]\", \"size\": 1}]}]},"
    "{\"name\": \"b\", \"program\": [{\"repeat\": \"forever\", \"do\": ["
    "{\"read\": \"p[0]\", \"size\": 1},"
    "{\"write\": \"q[1]\", \"text\": \"y\"}]}]}]}";

static double live(const char *text)
{
    struct diag d = {.file = "bench"};
    const char *why;
    struct scenario *sc =
        scenario_read("bench", text, strlen(text), NULL, 0, &d);
    struct lab *lab = sc ? lab_set_up(sc, &why) : NULL;
    if (!lab)
        give_up("lab");
    struct sim *s = sim_new(sc);
    sim_set_kernel(s, lab_kernel(lab));
    sim_advance(s, 100, 0);
    int64_t before = sim_world(s)->head->confirmed;
    double begun = now_us();
    sim_advance(s, 100 + STEPS, 0);
    double took = now_us() - begun;
    int64_t steps = sim_world(s)->head->confirmed - before;
    if (sim_world(s)->head->diverged || steps < STEPS / 2)
        give_up("the model and the kernel differ");
    lab_tear_down(lab);
    sim_free(s);
    scenario_free(sc);
    return took / (double)steps;
}

static double best(double (*measure)(void))
{
    double least = 1e18;
    for (int i = 0; i < ROUNDS; i++) {
        double us = measure();
        least = us < least ? us : least;
    }
    return least;
}

static double live_completing(void)
{
    return live(completing);
}

static double live_sleeping(void)
{
    return live(sleeping);
}

int main(void)
{
    one_cpu();
    double pong = best(ping_pong);
    double one = best(live_completing);
    double two = best(live_sleeping);
    double ptrace_one = best(stepper);
    double ptrace_two = best(stepper_of_two);
    printf("%-46s %8s %12s %9s\n", "", "us", "x ping-pong", "x ptrace");
    printf("%-46s %8.2f\n", "ping-pong: there and back", pong);
    printf("%-46s %8.2f %12.2f\n", "ptrace: a call that completes", ptrace_one,
           ptrace_one / pong);
    printf("%-46s %8.2f %12.2f\n", "ptrace: a call, half of them sleep",
           ptrace_two, ptrace_two / pong);
    printf("%-46s %8.2f %12.2f %9.2f\n", "live: a step that completes", one,
           one / pong, one / ptrace_one);
    printf("%-46s %8.2f %12.2f %9.2f\n", "live: a step, half of them sleep",
           two, two / pong, two / ptrace_two);
    return 0;
}
