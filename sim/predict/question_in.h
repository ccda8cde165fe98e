/* Inside of sim/predict: what its files share. */
#ifndef TIMESLICE_QUESTION_IN_H
#define TIMESLICE_QUESTION_IN_H

#include "sim/predict/question.h"

/* What the events of the next step say; NULL: there is no such event. */
struct next_step {
    size_t begin, end;
    const struct event *state;  /* the last change of a state */
    const struct event *op;     /* the last call that takes effect */
    const struct event *block;  /* somebody falls asleep */
    const struct event *slice;  /* somebody goes on with a new slice */
    const struct event *begins; /* a CPU begins to switch to somebody */
    const struct event *take;   /* a message is taken */
    const struct event *fault;  /* memory that is not there is touched */
    bool open; /* Linux itself decides something in it */
};

enum { CANDIDATES_MOST = 24 };

/* What may be chosen before it is cut to what is shown. */
struct candidates {
    struct choice all[CANDIDATES_MOST];
    int count;
};

/* Adds it unless it is there or there is no room. */
void candidate(struct candidates *c, enum choice_kind kind, int64_t value);

/* Makes the choices of `q`: the first of the candidates, as many as are shown,
 * in an order that only the question's place decides. False if the right one is
 * not among them (it would have to be put there, and its place would tell), or
 * there are fewer than `least`. */
bool question_choose(struct prediction *q, const struct candidates *c,
                     struct choice right, int least);

/* Questions on calls (call.c): fill in proc, op, obj and the choices. False:
 * there is none. */
bool ask_call(const struct outlook *m, const struct next_step *n,
              struct prediction *q);
bool ask_message(const struct outlook *m, const struct next_step *n,
                 struct prediction *q);
bool ask_semaphore(const struct outlook *m, const struct next_step *n,
                   struct prediction *q);

/* The queue or the set that the object variable of `op` names, NONE. */
int question_object(const struct world *w, int proc, const struct op *op);

#endif
