/* t5101-msgq.c: message queues, rule by rule, in the model and on the kernel
 * at once (msgop(2), msgctl(2), Linux's ipc/msg.c). */
#include "tests/both.h"
#include "tests/test.h"

#include <string.h>

#define FILE(programs)                                                         \
    "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': [" programs \
    "]}"
#define A(ops) "{'name': 'A', 'program': [" GET ops "]}"
#define LATER(name, at, ops)                                                   \
    ", {'name': '" name "', 'arrival': " #at ", 'program': [" GET ops "]}"
#define GET "{'msgget': 'q', 'key': 77, 'flags': 'IPC_CREAT|0600'}, "
#define SEND(t, n) "{'msgsnd': 'q', 'type': " #t ", 'bytes': " #n "}"
#define SEND_NOW(t, n)                                                         \
    "{'msgsnd': 'q', 'type': " #t ", 'bytes': " #n ", 'flags': 'IPC_NOWAIT'}"
#define TAKE(t, n) "{'msgrcv': 'q', 'type': " #t ", 'size': " #n "}"
#define TAKE_AS(t, n, f)                                                       \
    "{'msgrcv': 'q', 'type': " #t ", 'size': " #n ", 'flags': '" f "'}"
#define LIMIT(n) "{'msgctl': 'q', 'cmd': 'IPC_SET', 'qbytes': " #n "}"
#define REMOVE "{'msgctl': 'q', 'cmd': 'IPC_RMID'}"

TEST("whoever comes first makes the queue; the others find it by its key")
{
    expect_both(FILE(A(SEND(1, 3)) LATER("B", 9, TAKE(1, 10))),
                "A: msgget=0 msgsnd=0; B: msgget=0 msgrcv=3");
}

TEST("keys: ENOENT without IPC_CREAT, EEXIST with IPC_EXCL, private is new")
{
    expect_both(
        FILE(A("{'msgget': 'r', 'key': 5}, "
               "{'msgget': 'r', 'key': 77, 'flags': 'IPC_CREAT|IPC_EXCL|0600'},"
               "{'msgget': 'r', 'key': 'IPC_PRIVATE', 'flags': '0600'}, "
               "{'msgget': 'r', 'key': 'IPC_PRIVATE', 'flags': '0600'}, "
               "{'msgget': 'r', 'key': {'ftok': ['./file', 'a']}, 'flags': "
               "'IPC_CREAT|0600'}, "
               "{'msgget': 'r', 'key': {'ftok': ['./file', 'b']}, 'flags': "
               "'IPC_CREAT|0600'}, "
               "{'msgget': 'r', 'key': {'ftok': ['file', 'a']}}")),
        "A: msgget=0 msgget=-1:ENOENT msgget=-1:EEXIST msgget=1 msgget=2 "
        "msgget=3 msgget=4 msgget=3");
}

TEST("permissions count for the owner, too")
{
    expect_both(
        FILE("{'name': 'A', 'program': ["
             "{'msgget': 'q', 'key': 9, 'flags': 'IPC_CREAT|0200'}, " SEND(
                 1, 1) ", " TAKE(1, 9) ", {'msgctl': 'q', 'cmd': 'IPC_STAT'}, "
             "{'msgget': 'r', 'key': 9, 'flags': '0600'}, "
             "{'msgget': 'r', 'key': 9, 'flags': '0200'}]}"),
        "A: msgget=0 msgsnd=0 msgrcv=-1:EACCES msgctl=-1:EACCES "
        "msgget=-1:EACCES msgget=0");
}

TEST("a receiver chooses: any, equal, except, the lowest up to a bound")
{
    expect_both(FILE(A(SEND(3, 30) ", " SEND(1, 10) ", " SEND(2, 20) ", " SEND(
                    1, 11) ", " TAKE(2, 99) ", " TAKE(-2, 99) ", "
                    TAKE_AS(1, 99, "MSG_EXCEPT") ", " TAKE(0, 99) ", "
                    TAKE_AS(0, 99, "IPC_NOWAIT"))),
                "A: msgget=0 msgsnd=0 msgsnd=0 msgsnd=0 msgsnd=0 msgrcv=20 "
                "msgrcv=10 msgrcv=30 msgrcv=11 msgrcv=-1:ENOMSG");
}

TEST("too long for the buffer: E2BIG and it stays, or it is cut")
{
    expect_both(FILE(A(SEND(1, 10) ", " TAKE(1, 9) ", "
                    TAKE_AS(1, 9, "MSG_NOERROR") ", "
                    TAKE_AS(1, 9, "IPC_NOWAIT"))),
                "A: msgget=0 msgsnd=0 msgrcv=-1:E2BIG msgrcv=9 "
                "msgrcv=-1:ENOMSG");
}

