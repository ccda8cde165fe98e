/* t1006-values.c: what else a file may say, value by value: the keys of every
 * policy, what `expect` keeps, strings, ways to go on. */
#include "sim/scenario/load.h"
#include "tests/test.h"

#include <stdlib.h>

/* A scenario of one process with `extra` at the top and these ops. */
static struct scenario *read_good(const char *extra, const char *ops)
{
    struct str s = {0}, said = {0};
    struct diag d = {0};
    str_addf(&s,
             "{\"timeslice\": 1, %s%s\"processes\": [{\"name\": \"a\", "
             "\"program\": [%s]}]}",
             extra, *extra ? ", " : "", ops);
    struct scenario *sc = scenario_read("t", s.text, s.length, NULL, 0, &d);
    diag_write(&d, &said);
    EXPECT_EQ_STR(str_text(&said), "");
    str_free(&s);
    str_free(&said);
    diag_free(&d);
    return sc;
}

static struct scenario *read_scheduler_of(const char *json)
{
    struct str s = {0};
    str_addf(&s, "\"scheduler\": %s", json);
    struct scenario *sc = read_good(str_text(&s), "");
    str_free(&s);
    return sc;
}

TEST("every policy is read, with the quantum it has by itself")
{
    static const struct {
        const char *json;
        int quantum;
    } cases[] = {
        {"{\"policy\": \"fcfs\"}", 0},
        {"{\"policy\": \"sjf\"}", 0},
        {"{\"policy\": \"hrrn\"}", 0},
        {"{\"policy\": \"rr\"}", 4},
        {"{\"policy\": \"rr\", \"quantum\": 7}", 7},
        {"{\"policy\": \"priority\"}", 0},
        {"{\"policy\": \"priority\", \"quantum\": 2}", 2},
        {"{\"policy\": \"priority\", \"quantum\": \"none\"}", 0},
        {"{\"policy\": \"xv6\"}", 1},
        {"{\"policy\": \"xv6\", \"quantum\": \"none\"}", 0},
        {"{\"quantum\": 5, \"policy\": \"rr\"}", 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_case("%s", cases[i].json);
        struct scenario *sc = read_scheduler_of(cases[i].json);
        NEED(sc);
        EXPECT_EQ_INT(sc->scheduler.quantum, cases[i].quantum);
        scenario_free(sc);
    }
}

TEST("the keys of the policies land in their fields")
{
    struct scenario *sc = read_scheduler_of(
        "{\"policy\": \"mlfq\", \"levels\": [{\"quantum\": 2}, "
        "{\"quantum\": 4, \"allotment\": 8}], \"boost\": 50, "
        "\"io_keeps_slice\": true, \"io_to_front\": true, "
        "\"demote_alone\": false, \"expired_first\": true, "
        "\"queues\": \"per-cpu\", \"steal\": true}");
    NEED(sc);
    const struct scheduler *s = &sc->scheduler;
    EXPECT_EQ_INT(s->levels, 2);
    EXPECT_EQ_INT(s->level[0].quantum, 2);
    EXPECT_EQ_INT(s->level[0].allotment, 0);
    EXPECT_EQ_INT(s->level[1].allotment, 8);
    EXPECT_EQ_INT(s->boost, 50);
    EXPECT(s->io_keeps_slice && s->io_to_front && !s->demote_alone);
    EXPECT(s->expired_first && s->per_cpu && s->steal);
    scenario_free(sc);
}

TEST("guessing, aging and drawing have their numbers")
{
    struct scenario *sc = read_scheduler_of(
        "{\"policy\": \"srtf\", \"estimate\": {\"alpha\": 0.25}}");
    NEED(sc);
    EXPECT(sc->scheduler.estimate);
    EXPECT(sc->scheduler.alpha > 0.24 && sc->scheduler.alpha < 0.26);
    EXPECT_EQ_INT(sc->scheduler.initial, 10);
    scenario_free(sc);
    sc = read_scheduler_of("{\"policy\": \"priority\", \"preemptive\": false, "
                           "\"aging\": {\"every\": 10, \"by\": 2}}");
    NEED(sc);
    EXPECT(!sc->scheduler.preemptive);
    EXPECT_EQ_INT(sc->scheduler.aging_every, 10);
    EXPECT_EQ_INT(sc->scheduler.aging_by, 2);
    scenario_free(sc);
    sc = read_scheduler_of("{\"policy\": \"lottery\", \"seed\": 7, "
                           "\"draws\": [3, 1, 2]}");
    NEED(sc);
    EXPECT_EQ_INT(sc->scheduler.seed, 7);
    EXPECT_EQ_INT(sc->scheduler.draw_count, 3);
    EXPECT_EQ_INT(sc->scheduler.draws[2], 2);
    scenario_free(sc);
}

TEST("a seed from the command line is welcome to every policy")
{
    struct override seed = {"scheduler.seed", "5"};
    struct diag d = {0};
    static const char text[] =
        "{\"timeslice\": 1, \"scheduler\": {\"policy\": \"rr\"}, "
        "\"processes\": [{\"name\": \"a\", \"bursts\": [1]}]}";
    struct scenario *sc = scenario_read("t", text, strlen(text), &seed, 1, &d);
    EXPECT_EQ_INT(d.count, 0);
    NEED(sc);
    EXPECT_EQ_INT(sc->scheduler.seed, 5);
    scenario_free(sc);
    diag_free(&d);
}

TEST("a process's own numbers land in their fields")
{
    static const char text[] =
        "{\"timeslice\": 1, \"machine\": {\"cpus\": 4, \"memory\": 9}, "
        "\"processes\": [{\"name\": \"进程 A-1\", \"arrival\": 3, "
        "\"priority\": -2, \"nice\": -5, \"tickets\": 7, \"memory\": 9, "
        "\"deadline\": 11, \"period\": 12, \"affinity\": [0, 3], "
        "\"bursts\": [1]}]}";
    struct diag d = {0};
    struct scenario *sc = scenario_read("t", text, strlen(text), NULL, 0, &d);
    EXPECT_EQ_INT(d.count, 0);
    NEED(sc);
    const struct process_def *p = &sc->processes[0];
    EXPECT_EQ_STR(p->name, "进程 A-1");
    EXPECT_EQ_INT(p->arrival, 3);
    EXPECT_EQ_INT(p->priority, -2);
    EXPECT_EQ_INT(p->nice, -5);
    EXPECT_EQ_INT(p->tickets, 7);
    EXPECT_EQ_INT(p->memory, 9);
    EXPECT_EQ_INT(p->deadline, 11);
    EXPECT_EQ_INT(p->period, 12);
    EXPECT_EQ_HEX(p->affinity, 9);
    scenario_free(sc);
    diag_free(&d);
}

TEST("what is expected is kept as compact JSON")
{
    static const struct {
        const char *process, *field, *json;
    } want[] = {
        {NULL, "end", "12"},        {NULL, "avg_waiting", "2.50"},
        {NULL, "fairness", "null"}, {"a", "exit", "{\"signal\":\"SIGPIPE\"}"},
        {"a", "finish", "null"},    {"a", "state", "\"terminated\""},
    };
    struct scenario *sc = read_good(
        "\"expect\": {\"//\": 1, \"end\": 12, \"avg_waiting\": 2.50, "
        "\"fairness\": null, \"processes\": {\"//\": [], \"a\": {\"//\": "
        "\"\", \"exit\": { \"signal\" : \"SIGPIPE\" }, \"finish\": null, "
        "\"state\": \"terminated\"}}}",
        "");
    NEED(sc && sc->expect_count == 6);
    for (int i = 0; i < 6; i++) {
        test_case("%s", want[i].field);
        EXPECT_EQ_STR(sc->expects[i].field, want[i].field);
        EXPECT_EQ_STR(sc->expects[i].json, want[i].json);
        EXPECT((sc->expects[i].process != NULL) == (want[i].process != NULL));
    }
    scenario_free(sc);
}

TEST("an exit may be expected as a number, a name, an object or nothing")
{
    static const char *const exits[] = {"0", "\"SIGKILL\"", "{\"code\":3}",
                                        "null"};
    for (int i = 0; i < 4; i++) {
        struct str s = {0};
        test_case("%s", exits[i]);
        str_addf(&s, "\"expect\": {\"processes\": {\"a\": {\"exit\": %s}}}",
                 exits[i]);
        struct scenario *sc = read_good(str_text(&s), "");
        str_free(&s);
        NEED(sc);
        EXPECT_EQ_STR(sc->expects[0].json, exits[i]);
        scenario_free(sc);
    }
}

TEST("escapes of JSON become the characters they stand for")
{
    struct scenario *sc = read_good("\"notes\": \"\\ud83d\\ude00 \\u4E2d "
                                    "\\\"\\\\\\/\\n\"",
                                    "");
    NEED(sc);
    EXPECT_EQ_STR(text_in(sc->notes, LANG_EN), "\xf0\x9f\x98\x80 中 \"\\/\n");
    scenario_free(sc);
}

TEST("a number is whole if it is so as it is written")
{
    static const char *const whole[] = {"10", "1.0", "10e-1", "1000e-2",
                                        "1e1", "1.50e1", "2.50e+1", "100e-2"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        struct str op = {0};
        test_case("%s", whole[i]);
        str_addf(&op, "{\"cpu\": %s}", whole[i]);
        struct scenario *sc = read_good("", str_text(&op));
        EXPECT(sc != NULL);
        scenario_free(sc);
        str_free(&op);
    }
}

TEST("an op may stop its process when it fails, and have its own cost")
{
    struct scenario *sc = read_good(
        "\"live\": false, \"machine\": {\"op_cost\": 2}",
        "{\"yield\": true, \"on_error\": \"exit\"}, "
        "{\"yield\": true, \"cost\": 7}, {\"sleep\": 3, \"cost\": 1}, "
        "{\"sleep\": 3}, {\"io\": 2, \"device\": \"disk\"}, "
        "{\"io\": 2, \"device\": \"disk\"}, {\"cpu\": 1}");
    NEED(sc);
    static const int costs[] = {2, 7, 1, 0, 0, 0, 0, 0};
    for (int i = 0; i < 8; i++) {
        test_case("op %d", i);
        EXPECT_EQ_INT(sc->ops[i].cost, costs[i]);
        EXPECT_EQ_INT(sc->ops[i].exit_on_error, i == 0);
    }
    EXPECT(!sc->live);
    EXPECT_EQ_INT(sc->name_count, 1);
    EXPECT_EQ_STR(sc->names[op_arg(&sc->ops[5], KEY_device)], "disk");
    scenario_free(sc);
}
