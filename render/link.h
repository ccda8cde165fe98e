/* What belongs together: a process, and the kernel objects that it has to do
 * with. Whoever points at one of them, or has selected it, sees the others: the
 * processes that hold an end of a pipe or sleep at it, that have a message in a
 * queue or wait for one, that have a segment mapped, that hold a semaphore or
 * wait for it. */
#ifndef TIMESLICE_LINK_H
#define TIMESLICE_LINK_H

#include "render/panel.h"

/* An object of a panel (pipe, msgq, shm, sem), as a number for ui.about,
 * unlike all of processes. */
int64_t link_object(enum panel_id panel, int object);

/* Whether process `proc` has to do with the object. */
bool link_has(const struct world *w, int64_t object, int proc);

/* Whether that number is of an object. */
bool link_is_object(int64_t about);

/* Draws the ground of an object that is selected or pointed at, or with which
 * the process that is pointed at has to do; and says that it is at `at`. */
void link_ground(struct scene *s, struct rect at, enum panel_id panel,
                 int object);

/* A click on it selects it; to be asked after what lies on it was drawn, which
 * takes its own clicks. */
void link_click(struct scene *s, struct rect at, enum panel_id panel, int object);

#endif
