/* file_watch.c: one directory, one name. */
#include "cli/file_watch.h"

#include "cli/files.h"

#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { BYTES_MOST = 1 << 24 };

static void directory_of(const char *path, struct str *out)
{
    size_t n = (size_t)(file_name(path) - path);
    str_add_bytes(out, path, n);
    if (!n)
        str_add_char(out, '.');
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
    str_free(&w->seen);
    file_watch_init(w);
}

void file_watch_begin(struct file_watch *w, const char *path, const char *text,
                      size_t length)
{
    struct str directory = {0}, whose = {0};
    str_add(&whose, path); /* may be our own */
    str_cut(&w->seen, 0);
    str_add_bytes(&w->seen, text, length);
    if (w->fd >= 0 && strcmp(str_text(&w->path), str_text(&whose)) == 0) {
        str_free(&whose);
        return;
    }
    if (w->fd >= 0)
        close(w->fd);
    str_free(&w->path);
    w->path = whose;
    directory_of(str_text(&w->path), &directory);
    w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (w->fd >= 0 &&
        inotify_add_watch(w->fd, str_text(&directory),
                          IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE) < 0) {
        close(w->fd);
        w->fd = -1;
    }
    str_free(&directory);
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
            touched |= e.mask & IN_Q_OVERFLOW ||
                       (e.len && strcmp(name, file_name(str_text(&w->path))) == 0);
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
                 (now.length != w->seen.length ||
                  memcmp(str_text(&now), str_text(&w->seen), now.length) != 0);
    if (other) {
        str_free(&w->seen);
        w->seen = now;
        return true;
    }
    str_free(&now);
    return false;
}
