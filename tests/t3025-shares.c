/* t3025: how far the shares of the four share policies are off, at most.
 *
 * On one CPU, at the end of every instant, what everybody has had is held
 * against what is his due by his weight, and the bound of the theory against the
 * largest error there was. The handbook states both; that it states these is
 * tested as well. */
#include "sim/base/mem.h"
#include "sim/base/rng.h"
#include "sim/base/str.h"
#include "sim/model/figure.h"
#include "tests/run.h"
#include "tests/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 100, SETS = 60 };

struct set {
    const char *policy, *keys;
    uint64_t dice;
    bool come_and_go; /* they arrive later, sleep, and end */
    int n;
    int weight[MOST];
    tick until;
    double total; /* of the weights */
};

/* The largest errors, each in the unit of its bound. */
struct worst {
    double pair, above, below; /* stride: quanta */
    double lag;                /* eevdf: slices */
    double spread;             /* cfs: longest slices, in virtual time */
    double z, squares, samples; /* lottery: standard deviations */
};

static int dice_roll(uint64_t *dice, int n)
{
    return (int)rng_below(dice, (uint64_t)n);
}

/* ---- sets ---- */

/* Of every size: about as many below 10 as between 1000 and 10000. */
static int some_tickets(uint64_t *dice)
{
    int most = 1;
    for (int digits = dice_roll(dice, 5); digits > 0; digits--)
        most *= 10;
    return 1 + dice_roll(dice, most);
}

static void write_process(struct set *s, int i, bool tickets, struct str *out)
{
    int nice = dice_roll(&s->dice, 40) - 20;
    s->weight[i] = tickets ? some_tickets(&s->dice)
                           : (int)weight_of_nice(nice);
    s->total += s->weight[i];
    str_addf(out, "%s{'name': 'p%d', '%s': %d", i ? "," : "", i,
             tickets ? "tickets" : "nice", tickets ? s->weight[i] : nice);
    if (!s->come_and_go) {
        str_add(out, ", 'bursts': [1000000000]}");
        return;
    }
    str_addf(out, ", 'arrival': %d, 'bursts': [", dice_roll(&s->dice, 300));
    for (int k = 1 + dice_roll(&s->dice, 12); k > 0; k--) {
        int cpu = 1 + dice_roll(&s->dice, 40);
        str_addf(out, "%d, %d, ", cpu, 1 + dice_roll(&s->dice, 60));
    }
    str_add(out, "1]}");
}

