/* files.c: a file as a whole. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES_MOST = 1000 };

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

/* ---- new ones ---- */

/* In the directory of the place, without a name. Without /proc it could never get
 * one. */
static int open_nameless(struct new_file *f)
{
    struct str directory = {0}, name = {0};
    size_t n = (size_t)(file_name(f->target) - f->target);
    str_add_bytes(&directory, f->target, n);
    str_add_char(&directory, '.');
    int fd = open(str_text(&directory), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    str_free(&directory);
    str_addf(&name, "/proc/self/fd/%d", fd);
    if (fd >= 0 && access(str_text(&name), F_OK) != 0) {
        close(fd);
        fd = -1;
    }
    f->name = name.text;
    return fd;
}

static int open_named(struct new_file *f)
{
    struct str name = {0};
    str_addf(&name, "%s.XXXXXX", f->target);
    f->name = name.text;
    f->named = true;
    int fd = mkstemp(f->name);
    if (fd >= 0)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

static void forget(struct new_file *f)
{
    free(f->target);
    free(f->name);
    *f = (struct new_file){.fd = -1};
}

bool file_begin(struct new_file *f, const char *target, unsigned mode)
{
    struct str place = {0};
    str_add(&place, target);
    *f = (struct new_file){.target = place.text};
    f->fd = open_nameless(f);
    if (f->fd < 0) {
        free(f->name);
        f->fd = open_named(f);
    }
    if (f->fd >= 0 && fchmod(f->fd, (mode_t)mode) == 0)
        return true;
    int why = errno;
    if (f->fd >= 0)
        file_end(f, false);
    forget(f);
    errno = why;
    return false;
}

/* A file gets a first name only where there is none of that name. */
static bool give_name(struct new_file *f)
{
    struct str own = {0};
    for (int i = 0; i < TRIES_MOST; i++) {
        str_cut(&own, 0);
        str_add(&own, f->target);
        if (i)
            str_addf(&own, ".%d-%d", (int)getpid(), i);
        if (linkat(AT_FDCWD, f->name, AT_FDCWD, own.text,
                   AT_SYMLINK_FOLLOW) == 0) {
            bool in_place = i == 0;
            free(f->name);
            f->name = own.text;
            f->named = !in_place;
            return true;
        }
        if (errno != EEXIST)
            break;
    }
    int why = errno;
    str_free(&own);
    errno = why;
    return false;
}

static bool take_place(struct new_file *f)
{
    if (!f->named && !give_name(f))
        return false;
    if (f->named && rename(f->name, f->target) < 0)
        return false;
    f->named = false;
    return true;
}

bool file_end(struct new_file *f, bool keep)
{
    bool well = !keep || take_place(f);
    int why = errno;
    if (f->named)
        unlink(f->name);
    if (close(f->fd) < 0 && well && keep) {
        well = false;
        why = errno;
    }
    forget(f);
    errno = why;
    return well;
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

bool file_replace(const char *path, const struct str *text, unsigned mode)
{
    struct new_file f;
    if (!file_begin(&f, path, mode))
        return false;
    bool well = fill(f.fd, text);
    int why = errno;
    bool ended = file_end(&f, well);
    errno = well ? errno : why;
    return well && ended;
}
