/* t5104-sem.c: semaphores, rule by rule, in the model and on the kernel at once
 * (semop(2), semctl(2), Linux's ipc/sem.c). */
#include "tests/both.h"
#include "tests/test.h"

#include <string.h>

#define FILE(programs)                                                         \
    "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': [" programs \
    "]}"
#define GET "{'semget': 's', 'key': 77, 'nsems': 3, 'flags': 'IPC_CREAT|0600'}"
#define A(ops) "{'name': 'A', 'program': [" GET ", " ops "]}"
#define LATER(name, at, ops)                                                   \
    ", {'name': '" name "', 'arrival': " #at ", 'program': [" GET ", " ops "]}"
#define TAKE(n, by) "{'P': 's', 'num': " #n ", 'by': " #by "}"
#define GIVE(n, by) "{'V': 's', 'num': " #n ", 'by': " #by "}"
#define OP(n, by) "{'num': " #n ", 'op': " #by "}"
#define OP_AS(n, by, f) "{'num': " #n ", 'op': " #by ", 'flags': '" f "'}"
#define DO(list) "{'semop': 's', 'ops': [" list "]}"
#define SETVAL(n, v)                                                           \
    "{'semctl': 's', 'cmd': 'SETVAL', 'num': " #n ", 'value': " #v "}"
#define SETALL(a, b, c)                                                        \
    "{'semctl': 's', 'cmd': 'SETALL', 'values': [" #a ", " #b ", " #c "]}"
#define ASK(n, cmd) "{'semctl': 's', 'cmd': '" cmd "', 'num': " #n "}"
#define VALUE(n) ASK(n, "GETVAL")
#define REMOVE "{'semctl': 's', 'cmd': 'IPC_RMID'}"
#define MODE(m) "{'semctl': 's', 'cmd': 'IPC_SET', 'mode': '" m "'}"

TEST("nsems of a set that is there: no more than it has, and 0 is any")
{
    expect_both(
        FILE(A("{'semget': 't', 'key': 77, 'nsems': 0}, "
               "{'semget': 't', 'key': 77, 'nsems': 3}, "
               "{'semget': 't', 'key': 77, 'nsems': 4}, "
               "{'semget': 't', 'key': 5, 'nsems': 1}, "
               "{'semget': 't', 'key': 5, 'nsems': 0, 'flags': 'IPC_CREAT'}, "
               "{'semget': 't', 'key': 'IPC_PRIVATE', 'nsems': 0}, "
               "{'semget': 't', 'key': 'IPC_PRIVATE', 'nsems': 1, 'flags': "
               "'0600'}, "
               "{'semget': 't', 'key': 77, 'nsems': 9, 'flags': "
               "'IPC_CREAT|IPC_EXCL'}")),
        "A: semget=0 semget=0 semget=0 semget=-1:EINVAL semget=-1:ENOENT "
        "semget=-1:EINVAL semget=-1:EINVAL semget=1 semget=-1:EEXIST");
}

TEST("0 operations are EINVAL, more than 500 E2BIG, before the set is looked at")
{
    struct str text = {0};
    str_add(&text, "{'timeslice': 1, 'processes': [{'name': 'A', 'program': ["
                   "{'semget': 's', 'key': 77, 'nsems': 1, 'flags': "
                   "'IPC_CREAT|0600'}, {'semop': 's', 'ops': []}");
    static const int counts[] = {500, 501, 501, 501};
    for (int i = 0; i < 4; i++) {
        if (i == 2)
            str_add(&text, ", {'semctl': 's', 'cmd': 'IPC_RMID'}");
        str_addf(&text, ", {'semop': '%s', 'ops': [", i < 3 ? "s" : "t");
        for (int k = 0; k < counts[i]; k++)
            str_add(&text, k ? ", {'op': 1}" : "{'op': 1}");
        str_add(&text, "]}");
    }
    str_add(&text, ", {'semget': 't', 'key': 5, 'nsems': 1}]}]}");
    expect_both(str_text(&text),
                "A: semget=0 semop=-1:EINVAL semop=0 semop=-1:E2BIG semctl=0 "
                "semop=-1:E2BIG semop=-1:E2BIG semget=-1:ENOENT");
    str_free(&text);
}

