/* t5001-lab.c: real children do what a step says, and what they did is told.
 *
 * The steps are made by hand, as the engine would make them. */
#define _GNU_SOURCE
#include "ipc/lab.h"
#include "sim/scenario/ops.h"
#include "tests/test.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- a scenario that is only a list of ops ---- */

enum { OPS_ROOM = 64, PROCS_ROOM = 32 };

static struct op ops[OPS_ROOM];
static struct scenario scenario = {.ops = ops};
static struct lab *lab;
static struct sight seen;
static struct step_result wanted[STEP_MANY];
static int list[4][STEP_MANY];
static struct step st;

/* An op whose arguments are given as they lie in arg[]. */
static int32_t an_op(enum verb v, int64_t a, int64_t b, int64_t c, int64_t d)
{
    int32_t i = scenario.op_count++;
    ops[i] = (struct op){.verb = (uint8_t)v};
    for (int k = 0; k < OP_ARGS_MAX; k++)
        ops[i].arg[k] = ARG_ABSENT;
    int64_t arg[] = {a, b, c, d};
    for (int k = 0; k < op_about(v)->args && k < 4; k++)
        ops[i].arg[k] = arg[k];
    return i;
}

static void open_lab(void)
{
    const char *why;
    scenario.op_count = 0;
    lab = lab_set_up(&scenario, &why);
    EXPECT_EQ_STR(why ? why : "", "");
}

static void close_lab(void)
{
    lab_tear_down(lab);
    lab = NULL;
}

static void new_step(enum step_kind kind, int proc)
{
    st = (struct step){.kind = kind, .proc = proc, .op = NONE, .fd = -1,
                       .target = NONE, .result = wanted, .dies = list[0],
                       .enters = list[1], .stops = list[2],
                       .goes_on = list[3]};
}

/* Step `proc` carries out a new op; what it returns is added afterwards. */
static void op_step(int proc, int32_t op)
{
    new_step(STEP_OP, proc);
    st.op = op;
    st.call = &ops[op];
}

static void returns(int proc, int32_t op, int64_t ret, enum errno_name error)
{
    wanted[st.results++] =
        (struct step_result){.proc = proc, .op = op, .ret = ret,
                             .error = error};
}

static bool go(void)
{
    seen = (struct sight){0};
    const struct kernel *k = lab_kernel(lab);
    bool there = k->step(k->self, NULL, &st, &seen);
    EXPECT(there);
    return there && !seen.trouble;
}

/* The step came true; shows the lab's complaint if not. */
#define WELL() (EXPECT(go()), EXPECT_EQ_STR(seen.trouble ? seen.trouble : "", ""))

static void saw(int i, int proc, int64_t ret, enum errno_name error)
{
    NEED(i < seen.results);
    EXPECT_EQ_INT(seen.result[i].proc, proc);
    EXPECT_EQ_INT(seen.result[i].ret, ret);
    EXPECT_EQ_INT(seen.result[i].error, error);
}

/* ---- the ops, each one step that completes ---- */

static void start(int proc)
{
    new_step(STEP_START, proc);
    WELL();
}

static int32_t completes(int proc, int32_t op, int64_t fd, int64_t ret,
                         enum errno_name error)
{
    op_step(proc, op);
    st.fd = fd;
    returns(proc, op, ret, error);
    WELL();
    EXPECT_EQ_INT(seen.results, 1);
    saw(0, proc, ret, error);
    return op;
}

static void do_pipe(int proc)
{
    completes(proc, an_op(OP_pipe, 0, ARG_ABSENT, 0, 0), -1, 0, E_OK);
}

static void do_close(int proc, int fd)
{
    completes(proc, an_op(OP_close, 0, 0, 0, 0), fd, 0, E_OK);
}

static void do_fork(int proc, int child)
{
    int32_t op = an_op(OP_fork, 0, 0, 0, 0);
    op_step(proc, op);
    st.target = child;
    returns(proc, op, child + 1, E_OK);
    WELL();
    saw(0, proc, child + 1, E_OK);
}

static int32_t read_op(int64_t size)
{
    return an_op(OP_read, 0, size, ARG_ABSENT, 0);
}

static int32_t falls_asleep(int proc, int32_t op, int fd)
{
    op_step(proc, op);
    st.fd = fd;
    st.sleeps = true;
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    return op;
}

