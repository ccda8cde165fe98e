/* Inside of the engine: what its files and the mechanisms share.
 *
 * engine.c   the loop over instants, in the normative order of SCENARIO.md
 * program.c  a running process goes from op to op
 * admit.c    memory and process slots: who may come in
 * dispatch.c slices that end, preemption, who gets a CPU
 * hears.c    the policy hears of what happens
 * jobs.c     periodic processes and deadlines
 * end.c      processes end: exit, kill, zombies, orphans, deadlock
 * live.c     the step that real processes are asked to confirm
 * race.c     a step with more than one allowed outcome
 *
 * The mechanisms (sim/mech) carry the ops out through the functions below.
 * Everybody reads the world and changes it only by emit(). */
#ifndef TIMESLICE_ENGINE_H
#define TIMESLICE_ENGINE_H

#include "sim/base/heap.h"
#include "sim/base/str.h"
#include "sim/policy/policy.h"
#include "sim/scenario/ops.h"
#include "sim/sim.h"

#include <string.h>

/* A result that the model has and the real process cannot give yet: it is
 * stopped (frame NONE), or first has to leave the handler in frame `frame`. */
struct owed {
    struct step_result result;
    int frame;
};

enum { CHOICES_MOST = 64 }; /* in one step */

/* What it takes to do the step under way once more, with other choices. */
struct race {
    bool kept; /* the rest means something */
    struct world before;
    size_t events, bytes; /* of the trace, before */
    struct step step;     /* as step_begin left it */
    struct owed *owed;
    size_t owed_count, owed_room;
    struct choice {
        uint16_t taken, among;
    } choice[CHOICES_MOST];
    int made;  /* by this attempt */
    int count; /* that are laid down for it, and those that came up since */
    int tries;
    bool asked; /* the kernel has done the step: */
    struct sight seen;
    bool in_vain; /* no outcome fits */
    int told[STEP_MANY], told_count; /* parents, in this attempt */
    int doubt; /* the first who was told twice; NONE */
    bool late; /* it is told at the end, about `news` */
    int news[STEP_MANY], news_count;
    int slow[STEP_MANY], slow_count; /* parents whose wait(2) looks at the end */
};

/* The step under way in a live run. */
struct live {
    const struct kernel *kernel; /* NULL: a run of the model alone */
    bool open;                   /* a step is being gathered */
    struct step step;
    struct step_result result[STEP_MANY];
    int dies[STEP_MANY], enters[STEP_MANY], stops[STEP_MANY], goes[STEP_MANY];
    int32_t payload[STEP_MANY]; /* of each result's data */
    struct str write;           /* bytes of the write */
    bool lost;                  /* the kernel side is gone for good */
    struct owed *owed;
    size_t owed_count, owed_room;
    struct race race;
};

struct sim {
    const struct scenario *scenario;
    struct trace trace;
    struct world world;
    struct sched sched;
    tick now;
    struct due { /* what comes next of each, as of the last look */
        tick work, slice, switching; /* some CPU's */
        tick policy;                 /* the policy's own doing */
    } due;
    struct heap deadlines; /* of jobs; entries may be out of date */
    struct heap timers; /* who wakes when; entries may be out of date */
    int32_t *arrivals;  /* definitions that arrive, by time */
    int arrival_count;
    int arrived;    /* how many of them have come */
    int32_t *forks; /* how many of each definition there are */
    int64_t instant_ops; /* that took no time, at this instant */
    struct live live;
    const char *plant; /* a wrong rule for the tests, or NULL */
    int64_t obeyed[RULE_COUNT]; /* how often each rule has decided something */
};

/* ---- saying what happens ---- */

/* Appends the event at the present time and applies it. (Inline, with the two
 * below, so that an event is written once, where it stays.) */
static inline void emit(struct sim *s, struct event e)
{
    e.t = s->now;
    world_apply(&s->world, &s->trace, trace_append(&s->trace, e));
}

/* The same for an event that no CPU has a part in, its fields written out:
 * SAY(s, .kind = EV_NICE, .proc = proc, .val = nice). */
#define SAY(s, ...) emit(s, (struct event){.cpu = NO_CPU, __VA_ARGS__})

/* The op of `proc` takes effect; `payload` are bytes it read (or
 * NO_PAYLOAD). */
