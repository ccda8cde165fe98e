/* The lesson's own directory, where its FIFOs live and the files that ftok(3)
 * looks at. Nobody else may enter it, and it goes with the lab.
 *
 * There is one lab in a process, and one place. */
#ifndef TIMESLICE_PLACE_H
#define TIMESLICE_PLACE_H

#include "sim/scenario/scenario.h"

/* Makes it, with an empty file for every name that some ftok of `sc` wants and
 * no mkfifo makes. Returns 0 or an errno. */
int place_make(const struct scenario *sc);

/* In a child: it becomes the current directory, and there is no way to name
 * anything else: names of a lesson have no slash. */
bool place_enter(void);

/* Its path, "" if there is none; a descriptor for it, -1 if there is none. */
const char *place_path(void);
int place_dirfd(void);

/* Removes it and all that is in it. */
void place_remove(void);

#endif
