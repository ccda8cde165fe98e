/* t6002-metrics.c: the figures of runs whose every number was worked out by
 * hand, and what `expect` says about them. */
#include "sim/model/metrics.h"
#include "tests/story.h"
#include "tests/test.h"

#include <math.h>

/* Two processes on one CPU, first come first served, the second one 2 later:
 *
 *   parent  |RRRRR|            0 to 5
 *   child     |wwwRR b b RRR|  ready 2-5, runs 5-7, blocked 7-9, runs 9-12
 */
static void two_in_line(struct story *st)
{
    story_begin(st, (struct machine){.cpus = 1});
    story_create(st, 0, 0, INIT_PROC);
    story_admit(st, 0, 0);
    story_dispatch(st, 0, 0, 0, 0);
    story_create(st, 2, 1, INIT_PROC);
    story_admit(st, 2, 1);
    story_say(st, (struct event){.t = 5, .kind = EV_EXIT, .cpu = NO_CPU,
                                 .proc = 0, .val = 0});
    story_move(st, 5, 0, T_EXIT, WHY_EXITED, 0, 0);
    story_dispatch(st, 5, 1, 0, 0);
    story_sleep(st, 7, 1, DO_SLEEP, WAIT_TIME, NONE, 9);
    story_op(st, 9, 1, DO_SLEEP, 0, E_OK);
    story_move(st, 9, 1, T_WAKE, WHY_TIME_CAME, 0, 0);
    story_dispatch(st, 9, 1, 0, 0);
}

static void finish(struct story *st)
{
    story_say(st, (struct event){.t = 12, .kind = EV_EXIT, .sub = 1,
                                 .cpu = NO_CPU, .proc = 1, .val = 13});
    story_move(st, 12, 1, T_KILL, WHY_KILLED, 13, -2);
    story_say(st, (struct event){.t = 12, .kind = EV_STOP, .cpu = NO_CPU,
                                 .sub = STOP_FINISHED, .proc = NO_PROC});
}

static void expect_text(struct str *s, const char *want)
{
    EXPECT_EQ_STR(str_text(s), want);
    str_free(s);
}

TEST("turnaround, response and waiting are the textbook's")
{
    struct story st;
    two_in_line(&st);
    finish(&st);
    struct process_metrics m = metrics_of(&st.w, 1);
    EXPECT_EQ_INT(m.arrival, 2);
    EXPECT_EQ_INT(m.first_run, 5);
    EXPECT_EQ_INT(m.finish, 12);
    EXPECT_EQ_INT(m.turnaround, 10);
    EXPECT_EQ_INT(m.response, 3);
    EXPECT_EQ_INT(m.waiting, 3);
    EXPECT_EQ_INT(m.cpu, 5);
    EXPECT_EQ_INT(m.blocked, 2);
    EXPECT_EQ_INT(m.suspended, 0);
    EXPECT_EQ_INT(m.turnaround, m.waiting + m.cpu + m.blocked);
    story_end(&st);
}

TEST("the figures of a run are averages over the finished")
{
    struct story st;
    two_in_line(&st);
    finish(&st);
    struct run_metrics r = metrics_overall(&st.w);
    EXPECT(r.avg_turnaround == 7.5);   /* (5 + 10) / 2 */
    EXPECT(r.avg_waiting == 1.5);      /* (0 + 3) / 2 */
    EXPECT(r.avg_response == 1.5);     /* (0 + 3) / 2 */
    EXPECT(r.throughput == 2.0 / 12);
    EXPECT(r.cpu_utilization == 10.0 / 12);
    EXPECT_EQ_INT(r.context_switches, 1); /* parent to child, once */
    /* shares 1 and 5/8: (1.625)^2 / (2 * (1 + 0.390625)) */
    EXPECT(fabs(r.fairness - 2.640625 / 2.78125) < 1e-12);
    story_end(&st);
}

TEST("a stretch that has not ended counts up to now")
{
    struct story st;
    two_in_line(&st);
    story_say(&st, (struct event){.t = 11, .kind = EV_USER, .cpu = NO_CPU,
                                  .proc = NO_PROC, .val = REFUSED_ABSENT});
    struct process_metrics m = metrics_of(&st.w, 1);
    EXPECT_EQ_INT(m.cpu, 4);
    EXPECT_EQ_INT(m.finish, -1);
    EXPECT_EQ_INT(m.turnaround, -1);
    struct run_metrics r = metrics_overall(&st.w);
    EXPECT(r.avg_turnaround == 5); /* the parent's alone */
    EXPECT(r.cpu_utilization == 9.0 / 11);
    story_end(&st);
}