void op_returns(struct sim *s, int proc, int64_t ret, enum errno_name error,
                int32_t payload);

/* `proc` falls asleep in its op, for `wait` on `obj`, `val` as in BLOCK. */
void op_sleeps(struct sim *s, int proc, enum wait_kind wait, int32_t obj,
               int64_t val);

/* The look of `proc` has come to nothing: it falls asleep; if it has slept
 * already, it goes back to the tail of the line. */
void op_sleeps_on(struct sim *s, int proc, enum wait_kind wait, int32_t obj);

/* The sleeper's op returns and it becomes ready. */
void op_wakes(struct sim *s, int proc, int64_t ret, enum errno_name error,
              int32_t payload, struct event why);

/* What the policy does about a change of state, before it is said and after
 * (hears.c). */
void policy_before(struct sim *s, int proc, enum transition how);
void policy_after(struct sim *s, int proc);

/* A STATE event's reason: what op_wakes and change_state take. */
static inline struct event reason(enum why why, int64_t aux, int64_t val)
{
    return (struct event){
        .obj = (int32_t)why, .aux = (int32_t)aux, .val = val, .cpu = NO_CPU};
}

static inline void say_state(struct sim *s, int proc, enum transition how,
                             struct event why)
{
    const struct task *t = &s->world.task[proc];
    uint16_t cpu = t->state == RUNNING ? (uint16_t)t->cpu : why.cpu;
    emit(s, (struct event){.kind = EV_STATE,
                           .sub = (uint8_t)how,
                           .cpu = cpu,
                           .proc = proc,
                           .obj = why.obj,
                           .aux = why.aux,
                           .val = why.val});
}

/* `proc` changes its state, and the policy is told. Most policies want to know
 * of nothing. (The event's fields go from here to their place one by one: put
 * together on the way, they would be read before they are all written, which
 * costs as much as the decision.) */
static inline void change_state(struct sim *s, int proc, enum transition how,
                                struct event why)
{
    if (s->sched.watches)
        policy_before(s, proc, how);
    say_state(s, proc, how, why);
    if (s->sched.watches)
        policy_after(s, proc);
}

/* What a sleeping call waited for has come while its process is stopped: the
 * process is woken (blocked-suspended to ready-suspended), the call itself is
 * tried again when it goes on. */
void wake_stopped(struct sim *s, int proc, struct event why);

/* The first process from `from` on that is stopped in a call that has to be
 * tried again, and has not been woken; NONE: there is none. */
int next_stopped(const struct sim *s, int from);

/* Whether the tests have planted this wrong rule (sim_plant). */
static inline bool is_planted(const struct sim *s, const char *rule)
{
    return s->plant && strcmp(s->plant, rule) == 0;
}

/* This rule of Linux has decided something just now. */
static inline void obey(struct sim *s, enum rule r)
{
    s->obeyed[r]++;
}

/* ---- questions ---- */

static inline enum state state_of(const struct sim *s, int proc)
{
    return (enum state)s->world.task[proc].state;
}

static inline bool is_stopped(const struct sim *s, int proc)
{
    return state_of(s, proc) == READY_SUSPENDED ||
           state_of(s, proc) == BLOCKED_SUSPENDED;
}

static inline bool has_stopped(const struct sim *s)
{
    return s->world.head->stop != STOP_NOT;
}

/* What follows from who waits for whom: at once, and before anything is
 * decided. */
static inline void policy_settles(struct sim *s)
{
    if (s->sched.policy->settles && !has_stopped(s))
        s->sched.policy->settles(&s->sched);
}

/* The op that `proc` is at. */
static inline const struct op *op_at(const struct sim *s, int proc)
{
    return &s->scenario->ops[s->world.task[proc].pc];
}

/* ---- program.c ---- */

/* The op at which `proc` is takes effect now. */
void carry_out(struct sim *s, int proc);
/* `proc`, running, goes on to the next op that needs the CPU or sleeps. */
void go_on(struct sim *s, int proc);
/* A process that handles a signal leaves the call it slept in; later, when the
 * handler is over, the call returns EINTR or what it had done, or begins anew.
 * See signal.c. */
void call_interrupted(struct sim *s, int proc, bool restart);
/* A stopped process's sleeping call is tried again. Returns false if it
 * sleeps on. */
