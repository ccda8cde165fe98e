/* Is somebody else changing the file that is open?
 *
 * Editors write a new file and rename it to the old name, so the directory is
 * watched (inotify(7)), and what counts is whether the contents are others. A
 * link can be turned, or the file behind it written: both directories count. */
#ifndef TIMESLICE_FILE_WATCH_H
#define TIMESLICE_FILE_WATCH_H

#include "sim/base/str.h"

struct file_watch {
    int fd;          /* -1: nothing is watched */
    struct str path; /* of the file … */
    struct str real; /* … behind all links … */
    struct str seen; /* … and its contents when they were seen last */
};

/* Watches no file. */
void file_watch_init(struct file_watch *w);
/* From now on that file, which has these contents. Where the kernel has no watch
 * left, nothing is watched. */
void file_watch_begin(struct file_watch *w, const char *path, const char *text,
                      size_t length);
/* Whether it has other contents now than when this was asked last. Reads the
 * descriptor empty. A file that is not there, or not to be read, has none. */
bool file_watch_changed(struct file_watch *w);
void file_watch_end(struct file_watch *w);

#endif
