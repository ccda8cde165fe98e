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
    size_t apart;  /* events between two keyframes, roughly; only grows */
    size_t bytes;  /* of all keyframes */
    size_t budget; /* they never take more; may be set right after init */
};

enum { REPLAY_BUDGET = 256 << 20 }; /* bytes */

/* Ready at position 0. `tr` must outlive it and may go on growing. */
void replay_init(struct replay *r, const struct scenario *sc,
                 const struct trace *tr);

/* Moves to `position` (at most tr->count). */
void replay_seek(struct replay *r, size_t position);

/* Offers a world that somebody has anyway: the run's own, at any moment of
 * the same trace (its head->events is the position). It is copied if there is
 * no keyframe near. A feed that does so after each sim_advance saves the first
 * seek to the end of a long run from reading all of it. */
void replay_offer(struct replay *r, const struct world *w);

/* The trace was cut at n events: forget what lay behind. Stands at n if it
 * stood behind it. */
void replay_cut(struct replay *r, size_t n);

void replay_free(struct replay *r);

#endif
