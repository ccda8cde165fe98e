/* t3001: published examples give their published numbers.
 *
 * A file in tests/published/ is a source: who wrote what, where. Its `sets`
 * are groups of processes with the place where they stand in the source, its
 * `cases` are schedulers for them, and `published` is what the source says:
 *
 *   finish turnaround waiting response normalized
 *             a number for each process, in the order of the file; null: the
 *             source has none. `normalized` is turnaround through service
 *   avg_…     their mean over all processes
 *   gantt     who ran when, as "A:0-3 B:3-5"; a list if there are more CPUs
 *   missed    the deadlines that were missed, as "A:50", in order
 *   guesses   for one process alone: its guess before each burst, and after
 *   cpu_utilization throughput
 *
 * A number is met if the figure rounds to it or is cut to it, with as many
 * decimals as it is written with: textbooks do both. `unit` is how many ticks
 * the source's unit of time has here (1), `until` ends a run that is published
 * no further, `note` says what the source leaves to know: its rule for ties,
 * or where it contradicts itself. */
#include "sim/model/figure.h"
#include "sim/model/metrics.h"
#include "sim/scenario/json.h"
#include "sim/scenario/load.h"
#include "tests/run.h"
#include "tests/test.h"

#include <math.h>
#include <stdlib.h>

enum { FOREVER = 1000000 };

struct count {
    int sources, cases;
    int by[POLICY_COUNT]; /* cases of each policy */
};

/* A case that has been run. */
struct look {
    struct json *j;
    const cJSON *processes;
    struct run run;
    tick unit;
};

/* ---- numbers ---- */

static bool rounds_or_is_cut_to(double value, const char *published)
{
    const char *point = strchr(published, '.');
    double scale = point ? pow(10, (double)strlen(point + 1)) : 1;
    double want = round(strtod(published, NULL) * scale);
    return fabs(value * scale - want) <= 0.5 + 1e-9 ||
           floor(value * scale + 1e-9) == want;
}

TEST("a published number is what a figure rounds to or is cut to")
{
    EXPECT(rounds_or_is_cut_to(17.0 / 3, "5.66"));
    EXPECT(rounds_or_is_cut_to(17.0 / 3, "5.67"));
    EXPECT(rounds_or_is_cut_to(8.6, "8.60"));
    EXPECT(rounds_or_is_cut_to(18, "18"));
    EXPECT(!rounds_or_is_cut_to(17.0 / 3, "5.65"));
    EXPECT(!rounds_or_is_cut_to(8.61, "8.60001"));
    EXPECT(!rounds_or_is_cut_to(18, "17"));
    EXPECT(!rounds_or_is_cut_to(18, "19"));
    EXPECT(!rounds_or_is_cut_to((double)NAN, "1"));
}

static void expect_number(const struct look *l, double value,
                          const cJSON *published)
{
    struct str text = {0};
    json_show(l->j, published, &text);
    EXPECT(cJSON_IsNumber(published));
    if (!rounds_or_is_cut_to(value, str_text(&text))) {
        struct str got = {0};
        metrics_write_number(value, &got);
        EXPECT_EQ_STR(str_text(&got), str_text(&text));
        str_free(&got);
    }
    str_free(&text);
}

/* ---- figures ---- */

/* In units of the source; NaN if the process never came so far. */
static double figure(const struct look *l, const cJSON *process,
                     const char *name)
{
    int proc = run_process(&l->run, json_member(process, "name")->valuestring);
    if (proc == NONE)
        return (double)NAN;
    struct process_metrics m = metrics_of(l->run.world, proc);
    if (strcmp(name, "normalized") == 0)
        return (double)m.turnaround / (double)m.cpu;
    tick t = strcmp(name, "finish") == 0       ? m.finish
             : strcmp(name, "turnaround") == 0 ? m.turnaround
             : strcmp(name, "response") == 0   ? m.response
                                               : m.waiting;
    return t < 0 ? (double)NAN : (double)t / (double)l->unit;
}

static void expect_each(const struct look *l, const cJSON *published)
{
    int numbers = 0;
    const cJSON *p = l->processes->child, *want = published->child;
    for (; p && want; p = p->next, want = want->next) {
        if (cJSON_IsNull(want))
            continue;
        numbers++;
        expect_number(l, figure(l, p, published->string), want);
    }
    EXPECT(!p && !want);
    EXPECT(numbers > 0);
}