#define BIG "{'semget': 't', 'key': 'IPC_PRIVATE', 'nsems': 32000}, "
#define SOME(n) "{'semget': 't', 'key': 'IPC_PRIVATE', 'nsems': " #n "}"

TEST("the lesson's machine has 262144 semaphores: ENOSPC for more")
{
    expect_both(FILE(A(BIG BIG BIG BIG BIG BIG BIG BIG SOME(32000) ", "
                       SOME(6142) ", " SOME(6141) ", " SOME(1) ", " REMOVE ", "
                       SOME(4) ", " SOME(3) ", " SOME(1))),
                "A: semget=0 semget=1 semget=2 semget=3 semget=4 semget=5 "
                "semget=6 semget=7 semget=8 semget=-1:ENOSPC "
                "semget=-1:ENOSPC semget=9 semget=-1:ENOSPC semctl=0 "
                "semget=-1:ENOSPC semget=10 semget=-1:ENOSPC");
}

TEST("new semaphores are 0 (E1)")
{
    expect_both(FILE(A(VALUE(0) ", " VALUE(2) ", " VALUE(3))),
                "A: semget=0 semctl=0 semctl=0 semctl=-1:EINVAL");
}

TEST("one after the other, each on what the ones before have left (E2)")
{
    expect_both(FILE(A(DO(OP(0, 1) ", " OP(0, -1)) ", "
                    DO(OP_AS(0, -1, "IPC_NOWAIT") ", " OP(0, 1)) ", "
                    SETVAL(0, 32767) ", " DO(OP(0, 1) ", " OP(0, -1)) ", "
                    DO(OP(0, -1) ", " OP(0, 1)) ", " VALUE(0))),
                "A: semget=0 semop=0 semop=-1:EAGAIN semctl=0 "
                "semop=-1:ERANGE semop=0 semctl=32767");
}

TEST("all or none: nothing is taken while one is missing (E2)")
{
    expect_both(FILE(A(SETALL(1, 0, 0) ", " DO(OP(0, -1) ", " OP(1, -1)))
                         LATER("B", 9, VALUE(0) ", " GIVE(1, 1) ", "
                               VALUE(0) ", " VALUE(1))),
                "A: semget=0 semctl=0 semop=0; "
                "B: semget=0 semctl=1 V=0 semctl=0 semctl=0");
}

TEST("IPC_NOWAIT counts where it blocks: EAGAIN after having slept (E3)")
{
    expect_both(FILE(A(DO(OP(0, -1) ", " OP_AS(1, -1, "IPC_NOWAIT")))
                         LATER("B", 9, GIVE(0, 1) ", " VALUE(0))),
                "A: semget=0 semop=-1:EAGAIN; B: semget=0 V=0 semctl=1");
}

TEST("ERANGE may come late as well (E3)")
{
    expect_both(FILE(A(SETVAL(1, 32767) ", " DO(OP(0, -1) ", " OP(1, 1)))
                         LATER("B", 9, GIVE(0, 1) ", " VALUE(0))),
                "A: semget=0 semctl=0 semop=-1:ERANGE; "
                "B: semget=0 V=0 semctl=1");
}

TEST("what is given is given to who sleeps, not to who comes next (E4)")
{
    expect_both(FILE(A(TAKE(0, 1)) LATER(
                    "B", 9, GIVE(0, 1) ", {'P': 's', 'flags': 'IPC_NOWAIT'}")),
                "A: semget=0 P=0; B: semget=0 V=0 P=-1:EAGAIN");
}

TEST("a small wish passes a big one that came before (E5)")
{
    expect_both(FILE(A(TAKE(0, 3)) LATER("B", 5, TAKE(0, 1)) LATER(
                    "C", 9, GIVE(0, 2) ", " VALUE(0) ", " GIVE(0, 2))),
                "A: semget=0 P=0; B: semget=0 P=0; "
                "C: semget=0 V=0 semctl=1 V=0");
}

