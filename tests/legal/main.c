/* legal: is every schedule legal?
 *
 *   legal [--seeds N] [--from S] [--policy NAME] [--show]
 *
 * Runs N (10000) random scenarios under each policy and has the court judge
 * them. --show prints each scenario and its facts.
 *
 * Exit status: 0 all were legal, 1 some were not, 2 wrong usage. */
#include "tests/legal/try.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    uint64_t seeds, from;
    const char *policy;
    bool show;
} wish = {.seeds = 10000, .from = 1};

static int usage(void)
{
    fputs("usage: legal [--seeds N] [--from S] [--policy NAME] [--show]\n",
          stderr);
    return 2;
}

static bool read_options(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--show") == 0) {
            wish.show = true;
            continue;
        }
        if (!value)
            return false;
        if (strcmp(argv[i], "--seeds") == 0)
            wish.seeds = strtoull(value, NULL, 10);
        else if (strcmp(argv[i], "--from") == 0)
            wish.from = strtoull(value, NULL, 10);
        else if (strcmp(argv[i], "--policy") == 0)
            wish.policy = value;
        else
            return false;
        i++;
    }
    return true;
}

static uint64_t try_policy(const char *policy)
{
    uint64_t illegal = 0, facts = 0, cut = 0;
    for (uint64_t seed = wish.from; seed < wish.from + wish.seeds; seed++) {
        struct trial t = {0};
        trial_run(&t, policy, seed);
        facts += t.facts.count;
        cut += t.cut;
        if (wish.show)
            printf("%s", str_text(&t.json));
        if (t.illegal && illegal++ < 3)
            printf("%s, seed %" PRIu64 ": %s\n", policy, seed,
                   str_text(&t.why));
        if (wish.show)
            trial_print(&t);
        trial_free(&t);
    }
    printf("%-9s %8" PRIu64 " scenarios %10" PRIu64 " facts %5" PRIu64
           " cut short %6" PRIu64 " illegal\n", policy, wish.seeds, facts, cut,
           illegal);
    fflush(stdout);
    return illegal;
}

int main(int argc, char **argv)
{
    if (!read_options(argc, argv))
        return usage();
    uint64_t illegal = 0, tried = 0;
    for (int i = 0; i < trial_policy_count; i++)
        if (!wish.policy || strcmp(wish.policy, trial_policies[i]) == 0) {
            illegal += try_policy(trial_policies[i]);
            tried++;
        }
    return !tried ? usage() : illegal ? 1 : 0;
}