static void expect_mean(const struct look *l, const cJSON *published)
{
    double sum = 0;
    for (const cJSON *p = l->processes->child; p; p = p->next)
        sum += figure(l, p, published->string + strlen("avg_"));
    expect_number(l, sum / cJSON_GetArraySize(l->processes), published);
}

static void expect_overall(const struct look *l, const cJSON *published)
{
    struct run_metrics m = metrics_overall(l->run.world);
    bool busy = strcmp(published->string, "cpu_utilization") == 0;
    expect_number(l, busy ? m.cpu_utilization : m.throughput * (double)l->unit,
                  published);
}

/* ---- who ran when ---- */

struct slice {
    int proc;
    tick start, end;
};

static void write_slice(const struct look *l, struct slice s, struct str *out)
{
    if (s.proc == NONE || s.start == s.end)
        return;
    if (out->length)
        str_add(out, " ");
    world_write_name(l->run.world, s.proc, out);
    str_addf(out, ":%lld-%lld", (long long)((s.start + l->unit / 2) / l->unit),
             (long long)((s.end + l->unit / 2) / l->unit));
}

static void write_gantt(const struct look *l, int cpu, struct str *out)
{
    struct slice s = {NONE, 0, 0};
    for (size_t i = 0; i < l->run.trace->count; i++) {
        const struct event *e = trace_at(l->run.trace, i);
        if (e->kind != EV_STATE || e->cpu != cpu)
            continue;
        if (e->sub != T_DISPATCH) {
            s.end = e->t;
        } else if (e->proc != s.proc || e->t != s.end) {
            write_slice(l, s, out);
            s = (struct slice){e->proc, e->t, e->t};
        }
    }
    if (l->run.world->cpu[cpu].proc != NONE)
        s.end = l->run.world->head->now;
    write_slice(l, s, out);
}

static void expect_gantt(const struct look *l, const cJSON *published)
{
    int cpus = l->run.world->head->cpus;
    bool list = cJSON_IsArray(published);
    EXPECT_EQ_INT(list ? cJSON_GetArraySize(published) : 1, cpus);
    for (int c = 0; c < cpus; c++) {
        const cJSON *want = list ? cJSON_GetArrayItem(published, c) : published;
        struct str got = {0};
        write_gantt(l, c, &got);
        EXPECT_EQ_STR(str_text(&got), cJSON_GetStringValue(want));
        str_free(&got);
    }
}

/* ---- deadlines, guesses ---- */

static void expect_missed(const struct look *l, const cJSON *published)
{
    struct str got = {0}, want = {0};
    for (size_t i = 0; i < l->run.trace->count; i++) {
        const struct event *e = trace_at(l->run.trace, i);
        if (e->kind != EV_MISS)
            continue;
        world_write_name(l->run.world, e->proc, &got);
        str_addf(&got, ":%lld ", (long long)(e->val / l->unit));
    }
    EXPECT(cJSON_IsArray(published));
    for (const cJSON *c = published->child; c; c = c->next)
        str_addf(&want, "%s ", cJSON_GetStringValue(c));
    EXPECT_EQ_STR(str_text(&got), str_text(&want));
    str_free(&got);
    str_free(&want);
}

/* The guess is kept as what it differs from the first one by. */
static void expect_guesses(const struct look *l, const cJSON *published)
{
    double first = (double)l->run.scenario->scheduler.initial;
    double guess = first;
    const cJSON *want = published->child;
    EXPECT_EQ_INT(l->run.world->head->procs, 1);
    for (size_t i = 0; i < l->run.trace->count && want; i++) {
        const struct event *e = trace_at(l->run.trace, i);
        if (e->kind == EV_STATE && e->sub == T_DISPATCH) {
            expect_number(l, guess, want);
            want = want->next;
        } else if (e->kind == EV_FIGURE && e->sub == SJF_ESTIMATE) {
            guess = first + (double)e->val / (double)FIGURE_ONE;
        }
    }
    NEED(want && !want->next);
    expect_number(l, guess, want);
}

/* ---- a case ---- */

