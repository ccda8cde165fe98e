/* t5103-shm.c: shared memory, rule by rule, in the model and on the kernel at
 * once (shmget(2), shmop(2), shmctl(2), Linux's ipc/shm.c). */
#include "sim/model/shm.h"
#include "tests/both.h"
#include "tests/test.h"

#include <string.h>

#define FILE(programs)                                                         \
    "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': [" programs \
    "]}"
#define GET "{'shmget': 'm', 'key': 187, 'size': 100, 'flags': 'IPC_CREAT|0600'}"
#define MAP "{'shmat': 'm', 'as': 'p'}"
#define A(ops) "{'name': 'A', 'program': [" GET ", " MAP ", " ops "]}"
#define LATER(name, at, ops)                                                   \
    ", {'name': '" name "', 'arrival': " #at ", 'program': [" GET ", " ops "]}"
#define PUT(at, n) "{'store': 'p', 'offset': " #at ", 'int': " #n "}"
#define TAKE(at) "{'load': 'p', 'offset': " #at ", 'into': 'v'}"
#define DETACH "{'shmdt': 'p'}"
#define REMOVE "{'shmctl': 'm', 'cmd': 'IPC_RMID'}"
#define LOOK "{'shmctl': 'm', 'cmd': 'IPC_STAT'}"

/* What variable `name` of the first process of that name holds at the end. */
static int64_t variable(const struct run *r, const char *process,
                        const char *name)
{
    for (int v = 0; v < r->scenario->var_count; v++)
        if (strcmp(r->scenario->vars[v], name) == 0)
            return world_var(r->world, run_process(r, process), v);
    return -1;
}

/* The program, live; the end of A is as said. */
static void expect_end(const char *text, int kind, int value)
{
    struct run r = run_both(text, 1000, NULL);
    NEED(r.sim);
    const struct proc *p = &r.world->proc[run_process(&r, "A")];
    EXPECT_EQ_INT(p->exit_kind, kind);
    EXPECT_EQ_INT(p->exit_value, value);
    run_free(&r);
}