TEST("suspended time is that of both suspended states")
{
    struct story st;
    two_in_line(&st);
    story_sleep(&st, 10, 1, DO_SLEEP, WAIT_TIME, NONE, 13);
    story_move(&st, 11, 1, T_SUSPEND, WHY_USER, 0, 0);
    story_op(&st, 13, 1, DO_SLEEP, 0, E_OK);
    story_move(&st, 13, 1, T_WAKE, WHY_TIME_CAME, 0, 0);
    story_move(&st, 17, 1, T_ACTIVATE, WHY_USER, 0, 0);
    struct process_metrics m = metrics_of(&st.w, 1);
    EXPECT_EQ_INT(m.suspended, 6); /* 11-13 blocked, 13-17 ready */
    EXPECT_EQ_INT(m.blocked, 3);   /* 7-9 and 10-11 */
    story_end(&st);
}

TEST("where nobody ran there is no figure, and null in JSON")
{
    struct story st;
    struct str s = {0};
    story_begin(&st, (struct machine){.cpus = 2});
    struct run_metrics r = metrics_overall(&st.w);
    EXPECT(isnan(r.avg_turnaround) && isnan(r.fairness));
    EXPECT(isnan(r.throughput) && isnan(r.cpu_utilization));
    metrics_write_overall(&st.w, &s);
    expect_text(&s, "\"avg_turnaround\": null, \"avg_waiting\": null, "
                    "\"avg_response\": null, \"throughput\": null, "
                    "\"cpu_utilization\": null, \"context_switches\": 0, "
                    "\"fairness\": null");
    story_create(&st, 3, 0, INIT_PROC);
    metrics_write_process(&st.w, 0, &s);
    expect_text(&s, "\"state\": \"new\", \"arrival\": 3, \"admitted\": null, "
                    "\"first_run\": null, \"finish\": null, "
                    "\"turnaround\": null, \"response\": null, "
                    "\"waiting\": 0, \"cpu\": 0, \"blocked\": 0, "
                    "\"suspended\": 0, \"exit\": null, "
                    "\"switches\": {\"voluntary\": 0, \"involuntary\": 0}");
    story_end(&st);
}

TEST("the fields of a process are written as the example writes them")
{
    struct story st;
    struct str s = {0};
    two_in_line(&st);
    finish(&st);
    metrics_write_process(&st.w, 0, &s);
    expect_text(&s, "\"state\": \"terminated\", \"arrival\": 0, "
                    "\"admitted\": 0, \"first_run\": 0, \"finish\": 5, "
                    "\"turnaround\": 5, \"response\": 0, \"waiting\": 0, "
                    "\"cpu\": 5, \"blocked\": 0, \"suspended\": 0, "
                    "\"exit\": {\"code\": 0}, "
                    "\"switches\": {\"voluntary\": 1, \"involuntary\": 0}");
    metrics_write_process(&st.w, 1, &s);
    EXPECT_CONTAINS(str_text(&s), "\"exit\": {\"signal\": \"SIGPIPE\"}, "
                    "\"switches\": {\"voluntary\": 1, \"involuntary\": 1}");
    str_free(&s);
    EXPECT_EQ_STR(metrics_stopped(&st.w), "finished");
    story_end(&st);
}

