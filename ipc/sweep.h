/* Nothing is left behind, also where there are no namespaces of our own
 * (sandbox.h): who removes what the lesson's processes have made.
 *
 * sweep_begin starts the *janitor*, a process that does nothing but wait until
 * the lab and all its children are gone, in whatever way, and then removes
 * what they have left. If it dies with them, the next start of the program
 * finds the lease that names everything (lease.h) and does it.
 *
 * For a lesson's processes all of this goes by itself: child.c calls sweep_…
 * around every call that makes, changes or removes a System V object. */
#ifndef TIMESLICE_SWEEP_H
#define TIMESLICE_SWEEP_H

#include "ipc/sysv.h"

#include <stdbool.h>

/* Makes sure that all that is made from now on will be removed. May be called
 * again; the process must be single-threaded. Returns false if there is no
 * memory for it. */
bool sweep_begin(void);

/* Removes what those have left that were killed together with their janitor.
 * Not between sweep_begin and sweep_end. */
void sweep_dead(void);

/* For the process that will open a window. SDL hands its picture to the display
 * in a segment of shared memory, which for a moment has nobody to remove it:
 * from being made until it is marked for destruction. Whoever is killed just
 * then leaves megabytes behind, so somebody waits for our end, in whatever way,
 * and looks. Single-threaded, and before the display is opened. */
void sweep_after_window(void);

/* The descriptor that tells the janitor that we live, -1: there is none. All
 * children keep it, too. */
int sweep_descriptor(void);

/* The directory that is about to be made; "": it is removed. */
void sweep_owns_place(const char *path);

/* ---- in a child; they neither allocate nor lock ---- */

/* It is about to ask for an object of that kind, and may make it. Returns the
 * number of the entry, -1 if there are too many. */
int sweep_means(enum sysv_kind kind, int key);

/* What came of it: the real id, -1: none. */
void sweep_owns(int entry, int id);

/* It has changed an object, or removed it (`gone`). */
void sweep_changed(enum sysv_kind kind, int id, bool gone);

/* ---- in the lab ---- */

/* Whether one more object can be written down. */
bool sweep_has_room(void);

/* All children are dead: removes what is left of their objects. */
void sweep_objects(void);

/* Nothing is owned any more, and no child is left; waits until the janitor is
 * gone, too. */
void sweep_end(void);

#endif
