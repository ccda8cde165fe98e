/* settings.c: the file in which the window's habits are kept, line by line. */
#include "cli/settings.h"

#include "cli/files.h"
#include "render/predict.h"
#include "render/travel.h"
#include "sim/base/mem.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 1 << 20 /* bytes; nobody has that many bookmarks */ };

const char *const settings_splits[SPLITS] = {
    [SPLIT_ROWS] = "rows",
    [SPLIT_STATES] = "states",
    [SPLIT_PROGRAMS] = "programs",
    [SPLIT_CORNER] = "corner",
};

bool settings_wanted(void)
{
    const char *wanted = getenv("TIMESLICE_SETTINGS");
    return !wanted || strcmp(wanted, "0") != 0;
}

/* ---- lines ---- */

/* A number and the blank behind it; moves on. */
static bool read_whole(const char **p, int64_t least, int64_t most, int64_t *to)
{
    char *end;
    errno = 0;
    long long n = strtoll(*p, &end, 10);
    if (end == *p || errno || (*end && *end != ' ') || n < least || n > most)
        return false;
    *p = end + (*end == ' ');
    *to = n;
    return true;
}

static bool read_real(const char *p, double least, double most, double *to)
{
    char *end;
    double d = strtod(p, &end);
    if (end == p || *end || !(d >= least && d <= most))
        return false;
    *to = d;
    return true;
}

static bool read_lang(struct settings *s, const char *p)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (strcmp(p, lang_codes[i]) == 0) {
            s->habits.lang = (enum lang)i;
            return s->has_lang = true;
        }
    return false;
}

static bool read_theme(struct settings *s, const char *p)
{
    for (int i = 0; i < THEME_COUNT; i++)
        if (strcmp(p, theme_of((enum theme_kind)i)->name) == 0) {
            s->habits.theme = (enum theme_kind)i;
            return s->has_theme = true;
        }
    return false;
}

static bool read_text(struct settings *s, const char *p)
{
    double d;
    bool well = read_real(p, 0.5, 4, &d);
    if (well)
        s->habits.text_scale = (float)d;
    return well;
}

static bool read_speed(struct settings *s, const char *p)
{
    double d;
    if (!read_real(p, 0, 1e6, &d))
        return false;
    for (int i = 0; i < SPEEDS; i++)
        if (fabs(travel_speeds[i] - d) < 1e-9) {
            s->habits.speed = i;
            return true;
        }
    return false;
}

static bool read_window(struct settings *s, const char *p)
{
    int64_t w, h;
    bool well = read_whole(&p, 320, 16384, &w) &&
                read_whole(&p, 320, 16384, &h) && !*p;
    if (well) {
        s->habits.width = (int)w;
        s->habits.height = (int)h;
    }
    return well;
}

static bool read_split(struct settings *s, const char *p)
{
    double d;
    for (int i = 0; i < SPLITS; i++) {
        size_t n = strlen(settings_splits[i]);
        if (strncmp(p, settings_splits[i], n) != 0 || p[n] != ' ')
            continue;
        if (!read_real(p + n + 1, 0, 1, &d))
            return false;
        s->habits.split[i] = (float)d;
        return true;
    }
    return false;
}

/* "predict 3 state who": one moment in three, and of which kinds. */
static bool read_predict(struct settings *s, const char *p)
{
    int64_t every;
    unsigned kinds = 0;
    if (!read_whole(&p, 1, PREDICT_EVERY_MOST, &every))
        return false;
    while (*p) {
        size_t n = strcspn(p, " ");
        int k = 0;
        while (k < QUESTION_KINDS &&
               (strlen(question_kind_name((enum question_kind)k)) != n ||
                strncmp(p, question_kind_name((enum question_kind)k), n) != 0))
            k++;
        if (k == QUESTION_KINDS)
            return false;
        kinds |= 1u << k;
        p += n + (p[n] == ' ');
    }
    s->habits.predict_kinds = kinds;
    s->habits.predict_every = (int)every;
    return kinds != 0;
}

static bool read_motion(struct settings *s, const char *p)
{
    s->habits.still = strcmp(p, "none") == 0;
    return s->habits.still || strcmp(p, "full") == 0;
}