static struct run begin(struct set *s)
{
    bool tickets = strcmp(s->policy, "stride") == 0 ||
                   strcmp(s->policy, "lottery") == 0;
    struct str text = {0};
    s->n = 2 + dice_roll(&s->dice, dice_roll(&s->dice, 3) ? 9 : MOST - 1);
    str_addf(&text, "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': "
                    "'%s', %s}, 'processes': [", s->policy, s->keys);
    for (int i = 0; i < s->n; i++)
        write_process(s, i, tickets, &text);
    str_add(&text, "]}");
    for (char *c = text.text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    struct diag d = {.file = "t"};
    struct run r = {.scenario = scenario_read("t", str_text(&text), text.length,
                                              NULL, 0, &d)};
    if (r.scenario) {
        r.sim = sim_new(r.scenario);
        r.world = sim_world(r.sim);
        r.trace = sim_trace(r.sim);
    }
    diag_free(&d);
    str_free(&text);
    return r;
}

/* ---- looking ---- */

static void most(double *worst, double x)
{
    *worst = x > *worst ? x : *worst;
}

static double had(const struct world *w, int proc)
{
    return (double)world_spent(w, proc, RUNNING);
}

/* In quanta, of any two and of each and all. */
static void look_stride(const struct set *s, const struct world *w,
                        struct worst *x)
{
    double quantum = (double)world_scheduler(w)->quantum;
    double all = (double)w->head->now / quantum;
    for (int i = 0; i < s->n; i++) {
        double got = had(w, i) / quantum, due = all * s->weight[i] / s->total;
        most(&x->above, got - due);
        most(&x->below, due - got);
        for (int k = 0; k < i; k++) {
            double both = s->weight[i] + s->weight[k];
            most(&x->pair, fabs(got * s->weight[k] -
                                had(w, k) / quantum * s->weight[i]) / both);
        }
    }
}

/* In slices. Of a set that stays the same the due is its share of the time,
 * else what the definition says of lags: the mean less one's own. */
static void look_eevdf(const struct set *s, const struct world *w,
                       struct worst *x)
{
    double slice = (double)world_scheduler(w)->slice;
    int64_t fair[CPUS_MAX];
    world_fair_times(w, w->head->now, fair);
    for (int i = 0; i < w->head->procs; i++) {
        double due = (double)w->head->now * s->weight[i] / s->total;
        int weight = (int)weight_of_nice(w->proc[i].nice);
        double virtual = (double)(fair[0] - world_vruntime(w, i, w->head->now));
        double lag = s->come_and_go
                         ? virtual / (double)world_one(w) * weight / 1024
                         : due - had(w, i);
        if (world_competes(w, i))
            most(&x->lag, fabs(lag) / slice);
    }
}

static void look_cfs(const struct set *s, const struct world *w,
                     struct worst *x, double *longest)
{
    double least = INFINITY, last = -INFINITY;
    for (int i = 0; i < w->head->procs; i++) {
        double weight = (double)weight_of_nice(w->proc[i].nice);
        double v = s->come_and_go
                       ? (double)world_vruntime(w, i, w->head->now) /
                             (double)world_one(w)
                       : had(w, i) * 1024 / weight;
        if (!world_competes(w, i))
            continue;
        least = fmin(least, v);
        last = fmax(last, v);
    }
    int on = w->cpu[0].proc;
    if (on != NONE)
        most(longest, (double)w->cpu[0].slice_length * 1024 /
                          (double)weight_of_nice(w->proc[on].nice));
    if (last > least)
        most(&x->spread, (last - least) / *longest);
}

/* At the end, so that the samples do not depend on one another. */
static void look_lottery(const struct set *s, const struct world *w,
                         struct worst *x)
{
    double n = (double)w->head->now / (double)world_scheduler(w)->quantum;
    for (int i = 0; i < s->n; i++) {
        double p = s->weight[i] / s->total, variance = n * p * (1 - p);
        double got = had(w, i) / (double)world_scheduler(w)->quantum;
        if (variance < 9)
            continue; /* too few for a normal distribution */
        double z = (got - n * p) / sqrt(variance);
        most(&x->z, fabs(z));
        x->squares += z * z;
        x->samples++;
    }
}

/* ---- runs ---- */

static void run_set(struct set s, struct worst *x)
{
    struct run r = begin(&s);
    double longest = 0;
    NEED(r.sim);
    const struct world *w = r.world;
    bool lottery = strcmp(s.policy, "lottery") == 0;
    while (sim_next(r.sim) <= s.until && sim_advance(r.sim, s.until, 1)) {
        if (strcmp(s.policy, "stride") == 0)
            look_stride(&s, w, x);
        else if (strcmp(s.policy, "eevdf") == 0)
            look_eevdf(&s, w, x);
        else if (strcmp(s.policy, "cfs") == 0)
            look_cfs(&s, w, x, &longest);
    }
    if (lottery)
        look_lottery(&s, w, x);
    run_free(&r);
}

static struct worst run_sets(struct set s)
{
    struct worst x = {0};
    for (int i = 1; i <= SETS; i++) {
        s.dice = (uint64_t)i;
        run_set(s, &x);
    }
    return x;
}

/* The handbook says so. */
static void expect_stated(const char *format, double a, double b)
{
    static char book[1 << 18];
    struct str path = {0}, want = {0};
    str_addf(&path, "%s/assets/handbook.md", getenv("SRC"));
    str_addf(&want, format, a, b);
    FILE *f = fopen(str_text(&path), "r");
    EXPECT(f);
    size_t n = f ? fread(book, 1, sizeof book - 1, f) : 0;
    book[n] = '\0';
    if (f)
        fclose(f);
    if (!strstr(book, str_text(&want)))
        EXPECT_EQ_STR("not in the handbook", str_text(&want));
    str_free(&path);
    str_free(&want);
}

TEST("stride: of any two nobody is a quantum off; of all nobody is ahead by one")
{
    struct worst x = run_sets((struct set){
        .policy = "stride", .keys = "'quantum': 3", .until = 6000});
    EXPECT(x.pair > 0.5 && x.pair < 1);
    EXPECT(x.above > 0.5 && x.above < 1);
    EXPECT(x.below < MOST);
    expect_stated("%.4f of 1 quantum for two; %.2f quanta behind all |", x.pair,
                  x.below);
}

TEST("stride: 10000 and 5001 tickets are not the same share")
{
    struct run r = run_quoted(
        "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': 'stride', "
        "'quantum': 1}, 'processes': ["
        "{'name': 'a', 'tickets': 10000, 'bursts': [1000000]},"
        "{'name': 'b', 'tickets': 5001, 'bursts': [1000000]}]}", 150010);
    NEED(r.sim);
    EXPECT(llabs(world_spent(r.world, 0, RUNNING) - 100000) <= 1);
    run_free(&r);
}

TEST("stride: primes without a common step stay within the bound for long")
{
    struct run r = run_quoted(
        "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': 'stride', "
        "'quantum': 1}, 'processes': ["
        "{'name': 'a', 'tickets': 9973, 'bursts': [1000000]},"
        "{'name': 'b', 'tickets': 9967, 'bursts': [1000000]},"
        "{'name': 'c', 'tickets': 9949, 'bursts': [1000000]},"
        "{'name': 'd', 'tickets': 9941, 'bursts': [1000000]}]}", 398300);
    static const int tickets[] = {9973, 9967, 9949, 9941};
    NEED(r.sim);
    for (int i = 0; i < 4; i++)
        EXPECT(llabs(world_spent(r.world, i, RUNNING) - 10 * tickets[i]) <= 1);
    run_free(&r);
}

TEST("lottery: errors are those of a binomial distribution")
{
    struct worst x = run_sets((struct set){
        .policy = "lottery", .keys = "'quantum': 2, 'seed': 7",
        .until = 20000});
    double rms = sqrt(x.squares / x.samples);
    EXPECT(x.samples > 200);
    EXPECT(rms > 0.9 && rms < 1.1);
    EXPECT(x.z < 5);
    expect_stated("%.2f standard deviations; %.2f in the mean (root of squares) |",
                  x.z, rms);
}

TEST("eevdf: nobody is a slice ahead or behind, while the set is the same")
{
    struct worst x = run_sets((struct set){
        .policy = "eevdf", .keys = "'slice': 5", .until = 6000});
    struct worst y = run_sets((struct set){
        .policy = "eevdf", .keys = "'slice': 5", .until = 6000,
        .come_and_go = true});
    EXPECT(x.lag > 0.5 && x.lag < 1);
    EXPECT(y.lag > 0.5 && y.lag < 2);
    expect_stated("%.3f of a slice; %.3f when they come and go |",
                  x.lag, y.lag);
}

TEST("cfs: virtual runtimes are never further apart than the longest slice")
{
    struct worst x = run_sets((struct set){
        .policy = "cfs", .keys = "'latency': 24", .until = 6000});
    struct worst y = run_sets((struct set){
        .policy = "cfs", .keys = "'latency': 24", .until = 6000,
        .come_and_go = true});
    EXPECT(x.spread > 0.5 && x.spread <= 1 + 1e-6);
    EXPECT(y.spread > 0.5 && y.spread <= 1 + 1e-6);
    expect_stated("%.3f of the longest slice; %.3f when they come and go |",
                  x.spread, y.spread);
}
