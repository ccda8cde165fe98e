#include "cli/out.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FLUSH_AT = 1 << 16 /* bytes */ };

/* The temporary file of the moment, for a signal that ends us. */
static char to_remove[PATH_MAX];
static volatile sig_atomic_t removable;

static void remove_and_die(int sig)
{
    if (removable)
        unlink(to_remove);
    signal(sig, SIG_DFL);
    raise(sig);
}

static void guard(const char *path)
{
    static const int deadly[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT,
                                 SIGABRT, SIGFPE,  SIGSEGV, SIGBUS};
    struct sigaction sa = {.sa_handler = remove_and_die};
    if (strlen(path) >= sizeof to_remove)
        return;
    memcpy(to_remove, path, strlen(path) + 1);
    removable = 1;
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        struct sigaction old;
        sigaction(deadly[i], NULL, &old);
        if (old.sa_handler != SIG_IGN)
            sigaction(deadly[i], &sa, NULL);
    }
}

/* With what to do about it. */
static bool open_failed(struct out *out)
{
    enum word what = errno == ENOENT || errno == ENOTDIR ? W_CLI_OUT_NO_PLACE
                     : errno == EISDIR                   ? W_CLI_OUT_DIRECTORY
                     : errno == EACCES || errno == EPERM || errno == EROFS
                         ? W_CLI_OUT_FORBIDDEN
                         : W_CLI_OUT_OPEN;
    complain(out->lang, what, out->path, strerror(errno));
    return false;
}

/* What is there already is no plain file: it is written, not replaced. */
static bool open_as_it_is(struct out *out)
{
    out->fd = open(out->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return out->fd >= 0 || open_failed(out);
}

/* Who may read and write a file stays as it is; a new one follows the umask. */
static mode_t mode_for(const struct stat *there)
{
    mode_t mask = umask(0);
    umask(mask);
    return there ? there->st_mode & 0777 : 0666 & ~mask;
}

/* Where a path leads to, over a link to what is not there yet, too. The caller
 * frees it. */
static char *led_to(const char *path)
{
    char *real = realpath(path, NULL), link[4096];
    ssize_t n = real ? -1 : readlink(path, link, sizeof link - 1);
    const char *slash = strrchr(path, '/');
    struct str name = {0};
    if (n > 0 && link[0] != '/' && slash)
        str_add_bytes(&name, path, (size_t)(slash - path) + 1);
    if (real)
        str_add(&name, real);
    else if (n > 0)
        str_add_bytes(&name, link, (size_t)n);
    else
        str_add(&name, path);
    free(real);
    return name.text;
}

/* `there`: the file that it will take the place of, or NULL. */
static bool open_new(struct out *out, const struct stat *there)
{
    char *target = led_to(out->path);
    out->replaces = file_begin(&out->file, target, mode_for(there));
    int why = errno;
    free(target);
    errno = why;
    if (!out->replaces)
        return open_failed(out);
    out->fd = out->file.fd;
    if (out->file.named)
        guard(out->file.name);
    return true;
}

bool out_open(struct out *out, const char *path, enum lang lang)
{
    struct stat st;
    if (path && strcmp(path, "-") == 0)
        path = NULL;
    *out = (struct out){.fd = STDOUT_FILENO, .path = path, .lang = lang};
    if (!path)
        return true;
    if (stat(path, &st) < 0)
        return open_new(out, NULL);
    if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return open_failed(out);
    }
    if (!S_ISREG(st.st_mode))
        return open_as_it_is(out);
    if (access(path, W_OK) < 0)
        return open_failed(out);
    return open_new(out, &st);
}

static void write_all(struct out *out)
{
    for (size_t done = 0; done < out->text.length && !out->error;) {
        ssize_t n = write(out->fd, out->text.text + done,
                          out->text.length - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            out->error = errno;
    }
    str_cut(&out->text, 0);
}

void out_flush(struct out *out, bool all)
{
    if (out->text.length && (all || out->text.length >= FLUSH_AT))
        write_all(out);
}

bool out_wanted(const struct out *out)
{
    return !out->error;
}

const char *out_path(const struct out *out)
{
    if (out->replaces)
        return out->file.name;
    return out->path ? out->path : "/dev/stdout";
}

/* Puts the new file in its place, or away. */
static void finish_file(struct out *out, bool keep)
{
    bool well = true;
    if (out->replaces)
        well = file_end(&out->file, keep && !out->error);
    else if (out->path)
        well = close(out->fd) == 0;
    if (!well && !out->error)
        out->error = errno;
    out->replaces = false;
    removable = 0;
}

enum status out_close(struct out *out, enum status so_far)
{
    bool keep = so_far == STATUS_WELL || so_far == STATUS_DIFFERS;
    if (keep || !out->path)
        out_flush(out, true);
    finish_file(out, keep);
    enum status s = so_far;
    bool seen_enough = out->error == EPIPE && !out->path;
    if (out->error && !seen_enough && keep)
        s = out->path
                ? fail(STATUS_MACHINE, out->lang, W_CLI_OUT_WRITE, out->path,
                       strerror(out->error))
                : fail(STATUS_MACHINE, out->lang, W_CLI_OUT_STDOUT,
                       strerror(out->error));
    str_free(&out->text);
    return s;
}

void out_prepare(void)
{
    for (int fd = 0; fd <= 2; fd++)
        while (fcntl(fd, F_GETFD) < 0 &&
               open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) >= 0)
            ;
    signal(SIGPIPE, SIG_IGN); /* writing then fails, and that is said */
    signal(SIGXFSZ, SIG_IGN); /* likewise where files may not grow */
}