TEST("who waits for zero comes before who takes (E6)")
{
    struct run r = run_both(
        FILE(A(SETVAL(0, 1) ", " DO(OP(0, 0) ", " OP(0, 1)))
                 LATER("B", 5, DO(OP(0, 0))) LATER("C", 9, TAKE(0, 1))),
        1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_STR(run_returns(&r, "A"), "semget=0 semctl=0 semop=0");
    EXPECT_EQ_STR(run_returns(&r, "B"), "semget=0 semop=0");
    run_free(&r);
}

TEST("lines of a semaphore come before that of the set: see who was last (E7)")
{
    expect_both(FILE(A(SETALL(1, 0, 0) ", " DO(OP(0, 0) ", " OP(1, 0)))
                         LATER("B", 5, DO(OP(0, 0))) LATER(
                             "C", 9, TAKE(0, 1) ", " ASK(0, "GETPID"))),
                "A: semget=0 semctl=0 semop=0; B: semget=0 semop=0; "
                "C: semget=0 P=0 semctl=1");
}

TEST("merging puts the last semaphore's line first")
{
    expect_both(FILE(A(TAKE(0, 1) ", " TAKE(2, 1)) LATER("B", 5, TAKE(1, 1))
                         LATER("C", 9, DO(OP(0, -1) ", " OP(1, -1))) LATER(
                             "D", 14, SETALL(1, 1, 0) ", " ASK(0, "GETPID")
                             ", " ASK(1, "GETPID") ", " ASK(0, "GETNCNT"))),
                "A: semget=0 P=0; B: semget=0 P=0; "
                "D: semget=0 semctl=0 semctl=1 semctl=2 semctl=1");
}

TEST("only the operation that blocks is counted; of zeros it may be old (E8)")
{
    expect_both(
        FILE(A(SETALL(1, 0, 0) ", " DO(OP(0, 0) ", " OP(1, 0))) LATER(
            "B", 9, ASK(0, "GETZCNT") ", " ASK(1, "GETZCNT") ", " GIVE(1, 1)
            ", {'semop': 's', 'ops': [{'num': 0, 'op': -1}, {'num': 0, 'op': "
            "1}]}, " ASK(0, "GETZCNT") ", " ASK(1, "GETZCNT") ", "
            TAKE(0, 1) ", " ASK(0, "GETZCNT") ", " ASK(1, "GETZCNT"))),
        "A: semget=0 semctl=0; "
        "B: semget=0 semctl=1 semctl=0 V=0 semop=0 semctl=1 semctl=0 P=0 "
        "semctl=0 semctl=1");
}

TEST("sempid: who changed it, waited for zero, or was woken (E9)")
{
    expect_both(FILE(A(ASK(0, "GETPID") ", " TAKE(0, 1)) LATER(
                    "B", 5, DO(OP(1, 0)) ", " ASK(1, "GETPID") ", "
                    SETVAL(2, 0) ", " ASK(2, "GETPID") ", " GIVE(0, 1) ", "
                    ASK(0, "GETPID"))),
                "A: semget=0 semctl=0 P=0; B: semget=0 semop=0 semctl=2 "
                "semctl=0 semctl=2 V=0 semctl=1");
}

#define UNDO(n, by) DO(OP_AS(n, by, "SEM_UNDO"))

TEST("SEM_UNDO: given back at the end, by exit or kill, and who waits is woken")
{
    expect_both(FILE(A(SETVAL(0, 1) ", " UNDO(0, -1)) LATER("B", 9, VALUE(0))),
                "A: semget=0 semctl=0 semop=0; B: semget=0 semctl=1");
    expect_both(FILE(A(SETVAL(0, 1) ", " UNDO(0, -1) ", {'pause': true}")
                         LATER("B", 5, TAKE(0, 1) ", " ASK(0, "GETPID"))
                             LATER("C", 9, "{'kill': 'A', 'sig': 'SIGKILL'}")),
                "B: semget=0 P=0 semctl=2; C: semget=0 kill=0");
}

TEST("SEM_UNDO is not inherited by fork (E10)")
{
    expect_both(FILE(A(SETVAL(0, 1) ", " UNDO(0, -1) ", {'fork': 'B'}, "
                       "{'wait': 'any'}, " VALUE(0))
                     ", {'name': 'B', 'program': [{'cpu': 1}]}"),
                "A: semget=0 semctl=0 semop=0 fork=2 wait=2 semctl=0");
}

TEST("SETVAL and SETALL cancel what everybody would undo (E10)")
{
    expect_both(FILE(A(SETVAL(0, 1) ", " UNDO(0, -1) ", {'sleep': 9}")
                         LATER("B", 5, SETVAL(0, 4) ", {'sleep': 20}, "
                               VALUE(0))),
                "A: semget=0 semctl=0 semop=0 sleep=0; "
                "B: semget=0 semctl=0 sleep=0 semctl=4");
    expect_both(FILE(A(SETVAL(0, 1) ", " UNDO(0, -1) ", {'sleep': 9}")
                         LATER("B", 5, SETALL(4, 5, 6) ", {'sleep': 20}, "
                               VALUE(0))),
                "B: semget=0 semctl=0 sleep=0 semctl=4");
}

TEST("undo never leaves a value below 0, and is itself bounded (E10)")
{
    expect_both(FILE(A(UNDO(0, 2) ", {'sleep': 9}") LATER(
                    "B", 5, TAKE(0, 1) ", {'sleep': 20}, " VALUE(0))),
                "B: semget=0 P=0 sleep=0 semctl=0");
    expect_both(FILE(A(UNDO(0, 32767) ", " TAKE(0, 32767) ", " UNDO(0, 1) ", "
                    UNDO(0, 1) ", " VALUE(0))),
                "A: semget=0 semop=0 P=0 semop=0 semop=-1:ERANGE semctl=1");
}

TEST("errors: EFBIG, ERANGE, EACCES (E11)")
{
    expect_both(FILE(A(TAKE(3, 1) ", " SETVAL(0, 32768) ", " SETVAL(0, -1) ", "
                    SETALL(0, 32768, 0) ", " SETVAL(0, 32767) ", " GIVE(0, 1)
                    ", " MODE("0400") ", " GIVE(0, 1) ", " DO(OP(1, 0)) ", "
                    SETVAL(0, 1) ", " VALUE(0) ", " MODE("0200") ", "
                    TAKE(0, 1) ", " DO(OP(1, 0)) ", " VALUE(0) ", "
                    "{'semctl': 's', 'cmd': 'IPC_STAT'}")),
                "A: semget=0 P=-1:EFBIG semctl=-1:ERANGE semctl=-1:ERANGE "
                "semctl=-1:ERANGE semctl=0 V=-1:ERANGE semctl=0 V=-1:EACCES "
                "semop=0 semctl=-1:EACCES semctl=32767 semctl=0 P=0 "
                "semop=-1:EACCES semctl=-1:EACCES semctl=-1:EACCES");
}

TEST("an id that never was, and one that is gone (S2)")
{
    expect_both(FILE(A(TAKE(0, 1)) LATER(
                    "B", 9, REMOVE ", " GIVE(0, 1) ", " VALUE(0) ", "
                    SETVAL(0, 1) ", " SETVAL(0, -1) ", " REMOVE)),
                "A: semget=0 P=-1:EIDRM; B: semget=0 semctl=0 V=-1:EINVAL "
                "semctl=-1:EINVAL semctl=-1:EINVAL semctl=-1:ERANGE "
                "semctl=-1:EINVAL");
    expect_both(
        FILE("{'name': 'A', 'program': [{'semget': 's', 'key': 9, 'nsems': 1},"
             TAKE(0, 1) ", " SETVAL(0, -1) "]}"),
        "A: semget=-1:ENOENT P=-1:EINVAL semctl=-1:EINVAL");
}

TEST("removal wakes all who sleep there, in every line (EIDRM)")
{
    expect_both(FILE(A(SETVAL(1, 1) ", " TAKE(0, 1)) LATER(
                    "B", 5, DO(OP(1, 0))) LATER(
                    "C", 9, DO(OP(0, -1) ", " OP(1, -1))) LATER(
                    "D", 14, DO(OP(1, 0) ", " OP(0, 0))) LATER(
                    "E", 19, REMOVE)),
                "A: semget=0 semctl=0 P=-1:EIDRM; B: semget=0 semop=-1:EIDRM; "
                "C: semget=0 semop=-1:EIDRM; D: semget=0 semop=-1:EIDRM; "
                "E: semget=0 semctl=0");
}

TEST("taking permissions away disturbs nobody who sleeps")
{
    expect_both(FILE(A(SETVAL(0, 1) ", " UNDO(0, -1) ", {'sleep': 9}") LATER(
                    "B", 4, TAKE(0, 1)) LATER("C", 6, MODE("0000"))),
                "A: semget=0 semctl=0 semop=0 sleep=0; B: semget=0 P=0; "
                "C: semget=0 semctl=0");
}

TEST("a handler ends a sleeping semop, SA_RESTART or not (E12)")
{
    expect_both(FILE(A("{'signal': 'SIGUSR1', 'restart': true, 'do': "
                       "[{'cpu': 1}]}, " TAKE(0, 1)) LATER(
                    "B", 9, "{'kill': 'A', 'sig': 'SIGUSR1'}")),
                "A: semget=0 signal=0 P=-1:EINTR; B: semget=0 kill=0");
}

TEST("so does a mere stop, and the place in line is lost at once (E12)")
{
    expect_both(FILE(A(TAKE(0, 1)) LATER(
                    "B", 9, ASK(0, "GETNCNT") ", {'kill': 'A', 'sig': "
                    "'SIGSTOP'}, " ASK(0, "GETNCNT") ", " GIVE(0, 1) ", "
                    "{'kill': 'A', 'sig': 'SIGCONT'}, " VALUE(0))),
                "A: semget=0 P=-1:EINTR; B: semget=0 semctl=1 kill=0 "
                "semctl=0 V=0 kill=0 semctl=1");
    expect_both(FILE(A(TAKE(0, 1)) LATER(
                    "B", 9, "{'kill': 'A', 'sig': 'SIGSTOP'}, " REMOVE
                    ", {'kill': 'A', 'sig': 'SIGCONT'}")),
                "A: semget=0 P=-1:EINTR");
}

TEST("who was last is remembered when he is gone")
{
    expect_both(FILE(A(GIVE(0, 1)) LATER("B", 30, ASK(0, "GETPID"))),
                "B: semget=0 semctl=1");
}

TEST("GETALL and IPC_STAT fill in what the kernel says; missing values are 0")
{
    expect_both(FILE(A("{'semctl': 's', 'cmd': 'SETALL', 'values': [7]}, "
                       "{'semctl': 's', 'cmd': 'GETALL'}, "
                       "{'semctl': 's', 'cmd': 'IPC_STAT'}, " VALUE(1))),
                "A: semget=0 semctl=0 semctl=0 semctl=0 semctl=0");
}

TEST("philosophers who take two forks at once do not starve on one")
{
    struct run r = run_both(
        FILE(A(SETALL(1, 1, 1) ", " DO(OP(0, -1) ", " OP(1, -1)) ", "
             "{'sleep': 5}, " DO(OP(0, 1) ", " OP(1, 1)))
                 LATER("B", 2, DO(OP(1, -1) ", " OP(2, -1)) ", {'sleep': 5}, "
                       DO(OP(1, 1) ", " OP(2, 1)))
                     LATER("C", 3, DO(OP(2, -1) ", " OP(0, -1)) ", "
                           "{'sleep': 5}, " DO(OP(2, 1) ", " OP(0, 1)))),
        1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_INT(r.world->head->stop, STOP_FINISHED);
    EXPECT_EQ_INT(r.world->sem[0].value, 1);
    EXPECT_EQ_INT(r.world->sem[2].value, 1);
    run_free(&r);
}

TEST("planted wrong rules are found out")
{
    struct run r = run_both(
        FILE(A(SETVAL(0, 1) ", " DO(OP(0, 0) ", " OP(0, 1)))
                 LATER("B", 5, DO(OP(0, 0))) LATER(
                     "C", 9, DO(OP(0, -1) ", " OP(1, 1)))),
        100, "sem-zero-last");
    run_free(&r);
    r = run_both(FILE(A(TAKE(0, 3)) LATER("B", 5, TAKE(0, 1)) LATER(
                     "C", 9, GIVE(0, 2))), 100, "sem-no-overtaking");
    run_free(&r);
    r = run_both(FILE(A(SETVAL(0, 1) ", " UNDO(0, -1) ", {'sleep': 9}")
                          LATER("B", 5, SETVAL(0, 4))), 100,
                 "sem-undo-setval");
    run_free(&r);
}
