/* One chart of bench-ipc: a number over the size of the message, both axes
 * logarithmic, a line for each mechanism.
 *
 * A line is known by its colour, its dashes, the shape of its points and its
 * name at its right end: never by colour alone. */
#ifndef TIMESLICE_BENCH_PLOT_H
#define TIMESLICE_BENCH_PLOT_H

#include "render/ui.h"
#include "sim/base/figures.h"

enum { PLOT_LABELS_MOST = 96, PLOT_CROSSINGS_MOST = 2 };

/* Where the texts of a chart came to lie: for the test that none lies on
 * another or outside. */
struct plot_labels {
    struct rect inside; /* the card */
    struct rect at[PLOT_LABELS_MOST];
    int count;
};

struct plot {
    struct ui *ui;
    const struct figures *figures;
    struct rect at;
    double (*value)(const struct figure *g);
    bool rates; /* throughput: names say how many copies there are, crossings
                   are marked, and what carries nothing has no line */
    struct plot_labels *labels;
    /* While it is drawn. */
    struct rect area;
    double low, high; /* of the y axis, log10 */
};

void plot_draw(struct plot *p);

/* The crossings that are marked: those of shared memory in place with pipe and
 * queue. Returns how many there are. */
struct plot_crossing {
    enum way against;
    struct crossing crossing;
};
int plot_crossings(const struct figures *f,
                   struct plot_crossing list[PLOT_CROSSINGS_MOST]);

/* ---- what the files of the plot share ---- */

struct way_look {
    int process; /* whose tone of the theme it has */
    float dash, width; /* of its line, in units of the theme's line; 0: solid */
    int corners; /* of its points: 0 a disc, 3, 4; negative: hollow */
    bool turned; /* stands on its corner */
};
extern const struct way_look way_looks[WAY_COUNT];

colour plot_ink(const struct plot *p, enum way w);
struct point plot_point(const struct plot *p, double size, double value);
void plot_marker(const struct plot *p, enum way w, struct point at);

/* A text at a place of its own, which is remembered. */
void plot_label(struct plot *p, struct rect at, colour ink, enum align align,
                const char *text);

/* The names at the right ends, and how wide they are (plot_names.c). */
float plot_names_width(struct plot *p);
void plot_names(struct plot *p);

#endif