bool call_again(struct sim *s, int proc);
/* Whether `proc` sleeps in a call that a stop disturbs: it loses its place. */
bool call_leaves_line(const struct sim *s, int proc);
/* Whether it sleeps in a call that a stop ends for good. */
bool call_ends_stopped(const struct sim *s, int proc);

/* A handler has run inside of a sleeping call. */
struct interruption {
    bool restart; /* the handler has SA_RESTART */
    int64_t ret;  /* what the call returns then: -1 … */
    enum errno_name error; /* … and EINTR, unless it is changed */
};

/* What becomes of a call that sleeps; program.c has one for each wait_kind. */
struct sleeping {
    /* Its process goes on after a stop: begins the call anew, at the tail of
     * the line. Returns whether it is over now. */
    bool (*again)(struct sim *s, int proc);
    /* It is interrupted by a handler that is over. Returns false if the call
     * begins anew. */
    bool (*interrupted)(struct sim *s, int proc, struct interruption *in);
    /* A stop has ended it already; `again` only says with what. */
    bool ends_stopped;
};
/* The text or the bytes of a write, filled in for `proc`. */
void op_text(const struct sim *s, int proc, const struct op *op,
             struct str *out);

/* ---- admit.c ---- */
void create_process(struct sim *s, int def, int parent);
void arrive(struct sim *s);
void admit_line(struct sim *s);
static inline void admit_waiting(struct sim *s)
{
    if (s->world.head->admission.head != NONE)
        admit_line(s);
}
enum refusal suspend(struct sim *s, int proc, struct event why);
enum refusal activate(struct sim *s, int proc, struct event why);

/* ---- dispatch.c ---- */
void end_slices(struct sim *s);
void dispatch(struct sim *s);

/* The slice that `proc` gets on `cpu` now; 0: none. */
static inline tick slice_for(const struct sim *s, int proc, int cpu)
{
    const struct policy *p = s->sched.policy;
    return p->slice ? p->slice(&s->sched, proc, cpu) : 0;
}

/* ---- hears.c ---- */
/* `proc`, running, is about to have another niceness. */
void reweigh(struct sim *s, int proc);
/* Another variant of the scheduler decides from now on. */
void change_policy(struct sim *s, int variant);
/* The policy at work, from the world as it is now. */
void begin_policy(struct sim *s);

/* ---- jobs.c ---- */
/* `proc` has been created: its deadlines are watched, one after the other. */
void deadlines_begin(struct sim *s, int proc);
/* A job of `proc` is over. Returns when the next one is released; TICK_NEVER: none is. */
tick job_end(struct sim *s, int proc);
/* The next deadline that somebody may miss; TICK_NEVER. */
tick deadline_next(struct sim *s);
/* Says who misses his deadline now. */
void deadlines_pass(struct sim *s);
/* The deadlines of a run that is taken up in the middle. */
void deadlines_find(struct sim *s);

/* ---- end.c ---- */
/* `proc` is over: kind 0 with exit code `value`, 1 by signal `value`, sent by
 * `by` (NONE: the user; see WHY_KILLED). */
void end_process(struct sim *s, int proc, int kind, int value, int64_t by);
/* `proc` has waited for the zombie `child`. */
void reap(struct sim *s, int child, int by);
void report_stop(struct sim *s);

/* ---- live.c ---- */
/* Begins to gather a step; nothing happens in a run of the model alone. */
void step_begin(struct sim *s, enum step_kind kind, int proc);
/* The same for a program that ends before the op at which it stands. */
void step_begin_end(struct sim *s, int proc);
/* The kernel does the gathered step; evidence and divergences are emitted.
 * Returns false when the kernel took another of the allowed outcomes: the
 * world is as it was at step_begin, and the step is to be carried out again.
 *     step_begin(…); do … while (!step_confirm(s)); */
bool step_confirm(struct sim *s);
/* The run stops: the kernel looks at the sleepers once more. */
void live_stop(struct sim *s);
/* Whether the results are the same, those of each process. */
bool step_same(const struct live *l, const struct sight *seen);
void step_result_add(struct sim *s, int proc, int32_t op, int64_t ret,
                     enum errno_name error, int32_t payload);
void step_dies(struct sim *s, int proc);
void step_enters(struct sim *s, int proc);
void step_stops(struct sim *s, int proc);
void step_goes_on(struct sim *s, int proc);
void step_leaves(struct sim *s, int proc);

