/* files.c: a file as a whole. */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- where ---- */

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool file_is_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

bool file_of_user(const char *variable, const char *otherwise, const char *rest,
                  struct str *path)
{
    const char *given = getenv(variable), *home = getenv("HOME");
    if (given && given[0] == '/')
        str_addf(path, "%s/%s", given, rest);
    else if (home && home[0] == '/')
        str_addf(path, "%s/%s/%s", home, otherwise, rest);
    else
        return false;
    return true;
}

/* ---- what ---- */

bool file_read(const char *path, size_t most, struct str *to)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char some[1 << 14];
    ssize_t n = fd < 0 ? -1 : 1;
    while (n > 0 && to->length <= most) {
        n = read(fd, some, sizeof some);
        if (n > 0)
            str_add_bytes(to, some, (size_t)n);
    }
    int why = n > 0 ? EFBIG : errno;
    if (fd >= 0)
        close(fd);
    errno = why;
    return n == 0;
}

void file_make_place(const char *path)
{
    struct str part = {0};
    for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
        str_cut(&part, 0);
        str_add_bytes(&part, path, (size_t)(p - path));
        mkdir(part.text, 0700);
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
