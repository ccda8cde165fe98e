/* Inside of the naive scheduler: its clock, its choices and its rules.
 *
 * It looks at everybody at every tick, counts in floating point (whole numbers of
 * steps, which are exact there as long as times are short), keeps nothing that
 * can be looked for, and shares nothing with the court. */
#ifndef TIMESLICE_TESTS_LEGAL_NAIVE_H
#define TIMESLICE_TESTS_LEGAL_NAIVE_H

#include "sim/model/state.h"
#include "sim/scenario/ops.h"
#include "tests/legal/legal.h"

struct job {
    const struct process_def *def;
    int index;
    enum state state;
    int cpu, last_cpu, queue; /* -1: none */
    bool chosen;     /* a CPU is switching to it */
    int pc;
    tick left;       /* of the op */
    bool in_op;
    tick arrival, wakes, since; /* since: ready */
    bool newcomer;   /* became ready at this very tick */
    int64_t asked;
    double place;
    int64_t number;  /* of its periodic job */
    tick slice_left; /* -1: no slice */
    tick burst;      /* ticks of this burst so far */
    long double aged;     /* priority it was dispatched with */
    int level;
    tick used, rest;
    long double v, lag, d, guess; /* in steps */
    long double from, left_out;   /* v when this stretch began; stride: what v
                                     leaves out, in parts of a step */
    tick stretch, request;
};

struct naive {
    const struct scenario *sc;
    const struct scheduler *s;
    struct facts *f;
    tick now;
    struct job job[LEGAL_PROCS_MAX];
    int jobs, cpus;
    int on[CPUS_MAX], next[CPUS_MAX], last[CPUS_MAX];
    tick switched[CPUS_MAX];
    double tail, head;
    int64_t asked;
    uint64_t dice;
    int drawn;
    long double floor[CPUS_MAX]; /* of each queue: the last virtual time */
    enum lie lie;
    int when;     /* opportunities to come before it */
    bool lied;
    int owed;     /* swapped: he is next, -1 */
    tick tardy;   /* nobody is preempted at this tick; -1 */
    tick idle;    /* nobody is taken at this tick; -1 */
};

/* ---- naive.c ---- */
/* Whether to lie here and now. */
bool naive_lies(struct naive *n, enum lie lie);
void naive_say(struct naive *n, enum event_kind kind, int sub, int cpu,
               int proc, int64_t val);
void naive_changes(struct naive *n, struct job *j, enum transition how,
                   int64_t val);
/* j, running, has no work left in its op. */
void naive_goes_on(struct naive *n, struct job *j);
void naive_grant(struct naive *n, struct job *j);
/* Whether somebody waits whom j keeps from its CPU. */
bool naive_others_wait(const struct naive *n, const struct job *j);

/* ---- naive_dispatch.c ---- */
void naive_dispatch(struct naive *n);

/* ---- naive_rules.c ---- */
bool naive_is(const struct naive *n, const char *policies);
/* Numbers, the smallest first: who of those ready comes before whom. */
struct rank {
    long double key[3];
};
struct rank naive_rank(const struct naive *n, const struct job *j);
/* < 0: a first. `keys` of them are looked at. */
int rank_compare(struct rank a, struct rank b, int keys);
tick naive_slice(struct naive *n, struct job *j);
bool naive_beats(const struct naive *n, const struct job *a,
                 const struct job *b);
/* j becomes ready: from `how` (a transition, T_ADMIT …). */
void naive_enters(struct naive *n, struct job *j, enum transition how);
void naive_leaves(struct naive *n, struct job *j);
void naive_tick(struct naive *n, struct job *j);
/* Its slice is over; returns whether it stays where it is. */
bool naive_stays(struct naive *n, struct job *j);
void naive_boost(struct naive *n);
tick naive_burst(const struct naive *n, const struct job *j);
tick naive_due(const struct naive *n, const struct job *j);

/* ---- naive_fair.c ---- */
bool naive_in_queue(const struct job *j, int q);
long double naive_weight(const struct job *j);
/* Of all in queue q but one (NULL: of all). */
long double naive_weights(const struct naive *n, int q, const struct job *but);
/* Ticks in steps; and what they add to the virtual time of j. */
long double naive_steps(const struct naive *n, tick ticks);
long double naive_worth(const struct naive *n, const struct job *j, tick ticks);
/* A stretch of j on the CPU is over. */
void naive_counts(struct naive *n, struct job *j);
bool naive_is_eligible(const struct naive *n, const struct job *j);
void naive_request(struct naive *n, struct job *j);
/* j joins the competition in its queue; it leaves, with its lag. */
void naive_joins(struct naive *n, struct job *j);
void naive_note_lag(struct naive *n, struct job *j);
/* j, ready, goes over to queue `to`. */
void naive_moves(struct naive *n, struct job *j, int to);

/* Whether j could be taken out of queue q for `cpu`. */
bool naive_ready(const struct naive *n, const struct job *j, int cpu, int q);

#endif
