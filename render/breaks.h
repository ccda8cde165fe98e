/* Breakpoints: what stops the clock, and the way to a time or to the end. */
#ifndef TIMESLICE_BREAKS_H
#define TIMESLICE_BREAKS_H

#include "sim/model/trace.h"
#include "sim/model/world.h"

#include <stdbool.h>

enum break_kind {
    BREAK_PROCESS,   /* value: process; each step of it */
    BREAK_STATE,     /* value: enum state; somebody comes into it */
    BREAK_CALL,      /* value: enum verb; such an op takes effect */
    BREAK_EVENT,     /* value: enum event_kind */
    BREAK_DIVERGENCE /* value: 0 */
};

struct break_at {
    enum break_kind kind;
    int value;
};

enum { BREAKS_MOST = 24, BREAKS_OFFERED_MOST = 96 };

struct breaks {
    struct break_at all[BREAKS_MOST];
    int count;
};

/* Its place among them, -1: it is not there. */
int breaks_place(const struct breaks *b, struct break_at at);

/* Adds it, or removes it if it is there. False: there is no room for it. */
bool breaks_toggle(struct breaks *b, struct break_at at);
void breaks_remove(struct breaks *b, int place);

/* The first event of [from, to) at which one of them stops, and its place in
 * `*which`; SIZE_MAX: none does. */
size_t breaks_find(const struct breaks *b, const struct scenario *sc,
                   const struct trace *tr, size_t from, size_t to, int *which);

/* What stands for event number `i`: its call, the state that it leads to, or
 * its kind. */
struct break_at break_of_event(const struct scenario *sc,
                               const struct trace *tr, size_t i);

/* What can be chosen from, in the order of its kinds: the processes there are,
 * states, the calls of the scenario, events that may come in it, a divergence.
 * Returns how many. */
int breaks_offered(const struct scenario *sc, int procs,
                   struct break_at to[BREAKS_OFFERED_MOST]);

/* "blocked": among others of its kind. */
void break_write_short(struct break_at at, const struct world *w,
                       enum lang lang, struct str *out);

/* "somebody becomes blocked". */
void break_write(struct break_at at, const struct world *w, enum lang lang,
                 struct str *out);

#endif
