/* Finding words in a run: every step that has been shown is held against them,
 * by its sentence (explain.h) and by the names of its processes, calls, errors
 * and states.
 *
 * A long run is gone through bit by bit (find_update), and what playing adds is
 * looked at as it comes. */
#ifndef TIMESLICE_FIND_H
#define TIMESLICE_FIND_H

#include "sim/base/lang.h"
#include "sim/model/replay.h"

#include <stdbool.h>

enum { FIND_MOST = 64 /* bytes of what is looked for */ };

struct find {
    char text[FIND_MOST]; /* what the hits are for, "": nothing */
    enum lang lang;
    const struct trace *trace;
    struct replay replay; /* of its own; at `read` */
    size_t read;          /* events that have been looked at */
    size_t *hits;         /* the last event of each step that has been found */
    size_t count, room;
};

/* Looks for `text` from now on, in the steps of `tr`; blanks part words, and
 * all of them must be there, in any case. The same text again changes nothing.
 * The trace and the scenario must live until find_drop. */
void find_ask(struct find *f, const struct scenario *sc, const struct trace *tr,
              const char *text, enum lang lang);

/* Goes on up to position `seen`, a few steps. Returns whether all of it has
 * been looked at. */
bool find_update(struct find *f, size_t seen);

/* The hit behind position `cursor` (+1) or before it (-1), going round at the
 * ends; SIZE_MAX: there is none. */
size_t find_next(const struct find *f, size_t cursor, int direction);

/* The number of the hit whose step ends at `cursor`, SIZE_MAX: none does. */
size_t find_at(const struct find *f, size_t cursor);

/* Forgets all. */
void find_drop(struct find *f);

#endif