static void begin_write(int proc, int fd, const char *bytes, size_t length)
{
    op_step(proc, an_op(OP_write, 0, 0, 0, 0));
    st.fd = fd;
    st.bytes = (const unsigned char *)bytes;
    st.length = length;
}

static void do_write(int proc, int fd, const char *text)
{
    begin_write(proc, fd, text, strlen(text));
    returns(proc, st.op, (int64_t)strlen(text), E_OK);
    WELL();
    saw(0, proc, (int64_t)strlen(text), E_OK);
}

static void do_exit(int proc, int code)
{
    op_step(proc, an_op(OP_exit, code, 0, 0, 0));
    st.number = code;
    list[0][st.die_count++] = proc;
}

/* The first evidence of that kind about `proc`; -1 if there is none. */
static int64_t evidence(int proc, enum evidence kind)
{
    for (int i = 0; i < seen.evidence_count; i++) {
        const struct event *e = &seen.evidence[i];
        if (e->kind == EV_KERNEL && e->sub == kind && e->proc == proc)
            return e->val;
    }
    return -1;
}

/* ---- what must be true ---- */

TEST("a started process is there under a pid of its own")
{
    open_lab();
    start(0);
    NEED(seen.evidence_count > 0);
    EXPECT_EQ_INT(seen.evidence[0].kind, EV_REAL);
    EXPECT(kill((pid_t)seen.evidence[0].val, 0) == 0);
    EXPECT_EQ_INT(evidence(0, SEEN_LETTER), '.');
    EXPECT_EQ_INT(lab_alive(lab), 1);
    close_lab();
}

TEST("parent and child talk through a pipe, until the end of the file")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    do_close(0, 3);
    do_close(1, 4);
    int32_t reading = falls_asleep(1, read_op(100), 3);
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'S');

    begin_write(0, 4, "hello", 5);
    returns(0, st.op, 5, E_OK);
    returns(1, reading, 5, E_OK);
    WELL();
    EXPECT_EQ_INT(seen.results, 2);
    for (int i = 0; i < seen.results; i++)
        if (seen.result[i].proc == 1)
            EXPECT_EQ_BYTES(seen.result[i].data, "hello", 5);

    reading = falls_asleep(1, read_op(100), 3);
    int32_t closing = an_op(OP_close, 0, 0, 0, 0);
    op_step(0, closing);
    st.fd = 4;
    returns(0, closing, 0, E_OK);
    returns(1, reading, 0, E_OK);
    WELL();
    EXPECT_EQ_INT(seen.results, 2);

    int32_t waiting = an_op(OP_wait, ARG_ANY, ARG_ABSENT, 0, 0);
    falls_asleep(0, waiting, -1);
    do_exit(1, 7);
    returns(0, waiting, 2, E_OK);
    WELL();
    saw(0, 0, 2, E_OK);
    EXPECT_EQ_INT(evidence(1, SEEN_EXIT), 7 << 8);
    EXPECT_EQ_INT(lab_alive(lab), 1);
    do_exit(0, 0);
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 0);
    close_lab();
}

TEST("a child that nobody has waited for is a zombie, an orphan is reaped")
{
    open_lab();
    start(0);
    do_fork(0, 1);
    do_fork(1, 2);
    do_exit(1, 3);
    WELL();
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'Z');
    EXPECT_EQ_INT(evidence(1, SEEN_EXIT), 3 << 8);
    EXPECT_EQ_INT(lab_alive(lab), 3);
    do_exit(2, 0);
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 2);
    do_exit(0, 0);
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 0);
    close_lab();
}

TEST("a call on a closed descriptor fails as the kernel says")
{
    open_lab();
    start(0);
    completes(0, read_op(10), 9, -1, E_EBADF);
    completes(0, an_op(OP_close, 0, 0, 0, 0), 9, -1, E_EBADF);
    close_lab();
}

TEST("descriptors begin at 3 and end at 31")
{
    open_lab();
    start(0);
    do_pipe(0);
    for (int fd = 5; fd < FDS_MAX; fd++)
        completes(0, an_op(OP_dup, 0, 0, 0, 0), 3, fd, E_OK);
    completes(0, an_op(OP_dup, 0, 0, 0, 0), 3, -1, E_EMFILE);
    completes(0, an_op(OP_pipe, 0, ARG_ABSENT, 0, 0), -1, -1, E_EMFILE);
    close_lab();
}

