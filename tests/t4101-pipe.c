/* t4101: the pipe of the model, rule by rule (pipe(7), write(2), signal(7),
 * and what fs/pipe.c of Linux does; every figure was measured on a kernel). */
#include "tests/run.h"
#include "tests/test.h"

#define ONE                                                                    \
    "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': 'fcfs'}, "         \
    "'processes': [{'name': 'A', 'program': [{'pipe': 'p'}, "
#define END "]}]}"

/* What a single process's calls return after its pipe(). */
static void expect_returns(const char *ops, const char *want)
{
    struct str text = {0};
    str_addf(&text, ONE "%s" END, ops);
    struct run r = run_quoted(str_text(&text), 100000);
    str_free(&text);
    NEED(r.sim);
    test_case("%s", ops);
    const char *got = run_returns(&r, "A");
    EXPECT_EQ_STR(got + strlen("pipe=0 "), want);
    run_expect_sound(&r);
    run_free(&r);
}

#define NB "{'fcntl': 'p[1]', 'flags': 'O_NONBLOCK'}, "
#define RNB "{'fcntl': 'p[0]', 'flags': 'O_NONBLOCK'}, "
#define W(n) "{'write': 'p[1]', 'bytes': " #n "}"
#define R(n) "{'read': 'p[0]', 'size': " #n "}"

TEST("a read takes what is there and no more")
{
    expect_returns(W(5) ", " R(3) ", " R(100), "write=5 read=3 read=2");
}

TEST("full counts pages, not bytes: 16 writes of 2049 fill it")
{
    expect_returns(NB
                   "{'repeat': 16, 'do': [" W(2049) "]}, " W(2049) ", " W(2047),
                   "fcntl=0 write=2049 write=2049 write=2049 write=2049 "
                   "write=2049 write=2049 write=2049 write=2049 write=2049 "
                   "write=2049 write=2049 write=2049 write=2049 write=2049 "
                   "write=2049 write=2049 write=-1:EAGAIN write=2047");
}

TEST("a write of a whole page never merges")
{
    expect_returns(NB W(61441) ", " W(4096) ", " W(4095),
                   "fcntl=0 write=61441 write=-1:EAGAIN write=4095");
}

TEST("without waiting, a large write is cut to whole pages")
{
    expect_returns(NB W(60000) ", " W(10000), "fcntl=0 write=60000 write=4096");
    expect_returns(NB W(61540) ", " W(5000), "fcntl=0 write=61540 write=904");
}

TEST("reading part of a page frees nothing")
{
    expect_returns(NB W(65536) ", " R(4095) ", " W(1) ", " R(1) ", " W(1),
                   "fcntl=0 write=65536 read=4095 write=-1:EAGAIN read=1 "
                   "write=1");
}

TEST("an empty pipe without waiting is EAGAIN, without a writer it is the end")
{
    expect_returns(RNB R(1) ", {'close': 'p[1]'}, " R(1),
                   "fcntl=0 read=-1:EAGAIN close=0 read=0");
}

TEST("what is in the pipe outlives its writers")
{
    expect_returns(W(3) ", {'close': 'p[1]'}, " R(2) ", " R(2) ", " R(2),
                   "write=3 close=0 read=2 read=1 read=0");
}

TEST("a duplicate keeps the end open")
{
    expect_returns(RNB "{'dup': 'p[1]', 'as': 'd'}, {'close': 'p[1]'}, " R(
                       1) ", {'close': 'd'}, " R(1),
                   "fcntl=0 dup=5 close=0 read=-1:EAGAIN close=0 read=0");
}

TEST("zero bytes: a write to nobody and a read of nothing both give 0")
{
    expect_returns("{'close': 'p[0]'}, {'write': 'p[1]', 'bytes': 0}",
                   "close=0 write=0");
    expect_returns(R(0), "read=0");
}

TEST("the wrong end and a closed descriptor are EBADF")
{
    expect_returns("{'read': 'p[1]', 'size': 1}, {'write': 'p[0]', 'bytes': 1},"
                   "{'close': 'p[0]'}, {'close': 'p[0]'}, " R(1),
                   "read=-1:EBADF write=-1:EBADF close=0 close=-1:EBADF "
                   "read=-1:EBADF");
}

