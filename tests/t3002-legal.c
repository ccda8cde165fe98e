/* t3002: every schedule is legal, and the court finds out when one is not.
 *
 * See tests/legal/legal.h; `./run legal` does the same for longer. */
#include "tests/legal/try.h"
#include "tests/test.h"

enum { SEEDS = 1000, NAIVE_SEEDS = 300, PLAIN_SEEDS = 500, LIE_SEEDS = 150 };

static void expect_legal(const char *policy)
{
    int illegal = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct trial t = {0};
        trial_run(&t, policy, seed);
        if (t.illegal && illegal++ == 0) {
            test_case("%s, seed %llu", policy, (unsigned long long)seed);
            EXPECT_EQ_STR(str_text(&t.why), "");
        }
        trial_free(&t);
    }
    test_case("%s", policy);
    EXPECT_EQ_INT(illegal, 0);
}

TEST("a thousand random schedules of each policy are legal")
{
    NEED(trial_policy_count > 0);
    for (int i = 0; i < trial_policy_count; i++)
        expect_legal(trial_policies[i]);
}

/* Where chains of loans come and go, and many hold one semaphore. */
TEST("among locks as well")
{
    enum { LOCK_SEEDS = 500 };
    for (uint64_t seed = 1; seed <= LOCK_SEEDS; seed++) {
        struct trial t = {0};
        test_case("seed %llu", (unsigned long long)seed);
        NEED(trial_load(&t, "priority", seed, SCENE_SMALL | SCENE_LOCKS));
        trial_schedule(&t, NULL);
        trial_judge(&t);
        EXPECT_EQ_STR(str_text(&t.why), "");
        trial_free(&t);
    }
}

/* ---- a second truth ---- */

static void naive_trial(struct trial *t, enum lie lie, int when)
{
    naive(t->scenario, t->until, lie, when, &t->facts);
    trial_judge(t);
}

TEST("a scheduler that goes tick by tick is found legal as well")
{
    for (int i = 0; i < trial_policy_count; i++)
        for (uint64_t seed = 1; seed <= NAIVE_SEEDS; seed++) {
            struct trial t = {0};
            test_case("%s, seed %llu", trial_policies[i],
                      (unsigned long long)seed);
            NEED(trial_load(&t, trial_policies[i], seed, SCENE_SMALL | SCENE_SIMPLE));
            naive_trial(&t, NO_LIE, 0);
            EXPECT_EQ_STR(str_text(&t.why), "");
            trial_free(&t);
        }
}

static void expect_agreement(const char *policy, uint64_t seed)
{
    struct trial t = {0};
    struct facts own = {0};
    struct str engine = {0}, other = {0};
    NEED(trial_load(&t, policy, seed,
                    SCENE_SMALL | SCENE_SIMPLE | SCENE_PLAIN));
    trial_schedule(&t, NULL);
    naive(t.scenario, t.until, NO_LIE, 0, &own);
    facts_gantt(t.scenario, &t.facts, 1, &engine);
    facts_gantt(t.scenario, &own, 1, &other);
    test_case("%s, seed %llu", policy, (unsigned long long)seed);
    EXPECT_EQ_STR(str_text(&engine), str_text(&other));
    str_free(&engine);
    str_free(&other);
    facts_free(&own);
    trial_free(&t);
}

TEST("on one CPU engine and naive scheduler run the same at every tick")
{
    for (int i = 0; i < trial_policy_count; i++)
        for (uint64_t seed = 1; seed <= PLAIN_SEEDS; seed++)
            expect_agreement(trial_policies[i], seed);
}

/* ---- lies ---- */

struct count {
    int told, found;
};

static bool is_same(const struct facts *a, const struct facts *b)
{
    return a->count == b->count &&
           memcmp(a->fact, b->fact, a->count * sizeof *a->fact) == 0;
}

/* The `when`-th lie of its kind in that scene: told if anything came of it. */
static bool lie_once(const char *policy, uint64_t seed, enum lie lie, int when,
                     struct count *n)
{
    struct trial t = {0};
    struct facts truth = {0};
    if (!trial_load(&t, policy, seed, SCENE_SMALL | SCENE_SIMPLE))
        return false;
    /* A burst that has not ended in time cannot be too long yet. */
    if (t.until < (tick)1 << 60 && lie == LIE_LONGER) {
        trial_free(&t);
        return false;
    }
    bool could = naive(t.scenario, t.until, lie, when, &t.facts);
    naive(t.scenario, t.until, NO_LIE, 0, &truth);
    if (could && !is_same(&t.facts, &truth)) {
        trial_judge(&t);
        n->told++;
        n->found += t.illegal;
    }
    facts_free(&truth);
    trial_free(&t);
    return could;
}

static struct count tell(const char *policy, enum lie lie)
{
    struct count n = {0, 0};
    for (uint64_t seed = 1; seed <= LIE_SEEDS; seed++)
        for (int when = 0; when < 4; when++)
            if (!lie_once(policy, seed, lie, when, &n))
                break;
    return n;
}

/* Which lies a policy knows: the others need slices or preemption. */
static bool has_lie(const char *policy, enum lie lie)
{
    if (lie == LIE_SHORTER)
        return trial_is(policy,
                         "rr priority mlfq lottery stride cfs eevdf xv6");
    if (lie == LIE_TARDY)
        return trial_is(policy, "srtf priority mlfq cfs eevdf edf rm");
    return true;
}

TEST("whoever picks another, swaps two, stretches or cuts a slice, idles or "
     "does not preempt is found out, under each policy")
{
    for (int i = 0; i < trial_policy_count; i++)
        for (int lie = NO_LIE + 1; lie < LIE_COUNT; lie++) {
            struct count n = tell(trial_policies[i], (enum lie)lie);
            test_case("%s, lie %s", trial_policies[i], lie_names[lie]);
            EXPECT(n.told > 0 || !has_lie(trial_policies[i], (enum lie)lie));
            EXPECT_EQ_INT(n.found, n.told);
        }
}
