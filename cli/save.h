/* Ctrl+S: what decides in the window is written into the scenario's file. */
#ifndef TIMESLICE_SAVE_H
#define TIMESLICE_SAVE_H

#include "cli/lessons.h"
#include "cli/load.h"

/* The file of `l`, with `now` as its scheduler: all the rest of its text stays
 * byte for byte. A built-in lesson is not touched: a copy goes to the user's
 * own lessons ($XDG_DATA_HOME/timeslice/lessons), under a name that nobody has.
 * Appends the path to `where`; or returns false after one sentence in
 * `complaint`, and no file is other than it was. */
bool save_scheduler(const struct loaded *l, const struct scheduler *now,
                    const struct lessons *built_in, enum lang lang,
                    struct str *where, struct str *complaint);

#endif
