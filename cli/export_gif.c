/* export_gif.c: `--to gif`: a part of a run as a picture that moves.
 *
 * Without --fps each step is a frame, shown long enough to be read; with it the
 * clock plays as in the window, so many frames a second. The frames are made
 * twice: once to see which colours there are, and once to write them. */
#include "cli/export.h"

#ifdef TIMESLICE_HEADLESS

enum status export_gif(const struct options *o, const char *operand,
                       const char *path)
{
    (void)operand;
    (void)path;
    return fail(STATUS_MACHINE, o->lang, W_CLI_V_HEADLESS);
}

#else

#include "cli/export_shot.h"
#include "cli/out.h"
#include "render/export/gif.h"

enum {
    SECOND = 100,         /* hundredths */
    STEP_SHOWN = 150,     /* hundredths that a step is shown */
    LAST_SHOWN = 300,     /* … and the last frame, before it begins anew */
    FRAMES_MOST = 1000,
    MEGABYTES_MOST = 64
};

struct animation {
    struct gif *gif;
    int frames;
};

static struct str *text_of(const struct shot_export *e)
{
    return &e->out->text;
}

/* One frame, shown so long: counted in the first pass, written in the second. */
static enum status take(struct shot_export *e, int hundredths)
{
    struct animation *a = e->own;
    struct shot *s = &e->shot;
    enum status status = shot_describe(e);
    if (status != STATUS_WELL)
        return status;
    bool large = text_of(e)->length > (size_t)MEGABYTES_MOST << 20;
    if (++a->frames > FRAMES_MOST || large)
        return fail(STATUS_USAGE, e->o->lang, W_CLI_GIF_LONG, e->out->path,
                    (int)FRAMES_MOST, (int)MEGABYTES_MOST);
    struct gif_picture p = {shot_pixels(s), s->options.width};
    if (!a->gif)
        a->gif = gif_new(s->part.w, s->part.h);
    if (e->pass)
        gif_frame(a->gif, p, hundredths, text_of(e));
    else
        gif_count(a->gif, p);
    return STATUS_WELL;
}

/* Goes on by a frame; false at the end. */
static bool go_on(struct shot_export *e)
{
    double until = (double)e->o->until;
    if (shot_time(&e->shot) >= until && e->o->fps)
        return false;
    if (e->o->fps)
        return shot_play(&e->shot, 1.0 / e->o->fps);
    return shot_step(&e->shot) && shot_time(&e->shot) <= until;
}

static enum status play(struct shot_export *e)
{
    enum status s = STATUS_WELL;
    shot_prepare(&e->shot, e->o->until);
    shot_seek(&e->shot, shot_moment(e->o, 0));
    do
        s = take(e, e->o->fps ? SECOND / e->o->fps : STEP_SHOWN);
    while (s == STATUS_WELL && go_on(e));
    return s;
}

static enum status draw_gif(struct shot_export *e)
{
    struct animation *a = e->own;
    a->frames = 0;
    if (e->pass)
        gif_begin(a->gif, text_of(e));
    enum status s = play(e);
    if (s == STATUS_WELL && e->pass)
        gif_end(a->gif, LAST_SHOWN, text_of(e));
    return s;
}

enum status export_gif(const struct options *o, const char *operand,
                       const char *path)
{
    struct animation a = {0};
    const struct shot_kind gif = {o->fps > 0, 2, draw_gif};
    enum status s = shot_export(o, operand, path, &gif, &a);
    if (a.gif)
        gif_free(a.gif);
    return s;
}

#endif
