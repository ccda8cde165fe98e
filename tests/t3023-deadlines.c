/* t3023: a deadline is missed at the deadline, whichever job waits for it.
 *
 * Held against a count that knows nothing of jobs: in one period a process
 * needs C ticks, so its job k is done when it has run (k + 1) C ticks in all. */
#include "sim/base/rng.h"
#include "tests/run.h"
#include "tests/test.h"

enum { SETS = 400, TASKS_MOST = 6 };

/* 0 … n-1 */
static int dice_roll(uint64_t *dice, int n)
{
    return (int)rng_below(dice, (uint64_t)n);
}

struct tasks {
    int count;
    int c[TASKS_MOST], period[TASKS_MOST], deadline[TASKS_MOST];
    int jobs[TASKS_MOST];
    tick until;
};

/* A set whose utilisation is `percent` or a bit more. */
static struct tasks make(uint64_t *dice, int percent)
{
    struct tasks t = {.until = 200 + dice_roll(dice, 400)};
    int used = 0;
    while (used < percent && t.count < TASKS_MOST) {
        int i = t.count++;
        t.period[i] = 4 + dice_roll(dice, 40);
        t.c[i] = 1 + dice_roll(dice, t.period[i]);
        t.deadline[i] = t.period[i];
        if (dice_roll(dice, 2))
            t.deadline[i] = 1 + dice_roll(dice, 2 * t.period[i]);
        if (!dice_roll(dice, 3))
            t.jobs[i] = 1 + dice_roll(dice, 20);
        used += 100 * t.c[i] / t.period[i];
    }
    return t;
}

static struct run run_tasks(const struct tasks *t, const char *policy, int cpus)
{
    struct str text = {0};
    str_addf(&text, "{'timeslice': 1, 'title': 't', 'machine': {'cpus': %d},"
                    "'scheduler': {'policy': '%s'}, 'processes': [", cpus,
             policy);
    for (int i = 0; i < t->count; i++) {
        str_addf(&text, "%s{'name': 'T%d', 'arrival': %d, 'period': %d, "
                        "'deadline': %d, ", i ? "," : "", i, i,
                 t->period[i], t->deadline[i]);
        if (t->jobs[i])
            str_addf(&text, "'jobs': %d, ", t->jobs[i]);
        str_addf(&text, "'program': [{'cpu': %d}]}", t->c[i]);
    }
    str_add(&text, "]}");
    struct run r = run_quoted(str_text(&text), t->until);
    str_free(&text);
    return r;
}

static tick end_of(const struct run *r)
{
    return r->world->head->now;
}

/* When `proc` has had `need` ticks of CPU; TICK_NEVER: not in this run. */
static tick had_by(const struct run *r, int proc, tick need)
{
    tick had = 0, since = -1;
    for (size_t i = 0; i < r->trace->count; i++) {
        const struct event *e = trace_at(r->trace, i);
        if (e->kind != EV_STATE || e->proc != proc)
            continue;
        if (since >= 0)
            had += e->t - since;
        if (had >= need)
            return e->t - (had - need);
        since = e->sub == T_DISPATCH ? e->t : -1;
    }
    if (since >= 0)
        had += end_of(r) - since;
    return had >= need ? end_of(r) - (had - need) : TICK_NEVER;
}

/* The deadlines of task i, in order, that passed with the job not done. */
static void expect_misses(const struct tasks *t, const struct run *r, int i)
{
    struct str want = {0}, got = {0};
    int proc = i; /* they arrive in the order of the file */
    int64_t missed = 0;
    for (int k = 0; !t->jobs[i] || k < t->jobs[i]; k++) {
        tick due = i + (tick)k * t->period[i] + t->deadline[i];
        if (due > end_of(r))
            break;
        if (had_by(r, proc, (tick)(k + 1) * t->c[i]) <= due)
            continue;
        missed++;
        str_addf(&want, "%lld ", (long long)due);
    }
    for (size_t k = 0; k < r->trace->count; k++) {
        const struct event *e = trace_at(r->trace, k);
        if (e->kind != EV_MISS || e->proc != proc)
            continue;
        EXPECT_EQ_INT(e->t, e->val);
        str_addf(&got, "%lld ", (long long)e->val);
    }
    EXPECT_EQ_STR(str_text(&got), str_text(&want));
    EXPECT_EQ_INT(r->world->proc[proc].missed, missed);
    str_free(&want);
    str_free(&got);
}

static void expect_set(uint64_t seed, const char *policy, int64_t *all)
{
    uint64_t dice = seed;
    int percent = 50 + dice_roll(&dice, 151), cpus = 1 + dice_roll(&dice, 2);
    struct tasks t = make(&dice, percent);
    struct run r = run_tasks(&t, policy, cpus);
    NEED(r.sim);
    test_case("%s, seed %llu", policy, (unsigned long long)seed);
    for (int i = 0; i < r.world->head->procs; i++) {
        expect_misses(&t, &r, i);
        *all += r.world->proc[i].missed;
    }
    run_free(&r);
}

TEST("each deadline that passes with its job not done is missed, at that tick")
{
    static const char *const policies[] = {"edf", "rm", "rr", "fcfs"};
    int64_t all = 0;
    for (size_t p = 0; p < sizeof policies / sizeof *policies; p++)
        for (uint64_t seed = 1; seed <= SETS; seed++)
            expect_set(seed, policies[p], &all);
    EXPECT(all > 10000);
}

/* A job of 10 in periods of 4: the second and third wait as it runs. */
static const char overload[] =
    "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': 'edf'},"
    "'processes': [{'name': 'A', 'period': 4, 'jobs': 3, 'bursts': [10]}]}";

TEST("the deadlines of jobs that have not begun pass in their turn")
{
    struct run r = run_quoted(overload, 1000);
    struct str got = {0};
    NEED(r.sim);
    for (size_t i = 0; i < r.trace->count; i++) {
        const struct event *e = trace_at(r.trace, i);
        if (e->kind == EV_MISS)
            str_addf(&got, "%lld:%d ", (long long)e->t, e->aux);
        else if (e->kind == EV_JOB)
            str_addf(&got, "%lld:%s ", (long long)e->t,
                     e->sub ? "met" : "late");
    }
    EXPECT_EQ_STR(str_text(&got), "4:0 8:1 10:late 12:1 20:late 30:late ");
    EXPECT_EQ_INT(r.world->proc[0].missed, 3);
    EXPECT_EQ_INT(r.world->proc[0].met, 0);
    str_free(&got);
    run_free(&r);
}

TEST("a run that is taken up in overload misses the same deadlines")
{
    struct run r = run_quoted(overload, 1000);
    NEED(r.sim);
    for (size_t p = 0; p <= r.trace->count; p++) {
        struct sim *s = sim_branch(r.sim, p);
        sim_advance(s, 1000, 0);
        test_case("after %zu events", p);
        EXPECT(world_equal(sim_world(s), r.world));
        sim_free(s);
    }
    run_free(&r);
}
