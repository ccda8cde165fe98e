/* Questions about what comes next, made from the run itself.
 *
 * Whoever guesses before he looks learns more than who only looks (Naps et al.,
 * Exploring the role of visualization and engagement, 2002: "responding"). So
 * at a moment of a run, a position between two steps, there may be questions:
 * the lesson's own, and some about the next step.
 *
 * What can be chosen follows from the moment alone (the world at the position
 * and the program), never from what comes; only which choice is right is read
 * from the events behind it. Two runs that are the same up to a position, and
 * in which the same is asked there, show the same question. Exactly one choice
 * is right: where that is not sure, nothing is asked. */
#ifndef TIMESLICE_QUESTION_H
#define TIMESLICE_QUESTION_H

#include "sim/base/lang.h"
#include "sim/base/str.h"
#include "sim/model/world.h"

enum question_kind {
#define QUESTION(NAME, name, title) QUESTION_##NAME,
#include "sim/predict/kinds.def"
#undef QUESTION
    QUESTION_KINDS
};

#define QUESTIONS_ALL ((1u << QUESTION_KINDS) - 1)

enum { CHOICES_SHOWN = 7 }; /* keys 1 to 7 */

enum choice_kind {
    CHOICE_TEXT,    /* number `value` of the lesson's own */
    CHOICE_STATE,   /* it enters state `value` */
    CHOICE_GOES_ON, /* it keeps the CPU */
    CHOICE_PROCESS, /* process `value` */
    CHOICE_NOBODY,
    CHOICE_SLEEPS,  /* the call does not return yet */
    CHOICE_RETURNS, /* … returns `value` … */
    CHOICE_PID,     /* … the id of process `value`, perhaps not born yet … */
    CHOICE_OBJECT,  /* … the id of an object, 0 or more … */
    CHOICE_ADDRESS, /* … an address … */
    CHOICE_WORKS,   /* … or is done, and returns nothing */
    CHOICE_FAILS,   /* -1 with enum errno_name `value` */
    CHOICE_DIES,    /* signal `value` ends its process */
    CHOICE_MESSAGE, /* the message with `value` older ones in the queue */
    CHOICE_VALUE,   /* a semaphore is `value` then */
    CHOICE_TIME     /* at tick `value` */
};

struct choice {
    enum choice_kind kind;
    int64_t value;
};

struct prediction {
    enum question_kind kind;
    int proc;    /* whom it is about, NONE: nobody alone */
    int cpu;     /* WHO, GOES, SLICE */
    int32_t op;  /* CALL, MESSAGE, SEMAPHORE: index in scenario.ops; else -1 */
    int32_t obj; /* LESSON: which of scenario.questions; MESSAGE: the queue;
                    SEMAPHORE: the semaphore; else -1 */
    struct choice choice[CHOICES_SHOWN];
    int choices;
    int answer;   /* which of them is right */
    size_t from;  /* the position at which it is asked … */
    size_t until; /* … and that at which the answer is seen; the same: no step
                     shows it */
    tick asked;   /* the time at which it is asked (a lesson's `at` may be
                     later than the last event) … */
    tick seen;    /* … and that of the step */
    int64_t asked_events, seen_events; /* the model's events before both: they
                     name the same moments in a run with evidence in between */
};

/* A moment and what comes behind it: `w` is the world at position `p` of `tr`,
 * where a step ends (trace_step_after) or nothing has happened yet. The trace
 * must go on to the end of the instant of the next step, or of the run. */
struct outlook {
    const struct world *w;
    const struct trace *tr;
    size_t p;
};

/* What is wanted: kinds as bits 1 << QUESTION_…, and of the questions that are
 * not the lesson's own about one in `every` (1: all). */
struct question_wish {
    unsigned kinds;
    int every;
};

/* Question number `nth` of that moment, counted from 0: first the lesson's own
 * in the order of the file, then at most one about a CPU that stays idle, then
 * at most one about the next step. False: there are not so many. */
bool question_at(const struct outlook *m, const struct question_wish *wish,
                 int nth, struct prediction *q);

/* Walks on from the moment until there is a question that is wanted, but not
 * the first `skip` of the moment itself; over at most `steps` steps. Returns
 * whether there is one; `w` is then the world where it is asked. Else the walk
 * ends at *end. `w` must be the world of the moment, and is the caller's. */
bool question_next(struct world *w, const struct trace *tr, size_t p, int skip,
                   const struct question_wish *wish, int steps,
                   struct prediction *q, size_t *end);

/* "state", and for people: "Which state comes next". */
const char *question_kind_name(enum question_kind k);
const char *question_kind_title(enum question_kind k, enum lang lang);

/* The question; `w` is the world where it is asked. Names stand in backquotes
 * (explain.h). */
void question_write(const struct prediction *q, const struct world *w,
                    enum lang lang, struct str *out);

/* Choice number `i`. */
void question_write_choice(const struct prediction *q, int i,
                           const struct world *w, enum lang lang,
                           struct str *out);

/* The world at q->until, from `now`, where it is asked. */
void question_answered(const struct prediction *q, const struct world *now,
                       const struct trace *tr, struct world *then);

/* Why the answer is right: the why line of the step, or the lesson's own
 * words. `then` is the world at q->until. Perhaps nothing. */
void question_write_why(const struct prediction *q, const struct world *then,
                        const struct trace *tr, enum lang lang,
                        struct str *out);

/* One sentence why choice `i`, which is not the answer, is wrong; nothing where
 * there is no more to say than that it is. */
void question_write_wrong(const struct prediction *q, int i,
                          const struct world *w, enum lang lang,
                          struct str *out);

#endif
