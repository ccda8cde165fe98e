/* t2101: when things happen. SCENARIO.md gives every tie an answer; here is a
 * test for each, and the published finish times of Stallings' five processes
 * (Operating Systems, 7th ed., table 9.5). */
#include "tests/run.h"
#include "tests/test.h"

#define MACHINE "'timeslice': 1, 'title': 't', "

static tick finish(const struct run *r, const char *name)
{
    return r->world->proc[run_process(r, name)].finish;
}

/* Five processes of Stallings, table 9.4: arrival and service time. */
#define STALLINGS                                                              \
    "'processes': [{'name': 'A', 'arrival': 0, 'bursts': [3]},"                \
    "{'name': 'B', 'arrival': 2, 'bursts': [6]},"                              \
    "{'name': 'C', 'arrival': 4, 'bursts': [4]},"                              \
    "{'name': 'D', 'arrival': 6, 'bursts': [5]},"                              \
    "{'name': 'E', 'arrival': 8, 'bursts': [2]}]}"

static void expect_finishes(const char *scheduler, const tick want[5])
{
    struct str text = {0};
    str_addf(&text, "{%s 'scheduler': %s, %s", MACHINE, scheduler, STALLINGS);
    struct run r = run_quoted(str_text(&text), 1000);
    str_free(&text);
    NEED(r.sim);
    for (int i = 0; i < 5; i++) {
        char name[2] = {(char)('A' + i), 0};
        test_case("%s, process %s", scheduler, name);
        EXPECT_EQ_INT(finish(&r, name), want[i]);
    }
    run_expect_sound(&r);
    run_free(&r);
}

TEST("Stallings' five processes end when the book says")
{
    expect_finishes("{'policy': 'fcfs'}", (tick[]){3, 9, 13, 18, 20});
    expect_finishes("{'policy': 'rr', 'quantum': 1}",
                    (tick[]){4, 18, 17, 20, 15});
    expect_finishes("{'policy': 'rr', 'quantum': 4}",
                    (tick[]){3, 17, 11, 20, 19});
}

TEST("an arrival queues before the process whose slice ends at that instant")
{
    struct run r =
        run_quoted("{" MACHINE "'scheduler': {'policy': 'rr', 'quantum': 2},"
                   "'processes': [{'name': 'A', 'bursts': [4]},"
                   "{'name': 'B', 'bursts': [4]},"
                   "{'name': 'C', 'arrival': 2, 'bursts': [2]}]}",
                   100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_gantt(&r, 0), "A:0-2 B:2-4 C:4-6 A:6-8 B:8-10");
    run_free(&r);
}

