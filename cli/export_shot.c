/* export_shot.c: see export_shot.h. PNG and SVG, of a moment; GIF has a file of
 * its own. */
#include "cli/export.h"

#ifdef TIMESLICE_HEADLESS

static enum status no_window(const struct options *o)
{
    return fail(STATUS_MACHINE, o->lang, W_CLI_V_HEADLESS);
}

enum status export_png(const struct options *o, const char *operand,
                       const char *path)
{
    (void)operand;
    (void)path;
    return no_window(o);
}

enum status export_svg(const struct options *o, const char *operand,
                       const char *path)
{
    (void)operand;
    (void)path;
    return no_window(o);
}

#else

#include "cli/export_shot.h"
#include "cli/out.h"
#include "cli/themes.h"
#include "render/export/svg.h"

enum { WIDTH = 1280, HEIGHT = 800 /* pixels, if --size is not given */ };

/* ---- what all have in common ---- */

tick shot_moment(const struct options *o, tick otherwise)
{
    return option_given(o, OPTION_AT) ? o->at : otherwise;
}

enum status shot_describe(struct shot_export *e)
{
    struct str there = {0};
    enum status s = STATUS_WELL;
    if (!shot_frame(&e->shot, &there))
        s = fail(STATUS_USAGE, e->o->lang, W_CLI_PANEL_ABSENT,
                 panel_name((enum panel_id)e->shot.options.panel),
                 str_text(&there));
    str_free(&there);
    return s;
}

static enum status failed(const struct shot_export *e, struct str *why)
{
    enum status s = fail(STATUS_MACHINE, e->o->lang, W_CLI_PNG_FAILED,
                         e->out->path, str_text(why));
    str_free(why);
    return s;
}

static enum status draw(struct shot_export *e, const struct shot_kind *kind,
                        int panel)
{
    const struct options *o = e->o;
    struct str why = {0};
    const struct shot_options shot = {
        .width = o->width ? o->width : WIDTH,
        .height = o->height ? o->height : HEIGHT,
        .lang = o->lang,
        .theme = theme_wanted(o),
        .panel = panel,
        .moves = kind->moves};
    if (!shot_open(&e->shot, e->feed.feed, &shot, &why))
        return failed(e, &why);
    enum status s = kind->draw(e);
    shot_close(&e->shot);
    return s;
}

static enum status draw_all(struct shot_export *e, const struct shot_kind *kind,
                            int panel)
{
    enum status s = STATUS_WELL;
    for (e->pass = 0; e->pass < kind->passes && s == STATUS_WELL; e->pass++)
        s = draw(e, kind, panel);
    return s;
}

static enum status draw_to(struct shot_export *e, const char *path,
                           const struct shot_kind *kind, int panel)
{
    struct out out;
    const struct options *o = e->o;
    bool live = option_given(o, OPTION_LIVE);
    if (live && !e->feed.loaded.scenario->live)
        return fail(STATUS_USAGE, o->lang, W_CLI_LIVE_NOT_ALLOWED,
                    e->feed.loaded.scenario->path);
    if (!out_open(&out, path, o->lang))
        return STATUS_MACHINE;
    e->out = &out;
    feed_open(&e->feed, o, live);
    return out_close(&out, draw_all(e, kind, panel));
}

/* --panel; false after a sentence. */
static bool read_panel(const struct options *o, int *panel)
{
    const char *name = o->value[OPTION_PANEL];
    struct str all = {0};
    *panel = SHOT_WINDOW;
    if (!name)
        return true;
    *panel = (int)panel_named(name);
    if (*panel < PANEL_COUNT)
        return true;
    for (int p = 0; p < PANEL_COUNT; p++)
        str_addf(&all, "%s%s", p ? ", " : "", panel_name((enum panel_id)p));
    complain(o->lang, W_CLI_PANEL_UNKNOWN, name, str_text(&all));
    str_free(&all);
    return false;
}

enum status shot_export(const struct options *o, const char *operand,
                        const char *path, const struct shot_kind *kind,
                        void *own)
{
    struct shot_export e = {.o = o, .own = own};
    enum status s = STATUS_USAGE;
    int panel;
    if (read_panel(o, &panel) && load_operand(&e.feed.loaded, o, operand))
        s = draw_to(&e, path, kind, panel);
    feed_close(&e.feed);
    return s;
}

/* ---- PNG ---- */

static enum status draw_png(struct shot_export *e)
{
    struct str why = {0};
    shot_seek(&e->shot, shot_moment(e->o, TICK_MAX));
    enum status s = shot_describe(e);
    if (s == STATUS_WELL && !shot_write_png(&e->shot, out_path(e->out), &why))
        s = failed(e, &why);
    str_free(&why);
    return s;
}

enum status export_png(const struct options *o, const char *operand,
                       const char *path)
{
    static const struct shot_kind png = {false, 1, draw_png};
    return shot_export(o, operand, path, &png, NULL);
}

/* ---- SVG ---- */

static enum status draw_svg(struct shot_export *e)
{
    const struct scenario *sc = e->feed.feed->scenario;
    shot_seek(&e->shot, shot_moment(e->o, TICK_MAX));
    enum status s = shot_describe(e);
    if (s != STATUS_WELL)
        return s;
    struct str title = {0};
    str_addf(&title, "%s, t = %lld", text_in(sc->title, e->o->lang),
             (long long)shot_time(&e->shot));
    svg_write(&(struct svg_picture){.draw = shot_commands(&e->shot),
                                    .part = e->shot.part,
                                    .scale = e->shot.scale,
                                    .ground = shot_ground(&e->shot),
                                    .title = str_text(&title)},
              &e->out->text);
    str_free(&title);
    return s;
}

enum status export_svg(const struct options *o, const char *operand,
                       const char *path)
{
    static const struct shot_kind svg = {false, 1, draw_svg};
    return shot_export(o, operand, path, &svg, NULL);
}

#endif
