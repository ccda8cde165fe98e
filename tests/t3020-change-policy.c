/* t3020-change-policy.c: another policy takes over in the middle of a run.
 *
 * From wherever that is, to whatever policy: the run goes on soundly to its
 * end, its trace says all of it, and whoever takes it up from there gets the
 * same. */
#include "tests/run.h"
#include "tests/test.h"

#include <string.h>

/* CPU bursts and I/O, a lock with someone more urgent who wants it, a fork, a
 * yield, a niceness that changes, a periodic process; switches cost time. */
static const char mixed[] =
    "{\"timeslice\": 1, \"title\": \"x\", \"machine\": {\"cpus\": %d,"
    " \"context_switch\": %d}, \"scheduler\": {%s}, \"processes\": ["
    "{\"name\": \"a\", \"priority\": 3, \"tickets\": 50, \"program\": ["
    " {\"semget\": \"s\", \"key\": 1, \"nsems\": 1, \"flags\": \"IPC_CREAT\"},"
    " {\"semctl\": \"s\", \"cmd\": \"SETVAL\", \"num\": 0, \"value\": 1},"
    " {\"fork\": \"b\"}, {\"P\": \"s\"}, {\"cpu\": 5}, {\"V\": \"s\"},"
    " {\"nice\": 5}, {\"cpu\": 4}]},"
    "{\"name\": \"b\", \"priority\": 1, \"tickets\": 100, \"program\": ["
    " {\"cpu\": 1}, {\"P\": \"s\"}, {\"cpu\": 2}, {\"V\": \"s\"}]},"
    "{\"name\": \"c\", \"priority\": 2, \"tickets\": 250, \"arrival\": 1,"
    " \"bursts\": [3, 2, 4, 5, 3]},"
    "{\"name\": \"d\", \"arrival\": 3, \"nice\": -5, \"program\": [{\"cpu\": 3},"
    " {\"yield\": true}, {\"cpu\": 6}]},"
    "{\"name\": \"e\", \"arrival\": 2, \"period\": 12, \"jobs\": 2,"
    " \"deadline\": 9, \"program\": [{\"cpu\": 2}]}]}";

static const struct machine_case {
    int cpus, context_switch;
    const char *scheduler;
} machines[] = {
    {1, 0, "\"policy\": \"rr\", \"quantum\": 2"},
    {1, 2, "\"policy\": \"mlfq\", \"levels\": [{\"quantum\": 1},"
           " {\"quantum\": 2}, {\"quantum\": 3}, {\"quantum\": 4}],"
           " \"boost\": 11"},
    {2, 1, "\"policy\": \"eevdf\", \"queues\": \"per-cpu\", \"steal\": true"},
    {3, 0, "\"policy\": \"priority\", \"inherit\": true,"
           " \"aging\": {\"every\": 3, \"by\": 1}"},
};

enum { MACHINES = sizeof machines / sizeof *machines };

static const char *const policies[POLICY_COUNT] = {
#define POLICY(name, quantum, keys) [POLICY_##name] = "\"" #name "\"",
#include "sim/scenario/policies.def"
#undef POLICY
};

/* A lesson and, as variants 1 …, all policies. */
struct lesson {
    struct str text;
    struct scenario *scenario;
};

static bool load(struct lesson *l, const struct machine_case *m)
{
    struct diag d = {0};
    *l = (struct lesson){{0}, NULL};
    str_addf(&l->text, mixed, m->cpus, m->context_switch, m->scheduler);
    l->scenario = scenario_read("x", l->text.text, l->text.length, NULL, 0, &d);
    bool well = l->scenario != NULL;
    for (int i = 0; well && i < POLICY_COUNT; i++) {
        struct override o = {"scheduler.policy", policies[i]};
        well = scenario_vary(l->scenario, l->text.text, l->text.length, &o, 1,
                             &d) == i + 1;
    }
    struct str complaints = {0};
    diag_write(&d, &complaints);
    EXPECT_EQ_STR(str_text(&complaints), "");
    str_free(&complaints);
    diag_free(&d);
    EXPECT(well);
    return well;
}

static void unload(struct lesson *l)
{
    scenario_free(l->scenario);
    str_free(&l->text);
}

