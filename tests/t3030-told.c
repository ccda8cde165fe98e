/* t3030: whoever schedules by another rule than the file's is found out.
 *
 * The engine is told something else than the court: no boost, no inheritance, a
 * quantum that is a tick longer, another seed. What it does then is legal under
 * that scenario, every decision follows from the one before, and only the rule
 * that was changed gives it away. */
#include "tests/legal/try.h"
#include "tests/test.h"

enum { SEEDS = 150, RARE = 600 };

/* Tells the engine something else; false: in this scenario it cannot. */
typedef bool lie_told(struct scenario *sc);

static bool more(tick *t)
{
    if (*t <= 0 || *t == TICK_MAX)
        return false;
    ++*t;
    return true;
}

static bool none(tick *t)
{
    bool had = *t > 0;
    *t = 0;
    return had;
}

static bool flip(bool *b)
{
    *b = !*b;
    return true;
}

#define LIE(name, what)                                                        \
    static bool name(struct scenario *sc)                                      \
    {                                                                          \
        return what;                                                           \
    }

LIE(longer_quantum, more(&sc->scheduler.quantum))
LIE(no_aging, none(&sc->scheduler.aging_every))
LIE(faster_aging, more(&sc->scheduler.aging_by))
LIE(later_aging, more(&sc->scheduler.aging_every))
LIE(no_inheritance, sc->scheduler.inherit && flip(&sc->scheduler.inherit))
LIE(preemption, flip(&sc->scheduler.preemptive))
LIE(no_boost, none(&sc->scheduler.boost))
LIE(later_boost, more(&sc->scheduler.boost))
LIE(longer_top, more(&sc->scheduler.level[0].quantum))
LIE(longer_allotment, more(&sc->scheduler.level[0].allotment))
LIE(io_keeps_slice, flip(&sc->scheduler.io_keeps_slice))
LIE(io_to_front, flip(&sc->scheduler.io_to_front))
LIE(demote_alone, flip(&sc->scheduler.demote_alone))
LIE(latency, more(&sc->scheduler.latency))
LIE(granularity, more(&sc->scheduler.min_granularity))
LIE(longer_slice, more(&sc->scheduler.slice))
LIE(first_guess, sc->scheduler.estimate && more(&sc->scheduler.initial))
LIE(other_alpha, sc->scheduler.estimate &&
                     (sc->scheduler.alpha = sc->scheduler.alpha / 2 + 0.1) > 0)
LIE(other_draw, sc->scheduler.draw_count && sc->scheduler.draw_count--)
LIE(coarser_steps, sc->scheduler.fraction_bits && sc->scheduler.fraction_bits--)
LIE(coarser_passes, sc->scheduler.pass_steps > 1 && sc->scheduler.pass_steps--)
LIE(no_guess, sc->scheduler.estimate && flip(&sc->scheduler.estimate))
LIE(expired_first, flip(&sc->scheduler.expired_first))
LIE(no_steal, sc->scheduler.steal && flip(&sc->scheduler.steal))
LIE(free_switches, none(&sc->machine.context_switch))
LIE(free_moves, none(&sc->machine.migration))
LIE(other_seed, ++sc->scheduler.seed > 0)

/* Of the first process: what the arena holds is ours to change. */
static struct process_def *first(struct scenario *sc)
{
    return (struct process_def *)sc->processes;
}

LIE(no_affinity, sc->processes[0].affinity != UINT64_MAX &&
                     (first(sc)->affinity = UINT64_MAX))
LIE(more_tickets, sc->processes[0].tickets < 10000 && ++first(sc)->tickets)
LIE(nicer, sc->processes[0].nice < 19 && ++first(sc)->nice < 20)
LIE(less_urgent, ++first(sc)->priority > -2000000)
LIE(later_deadline, more(&first(sc)->deadline))
LIE(longer_period, more(&first(sc)->period))

#define EVERY_POLICY                                                           \
    "fcfs sjf srtf hrrn rr priority mlfq lottery stride cfs eevdf edf rm xv6"

