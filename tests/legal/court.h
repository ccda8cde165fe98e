/* Inside of the court: what its files share.
 *
 * court.c   the loop over instants; what must hold at the end of each
 * facts.c   one fact after the other: may it happen now
 * turns.c   who gets a CPU, and for how long
 * decide.c  who may be taken, and who may be taken away
 * work.c    what programs still have to do
 * calls.c   what calls have come to, and who holds which lock
 * stops.c   whoever is stopped or killed, and goes on
 * laws.c    the policies with a simple order; urgent.c priority, feedback.c
 *           mlfq, shares.c stride and cfs, lags.c eevdf
 *
 * Figures between ticks are whole numbers of steps, as many to a tick as the
 * handbook says. */
#ifndef TIMESLICE_TESTS_LEGAL_COURT_H
#define TIMESLICE_TESTS_LEGAL_COURT_H

#include "sim/model/state.h"
#include "sim/scenario/ops.h"
#include "tests/legal/legal.h"

__extension__ typedef __int128 wide;

#define NOBODY (-1)

/* How somebody has come to be ready. */
enum entrance {
    BY_ARRIVAL, BY_WAKE, BY_ACTIVATION, BY_SLICE, BY_PREEMPTION, BY_YIELD,
    BY_BOOST
};

/* Whether it comes from outside of the competition. */
static inline bool from_outside(enum entrance by)
{
    return by <= BY_ACTIVATION;
}

/* What somebody running has to do before the instant is over. */
enum due { DUE_NOTHING, DUE_BLOCK, DUE_YIELD, DUE_EXIT, DUE_CALL };

enum { ROUNDS_MAX = 8, LOCKS_MAX = 8 };

/* A place in a program, and in its loops. */
struct place {
    int pc;
    int64_t round[ROUNDS_MAX];
};

struct man {
    int def;
    int number; /* of its definition */
    enum state state;
    tick arrival, since;
    int home;     /* its ready queue */
    int cpu;      /* it runs there, or is being switched to: */
    bool chosen;  /* … the latter */
    int last_cpu;
    tick spent[STATE_COUNT];

    struct place at; /* the op it is in … */
    bool fetched;   /* … which has begun, and needs */
    tick left;      /* … so many ticks more */
    enum due due;
    bool rests;     /* it sleeps, or will, between two jobs */
    tick until;     /* asleep; or DUE_BLOCK: will be. TICK_NEVER: in a call */
    bool asleep;    /* in some op … */
    bool answered;  /* … of which it is known what it came to */
    tick owed;      /* ticks of CPU of all ops begun so far */
    tick signalled; /* when, by a kill */
    bool pending;   /* some signal reaches it when it goes on */
    int nice;
    int holds[LOCKS_MAX]; /* how often it has taken each semaphore */
    int64_t asked;  /* when it fell asleep, in order */
    tick used;      /* of this burst */
    int64_t job;
    bool dispatched_now; /* at this instant */

    tick joined;    /* its line, when, */
    int64_t place;  /* … where */
    enum entrance by; /* … and how */
    bool unsaid;    /* boosted, and its slice has not been told */
    int moved_from; /* … boosted from which level */

    tick slice, ran; /* 0: none */

    wide aged; /* priority: by so much, while it runs */
    int level;       /* mlfq, */
    tick allotted, rest; /* … ticks of allotment used; rest of quantum */
    wide base;      /* virtual time where this stretch began, … */
    tick served;    /* … and ticks since */
    wide left_out;  /* stride: what is less than a step, in parts of it */
    wide lag, deadline; /* eevdf */
    tick request;       /* … ticks of it left */
    wide guess;         /* sjf, srtf: the next burst */
};

struct seat {
    int man;  /* who runs, NOBODY */
    int next; /* who is being switched to */
    tick switched;
    tick vacated; /* by the last preemption */
    int last;
};

struct court;