TEST("a message has at most 8192 bytes, and a type above 0")
{
    expect_both(FILE(A(SEND_NOW(1, 8193) ", " SEND_NOW(0, 1) ", " SEND_NOW(
                    -1, 1) ", " SEND_NOW(1, 8192))),
                "A: msgget=0 msgsnd=-1:EINVAL msgsnd=-1:EINVAL "
                "msgsnd=-1:EINVAL msgsnd=0");
}

TEST("full counts bytes and messages: of 3 bytes, 3 empty ones")
{
    expect_both(FILE(A(SEND_NOW(1, 8192) ", " SEND_NOW(1, 8192) ", " SEND_NOW(
                    1, 1) ", " SEND_NOW(1, 0) ", " LIMIT(3) ", "
                    TAKE(0, 9999) ", " TAKE(0, 9999) ", " SEND_NOW(1, 0) ", "
                    SEND_NOW(1, 0) ", " SEND_NOW(1, 0))),
                "A: msgget=0 msgsnd=0 msgsnd=0 msgsnd=-1:EAGAIN msgsnd=0 "
                "msgctl=0 msgrcv=8192 msgrcv=8192 msgsnd=0 msgsnd=0 "
                "msgsnd=-1:EAGAIN");
}

TEST("who waits gets it directly, and the queue never sees it")
{
    expect_both(FILE(A(TAKE(2, 99)) LATER("B", 5, TAKE(0, 99)) LATER(
                    "C", 10, SEND(2, 2) ", " SEND(2, 3))),
                "A: msgget=0 msgrcv=2; B: msgget=0 msgrcv=3; "
                "C: msgget=0 msgsnd=0 msgsnd=0");
}

TEST("one send ends several receivers: too small, too small, has it")
{
    expect_both(FILE(A(TAKE(1, 2)) LATER("B", 5, TAKE(0, 4)) LATER(
                    "C", 10, TAKE(1, 9)) LATER("D", 15, SEND(1, 5))),
                "A: msgget=0 msgrcv=-1:E2BIG; B: msgget=0 msgrcv=-1:E2BIG; "
                "C: msgget=0 msgrcv=5; D: msgget=0 msgsnd=0");
}

