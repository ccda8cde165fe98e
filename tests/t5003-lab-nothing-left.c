/* t5003-lab-nothing-left.c: whoever is killed, and whenever, no process stays.
 *
 * TS_KILLS says how many random moments are tried (20). */
#define _GNU_SOURCE
#include "ipc/session.h"
#include "ipc/sweep.h"
#include "sim/base/rng.h"
#include "tests/lab_kit.h"
#include "tests/left.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void nothing_left(void)
{
    bool gone = processes_go();
    EXPECT(gone);
    if (!gone)
        processes_end();
}

/* ---- the lab alone ---- */

static bool step_fork(int proc, int child)
{
    op_step(proc, an_op(OP_fork, 0, 0, 0, 0));
    st.target = child;
    returns(proc, st.op, child + 1, E_OK);
    return go();
}

/* Children that sleep in read, a pipe of their own, and more all the time. */
_Noreturn static void be_a_lab(void)
{
    setsid();
    open_lab();
    for (int round = 0;; round++) {
        int first = round * 4;
        scenario.op_count = 0;
        new_step(STEP_START, first);
        go();
        op_step(first, an_op(OP_pipe, 0, ARG_ABSENT, 0, 0));
        returns(first, st.op, 0, E_OK);
        go();
        for (int i = 1; i < 4 && step_fork(first + i - 1, first + i); i++) {
            op_step(first + i - 1, read_op(1));
            st.fd = 3;
            st.sleeps = true;
            go();
        }
        if (round == 20)
            for (;;)
                pause();
    }
}

TEST("a lab that is killed takes its children with it, at any moment")
{
    uint64_t dice = 1;
    left_begin();
    for (int i = 0; i < left_kills(20); i++) {
        pid_t pid = fork();
        if (pid == 0)
            be_a_lab();
        int64_t moment = (int64_t)rng_below(&dice, 30 * 1000);
        left_doze(moment);
        kill(pid, SIGKILL);
        test_case("kill %d, after %lld us", i, (long long)moment);
        nothing_left();
    }
}

/* ---- window, session, children ---- */

static const char lesson[] =
    "{\"timeslice\": 1, \"machine\": {\"cpus\": 2}, \"processes\": ["
    " {\"name\": \"a\", \"program\": [{\"pipe\": \"p\"}, {\"fork\": \"b\"},"
    "  {\"fork\": \"c\"}, {\"repeat\": \"forever\", \"do\": ["
    "   {\"write\": \"p[1]\", \"text\": \"x\"}, {\"cpu\": 3}]}]},"
    " {\"name\": \"b\", \"program\": [{\"repeat\": \"forever\", \"do\": ["
    "   {\"fork\": \"d\"}, {\"wait\": \"d\"}, {\"cpu\": 5}]}]},"
    " {\"name\": \"c\", \"program\": [{\"repeat\": \"forever\", \"do\": ["
    "   {\"read\": \"p[0]\", \"size\": 3}]}]},"
    " {\"name\": \"d\", \"program\": [{\"cpu\": 1}, {\"exit\": 0}]}]}";

/* A session in a process of its own, as the program starts it. */
static struct session *spawn_session(pid_t *pid)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        abort();
    *pid = fork();
    if (*pid == 0) {
        close(pair[0]);
        _exit(session_serve(pair[1], false));
    }
    close(pair[1]);
    return session_on(pair[0], *pid);
}

static void load_lesson(struct session *s)
{
    struct session_load load = {
        .path = "lesson.json", .text = lesson, .length = strlen(lesson)};
    session_load(s, &load);
}

/* Tells the session's pid, then plays until it is killed. */
_Noreturn static void be_a_window(int tell)
{
    pid_t pid;
    struct session *s = spawn_session(&pid);
    if (write(tell, &pid, sizeof pid) != sizeof pid)
        _exit(1);
    load_lesson(s);
    session_play(s, true);
    for (tick t = 0; !session_ended(s); t += 10) {
        session_advance(s, t);
        session_wait(s, 2);
        session_poll(s);
    }
    session_close(s);
    _exit(0);
}

/* Some process below `leader`. */
static pid_t some_child(pid_t leader, uint64_t *dice)
{
    pid_t all[64];
    int n = descendants(leader, all, 64);
    return n ? all[rng_below(dice, (uint64_t)n)] : 0;
}

enum victim { WINDOW, SESSION, CHILD };

static void kill_one(enum victim whom, uint64_t *dice, int number)
{
    int tell[2];
    pid_t session = 0;
    NEED(pipe(tell) == 0);
    pid_t window = fork();
    if (window == 0)
        be_a_window(tell[1]);
    close(tell[1]);
    EXPECT(read(tell[0], &session, sizeof session) == sizeof session);
    close(tell[0]);
    int64_t moment = (int64_t)rng_below(dice, 60 * 1000);
    test_case("kill %d, after %lld us", number, (long long)moment);
    left_doze(moment);
    if (whom == SESSION)
        kill(session, SIGKILL);
    if (whom == CHILD) {
        pid_t child = some_child(session, dice);
        if (child > 0)
            kill(child, SIGKILL);
        left_doze(20000);
    }
    if (whom != SESSION)
        kill(window, SIGKILL);
    nothing_left();
}

TEST("a window that is killed leaves no process behind")
{
    uint64_t dice = 2;
    for (int i = 0; i < left_kills(20); i++)
        kill_one(WINDOW, &dice, i);
}

TEST("a session that is killed leaves no process behind")
{
    uint64_t dice = 3;
    for (int i = 0; i < left_kills(20); i++)
        kill_one(SESSION, &dice, i);
}

