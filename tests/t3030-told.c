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

static const struct {
    const char *name, *policies;
    lie_told *tell;
    bool open; /* rounding, or a slice that nobody sees the end of, may hide it */
    bool rare; /* it takes many large scenes until it matters */
} lies[] = {
    {"quantum", "rr lottery stride xv6 priority", longer_quantum, false, false},
    {"no aging", "priority", no_aging, false, false},
    {"aging by more", "priority", faster_aging, false, false},
    {"aging later", "priority", later_aging, false, false},
    {"no inheritance", "priority", no_inheritance, false, true},
    {"preemptive", "priority", preemption, false, false},
    {"less urgent", "priority", less_urgent, false, false},
    {"no boost", "mlfq", no_boost, true, false},
    {"boost later", "mlfq", later_boost, true, false},
    {"top quantum", "mlfq", longer_top, false, false},
    {"top allotment", "mlfq", longer_allotment, false, false},
    {"io_keeps_slice", "mlfq", io_keeps_slice, false, false},
    {"io_to_front", "mlfq", io_to_front, false, false},
    {"demote_alone", "mlfq", demote_alone, false, false},
    {"latency", "cfs", latency, true, false},
    {"min_granularity", "cfs", granularity, true, false},
    {"nicer", "cfs", nicer, true, false},
    {"slice", "eevdf", longer_slice, true, false},
    {"first guess", "sjf srtf", first_guess, true, false},
    {"no guess", "sjf srtf", no_guess, true, false},
    {"other seed", "lottery", other_seed, false, false},
    {"more tickets", "lottery", more_tickets, false, false},
    {"more tickets", "stride", more_tickets, true, false},
    {"later deadline", "edf", later_deadline, false, false},
    {"expired_first", "rr mlfq xv6", expired_first, false, false},
    {"no steal", "fcfs rr sjf hrrn edf rm xv6", no_steal, false, false},
    {"free switches", "fcfs sjf srtf hrrn rr lottery xv6 edf rm mlfq",
     free_switches, false, false},
    {"free moves", "fcfs sjf srtf hrrn rr lottery xv6 edf rm mlfq",
     free_moves, false, false},
    {"no affinity", "fcfs sjf srtf hrrn rr lottery xv6 edf rm mlfq",
     no_affinity, false, false},
};

static bool is_one_of(const char *policy, const char *policies)
{
    const char *p = strstr(policies, policy);
    size_t n = strlen(policy);
    return p && (p == policies || p[-1] == ' ') && (p[n] == ' ' || !p[n]);
}

/* Whether the same happened to the same at the same time. */
static bool is_same(const struct facts *a, const struct facts *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        const struct event *e = &a->fact[i], *f = &b->fact[i];
        if (e->t != f->t || e->kind != f->kind || e->sub != f->sub ||
            e->cpu != f->cpu || e->proc != f->proc || e->val != f->val)
            return false;
    }
    return a->count == b->count;
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
    if (lied(&t, policy, seed, how, tell) && !is_same(&t.facts, &truth.facts)) {
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
            if (!is_one_of(trial_policies[i], lies[k].policies))
                continue;
            uint64_t seeds = lies[k].rare ? RARE : SEEDS;
            for (uint64_t seed = 1; seed <= seeds; seed++)
                lie_once(trial_policies[i], seed, lies[k].rare ? 0 : SCENE_SMALL,
                         lies[k].tell, &n);
            test_case("%s, %s", trial_policies[i], lies[k].name);
            EXPECT(n.told > 0);
            if (lies[k].open)
                EXPECT(4 * n.found >= 3 * n.told);
            else
                EXPECT_EQ_INT(n.found, n.told);
        }
}
