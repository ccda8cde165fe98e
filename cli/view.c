/* view.c: `timeslice view [FILE]`: the window. */
#include "cli/cli.h"

#ifdef TIMESLICE_HEADLESS

static enum status view_run(const struct options *o)
{
    return fail(STATUS_MACHINE, o->lang, W_CLI_V_HEADLESS);
}

#else

#include "cli/file_watch.h"
#include "cli/lessons.h"
#include "cli/save.h"
#include "cli/settings.h"
#include "cli/themes.h"
#include "cli/window.h"
#include "ipc/sweep.h"
#include "render/app.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the window can open, and what is open in it. */
struct shelf {
    const struct options *o;
    struct lessons lessons;
    struct lesson_entry *entries;
    int count;
    struct arena texts; /* of the titles */
    struct open_feed open;
    bool remembers;
    struct settings settings; /* as they were when it began */
    struct str remark;        /* what is wrong with them */
    bool told;                /* that they could not be written */
    struct file_watch watch;  /* of the file that is open … */
    struct str on_disk;       /* … and what was in it then */
};

/* ---- what is remembered ---- */

/* A lesson's own name for the settings: the same from every directory. */
static char *whole_path(const char *path)
{
    char *real = realpath(path, NULL);
    if (!real) {
        real = mem_new(strlen(path) + 1, 1);
        memcpy(real, path, strlen(path));
    }
    return real;
}

static void remember(struct shelf *s)
{
    s->remembers =
        settings_wanted() && !option_given(s->o, OPTION_NO_SETTINGS);
    if (!s->remembers)
        return;
    settings_read(&s->settings, s->o->lang, &s->remark);
    if (s->remark.length)
        complain(s->o->lang, W_CLI_S_SAID, s->remark.text);
}

static void recall(void *ctx, const char *path, struct bookmarks *to)
{
    const struct shelf *s = ctx;
    struct settings now;
    struct str ignored = {0};
    to->count = 0;
    if (!s->remembers)
        return;
    char *real = whole_path(path);
    settings_read(&now, s->o->lang, &ignored);
    settings_bookmarks(&now, real, to);
    settings_free(&now);
    str_free(&ignored);
    free(real);
}

/* The file is read anew: another window may have put its own bookmarks there. */
static void keep(void *ctx, const struct habits *habits, const char *path,
                 const struct bookmarks *bookmarks, struct str *complaint)
{
    struct shelf *s = ctx;
    struct settings now;
    struct str ignored = {0};
    if (!s->remembers)
        return;
    char *real = whole_path(path);
    settings_read(&now, habits->lang, &ignored);
    now.habits = *habits;
    str_cut(&now.lesson, 0);
    str_add(&now.lesson, real);
    settings_set_bookmarks(&now, real, bookmarks);
    if (!settings_write(&now, habits->lang, complaint) && !s->told) {
        complain(habits->lang, W_CLI_S_SAID, complaint->text);
        s->told = true;
    }
    settings_free(&now);
    str_free(&ignored);
    free(real);
}

static bool wants_live(const struct options *o, const struct scenario *sc)
{
    return sc->live && !option_given(o, OPTION_MODEL);
}

/* The window's wish: another file. What was open stays if it is no good. The
 * window may have changed its language since it was opened. */
static struct feed *open_path(void *ctx, const char *path, enum lang lang,
                              struct str *complaints)
{
    struct shelf *s = ctx;
    struct open_feed next = {0};
    struct options o = *s->o;
    o.lang = lang;
    if (!load_operand_to(&next.loaded, &o, path, complaints)) {
        loaded_free(&next.loaded);
        return NULL;
    }
    feed_open(&next, s->o, wants_live(s->o, next.loaded.scenario));
    /* The feed points to what was loaded by address of its parts only, so the
     * record itself may move. */
    feed_close(&s->open);
    s->open = next;
    const struct str *text = &s->open.loaded.text;
    str_cut(&s->on_disk, 0);
    str_add_bytes(&s->on_disk, str_text(text), text->length);
    file_watch_begin(&s->watch, s->open.loaded.scenario->path, str_text(text),
                     text->length);
    return s->open.feed;
}

static const struct str *text_now(void *ctx)
{
    const struct shelf *s = ctx;
    return &s->open.loaded.text;
}

static struct feed *revise(void *ctx, const struct str *with, enum lang lang,
                           struct str *complaints)
{
    struct shelf *s = ctx;
    return feed_revise(&s->open, s->o, with,
                       !option_given(s->o, OPTION_MODEL), lang, complaints);
}

static bool save(void *ctx, const struct str *with, enum lang lang,
                 struct str *where, struct str *complaint)
{
    const struct shelf *s = ctx;
    return save_text(str_text(&s->open.loaded.path), &s->on_disk, with,
                     &s->lessons, lang, where, complaint);
}

static int watched(void *ctx)
{
    const struct shelf *s = ctx;
    return s->watch.fd;
}

static bool changed(void *ctx)
{
    struct shelf *s = ctx;
    return file_watch_changed(&s->watch);
}

static int vary(void *ctx, const struct scheduler *wish, enum lang lang,
                struct str *complaints)
{
    struct shelf *s = ctx;
    return feed_vary(&s->open, s->o, wish, lang, complaints);
}