/* A policy's definition. What is NULL does not exist for it. */
struct law {
    const char *name;
    bool in_line;   /* ties: by place in the line, not by arrival */
    /* Whether a is better than b whatever the ties. */
    bool (*better)(struct court *c, int a, int b);
    /* Whether a, ready, may take the CPU of b, running. */
    bool (*beats)(struct court *c, int a, int b);
    /* Which of two who run is to lose its CPU last; NULL: as `better` says. */
    bool (*worthier)(struct court *c, int a, int b);
    /* Somebody is taken for CPU `cpu` out of `queue`; instead of `better`. */
    bool (*picks)(struct court *c, int cpu, int queue, int man);
    tick (*slice)(struct court *c, int man);
    /* Its slice is over; others are ready. It may have another. */
    bool (*renews)(struct court *c, int man);
    bool must_renew; /* … and has to have it */
    void (*slice_over)(struct court *c, int man);
    void (*enters)(struct court *c, int man, enum entrance by);
    void (*starts)(struct court *c, int man);
    void (*ran)(struct court *c, int man, tick ticks);
    /* It leaves the CPU, has a new slice, or is about to weigh another. */
    void (*stretch_ends)(struct court *c, int man);
    /* It goes over from its queue to that of another CPU. */
    void (*moves)(struct court *c, int man, int to);
    /* It blocks or ends. */
    void (*leaves)(struct court *c, int man);
    /* It, running or ready, is stopped, or killed. */
    void (*stops)(struct court *c, int man);
    /* Behind the work that ends at an instant. */
    void (*instant)(struct court *c);
    tick (*next)(struct court *c);
};

struct court {
    const struct scenario *sc;
    const struct law *law;
    enum tightness tight;
    struct str *why;
    bool over; /* there was a breach */
    tick now;
    struct man man[LEGAL_PROCS_MAX];
    int men;
    struct seat seat[CPUS_MAX];
    int cpus;
    int64_t head, tail; /* places in lines */
    int64_t asked;
    int phase, phase_last; /* order within an instant */
    bool begun;            /* law->instant was called at this one */
    uint64_t dice;
    int drawn;
    bool may; /* ties are open, and we ask what may be, not what must */
    int maker;           /* of the set of semaphores; NOBODY: there is none */
    int64_t value[LOCKS_MAX];
    bool no_lock[LOCKS_MAX]; /* more was given than taken: it counts */
    int64_t stamp, lent_at;  /* moves whenever anything has changed */
    wide urgency[LEGAL_PROCS_MAX]; /* with what is lent, as of lent_at */
    struct {
        int64_t at; /* … as of that stamp */
        wide weights, weighed;
    } all[CPUS_MAX]; /* eevdf, queues: all who compete */
    wide last[CPUS_MAX]; /* queues: the last least virtual time */
    wide mean[CPUS_MAX]; /* … and mean */
};

/* A breach of the law: a sentence. */
void breach(struct court *c, const char *format, ...) PRINTF_LIKE(2, 3);
/* "B.2" in a static buffer of a few. */
const char *called(const struct court *c, int man);

static inline const struct process_def *def_of(const struct court *c, int man)
{
    return &c->sc->processes[c->man[man].def];
}

/* Steps of a figure to a tick. */
static inline wide step_count(const struct court *c)
{
    return (wide)1 << c->sc->scheduler.fraction_bits;
}

static inline bool is_tight(const struct court *c)
{
    return c->tight == DOCUMENTED_TIES;
}

static inline bool runs(const struct court *c, int man)
{
    return c->man[man].state == RUNNING;
}

/* Ready, and no CPU is switching to it. */
static inline bool waits(const struct court *c, int man)
{
    return c->man[man].state == READY && !c->man[man].chosen;
}

static inline bool allowed_on(const struct court *c, int man, int cpu)
{
    return def_of(c, man)->affinity >> cpu & 1;
}

/* Of its queue; also whom a CPU is switching to. */
static inline bool competes(const struct court *c, int man, int queue)
{
    const struct man *m = &c->man[man];
    return (m->state == READY || m->state == RUNNING) && m->home == queue;
}

static inline int queue_at(const struct court *c, int cpu)
{
    return c->sc->scheduler.per_cpu ? cpu : 0;
}

