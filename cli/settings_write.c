/* settings_write.c: a new file in the place of the old one, whole or not at
 * all. */
#include "cli/settings.h"

#include "cli/files.h"
#include "render/travel.h"
#include "sim/predict/question.h"

#include <errno.h>
#include <string.h>
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

bool settings_write(const struct settings *s, enum lang lang,
                    struct str *complaint)
{
    struct str text = {0};
    if (!s->path.length || s->unread)
        return true;
    file_make_place(s->path.text);
    write_all(s, &text);
    bool well = (!s->damaged || put_aside(s->path.text)) &&
                file_replace(s->path.text, &text, 0600);
    if (!well)
        str_addf(complaint, word(W_CLI_S_UNWRITTEN, lang), s->path.text,
                 strerror(errno));
    str_free(&text);
    return well;
}
