/* t6217: what the why line says of a decision, of what a policy does besides
 * (priorities that age and are lent, levels, boosts, deadlines) and of who is
 * suspended or gives up the CPU is so, of everybody, in both languages, in random
 * scenarios under every policy; and a lie is found out. Who stands where in a
 * line it cannot see, only since when; and memory has no limit there. */
#include "sim/model/explain.h"
#include "sim/model/figure.h"
#include "tests/legal/try.h"
#include "tests/test.h"
#include "tests/truth/truth.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SEEDS_EACH = 100, SENTENCES_MOST = 120 };

/* What has been heard. */
struct heard {
    int sentences, lies, unknown; /* … of which no pattern was found */
    int planted, found;           /* places that were made false */
    const char *policy;
    uint64_t seed;
};

/* What a policy does and what it is about, and what comes from outside. */
static bool is_heard(const struct world *w, const struct event *e)
{
    switch (e->kind) {
    case EV_STATE:
        return e->sub == T_DISPATCH || e->sub == T_PREEMPT ||
               e->sub == T_SLICE_OVER || e->sub == T_YIELD ||
               e->sub == T_SUSPEND || e->sub == T_ACTIVATE;
    case EV_SLICE: return e->sub == SLICE_ANEW || e->sub == SLICE_BOOSTED;
    case EV_FIGURE: return figure_matters(w, e);
    default:
        return e->kind == EV_SWITCH || e->kind == EV_MIGRATE ||
               e->kind == EV_BOOST || e->kind == EV_MISS || e->kind == EV_JOB;
    }
}

/* The event that the sentence is about, if it is one that is heard; NULL. */
static const struct event *decision_of(const struct trace *tr,
                                       const struct world *w, size_t from,
                                       size_t to)
{
    const struct event *found = NULL;
    for (size_t i = from; i < to; i++) {
        const struct event *e = trace_at(tr, i);
        bool first = !found || e->kind == EV_STATE ||
                     (event_is_step(e) && found->kind != EV_STATE) ||
                     (found->kind != EV_STATE && !event_is_step(found));
        if (first && (is_heard(w, e) || e->kind == EV_STATE || event_is_step(e)))
            found = e;
    }
    return found && is_heard(w, found) ? found : NULL;
}

/* ---- lies ---- */

/* Makes what stands in a place false; returns whether it could. */
static bool falsify(const struct decision *d, char hole[HOLE_ROOM])
{
    char *digit = hole;
    while (*digit && !isdigit((unsigned char)*digit))
        digit++;
    if (hole[0] == '`') {
        int other = (d->event->proc + 1) % d->after->head->procs;
        struct str name = {0};
        str_add_char(&name, '`');
        world_write_name(d->after, other, &name);
        str_add_char(&name, '`');
        bool differs = strcmp(str_text(&name), hole) != 0;
        if (differs)
            snprintf(hole, HOLE_ROOM, "%s", str_text(&name));
        str_free(&name);
        return differs;
    }
    if (!*digit || strchr(hole, '(') || strlen(hole) > 16)
        return false;
    *digit = *digit == '9' ? '8' : (char)(*digit + 1);
    return true;
}

/* Where the line decides between two, it might have been the other for all that
 * can be seen. */
static bool is_open(const struct decision *d, enum word w, int hole)
{
    enum policy_name policy = world_scheduler(d->after)->name;
    bool line = policy == POLICY_priority || policy == POLICY_mlfq;
    if (w == W_SAY_DISPATCH_PASSED)
        return hole == 4;
    if (w == W_SAY_REASON_EQUAL || w == W_SAY_REASON_LEVEL)
        return hole == 1; /* another of them, as well */
    if (w == W_SAY_PRIORITY_PREEMPTS || w == W_SAY_MLFQ_PREEMPTS)
        return hole == 1;
    if (w == W_SAY_REASON_PASSED)
        return line && hole == 1;
    return line && hole == 0 &&
           (w == W_SAY_TIE_LINE || w == W_SAY_TIE_LEVEL ||
            w == W_SAY_HRRN_NEXT ||
            w == W_SAY_PRIORITY_NEXT || w == W_SAY_MLFQ_NEXT);
}

