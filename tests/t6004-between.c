/* t6004-between.c: between two events time goes on, and with it what the
 * policies know. At every tick of random runs the figures, and the order of the
 * ready, are those that follow from how long everybody has run and waited. */
#include "sim/base/rng.h"
#include "sim/base/str.h"
#include "sim/model/figure.h"
#include "sim/model/replay.h"
#include "sim/policy/policy.h"
#include "tests/run.h"
#include "tests/test.h"

#include <math.h>
#include <string.h>

enum { MANY = 6, ROUNDS = 40, END = 400 };

/* A run that is gone through tick by tick, and what is counted of it. */
struct walk {
    struct run run;
    struct replay at;
    tick t;
    tick burst[MANY], arrival[MANY], ran[MANY];
    int nice[MANY], tickets[MANY];
    int n;
};

static int roll(uint64_t *state, int n)
{
    return (int)rng_below(state, (uint64_t)n);
}

static bool begin(struct walk *k, const char *scheduler, bool arrivals,
                  uint64_t seed)
{
    static const int tickets[] = {1, 10, 40, 100, 250};
    struct str json = {0};
    *k = (struct walk){.n = 2 + roll(&seed, MANY - 1)};
    str_addf(&json, "{'timeslice': 1, 'scheduler': {'policy': %s}, "
                    "'processes': [", scheduler);
    for (int i = 0; i < k->n; i++) {
        k->burst[i] = 1 + roll(&seed, 40);
        k->arrival[i] = arrivals ? roll(&seed, 30) : 0;
        k->nice[i] = roll(&seed, 11) - 5;
        k->tickets[i] = tickets[roll(&seed, 5)];
        str_addf(&json,
                 "%s{'name': 'p%d', 'arrival': %d, 'nice': %d, 'tickets': %d, "
                 "'bursts': [%d]}", i ? ", " : "", i, (int)k->arrival[i],
                 k->nice[i], k->tickets[i], (int)k->burst[i]);
    }
    str_add(&json, "]}");
    k->run = run_quoted(str_text(&json), END);
    test_case("%s", str_text(&json));
    str_free(&json);
    if (!k->run.sim)
        return false;
    replay_init(&k->at, k->run.scenario, k->run.trace);
    replay_seek(&k->at, trace_find(k->run.trace, 1));
    return true;
}

static const struct world *world(const struct walk *k)
{
    return &k->at.world;
}

/* Processes are numbered as they come, definitions as they stand in the file. */
static int def_of(const struct walk *k, int p)
{
    return world(k)->proc[p].def;
}

static enum state state_of(const struct walk *k, int p)
{
    return (enum state)world(k)->task[p].state;
}

/* To the next tick; false: the run is over. */
static bool next(struct walk *k)
{
    for (int p = 0; p < world(k)->head->procs; p++)
        k->ran[p] += state_of(k, p) == RUNNING;
    k->t++;
    replay_seek(&k->at, trace_find(k->run.trace, k->t + 1));
    return world(k)->head->stop == STOP_NOT;
}

static void end(struct walk *k)
{
    replay_free(&k->at);
    run_free(&k->run);
}

static struct moment now(const struct walk *k)
{
    return (struct moment){.w = world(k), .now = k->t};
}

static bool competes(const struct walk *k, int p)
{
    return state_of(k, p) == READY || state_of(k, p) == RUNNING;
}

static double shown(const struct walk *k, int p, const char *name)
{
    struct shown_figure f[SHOWN_FIGURES];
    int n = world_figures(now(k), p, f);
    for (int i = 0; i < n; i++)
        if (strcmp(f[i].name, name) == 0)
            return (double)f[i].value / (double)f[i].one;
    return NAN;
}

/* ---- what follows from how long everybody has run and waited ---- */

static double ratio(const struct walk *k, int p)
{
    double need = (double)k->burst[def_of(k, p)];
    return ((double)(k->t - k->arrival[def_of(k, p)]) + need) / need;
}

static double burst_left(const struct walk *k, int p)
{
    return (double)(k->burst[def_of(k, p)] - k->ran[p]);
}

static double weight(const struct walk *k, int p)
{
    return (double)weight_of_nice(k->nice[def_of(k, p)]);
}

static double vruntime(const struct walk *k, int p)
{
    return (double)k->ran[p] * 1024 / weight(k, p);
}

static double lag(const struct walk *k, int p)
{
    double sum = 0, all = 0;
    for (int i = 0; i < world(k)->head->procs; i++)
        if (competes(k, i)) {
            sum += weight(k, i) * vruntime(k, i);
            all += weight(k, i);
        }
    return sum / all - vruntime(k, p);
}

enum { QUANTUM = 7 };

static double pass(const struct walk *k, int p)
{
    return (double)k->ran[p] * (10000.0 / k->tickets[def_of(k, p)]) / QUANTUM;
}

static double used(const struct walk *k, int p)
{
    return (double)(k->ran[p] % QUANTUM);
}

/* ---- figures ---- */

struct figure_case {
    const char *scheduler, *figure;
    double (*expected)(const struct walk *k, int p);
    bool arrivals, only_ready;
    double off; /* what rounding may come to */
};

static int between; /* looks at a moment when nothing happened */

static void look(const struct walk *k, const struct figure_case *c)
{
    between += world(k)->head->now < k->t;
    for (int p = 0; p < world(k)->head->procs; p++) {
        bool is = c->only_ready ? state_of(k, p) == READY : competes(k, p);
        if (!is)
            continue;
        double want = c->expected(k, p), got = shown(k, p, c->figure);
        test_case("%s, t %d, p%d: %f, not %f", c->scheduler, (int)k->t, p, got,
                  want);
        EXPECT(fabs(got - want) <= c->off);
    }
}

