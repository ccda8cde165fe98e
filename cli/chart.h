/* A Gantt chart in characters: a row for each CPU (who runs) and for each
 * process (in which state), as wide as it may be.
 *
 * Plain ASCII, so that it stands on every terminal, in every mail and in every
 * language; colours only say again what the characters say. A character may
 * stand for many ticks: it then shows what took most of them. */
#ifndef TIMESLICE_CHART_H
#define TIMESLICE_CHART_H

#include "cli/spans.h"
#include "sim/base/lang.h"

struct chart {
    const struct spans *spans; /* ended */
    const struct world *world; /* at the end */
    int columns;               /* of the terminal */
    bool colours;
    enum lang lang;
};

enum { CHART_ROWS_MOST = 62 /* processes: A … Z, a … z, 0 … 9 */ };

void chart_write(const struct chart *c, struct str *out);

/* Adds `text` and blanks up to `columns` cells of a terminal; with `right`
 * the blanks come first. */
void add_cell(struct str *out, const char *text, int columns, bool right);

#endif
