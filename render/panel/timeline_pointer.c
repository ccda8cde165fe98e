/* timeline_pointer.c: what the pointer does on the timeline: pull the time,
 * go somewhere, take the lanes along, zoom. */
#include "render/panel/timeline.h"

#include <math.h>

/* Units that a hand may tremble in a click. */
enum { TREMBLE = 4, HANDLE = 5 };

static void seek(struct scene *s, double t)
{
    ui_want(s->ui, (struct intent){.what = DO_SEEK,
                                   .value = fmax(floor(t + 0.5), 0)});
}

/* The ruler and the playhead are pulled: time follows the pointer. Returns
 * whether it is on them. */
static bool pull_time(struct scene *s, struct rect at, const char *name,
                      double t)
{
    struct ui *ui = s->ui;
    ui_id id = ui_make_id(name, 0);
    bool held = ui_dragged(ui, id, at);
    if (held)
        seek(s, t);
    bool on = held || ui->hot == id;
    if (on)
        ui->cursor = CURSOR_SIZE_X;
    return on;
}

/* A click on the lanes goes there; a drag takes them along. */
static void push_lanes(struct scene *s, struct rect lanes, double t)
{
    struct ui *ui = s->ui;
    float x = ui->in->x;
    ui_id click = ui_make_id("plot", 0), pan = ui_make_id("pan", 0);
    if (ui_clicked(ui, click, lanes))
        seek(s, t);
    if (ui_dragged(ui, click, lanes) && ui->in->pressed[BUTTON_LEFT])
        ui->grip = x;
    if (ui->active == click && fabsf(x - ui->grip) > TREMBLE)
        ui->active = pan;
    if (ui->active != pan)
        return;
    ui->cursor = CURSOR_SIZE_X;
    double by = (double)(ui->grip - x) * lens_ticks(&s->view->lens, lanes);
    if (fabs(by) > 0)
        ui_want(ui, (struct intent){.what = DO_LENS_PAN, .value = by});
    ui->grip = x;
}

static void wheel(struct scene *s, double t, bool scrolls)
{
    struct ui *ui = s->ui;
    const struct input *in = ui->in;
    const struct lens *lens = &s->view->lens;
    bool zoom = in->mods & MOD_CTRL || (!in->mods && !scrolls);
    if (fabsf(in->wheel_y) > 0 && zoom)
        ui_want(ui, (struct intent){.what = DO_LENS_ZOOM,
                                    .arg = (int64_t)(t * 1e6),
                                    .value = pow(1.25, (double)in->wheel_y)});
    double by = (double)(in->wheel_x + (in->mods & MOD_SHIFT ? -in->wheel_y : 0));
    if (fabs(by) > 0)
        ui_want(ui, (struct intent){.what = DO_LENS_PAN,
                                    .value = by * (lens->to - lens->from) / 12});
}

void timeline_pointer(struct scene *s, struct rect plot, struct rect top,
                      bool scrolls)
{
    double t = lens_time(&s->view->lens, plot, s->ui->in->x);
    struct rect lanes = plot, scale = rect_cut_top(&lanes, top.h);
    float x = lens_x(&s->view->lens, plot, s->travel->clock);
    struct rect handle = {x - HANDLE, lanes.y, 2 * HANDLE, lanes.h};
    bool measuring = timeline_measure(s, plot, lanes);
    if (!measuring && !pull_time(s, handle, "playhead", t))
        push_lanes(s, lanes, t);
    if (!timeline_flags(s, plot, top))
        pull_time(s, scale, "ruler", t);
    if (ui_hover(s->ui, ui_make_id("plot", 0), plot))
        wheel(s, t, scrolls);
}
