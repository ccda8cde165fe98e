/* The parts of the comparison of policies: the runs on one time axis
 * (compare_runs.c) and their figures (compare_table.c). */
#ifndef TIMESLICE_PANEL_COMPARE_H
#define TIMESLICE_PANEL_COMPARE_H

#include "render/panel.h"

/* "rr 3", "this run: rr 3 → srtf", "rr 3 (left at t = 9)". */
const char *compare_label(const struct scene *s, const struct rival *r);

/* How wide the titles beside the runs are, and how high a CPU's row. */
struct compare_form {
    float gutter, row;
};

/* The least height of a row. */
float compare_row(const struct scene *s);

/* How wide the titles beside the runs are in `room`. */
float compare_gutter(const struct scene *s, float room);

/* The time axis above the runs; whose plot is `plot`. */
float compare_ruler_height(const struct scene *s);
/* All of time that some run has. */
struct lens compare_lens(const struct scene *s);

float compare_runs_height(const struct scene *s, struct compare_form f);
/* Where the plot of the runs is in `at`. */
struct rect compare_plot(const struct scene *s, struct rect at, float gutter);
void compare_runs(struct scene *s, struct rect at, struct compare_form f);

/* The deadlines missed in a run, at its foot (compare_misses.c): 0 high if there
 * are none; and a tool tip about the one that the pointer is on. */
float compare_misses_height(const struct scene *s, const struct rival *r);
void compare_misses(struct scene *s, const struct rival *r, struct rect at);
void compare_misses_tip(struct scene *s, const struct rival *r, struct rect at);

float compare_table_height(const struct scene *s, float width);
void compare_table(struct scene *s, struct rect at);

#endif
