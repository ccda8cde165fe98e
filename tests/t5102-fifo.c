/* t5102-fifo.c: FIFOs and what is new about pipes, rule by rule, in the model
 * and on the kernel at once (fifo(7), open(2), Linux's fs/pipe.c). */
#define _GNU_SOURCE
#include "tests/both.h"
#include "tests/test.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FILE(programs)                                                         \
    "{'timeslice': 1, 'machine': {'cpus': 4}, 'scheduler': {'policy': "        \
    "'fcfs'}, 'processes': [" programs "]}"
#define MAKE "{'mkfifo': 'f'}, "
#define A(ops) "{'name': 'A', 'program': [" MAKE ops "]}"
#define LATER(name, at, ops)                                                   \
    ", {'name': '" name "', 'arrival': " #at ", 'program': [" ops "]}"
#define OPEN(how, fd) "{'open': 'f', 'flags': '" how "', 'as': '" fd "'}"
#define IN OPEN("O_RDONLY", "r")
#define OUT OPEN("O_WRONLY", "w")
#define IN_NOW OPEN("O_RDONLY|O_NONBLOCK", "r")
#define OUT_NOW OPEN("O_WRONLY|O_NONBLOCK", "w")
#define R(n) "{'read': 'r', 'size': " #n "}"
#define W(n) "{'write': 'w', 'bytes': " #n "}"
#define CLOSE(fd) "{'close': '" fd "'}"
#define UNLINK "{'unlink': 'f'}"
#define SLEEP(n) "{'sleep': " #n "}"
#define NO_PIPE "{'signal': 'SIGPIPE', 'action': 'ignore'}"

TEST("one opener releases all who wait for its side, whichever came first")
{
    expect_both(FILE(A(IN) LATER("B", 2, IN) LATER("C", 9, OUT)),
                "A: mkfifo=0 open=3; B: open=3; C: open=3");
    expect_both(FILE(A(OUT) LATER("B", 2, OUT) LATER("C", 9, IN)),
                "A: mkfifo=0 open=3; B: open=3; C: open=3");
}

TEST("reading without waiting: 0 before the first writer, then EAGAIN, then 0")
{
    expect_both(
        FILE(A(IN_NOW ", " R(9) ", " SLEEP(4) ", " R(9) ", " SLEEP(6) ", "
               R(9)) LATER("B", 4, OUT ", " SLEEP(5))),
        "A: mkfifo=0 open=3 read=0 sleep=0 read=-1:EAGAIN sleep=0 read=0; "
        "B: open=3 sleep=0");
}

TEST("writing without waiting needs a reader: ENXIO")
{
    expect_both(FILE(A(OUT_NOW ", " IN_NOW ", " OUT_NOW)),
                "A: mkfifo=0 open=-1:ENXIO open=3 open=4");
}

TEST("who sleeps in open counts as there, who is stopped in it does not")
{
    expect_both(FILE(A(IN) LATER("B", 5, OUT_NOW)),
                "A: mkfifo=0 open=3; B: open=3");
    expect_both(FILE(A(IN) LATER("B", 5, "{'kill': 'A', 'sig': 'SIGSTOP'}, "
                                         OUT_NOW ", {'kill': 'A', 'sig': "
                                         "'SIGCONT'}, " OUT_NOW)),
                "A: mkfifo=0 open=3; B: kill=0 open=-1:ENXIO kill=0 open=3");
}

TEST("who was stopped in open begins with the name again")
{
    expect_both(FILE(A(IN) LATER("B", 5, "{'kill': 'A', 'sig': 'SIGSTOP'}, "
                                         UNLINK ", {'kill': 'A', 'sig': "
                                         "'SIGCONT'}")),
                "A: mkfifo=0 open=-1:ENOENT; B: kill=0 unlink=0 kill=0");
}

TEST("O_RDWR never waits and releases both sides; it reads what it wrote")
{
    expect_both(FILE(A(OPEN("O_RDWR", "r") ", {'write': 'r', 'bytes': 7}, "
                       R(9))),
                "A: mkfifo=0 open=3 write=7 read=7");
    expect_both(FILE(A(IN) LATER("B", 5, OPEN("O_RDWR", "w"))),
                "A: mkfifo=0 open=3; B: open=3");
    expect_both(FILE(A(OUT) LATER("B", 5, OPEN("O_RDWR", "w"))),
                "A: mkfifo=0 open=3; B: open=3");
}

TEST("a writer that opens and closes at once still releases the reader")
{
    expect_both(FILE(A(IN ", " R(9)) LATER("B", 5, OUT ", " CLOSE("w"))),
                "A: mkfifo=0 open=3 read=0; B: open=3 close=0");
}

