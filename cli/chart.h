/* A Gantt chart in characters: a row for each CPU (who runs) and for each
 * process (in which state), as wide as it may be.
 *
 * Plain ASCII, so that it stands on every terminal, in every mail and in every
 * language; colours only say again what the characters say. A character may
 * stand for many ticks: it then shows what took most of them.
 *
 * Several charts on one time axis have the same `end` and the same rows. */
#ifndef TIMESLICE_CHART_H
#define TIMESLICE_CHART_H

#include "cli/spans.h"
#include "sim/base/lang.h"

/* A row of a process; its letter goes by the place of the row. */
struct chart_row {
    int32_t proc;     /* NONE: this run never had it */
    const char *name; /* as it is written beside the row */
};

struct chart {
    const struct spans *spans; /* ended */
    const struct world *world; /* at the end */
    int columns;               /* of the terminal */
    bool colours;
    enum lang lang;
    const struct chart_row *rows; /* NULL: all processes as they were made */
    int row_count;
    tick end;     /* of the time axis; 0: of the run */
    bool pointed; /* `point` is marked below the axis … */
    tick point;   /* … so many ticks from the start */
};

enum { CHART_ROWS_MOST = 62 /* processes: A … Z, a … z, 0 … 9 */ };

/* Axis, rows and what the characters mean. */
void chart_write(const struct chart *c, struct str *out);

/* Without the last. */
void chart_write_rows(const struct chart *c, struct str *out);

/* What the characters of several charts mean: only those that occur. */
void chart_write_legend(const struct spans *const *all, int count,
                        enum lang lang, struct str *out);

/* Adds `text` and blanks up to `columns` cells of a terminal; with `right`
 * the blanks come first. */
void add_cell(struct str *out, const char *text, int columns, bool right);

#endif
