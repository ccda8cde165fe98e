/* view.c: `timeslice view [FILE]`: the window. */
#include "cli/cli.h"

#ifdef TIMESLICE_HEADLESS

static enum status view_run(const struct options *o)
{
    return fail(STATUS_MACHINE, o->lang, W_CLI_V_HEADLESS);
}

#else

#include "cli/lessons.h"
#include "cli/themes.h"
#include "cli/window.h"
#include "ipc/sweep.h"
#include "render/app.h"
#include "sim/base/mem.h"

#include <stdlib.h>

/* What the window can open, and what is open in it. */
struct shelf {
    const struct options *o;
    struct lessons lessons;
    struct lesson_entry *entries;
    int count;
    struct arena texts; /* of the titles */
    struct open_feed open;
};

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
    return s->open.feed;
}

static int vary(void *ctx, struct variant_wish wish, enum lang lang,
                struct str *complaints)
{
    struct shelf *s = ctx;
    return feed_vary(&s->open, s->o, wish, lang, complaints);
}

static bool would(void *ctx, struct variant_wish wish, struct scheduler *to)
{
    struct shelf *s = ctx;
    return feed_would(&s->open, s->o, wish, to);
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
    free(s->entries);
    arena_free(&s->texts);
    lessons_free(&s->lessons);
}

static enum status show(struct shelf *s, bool choose)
{
    const struct options *o = s->o;
    struct str why = {0};
    enum status status = STATUS_WELL;
    const struct app_options app = {.lang = o->lang,
                                    .theme = theme_wanted(o),
                                    .width = o->width,
                                    .height = o->height,
                                    .choose = choose,
                                    .lessons = s->entries,
                                    .lesson_count = s->count,
                                    .open = open_path,
                                    .vary = vary,
                                    .would = would,
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
    sweep_after_window();
    fill_shelf(&s);
    bool choose = !path;
    if (choose && s.count)
        path = s.entries[0].path;
    if (!path)
        status = fail(STATUS_MACHINE, o->lang, W_CLI_NO_LESSONS);
    else if (!open_path(&s, path, o->lang, &complaints))
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
    .options = OPTIONS_OF_A_RUN | OPTION_BIT(SIZE) | OPTION_BIT(THEME),
    .run = view_run,
};
