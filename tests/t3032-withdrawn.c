/* t3032: whoever is stopped while he waits for the CPU leaves as others do. */
#include "sim/model/figure.h"
#include "sim/sim.h"
#include "tests/test.h"

#include <string.h>

/* The run of a scenario to its end. */
static struct sim *run(const char *json, struct scenario **sc)
{
    struct diag d = {.file = "x"};
    *sc = scenario_read("x", json, strlen(json), NULL, 0, &d);
    diag_free(&d);
    if (!*sc)
        return NULL;
    struct sim *s = sim_new(*sc);
    sim_advance(s, 1000, 0);
    return s;
}

static const struct event *nth(const struct sim *s, enum event_kind kind,
                               int proc, int n)
{
    for (size_t i = 0; i < sim_trace(s)->count; i++) {
        const struct event *e = trace_at(sim_trace(s), i);
        if (e->kind == kind && e->proc == proc && n-- == 0)
            return e;
    }
    return NULL;
}

TEST("a switch that was broken off is no move to that CPU")
{
    struct scenario *sc;
    /* C has run on CPU 0; at 7 CPU 1 turns to it and it is stopped at 8. At 14
     * it gets CPU 0, where it ran the last time: that costs nothing. */
    struct sim *s = run(
        "{\"timeslice\": 1, \"title\": \"x\","
        "\"machine\": {\"cpus\": 2, \"migration\": 3},"
        "\"scheduler\": {\"policy\": \"fcfs\"}, \"processes\": ["
        "{\"name\": \"C\", \"bursts\": [2, 5, 2]},"
        "{\"name\": \"B\", \"bursts\": [5]},"
        "{\"name\": \"A\", \"arrival\": 1, \"bursts\": [12]}],"
        "\"actions\": [{\"at\": 8, \"suspend\": \"C\"},"
        "{\"at\": 14, \"activate\": \"C\"}]}", &sc);
    NEED(s);
    const struct event *first = nth(s, EV_SWITCH, 0, 0);
    NEED(first);
    EXPECT_EQ_INT(first->t, 7);
    EXPECT_EQ_INT(first->cpu, 1);
    EXPECT(!nth(s, EV_SWITCH, 0, 1));
    sim_free(s);
    scenario_free(sc);
}

TEST("who is stopped while ready takes his lag along")
{
    struct scenario *sc;
    /* A runs 0 to 3: at 3 B is owed 1.5 ticks, and is stopped at 4 with the lag
     * it has then, 1 - (4 - 3) / 2 … = V - v = 2. */
    struct sim *s = run(
        "{\"timeslice\": 1, \"title\": \"x\","
        "\"scheduler\": {\"policy\": \"eevdf\", \"slice\": 8}, \"processes\": ["
        "{\"name\": \"A\", \"bursts\": [20]},"
        "{\"name\": \"B\", \"bursts\": [20]}],"
        "\"actions\": [{\"at\": 4, \"suspend\": \"B\"}]}", &sc);
    NEED(s);
    EXPECT_EQ_INT(world_figure(sim_world(s), 1, EEVDF_LAG),
                  2 * world_one(sim_world(s)));
    sim_free(s);
    scenario_free(sc);
}

TEST("what waiting has brought ends with the waiting")
{
    struct scenario *sc;
    /* B (5) has aged to 3 at 4, is stopped, and is back with its 5 at 6: C (4),
     * who came at 7, runs before it. */
    struct sim *s = run(
        "{\"timeslice\": 1, \"title\": \"x\","
        "\"scheduler\": {\"policy\": \"priority\", \"preemptive\": false,"
        "\"aging\": {\"every\": 2, \"by\": 1}}, \"processes\": ["
        "{\"name\": \"A\", \"priority\": 0, \"bursts\": [8]},"
        "{\"name\": \"B\", \"priority\": 9, \"bursts\": [1]},"
        "{\"name\": \"C\", \"arrival\": 7, \"priority\": 8, \"bursts\": [1]}],"
        "\"actions\": [{\"at\": 6, \"suspend\": \"B\"},"
        "{\"at\": 7, \"activate\": \"B\"}]}", &sc);
    NEED(s);
    EXPECT_EQ_INT(sim_world(s)->proc[2].first_run, 8);
    sim_free(s);
    scenario_free(sc);
}

TEST("lent urgency is given back with the lock, before slices end")
{
    struct scenario *sc;
    /* L (5) holds the lock for which H (1) sleeps, on another CPU's queue. L's
     * slice ends as it gives the lock back: M (3) is next, not L. */
    struct sim *s = run(
        "{\"timeslice\": 1, \"title\": \"x\", \"machine\": {\"op_cost\": 1,"
        "\"cpus\": 2}, \"scheduler\": {\"policy\": \"priority\","
        "\"preemptive\": false, \"inherit\": true, \"quantum\": 6,"
        "\"queues\": \"per-cpu\"}, \"processes\": ["
        "{\"name\": \"L\", \"priority\": 5, \"affinity\": [0], \"program\": ["
        "{\"semget\": \"s\", \"key\": 1, \"nsems\": 1,"
        " \"flags\": \"IPC_CREAT|0600\"},"
        "{\"semctl\": \"s\", \"cmd\": \"SETALL\", \"values\": [1]},"
        "{\"P\": \"s\"}, {\"cpu\": 8}, {\"V\": \"s\"}, {\"cpu\": 9}]},"
        "{\"name\": \"H\", \"priority\": 1, \"arrival\": 4, \"affinity\": [1],"
        " \"program\": [{\"semget\": \"s\", \"key\": 1, \"nsems\": 1,"
        " \"flags\": \"0600\"}, {\"P\": \"s\"}, {\"cpu\": 30}, {\"V\": \"s\"}]},"
        "{\"name\": \"M\", \"priority\": 3, \"arrival\": 7, \"affinity\": [0],"
        " \"program\": [{\"cpu\": 1}]}]}", &sc);
    NEED(s);
    EXPECT_EQ_INT(sim_world(s)->proc[2].first_run, 12);
    sim_free(s);
    scenario_free(sc);
}