TEST("numbers are the lowest free ones, and 32 of them are all")
{
    expect_returns("{'dup': 'p[0]', 'as': 'a'}, {'close': 'p[0]'},"
                   "{'dup': 'a', 'as': 'b'}",
                   "dup=5 close=0 dup=3");
    expect_returns("{'repeat': 27, 'do': [{'dup': 'p[0]', 'as': 'a'}]},"
                   "{'dup': 'p[0]', 'as': 'a'}, {'pipe': 'q'}",
                   "dup=5 dup=6 dup=7 dup=8 dup=9 dup=10 dup=11 dup=12 dup=13 "
                   "dup=14 dup=15 dup=16 dup=17 dup=18 dup=19 dup=20 dup=21 "
                   "dup=22 dup=23 dup=24 dup=25 dup=26 dup=27 dup=28 dup=29 "
                   "dup=30 dup=31 dup=-1:EMFILE pipe=-1:EMFILE");
}

TEST("the size of a pipe is rounded up, and never below what is in it")
{
    expect_returns("{'fcntl': 'p[1]', 'pipe_size': 5000}, "
                   "{'fcntl': 'p[1]', 'pipe_size': 1}, " W(
                       4096) ", "
                             "{'fcntl': 'p[1]', 'pipe_size': 8192}, " W(
                                 1) ", "
                                    "{'fcntl': 'p[1]', 'pipe_size': 4096}",
                   "fcntl=8192 fcntl=4096 write=4096 fcntl=8192 write=1 "
                   "fcntl=-1:EBUSY");
}

TEST("SIGPIPE kills by default, and EPIPE is seen when it is ignored or held")
{
    struct run r =
        run_quoted(ONE "{'close': 'p[0]'}, " W(1) ", {'cpu': 9}" END, 100);
    NEED(r.sim);
    EXPECT_EQ_INT(r.world->proc[0].exit_kind, 1);
    EXPECT_EQ_INT(r.world->proc[0].exit_value, 13);
    run_free(&r);
    expect_returns("{'signal': 'SIGPIPE', 'action': 'ignore'},"
                   "{'close': 'p[0]'}, " W(1),
                   "signal=0 close=0 write=-1:EPIPE");
    expect_returns(
        "{'signal': 'SIGPIPE', 'action': 'block'},"
        "{'close': 'p[0]'}, " W(
            1) ", {'sleep': 1}, "
               "{'signal': 'SIGPIPE', 'action': 'unblock'}, {'sleep': 1}",
        "signal=0 close=0 write=-1:EPIPE sleep=0 signal=0");
}

/* ---- two and more ---- */

#define HEAD                                                                   \
    "{'timeslice': 1, 'title': 't', 'machine': {'cpus': 4}, "                  \
    "'scheduler': {'policy': 'fcfs'}, 'processes': "

static struct run family(const char *parent, const char *children)
{
    struct str text = {0};
    str_addf(&text, HEAD "[{'name': 'P', 'program': [{'pipe': 'p'}, %s]}%s]}",
             parent, children);
    struct run r = run_quoted(str_text(&text), 100000);
    str_free(&text);
    return r;
}

static void expect_of(const struct run *r, const char *name, const char *want)
{
    test_case("what %s's calls return", name);
    EXPECT_EQ_STR(run_returns(r, name), want);
}

TEST("the last writer that closes wakes every reader")
{
    struct run r = family(
        "{'fork': 'A'}, {'fork': 'B'}, {'sleep': 3}, "
        "{'close': 'p[1]'}",
        ", {'name': 'A', 'program': [{'close': 'p[1]'}, " R(
            1) "]}, {'name': 'B', 'program': [{'close': 'p[1]'}, " R(1) "]}");
    NEED(r.sim);
    expect_of(&r, "A", "close=0 read=0");
    expect_of(&r, "B", "close=0 read=0");
    EXPECT_EQ_INT(r.world->head->stop, STOP_FINISHED);
    run_free(&r);
}

TEST("one write wakes one reader; what he leaves wakes the next")
{
    struct run r = family(
        "{'fork': 'A'}, {'fork': 'B'}, {'sleep': 3}, " W(3) ", {'sleep': 2}",
        ", {'name': 'A', 'program': [" R(
            2) "]}"
               ", {'name': 'B', 'program': [{'cpu': 1}, " R(2) "]}");
    NEED(r.sim);
    expect_of(&r, "A", "read=2");
    expect_of(&r, "B", "read=1");
    run_free(&r);
}

TEST("a large write goes in parts, and a small one gets in between")
{
    /* b writes 70000 into 65536; the reader drains; c's byte comes before the
     * rest of b only if c queued while b had gone back to the tail. */
    struct run r = family(
        "{'fork': 'B'}, {'sleep': 4}, {'fork': 'C'}, {'sleep': 4}, " R(
            4096) ", " R(65536) ", " R(65536),
        ", {'name': 'B', 'program': [{'write': 'p[1]', 'bytes': 73728}]}"
        ", {'name': 'C', 'program': [{'write': 'p[1]', 'bytes': 4096}]}");
    NEED(r.sim);
    expect_of(&r, "B", "write=73728");
    expect_of(&r, "C", "write=4096");
    expect_of(&r, "P",
              "pipe=0 fork=2 sleep=0 fork=3 sleep=0 read=4096 "
              "read=65536 read=8192");
    run_free(&r);
}

