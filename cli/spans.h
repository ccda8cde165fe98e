/* Who was in which state from when to when: what charts are drawn from.
 *
 * Spans are gathered while a run is read. A slice that is renewed begins a
 * new span: a decision was made there. */
#ifndef TIMESLICE_SPANS_H
#define TIMESLICE_SPANS_H

#include "sim/model/world.h"

struct span {
    int32_t proc;
    int16_t cpu;   /* RUNNING: on which; SWITCHING: which one; else -1 */
    uint8_t state; /* enum state, or SWITCHING */
    tick start, end;
};

enum { SWITCHING = STATE_COUNT };

struct spans {
    struct span *all; /* in the order in which they began */
    size_t count, room;
    size_t *open; /* by process: its last span + 1, 0: none */
    size_t open_room;
};

/* Takes one event; `w` is the world after it. */
void spans_take(struct spans *s, const struct world *w, const struct event *e);

/* Ends what is still open at time `t`. */
void spans_end(struct spans *s, tick t);

void spans_free(struct spans *s);

#endif