static struct run run_of(struct sim *s, const struct scenario *sc)
{
    return (struct run){(struct scenario *)(uintptr_t)sc, s, sim_world(s),
                        sim_trace(s)};
}

static void finish(struct sim *s)
{
    sim_advance(s, 1000, 0);
    EXPECT_EQ_INT(sim_world(s)->head->stop, STOP_FINISHED);
}

static size_t last_change(const struct trace *tr)
{
    size_t p = tr->count;
    while (p > 0 && trace_at(tr, p - 1)->kind != EV_POLICY)
        p--;
    return p;
}

/* The whole run, taken up anywhere behind its last change, is the same run. */
static void expect_taken_up(const struct sim *s, const struct scenario *sc)
{
    const struct trace *tr = sim_trace(s);
    size_t p = last_change(tr);
    EXPECT(p > 0);
    for (; p < tr->count; p++) {
        struct sim *again = sim_take_up(sc, tr, p);
        sim_advance(again, 1000, 0);
        EXPECT_EQ_INT(sim_trace(again)->count, tr->count);
        EXPECT(world_equal(sim_world(again), sim_world(s)));
        EXPECT_EQ_HEX(trace_hash(sim_trace(again)), trace_hash(tr));
        sim_free(again);
    }
}

TEST("from any moment any policy takes over: the run is sound to its end")
{
    for (int m = 0; m < MACHINES; m++) {
        struct lesson l;
        NEED(load(&l, &machines[m]));
        for (int to = 0; to <= POLICY_COUNT; to++)
            for (tick t = 0; t < 30; t++) {
                struct sim *s = sim_new(l.scenario);
                bool over = !sim_advance(s, t, 0);
                if (over) {
                    EXPECT(t > 15);
                    sim_free(s);
                    break;
                }
                test_case("machine %d, variant %d, t = %d", m, to, (int)t);
                EXPECT_EQ_INT(sim_act(s, ACTION_POLICY, to), REFUSED_NOT);
                EXPECT_EQ_INT(sim_world(s)->head->variant, to);
                finish(s);
                struct run r = run_of(s, l.scenario);
                run_expect_sound(&r);
                sim_free(s);
            }
        unload(&l);
    }
}

TEST("a run that is taken up after a change goes on as it did")
{
    for (int m = 0; m < MACHINES; m++) {
        struct lesson l;
        NEED(load(&l, &machines[m]));
        for (int to = 1; to <= POLICY_COUNT; to++) {
            struct sim *s = sim_new(l.scenario);
            sim_advance(s, 3 + to % 8, 0);
            test_case("machine %d, variant %d", m, to);
            sim_act(s, ACTION_POLICY, to);
            sim_advance(s, 5 + to % 8, 0);
            sim_act(s, ACTION_POLICY, (to + 4) % POLICY_COUNT + 1);
            finish(s);
            expect_taken_up(s, l.scenario);
            sim_free(s);
        }
        unload(&l);
    }
}

/* Who ran from `from` on, on CPU 0. */
static const char *gantt_of(struct sim *s, const struct scenario *sc)
{
    struct run r = run_of(s, sc);
    return run_gantt(&r, 0);
}

static const char stallings[] =
    "{\"timeslice\": 1, \"title\": \"x\", \"scheduler\": {\"policy\": \"rr\","
    " \"quantum\": 1}, \"processes\": ["
    "{\"name\": \"A\", \"bursts\": [3]},"
    "{\"name\": \"B\", \"arrival\": 2, \"bursts\": [6]},"
    "{\"name\": \"C\", \"arrival\": 4, \"bursts\": [4]},"
    "{\"name\": \"D\", \"arrival\": 6, \"bursts\": [5]},"
    "{\"name\": \"E\", \"arrival\": 8, \"bursts\": [2]}]}";

static struct scenario *read_stallings(void)
{
    struct diag d = {0};
    struct scenario *sc = scenario_read("x", stallings, sizeof stallings - 1,
                                        NULL, 0, &d);
    diag_free(&d);
    return sc;
}

static int vary(struct scenario *sc, const char *policy, const char *quantum)
{
    struct diag d = {0};
    struct override o[] = {{"scheduler.policy", policy},
                           {"scheduler.quantum", quantum}};
    int n = scenario_vary(sc, stallings, sizeof stallings - 1, o,
                          quantum ? 2 : 1, &d);
    diag_free(&d);
    return n;
}

