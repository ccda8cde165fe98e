/* A run: a scenario's processes under a policy, event by event.
 *
 * The engine decides what happens and says it with events; world_apply turns
 * them into the picture. Everything the engine needs to go on lies in the
 * world, so a run can be taken up from any keyframe.
 *
 * A live run has a `kernel` beside it: after each step that the model has
 * decided, real processes do the same, and what was seen of them is appended
 * as evidence. The engine does not know how (ipc/ does). */
#ifndef TIMESLICE_SIM_H
#define TIMESLICE_SIM_H

#include "sim/model/rules.h"
#include "sim/model/trace.h"
#include "sim/model/world.h"

#include <stdbool.h>

struct sim;
struct kernel;

/* A run at time 0 with nothing done yet. The scenario must outlive it. */
struct sim *sim_new(const struct scenario *sc);

/* A run that goes on from position `p` of `from`: a new branch. The events up
 * to p are copied. With a kernel the caller starts its own afresh and lets it
 * catch up (sim_set_kernel first replays what is there). */
struct sim *sim_branch(const struct sim *from, size_t p);

/* The same for a trace that somebody else has, also one of a live run: there it
 * goes on as a model. */
struct sim *sim_take_up(const struct scenario *sc, const struct trace *tr,
                        size_t p);

void sim_free(struct sim *s);

const struct trace *sim_trace(const struct sim *s);
const struct world *sim_world(const struct sim *s);

/* Goes on up to and including time `until`, but stops after `most` events at
 * the end of an instant (0: no bound). Afterwards the clock reads the time of
 * the last instant carried out, or `until` when all of it was covered (also
 * when it stood later before, with nothing having happened in between).
 * Returns false when the run has stopped: nothing can happen any more. */
bool sim_advance(struct sim *s, tick until, size_t most);

/* The run ends here by the caller's bound: says STOP_UNTIL. */
void sim_stop_until(struct sim *s, tick until);

/* The time of the next instant, TICK_NEVER if there is none. */
tick sim_next(const struct sim *s);

/* Gives back the memory of the events before position n (trace_forget): such
 * a run can only go on, not branch. */
void sim_forget(struct sim *s, size_t n);

/* The user suspends, activates or kills process `proc` now, or lets variant
 * `proc` of the scheduler decide from now on (ACTION_POLICY). Returns what came
 * of it (enum refusal). */
enum refusal sim_act(struct sim *s, enum action_kind kind, int proc);

/* How often each rule has decided something in this run: RULE_COUNT numbers. */
const int64_t *sim_obeyed(const struct sim *s);

/* ---- the other side of a live run ---- */

/* What an op of one process returned. `data` are bytes read. */
struct step_result {
    int proc;
    int32_t op;
    int64_t ret;
    enum errno_name error;
    const unsigned char *data;
    size_t length;
};

enum step_kind {
    STEP_START,    /* `proc` comes to be, made by init */
    STEP_OP,       /* `proc` carries out `op` */
    STEP_WAKE,     /* the sleep, until or io of `proc` is over */
    STEP_HANDLER,  /* `proc` leaves its innermost handler */
    STEP_SUSPEND,  /* the user stops `proc` */
    STEP_ACTIVATE, /* the user lets it go on */
    STEP_KILL      /* the user kills it */
};

enum { STEP_MANY = 256 }; /* results of a step: one a live process */

/* One step as the model has decided it: who does what, and all that follows
 * from it at once. The model's side is complete before the kernel is asked. */
struct step {
    enum step_kind kind;
    int proc;
    int32_t op;         /* STEP_OP, STEP_WAKE: index in scenario.ops */
    bool sleeps;        /* afterwards `proc` sleeps in the call */
    const struct op *call;
    const unsigned char *bytes; /* what it takes along (write, msgsnd, store),
                                   filled in */
    size_t length;
    int64_t fd;         /* the number its descriptor variable holds */
    int64_t id;         /* what the variable of its object or mapping holds */
    int64_t number;     /* what its `type`, `from` … stands for */
    int target;         /* fork: the new process; kill, wait: whom; NONE */

