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

/* A file that nobody sees before it is whole. Whoever dies before, even by
 * kill -9, leaves nothing: it has no name, where the file system can do that
 * (O_TMPFILE of open(2)); else one beside its place. */
struct new_file {
    int fd;       /* to write to */
    char *target; /* the place that it takes */
    char *name;   /* where it can be opened now */
    bool named;   /* … by everybody: it must be removed */
};

/* Makes one for that place, with these permissions. False with errno. */
bool file_begin(struct new_file *f, const char *target, unsigned mode);
/* Puts it there, or with `keep` false away. False with errno, and what was there
 * is as it was. */
bool file_end(struct new_file *f, bool keep);

/* Its contents become `text`, with these permissions, whole or not at all. False
 * with errno, and the old file is as it was. */
bool file_replace(const char *path, const struct str *text, unsigned mode);

#endif