TEST("room is asked for first: a full queue stops who is waited for")
{
    struct run r = run_both(
        FILE(A(LIMIT(4) ", " SEND(1, 4) ", " TAKE(2, 99))
                 LATER("B", 9, SEND(2, 1))), 1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_STR(run_returns(&r, "A"), "msgget=0 msgctl=0 msgsnd=0");
    EXPECT_EQ_STR(run_returns(&r, "B"), "msgget=0");
    EXPECT_EQ_INT(r.world->head->stop, STOP_DEADLOCK);
    run_free(&r);
}

TEST("a small newcomer overtakes a big sender that sleeps")
{
    expect_both(FILE(A(LIMIT(10) ", " SEND(1, 8) ", " SEND(1, 5)) LATER(
                    "B", 9, SEND(1, 2)) LATER("C", 19, TAKE(0, 9) ", "
                    TAKE(0, 9) ", " TAKE(0, 9))),
                "A: msgget=0 msgctl=0 msgsnd=0 msgsnd=0; "
                "B: msgget=0 msgsnd=0; "
                "C: msgget=0 msgrcv=8 msgrcv=2 msgrcv=5");
}

TEST("of two senders with room for one, Linux says who; the other sleeps on")
{
    for (int i = 0; i < 20; i++) {
        struct run r = run_both(
            FILE(A(LIMIT(9) ", " SEND(1, 8) ", {'sleep': 20}, " TAKE(0, 9))
                     LATER("B", 5, SEND(2, 5)) LATER("C", 9, SEND(3, 6))),
            1000, NULL);
        NEED(r.sim);
        bool b = strstr(run_returns(&r, "B"), "msgsnd") != NULL;
        bool c = strstr(run_returns(&r, "C"), "msgsnd") != NULL;
        EXPECT(b != c);
        run_free(&r);
    }
}

TEST("removal: sleepers get EIDRM, everybody else EINVAL from then on")
{
    expect_both(FILE(A(TAKE(5, 9)) LATER("B", 5, LIMIT(0) ", " SEND(1, 0))
                         LATER("C", 19, REMOVE ", " SEND(1, 1) ", "
                               TAKE(0, 9) ", " REMOVE)),
                "A: msgget=0 msgrcv=-1:EIDRM; "
                "B: msgget=0 msgctl=0 msgsnd=-1:EIDRM; "
                "C: msgget=0 msgctl=0 msgsnd=-1:EINVAL msgrcv=-1:EINVAL "
                "msgctl=-1:EINVAL");
}

TEST("IPC_SET: no more than MSGMNB; more room wakes; no right to read ends")
{
    expect_both(FILE(A(LIMIT(16385) ", " LIMIT(1) ", " SEND(1, 5)) LATER(
                    "B", 9, TAKE(7, 9)) LATER(
                    "C", 19, LIMIT(16384) ", {'msgctl': 'q', 'cmd': 'IPC_SET',"
                    " 'mode': '0200'}")),
                "A: msgget=0 msgctl=-1:EPERM msgctl=0 msgsnd=0; "
                "B: msgget=0 msgrcv=-1:EACCES; C: msgget=0 msgctl=0 msgctl=0");
}

TEST("IPC_SET: of the new limit the kernel takes 32 bits")
{
    expect_both(FILE(A(LIMIT(4294967296) ", " SEND_NOW(1, 0) ", "
                       LIMIT(4294967297) ", " SEND_NOW(1, 0) ", "
                       LIMIT(4294983681) ", " LIMIT(2147483648) ", "
                       LIMIT(1000000000000000))),
                "A: msgget=0 msgctl=0 msgsnd=-1:EAGAIN msgctl=0 msgsnd=0 "
                "msgctl=-1:EPERM msgctl=-1:EPERM msgctl=-1:EPERM");
}

TEST("MSG_COPY looks by number and takes nothing")
{
    expect_both(
        FILE(A(SEND(1, 3) ", " SEND(9, 5) ", "
               TAKE_AS(1, 99, "MSG_COPY|IPC_NOWAIT") ", "
               TAKE_AS(0, 99, "MSG_COPY|IPC_NOWAIT") ", "
               TAKE_AS(2, 99, "MSG_COPY|IPC_NOWAIT") ", "
               TAKE_AS(0, 2, "MSG_COPY|IPC_NOWAIT") ", "
               TAKE_AS(0, 99, "MSG_COPY") ", "
               TAKE_AS(0, 99, "MSG_COPY|IPC_NOWAIT|MSG_EXCEPT"))),
        "A: msgget=0 msgsnd=0 msgsnd=0 msgrcv=5 msgrcv=3 msgrcv=-1:ENOMSG "
        "msgrcv=-1:E2BIG msgrcv=-1:EINVAL msgrcv=-1:EINVAL");
}

TEST("a queue outlives who made it")
{
    expect_both(FILE(A(SEND(1, 3)) LATER("B", 50, TAKE(0, 9))),
                "A: msgget=0 msgsnd=0; B: msgget=0 msgrcv=3");
}

TEST("a handler ends a sleeping msgrcv, SA_RESTART or not")
{
    expect_both(FILE(A("{'signal': 'SIGUSR1', 'restart': true, 'do': "
                       "[{'cpu': 1}]}, " TAKE(1, 9)) LATER(
                    "B", 9, "{'kill': 'A', 'sig': 'SIGUSR1'}")),
                "A: msgget=0 signal=0 msgrcv=-1:EINTR; B: msgget=0 kill=0");
}

TEST("being stopped costs the place in line, and a gone queue is EINVAL")
{
    expect_both(FILE(A(TAKE(1, 9)) LATER("B", 5, TAKE(1, 9)) LATER(
                    "C", 9, "{'kill': 'A', 'sig': 'SIGSTOP'}, " SEND(1, 2)
                    ", {'kill': 'A', 'sig': 'SIGCONT'}, " SEND(1, 3))),
                "A: msgget=0 msgrcv=3; B: msgget=0 msgrcv=2");
    expect_both(FILE(A(TAKE(1, 9)) LATER(
                    "C", 9, "{'kill': 'A', 'sig': 'SIGSTOP'}, " REMOVE
                    ", {'kill': 'A', 'sig': 'SIGCONT'}")),
                "A: msgget=0 msgrcv=-1:EINVAL");
}

TEST("an id may be handed over as a number")
{
    expect_both(FILE(A("{'fork': 'B'}, " SEND(4, 7)) ", {'name': 'B', "
                     "'program': [{'sleep': 5}, " TAKE(0, 9) "]}"),
                "A: msgget=0 fork=2 msgsnd=0; B: sleep=0 msgrcv=7");
}

TEST("planted wrong rules are found out")
{
    struct run r = run_both(FILE(A(LIMIT(0) ", " SEND_NOW(1, 0))), 100,
                            "msgq-empty-fits");
    run_free(&r);
    r = run_both(FILE(A(TAKE(1, 2)) LATER("B", 5, TAKE(1, 9)) LATER(
                     "C", 9, SEND(1, 5))), 100, "msgq-one-receiver");
    run_free(&r);
}
