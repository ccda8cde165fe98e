/* The lens: which piece of time the timeline shows, and time <-> pixels.
 *
 * It knows no window: every function gets the plot it is laid over, so the
 * same lens holds for any width, and tests need no picture. Times are ticks
 * with fractions, because a pixel may be a small part of a tick. */
#ifndef TIMESLICE_LENS_H
#define TIMESLICE_LENS_H

#include "render/draw.h"
#include "sim/scenario/program.h"

struct lens {
    double from, to; /* ticks; from < to */
};

/* Nothing shorter can be zoomed to, ticks. */
#define LENS_LEAST 1.0

/* Shows [from, to), at least LENS_LEAST long, beginning at 0 or later. */
void lens_show(struct lens *l, double from, double to);

/* x of time t over `plot`; it may lie outside. */
float lens_x(const struct lens *l, struct rect plot, double t);

/* The time at x. */
double lens_time(const struct lens *l, struct rect plot, float x);

/* Ticks a unit of width. */
double lens_ticks(const struct lens *l, struct rect plot);

/* Shows `factor` times less (> 1) or more (< 1) time; `at` stays where it is.
 * Never more than `most` ticks. */
void lens_zoom(struct lens *l, double at, double factor, double most);

/* Moves by `ticks`, not before 0 and not so far that `end` is out of sight. */
void lens_pan(struct lens *l, double ticks, double end);

/* The whole of a run of which `seen` ticks are known, with some room behind:
 * lengths come from a ladder (20, 30, 40, 60 …), so that the picture rests
 * for a while before it shrinks. Never shorter than `least`. */
void lens_fit(struct lens *l, double seen, double least);

/* Moves just so far that `t` is in sight, with room ahead of it. Returns
 * whether it moved. */
bool lens_follow(struct lens *l, double t);

/* The distance of the marks of a ruler: 1, 2 or 5 times a power of ten ticks,
 * at least `least` units of width apart. */
tick lens_marks(const struct lens *l, struct rect plot, float least);

#endif
