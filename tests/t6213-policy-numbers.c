/* t6213-policy-numbers.c: whatever a policy decides, the why line has the
 * number that decided it, in both languages. */
#include "sim/base/rng.h"
#include "sim/model/explain.h"
#include "tests/run.h"
#include "tests/test.h"

#include <string.h>

/* ---- random work for schedulers ---- */

static int roll(uint64_t *dice, int n)
{
    return (int)rng_below(dice, (uint64_t)n);
}

/* The scheduler's keys besides its name, where it has some to roll. */
static void add_keys(uint64_t *d, const char *policy, struct str *out)
{
    bool rolls = strcmp(policy, "sjf") == 0 || strcmp(policy, "srtf") == 0;
    if (rolls && roll(d, 2))
        str_add(out, ", \"estimate\": {\"alpha\": 0.5, \"initial\": 4}");
    if (strcmp(policy, "priority") == 0 && roll(d, 2))
        str_addf(out, ", \"quantum\": %d", 1 + roll(d, 4));
    if (strcmp(policy, "priority") == 0 && roll(d, 2))
        str_add(out, ", \"aging\": {\"every\": 3, \"by\": 2}");
    if (strcmp(policy, "mlfq") == 0)
        str_addf(out, ", \"boost\": %d, \"levels\": [{\"quantum\": 1}, "
                      "{\"quantum\": 2, \"allotment\": 3}, {\"quantum\": 3}]",
                 roll(d, 2) * 9);
    if (strcmp(policy, "cfs") == 0)
        str_add(out, ", \"latency\": 9, \"min_granularity\": 1");
}

static void add_machine(uint64_t *d, int cpus, struct str *out)
{
    str_addf(out, "{\"timeslice\": 1, \"machine\": {\"cpus\": %d, "
                  "\"context_switch\": %d, \"migration\": %d}, ",
             cpus, roll(d, 2), roll(d, 2));
}

static void add_process(uint64_t *d, int i, int cpus, struct str *out)
{
    str_addf(out, "%s{\"name\": \"%c\", \"arrival\": %d, \"priority\": %d, "
                  "\"nice\": %d, \"tickets\": %d, ",
             i ? ", " : "", 'A' + i, roll(d, 8), roll(d, 5), roll(d, 5),
             50 * (1 + roll(d, 4)));
    if (cpus > 1 && roll(d, 3) == 0)
        str_addf(out, "\"affinity\": [%d], ", roll(d, cpus));
    if (roll(d, 3) == 0)
        str_addf(out, "\"period\": %d, \"jobs\": 3, ", 6 + roll(d, 12));
    str_addf(out, "\"program\": [{\"cpu\": %d}, {\"sleep\": %d}, {\"yield\": "
                  "true}, {\"cpu\": %d}, {\"nice\": %d}, {\"cpu\": %d}]}",
             1 + roll(d, 5), 1 + roll(d, 6), 1 + roll(d, 9), roll(d, 4),
             1 + roll(d, 4));
}

static void random_work(uint64_t seed, const char *policy, struct str *out)
{
    uint64_t d = seed;
    int cpus = 1 + roll(&d, 3), n = 2 + roll(&d, 5);
    add_machine(&d, cpus, out);
    str_addf(out, "\"scheduler\": {\"policy\": \"%s\"", policy);
    if (roll(&d, 2))
        str_add(out, ", \"queues\": \"per-cpu\", \"steal\": true");
    add_keys(&d, policy, out);
    str_add(out, "}, \"processes\": [");
    for (int i = 0; i < n; i++)
        add_process(&d, i, cpus, out);
    str_add(out, "]}");
}

/* ---- what must have a number ---- */

static bool is_decision(const struct event *e)
{
    switch (e->kind) {
    case EV_STATE:
        return e->sub == T_DISPATCH || e->sub == T_PREEMPT ||
               e->sub == T_SLICE_OVER;
    case EV_FIGURE:
        return e->aux != FIGURE_COUNTED;
    case EV_SLICE:
    case EV_SWITCH:
    case EV_MIGRATE:
    case EV_BOOST:
    case EV_JOB:
    case EV_MISS:
        return true;
    default:
        return false;
    }
}

/* A digit that is no name's and no CPU's, or the word that stands for none. */
static bool has_number(const char *sentence)
{
    static const char *const none[] = {
        "nobody waits behind it", "no deadline", "no period",
        "后面没有进程", "没有截止时间", "没有周期"};
    bool name = false;
    for (const char *p = sentence; *p; p++) {
        name ^= *p == '`';
        bool cpu = p - sentence >= 4 && memcmp(p - 4, "CPU ", 4) == 0;
        if (!name && !cpu && *p >= '0' && *p <= '9')
            return true;
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (strstr(sentence, none[i]))
            return true;
    return false;
}

/* Words of those sentences that fit any policy because they say nothing. */
static bool is_empty(const char *sentence)
{
    return strstr(sentence, "the policy ") || strstr(sentence, "Nothing limits");
}

static void expect_numbers(const struct world *w, const struct trace *tr,
                           size_t p)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct str said = {0};
        explain_step(w, tr, p, (enum lang)lang, &said);
        if (!has_number(str_text(&said)) || is_empty(str_text(&said))) {
            test_case("%s", str_text(&said));
            EXPECT(has_number(str_text(&said)));
            EXPECT(!is_empty(str_text(&said)));
        }
        str_free(&said);
    }
}

/* Returns how many decisions there were. */
static int look_at(const struct run *r)
{
    struct world w = {0};
    int decisions = 0;
    world_init(&w, r->scenario);
    for (size_t p = 0; p < r->trace->count;) {
        bool decides = false;
        for (size_t to = trace_step_after(r->trace, p); p < to; p++) {
            world_apply(&w, r->trace, trace_at(r->trace, p));
            decides |= is_decision(trace_at(r->trace, p));
        }
        decisions += decides;
        if (decides)
            expect_numbers(&w, r->trace, p);
    }
    world_free(&w);
    return decisions;
}

enum { RUNS_EACH = 60 };

TEST("no decision of any policy is without its number")
{
    static const char *const policies[] = {
#define POLICY(name, quantum, keys) #name,
#include "sim/scenario/policies.def"
#undef POLICY
    };
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        int decisions = 0;
        for (uint64_t seed = 1; seed <= RUNS_EACH; seed++) {
            struct str file = {0};
            random_work(seed, policies[i], &file);
            struct run r = run_json(str_text(&file), 400);
            NEED(r.sim);
            test_case("%s, seed %d", policies[i], (int)seed);
            decisions += look_at(&r);
            run_free(&r);
            str_free(&file);
        }
        EXPECT(decisions > 10 * RUNS_EACH);
    }
}
