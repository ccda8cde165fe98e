/* settings_write.c: a new file in the place of the old one, whole or not at
 * all. */
#include "cli/settings.h"

#include "render/travel.h"
#include "sim/predict/question.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BESIDE_MOST = 100 /* damaged files that are kept */ };

static void write_all(const struct settings *s, struct str *out)
{
    const struct habits *h = &s->habits;
    str_addf(out, "# How the window of timeslice was left; see timeslice(1).\n");
    str_addf(out, "language %s\ntheme %s\ntext %.4g\nspeed %g\n",
             lang_codes[h->lang], theme_of(h->theme)->name,
             (double)h->text_scale, travel_speeds[h->speed]);
    str_addf(out, "motion %s\n", h->still ? "none" : "full");
    if (h->width && h->height)
        str_addf(out, "window %d %d\n", h->width, h->height);
    if (h->predict_every) {
        str_addf(out, "predict %d", h->predict_every);
        for (int k = 0; k < QUESTION_KINDS; k++)
            if (h->predict_kinds >> k & 1)
                str_addf(out, " %s", question_kind_name((enum question_kind)k));
        str_add_char(out, '\n');
    }
    for (int i = 0; i < SPLITS; i++)
        if (h->split[i] > 0)
            str_addf(out, "split %s %.4f\n", settings_splits[i],
                     (double)h->split[i]);
    if (s->lesson.length && !strchr(s->lesson.text, '\n'))
        str_addf(out, "lesson %s\n", s->lesson.text);
    for (size_t i = 0; i < s->count; i++)
        str_addf(out, "bookmark %lld %lld %d %s\n",
                 (long long)s->bookmarks[i].at.t,
                 (long long)s->bookmarks[i].at.events,
                 s->bookmarks[i].at.selected + 1, s->bookmarks[i].path);
}

/* Every directory above the file that is not there yet. */
static void make_place(const char *path)
{
    struct str part = {0};
    for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
        str_cut(&part, 0);
        str_add_bytes(&part, path, (size_t)(p - path));
        mkdir(part.text, 0700); /* what fails here fails below, with a word */
    }
    str_free(&part);
}

/* A damaged file goes to a name that nobody has. */
static bool put_aside(const char *path)
{
    struct str beside = {0};
    bool done = false;
    for (int i = 0; i < BESIDE_MOST && !done; i++) {
        str_cut(&beside, 0);
        str_addf(&beside, "%s.damaged", path);
        if (i)
            str_addf(&beside, ".%d", i);
        done = link(path, beside.text) == 0;
        if (!done && errno != EEXIST)
            break;
    }
    str_free(&beside);
    return done;
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
static bool replace(const char *path, const struct str *text)
{
    struct str own = {0};
    str_addf(&own, "%s.XXXXXX", path);
    int fd = mkstemp(own.text);
    bool well = fd >= 0 && fill(fd, text);
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

bool settings_write(const struct settings *s, enum lang lang,
                    struct str *complaint)
{
    struct str text = {0};
    if (!s->path.length || s->unread)
        return true;
    make_place(s->path.text);
    write_all(s, &text);
    bool well = (!s->damaged || put_aside(s->path.text)) &&
                replace(s->path.text, &text);
    if (!well)
        str_addf(complaint, word(W_CLI_S_UNWRITTEN, lang), s->path.text,
                 strerror(errno));
    str_free(&text);
    return well;
}
