/* Inside of the sheet in which a lesson is changed: what stage_edit.c, which
 * changes it, and stage_sheet.c, which goes about in it, do for each other. */
#ifndef TIMESLICE_STAGE_EDIT_H
#define TIMESLICE_STAGE_EDIT_H

#include "render/stage_go.h"

const struct scenario *edit_scenario(const struct stage *st);

/* edit.h, of what is open now. */
int edit_rows_now(const struct stage *st);
struct edit_row edit_row_now(const struct stage *st, int row);
/* The row of the op at `pc`, or of the program's end. */
int edit_row_of(const struct stage *st, int32_t pc);
/* What is marked and open is something that is there. */
void edit_keep_inside(struct stage *st);

void edit_stop_typing(struct stage *st);
void edit_stop_offering(struct edit *e);

/* What the text makes becomes the run; false: the loader does not take it. */
bool edit_show_text(struct stage *st);
/* Begins a change of the text. */
void edit_begin_change(struct stage *st);
/* Ends the change that is open; `done`: the draft has made it. False: it is taken
 * back, and the sheet says why. */
bool edit_end_change(struct stage *st, bool done);
/* What the row shows becomes `json`. */
bool edit_set_value(struct stage *st, const struct edit_row *row,
                    const char *json);

#endif