static const struct {
    const char *name, *policies;
    lie_told *tell;
    bool rare; /* it takes many large scenes until it matters */
} lies[] = {
    {"quantum", "rr lottery stride xv6 priority", longer_quantum, false},
    {"no aging", "priority", no_aging, false},
    {"aging by more", "priority", faster_aging, false},
    {"aging later", "priority", later_aging, false},
    {"no inheritance", "priority", no_inheritance, true},
    {"preemptive", "priority", preemption, false},
    {"less urgent", "priority", less_urgent, false},
    {"no boost", "mlfq", no_boost, false},
    {"boost later", "mlfq", later_boost, false},
    {"top quantum", "mlfq", longer_top, false},
    {"top allotment", "mlfq", longer_allotment, false},
    {"io_keeps_slice", "mlfq", io_keeps_slice, false},
    {"io_to_front", "mlfq", io_to_front, false},
    {"demote_alone", "mlfq", demote_alone, false},
    {"latency", "cfs", latency, false},
    {"min_granularity", "cfs", granularity, false},
    {"nicer", "cfs", nicer, false},
    {"slice", "eevdf", longer_slice, false},
    {"first guess", "sjf srtf", first_guess, false},
    {"alpha", "sjf srtf", other_alpha, false},
    {"no guess", "sjf srtf", no_guess, false},
    {"coarser steps", "cfs eevdf", coarser_steps, true},
    {"coarser passes", "stride", coarser_passes, true},
    {"a draw less", "lottery", other_draw, false},
    {"other seed", "lottery", other_seed, false},
    {"more tickets", "lottery", more_tickets, false},
    {"more tickets", "stride", more_tickets, false},
    {"later deadline", "edf", later_deadline, false},
    {"longer period", "edf rm", longer_period, false},
    {"expired_first", "rr priority mlfq lottery stride cfs eevdf xv6",
     expired_first, false},
    {"no steal", EVERY_POLICY, no_steal, false},
    {"free switches", EVERY_POLICY, free_switches, false},
    {"free moves", EVERY_POLICY, free_moves, false},
    {"no affinity", EVERY_POLICY, no_affinity, false},
};

/* Whether the same happened to the same at the same time, as far as both go. */
static bool is_same(const struct trial *a, const struct trial *b)
{
    const struct facts *n = &a->facts, *m = &b->facts;
    for (size_t i = 0; i < n->count && i < m->count; i++) {
        const struct event *e = &n->fact[i], *f = &m->fact[i];
        if (e->t != f->t || e->kind != f->kind || e->sub != f->sub ||
            e->cpu != f->cpu || e->proc != f->proc || e->val != f->val)
            return false;
    }
    return a->cut || b->cut || n->count == m->count;
}

struct count {
    int told, found;
};

/* The engine's facts of the scene, of which it is told otherwise. */
static bool lied(struct trial *t, const char *policy, uint64_t seed,
                 unsigned how, lie_told *tell)
{
    struct trial other = {0};
    bool could = trial_load(&other, policy, seed, how) &&
                 tell(other.scenario);
    if (could) {
        trial_schedule(&other, NULL);
        t->facts = other.facts;
        t->until = other.until;
        t->cut = other.cut;
        other.facts = (struct facts){0};
    }
    trial_free(&other);
    return could;
}

static void lie_once(const char *policy, uint64_t seed, unsigned how,
                     lie_told *tell, struct count *n)
{
    struct trial truth = {0}, t = {0};
    NEED(trial_load(&truth, policy, seed, how));
    NEED(trial_load(&t, policy, seed, how));
    trial_schedule(&truth, NULL);
    if (lied(&t, policy, seed, how, tell) && !is_same(&t, &truth)) {
        trial_judge(&t);
        n->told++;
        n->found += t.illegal;
    }
    trial_free(&truth);
    trial_free(&t);
}

TEST("an engine that is told otherwise is found out, key by key")
{
    for (size_t k = 0; k < sizeof lies / sizeof *lies; k++)
        for (int i = 0; i < trial_policy_count; i++) {
            struct count n = {0, 0};
            if (!trial_is(trial_policies[i], lies[k].policies))
                continue;
            uint64_t seeds = lies[k].rare ? RARE : SEEDS;
            for (uint64_t seed = 1; seed <= seeds; seed++)
                lie_once(trial_policies[i], seed, lies[k].rare ? 0 : SCENE_SMALL,
                         lies[k].tell, &n);
            test_case("%s, %s", trial_policies[i], lies[k].name);
            EXPECT(n.told > 0);
            EXPECT_EQ_INT(n.found, n.told);
        }
}