TEST("a full pipe makes the writer sleep, and a reader lets it go on")
{
    static char block[65536 + 10];
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    begin_write(0, 4, block, sizeof block);
    int32_t writing = st.op;
    st.sleeps = true;
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    int32_t reading = read_op(65536);
    op_step(1, reading);
    st.fd = 3;
    returns(1, reading, 65536, E_OK);
    returns(0, writing, sizeof block, E_OK);
    WELL();
    EXPECT_EQ_INT(seen.results, 2);
    close_lab();
}

TEST("SIGPIPE kills, or is ignored and leaves EPIPE")
{
    open_lab();
    start(0);
    start(1);
    for (int proc = 0; proc < 2; proc++) {
        do_pipe(proc);
        do_close(proc, 3);
    }
    begin_write(0, 4, "x", 1);
    list[0][st.die_count++] = 0;
    WELL();
    EXPECT_EQ_INT(evidence(0, SEEN_EXIT), SIGPIPE);
    completes(1, an_op(OP_signal, SIGPIPE, 1, ARG_ABSENT, ARG_ABSENT), -1, 0,
              E_OK);
    begin_write(1, 4, "x", 1);
    returns(1, st.op, -1, E_EPIPE);
    WELL();
    saw(0, 1, -1, E_EPIPE);
    close_lab();
}

/* `signal SIG do`, with SA_RESTART or without. */
static void set_handler(int proc, int sig, int64_t restart)
{
    int32_t op = an_op(OP_signal, sig, ARG_ABSENT, 0, restart);
    completes(proc, op, -1, 0, E_OK);
}

static int32_t send(int from, int to, int sig)
{
    int32_t op = an_op(OP_kill, to, sig, 0, 0);
    op_step(from, op);
    st.target = to;
    returns(from, op, 0, E_OK);
    return op;
}

TEST("a handler runs inside of the call, and the call ends with EINTR")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    set_handler(1, SIGUSR1, ARG_ABSENT);
    int32_t reading = falls_asleep(1, read_op(5), 3);
    send(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    /* An op of the handler's, while the read is still under way. */
    do_write(1, 4, "ab");
    new_step(STEP_HANDLER, 1);
    returns(1, reading, -1, E_EINTR);
    WELL();
    saw(0, 1, -1, E_EINTR);
    completes(1, read_op(5), 3, 2, E_OK);
    close_lab();
}

TEST("with SA_RESTART the call sleeps on, or takes what the handler wrote")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    set_handler(1, SIGUSR1, 1);
    int32_t reading = falls_asleep(1, read_op(5), 3);
    send(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    new_step(STEP_HANDLER, 1);
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    falls_asleep(1, reading, 3);

    send(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    do_write(1, 4, "ab");
    new_step(STEP_HANDLER, 1);
    returns(1, reading, 2, E_OK);
    WELL();
    saw(0, 1, 2, E_OK);
    close_lab();
}

TEST("what a call returned is known before its handler runs")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_close(0, 3);
    set_handler(0, SIGPIPE, ARG_ABSENT);
    begin_write(0, 4, "x", 1);
    returns(0, st.op, -1, E_EPIPE);
    list[1][st.enter_count++] = 0;
    WELL();
    EXPECT_EQ_INT(seen.results, 1);
    saw(0, 0, -1, E_EPIPE);
    new_step(STEP_HANDLER, 0);
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    set_handler(0, SIGUSR1, ARG_ABSENT);
    send(0, 0, SIGUSR1);
    list[1][st.enter_count++] = 0;
    WELL();
    saw(0, 0, 0, E_OK);
    new_step(STEP_HANDLER, 0);
    WELL();
    do_close(0, 4);
    close_lab();
}

