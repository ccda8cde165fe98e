/* A scheduling policy: who runs next, for how long, and who may interrupt.
 *
 * A policy is a constant record of functions that read the world and answer;
 * the engine does the rest. What a policy has to remember of a process are its
 * figures (sim/model/figure.h): they lie in the world, and the policy changes
 * them by saying events, as the engine does. Adding a policy is a file here and
 * its line in sim/scenario/policies.def.
 *
 * Words: a *group* is the CPUs that share a ready queue (all of them, or with
 * "queues": "per-cpu" each its own), and what *competes* in it are its ready and
 * its running processes, those included that a CPU is being switched to. */
#ifndef TIMESLICE_POLICY_H
#define TIMESLICE_POLICY_H

#include "sim/base/heap.h"
#include "sim/base/lang.h"
#include "sim/model/figure.h"
#include "sim/model/world.h"

#include <stdbool.h>

struct policy;
struct index_kind;

/* A policy at work in a run. Whoever has one fills in the first part; the rest
 * is sched_init's. */
struct sched {
    const struct world *w;
    const tick *now; /* the present time */
    void *to; /* whose `say` it is */
    void (*say)(void *to, struct event e); /* appends and applies, as of now */

    const struct policy *policy;
    const struct scheduler *keys; /* of the scenario, as of now */
    void *index;  /* of the ready, kept by policy->index; NULL: it has none */
    void *own;    /* what the policy found out besides; NULL: nothing yet */
    struct heap timers; /* the policy's own; entries may be out of date */
    bool affine;  /* some process may not run everywhere */
    bool watches; /* changes of state matter to the policy, or to its queues */
    /* An idle CPU takes the head of the only line, everybody for the same
     * `slice`, and nothing else is to be asked or paid for. */
    bool plain;
    tick slice;
};

/* How the ready of a policy are kept in order, beside the world: everything in
 * it can be found again from the world. */
struct index_kind {
    void *(*begin)(const struct sched *s);
    void (*end)(void *index);
    /* `proc` has become ready, in its line; it is not ready any more. */
    void (*add)(struct sched *s, int proc);
    void (*remove)(struct sched *s, int proc);
    /* Who is next in `group` for CPU `cpu` (NONE: nobody may run there); and
     * who would be, on any CPU, if `but` were not there, or NONE if that is not
     * known without looking for it. Without `but` (NONE) that is always known. */
    int (*best)(struct sched *s, int group, int cpu);
    int (*second)(struct sched *s, int group, int but);
    /* For an index in which a draw decides, and nobody is second: who is in it,
     * in the order in which the draw counts through them. NULL: `second` says. */
    int (*listed)(struct sched *s, int group, int *to, int room);
};

struct policy {
    const char *name; /* as in SCENARIO.md: "rr" */
    struct text title, about;
    const struct index_kind *index; /* NULL: the lines of the world */

    /* What the ready are sorted by, least first, where index is ready_by_key.
     * Equal ones: by age (who was created first), or as they stand in line. */
    int64_t (*key)(const struct sched *s, int proc);
    bool ties_in_line;
    /* `proc` is among the ready that are sorted so, and waits from now on. */
    void (*waits)(struct sched *s, int proc);

    /* The slice `proc` is dispatched with on `cpu`, or goes on with, in ticks;
     * 0 or NULL: none. */
    tick (*slice)(const struct sched *s, int proc, int cpu);
    /* Whether `a`, ready, takes the CPU from `b`, running. NULL: never. */
    bool (*preempts)(const struct sched *s, int a, int b);
    /* Whether preempts need only be asked about who became ready just now. */
    bool only_newcomers;
    /* Whether of two that run, `a` should rather stop. With preempts only. */
    bool (*worse)(const struct sched *s, int a, int b);
    /* The slice of `proc` is over and others are ready: whether it goes on all
     * the same. NULL: no. */
    bool (*goes_on)(struct sched *s, int proc, int cpu);
    /* The slice is over and it goes on anyway, alone: it begins a new one. */
    void (*renews)(struct sched *s, int proc);
    /* `proc`, running, is about to leave its CPU. */
    void (*leaves)(struct sched *s, int proc, enum transition how);
    /* `proc`, ready, is about to be suspended or killed. */
    void (*withdraws)(struct sched *s, int proc);
    /* `proc` is about to become ready. */
    void (*joins)(struct sched *s, int proc, enum transition how);
    /* `proc`, ready, is about to go over from the line of its group to that of
     * group `to`. */
    void (*moves)(struct sched *s, int proc, int to);
    /* `proc`, running, is about to change its niceness. */
    void (*reweighs)(struct sched *s, int proc);
    /* `proc`, in its line, was picked and is about to get `cpu`. */
    void (*chosen)(struct sched *s, int proc, int cpu);
    /* When the policy itself acts next (TICK_NEVER: never), and what it does
     * then: behind the work that ends at that instant. */
    tick (*next)(struct sched *s);
    void (*acts)(struct sched *s);
    /* Before CPUs are given away: what follows from who waits for whom. */
    void (*settles)(struct sched *s);
    /* Frees s->own. NULL: the policy has nothing there. */
    void (*forgets)(struct sched *s);
    /* Whether its dispatches are told by its own numbers (WHY_POLICY). */
    bool tells;
};

