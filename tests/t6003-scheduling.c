/* t6003-scheduling.c: what the policies show of a process: as numbers, in JSON
 * and in `expect`. */
#include "sim/model/figure.h"
#include "sim/model/metrics.h"
#include "tests/run.h"
#include "tests/test.h"

static void expect_written(enum figure_kind kind, int64_t value, int decimals,
                           const char *want)
{
    struct str s = {0};
    figure_write(kind, value, decimals, &s);
    EXPECT_EQ_STR(str_text(&s), want);
    str_free(&s);
}

TEST("figures are rounded to their decimals, and have no needless zeros")
{
    const int64_t one = FIGURE_ONE;
    expect_written(FIGURE_WHOLE, -3, 3, "-3");
    expect_written(FIGURE_TICKS, 12, 0, "12");
    expect_written(FIGURE_TICKS, TICK_NEVER, 3, "-");
    expect_written(FIGURE_FRACTION, 0, 3, "0");
    expect_written(FIGURE_FRACTION, 3 * one, 3, "3");
    expect_written(FIGURE_FRACTION, one / 2, 3, "0.5");
    expect_written(FIGURE_FRACTION, 13 * one / 3, 3, "4.333");
    expect_written(FIGURE_FRACTION, 13 * one / 3, 6, "4.333333");
    expect_written(FIGURE_FRACTION, one / 16, 3, "0.063");
    expect_written(FIGURE_FRACTION, 2 * one - 1, 3, "2");
    expect_written(FIGURE_FRACTION, 2 * one - 1, 6, "1.999999");
    expect_written(FIGURE_FRACTION, -one / 4, 3, "-0.25");
    expect_written(FIGURE_FRACTION, -1, 3, "0");
    expect_written(FIGURE_FRACTION, INT64_MAX, 3, "-");
    expect_written(FIGURE_FRACTION, INT64_MIN, 0, "-8796093022208");
}

#define RUN(scheduler, processes)                                              \
    "{'timeslice': 1, 'scheduler': {'policy': " scheduler "}, 'processes': [" \
    processes "]}"
#define TWO                                                                    \
    "{'name': 'A', 'tickets': 50, 'nice': 5, 'priority': 3, 'bursts': [6]}, " \
    "{'name': 'B', 'arrival': 1, 'tickets': 250, 'bursts': [8]}"

/* What A and B show at time 7. */
static void expect_shown(const char *scenario, const char *a, const char *b)
{
    const char *want[] = {a, b};
    struct run r = run_quoted(scenario, 7);
    NEED(r.sim);
    for (int i = 0; i < 2; i++) {
        struct str s = {0};
        metrics_write_scheduling(r.world, NULL, i, "", &s);
        test_case("%s", scenario);
        EXPECT_EQ_STR(str_text(&s), want[i]);
        str_free(&s);
    }
    run_free(&r);
}

TEST("each policy has its figures")
{
    expect_shown(RUN("'fcfs'", TWO), "", "");
    expect_shown(RUN("'rr'", TWO), "", "");
    expect_shown(RUN("'sjf'", TWO), "\"scheduling\": {\"burst\": 0}",
                 "\"scheduling\": {\"burst\": 7}");
    expect_shown(RUN("'srtf', 'estimate': {'alpha': 0.5, 'initial': 10}", TWO),
                 "\"scheduling\": {\"burst\": 8}",
                 "\"scheduling\": {\"burst\": 9}");
    expect_shown(RUN("'hrrn'", TWO), "\"scheduling\": {\"ratio\": 1}",
                 "\"scheduling\": {\"ratio\": 1.625}");
    expect_shown(RUN("'priority', 'aging': {'every': 3, 'by': 1}", TWO),
                 "\"scheduling\": {\"priority\": 1}",
                 "\"scheduling\": {\"priority\": 0}");
    expect_shown(RUN("'mlfq', 'levels': [{'quantum': 2}, {'quantum': 9}]", TWO),
                 "\"scheduling\": {\"level\": 1, \"allotment_used\": 3}",
                 "\"scheduling\": {\"level\": 1, \"allotment_used\": 0}");
    expect_shown(RUN("'lottery', 'quantum': 3, 'draws': [0, 299, 7]", TWO),
                 "\"scheduling\": {\"tickets\": 50, \"draws_won\": 2}",
                 "\"scheduling\": {\"tickets\": 250, \"draws_won\": 1}");
    expect_shown(RUN("'stride', 'quantum': 2", TWO),
                 "\"scheduling\": {\"tickets\": 50, \"pass\": 200}",
                 "\"scheduling\": {\"tickets\": 250, \"pass\": 200}");
    expect_shown(RUN("'cfs', 'latency': 4, 'min_granularity': 1", TWO),
                 "\"scheduling\": {\"vruntime\": 12.226865}",
                 "\"scheduling\": {\"vruntime\": 6.056716}");
    expect_shown(RUN("'xv6'", TWO), "", "");
}