/* The order of an instant; with expired_first slices end before arrivals. */
enum phase_of_instant {
    PHASE_WORK_ENDS = 10,
    PHASE_BOOST = 15,
    PHASE_EXPIRED_FIRST = 20,
    PHASE_ARRIVALS = 30,
    PHASE_ADMISSION = 31,
    PHASE_TIMERS = 40,
    PHASE_ACTIONS = 45,
    PHASE_SLICES = 50,
    PHASE_DISPATCH = 60
};

/* It sleeps for the clock, not in a call or in the line of a device. */
static inline bool is_timed(const struct man *m)
{
    return m->until != TICK_NEVER;
}

/* ---- facts.c ---- */
/* Work that ends at this instant has ended. */
void end_of_work(struct court *c);
int phase_of_slices(const struct court *c);
/* The fact belongs to `phase`, where it is the `number`-th. */
void in_phase(struct court *c, int phase, int64_t number);
void enter(struct court *c, int man, enum state to);
void becomes_ready(struct court *c, int man, enum entrance by);
/* At its end: its states add up to its life, its work to its time on a CPU. */
void judge_spent(struct court *c, int man);
/* A signal that has waited reaches it. */
void hears(struct court *c, int man);
void fact_judge(struct court *c, const struct event *e);

/* ---- turns.c ---- */
void judge_slice_over(struct court *c, int man);
void judge_slice(struct court *c, const struct event *e);
void judge_dispatch(struct court *c, const struct event *e);
void judge_switch(struct court *c, const struct event *e);
void judge_preempted(struct court *c, int man);

/* ---- stops.c ---- */
void judge_stop(struct court *c, int man, enum transition how);
void judge_activation(struct court *c, int man);
void judge_resleep(struct court *c, int man);

/* ---- decide.c ---- */
/* Whether somebody else than `man` waits in its queue who may run on `cpu`;
 * with a law's own condition. */
typedef bool other_test(struct court *c, int other, int man);
bool other_waits(struct court *c, int man, other_test *test);
void decide(struct court *c, int cpu, int man);
/* Whether `cpu` may take `man` out of `queue`. */
bool can_take(const struct court *c, int cpu, int queue, int man);
/* Whether a is to be taken before b, ties included. */
bool stands_before(struct court *c, int a, int b);
/* Whether `man`, who waits, is the one to be taken next by `cpu`. */
bool is_first(struct court *c, int man, int cpu);
void judge_preemption(struct court *c, int man);
void judge_end(struct court *c);
/* The cost of a switch of `cpu` to `man`. */
tick switch_cost(const struct court *c, int cpu, int man);
void join_line(struct court *c, int man, enum entrance by, bool at_head);

/* ---- work.c ---- */
void work_goes_on(struct court *c, int man);
/* It goes on behind the op it slept in. */
void work_wakes(struct court *c, int man);
bool is_call(enum verb verb);
/* Ticks of the next burst, or what is left of it. */
tick work_burst(const struct court *c, int man);
/* Of the job that is on, or comes next; TICK_NEVER: none. */
tick work_deadline(const struct court *c, int man);
tick work_release(const struct court *c, int man, int64_t job);

/* ---- calls.c ---- */
void call_returns(struct court *c, const struct event *e);
void semaphore_changes(struct court *c, const struct event *e);
void judge_calls(struct court *c);
/* Which semaphore it sleeps for; NOBODY: none. */
int lock_awaited(const struct court *c, int man);
/* Whether somebody's call, or the user, does that to it now. */
bool is_told(const struct court *c, int man, enum transition how,
             bool *by_user);
bool forks_now(const struct court *c, int parent, int def);

/* ---- shares.c ---- */
/* All in steps. */
wide virtual_of(const struct court *c, int man);
/* What `ticks` of CPU add to it. */
wide virtual_ticks(const struct court *c, int man, tick ticks);
void stretch_ends(struct court *c, int man);
int64_t weight_of(const struct court *c, int man);
/* a / by, rounded down. */
wide share(wide a, wide by);

extern const struct law law_fcfs, law_sjf, law_srtf, law_hrrn, law_rr,
    law_priority, law_mlfq, law_lottery, law_stride, law_cfs, law_eevdf,
    law_edf, law_rm, law_xv6;

#endif