#define HANDLED(restart)                                                       \
    FILE(A("{'signal': 'SIGUSR1', 'restart': " restart                         \
           ", 'do': [{'cpu': 1}]}, " IN)                                       \
         LATER("B", 5, "{'kill': 'A', 'sig': 'SIGUSR1'}, " SLEEP(5) ", "       \
               OUT_NOW))

TEST("a handler ends a sleeping open with EINTR, or it is begun again")
{
    expect_both(HANDLED("false"),
                "A: mkfifo=0 signal=0 open=-1:EINTR; "
                "B: kill=0 sleep=0 open=-1:ENXIO");
    expect_both(HANDLED("true"),
                "A: mkfifo=0 signal=0 open=3; B: kill=0 sleep=0 open=3");
}

TEST("bytes survive a reader's gap while a writer holds on, and EPIPE in it")
{
    expect_both(FILE(A(NO_PIPE ", " IN_NOW ", " OUT ", " W(5) ", " CLOSE("r")
                       ", " W(5) ", " IN_NOW ", " R(9))),
                "A: mkfifo=0 signal=0 open=3 open=4 write=5 close=0 "
                "write=-1:EPIPE open=3 read=5");
}

TEST("when the last one closes, the bytes are lost")
{
    expect_both(FILE(A(IN_NOW ", " OUT ", " W(5) ", " CLOSE("r") ", " CLOSE(
                    "w") ", " IN_NOW ", " R(9))),
                "A: mkfifo=0 open=3 open=4 write=5 close=0 close=0 open=3 "
                "read=0");
}

TEST("who waits in open keeps the bytes, too")
{
    expect_both(FILE(A(IN_NOW ", " OUT ", " W(5) ", " CLOSE("r") ", " SLEEP(
                    9) ", " CLOSE("w")) LATER("B", 9, OUT ", " SLEEP(9))
                     LATER("C", 20, IN ", " R(9))),
                "A: mkfifo=0 open=3 open=4 write=5 close=0 sleep=0 close=0; "
                "B: open=3 sleep=0; C: open=3 read=5");
}

TEST("a name taken away: it works on; the same name is another FIFO")
{
    expect_both(FILE(A(IN_NOW ", " OUT ", " UNLINK ", " W(3) ", " R(9) ", "
                       "{'open': 'f', 'flags': 'O_RDONLY', 'as': 'x'}, " MAKE
                       "{'open': 'f', 'flags': 'O_WRONLY|O_NONBLOCK', 'as': "
                       "'x'}, " UNLINK ", " UNLINK)),
                "A: mkfifo=0 open=3 open=4 unlink=0 write=3 read=3 "
                "open=-1:ENOENT mkfifo=0 open=-1:ENXIO unlink=0 "
                "unlink=-1:ENOENT");
}

