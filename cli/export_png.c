/* export_png.c: the window's own picture of a moment, without a window. */
#include "cli/export.h"

#ifdef TIMESLICE_HEADLESS

enum status export_png(const struct options *o, const char *operand,
                       const char *path)
{
    (void)operand;
    (void)path;
    return fail(STATUS_MACHINE, o->lang, W_CLI_V_HEADLESS);
}

#else

#include "cli/out.h"
#include "cli/themes.h"
#include "cli/window.h"
#include "render/app.h"

enum { WIDTH = 1280, HEIGHT = 800 /* pixels, if --size is not given */ };

static enum status draw(const struct options *o, struct open_feed *f,
                        struct out *out)
{
    struct str why = {0};
    const struct shot_options shot = {
        .at = option_given(o, OPTION_AT) ? o->at : TICK_MAX,
        .width = o->width ? o->width : WIDTH,
        .height = o->height ? o->height : HEIGHT,
        .lang = o->lang,
        .theme = theme_wanted(o),
        .selected = -1};
    enum status s = STATUS_WELL;
    const char *path = out->temporary ? out->temporary : out->path;
    if (!app_shot(f->feed, &shot, path, &why))
        s = fail(STATUS_MACHINE, o->lang, W_CLI_PNG_FAILED, out->path,
                 str_text(&why));
    str_free(&why);
    return s;
}

static enum status draw_to(const struct options *o, struct open_feed *f,
                           const char *path)
{
    struct out out;
    bool live = option_given(o, OPTION_LIVE);
    if (live && !f->loaded.scenario->live)
        return fail(STATUS_USAGE, o->lang, W_CLI_LIVE_NOT_ALLOWED,
                    f->loaded.scenario->path);
    if (!out_open(&out, path, o->lang))
        return STATUS_MACHINE;
    feed_open(f, o, live);
    return out_close(&out, draw(o, f, &out));
}

enum status export_png(const struct options *o, const char *operand,
                       const char *path)
{
    struct open_feed f = {0};
    enum status s = STATUS_USAGE;
    if (load_operand(&f.loaded, o, operand))
        s = draw_to(o, &f, path);
    feed_close(&f);
    return s;
}

#endif
