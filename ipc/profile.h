/* In what the kernel we run on differs from others of its kind. */
#ifndef TIMESLICE_PROFILE_H
#define TIMESLICE_PROFILE_H

#include "ipc/observe.h"

#include <stdbool.h>

/* Whether a reader of a full pipe that frees no page wakes a writer all the
 * same, which moves it to the tail of the line (Linux before 6.14). Forks
 * twice and takes about a millisecond, the first time. */
bool profile_wakes_in_vain(const struct observer *observer);

#endif