TEST("the mode less 022; it counts for the owner")
{
    struct run r = run_both(
        FILE("{'name': 'A', 'program': ["
             "{'mkfifo': 'f', 'mode': '0420'}, {'mkfifo': 'f'}, "
             OUT_NOW ", " OPEN("O_RDWR", "w") ", " IN_NOW ", "
             "{'mkfifo': 'g', 'mode': '0277'}, "
             "{'open': 'g', 'flags': 'O_RDONLY', 'as': 'x'}]}"),
        1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_STR(run_returns(&r, "A"),
                  "mkfifo=0 mkfifo=-1:EEXIST open=-1:EACCES open=-1:EACCES "
                  "open=3 mkfifo=0 open=-1:EACCES");
    EXPECT_EQ_INT(r.world->inode[0].mode, 0400);
    EXPECT_EQ_INT(r.world->inode[1].mode, 0255);
    run_free(&r);
}

TEST("a descriptor comes first: EMFILE even where there is no such name")
{
    expect_both(FILE("{'name': 'A', 'program': [{'pipe': 'p'}, "
                     "{'repeat': 27, 'do': [{'dup': 'p[0]', 'as': "
                     "'d'}]}, {'open': 'f', 'flags': 'O_RDONLY', 'as': 'x'}, "
                     "{'close': 'd'}, "
                     "{'open': 'f', 'flags': 'O_RDONLY', 'as': 'x'}]}"),
                "A: pipe=0 dup=5 dup=6 dup=7 dup=8 dup=9 dup=10 dup=11 dup=12 "
                "dup=13 dup=14 dup=15 dup=16 dup=17 dup=18 dup=19 dup=20 "
                "dup=21 dup=22 dup=23 dup=24 dup=25 dup=26 dup=27 dup=28 "
                "dup=29 dup=30 dup=31 open=-1:EMFILE close=0 open=-1:ENOENT");
}

TEST("killed or stopped for good in open, it is no reader any more")
{
    expect_both(FILE(A(IN) LATER("B", 5, "{'kill': 'A', 'sig': 'SIGKILL'}, "
                                         OUT_NOW)),
                "A: mkfifo=0; B: kill=0 open=-1:ENXIO");
}

TEST("an id goes through a FIFO as a number")
{
    struct run r = run_both(
        FILE(A("{'set': 'n', 'value': 1207}, " OUT ", "
               "{'write': 'w', 'text': ' {n}th'}")
             LATER("B", 3, "{'set': 'i', 'value': 5}, " IN ", "
                   "{'read': 'r', 'size': 9, 'into': 'i'}, " SLEEP(9) ", "
                   "{'read': 'r', 'size': 9, 'into': 'i'}, "
                   "{'read': 'w', 'size': 9, 'into': 'i'}")),
        1000, NULL);
    NEED(r.sim);
    int b = run_process(&r, "B");
    EXPECT_EQ_STR(run_returns(&r, "B"),
                  "open=3 read=7 sleep=0 read=0 read=-1:EBADF");
    for (int v = 0; v < r.scenario->var_count; v++)
        if (strcmp(r.scenario->vars[v], "i") == 0)
            EXPECT_EQ_INT(world_var(r.world, b, v), 1207);
    run_free(&r);
}

/* ---- pipes ---- */

#define PIPE(flags, ops)                                                       \
    FILE("{'name': 'A', 'program': [{'pipe': 'p', 'flags': '" flags "'}, " ops \
         "]}")
#define PUT(n) "{'write': 'p[1]', 'bytes': " #n "}"
#define GET(n) "{'read': 'p[0]', 'size': " #n "}"
#define ROOM(n) "{'fcntl': 'p[1]', 'pipe_size': " #n "}"

TEST("packets: one write is one read, and the rest of it is lost")
{
    expect_both(PIPE("O_DIRECT|O_NONBLOCK",
                     PUT(5) ", " PUT(3) ", " GET(2) ", " GET(9) ", " GET(9)),
                "A: pipe=0 write=5 write=3 read=2 read=3 read=-1:EAGAIN");
    expect_both(PIPE("O_DIRECT|O_NONBLOCK",
                     PUT(5000) ", " GET(9000) ", " GET(9000)),
                "A: pipe=0 write=5000 read=4096 read=904");
}

TEST("packets never merge, and what is no packet ends at one")
{
    expect_both(PIPE("O_NONBLOCK",
                     PUT(5) ", {'fcntl': 'p[1]', 'flags': 'O_DIRECT'}, " PUT(3)
                     ", {'fcntl': 'p[1]', 'flags': ''}, " PUT(4096) ", "
                     GET(99) ", " GET(9000)),
                "A: pipe=0 write=5 fcntl=0 write=3 fcntl=0 write=4096 "
                "read=99 read=4005");
}

TEST("no pipe is larger than 1 MiB: EPERM; sizes are powers of two")
{
    expect_both(PIPE("O_NONBLOCK",
                     ROOM(1048576) ", " ROOM(1048577) ", " ROOM(2147483647)
                     ", " ROOM(4097) ", " PUT(8192) ", " ROOM(4096)),
                "A: pipe=0 fcntl=1048576 fcntl=-1:EPERM fcntl=-1:EPERM "
                "fcntl=8192 write=8192 fcntl=-1:EBUSY");
}

/* Pages that somebody else of our user has in pipes: 64 times 1 MiB, which is
 * all that a user may have. */
static int take_all_pages(int *fd, int most)
{
    enum { MIB = 1 << 20 };
    int n = 0;
    while (n + 2 <= most && pipe(fd + n) == 0) {
        n += 2;
        if (fcntl(fd[n - 1], F_SETPIPE_SZ, MIB) != MIB)
            break;
    }
    return n;
}

TEST("where a user has many pipes, a new one is as large as the kernel says")
{
    int fd[140], n = take_all_pages(fd, 140);
    expect_both(PIPE("O_NONBLOCK", PUT(8192) ", " PUT(8192) ", " ROOM(65536)
                     ", " ROOM(4096) ", " GET(8192) ", " ROOM(4096)),
                "A: pipe=0 write=8192 write=-1:EAGAIN fcntl=-1:EPERM "
                "fcntl=-1:EBUSY read=8192 fcntl=4096");
    expect_both(FILE(A(IN ", " SLEEP(5)) LATER("B", 5, OUT ", {'fcntl': 'w', "
                     "'flags': 'O_NONBLOCK'}, " W(9000))),
                "A: mkfifo=0 open=3 sleep=0; B: open=3 fcntl=0 write=8192");
    while (n > 0)
        close(fd[--n]);
}

TEST("planted wrong rules are found out")
{
    struct run r = run_both(FILE(A(IN) LATER("B", 5, OUT_NOW)), 1000,
                            "fifo-open-counts");
    run_free(&r);
    r = run_both(FILE(A(IN_NOW ", " OUT ", " W(5) ", " CLOSE("r") ", " CLOSE(
                     "w") ", " IN_NOW ", " R(9))),
                 1000, "fifo-keeps-bytes");
    run_free(&r);
}