TEST("a handler that interrupts a process at the gate, and one inside it")
{
    open_lab();
    start(0);
    start(1);
    set_handler(1, SIGUSR1, ARG_ABSENT);
    set_handler(1, SIGUSR2, ARG_ABSENT);
    send(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    send(0, 1, SIGUSR2);
    list[1][st.enter_count++] = 1;
    WELL();
    do_pipe(1);
    new_step(STEP_HANDLER, 1);
    WELL();
    do_close(1, 3);
    new_step(STEP_HANDLER, 1);
    WELL();
    do_close(1, 4);
    close_lab();
}

TEST("sleep ends when the lab rings, and with EINTR after a handler")
{
    open_lab();
    start(0);
    start(1);
    int32_t sleeping = falls_asleep(1, an_op(OP_sleep, 5, 0, 0, 0), -1);
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'S');
    new_step(STEP_WAKE, 1);
    returns(1, sleeping, 0, E_OK);
    WELL();
    saw(0, 1, 0, E_OK);
    set_handler(1, SIGUSR1, 1);
    sleeping = falls_asleep(1, an_op(OP_sleep, 5, 0, 0, 0), -1);
    send(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    new_step(STEP_HANDLER, 1);
    returns(1, sleeping, -1, E_EINTR);
    WELL();
    close_lab();
}

TEST("suspended is stopped, activated goes on and sleeps again")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    int32_t reading = falls_asleep(1, read_op(5), 3);
    new_step(STEP_SUSPEND, 1);
    list[2][st.stop_count++] = 1;
    WELL();
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'T');
    new_step(STEP_ACTIVATE, 1);
    list[3][st.go_count++] = 1;
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'S');

    new_step(STEP_SUSPEND, 1);
    list[2][st.stop_count++] = 1;
    WELL();
    do_write(0, 4, "abc");
    new_step(STEP_ACTIVATE, 1);
    list[3][st.go_count++] = 1;
    returns(1, reading, 3, E_OK);
    WELL();
    saw(0, 1, 3, E_OK);
    close_lab();
}

TEST("a process that stops itself returns from kill when it goes on")
{
    open_lab();
    start(0);
    send(0, 0, SIGSTOP);
    list[2][st.stop_count++] = 0;
    WELL();
    new_step(STEP_ACTIVATE, 0);
    list[3][st.go_count++] = 0;
    WELL();
    do_pipe(0);
    close_lab();
}

TEST("whoever is killed dies, asleep or not")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    falls_asleep(1, read_op(5), 3);
    new_step(STEP_KILL, 1);
    list[0][st.die_count++] = 1;
    WELL();
    EXPECT_EQ_INT(evidence(1, SEEN_EXIT), SIGKILL);
    new_step(STEP_KILL, 0);
    list[0][st.die_count++] = 0;
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 0);
    close_lab();
}

TEST("a parent that ignores SIGCHLD leaves no zombie")
{
    open_lab();
    start(0);
    completes(0, an_op(OP_signal, SIGCHLD, 1, ARG_ABSENT, ARG_ABSENT), -1, 0,
              E_OK);
    do_fork(0, 1);
    do_exit(1, 0);
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 1);
    completes(0, an_op(OP_wait, ARG_ANY, ARG_ABSENT, 0, 0), -1, -1, E_ECHILD);
    completes(0, an_op(OP_kill, 1, 0, 0, 0), -1, -1, E_ESRCH);
    close_lab();
}

/* ---- a wrong model is found out ---- */

TEST("a call that sleeps though the model says it returns")
{
    open_lab();
    start(0);
    do_pipe(0);
    int32_t reading = read_op(5);
    op_step(0, reading);
    st.fd = 3;
    returns(0, reading, 5, E_OK);
    EXPECT(!go());
    EXPECT_EQ_STR(seen.trouble ? seen.trouble : "",
                  "process 1 did not return from its call (read)");
    EXPECT_EQ_INT(seen.results, 0);
    const struct kernel *k = lab_kernel(lab);
    EXPECT(!k->step(k->self, NULL, &st, &seen));
    close_lab();
}

TEST("a call that returns though the model says it sleeps")
{
    open_lab();
    start(0);
    do_pipe(0);
    op_step(0, read_op(5));
    st.fd = 4; /* the wrong end: EBADF */
    st.sleeps = true;
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "returned although");
    EXPECT_EQ_INT(seen.results, 1);
    saw(0, 0, -1, E_EBADF);
    close_lab();
}

TEST("a sleeper that wakes though the model lets it sleep")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    falls_asleep(1, read_op(5), 3);
    begin_write(0, 4, "hello", 5);
    returns(0, st.op, 5, E_OK);
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "returned although");
    close_lab();
}

TEST("somebody who dies, or does not, against the model")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_close(0, 3);
    begin_write(0, 4, "x", 1);
    returns(0, st.op, -1, E_EPIPE);
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "has died");
    close_lab();
    open_lab();
    start(0);
    start(1);
    send(0, 1, 0);
    list[0][st.die_count++] = 1;
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "did not die");
    close_lab();
}

TEST("a handler that the model knows nothing of")
{
    open_lab();
    start(0);
    set_handler(0, SIGUSR1, ARG_ABSENT);
    send(0, 0, SIGUSR1);
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "in a handler");
    close_lab();
}