TEST("a reader that vanishes in mid-write: the partial count, and SIGPIPE")
{
    struct run r =
        family("{'fork': 'B'}, {'sleep': 4}, {'close': 'p[0]'}, {'sleep': 2}",
               ", {'name': 'B', 'program': [{'close': 'p[0]'}, "
               "{'signal': 'SIGPIPE', 'action': 'ignore'}, "
               "{'write': 'p[1]', 'bytes': 70000}]}");
    NEED(r.sim);
    expect_of(&r, "B", "close=0 signal=0 write=65536");
    run_free(&r);
}

TEST("a handler interrupts a sleeping read; SA_RESTART begins it anew")
{
    static const char *const restart[] = {"false", "true"};
    for (int i = 0; i < 2; i++) {
        struct str child = {0};
        str_addf(&child,
                 ", {'name': 'A', 'program': [{'signal': 'SIGUSR1', "
                 "'restart': %s, 'do': [{'cpu': 2}]}, " R(4) "]}",
                 restart[i]);
        struct run r =
            family("{'fork': 'A'}, {'sleep': 3}, "
                   "{'kill': 'A', 'sig': 'SIGUSR1'}, {'sleep': 5}, " W(
                       2) ", {'sleep': 2}",
                   str_text(&child));
        str_free(&child);
        NEED(r.sim);
        expect_of(&r, "A", i ? "signal=0 read=2" : "signal=0 read=-1:EINTR");
        run_expect_sound(&r);
        run_free(&r);
    }
}

TEST("a partly done write returns its short count even with SA_RESTART")
{
    struct run r = family(
        "{'fork': 'A'}, {'sleep': 3}, {'kill': 'A', 'sig': 'SIGUSR1'}, "
        "{'sleep': 5}",
        ", {'name': 'A', 'program': [{'signal': 'SIGUSR1', 'restart': true, "
        "'do': []}, {'write': 'p[1]', 'bytes': 70000}]}");
    NEED(r.sim);
    expect_of(&r, "A", "signal=0 write=65536");
    run_free(&r);
}

TEST("a stopped reader is in no line; it begins anew at the tail")
{
    struct run r =
        family("{'fork': 'A'}, {'fork': 'B'}, {'sleep': 2}, "
               "{'kill': 'A', 'sig': 'SIGSTOP'}, {'sleep': 1}, " W(
                   1) ", "
                      "{'sleep': 1}, {'kill': 'A', 'sig': 'SIGCONT'}, "
                      "{'sleep': 1}, " W(2),
               ", {'name': 'A', 'program': [" R(
                   9) "]}"
                      ", {'name': 'B', 'program': [{'cpu': 1}, " R(9) "]}");
    NEED(r.sim);
    expect_of(&r, "B", "read=1");
    expect_of(&r, "A", "read=2");
    run_expect_sound(&r);
    run_free(&r);
}

TEST("one pipe for two ways: a process reads back what it wrote")
{
    expect_returns("{'write': 'p[1]', 'text': 'to the child'}, " R(100),
                   "write=12 read=12");
}

TEST("a write that was stopped with nothing done begins anew, and may merge")
{
    /* W sleeps before a full pipe and is stopped. Then 2 pages are read, one
     * is taken by 100 bytes. 5000 = 904 + 4096: the 904 join those 100 only
     * because the call begins anew, and so all of it goes in at once. */
    struct run r = run_quoted(
        "{'timeslice': 1, 'machine': {'cpus': 2}, 'processes': ["
        "{'name': 'A', 'program': [{'pipe': 'p'}, {'fork': 'W'}, " W(65536)
        ", {'sleep': 6}, " R(8192) ", " W(100) ", {'sleep': 10}]},"
        "{'name': 'W', 'program': [{'sleep': 3}, " W(5000) "]}],"
        "'actions': [{'at': 8, 'suspend': 'W'}, {'at': 14, 'activate': 'W'}]}",
        1000);
    NEED(r.sim);
    EXPECT_EQ_STR(run_returns(&r, "W"), "sleep=0 write=5000");
    EXPECT_EQ_INT(r.world->pipe[0].bytes, 65536 - 8192 + 100 + 5000);
    run_expect_sound(&r);
    run_free(&r);
}
