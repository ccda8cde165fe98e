/* small_file.c: reading files of /proc and /sys in one call, as they want it. */
#define _GNU_SOURCE
#include "ipc/small_file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool small_file(const char *path, char *to, size_t room)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, to, room - 1);
    if (fd >= 0)
        close(fd);
    to[n < 0 ? 0 : n] = '\0';
    return n > 0;
}

bool small_file_line(const char *path, char *to, size_t room)
{
    bool there = small_file(path, to, room);
    to[strcspn(to, "\n")] = '\0';
    return there;
}
