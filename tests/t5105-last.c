/* t5105-last.c: who of several was the last, where they end at once.
 *
 * Three writers sleep on one pipe. Its reader closes it, all three die of
 * SIGPIPE, and give back what they have in an order that is Linux's to choose. */
#include "tests/both.h"
#include "tests/test.h"

#include <string.h>

enum { TIMES = 10 };

#define WRITER(name, holds)                                                    \
    ", {'name': '" name "', 'program': [{'close': 'p[0]'}, " holds             \
    ", {'write': 'p[1]', 'bytes': 70000}]}"

#define FILE(get, holds, asks)                                                 \
    "{'timeslice': 1, 'processes': [{'name': 'R', 'program': [{'pipe': 'p'}, " \
    get ", {'fork': 'A'}, {'fork': 'B'}, {'fork': 'C'}, {'sleep': 9}, "        \
    "{'close': 'p[0]'}, {'sleep': 3}, " asks "]}"                              \
    WRITER("A", holds) WRITER("B", holds) WRITER("C", holds) "]}"

/* Whoever it is that the kernel remembers, from then on the model does, too. */
static void expect_one_of_three(const char *text)
{
    for (int i = 0; i < TIMES; i++) {
        struct run r = run_both(text, 1000, NULL);
        NEED(r.sim);
        int last = r.world->head->shms ? r.world->shm[0].last
                                       : r.world->sem[0].pid;
        EXPECT(last == run_process(&r, "A") || last == run_process(&r, "B") ||
               last == run_process(&r, "C"));
        run_free(&r);
    }
}

TEST("any of those who die at once may have detached a segment last")
{
    expect_one_of_three(
        FILE("{'shmget': 'm', 'key': 5, 'size': 10, 'flags': "
             "'IPC_CREAT|0600'}",
             "{'shmat': 'm', 'as': 'a'}",
             "{'shmctl': 'm', 'cmd': 'IPC_STAT'}"));
}

TEST("any of those who die at once may have been undone last (SEM_UNDO)")
{
    struct run r = run_both(
        FILE("{'semget': 's', 'key': 5, 'nsems': 1, 'flags': "
             "'IPC_CREAT|0600'}, {'V': 's', 'by': 9}",
             "{'P': 's', 'flags': 'SEM_UNDO'}",
             "{'semctl': 's', 'num': 0, 'cmd': 'GETPID'}, "
             "{'semctl': 's', 'num': 0, 'cmd': 'GETVAL'}"),
        1000, NULL);
    NEED(r.sim);
    EXPECT(strstr(run_returns(&r, "R"), " semctl=9"));
    run_free(&r);
    expect_one_of_three(
        FILE("{'semget': 's', 'key': 5, 'nsems': 1, 'flags': "
             "'IPC_CREAT|0600'}, {'V': 's', 'by': 9}",
             "{'P': 's', 'flags': 'SEM_UNDO'}",
             "{'semctl': 's', 'num': 0, 'cmd': 'GETPID'}"));
}
