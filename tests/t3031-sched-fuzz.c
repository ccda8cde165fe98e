/* t3031: a taste of tests/fuzz/sched.c, the same every time, and whether what it
 * makes up has everything that matters. */
#include "tests/fuzz/sched.c" /* the harness itself */
#include "tests/test.h"

enum { INPUTS = 20000, LONGEST = 1 + 16 * SCENE_PART, POOL = 64 };

/* ---- what has been made up ---- */

static const char *const policy_keys[] = {
#define POLICY(name, quantum, keys) keys,
#include "sim/scenario/policies.def"
#undef POLICY
};

/* Of any policy. */
static const char every_key[] =
    "expired_first queues steal cpus context_switch migration op_cost arrival "
    "period jobs deadline affinity bursts program suspend activate kill fork "
    "wait pipe read write semget semctl P V device nice repeat exit yield sleep "
    "io cpu cost";

/* Times, each of which is as large as can be now and then. */
static const char huge[] =
    "quantum initial every by allotment boost latency min_granularity slice "
    "arrival deadline period context_switch migration op_cost cpu io";

enum { WORDS_MOST = 100 };

/* How many of the scenes have each of some words, followed by `value`. */
struct tally {
    const char *value;
    char word[WORDS_MOST][32];
    int scenes[WORDS_MOST];
    int count;
};

static void add_words(struct tally *t, const char *words)
{
    while (*words) {
        size_t n = strcspn(words, " ");
        NEED(t->count < WORDS_MOST && n < sizeof *t->word);
        memcpy(t->word[t->count++], words, n);
        words += n + (words[n] == ' ');
    }
}

static void look(struct tally *t, const char *json)
{
    for (int i = 0; i < t->count; i++) {
        struct str s = {0};
        str_addf(&s, "\"%s\": %s", t->word[i], t->value);
        t->scenes[i] += strstr(json, str_text(&s)) != NULL;
        str_free(&s);
    }
}

static void expect_all(const struct tally *t, const char *where)
{
    for (int i = 0; i < t->count; i++) {
        test_case("%s: %s: %s", where, t->word[i], t->value);
        EXPECT(t->scenes[i] > 0);
    }
}

/* ---- inputs, as libFuzzer would make them without looking ---- */

struct input {
    uint8_t bytes[LONGEST];
    size_t length;
};

/* One of those there are, changed, or two of them mixed. */
static void make_up(struct input *pool, uint64_t *dice, struct input *to)
{
    const struct input *a = &pool[rng_below(dice, POOL)];
    const struct input *b = &pool[rng_below(dice, POOL)];
    unsigned seed = (unsigned)rng_below(dice, 1u << 31);
    *to = *a;
    if (a->length && b->length && rng_below(dice, 4) == 0)
        to->length = LLVMFuzzerCustomCrossOver(a->bytes, a->length, b->bytes,
                                               b->length, to->bytes, LONGEST,
                                               seed);
    to->length = LLVMFuzzerCustomMutator(to->bytes, to->length, LONGEST, seed);
    pool[rng_below(dice, POOL)] = *to;
}

static struct tally own[sizeof policy_keys / sizeof *policy_keys];
static struct tally common = {.value = ""}, most = {.value = "1000000000000000"};

static void begin_tallies(void)
{
    add_words(&common, every_key);
    add_words(&most, huge);
    for (int i = 0; i < trial_policy_count; i++) {
        own[i].value = "";
        add_words(&own[i], policy_keys[i]);
        if (trial_is(trial_policies[i], "lottery stride"))
            add_words(&own[i], "tickets");
        if (trial_is(trial_policies[i], "cfs eevdf"))
            add_words(&own[i], "nice");
        if (trial_is(trial_policies[i], "priority"))
            add_words(&own[i], "priority");
    }
}

TEST("whatever bytes make up, it is scheduled, and legally; and they make up "
     "every policy with all its keys, and the largest numbers")
{
    static struct input pool[POOL], now;
    uint64_t dice = 1;
    begin_tallies();
    for (int i = 0; i < INPUTS; i++) {
        struct trial t = {0};
        make_up(pool, &dice, &now);
        test_case("input %d", i);
        trial_run_bytes(&t, now.bytes, now.length);
        EXPECT_EQ_STR(str_text(&t.why), "");
        look(&common, str_text(&t.json));
        look(&most, str_text(&t.json));
        look(&own[now.bytes[0] % trial_policy_count], str_text(&t.json));
        trial_free(&t);
    }
    expect_all(&common, "any");
    expect_all(&most, "any");
    for (int i = 0; i < trial_policy_count; i++)
        expect_all(&own[i], trial_policies[i]);
}

TEST("bytes of no shape are a scene as well")
{
    uint64_t dice = 1;
    uint8_t bytes[600];
    for (int i = 0; i < 1000; i++) {
        size_t length = rng_below(&dice, sizeof bytes);
        uint64_t below = rng_below(&dice, 2) ? 256 : 1 + rng_below(&dice, 8);
        for (size_t k = 0; k < length; k++)
            bytes[k] = (uint8_t)rng_below(&dice, below);
        EXPECT_EQ_INT(LLVMFuzzerTestOneInput(bytes, length), 0);
    }
}
