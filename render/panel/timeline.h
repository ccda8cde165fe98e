/* Where the timeline's plot is, for those who zoom at the pointer. */
#ifndef TIMESLICE_PANEL_TIMELINE_H
#define TIMESLICE_PANEL_TIMELINE_H

#include "render/panel.h"

/* The part of the panel at `at` that time is laid over. */
struct rect timeline_plot(const struct scene *s, struct rect at);

/* Draws stretch by stretch, or, where more of them than pixels are in view,
 * column by column (timeline_lane.c). */
void timeline_lane(struct scene *s, struct rect at, const struct lane *lane);

/* Draws it column by column in any case. */
void timeline_columns(struct scene *s, struct rect at, const struct lane *lane);

/* Whether a lane is drawn stretch by stretch in that plot. */
bool timeline_is_sparse(const struct scene *s, struct rect at,
                        const struct lane *lane);

#endif
