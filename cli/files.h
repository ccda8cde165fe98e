/* Files as wholes: read at once, and there whole or not at all. */
#ifndef TIMESLICE_FILES_H
#define TIMESLICE_FILES_H

#include "sim/base/str.h"

#include <stdbool.h>

/* What stands behind the last slash. */
const char *file_name(const char *path);

/* Whether both are there and are one file, whatever the paths. */
bool file_is_same(const char *a, const char *b);

/* Appends the path of a file of the user's: `rest` in the directory that the
 * environment variable names, else in `otherwise` below HOME. False: there is
 * neither. */
bool file_of_user(const char *variable, const char *otherwise, const char *rest,
                  struct str *path);

/* Appends all of a file; false with errno, EFBIG if `to` would be longer than
 * `most` bytes. Waits for nobody: of a FIFO it reads what is there. */
bool file_read(const char *path, size_t most, struct str *to);

/* Makes every directory above the file that is not there yet. What fails here
 * fails when the file is written, with a word. */
void file_make_place(const char *path);

/* Its contents become `text`, with these permissions: written beside it, then put
 * in its place. False with errno, and the old file is as it was. */
bool file_replace(const char *path, const struct str *text, unsigned mode);

#endif