TEST("what runs by hand after a change is what the new policy says")
{
    static const struct {
        const char *policy, *quantum;
        tick at;
        const char *gantt;
    } cases[] = {
        {"\"fcfs\"", NULL, 0, "A:0-3 B:3-9 C:9-13 D:13-18 E:18-20"},
        {"\"srtf\"", NULL, 0, "A:0-3 B:3-4 C:4-8 E:8-10 B:10-15 D:15-20"},
        /* B has just been chosen and keeps the CPU; then C and E have 2 ticks
         * left each, D has 4. */
        {"\"sjf\"", NULL, 9,
         "A:0-2 B:2-3 A:3-4 B:4-5 C:5-6 B:6-7 D:7-8 C:8-9 B:9-12 C:12-14 "
         "E:14-16 D:16-20"},
        {"\"fcfs\"", NULL, 7,
         "A:0-2 B:2-3 A:3-4 B:4-5 C:5-6 B:6-7 D:7-12 C:12-15 B:15-18 "
         "E:18-20"},
        {"\"rr\"", "3", 7,
         "A:0-2 B:2-3 A:3-4 B:4-5 C:5-6 B:6-7 D:7-10 C:10-13 B:13-16 E:16-18 "
         "D:18-20"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scenario *sc = read_stallings();
        NEED(sc != NULL);
        test_case("%s at %d", cases[i].policy, (int)cases[i].at);
        int n = vary(sc, cases[i].policy, cases[i].quantum);
        EXPECT_EQ_INT(n, 1);
        struct sim *s = sim_new(sc);
        sim_advance(s, cases[i].at, 0);
        sim_act(s, ACTION_POLICY, n);
        finish(s);
        EXPECT_EQ_STR(gantt_of(s, sc), cases[i].gantt);
        sim_free(s);
        scenario_free(sc);
    }
}

TEST("a variant that is not there, and one for a run that is over, are refused")
{
    struct scenario *sc = read_stallings();
    NEED(sc != NULL);
    struct sim *s = sim_new(sc);
    sim_advance(s, 4, 0);
    EXPECT_EQ_INT(sim_act(s, ACTION_POLICY, 1), REFUSED_ABSENT);
    EXPECT_EQ_INT(sim_act(s, ACTION_POLICY, -1), REFUSED_ABSENT);
    EXPECT_EQ_INT(vary(sc, "\"fcfs\"", NULL), 1);
    EXPECT_EQ_INT(sim_act(s, ACTION_POLICY, 1), REFUSED_NOT);
    finish(s);
    EXPECT_EQ_INT(sim_act(s, ACTION_POLICY, 0), REFUSED_STATE);
    EXPECT_EQ_INT(sim_world(s)->head->variant, 1);
    struct run r = run_of(s, sc);
    run_expect_sound(&r);
    sim_free(s);
    scenario_free(sc);
}

TEST("a bad variant is a complaint, and leaves the scenario as it was")
{
    struct scenario *sc = read_stallings();
    NEED(sc != NULL);
    EXPECT_EQ_INT(vary(sc, "\"rr\"", "0"), 0);
    EXPECT_EQ_INT(vary(sc, "\"nonsense\"", NULL), 0);
    EXPECT_EQ_INT(sc->later_count, 0);
    EXPECT_EQ_INT(vary(sc, "\"rr\"", "7"), 1);
    EXPECT_EQ_INT(scheduler_quantum(&sc->later[0]), 7);
    EXPECT_EQ_INT(vary(sc, "\"mlfq\"", NULL), 2);
    EXPECT_EQ_INT(scheduler_quantum(&sc->later[1]), 1); /* the file's */
    EXPECT_EQ_INT(vary(sc, "\"eevdf\"", NULL), 3);
    EXPECT_EQ_INT(scheduler_quantum(&sc->later[2]), 3);
    EXPECT_EQ_INT(vary(sc, "\"priority\"", "\"none\""), 4);
    EXPECT_EQ_INT(scheduler_quantum(&sc->later[3]), 0);
    scenario_free(sc);
}