TEST("nor does it matter that a child was killed before")
{
    uint64_t dice = 4;
    for (int i = 0; i < left_kills(20); i++)
        kill_one(CHILD, &dice, i);
}

/* ---- a window's picture ---- */

/* Makes segments as SDL does, and dies before they are marked. */
_Noreturn static void be_killed_with_segments(int tell)
{
    sweep_after_window();
    int id[2] = {shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600),
                 shmget(0x75430001, 4096, IPC_CREAT | IPC_EXCL | 0600)};
    if (write(tell, id, sizeof id) != sizeof id)
        _exit(1);
    raise(SIGKILL);
    _exit(1);
}

static bool is_segment(int id)
{
    struct shmid_ds now;
    return shmctl(id, IPC_STAT, &now) == 0;
}

TEST("a segment that SDL has just made goes with its window, no other does")
{
    int tell[2], id[2] = {-1, -1};
    left_begin();
    NEED(pipe(tell) == 0);
    int other = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    pid_t window = fork();
    if (window == 0)
        be_killed_with_segments(tell[1]);
    EXPECT(read(tell[0], id, sizeof id) == sizeof id);
    nothing_left();
    EXPECT(id[0] >= 0 && !is_segment(id[0]));
    EXPECT(id[1] >= 0 && is_segment(id[1]));
    EXPECT(other >= 0 && is_segment(other));
    shmctl(id[1], IPC_RMID, NULL);
    shmctl(other, IPC_RMID, NULL);
    close(tell[0]);
    close(tell[1]);
}

/* ---- a session that is well ---- */

static bool catch_up(struct session *s, int milliseconds)
{
    for (int waited = 0; session_busy(s); waited++) {
        if (waited > milliseconds)
            return false;
        session_wait(s, 1);
        session_poll(s);
    }
    session_poll(s);
    return true;
}

static int64_t count(const struct session *s, enum event_kind kind)
{
    const struct trace *tr = session_trace(s);
    int64_t n = 0;
    for (size_t i = 0; i < tr->count; i++)
        n += trace_at(tr, i)->kind == kind;
    return n;
}

TEST("a session runs a lesson, and its end leaves no process behind")
{
    pid_t pid;
    struct session *s = spawn_session(&pid);
    load_lesson(s);
    session_advance(s, 200);
    EXPECT(catch_up(s, 10000));
    EXPECT_EQ_STR(session_notice(s) ? session_notice(s) : "", "");
    EXPECT(session_live(s));
    EXPECT_EQ_INT(session_reached(s), 200);
    EXPECT(count(s, EV_CONFIRM) > 50);
    EXPECT_EQ_INT(count(s, EV_DIVERGE), 0);
    session_close(s);
    nothing_left();
}

/* Where the last event of the instant `t` ends. */
static size_t position_at(const struct session *s, tick t)
{
    return trace_find(session_trace(s), t + 1);
}

/* The events that the model says: their kinds, times and processes. */
static uint64_t model_hash(const struct trace *tr, size_t most)
{
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < tr->count && most > 0; i++) {
        const struct event *e = trace_at(tr, i);
        if (e->kind == EV_KERNEL || e->kind == EV_REAL ||
            e->kind == EV_CONFIRM)
            continue;
        h = (h ^ (uint64_t)(e->t * 64 + e->kind)) * 1099511628211u;
        h = (h ^ (uint64_t)(e->proc + 2)) * 1099511628211u;
        most--;
    }
    return h;
}

static size_t model_count(const struct trace *tr, size_t p)
{
    size_t n = 0;
    for (size_t i = 0; i < p; i++) {
        uint8_t k = trace_at(tr, i)->kind;
        n += k != EV_KERNEL && k != EV_REAL && k != EV_CONFIRM;
    }
    return n;
}

TEST("acting in the past begins a new branch with fresh processes")
{
    pid_t pid;
    struct session *s = spawn_session(&pid);
    load_lesson(s);
    session_advance(s, 300);
    EXPECT(catch_up(s, 10000));
    size_t at = position_at(s, 100);
    size_t before = model_count(session_trace(s), at);
    uint64_t past = model_hash(session_trace(s), before);
    session_act(s, (struct deed){at, 100, ACTION_SUSPEND, 2});
    session_advance(s, 150);
    EXPECT(catch_up(s, 10000));
    EXPECT_EQ_STR(session_notice(s) ? session_notice(s) : "", "");
    EXPECT_EQ_HEX(model_hash(session_trace(s), before), past);
    EXPECT_EQ_INT(session_reached(s), 150);
    EXPECT_EQ_INT(count(s, EV_USER), 1);
    EXPECT_EQ_INT(count(s, EV_DIVERGE), 0);
    /* A second act, after the first: the first one is done again. */
    session_act(s, (struct deed){position_at(s, 120), 120, ACTION_KILL, 1});
    session_advance(s, 200);
    EXPECT(catch_up(s, 10000));
    EXPECT_EQ_INT(count(s, EV_USER), 2);
    EXPECT_EQ_INT(count(s, EV_DIVERGE), 0);
    EXPECT(session_live(s));
    session_close(s);
    nothing_left();
}

TEST("a session that cannot read the scenario says so and stays")
{
    pid_t pid;
    struct session *s = spawn_session(&pid);
    struct session_load bad = {.path = "x", .text = "{", .length = 1};
    session_load(s, &bad);
    session_advance(s, 10);
    EXPECT(catch_up(s, 5000));
    EXPECT_EQ_STR(session_notice(s) ? session_notice(s) : "",
                  "the session cannot read the scenario");
    load_lesson(s);
    session_advance(s, 10);
    EXPECT(catch_up(s, 5000));
    EXPECT(session_live(s));
    session_close(s);
    nothing_left();
}
