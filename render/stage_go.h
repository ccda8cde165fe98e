/* Wishes about finding one's way in a run, carried out (stage_go.c): the rows
 * of the table in stage_do.c that are not there. */
#ifndef TIMESLICE_STAGE_GO_H
#define TIMESLICE_STAGE_GO_H

#include "render/stage.h"

/* Moves a lens that is free so far that the time shown is in it. */
void stage_in_sight(struct stage *st);

/* Along the arrow that begins, or ends, at the step shown: the process there
 * is selected. */
void stage_follow(struct stage *st, struct intent i);

/* Marker A or B to the time shown; where it is already, it goes away. */
void stage_mark_here(struct stage *st, struct intent i);
/* Marker i.arg to time i.value. */
void stage_mark(struct stage *st, struct intent i);

#endif