static void plant_lies(const struct decision *d, struct claims *c,
                       struct heard *h)
{
    for (int i = 0; i < c->count; i++)
        for (int k = 0; k < HOLES_MOST; k++) {
            char was[HOLE_ROOM];
            bool simple = c->all[i].word != W_SAY_MOVES;
            memcpy(was, c->all[i].hole[k], sizeof was);
            if (!simple || !was[0] || strchr(was, ' ') ||
                !falsify(d, c->all[i].hole[k])) {
                memcpy(c->all[i].hole[k], was, sizeof was);
                continue;
            }
            const struct claim *lie = truth_find_lie(d, c);
            if (!lie && is_open(d, c->all[i].word, k)) {
                memcpy(c->all[i].hole[k], was, sizeof was);
                continue;
            }
            h->planted++;
            h->found += lie != NULL;
            if (!lie) {
                test_case("%s, seed %d: \"%s\" for \"%s\" in %s", h->policy,
                          (int)h->seed, c->all[i].hole[k], was,
                          word(c->all[i].word, LANG_EN));
                EXPECT(lie != NULL);
            }
            memcpy(c->all[i].hole[k], was, sizeof was);
        }
}

/* ---- hearing ---- */

static int said_times[WORD_COUNT];

static void hear(const struct decision *d, struct heard *h)
{
    static struct claims claims;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct str said = {0};
        explain_main(d->after, d->trace, d->end, (enum lang)lang, &said);
        memset(&claims, 0, sizeof claims);
        bool known = truth_parse(str_text(&said), (enum lang)lang, &claims);
        const struct claim *lie = known ? truth_find_lie(d, &claims) : NULL;
        for (int i = 0; known && i < claims.count; i++)
            said_times[claims.all[i].word]++;
        h->sentences++;
        h->unknown += !known;
        h->lies += lie != NULL;
        if (!known || lie) {
            test_case("%s, seed %d, t %d: %s [%s]", h->policy, (int)h->seed,
                      (int)d->event->t, str_text(&said),
                      lie ? word(lie->word, LANG_EN) : "not understood");
            EXPECT(known && !lie);
        } else if (h->sentences % 7 == 0) {
            plant_lies(d, &claims, h);
        }
        str_free(&said);
    }
}

/* Whether the step only takes back what aging had brought to somebody who is
 * about to give up the CPU: he had it when that was decided. */
static bool gives_back(const struct trace *tr, size_t from, size_t to)
{
    bool aged = false;
    for (size_t i = from; i < to; i++) {
        const struct event *e = trace_at(tr, i);
        if (e->kind != EV_FIGURE)
            return false;
        aged |= e->sub == PRIORITY_AGED;
        if (e->aux == FIGURE_BACK)
            return aged;
    }
    return false;
}

/* Who goes down a level is told beside what the step is about; where nothing
 * else is, that is heard as well. */
static void hear_demotion(struct decision d, size_t from, struct heard *h)
{
    static struct claims claims;
    for (size_t i = from; i < d.end; i++)
        if (trace_at(d.trace, i)->kind == EV_FIGURE &&
            trace_at(d.trace, i)->sub == MLFQ_LEVEL)
            d.event = trace_at(d.trace, i);
    for (int lang = 0; lang < LANG_COUNT && d.event->kind == EV_FIGURE; lang++) {
        struct str main = {0}, all = {0};
        explain_main(d.after, d.trace, d.end, (enum lang)lang, &main);
        explain_step(d.after, d.trace, d.end, (enum lang)lang, &all);
        const char *rest = str_text(&all) + main.length;
        memset(&claims, 0, sizeof claims);
        if (truth_parse(rest + strspn(rest, " "), (enum lang)lang, &claims)) {
            bool lie = truth_find_lie(&d, &claims) != NULL;
            said_times[claims.all[1].word]++;
            h->sentences++;
            h->lies += lie;
            test_case("%s, seed %d, t %d: %s", h->policy, (int)h->seed,
                      (int)d.event->t, rest);
            EXPECT(!lie);
            plant_lies(&d, &claims, h);
        }
        str_free(&main);
        str_free(&all);
    }
}