static void walk_through(const struct figure_case *c)
{
    between = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct walk k;
        NEED(begin(&k, c->scheduler, c->arrivals, seed));
        do
            look(&k, c);
        while (next(&k));
        end(&k);
    }
    EXPECT(between > ROUNDS);
}

TEST("ratios, bursts, virtual times, lags, passes and allotments go on")
{
    static const struct figure_case cases[] = {
        {"'hrrn'", "ratio", ratio, true, true, 1e-5},
        {"'sjf'", "burst", burst_left, true, false, 0},
        {"'srtf'", "burst", burst_left, true, false, 0},
        {"'cfs', 'latency': 24, 'min_granularity': 3", "vruntime", vruntime,
         false, false, 1e-3},
        {"'eevdf', 'slice': 9", "vruntime", vruntime, false, false, 1e-3},
        {"'eevdf', 'slice': 9", "lag", lag, false, false, 1e-3},
        {"'stride', 'quantum': 7", "pass", pass, false, false, 1e-3},
        {"'mlfq', 'levels': [{'quantum': 7}]", "allotment_used", used, false,
         false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        walk_through(&cases[i]);
}

/* ---- orders ---- */

static int ready_of(const struct walk *k)
{
    return world(k)->group[0].ready;
}

TEST("the ready stand by the response ratios of the tick, the elder first")
{
    int moved = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct walk k;
        NEED(begin(&k, "'hrrn'", true, seed));
        do {
            int who[MANY], then[MANY];
            int n = policy_order(now(&k), 0, who, MANY);
            EXPECT_EQ_INT(n, ready_of(&k));
            policy_order(moment_of(world(&k), NULL), 0, then, MANY);
            for (int i = 1; i < n; i++) {
                double a = ratio(&k, who[i - 1]), b = ratio(&k, who[i]);
                EXPECT(a > b - 1e-9);
                EXPECT(a > b + 1e-9 || who[i - 1] < who[i]);
            }
            moved += n > 1 && memcmp(who, then, (size_t)n * sizeof *who) != 0;
        } while (next(&k));
        end(&k);
    }
    EXPECT(moved > 0); /* the order of the last event would have been wrong */
}

static double virtual_deadline(const struct walk *k, int p)
{
    return shown(k, p, "virtual_deadline");
}

/* Of the ready who are owed time whoever is due first; NONE: it is too close to
 * call, or nobody is. */
static int due_first(const struct walk *k)
{
    int best = NONE;
    for (int p = 0; p < world(k)->head->procs; p++) {
        if (state_of(k, p) != READY)
            continue;
        if (fabs(lag(k, p)) < 1e-3)
            return NONE;
        if (lag(k, p) < 0)
            continue;
        if (best == NONE || virtual_deadline(k, p) < virtual_deadline(k, best))
            best = p;
    }
    return best;
}

TEST("of those who are owed time at the tick, whoever is due first is first")
{
    int known = 0, moved = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct walk k;
        NEED(begin(&k, "'eevdf', 'slice': 9", false, seed));
        do {
            int who[MANY], then[MANY], first = due_first(&k);
            int n = policy_order(now(&k), 0, who, MANY);
            EXPECT_EQ_INT(n, ready_of(&k));
            if (first == NONE || n < 2)
                continue;
            known++;
            EXPECT_EQ_INT(who[0], first);
            policy_order(moment_of(world(&k), NULL), 0, then, MANY);
            moved += who[0] != then[0];
        } while (next(&k));
        end(&k);
    }
    EXPECT(known > 100);
    EXPECT(moved > 0);
}

TEST("where the line decides, they stand by when they joined it")
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct walk k;
        NEED(begin(&k, seed % 2 ? "'rr', 'quantum': 3" : "'fcfs'", true, seed));
        do {
            int who[MANY], n = policy_order(now(&k), 0, who, MANY);
            tick before = -1;
            for (int i = 0; i < n; i++) {
                struct shown_figure f;
                EXPECT(world_order_figure(now(&k), who[i], &f));
                EXPECT_EQ_STR(f.name, "since");
                EXPECT(f.value >= before && f.value <= k.t);
                before = f.value;
            }
        } while (next(&k));
        end(&k);
    }
}

/* The draw that ends a moment, made at an instant `t`: the ready of before it
 * with their tickets one behind the other, and whose number it is. */
TEST("in a lottery they stand as the draw counts through their tickets")
{
    int draws = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct walk k;
        NEED(begin(&k, "'lottery', 'quantum': 4", true, seed));
        for (size_t i = 0; i < k.run.trace->count; i++) {
            const struct event *e = trace_at(k.run.trace, i);
            if (e->kind != EV_DRAW)
                continue;
            replay_seek(&k.at, i);
            k.t = e->t;
            int who[MANY], n = policy_order(now(&k), 0, who, MANY), won = NONE;
            int64_t before = 0;
            for (int j = 0; j < n; j++) {
                EXPECT(j == 0 || def_of(&k, who[j - 1]) < def_of(&k, who[j]));
                int64_t has = k.tickets[def_of(&k, who[j])];
                if (e->val >= before && e->val < before + has)
                    won = who[j];
                before += has;
            }
            EXPECT_EQ_INT(before, e->aux);
            EXPECT_EQ_INT(won, e->proc);
            draws++;
        }
        end(&k);
    }
    EXPECT(draws > ROUNDS);
}