/* ---- race.c ---- */
void race_begin(struct sim *s);
/* Which of `among` outcomes comes about at object `obj`: 0 is the one that a
 * model alone takes (who was woken first looks first). */
size_t race_choose(struct sim *s, enum race_kind kind, int obj, size_t among);
/* `parent` is to be told about `child`. Returns true if it is late in this
 * attempt, and will be told at the end of the step by race_tell_late. */
bool race_is_late(struct sim *s, int parent, int child);
void race_tell_late(struct sim *s);
/* The wait(2) of `parent` looks for a zombie only at the end of the step. */
void race_looks_late(struct sim *s, int parent);
/* The gathered step, if it was a race, is the outcome that came about. Else
 * the world is as it was at step_begin. */
bool race_settled(struct sim *s);
void race_free(struct race *r);

/* ---- timers (engine.c) ---- */
void timer_set(struct sim *s, int proc);

/* ---- the mechanisms ---- */

/* One function a verb, model_VERB(s, proc): does what the op at which `proc`
 * is does, and says so with op_returns or op_sleeps. */
#define OP(verb, group, mech, time, call, c, en, zh)                           \
    void model_##verb(struct sim *s, int proc);
#define ARG(verb, key, type, need, low, high)
#include "sim/scenario/ops.def"
#undef OP
#undef ARG

/* The signals that the rules speak of by name. */
enum { KILL = 9, SEGV = 11, CHLD = 17, CONT = 18, STOP = 19, TSTP = 20 };

/* signal.c. Sends `sig` to `target`; `by` as in the SIGNAL event. */
void signal_send(struct sim *s, int target, int sig, int64_t by);
/* `proc` has touched memory that is not there. */
void signal_fault(struct sim *s, int proc);
/* Pending signals that are blocked no longer reach `proc`. */
void signal_pending(struct sim *s, int proc);
/* `proc`, till now new, is admitted: what should have stopped it does so. */
void signal_admitted(struct sim *s, int proc);
/* `proc`, stopped, goes on: that is SIGCONT, also when the user does it. */
void signal_continues(struct sim *s, int proc);
/* The innermost handler of `proc` is over. */
void handler_returns(struct sim *s, int proc);
/* The parent of `proc` is told that it has ended, stopped or gone on. */
void signal_parent(struct sim *s, int proc);
/* The same for several children of one parent, who gets one signal for all. */
void signal_parent_once(struct sim *s, const int *proc, int count);

/* pipe.c. All descriptors of an ending process are closed. */
void pipe_close_all(struct sim *s, int proc);
/* The sleeping read or write of a process that was stopped, tried again. */
bool pipe_again(struct sim *s, int proc);
bool pipe_interrupted(struct sim *s, int proc, struct interruption *in);

/* msgq_line.c. A sleeping msgsnd or msgrcv. */
bool msgq_again(struct sim *s, int proc);
bool msgq_interrupted(struct sim *s, int proc, struct interruption *in);

/* fifo.c. The same for open(2). */
bool fifo_again(struct sim *s, int proc);
bool fifo_interrupted(struct sim *s, int proc, struct interruption *in);

/* sem.c. A sleeping semop; and what the end of a process gives back. */
bool sem_again(struct sim *s, int proc);
bool sem_interrupted(struct sim *s, int proc, struct interruption *in);
void sem_end(struct sim *s, int proc);

/* shm.c. `child`, just made, has the mappings of its parent; an ending process
 * has none any more. */
void shm_fork(struct sim *s, int parent, int child);
void shm_detach_all(struct sim *s, int proc);
/* shm_access.c. If `proc` is where a store or load has faulted, and may go on,
 * the instruction is tried again. */
void shm_fault_again(struct sim *s, int proc);

/* proc.c */
void device_done(struct sim *s, int proc);
void device_leave(struct sim *s, int proc);
bool wait_again(struct sim *s, int proc);
bool wait_interrupted(struct sim *s, int proc, struct interruption *in);
/* The sleeping wait of `proc` looks, and has one of its zombies. */
void wait_looks(struct sim *s, int proc);
/* `child` has ended: its parent may be waiting. */
void wait_tell(struct sim *s, int child);

#endif