static void hear_run(struct trial *t, struct heard *h)
{
    struct sim *s = sim_new(t->scenario);
    const struct trace *tr = sim_trace(s);
    struct world before = {0}, after = {0};
    size_t behind = 0;
    int decisions = 0;
    sim_advance(s, t->until, 4000);
    world_init(&before, t->scenario);
    world_init(&after, t->scenario);
    for (size_t p = 0; p < tr->count && decisions < SENTENCES_MOST;) {
        size_t to = trace_step_after(tr, p);
        for (size_t i = p; i < to; i++)
            world_apply(&after, tr, trace_at(tr, i));
        const struct event *e = decision_of(tr, &after, p, to);
        if (e) {
            struct decision d = {tr, e, to, &before, &after};
            decisions++;
            hear(&d, h);
            if (world_scheduler(&after)->name == POLICY_mlfq)
                hear_demotion(d, p, h);
        }
        bool waits = gives_back(tr, p, to);
        for (p = to; !waits && behind < p; behind++)
            world_apply(&before, tr, trace_at(tr, behind));
    }
    world_free(&before);
    world_free(&after);
    sim_free(s);
}

static void hear_policy(const char *policy, unsigned how, struct heard *h)
{
    *h = (struct heard){.policy = policy};
    for (h->seed = 1; h->seed <= SEEDS_EACH; h->seed++) {
        struct trial t = {0};
        test_case("%s, seed %d", policy, (int)h->seed);
        NEED(trial_load(&t, policy, h->seed, how));
        hear_run(&t, h);
        trial_free(&t);
    }
    printf("# %s: %d sentences, %d lies, %d not understood; of %d planted lies "
           "%d were found\n", policy, h->sentences, h->lies, h->unknown,
           h->planted, h->found);
    EXPECT(h->sentences > 500);
    EXPECT(h->planted > 100);
}

TEST("every reason for a decision is true, in both languages")
{
    for (int i = 0; i < trial_policy_count; i++) {
        struct heard h;
        hear_policy(trial_policies[i], SCENE_SMALL, &h);
    }
}

TEST("what is lent and given back, too")
{
    struct heard h;
    hear_policy("priority", SCENE_SMALL | SCENE_LOCKS, &h);
}

TEST("all kinds of sentences were among them")
{
    static const enum word kinds[] = {
        W_SAY_TAKES,           W_SAY_DISPATCH,    W_SAY_CHOSEN_SWITCH,
        W_SAY_MIGRATES,        W_SAY_RENEWED,     W_SAY_SLICE_OVER,
        W_SAY_PRIORITY_PREEMPTS, W_SAY_LENT,      W_SAY_LENT_BACK,
        W_SAY_LENT_ENDED,      W_SAY_AGED,        W_SAY_AGED_BACK,
        W_SAY_DEMOTED,         W_SAY_BOOST,       W_SAY_BOOST_NOBODY,
        W_SAY_BOOST_SLICE,     W_SAY_JOB_MET,     W_SAY_JOB_MISSED,
        W_SAY_JOB_LATE,        W_SAY_DEADLINE_PASSED,
        W_SAY_DEADLINE_PASSED_QUEUED, W_SAY_SUSPENDED, W_SAY_ACTIVATED,
        W_SAY_YIELDED,         W_SAY_YIELDED_BACK,    W_SAY_STOPPED,     W_SAY_CONTINUED};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        test_case("%s", word(kinds[i], LANG_EN));
        printf("# %6d %s\n", said_times[kinds[i]], word(kinds[i], LANG_EN));
        EXPECT(said_times[kinds[i]] > 0);
    }
}