static const struct fact {
    const char *name;
    void (*expect)(const struct look *l, const cJSON *published);
} facts[] = {
    {"finish", expect_each},         {"turnaround", expect_each},
    {"waiting", expect_each},        {"response", expect_each},
    {"normalized", expect_each},     {"avg_turnaround", expect_mean},
    {"avg_waiting", expect_mean},    {"avg_response", expect_mean},
    {"avg_normalized", expect_mean}, {"cpu_utilization", expect_overall},
    {"throughput", expect_overall},  {"gantt", expect_gantt},
    {"missed", expect_missed},       {"guesses", expect_guesses},
};

static void expect_fact(const struct look *l, const cJSON *published)
{
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (strcmp(facts[i].name, published->string) == 0) {
            facts[i].expect(l, published);
            return;
        }
    EXPECT_EQ_STR(published->string, "something that can be published");
}

static void add_member(const struct json *j, const cJSON *from,
                       const char *name, struct str *out)
{
    const cJSON *value = json_member(from, name);
    if (!value)
        return;
    str_addf(out, ", \"%s\": ", name);
    json_compact(j, value, out);
}

static tick number_or(const cJSON *from, const char *name, tick otherwise)
{
    const cJSON *value = json_member(from, name);
    return value ? (tick)value->valuedouble : otherwise;
}

static void run_case(struct json *j, const cJSON *set, const cJSON *one,
                     struct count *count)
{
    struct look l = {.j = j,
                     .processes = json_member(set, "processes"),
                     .unit = number_or(set, "unit", 1)};
    const cJSON *published = json_member(one, "published");
    struct str text = {0};
    str_add(&text, "{\"timeslice\": 1, \"title\": \"t\"");
    add_member(j, set, "machine", &text);
    add_member(j, one, "scheduler", &text);
    add_member(j, set, "processes", &text);
    str_add(&text, "}");
    EXPECT(published && published->child);
    l.run = run_json(str_text(&text), number_or(one, "until", FOREVER));
    str_free(&text);
    NEED(l.run.sim && published);
    count->by[l.run.scenario->scheduler.name]++;
    for (const cJSON *c = published->child; c; c = c->next)
        expect_fact(&l, c);
    run_expect_sound(&l.run);
    run_free(&l.run);
}

/* ---- a source ---- */

static bool says(const cJSON *from, const char *name)
{
    const char *text = cJSON_GetStringValue(json_member(from, name));
    return text && *text;
}

/* A book has an edition, a page an address. */
static void expect_source(const cJSON *source)
{
    EXPECT(says(source, "author"));
    EXPECT(says(source, "title"));
    EXPECT(says(source, "edition") || says(source, "address"));
}

static void run_set(struct json *j, const cJSON *set, struct count *count)
{
    const cJSON *cases = json_member(set, "cases");
    EXPECT(says(set, "where"));
    for (const cJSON *c = cases ? cases->child : NULL; c; c = c->next) {
        EXPECT(says(c, "name"));
        test_case("%s: %s: %s", j->diag->file,
                  cJSON_GetStringValue(json_member(set, "where")),
                  cJSON_GetStringValue(json_member(c, "name")));
        run_case(j, set, c, count);
        count->cases++;
    }
}

static void run_source(const char *path, void *ctx)
{
    struct count *count = ctx;
    int before = count->cases;
    struct json j;
    struct diag d = {.file = path};
    size_t length = 0;
    char *text = test_read_file(path, &length);
    test_case("%s", path);
    json_read(&j, text, length, &d);
    NEED(j.root && d.count == 0);
    expect_source(json_member(j.root, "source"));
    const cJSON *sets = json_member(j.root, "sets");
    for (const cJSON *set = sets ? sets->child : NULL; set; set = set->next)
        run_set(&j, set, count);
    test_case("%s", path);
    EXPECT(count->cases > before);
    count->sources++;
    json_free(&j);
    diag_free(&d);
    free(text);
}

TEST("published examples give their published numbers")
{
    struct count count = {0};
    test_each_file("tests/published", ".json", run_source, &count);
    test_case("all together");
    EXPECT(count.sources >= 4);
    EXPECT(count.cases >= 40);
    for (int p = 0; p < POLICY_COUNT; p++)
        if (p != POLICY_xv6) { /* no published numbers found */
            test_case("%s", policies[p].name);
            EXPECT(count.by[p] > 0);
        }
}
