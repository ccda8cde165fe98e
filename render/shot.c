#include "render/shot.h"

#include "render/png.h"
#include "sim/base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Seconds that the stage takes for one frame at most. */
#define FRAME_MOST 0.25

static const char *const names[PANEL_COUNT] = {
#define PANEL(NAME, name) [PANEL_##NAME] = #name,
#include "render/panels.def"
#undef PANEL
};

const char *panel_name(enum panel_id p)
{
    return names[p];
}

enum panel_id panel_named(const char *name)
{
    int p = 0;
    while (p < PANEL_COUNT && strcmp(names[p], name) != 0)
        p++;
    return (enum panel_id)p;
}

bool shot_open(struct shot *s, struct feed *feed,
               const struct shot_options *options, struct str *why)
{
    *s = (struct shot){.options = *options, .in = {.x = -1, .y = -1}};
    s->fonts = text_new(why);
    if (!s->fonts)
        return false;
    const struct app_options app = {.lang = options->lang,
                                    .theme = options->theme,
                                    .reduced_motion = !options->moves};
    stage_open(&s->stage, feed, &app, s->fonts);
    s->stage.view.overlay = OVERLAY_NONE;
    if (options->panel != SHOT_WINDOW)
        s->stage.view.tab = options->panel;
    return true;
}

void shot_close(struct shot *s)
{
    if (s->canvas)
        canvas_free(s->canvas);
    if (s->fonts) {
        stage_close(&s->stage);
        text_free(s->fonts);
    }
}

/* ---- moments ---- */

static void arrive(struct shot *s)
{
    while (travel_moves(&s->stage.travel))
        travel_update(&s->stage.travel, 0);
}

void shot_seek(struct shot *s, tick at)
{
    travel_seek(&s->stage.travel, at < TICK_MAX ? at : TRAVEL_FAR);
    arrive(s);
}

void shot_prepare(struct shot *s, tick until)
{
    struct feed *f = s->stage.travel.feed;
    f->want(f->self, until < TRAVEL_FAR ? until : TRAVEL_FAR);
    do
        f->poll(f->self);
    while (f->busy(f->self));
}

bool shot_step(struct shot *s)
{
    size_t before = travel_cursor(&s->stage.travel);
    travel_step(&s->stage.travel, +1, NONE);
    arrive(s);
    return travel_cursor(&s->stage.travel) > before;
}

bool shot_play(struct shot *s, double seconds)
{
    if (travel_at_end(&s->stage.travel))
        return false;
    travel_play(&s->stage.travel, true);
    for (double left = seconds; left > 0; left -= FRAME_MOST) {
        s->in.now += fmin(left, FRAME_MOST);
        stage_update(&s->stage, s->in.now);
    }
    return true;
}

double shot_time(const struct shot *s)
{
    return s->stage.travel.clock;
}

/* ---- pictures ---- */

static bool say_panels(const struct shot *s, struct str *why)
{
    for (int p = 0; p < PANEL_COUNT; p++)
        if (s->stage.layout.at[p].w > 0)
            str_addf(why, "%s%s", why->length ? ", " : "", names[p]);
    return false;
}

bool shot_frame(struct shot *s, struct str *why)
{
    const struct shot_options *o = &s->options;
    stage_frame(&s->stage, &s->in, o->width, o->height);
    s->scale = stage_scale(&s->stage, o->width, o->height);
    s->part = (struct pixel_rect){0, 0, o->width, o->height};
    if (o->panel == SHOT_WINDOW)
        return true;
    struct rect at = s->stage.layout.at[o->panel];
    if (!(at.w > 0))
        return say_panels(s, why);
    s->part = pixel_meet(canvas_pixels_of(at, s->scale), s->part);
    return true;
}

const struct draw *shot_commands(const struct shot *s)
{
    return &s->stage.ui.layers[LAYER_BASE];
}

colour shot_ground(const struct shot *s)
{
    return ui_tone(&s->stage.ui, TONE_GROUND);
}

const colour *shot_pixels(struct shot *s)
{
    if (!s->canvas)
        s->canvas = canvas_new(s->options.width, s->options.height);
    canvas_draw(s->canvas, s->fonts, shot_commands(s), s->scale,
                shot_ground(s));
    const struct pixel_rect *p = &s->part;
    return canvas_pixels(s->canvas) + (ptrdiff_t)p->y * s->options.width + p->x;
}

bool shot_write_png(struct shot *s, const char *path, struct str *why)
{
    const struct pixel_rect *p = &s->part;
    const colour *from = shot_pixels(s);
    colour *rows = mem_new((size_t)p->w * (size_t)p->h, sizeof *rows);
    for (int y = 0; y < p->h; y++)
        memcpy(rows + (ptrdiff_t)y * p->w,
               from + (ptrdiff_t)y * s->options.width,
               (size_t)p->w * sizeof *rows);
    bool well = png_write(path, rows, p->w, p->h, why);
    free(rows);
    return well;
}
