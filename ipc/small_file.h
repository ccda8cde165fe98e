/* The small files in which Linux says something about itself or a process. */
#ifndef TIMESLICE_SMALL_FILE_H
#define TIMESLICE_SMALL_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* What stands at the beginning of the file, as a string: at most `room` - 1
 * bytes of it. "" and false if it is empty or cannot be read. */
bool small_file(const char *path, char *to, size_t room);

/* Its first line, without the end of the line. */
bool small_file_line(const char *path, char *to, size_t room);

#endif
