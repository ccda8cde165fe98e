/* What moves in kernel objects after a step: bytes flow through a pipe,
 * messages hop into a queue and out of it, a semaphore's count ticks, a page
 * that was stored into flashes. Like the tokens of the state diagram for
 * MOVE_TIME, and the same both ways: a step back plays it backwards.
 *
 * The view keeps which events were passed; panels ask for those about their
 * own objects and draw them part of the way. The world is always that after
 * the step, so a picture in the middle of a motion is never behind. */
#ifndef TIMESLICE_MOTION_H
#define TIMESLICE_MOTION_H

#include "sim/model/trace.h"

#include <stdbool.h>

/* Seconds that a token, a byte or a message travels. */
#define MOVE_TIME 0.2

struct motion {
    size_t from, to; /* the events passed; none: at rest */
    bool back;       /* they were passed backwards */
    double since;    /* seconds, of input.now */
};

struct scene;

/* The events from `from` on are passed; it rests if nothing of them moves. */
void motion_begin(struct motion *m, const struct trace *tr, struct motion way);

/* Whether something is on its way at that time. */
bool motion_is_on(const struct motion *m, double now);

/* How far that which happened has got: from 0, before it, to 1, after it;
 * a step back goes from 1 to 0. */
float motion_share(const struct scene *s);

/* The next event of that kind about object `obj` among those passed, from
 * number `*at` on (0 at first); NULL: no more, or all is at rest. */
const struct event *motion_next(const struct scene *s, enum event_kind kind,
                                int32_t obj, size_t *at);

/* Whether what the event brought is in the world shown: it was passed
 * forwards. */
bool motion_is_done(const struct scene *s);

/* The last bytes that had gone into pipe `pipe` before event number `at`, but
 * for the `skip` newest of them: at most `most`, in their order. Returns how
 * many. */
int motion_bytes(const struct scene *s, int pipe, size_t at, int64_t skip,
                 unsigned char *to, int most);

#endif