static bool read_lesson(struct settings *s, const char *p)
{
    str_cut(&s->lesson, 0);
    str_add(&s->lesson, p);
    return *p != '\0';
}

static void add_bookmark(struct settings *s, const char *path,
                         struct bookmark at)
{
    size_t n = strlen(path) + 1;
    char *copy = mem_new(n, 1);
    memcpy(copy, path, n);
    s->bookmarks = mem_grow(s->bookmarks, s->count + 1, &s->room,
                            sizeof *s->bookmarks);
    s->bookmarks[s->count++] = (struct kept_bookmark){copy, at};
}

static bool read_bookmark(struct settings *s, const char *p)
{
    int64_t t, events, number;
    if (!read_whole(&p, 0, TICK_MAX, &t) ||
        !read_whole(&p, 0, INT64_MAX, &events) ||
        !read_whole(&p, 0, INT32_MAX, &number) || !*p)
        return false;
    add_bookmark(s, p, (struct bookmark){t, events, (int)number - 1});
    return true;
}

static bool read_line(struct settings *s, const char *line)
{
    static const struct {
        const char *key;
        bool (*read)(struct settings *s, const char *rest);
    } keys[] = {
        {"language ", read_lang}, {"theme ", read_theme},
        {"text ", read_text},     {"speed ", read_speed},
        {"window ", read_window}, {"split ", read_split},
        {"motion ", read_motion},
        {"lesson ", read_lesson}, {"bookmark ", read_bookmark},
        {"predict ", read_predict},
    };
    if (!*line || *line == '#')
        return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t n = strlen(keys[i].key);
        if (strncmp(line, keys[i].key, n) == 0)
            return keys[i].read(s, line + n);
    }
    return false;
}

/* ---- the file ---- */

/* Reads line by line; the first that is not understood is complained about. */
static void read_lines(struct settings *s, struct str *text, enum lang lang,
                       struct str *complaint)
{
    int number = 0;
    size_t from = 0;
    str_add_char(text, '\n');
    while (from < text->length) {
        char *line = text->text + from;
        size_t n = (size_t)((char *)memchr(line, '\n', text->length - from) -
                            line);
        line[n] = '\0';
        number++;
        from += n + 1;
        if (strlen(line) == n && read_line(s, line))
            continue;
        if (!s->damaged)
            str_addf(complaint, word(W_CLI_S_DAMAGED, lang), s->path.text,
                     number);
        s->damaged = true;
    }
}

void settings_read(struct settings *s, enum lang lang, struct str *complaint)
{
    struct str text = {0};
    *s = (struct settings){.habits = {.text_scale = 1,
                                      .speed = SPEED_NORMAL}};
    if (!file_of_user("XDG_CONFIG_HOME", ".config", "timeslice/settings",
                      &s->path))
        return;
    if (file_read(s->path.text, FILE_MOST, &text)) {
        read_lines(s, &text, lang, complaint);
    } else if (errno != ENOENT && errno != ENOTDIR) {
        s->unread = true;
        str_addf(complaint, word(W_CLI_S_UNREAD, lang), s->path.text,
                 strerror(errno));
    }
    str_free(&text);
}

void settings_bookmarks(const struct settings *s, const char *path,
                        struct bookmarks *to)
{
    to->count = 0;
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->bookmarks[i].path, path) == 0 &&
            bookmarks_place(to, s->bookmarks[i].at) < 0)
            bookmarks_add(to, s->bookmarks[i].at);
}

void settings_set_bookmarks(struct settings *s, const char *path,
                            const struct bookmarks *from)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->bookmarks[i].path, path) == 0)
            free(s->bookmarks[i].path);
        else
            s->bookmarks[kept++] = s->bookmarks[i];
    s->count = kept;
    /* A line is a line: such a name cannot stand in the file. */
    for (int i = 0; i < from->count && !strchr(path, '\n'); i++)
        add_bookmark(s, path, from->all[i]);
}

void settings_free(struct settings *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->bookmarks[i].path);
    free(s->bookmarks);
    str_free(&s->path);
    str_free(&s->lesson);
    *s = (struct settings){0};
}
