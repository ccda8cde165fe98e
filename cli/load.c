#include "cli/load.h"

#include "cli/cli.h"
#include "cli/lessons.h"
#include "sim/base/diag.h"
#include "sim/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whom to tell, and how. */
struct told {
    enum lang lang;
    struct str *to; /* NULL: stderr */
};

/* ------------------------------------------------------------ the bytes */

enum { MEGABYTE = 1 << 20 };

static bool too_big(const struct told *t, const char *path)
{
    complain_to(t->to, t->lang, W_CLI_FILE_TOO_BIG, path, SCENARIO_BYTES_MAX / MEGABYTE);
    return false;
}

/* Reads all of an open file; what it claims to be long is not believed. */
static bool read_bytes(const struct told *t, int fd, const char *path,
                       struct str *text)
{
    static char part[1 << 16];
    for (;;) {
        ssize_t n = read(fd, part, sizeof part);
        if (n == 0)
            return true;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            complain_to(t->to, t->lang, W_CLI_FILE_READ, path, strerror(errno));
            return false;
        }
        if (text->length + (size_t)n > SCENARIO_BYTES_MAX)
            return too_big(t, path);
        str_add_bytes(text, part, (size_t)n);
    }
}

static bool read_open_file(const struct told *t, int fd, const char *path,
                           struct str *text)
{
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        complain_to(t->to, t->lang, W_CLI_FILE_IS_FOLDER, path);
        return false;
    }
    return read_bytes(t, fd, path, text);
}

static bool read_file(const struct told *t, const char *path, struct str *text)
{
    if (strcmp(path, "-") == 0)
        return read_open_file(t, STDIN_FILENO, "-", text);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        complain_to(t->to, t->lang, W_CLI_FILE_OPEN, path, strerror(errno));
        return false;
    }
    bool well = read_open_file(t, fd, path, text);
    close(fd);
    return well;
}

/* -------------------------------------------------------- the scenario */

struct scenario *load_under(const struct loaded *l, const struct options *o,
                            const struct override *overrides, int count,
                            struct str *to)
{
    struct diag d = {.file = str_text(&l->path), .lang = o->lang};
    struct str lines = {0};
    struct scenario *sc =
        scenario_read(str_text(&l->path), str_text(&l->text), l->text.length,
                      overrides, count, &d);
    diag_write(&d, &lines);
    if (to)
        str_add(to, str_text(&lines));
    else
        fputs(str_text(&lines), stderr);
    str_free(&lines);
    diag_free(&d);
    return sc;
}

static bool exists(const char *path)
{
    struct stat st;
    return strcmp(path, "-") == 0 || stat(path, &st) == 0 || errno != ENOENT;
}

/* Neither a file nor a lesson: the nearest name of one, if any. */
static void say_not_found(const struct told *t, const struct lessons *l,
                          const char *operand)
{
    const char *near = lesson_near(l, operand);
    if (near)
        complain_to(t->to, t->lang, W_CLI_NO_FILE_NEAR, operand, near);
    else
        complain_to(t->to, t->lang, W_CLI_NO_FILE, operand);
}

static bool find_and_read(struct loaded *l, const struct told *t,
                          const char *operand)
{
    struct lessons lessons = {0};
    const char *path = operand;
    *l = (struct loaded){0};
    if (!exists(operand)) {
        lessons_find(&lessons);
        const struct lesson *one = lesson_named(&lessons, operand);
        path = one ? one->path : NULL;
        if (!one)
            say_not_found(t, &lessons, operand);
    }
    bool well = path && read_file(t, path, &l->text);
    str_add(&l->path, path ? path : "");
    lessons_free(&lessons);
    return well;
}

bool load_text(struct loaded *l, const struct options *o, const char *operand)
{
    const struct told t = {o->lang, NULL};
    return find_and_read(l, &t, operand);
}

bool load_operand(struct loaded *l, const struct options *o,
                  const char *operand)
{
    return load_operand_to(l, o, operand, NULL) && !options_only_of_sweeps(o);
}

bool load_operand_to(struct loaded *l, const struct options *o,
                     const char *operand, struct str *to)
{
    const struct told t = {o->lang, to};
    if (find_and_read(l, &t, operand))
        l->scenario =
            load_under(l, o, o->overrides, o->override_count, to);
    return l->scenario != NULL;
}

void loaded_free(struct loaded *l)
{
    if (l->scenario)
        scenario_free(l->scenario);
    str_free(&l->text);
    str_free(&l->path);
    *l = (struct loaded){0};
}

bool load_would_find(const char *operand)
{
    if (strchr(operand, '/') || strstr(operand, ".json") || exists(operand))
        return true;
    struct lessons l;
    lessons_find(&l);
    bool found = lesson_named(&l, operand) != NULL;
    lessons_free(&l);
    return found;
}
