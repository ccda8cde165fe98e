/* The columns of the process table: what stands in their cells, and how much
 * room they need. */
#ifndef TIMESLICE_PANEL_TABLE_H
#define TIMESLICE_PANEL_TABLE_H

#include "render/panel.h"

#include "sim/model/figure.h"

enum { TABLE_COLUMNS = 21 };

struct cell {
    const char *text;
    enum align align;
    enum tone ink;
};

/* The table of a frame. */
struct table {
    float width[TABLE_COLUMNS]; /* 0: left out */
    struct shown_figure head[SHOWN_FIGURES]; /* those that somebody has */
    int heads;
};

/* ---- table_cells.c ---- */

/* In the order in which they stand; `rank`: who comes first when there is no
 * room for all; what a lesson is about comes before the rest. `sample` is the
 * longest that must fit. */
struct column {
    enum word title; /* 0: that of the figure */
    enum column_kind {
        COLUMN_PLAIN, COLUMN_NAME, COLUMN_PID, COLUMN_PARENT, COLUMN_STATE,
        COLUMN_LETTER, COLUMN_WAIT, COLUMN_FIGURE, COLUMN_MEMORY, COLUMN_WCHAN,
        COLUMN_FDS
    } kind;
    int rank;
    const char *sample;
    struct cell (*cell)(const struct scene *s, int proc);
};
extern const struct column pcb_columns[TABLE_COLUMNS];

/* Finds the heads of the figures. */
void pcb_find_figures(const struct scene *s, struct table *t);
/* The figure of a column; NULL: it has none. */
const struct shown_figure *pcb_figure(const struct table *t, int column);
enum word pcb_title(const struct table *t, int column);
/* The name of a state, and how a process ended, as they stand in their cells. */
const char *pcb_state(const struct scene *s, enum state st);
const char *pcb_end(const struct scene *s, int proc);

/* ---- table_width.c ---- */

/* Chooses the columns for so much room. */
void pcb_choose(const struct scene *s, float room, struct table *t);

enum { TABLE_GAP = 8 /* between columns */ };

#endif
