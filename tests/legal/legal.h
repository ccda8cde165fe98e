/* Whether a schedule is legal: the policy's definition held against what a run
 * says it did, at every instant.
 *
 * The court knows the scenario and the facts of the run: who was in which
 * state on which CPU at what time (CREATE, STATE, EXIT, BLOCK, SLICE, SWITCH).
 * Bursts, ratios, levels, virtual times and all other figures it works out by
 * itself, from the scenario; it shares no line with sim/engine and sim/policy.
 *
 * It goes through programs by itself: how long a burst is, when a sleep is over,
 * how often a loop comes round. What a call comes to (a lock is free or not, a
 * pipe has bytes, a child has ended) it takes from witnesses: OP says that a
 * call has returned, SEM and SEMSET what it did to a semaphore. That these are
 * true is another trial's matter, with the kernel as the judge (tests/differ).
 * Who holds a lock, and whose urgency is lent to whom, is worked out here. */
#ifndef TIMESLICE_TESTS_LEGAL_LEGAL_H
#define TIMESLICE_TESTS_LEGAL_LEGAL_H

#include "sim/base/str.h"
#include "sim/model/event.h"
#include "sim/model/trace.h"
#include "sim/scenario/scenario.h"

#include <stdbool.h>
#include <stddef.h>

enum { LEGAL_PROCS_MAX = 128 };

enum tightness {
    ANY_TIE,        /* whatever the definition leaves open is legal */
    DOCUMENTED_TIES /* … is as documented: order, ties, victims */
};

struct facts {
    struct event *fact;
    size_t count, room;
};

/* Appends one fact. */
void facts_add(struct facts *f, struct event e);
/* The facts of a trace. */
void facts_take(struct facts *f, const struct trace *tr);
void facts_free(struct facts *f);
/* Who ran when: "0: A 0-3 B 3-5\n1: …", stretches of the same as one. */
void facts_gantt(const struct scenario *sc, const struct facts *f, int cpus,
                 struct str *out);

/* Whether the schedule, which covers the time up to and including `until`, is
 * legal. If not, `why` gets one sentence about the first breach. */
bool legal(const struct scenario *sc, const struct facts *f, tick until,
           enum tightness tight, struct str *why);

/* Whether the court can judge that scenario at all; `why` says what not. */
bool legal_knows(const struct scenario *sc, struct str *why);

/* ---- scenes.c: scenarios to judge ---- */

enum {
    SCENE_SMALL = 1, /* no number is so large that ticks cannot be counted */
    SCENE_PLAIN = 2, /* one CPU, switches are free, bursts */
    SCENE_SIMPLE = 4, /* no calls but cpu, io, sleep and yield; no actions */
    SCENE_LOCKS = 8 /* everybody takes locks, and priorities are inherited */
};

/* A random scenario under `policy`, as JSON; the same seed, the same text.
 * Returns how long it is to be run at most. */
tick scene(const char *policy, uint64_t seed, unsigned how, struct str *json);

/* The same, where `bytes` decide: SCENE_PART of them for how large
 * it is, for the machine, for the scheduler, for what a user does, and for each
 * process. Where a part is
 * used up, or not there, its last byte goes on as dice. */
enum { SCENE_PART = 48 };
tick scene_of(const char *policy, const uint8_t *bytes, size_t length,
              struct str *json);

/* ---- naive.c: a scheduler that goes tick by tick, and its lies ---- */

enum lie {
    NO_LIE,
    LIE_PICK,    /* the worst of those ready instead of the best */
    LIE_SWAP,    /* two dispatches after each other change places */
    LIE_LONGER,  /* a slice (or, without slices, a burst) one tick longer */
    LIE_SHORTER, /* a slice one tick shorter */
    LIE_IDLE,    /* a CPU takes nobody for a tick */
    LIE_TARDY,   /* nobody is preempted for a tick */
    LIE_COUNT
};

extern const char *const lie_names[LIE_COUNT];

/* Schedules `sc` up to and including `until` by the definitions alone, lying
 * once, at the `when`-th opportunity. Returns whether there was one. */
bool naive(const struct scenario *sc, tick until, enum lie lie, int when,
           struct facts *f);

#endif
