/* A file is there whole or not at all: it is written beside its place, and then
 * put there. */
#ifndef TIMESLICE_FILE_REPLACE_H
#define TIMESLICE_FILE_REPLACE_H

#include "sim/base/str.h"

#include <stdbool.h>

/* Makes every directory above the file that is not there yet. What fails here
 * fails when the file is written, with a word. */
void file_make_place(const char *path);

/* Its contents become `text`, with these permissions. False with errno, and the
 * old file is as it was. */
bool file_replace(const char *path, const struct str *text, unsigned mode);

#endif