/* A runs first, for `wait` ticks, and B needs `need`. */
static void expect_ratio(int wait, int need)
{
    struct str text = {0}, got = {0}, want = {0};
    str_addf(&text, "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': "
                    "'hrrn'}, 'processes': [{'name': 'A', 'bursts': [%d]}, "
                    "{'name': 'B', 'bursts': [%d]}]}", wait, need);
    struct run r = run_quoted(str_text(&text), 10000);
    int64_t millionths =
        ((int64_t)(wait + need) * 2000000 + need) / (2 * need);
    str_addf(&want, "{\"ratio\": %.6f", (double)millionths / 1e6);
    while (want.text[want.length - 1] == '0')
        want.text[--want.length] = '\0';
    if (want.text[want.length - 1] == '.')
        want.text[--want.length] = '\0';
    str_add(&want, "}");
    metrics_write_scheduling(r.world, NULL, 1, "", &got);
    EXPECT_EQ_STR(str_text(&got) + strlen("\"scheduling\": "),
                  str_text(&want));
    str_free(&text);
    str_free(&got);
    str_free(&want);
    run_free(&r);
}

TEST("a ratio is written to the nearest decimal of what it is exactly")
{
    for (int need = 1; need <= 60; need++)
        for (int wait = 1; wait <= 60; wait++)
            expect_ratio(wait, need);
    expect_ratio(9, 5); /* 2.8 */
    expect_ratio(9999, 9998);
}

TEST("a pass is right however long the quantum")
{
    struct run r = run_quoted(
        "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': 'stride', "
        "'quantum': 1000000000000000}, 'processes': [{'name': 'A', "
        "'tickets': 1, 'bursts': [1000000000000000]}]}", TICK_MAX);
    struct str got = {0};
    NEED(r.sim);
    metrics_write_scheduling(r.world, NULL, 0, "", &got);
    EXPECT_EQ_STR(str_text(&got),
                  "\"scheduling\": {\"tickets\": 1, \"pass\": 10000}");
    str_free(&got);
    run_free(&r);
}

TEST("lags add up to nothing, by weight, and are the same with the fair times")
{
    struct run r = run_quoted(RUN("'eevdf', 'slice': 2", TWO), 7);
    int64_t fair[CPUS_MAX];
    struct shown_figure f[2][SHOWN_FIGURES], g[SHOWN_FIGURES];
    NEED(r.sim);
    world_fair_times(r.world, 7, fair);
    for (int i = 0; i < 2; i++) {
        EXPECT_EQ_INT(world_figures(moment_of(r.world, NULL), i, f[i]), 3);
        EXPECT_EQ_INT(world_figures(moment_of(r.world, fair), i, g), 3);
        EXPECT_EQ_STR(f[i][2].name, "lag");
        EXPECT_EQ_INT(f[i][2].value, g[2].value);
    }
    int64_t sum = f[0][2].value * weight_of_nice(5) +
                  f[1][2].value * weight_of_nice(0);
    EXPECT(f[0][2].value != 0);
    EXPECT(sum > -2048 && sum < 2048); /* of what is cut off the last bit */
    run_free(&r);
}

TEST("whoever has a deadline shows it, whatever the policy")
{
    struct run r = run_quoted(
        RUN("'lottery'", "{'name': 'A', 'period': 4, 'jobs': 3, 'bursts': [5]}, "
                         "{'name': 'B', 'arrival': 20, 'bursts': [1]}"), 14);
    struct str s = {0};
    NEED(r.sim);
    metrics_write_scheduling(r.world, NULL, 0, "", &s);
    EXPECT_EQ_STR(str_text(&s),
                  "\"scheduling\": {\"tickets\": 100, \"draws_won\": 1, "
                  "\"deadline\": 12, \"deadlines_met\": 0, "
                  "\"deadlines_missed\": 3}");
    str_free(&s);
    run_free(&r);
}

TEST("a figure may be expected, with as many decimals as are written")
{
    static const struct {
        const char *expected;
        int differences;
    } cases[] = {
        {"{'vruntime': 18.34}", 0},
        {"{'vruntime': 18.3}", 0},
        {"{'vruntime': 18}", 1},
        {"{'vruntime': null}", 1},
        {"{'lag': 0}", 1},
        {"{}", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str file = {0};
        struct diag d = {0};
        str_addf(&file,
                 "{'timeslice': 1, 'scheduler': {'policy': 'cfs'}, "
                 "'expect': {'processes': {'A': {'scheduling': %s}}}, "
                 "'processes': [{'name': 'A', 'nice': 5, 'bursts': [6]}]}",
                 cases[i].expected);
        struct run r = run_quoted(str_text(&file), 100);
        NEED(r.sim);
        test_case("%s", cases[i].expected);
        EXPECT_EQ_INT(metrics_expect(r.world, &d), cases[i].differences);
        diag_free(&d);
        run_free(&r);
        str_free(&file);
    }
}
