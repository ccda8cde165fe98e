/* differ: looks for a step in which the model and the kernel differ.
 *
 *   differ [--seed S] [--steps N] [--plant RULE] [--found FILE] [--rules]
 *          [--with BITS] [--spread]
 *
 * BITS (enum random_with) are what every scenario is made of; without them each
 * seed has its own mixture.
 *
 * Seed after seed makes a random scenario, until N steps have been confirmed.
 * What differs is shrunk, printed and written to FILE. At the end it says how
 * often each rule was met; in a long run (a rule may be rare) one that never
 * was is a failure of this program, unless it cannot be tried on this machine.
 *
 * With --spread the real processes may use all CPUs at once; without, one, which
 * is ten times faster.
 *
 * Exit status: 0 no difference, 1 a difference, or rules that were not met,
 * 2 wrong usage, 3 no lab on this machine. */
#define _GNU_SOURCE
#include "tests/differ/differ.h"
#include "tests/random.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ALL_RULES_FROM = 200000 /* steps */ };

static struct {
    uint64_t seed;
    int64_t steps;
    const char *plant, *found;
    bool rules;
    unsigned with;
} wish = {.seed = 1, .steps = 20000};

static struct {
    int64_t steps, choices, runs;
    int64_t obeyed[RULE_COUNT];
    bool untried[RULE_COUNT]; /* they cannot be met here */
    double begun;
} met;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int usage(void)
{
    fputs("usage: differ [--seed S] [--steps N] [--plant RULE] "
          "[--found FILE] [--rules] [--with BITS] [--spread]\n",
          stderr);
    return 2;
}

static bool read_steps(const char *text)
{
    uint64_t steps;
    bool well = random_number(text, &steps) && steps <= INT64_MAX;
    wish.steps = well ? (int64_t)steps : 0;
    return wish.steps > 0;
}

static bool read_options(int argc, char **argv)
{
    bool well = true;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--rules") == 0) {
            wish.rules = true;
            continue;
        }
        if (strcmp(argv[i], "--spread") == 0) {
            outcome_spread = true;
            continue;
        }
        if (!value)
            return false;
        if (strcmp(argv[i], "--seed") == 0)
            well = random_number(value, &wish.seed);
        else if (strcmp(argv[i], "--steps") == 0)
            well = read_steps(value);
        else if (strcmp(argv[i], "--plant") == 0)
            wish.plant = value;
        else if (strcmp(argv[i], "--found") == 0)
            wish.found = value;
        else if (strcmp(argv[i], "--with") == 0)
            wish.with = (unsigned)strtoul(value, NULL, 0);
        else
            return false;
        if (!well)
            return false;
        i++;
    }
    return true;
}

/* What the scenario of a seed is made of: some of the mechanisms, and some of
 * what makes their life hard. */
static unsigned mixture(uint64_t seed)
{
    uint64_t dice = seed * UINT64_C(0x9e3779b97f4a7c15) >> 32;
    unsigned with = wish.with;
    static const unsigned mechanisms[] = {RANDOM_PIPES, RANDOM_FIFOS,
                                          RANDOM_QUEUES, RANDOM_SEMAPHORES,
                                          RANDOM_SEGMENTS};
    enum { COUNT = sizeof mechanisms / sizeof *mechanisms };
    if (!with)
        with |= mechanisms[dice % COUNT];
    if (!wish.with && dice >> 8 & 1)
        with |= mechanisms[(dice >> 10) % COUNT];
    if (dice >> 16 & 1)
        with |= RANDOM_SIGNALS;
    if (dice >> 17 & 1)
        with |= RANDOM_ACTIONS;
    if ((dice >> 24 & 3) == 0)
        with |= RANDOM_TAPS;
    if ((dice >> 18 & 3) == 0)
        with |= RANDOM_MEMORY;
    if ((dice >> 20 & 3) == 0)
        with |= RANDOM_LARGE;
    if (dice >> 22 & 1)
        with |= RANDOM_CROWD;
    return with;
}

