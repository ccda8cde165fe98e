/* file_watch.c: one directory, one name. */
#include "cli/file_watch.h"

#include "cli/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { BYTES_MOST = 1 << 24 };

/* False: nothing can be watched there. */
static bool watch_directory_of(int fd, const struct str *path)
{
    struct str directory = {0};
    size_t n = (size_t)(file_name(str_text(path)) - str_text(path));
    str_add_bytes(&directory, str_text(path), n);
    if (!n)
        str_add_char(&directory, '.');
    bool well = inotify_add_watch(fd, str_text(&directory),
                                  IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE) >= 0;
    str_free(&directory);
    return well;
}

void file_watch_init(struct file_watch *w)
{
    *w = (struct file_watch){.fd = -1};
}

void file_watch_end(struct file_watch *w)
{
    if (w->fd >= 0)
        close(w->fd);
    str_free(&w->path);
    str_free(&w->real);
    str_free(&w->seen);
    file_watch_init(w);
}

/* Where the file is, behind all links. */
static void find_real(const struct str *path, struct str *real)
{
    char *found = realpath(str_text(path), NULL);
    str_add(real, found ? found : str_text(path));
    free(found);
}

static bool is_equal(const struct str *a, const struct str *b)
{
    return a->length == b->length &&
           memcmp(str_text(a), str_text(b), a->length) == 0;
}

void file_watch_begin(struct file_watch *w, const char *path, const char *text,
                      size_t length)
{
    struct file_watch next = {.fd = -1};
    str_add(&next.path, path); /* may be our own */
    find_real(&next.path, &next.real);
    str_add_bytes(&next.seen, text, length);
    if (w->fd >= 0 && is_equal(&w->path, &next.path) &&
        is_equal(&w->real, &next.real)) {
        next.fd = w->fd;
        w->fd = -1;
    } else {
        next.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        if (next.fd >= 0 && (!watch_directory_of(next.fd, &next.path) ||
                             !watch_directory_of(next.fd, &next.real))) {
            close(next.fd);
            next.fd = -1;
        }
    }
    file_watch_end(w);
    *w = next;
}

static bool is_its_name(const struct file_watch *w, const char *name)
{
    return strcmp(name, file_name(str_text(&w->path))) == 0 ||
           strcmp(name, file_name(str_text(&w->real))) == 0;
}

/* Whether anything of what has happened is about the file. */
static bool is_touched(struct file_watch *w)
{
    union {
        struct inotify_event first;
        char bytes[4096];
    } buffer;
    bool touched = false;
    ssize_t n;
    while ((n = read(w->fd, buffer.bytes, sizeof buffer)) > 0)
        for (ssize_t at = 0; at < n;) {
            struct inotify_event e;
            memcpy(&e, buffer.bytes + at, sizeof e);
            const char *name = buffer.bytes + at + sizeof e;
            touched |= e.mask & IN_Q_OVERFLOW || (e.len && is_its_name(w, name));
            at += (ssize_t)(sizeof e + e.len);
        }
    return touched;
}

bool file_watch_changed(struct file_watch *w)
{
    struct str now = {0};
    if (w->fd < 0 || !is_touched(w))
        return false;
    bool other = file_read(str_text(&w->path), BYTES_MOST, &now) &&
                 !is_equal(&now, &w->seen);
    if (other) {
        str_free(&w->seen);
        w->seen = now;
        return true;
    }
    str_free(&now);
    return false;
}
