/* The plot of a sweep: average times, and below them the context switches,
 * against the value that was swept. Both have the same horizontal axis.
 *
 * A line is known by its colour, its dashes and the shape of its points, and
 * its least value has a ring. It takes plain numbers, and does not know who
 * has run what. */
#ifndef TIMESLICE_SWEEP_PLOT_H
#define TIMESLICE_SWEEP_PLOT_H

#include "render/ui.h"
#include "sim/base/str.h"

enum sweep_line {
    SWEEP_TURNAROUND,
    SWEEP_WAITING,
    SWEEP_RESPONSE,
    SWEEP_SWITCHES,
    SWEEP_LINES
};

struct sweep_figures {
    const char *title; /* of the lesson */
    const char *remark; /* what all runs have in common: "rr, CPUs: 1" */
    const char *axis;  /* "quantum (ticks)" */
    size_t count;
    const double *x;   /* rising; NULL: the values are words … */
    const char *const *label; /* … these */
    const double *y[SWEEP_LINES]; /* NaN: none */
};

struct sweep_look {
    enum lang lang;
    enum theme_kind theme;
    int width, height; /* pixels; 0: 1280 × 800 */
};

/* Describes the picture between ui_begin and ui_end. */
void sweep_plot_draw(struct ui *ui, const struct sweep_figures *f);

/* Writes it as PNG to `path`, or as SVG to `svg` (path NULL). False after a
 * sentence in `why`. */
bool sweep_plot_shot(const struct sweep_figures *f,
                     const struct sweep_look *look, const char *path,
                     struct str *svg, struct str *why);

#endif