static void progress(uint64_t seed)
{
    static double last;
    if (!isatty(2) || seconds() - last < 0.5)
        return;
    last = seconds();
    fprintf(stderr, "\r%" PRId64 " of %" PRId64 " steps, seed %" PRIu64 " ",
            met.steps, wish.steps, seed);
}

static void write_found(const struct str *text)
{
    FILE *f = wish.found ? fopen(wish.found, "w") : NULL;
    if (!f)
        return;
    fputs(str_text(text), f);
    fclose(f);
    printf("It is in %s now.\n", wish.found);
}

static void tell_difference(uint64_t seed, struct str *text,
                            const struct outcome *o)
{
    printf("seed %" PRIu64 " differs after %" PRId64 " steps: %s\n", seed,
           met.steps, str_text(&o->said));
    outcome_closely = true;
    shrink(text, wish.plant);
    struct outcome small = {0};
    for (int i = 0; i < 10 && !small.differs; i++) {
        outcome_free(&small);
        outcome_of(str_text(text), wish.plant, &small);
    }
    printf("The smallest that still differs (%s):\n%s",
           small.differs ? str_text(&small.said) : "not every time",
           str_text(text));
    outcome_free(&small);
    write_found(text);
}

static void count(const struct outcome *o)
{
    met.runs++;
    met.steps += o->steps;
    met.choices += o->choices;
    for (int r = 0; r < RULE_COUNT; r++)
        met.obeyed[r] += o->obeyed[r];
}

/* Returns the exit status, -1 if all is well so far. */
static int try_seed(uint64_t seed)
{
    struct str text = {0};
    struct outcome o = {0};
    int status = -1;
    random_scenario(seed, mixture(seed), &text);
    outcome_of(str_text(&text), wish.plant, &o);
    count(&o);
    if (o.differs) {
        tell_difference(seed, &text, &o);
        status = 1;
    } else if (!o.loaded || !o.lab) {
        fprintf(stderr, "seed %" PRIu64 ": %s\n", seed, str_text(&o.said));
        status = o.loaded ? 3 : 1;
    }
    outcome_free(&o);
    str_free(&text);
    return status;
}

static void tell_rule(enum rule r, const char *before)
{
    printf("%s%s, %s\n", before, rule_name(r), rule_about(r));
}

/* Returns how many rules were never met that could have been. */
static int tell_rules(void)
{
    int missing = 0;
    bool tells = wish.rules || met.steps >= ALL_RULES_FROM;
    for (int r = 0; wish.rules && r < RULE_COUNT; r++)
        printf("%-4s %10" PRId64 "  %s\n", rule_name((enum rule)r),
               met.obeyed[r], rule_about((enum rule)r));
    for (int r = 0; r < RULE_COUNT; r++) {
        if (met.obeyed[r])
            continue;
        missing += !met.untried[r];
        if (tells)
            tell_rule((enum rule)r,
                      met.untried[r] ? "not tried here: " : "not met: ");
    }
    return missing;
}

int main(int argc, char **argv)
{
    if (!read_options(argc, argv))
        return usage();
    unshare(CLONE_NEWIPC); /* if we may: others here use the same keys */
    const char *wrong = probe_all(met.obeyed, met.untried);
    if (wrong) {
        printf("%s\n", wrong);
        return 1;
    }
    met.begun = seconds();
    uint64_t seed = wish.seed;
    for (; met.steps < wish.steps; seed++) {
        progress(seed);
        int status = try_seed(seed);
        if (status >= 0)
            return status;
    }
    double took = seconds() - met.begun;
    printf("%" PRId64 " steps of %" PRId64 " scenarios (seeds %" PRIu64
           " to %" PRIu64 ") in %.1f s: no difference; Linux chose %" PRId64
           " times.\n",
           met.steps, met.runs, wish.seed, seed - 1, took, met.choices);
    int missing = tell_rules();
    return missing && met.steps >= ALL_RULES_FROM;
}