TEST("with expired_first it queues behind")
{
    struct run r = run_quoted(
        "{" MACHINE
        "'scheduler': {'policy': 'rr', 'quantum': 2, 'expired_first': true},"
        "'processes': [{'name': 'A', 'bursts': [4]},"
        "{'name': 'B', 'bursts': [4]},"
        "{'name': 'C', 'arrival': 2, 'bursts': [2]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_gantt(&r, 0), "A:0-2 B:2-4 A:4-6 C:6-8 B:8-10");
    run_free(&r);
}

TEST("work that ends exactly with its slice simply ends")
{
    struct run r =
        run_quoted("{" MACHINE "'scheduler': {'policy': 'rr', 'quantum': 3},"
                   "'processes': [{'name': 'A', 'bursts': [3]},"
                   "{'name': 'B', 'bursts': [1]}]}",
                   100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_states(&r, "A"),
                  "0 new, 0 ready, 0 running, 3 terminated");
    run_free(&r);
}

TEST("a slice that ends while nobody else is ready starts anew")
{
    struct run r =
        run_quoted("{" MACHINE "'scheduler': {'policy': 'rr', 'quantum': 2},"
                   "'processes': [{'name': 'A', 'bursts': [7]},"
                   "{'name': 'B', 'arrival': 3, 'bursts': [1]}]}",
                   100);
    NEED(r.sim);
    /* A's second slice is 2 to 4: B gets the CPU only then. */
    EXPECT_EQ_STR(run_gantt(&r, 0), "A:0-4 B:4-5 A:5-8");
    run_free(&r);
}

TEST("an op takes effect at the end of its cost, and sleep costs nothing")
{
    struct run r = run_quoted(
        "{" MACHINE
        "'machine': {'op_cost': 2}, 'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'A', 'program': [{'pipe': 'p'}, {'sleep': 3},"
        "{'write': 'p[1]', 'text': 'x'}]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_states(&r, "A"),
                  "0 new, 0 ready, 0 running, 2 blocked, 5 ready, 5 running, "
                  "7 terminated");
    run_free(&r);
}

TEST("a named device serves one request at a time, first come first served")
{
    struct run r = run_quoted(
        "{" MACHINE "'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'A', 'program': [{'io': 4, 'device': 'd'}]},"
        "{'name': 'B', 'program': [{'io': 3, 'device': 'd'}]},"
        "{'name': 'C', 'program': [{'io': 2}]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_INT(finish(&r, "A"), 4);
    EXPECT_EQ_INT(finish(&r, "B"), 7);
    EXPECT_EQ_INT(finish(&r, "C"), 2);
    run_free(&r);
}

TEST("switching costs time, but not to the one that ran last")
{
    struct run r = run_quoted("{" MACHINE "'machine': {'context_switch': 1},"
                              "'scheduler': {'policy': 'rr', 'quantum': 2},"
                              "'processes': [{'name': 'A', 'bursts': [4]},"
                              "{'name': 'B', 'bursts': [2]}]}",
                              100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_gantt(&r, 0), "A:0-2 B:3-5 A:6-8");
    EXPECT_EQ_INT(r.world->cpu[0].switches, 2);
    EXPECT_EQ_INT(r.world->cpu[0].switching, 2);
    run_expect_sound(&r);
    run_free(&r);
}

TEST("idle CPUs are filled lowest first")
{
    struct run r = run_quoted(
        "{" MACHINE "'machine': {'cpus': 2}, 'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'A', 'bursts': [3]}, {'name': 'B', 'bursts': "
        "[1]},"
        "{'name': 'C', 'bursts': [4]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_gantt(&r, 0), "A:0-3");
    EXPECT_EQ_STR(run_gantt(&r, 1), "B:0-1 C:1-5");
    run_free(&r);
}

TEST("who finds no memory stays new, and nobody overtakes in that line")
{
    struct run r =
        run_quoted("{" MACHINE
                   "'machine': {'memory': 10}, 'scheduler': {'policy': 'fcfs'},"
                   "'processes': [{'name': 'A', 'memory': 6, 'bursts': [5]},"
                   "{'name': 'B', 'memory': 6, 'bursts': [2]},"
                   "{'name': 'C', 'memory': 1, 'bursts': [1]}]}",
                   100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_states(&r, "B"),
                  "0 new, 5 ready, 5 running, 7 terminated");
    EXPECT_EQ_STR(run_states(&r, "C"),
                  "0 new, 5 ready, 7 running, 8 terminated");
    run_free(&r);
}

TEST("a zombie keeps its process slot until it is waited for")
{
    struct run r = run_quoted(
        "{" MACHINE
        "'machine': {'max_processes': 2}, 'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'P', 'program': [{'fork': 'K'}, {'sleep': 9},"
        "{'wait': 'K'}, {'sleep': 9}]}, {'name': 'K', 'program': [{'cpu': 1}]},"
        "{'name': 'N', 'arrival': 2, 'bursts': [1]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_states(&r, "K"),
                  "1 new, 1 ready, 1 running, 2 terminated");
    EXPECT_EQ_STR(run_states(&r, "N"),
                  "2 new, 11 ready, 11 running, 12 terminated");
    run_free(&r);
}

TEST("suspending gives the memory away, activating waits for it")
{
    struct run r = run_quoted(
        "{" MACHINE "'machine': {'memory': 8}, 'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'A', 'memory': 5, 'bursts': [6]},"
        "{'name': 'B', 'memory': 5, 'bursts': [4]}],"
        "'actions': [{'at': 2, 'suspend': 'A'}, {'at': 3, 'activate': 'A'}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_states(&r, "A"),
                  "0 new, 0 ready, 0 running, 2 ready-suspended, 6 ready, "
                  "6 running, 10 terminated");
    EXPECT_EQ_STR(run_states(&r, "B"),
                  "0 new, 2 ready, 2 running, 6 terminated");
    run_expect_sound(&r);
    run_free(&r);
}

TEST("a sleeper that is suspended wakes into ready-suspended")
{
    struct run r = run_quoted(
        "{" MACHINE "'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'A', 'program': [{'cpu': 1}, {'sleep': 3},"
        "{'cpu': 1}]}],"
        "'actions': [{'at': 2, 'suspend': 'A'}, {'at': 7, 'activate': 'A'}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_states(&r, "A"),
                  "0 new, 0 ready, 0 running, 1 blocked, 2 blocked-suspended, "
                  "4 ready-suspended, 7 ready, 7 running, 8 terminated");
    run_free(&r);
}

TEST("who is suspended for ever has not ended, though nobody is asleep")
{
    struct run r = run_quoted(
        "{" MACHINE "'processes': [{'name': 'A', 'bursts': [2]},"
        "{'name': 'B', 'bursts': [2]}], 'actions': [{'at': 1, 'suspend': 'A'}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_INT(r.world->head->stop, STOP_DEADLOCK);
    EXPECT_EQ_INT(r.world->head->alive, 1);
    run_free(&r);
}

TEST("an action of the file can name the second fork of a process")
{
    struct run r = run_quoted(
        "{" MACHINE "'processes': [{'name': 'p', 'program': [{'fork': 'c'},"
        "{'fork': 'c'}, {'cpu': 9}]}, {'name': 'c', 'program': [{'cpu': 9}]}],"
        "'actions': [{'at': 3, 'suspend': 'c.2'}, {'at': 5, 'kill': 'c.2'}]}",
        100);
    NEED(r.sim);
    int second = run_process(&r, "c.2"), first = run_process(&r, "c");
    EXPECT_EQ_INT(r.world->proc[second].exit_kind, 1);
    EXPECT_EQ_INT(r.world->proc[second].finish, 5);
    EXPECT_EQ_INT(r.world->proc[first].exit_kind, 0);
    run_free(&r);
}

TEST("an orphan goes to init, which waits at once")
{
    struct run r = run_quoted(
        "{" MACHINE "'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'P', 'program': [{'fork': 'K'}, {'exit': 3}]},"
        "{'name': 'K', 'program': [{'cpu': 5}]}]}",
        100);
    NEED(r.sim);
    int k = run_process(&r, "K");
    EXPECT_EQ_INT(r.world->proc[k].parent, INIT_PROC);
    EXPECT_EQ_INT(r.world->task[k].flags & TASK_ZOMBIE, 0);
    EXPECT_EQ_INT(r.world->head->zombies, 0);
    EXPECT_EQ_INT(r.world->proc[run_process(&r, "P")].exit_value, 3);
    run_free(&r);
}

TEST("two that wait for each other are a deadlock, and both are named")
{
    struct run r = run_quoted(
        "{" MACHINE "'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'P', 'program': [{'pipe': 'p'}, {'pipe': 'q'},"
        "{'fork': 'K'}, {'read': 'p[0]', 'size': 1}]},"
        "{'name': 'K', 'program': [{'read': 'q[0]', 'size': 1}]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_INT(r.world->head->stop, STOP_DEADLOCK);
    int named = 0;
    for (size_t i = 0; i < r.trace->count; i++)
        named += trace_at(r.trace, i)->kind == EV_DEADLOCK;
    EXPECT_EQ_INT(named, 2);
    run_free(&r);
}

TEST("a handler's loop does not disturb the loop it interrupts")
{
    struct run r = run_quoted(
        "{" MACHINE "'machine': {'cpus': 2}, 'scheduler': {'policy': 'fcfs'},"
        "'processes': [{'name': 'A', 'program': [{'signal': 'SIGUSR1', 'do': "
        "[{'repeat': 3, 'do': [{'cpu': 1}]}]}, {'repeat': 4, 'as': 'i', 'do': "
        "[{'cpu': 2}]}]},"
        "{'name': 'B', 'program': [{'cpu': 4}, {'kill': 'A', 'sig': "
        "'SIGUSR1'}]}]}",
        100);
    NEED(r.sim);
    /* 1 for signal(), 4 rounds of 2, 3 ticks in the handler. */
    EXPECT_EQ_INT(finish(&r, "A"), 1 + 8 + 3);
    EXPECT_EQ_INT(r.world->proc[run_process(&r, "A")].last_ret, 0);
    run_free(&r);
}

TEST("niceness only grows: to be less nice takes the superuser")
{
    struct run r = run_quoted(
        "{" MACHINE "'processes': [{'name': 'A', 'nice': 5, 'program': ["
        "{'nice': 3}, {'nice': -1}, {'nice': 40}, {'nice': 0}]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_returns(&r, "A"), "nice=8 nice=-1:EPERM nice=19 nice=19");
    run_free(&r);
}

/* How often `name` has gone into the handler for `sig`. */
static int handled(const struct run *r, const char *name, int sig)
{
    int n = 0, proc = run_process(r, name);
    for (size_t i = 0; i < r->trace->count; i++) {
        const struct event *e = trace_at(r->trace, i);
        n += e->kind == EV_HANDLE && e->proc == proc && e->sub == sig;
    }
    return n;
}

TEST("a parent hears SIGCHLD when its child is stopped, goes on and ends")
{
    struct run r = run_quoted(
        "{" MACHINE "'machine': {'cpus': 2}, 'processes': [{'name': 'A', 'program': ["
        "{'signal': 'SIGCHLD', 'do': [{'cpu': 1}]}, {'fork': 'B'},"
        "{'cpu': 30}, {'wait': 'B'}]},"
        "{'name': 'B', 'program': [{'signal': 'SIGCONT', 'do': [{'cpu': 1}]},"
        "{'sleep': 9}]}],"
        "'actions': [{'at': 12, 'suspend': 'B'}, {'at': 15, 'activate': "
        "'B'}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_INT(handled(&r, "A", 17), 3);
    EXPECT_EQ_INT(handled(&r, "B", 18), 1); /* activating is SIGCONT */
    run_expect_sound(&r);
    run_free(&r);
}

/* Goes on from every event of `r`, as a branch does. */
static void expect_branches_like(const struct run *r, tick until)
{
    for (size_t i = 0; i < r->trace->count; i++) {
        test_case("from event %zu", i);
        struct sim *b = sim_branch(r->sim, i);
        sim_advance(b, until, 0);
        EXPECT(world_equal(sim_world(b), r->world));
        sim_free(b);
    }
}

TEST("who ages to the number of another stands before it if it was ready first")
{
    struct run r = run_quoted(
        "{" MACHINE "'scheduler': {'policy': 'priority', 'aging': {'every': "
        "10, 'by': 1}}, 'processes': ["
        "{'name': 'hog', 'bursts': [12]},"
        "{'name': 'X', 'priority': 5, 'bursts': [3]},"
        "{'name': 'Y', 'arrival': 5, 'priority': 4, 'bursts': [3]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_gantt(&r, 0), "hog:0-12 X:12-15 Y:15-18");
    expect_branches_like(&r, 100);
    run_expect_sound(&r);
    run_free(&r);
}

TEST("who is lent the number of another stands before it if it was ready first")
{
    /* L has the lock and is preempted at 4; H sleeps for it from 6 on, when E,
     * as urgent as H, has been ready since 5. */
    struct run r = run_quoted(
        "{" MACHINE "'scheduler': {'policy': 'priority', 'inherit': true},"
        "'processes': ["
        "{'name': 'L', 'priority': 3, 'program': ["
        "{'semget': 's', 'key': 7, 'nsems': 1, 'flags': 'IPC_CREAT|0600'},"
        "{'semctl': 's', 'cmd': 'SETVAL', 'num': 0, 'value': 1},"
        "{'P': 's'}, {'cpu': 2}, {'V': 's'}]},"
        "{'name': 'H', 'arrival': 4, 'priority': 1, 'program': ["
        "{'semget': 's', 'key': 7, 'nsems': 1, 'flags': '0600'},"
        "{'P': 's'}, {'V': 's'}]},"
        "{'name': 'E', 'arrival': 5, 'priority': 1, 'bursts': [4]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_STR(run_gantt(&r, 0), "L:0-4 H:4-6 L:6-8 E:8-12 H:12-13");
    expect_branches_like(&r, 100);
    run_expect_sound(&r);
    run_free(&r);
}

TEST("a holder is lent urgency also while others sleep for several semaphores")
{
    /* X wants both at once, so H, who wants one, stands in the set's line. */
    struct run r = run_quoted(
        "{" MACHINE "'machine': {'op_cost': 0},"
        "'scheduler': {'policy': 'priority', 'inherit': true}, 'processes': ["
        "{'name': 'L', 'priority': 5, 'program': ["
        "{'semget': 's', 'key': 7, 'nsems': 2, 'flags': 'IPC_CREAT|0600'},"
        "{'semctl': 's', 'cmd': 'SETALL', 'values': [1, 0]},"
        "{'P': 's', 'num': 0}, {'cpu': 6}, {'V': 's', 'num': 0}]},"
        "{'name': 'X', 'arrival': 1, 'priority': 4, 'program': ["
        "{'semget': 's', 'key': 7, 'nsems': 2, 'flags': '0600'},"
        "{'semop': 's', 'ops': [{'num': 0, 'op': -1}, {'num': 1, 'op': -1}]}]},"
        "{'name': 'H', 'arrival': 2, 'priority': 1, 'program': ["
        "{'semget': 's', 'key': 7, 'nsems': 2, 'flags': '0600'},"
        "{'P': 's', 'num': 0}, {'cpu': 1}]},"
        "{'name': 'M', 'arrival': 3, 'priority': 2, 'bursts': [5]}]}",
        100);
    NEED(r.sim);
    EXPECT_EQ_INT(finish(&r, "H"), 7);
    EXPECT_EQ_INT(finish(&r, "M"), 12);
    run_free(&r);
}
