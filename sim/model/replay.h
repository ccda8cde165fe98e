/* Any moment of a trace: the nearest keyframe before it and a few applies.
 *
 * A position is a number of events: position p is the world after the first p
 * of them. Keyframes are whole worlds, kept while the trace is read forward;
 * how far apart they lie follows the size of a world, so that both going
 * anywhere and the memory stay bounded. */
#ifndef TIMESLICE_REPLAY_H
#define TIMESLICE_REPLAY_H

#include "sim/model/trace.h"
#include "sim/model/world.h"

struct keyframe;

struct replay {
    const struct trace *trace;
    struct world world;  /* at `position` */
    size_t position;
    struct keyframe *frames; /* by rising position; [0] is the beginning */
    size_t count, room;
    size_t apart; /* events between two keyframes */
};

/* Ready at position 0. `tr` must outlive it and may go on growing. */
void replay_init(struct replay *r, const struct scenario *sc,
                 const struct trace *tr);

/* Moves to `position` (at most tr->count). */
void replay_seek(struct replay *r, size_t position);

/* The trace was cut at n events: forget what lay behind. */
void replay_cut(struct replay *r, size_t n);

void replay_free(struct replay *r);

#endif