/* All of them, by enum policy_name. */
extern const struct policy *const policies_all[POLICY_COUNT];

/* ---- a policy at work ---- */

/* From the world as it is now. */
void sched_init(struct sched *s);
/* The world is another: after going back, or by an event POLICY. */
void sched_renew(struct sched *s);
/* The same, but with nobody in its index yet. */
void sched_begin_empty(struct sched *s);
void sched_free(struct sched *s);

/* Whether `proc` may run on `cpu`. */
static inline bool sched_allows(const struct sched *s, int proc, int cpu)
{
    if (!s->affine)
        return true;
    int def = s->w->proc[proc].def;
    return s->w->scenario->processes[def].affinity >> cpu & 1;
}

/* The head of the lines of a group, the first line first. */
int sched_first_in_line(struct sched *s, int group, int cpu);

/* Who has `cpu`, or is about to: it is being switched to. NONE: nobody. */
static inline int sched_on(const struct sched *s, int cpu)
{
    const struct cpu *c = &s->w->cpu[cpu];
    return c->proc != NONE ? c->proc : c->next;
}

/* The next process for `cpu`, NONE: there is none. */
static inline int sched_best(struct sched *s, int group, int cpu)
{
    const struct index_kind *index = s->policy->index;
    if (index)
        return index->best(s, group, cpu);
    int first = s->affine ? NONE : s->w->ready[group * READY_LINES].head;
    return first != NONE ? first : sched_first_in_line(s, group, cpu);
}
/* Who comes behind it, if that is known at once; else NONE. */
int sched_second(struct sched *s, int group, int but);

/* Writes who is ready in `group` in the order in which they would be chosen at
 * that moment; at most `room`, returns how many. Where a draw decides: in the
 * order of their tickets' numbers. For people: it looks at everybody. */
int policy_order(struct moment at, int group, int *to, int room);

/* ---- for the pages ---- */

/* proc's figure `which` is `value` from now on. */
void sched_figure(struct sched *s, int proc, int which, int64_t value);

/* The slice of a policy that has `quantum`. */
tick sched_quantum(const struct sched *s, int proc, int cpu);

/* Keeps the ready sorted by policy->key. */
extern const struct index_kind ready_by_key;
/* The weights of all that are ready in a group, together. */
int64_t ready_weight(const struct sched *s, int group);
/* `proc`, ready, has another key; among equals it keeps its place. */
void ready_rekey(struct sched *s, int proc);
/* The least key of a group; `none` if nobody is ready in it. */
int64_t ready_least_key(const struct sched *s, int group, int64_t none);

/* ---- for the fair ones: stride, cfs, eevdf ---- */

/* Virtual times begin where the others are, so that nobody is owed what he did
 * not compete for. The least virtual time in `group`, of the ready and of the
 * running as `of` counts them, or where its clock stands. */
int64_t fair_least(const struct sched *s, int group,
                   int64_t (*of)(const struct world *w, int proc, tick now));
/* `proc` leaves for good or to sleep: if nobody is left in its group, the
 * group's clock stands at `at`. */
void fair_leave_clock(struct sched *s, int proc, int64_t at);
/* `proc`, which stands at `own`, is about to go over to the group `to`: where it
 * stands there, as far from the least of those who compete as it is here. What
 * it is ahead of them is kept (Linux: min_vruntime in migrate_task_rq_fair). If
 * nobody is left behind it, its group's clock stands at `own`. */
int64_t fair_moved(struct sched *s, int proc, int to, int64_t own,
                   int64_t (*of)(const struct world *w, int proc, tick now));
/* Whether a ready one comes from outside of the competition. */
bool fair_is_newcomer(enum transition how);

#endif