    struct step_result *result; /* in the order in which they return */
    int results;
    int *dies, *enters, *stops, *goes_on; /* processes: die of a signal or
                           exit; enter a handler; are stopped; continue */
    int die_count, enter_count, stop_count, go_count;

    enum race_kind race; /* what is up to Linux. A step with a race comes
                     twice: to be done, whatever comes of it … */
    int race_obj; /* … about which pipe, queue or parent */
    int doubt;    /* NONE, or a parent that was told of its children twice:
                     whether the second SIGCHLD came in time to be one with the
                     first is up to Linux. Such a step comes twice as well. */
    int made;     /* NONE, or a pipe that somebody has open from this step on:
                     how large it is is up to Linux */
    bool settled; /* … and, with what then fits, to be looked at only */
};

/* Whether Linux may do this or that in the step, and has yet to be asked. */
static inline bool step_is_open(const struct step *st)
{
    return (st->race != RACE_NONE || st->doubt >= 0) && !st->settled;
}

/* What the lab has held against the world, beside results, in a step. */
enum looked {
    LOOKED_POLL = 1,  /* what poll(2) says of an end */
    LOOKED_EARLY = 2, /* … of one that was opened before there was a writer */
    LOOKED_TEE = 4,   /* the bytes in a pipe, copied with tee(2) */
    LOOKED_SEEK = 8,  /* lseek(2) fails with ESPIPE */
    LOOKED_CORE = 16  /* who died of SIGSEGV has left no core */
};

/* What was seen: the kernel's own results in its own order, and evidence. */
struct sight {
    struct step_result *result; /* ret and error as the kernel gave them;
                                   owned by the kernel until its next step */
    int results;
    struct event *evidence; /* REAL and KERNEL events, and LAST ones, which the
                               world follows; t is filled in later */
    int evidence_count;
    const char *wchan; /* NULL, or the payload to store for the SEEN_WCHAN
                          among the evidence; there is at most one */
    int64_t nanoseconds;
    /* Of a step that is open, when nobody moved any more; -1: not known: */
    int64_t level;    /* bytes in the pipe `race_obj` */
    int64_t messages; /* how many lie in the queue `race_obj` … */
    uint64_t order;   /* … which in which order, as world_msgq_order … */
    int sender, receiver; /* … and which processes were last, NONE: nobody */
    int64_t pending;  /* the pending signals of `doubt` */
    int64_t room; /* how many bytes there are to be in the pipe `made` at most,
                     if they are others than the model said; else 0 */
    uint32_t looked; /* LOOKED_…: what else was held against the world */
    const char *trouble; /* NULL: all well; else what did not come true, one
                            English sentence ("did not fall asleep in read") */
    bool limit; /* … which is the machine's fault, or a limit of ours: the real
                   side is lost, but model and kernel do not differ */
};

struct kernel {
    void *self;
    /* A reader of a full pipe wakes a writer even if it has freed no page, as
     * Linux did before 6.14 (SEMANTICS.md, P16). */
    bool wakes_in_vain;
    /* Does `st` for real and fills `seen`; of a step that is open only
     * results, level and pending, with the results left to be seen again.
     * Returns false when the real side is lost for good (the lab died): the
     * run goes on as a model. */
    bool (*step)(void *self, const struct world *w, const struct step *st,
                 struct sight *seen);
    /* The run stops: looks at all who should be asleep for ever. Returns NULL,
     * or a sentence about `*proc`, who is not. May be NULL. */
    const char *(*last_look)(void *self, int *proc);
};

/* Makes the run live; call it before the first sim_advance. */
void sim_set_kernel(struct sim *s, const struct kernel *k);

/* Evidence that was seen between two steps, as of now (KERNEL events). */
void sim_see(struct sim *s, const struct event *evidence, int count);

/* Plants a wrong rule, for tests of the tests: "pipe-capacity",
 * "msgq-empty-fits" … (is_planted in the mechanisms). NULL: none. */
void sim_plant(struct sim *s, const char *rule);

#endif
