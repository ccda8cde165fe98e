/* Inside of travel: what travel.c and travel_goal.c do for each other. */
#ifndef TIMESLICE_TRAVEL_IN_H
#define TIMESLICE_TRAVEL_IN_H

#include "render/travel.h"

/* The cursor goes to `position`, the clock with it; to the end of the instant
 * `t`, or of the last one before. */
void travel_at(struct travel *tv, size_t position);
void travel_at_time(struct travel *tv, tick t);

/* Time passes between events. */
void travel_set_clock(struct travel *tv, double t);

/* Whether [from, to) is a step that nothing can be added to: at the end of
 * the trace there may be events that belong to a step yet to come. */
bool travel_is_whole(const struct travel *tv, size_t from, size_t to);

enum meeting { MEETS_NONE, MEETS_SOON, STOPPED };

/* Stops behind the first step before `to` that meets a breakpoint; MEETS_SOON:
 * the events of that step have not all come yet. */
enum meeting travel_meet_break(struct travel *tv, size_t to);

/* The position of the wall, SIZE_MAX: the trace does not have it yet, or there
 * is none. */
size_t travel_wall_place(const struct travel *tv);
/* `position`, or that of the wall if it is beyond: then the wall is met. */
size_t travel_before_wall(struct travel *tv, size_t position);
/* The same of a time. */
bool travel_is_beyond(const struct travel *tv, tick t);
tick travel_up_to_wall(const struct travel *tv, tick t);

/* A little further on the way to tv->goal. */
void travel_towards_goal(struct travel *tv);

#endif