static bool would(void *ctx, enum policy_name policy, struct scheduler *to)
{
    struct shelf *s = ctx;
    return feed_would(&s->open, s->o, policy, to);
}

static struct text copy_text(struct arena *a, struct text t)
{
    struct text copy = {{NULL}};
    for (int i = 0; i < LANG_COUNT; i++)
        if (t.in[i])
            copy.in[i] = arena_printf(a, "%s", t.in[i]);
    return copy;
}

/* The titles for the list; a lesson that is no good is left out. */
static void fill_shelf(struct shelf *s)
{
    lessons_find(&s->lessons);
    s->entries = mem_new((size_t)s->lessons.count, sizeof *s->entries);
    for (int i = 0; i < s->lessons.count; i++) {
        struct loaded l;
        struct str ignored = {0};
        const char *path = s->lessons.all[i].path;
        if (load_operand_to(&l, s->o, path, &ignored))
            s->entries[s->count++] = (struct lesson_entry){
                path, copy_text(&s->texts, l.scenario->title)};
        loaded_free(&l);
        str_free(&ignored);
    }
}

static void empty_shelf(struct shelf *s)
{
    feed_close(&s->open);
    file_watch_end(&s->watch);
    free(s->entries);
    arena_free(&s->texts);
    lessons_free(&s->lessons);
    settings_free(&s->settings);
    str_free(&s->remark);
    str_free(&s->on_disk);
}

/* What the command line says counts more than how the window was left. */
static enum lang lang_of(const struct shelf *s)
{
    bool kept = s->settings.has_lang && !option_given(s->o, OPTION_LANG);
    return kept ? s->settings.habits.lang : s->o->lang;
}

static enum theme_kind theme_of_shelf(const struct shelf *s)
{
    bool kept = s->settings.has_theme && !option_given(s->o, OPTION_THEME);
    return kept ? s->settings.habits.theme : theme_wanted(s->o);
}

/* Without a file: the lesson that was open the last time, else the first. */
static const char *lesson_to_begin(const struct shelf *s)
{
    const char *last = str_text(&s->settings.lesson);
    for (int i = 0; i < s->count; i++) {
        char *real = whole_path(s->entries[i].path);
        bool same = strcmp(real, last) == 0;
        free(real);
        if (same)
            return s->entries[i].path;
    }
    if (last[0] && access(last, R_OK) == 0)
        return last;
    return s->count ? s->entries[0].path : NULL;
}

static enum status show(struct shelf *s, bool choose)
{
    const struct options *o = s->o;
    struct str why = {0};
    enum status status = STATUS_WELL;
    const struct habits *h = &s->settings.habits;
    bool given = option_given(o, OPTION_SIZE);
    const struct app_options app = {.lang = lang_of(s),
                                    .theme = theme_of_shelf(s),
                                    .width = given ? o->width : h->width,
                                    .height = given ? o->height : h->height,
                                    .habits = s->remembers ? h : NULL,
                                    .remark = s->remark.text,
                                    .recall = recall,
                                    .keep = keep,
                                    .choose = choose,
                                    .lessons = s->entries,
                                    .lesson_count = s->count,
                                    .open = open_path,
                                    .vary = vary,
                                    .would = would,
                                    .text = text_now,
                                    .revise = revise,
                                    .save = save,
                                    .descriptor = watched,
                                    .changed = changed,
                                    .ctx = s};
    window_opens(o);
    bool shown = app_view(s->open.feed, &app, &why);
    window_closed();
    if (!shown)
        status = fail(STATUS_MACHINE, o->lang, W_CLI_V_NO_DISPLAY,
                      str_text(&why));
    str_free(&why);
    return status;
}

static enum status view_run(const struct options *o)
{
    struct shelf s = {.o = o};
    struct str complaints = {0};
    const char *path = o->operands[0];
    enum status status = STATUS_USAGE;
    file_watch_init(&s.watch);
    sweep_after_window();
    fill_shelf(&s);
    remember(&s);
    bool choose = !path;
    if (choose)
        path = lesson_to_begin(&s);
    /* What was open the last time may be no good any more. */
    if (choose && path && s.count && !open_path(&s, path, o->lang, &complaints))
        path = s.entries[0].path;
    str_cut(&complaints, 0);
    if (!path)
        status = fail(STATUS_MACHINE, o->lang, W_CLI_NO_LESSONS);
    else if (!s.open.feed && !open_path(&s, path, o->lang, &complaints))
        fputs(str_text(&complaints), stderr);
    else if (option_given(o, OPTION_LIVE) && !s.open.loaded.scenario->live)
        complain(o->lang, W_CLI_LIVE_NOT_ALLOWED, path);
    else
        status = show(&s, choose);
    str_free(&complaints);
    empty_shelf(&s);
    return status;
}

#endif

const struct command command_view = {
    .name = "view",
    .summary = W_CLI_VIEW,
    .operands = "[FILE]",
    .most = 1,
    .options = OPTIONS_OF_A_RUN | OPTION_BIT(SIZE) | OPTION_BIT(THEME) |
               OPTION_BIT(NO_SETTINGS),
    .run = view_run,
};
