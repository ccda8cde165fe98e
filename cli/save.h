/* Ctrl+S: what was changed in the window is written into the scenario's file. */
#ifndef TIMESLICE_SAVE_H
#define TIMESLICE_SAVE_H

#include "cli/lessons.h"
#include "cli/load.h"

/* `text` goes into the file at `path`, which had `on_disk` in it. A
 * built-in lesson is not touched: a copy goes to the user's own lessons
 * ($XDG_DATA_HOME/timeslice/lessons), under a name that nobody has; so does one
 * beside the file if that has something else in it by now, and `remark` says so.
 * Appends the path to `where`; or returns false after one sentence in `remark`, and
 * no file is other than it was. */
bool save_text(const char *path, const struct str *on_disk,
               const struct str *text, const struct lessons *built_in,
               enum lang lang, struct str *where, struct str *remark);

#endif