TEST("what one stores, another loads, at an address of its own")
{
    struct run r = run_both(FILE(A(PUT(8, -5)) LATER("B", 9, MAP ", " TAKE(8))),
                            1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_INT(variable(&r, "B", "v"), -5);
    EXPECT(variable(&r, "A", "p") != variable(&r, "B", "p"));
    run_free(&r);
}

TEST("keys: ENOENT, EEXIST, EINVAL for a larger one, private is new")
{
    expect_both(
        FILE("{'name': 'A', 'program': [" GET ", "
             "{'shmget': 'n', 'key': 5, 'size': 1}, "
             "{'shmget': 'n', 'key': 187, 'size': 1, 'flags': "
             "'IPC_CREAT|IPC_EXCL'}, "
             "{'shmget': 'n', 'key': 187, 'size': 101, 'flags': '0600'}, "
             "{'shmget': 'n', 'key': 187, 'size': 0}, "
             "{'shmget': 'n', 'key': 'IPC_PRIVATE', 'size': 0}, "
             "{'shmget': 'n', 'key': 'IPC_PRIVATE', 'size': 1, 'flags': "
             "'0600'}, "
             "{'shmget': 'n', 'key': {'ftok': ['f', 'a']}, 'size': 1, "
             "'flags': 'IPC_CREAT|0600'}]}"),
        "A: shmget=0 shmget=-1:ENOENT shmget=-1:EEXIST shmget=-1:EINVAL "
        "shmget=0 shmget=-1:EINVAL shmget=1 shmget=2");
}

TEST("the lesson's machine has 16 MiB: EINVAL for more, ENOSPC for too many")
{
    expect_both(FILE("{'name': 'A', 'program': ["
                     "{'shmget': 'm', 'key': 'IPC_PRIVATE', 'size': 16777217},"
                     "{'shmget': 'm', 'key': 'IPC_PRIVATE', 'size': 16777216},"
                     "{'shmget': 'n', 'key': 'IPC_PRIVATE', 'size': 1}, "
                     REMOVE ", "
                     "{'shmget': 'n', 'key': 'IPC_PRIVATE', 'size': 1}]}"),
                "A: shmget=-1:EINVAL shmget=0 shmget=-1:ENOSPC shmctl=0 "
                "shmget=1");
}

TEST("permissions: to read for SHM_RDONLY, both for the rest")
{
    expect_both(
        FILE("{'name': 'A', 'program': ["
             "{'shmget': 'm', 'key': 9, 'size': 1, 'flags': "
             "'IPC_CREAT|0400'}, {'shmget': 'n', 'key': 9, 'size': 1, "
             "'flags': '0600'}, " MAP ", "
             "{'shmctl': 'm', 'cmd': 'IPC_SET', 'mode': '0200'}, " MAP ", "
             LOOK ", {'shmctl': 'm', 'cmd': 'IPC_SET', 'mode': '0600'}, "
             LOOK "]}"),
        "A: shmget=0 shmget=-1:EACCES shmat=-1:EACCES shmctl=0 "
        "shmat=-1:EACCES shmctl=-1:EACCES shmctl=0 shmctl=0");
}

TEST("a segment mapped twice; the second detach of an address fails")
{
    struct run r = run_both(
        FILE(A("{'shmat': 'm', 'as': 'q', 'flags': 'SHM_RDONLY'}, " PUT(0, 7)
               ", {'load': 'q', 'into': 'v'}, " LOOK ", " DETACH ", " DETACH)),
        1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_INT(variable(&r, "A", "v"), 7);
    const char *said = run_returns(&r, "A");
    EXPECT(strstr(said, "shmdt=0 shmdt=-1:EINVAL"));
    run_free(&r);
}

#define AT(at, flags)                                                          \
    "{'shmat': 'm', 'as': 'q', 'at': " #at ", 'flags': '" flags "'}, "

TEST("a named place: a page's start or SHM_RND, free or SHM_REMAP")
{
    struct run r = run_both(
        FILE(A(AT('p', "") AT('p', "SHM_RND") AT(0, "SHM_REMAP")
               AT(100, "SHM_RND|SHM_REMAP") AT(100, "SHM_RND")
               AT(140000000000001, "") AT(140000000000000, "")
               AT(140000000000001, "SHM_RND") AT(140000000004096, "")
               AT(900000000000000, "")
               AT(140000000000000, "SHM_REMAP|SHM_RDONLY") TAKE(0))),
        1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_STR(run_returns(&r, "A"),
                  "shmget=0 shmat=138538465099776 shmat=-1:EINVAL "
                  "shmat=-1:EINVAL shmat=-1:EINVAL shmat=-1:EINVAL "
                  "shmat=-1:EPERM shmat=-1:EINVAL shmat=140000000000000 "
                  "shmat=-1:EINVAL shmat=-1:ENOMEM shmat=-1:ENOMEM "
                  "shmat=140000000000000 load=0");
    run_free(&r);
}

TEST("SHM_REMAP of a marked segment over itself does not destroy it")
{
    struct run r = run_both(
        FILE(A(PUT(0, 7) ", " REMOVE ", {'shmat': 'm', 'as': 'q', 'at': 'p', "
               "'flags': 'SHM_REMAP'}, " TAKE(0) ", " DETACH ", " LOOK)),
        1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_INT(variable(&r, "A", "v"), 7);
    EXPECT_EQ_INT(r.world->shm[0].ipc.gone, 1);
    EXPECT(strstr(run_returns(&r, "A"), "shmdt=0 shmctl=-1:EINVAL"));
    run_free(&r);
}

TEST("fork copies mappings, exit and SIGKILL take them away")
{
    struct run r = run_both(
        FILE(A("{'fork': 'C'}, {'fork': 'D'}, {'sleep': 5}, "
               "{'kill': 'D', 'sig': 'SIGKILL'}, {'wait': 'C'}, "
               "{'wait': 'D'}, " TAKE(0))
             ", {'name': 'C', 'program': [" TAKE(0) ", "
             "{'add': 'v', 'value': 1}, {'store': 'p', 'from': 'v'}]}"
             ", {'name': 'D', 'program': [{'sleep': 99}]}"),
        1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_INT(variable(&r, "A", "v"), 1);
    EXPECT_EQ_INT(r.world->shm[0].nattch, 0);
    EXPECT_EQ_INT(r.world->shm[0].ipc.gone, 0);
    run_free(&r);
}

TEST("IPC_RMID marks: the key is free, the id goes on, the last detach ends it")
{
    struct run r = run_both(
        FILE(A(REMOVE ", " LOOK ", {'shmat': 'm', 'as': 'q'}, " REMOVE
                      ", {'shmget': 'n', 'key': 187, 'size': 1}, "
                      "{'shmdt': 'q'}, " LOOK ", " DETACH ", " LOOK
                      ", {'shmat': 'm', 'as': 'q'}")),
        1000, NULL);
    NEED(r.sim);
    const char *said = run_returns(&r, "A");
    EXPECT(strstr(said, "shmget=-1:ENOENT shmdt=0 shmctl=0 shmdt=0 "
                        "shmctl=-1:EINVAL shmat=-1:EINVAL"));
    EXPECT_EQ_INT(r.world->shm[0].ipc.gone, 1);
    EXPECT_EQ_INT(r.world->head->segments, 0);
    run_free(&r);
}

TEST("whole pages: byte 4095 of 100 can be written, byte 4096 cannot")
{
    expect_end(FILE(A("{'store': 'p', 'offset': 4095, 'bytes': 1}, "
                      "{'exit': 3}")), 0, 3);
    expect_end(FILE(A("{'store': 'p', 'offset': 4096, 'bytes': 1}, "
                      "{'exit': 3}")), 1, 11);
    expect_end(FILE(A(PUT(4093, 1) ", {'exit': 3}")), 1, 11);
}

TEST("what lies before a fault has been stored")
{
    struct run r = run_both(
        FILE(A("{'store': 'p', 'offset': 4094, 'text': 'abcd'}")), 1000, NULL);
    NEED(r.sim);
    unsigned char bytes[2];
    world_shm_bytes(r.world, 0, 4094, bytes, 2);
    EXPECT(memcmp(bytes, "ab", 2) == 0);
    run_free(&r);
}

TEST("a store to a read-only or a detached place is SIGSEGV, however held off")
{
    static const char *const hold[] = {"default", "ignore", "block"};
    for (int i = 0; i < 3; i++) {
        struct str text = {0};
        str_addf(&text,
                 FILE("{'name': 'A', 'program': [" GET ", {'signal': "
                      "'SIGSEGV', 'action': '%s'}, {'shmat': 'm', 'as': 'p', "
                      "'flags': 'SHM_RDONLY'}, " TAKE(0) ", " PUT(0, 1) "]}"),
                 hold[i]);
        expect_end(text.text, 1, 11);
        str_free(&text);
    }
    expect_end(FILE(A(DETACH ", " TAKE(0))), 1, 11);
    expect_end(FILE("{'name': 'A', 'program': [{'shmget': 'm', 'key': 5, "
                    "'size': 1}, " MAP ", " PUT(0, 1) "]}"), 1, 11);
}

TEST("a handler comes back to the same store, which faults again")
{
    struct run r = run_both(
        FILE(A(DETACH ", {'signal': 'SIGSEGV', 'do': [{'cpu': 2}]}, "
               PUT(0, 1))), 100, NULL);
    NEED(r.sim);
    int faults = 0;
    for (size_t i = 0; i < r.trace->count; i++)
        faults += trace_at(r.trace, i)->kind == EV_FAULT;
    EXPECT(faults > 10);
    EXPECT_EQ_INT(r.world->head->stop, STOP_UNTIL);
    run_free(&r);
    expect_end(FILE(A(DETACH ", {'signal': 'SIGSEGV', 'do': [{'cpu': 2}, "
                      "{'signal': 'SIGSEGV', 'action': 'default'}]}, "
                      PUT(0, 1))), 1, 11);
    expect_end(FILE(A(DETACH ", {'signal': 'SIGSEGV', 'do': [" PUT(0, 2)
                      "]}, " PUT(0, 1))), 1, 11);
}

TEST("load, add, store are three: a slice that ends between loses an update")
{
    struct run r = run_both(
        "{'timeslice': 1, 'scheduler': {'policy': 'rr', 'quantum': 4}, "
        "'processes': [" A(TAKE(0) ", {'cpu': 3}, {'add': 'v', 'value': 1}, "
        "{'store': 'p', 'from': 'v'}") ", {'name': 'B', 'program': [" GET ", "
        MAP ", " TAKE(0) ", {'cpu': 3}, {'add': 'v', 'value': 1}, "
        "{'store': 'p', 'from': 'v'}]}]}", 1000, NULL);
    NEED(r.sim);
    unsigned char bytes[1];
    world_shm_bytes(r.world, 0, 0, bytes, 1);
    EXPECT_EQ_INT(bytes[0], 1);
    run_free(&r);
}

TEST("the frames of a destroyed segment are used again, and are zero")
{
    struct run r = run_both(
        FILE(A("{'store': 'p', 'text': 'old'}, " REMOVE ", " DETACH ", "
               "{'shmget': 'm', 'key': 187, 'size': 9000, 'flags': "
               "'IPC_CREAT|0600'}, " MAP ", {'load': 'p', 'into': 'v'}")),
        1000, NULL);
    NEED(r.sim);
    EXPECT_EQ_INT(variable(&r, "A", "v"), 0);
    EXPECT_EQ_INT(r.world->head->mem_frames, 1);
    run_free(&r);
}

TEST("33 mappings are one too many")
{
    struct run r = run_both(FILE("{'name': 'A', 'program': [" GET
                                 ", {'repeat': 32, 'do': [" MAP
                                 ", {'cpu': 1}]}, {'shmat': 'm', 'as': 'q'}, "
                                 DETACH ", {'shmat': 'm', 'as': 'q'}]}"),
                            1000, NULL);
    NEED(r.sim);
    EXPECT(strstr(run_returns(&r, "A"), "shmat=-1:EMFILE shmdt=0 shmat="));
    EXPECT(variable(&r, "A", "q") > 0);
    run_free(&r);
}

TEST("wrong rules are found out")
{
    struct run r = run_both(FILE(A("{'fork': 'C'}, {'wait': 'any'}")
                                 ", {'name': 'C', 'program': [{'cpu': 1}]}"),
                            100, "shm-nattch-fork");
    run_free(&r);
    r = run_both(FILE(A(REMOVE ", " MAP)), 100, "shm-rmid-at-once");
    run_free(&r);
}
