/* file_replace.c: a temporary file, fsync, rename. */
#include "cli/file_replace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void file_make_place(const char *path)
{
    struct str part = {0};
    for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
        str_cut(&part, 0);
        str_add_bytes(&part, path, (size_t)(p - path));
        mkdir(part.text, 0700); /* what fails here fails below, with a word */
    }
    str_free(&part);
}

static bool fill(int fd, const struct str *text)
{
    size_t at = 0;
    while (at < text->length) {
        ssize_t n = write(fd, text->text + at, text->length - at);
        if (n < 0 && errno != EINTR)
            return false;
        at += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

/* The file under a name of its own, then in the place of `path`. */
bool file_replace(const char *path, const struct str *text, unsigned mode)
{
    struct str own = {0};
    str_addf(&own, "%s.XXXXXX", path);
    int fd = mkstemp(own.text);
    bool well = fd >= 0 && fchmod(fd, (mode_t)mode) == 0 && fill(fd, text);
    int why = errno;
    if (fd >= 0 && close(fd) < 0 && well) {
        well = false;
        why = errno;
    }
    if (well && rename(own.text, path) < 0) {
        well = false;
        why = errno;
    }
    if (!well && fd >= 0)
        unlink(own.text);
    str_free(&own);
    errno = why;
    return well;
}