TEST("numbers are written as short as they can be read back")
{
    const struct {
        double x;
        const char *text;
    } cases[] = {{0, "0"},       {7, "7"},          {-3, "-3"},
                 {7.5, "7.5"},   {0.1, "0.1"},      {1.0 / 3, "0.3333333333333333"},
                 {1e15, "1e+15"}, {123456789, "123456789"},
                 {0.1 + 0.2, "0.30000000000000004"}, {(double)NAN, "null"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str s = {0};
        metrics_write_number(cases[i].x, &s);
        expect_text(&s, cases[i].text);
    }
}

/* ---- expect ---- */

/* How many differences one expectation makes, and the complaint. */
static int differences_in(enum lang lang, const char *process,
                          const char *field, const char *json,
                          struct str *complaint)
{
    struct story st;
    struct diag d = {.file = "story.json", .lang = lang};
    two_in_line(&st);
    finish(&st);
    struct expectation x = {process, field, json, 14, 22};
    st.sc.expects = &x;
    st.sc.expect_count = 1;
    int n = metrics_expect(&st.w, &d);
    if (complaint)
        diag_write(&d, complaint);
    EXPECT_EQ_INT(d.count, n);
    diag_free(&d);
    story_end(&st);
    return n;
}

static int differences(const char *process, const char *field,
                       const char *json, struct str *complaint)
{
    return differences_in(LANG_EN, process, field, json, complaint);
}

TEST("what is expected and true makes no complaint, what is not makes one")
{
    const struct {
        const char *process, *field, *json;
        int differences;
    } cases[] = {
        {NULL, "stopped", "\"finished\"", 0},
        {NULL, "stopped", "\"deadlock\"", 1},
        {NULL, "stopped", "\"finish\"", 1},
        {NULL, "end", "12", 0},
        {NULL, "end", "12.0", 0},
        {NULL, "end", "13", 1},
        {NULL, "deadlock", "[]", 0},
        {NULL, "avg_turnaround", "7.5", 0},
        {NULL, "avg_turnaround", "7", 1},
        {NULL, "throughput", "0.17", 0},
        {NULL, "throughput", "0.1667", 0},
        {NULL, "throughput", "0.1666", 1},
        {NULL, "throughput", "0.16", 1},
        {NULL, "throughput", "1.6666666666666666e-1", 0},
        {"parent", "exit", "0", 0},
        {"parent", "exit", "{\"code\":0}", 0},
        {"parent", "exit", "1", 1},
        {"parent", "exit", "\"SIGPIPE\"", 1},
        {"child", "exit", "\"SIGPIPE\"", 0},
        {"child", "exit", "{\"signal\":\"SIGPIPE\"}", 0},
        {"child", "exit", "{\"signal\":\"SIGTERM\"}", 1},
        {"child", "exit", "0", 1},
        {"child", "switches", "{\"voluntary\":1}", 0},
        {"child", "switches", "{\"involuntary\":1,\"voluntary\":1}", 0},
        {"child", "switches", "{\"voluntary\":3}", 1},
        {"child", "finish", "12", 0},
        {"child", "finish", "null", 1},
        {"child", "waiting", "[3]", 1},
        {"child", "colour", "3", 1},
        {"nobody", "exit", "0", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_case("%s %s %s", cases[i].process ? cases[i].process : "",
                  cases[i].field, cases[i].json);
        EXPECT_EQ_INT(differences(cases[i].process, cases[i].field,
                                  cases[i].json, NULL),
                      cases[i].differences);
    }
}

TEST("a complaint names the place, what was expected and what came")
{
    struct str s = {0};
    differences("child", "exit", "0", &s);
    expect_text(&s, "story.json:14:22: error: /expect/processes/child/exit: "
                    "expected 0, got {\"signal\": \"SIGPIPE\"}\n");
    differences(NULL, "stopped", "\"deadlock\"", &s);
    expect_text(&s, "story.json:14:22: error: /expect/stopped: "
                    "expected \"deadlock\", got \"finished\"\n");
    differences("nobody", "exit", "0", &s);
    expect_text(&s, "story.json:14:22: error: /expect/processes/nobody/exit: "
                    "expected 0, but nobody never came to be\n");
    differences("child", "colour", "3", &s);
    expect_text(&s, "story.json:14:22: error: /expect/processes/child/colour: "
                    "expected 3, but there is no such figure\n");
}

TEST("a complaint is Chinese for who reads Chinese")
{
    struct str s = {0};
    differences_in(LANG_ZH, "child", "exit", "0", &s);
    expect_text(&s, "story.json:14:22: 错误：/expect/processes/child/exit："
                    "预期为 0，实际为 {\"signal\": \"SIGPIPE\"}\n");
    differences_in(LANG_ZH, "nobody", "exit", "0", &s);
    expect_text(&s, "story.json:14:22: 错误：/expect/processes/nobody/exit："
                    "预期为 0，但 nobody 从未被创建\n");
    differences_in(LANG_ZH, "child", "colour", "3", &s);
    expect_text(&s, "story.json:14:22: 错误：/expect/processes/child/colour："
                    "预期为 3，但没有这项数据\n");
}

TEST("a deadlock names who waits for what, held by whom")
{
    struct story st;
    struct str s = {0};
    story_begin(&st, (struct machine){.cpus = 1});
    story_create(&st, 0, 0, INIT_PROC);
    story_admit(&st, 0, 0);
    story_dispatch(&st, 0, 0, 0, 0);
    story_pipe(&st, 1, 0);
    story_create(&st, 2, 1, 0);
    story_admit(&st, 2, 1);
    story_sleep(&st, 2, 0, DO_READ, WAIT_READ, 0, 0);
    story_dispatch(&st, 2, 1, 0, 0);
    story_sleep(&st, 3, 1, DO_READ, WAIT_READ, 0, 0);
    metrics_write_deadlock(&st.w, &s);
    expect_text(&s, "[]");
    story_say(&st, (struct event){.t = 3, .kind = EV_DEADLOCK, .cpu = NO_CPU,
                                  .proc = 0});
    metrics_write_deadlock(&st.w, &s);
    expect_text(&s,
                "[{\"process\": \"parent\", \"waits_for\": \"read p[0]\", "
                "\"held_by\": [\"child\"]}, "
                "{\"process\": \"child\", \"waits_for\": \"read p[0]\", "
                "\"held_by\": [\"parent\"]}]");
    story_end(&st);
}
