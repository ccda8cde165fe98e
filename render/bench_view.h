/* The window of bench-ipc, and its picture without a window.
 *
 * It takes plain numbers (sim/base/figures.h), some of which may not be known
 * yet, and does not know who measures them: a source of figures looks like a
 * feed of events (feed.h), and whoever opens the window plugs one in. */
#ifndef TIMESLICE_BENCH_VIEW_H
#define TIMESLICE_BENCH_VIEW_H

#include "render/bench_plot.h"
#include "sim/base/str.h"

struct bench_source {
    void *self;
    const struct figures *figures; /* change in poll() and again() only */
    const char *name;    /* the file they come from; NULL: this machine */
    const char *trouble; /* a sentence: why no more will come; NULL: none */
    bool measuring;      /* more will come */
    int descriptor;      /* readable when poll() has work; -1: never */
    void (*poll)(struct bench_source *s);
    void (*again)(struct bench_source *s); /* NULL: cannot measure */
};

struct bench_look {
    enum lang lang;
    enum theme_kind theme;
    int width, height; /* pixels; 0: 1280 × 800 */
};

enum bench_wish { BENCH_DO_THEME = 1, BENCH_DO_LANG, BENCH_DO_AGAIN };

/* Describes the picture between ui_begin and ui_end. `labels` has room for
 * two, of throughput and latency, or is NULL. */
void bench_draw(struct ui *ui, const struct bench_source *s,
                struct plot_labels labels[2]);

/* Opens the window and returns when it is closed. False at once, with a
 * sentence in `why`, if there is no display or a font is missing. */
bool bench_view(struct bench_source *s, const struct bench_look *look,
                struct str *why);

/* Writes the picture to `path` (PNG). Needs no display. */
bool bench_shot(const struct figures *f, const struct bench_look *look,
                const char *path, struct str *why);

#endif
