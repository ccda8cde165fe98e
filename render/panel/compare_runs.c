/* compare_runs.c: the runs of a comparison under each other: beside each its
 * title, and a row for each CPU with who ran there. */
#include "render/panel/compare.h"

#include "render/panel/timeline.h"
#include "render/way.h"

#include <math.h>

enum { GAP = 10, ROW_GAP = 3 };

float compare_row(const struct scene *s)
{
    return s->ui->theme->big ? 34 : 26;
}

static int cpus_of(const struct scene *s)
{
    return s->scenario->machine.cpus;
}

/* Room for "CPU 3" left of the rows; one CPU needs no name. */
static float cpu_width(const struct scene *s)
{
    if (cpus_of(s) == 1)
        return 0;
    return ui_width(s->ui, TYPE_CAPTION,
                    scene_say(s, W_CPU_NUMBER, cpus_of(s) - 1)) + SPACE_2;
}

/* ---- titles ---- */

static const char *with_quantum(const struct scene *s,
                                const struct scheduler *k)
{
    const char *title = way_title(s, k->name);
    tick q = scheduler_quantum(k);
    return q ? scene_say(s, W_TITLE_QUANTUM, title, (long long)q) : title;
}

static void add_line(struct str *out, const char *line)
{
    if (line[0])
        str_addf(out, "%s%s", out->length ? "\n" : "", line);
}

static void add_end(const struct scene *s, const struct rival *r,
                    struct str *out)
{
    const char *t = scene_number(s, r->end);
    if (!r->over)
        add_line(out, word(W_COMPARE_WORKS, s->ui->lang));
    else if (r->stop == STOP_DEADLOCK)
        add_line(out, scene_say(s, W_COMPARE_DEADLOCK, t));
    else if (r->stop != STOP_FINISHED)
        add_line(out, scene_say(s, W_COMPARE_UNTIL, t));
}

/* "left at t = 5; quantum 1" */
static const char *first_line(const struct scene *s, const struct rival *r)
{
    const char *way = r->by ? way_of(s, r->by) : "", *kind = "";
    if (r->kind == RIVAL_HERE)
        kind = word(W_COMPARE_HERE, s->ui->lang);
    if (r->kind == RIVAL_LEFT)
        kind = scene_say(s, W_COMPARE_LEFT, scene_number(s, r->left));
    const char *stop = kind[0] && way[0] ? word(W_WAY_STOP, s->ui->lang) : "";
    return ui_format(s->ui, "%s%s%s", kind, stop, way);
}

/* What stands below the title: the keys, what came later, how it ended. */
static const char *details(const struct scene *s, const struct rival *r)
{
    struct str out = {0};
    add_line(&out, first_line(s, r));
    for (int i = 0; i < r->turns; i++)
        add_line(&out, scene_say(s, W_COMPARE_TURN,
                                 scene_number(s, r->turn[i].at),
                                 with_quantum(s, r->turn[i].by)));
    add_end(s, r, &out);
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return text;
}

float compare_gutter(const struct scene *s, float room)
{
    const struct rivals *r = s->feed->rivals;
    float w = s->ui->theme->big ? 200 : 150;
    for (int i = 0; i < r->count; i++)
        if (r->all[i]->on)
            w = fmaxf(w, ui_width(s->ui, TYPE_STRONG,
                                  way_title(s, r->all[i]->policy)));
    return fminf(ceilf(w) + SPACE_3, room * 0.3f);
}

static float title_height(const struct scene *s, const struct rival *r,
                          float width)
{
    const char *more = details(s, r);
    float h = ui_paragraph_height(s->ui, width, TYPE_STRONG,
                                  way_title(s, r->policy));
    return h + (more[0] ? ui_paragraph_height(s->ui, width, TYPE_CAPTION, more)
                        : 0);
}

static float rows_height(const struct scene *s, float row)
{
    return (row + ROW_GAP) * (float)cpus_of(s);
}

static float run_height(const struct scene *s, const struct rival *r,
                        struct compare_form f)
{
    float rows = rows_height(s, f.row);
    return fmaxf(rows, title_height(s, r, f.gutter - SPACE_3)) +
           compare_misses_height(s, r) + GAP;
}

float compare_runs_height(const struct scene *s, struct compare_form f)
{
    const struct rivals *r = s->feed->rivals;
    float h = 0;
    for (int i = 0; i < r->count; i++)
        h += r->all[i]->on ? run_height(s, r->all[i], f) : 0;
    return h;
}

/* ---- time ---- */

float compare_ruler_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CAPTION) + 6;
}

struct lens compare_lens(const struct scene *s)
{
    const struct rivals *r = s->feed->rivals;
    tick end = 10;
    for (int i = 0; i < r->count; i++)
        if (r->all[i]->on && r->all[i]->end > end)
            end = r->all[i]->end;
    return (struct lens){0, (double)end * 1.02};
}

struct rect compare_plot(const struct scene *s, struct rect at, float gutter)
{
    rect_cut_left(&at, gutter + cpu_width(s));
    rect_cut_right(&at, SPACE_3);
    return at;
}

/* ---- rows ---- */

static void title(struct scene *s, const struct rival *r, struct rect at)
{
    const char *name = way_title(s, r->policy), *more = details(s, r);
    float h = ui_paragraph_height(s->ui, at.w, TYPE_STRONG, name);
    ui_paragraph(s->ui, rect_cut_top(&at, h), TYPE_STRONG, TONE_TEXT, name);
    if (more[0])
        ui_paragraph(s->ui, at, TYPE_CAPTION, TONE_MUTED, more);
}

static void rows(struct scene *s, const struct rival *r, struct rect at,
                 struct rect plot, float h)
{
    struct ui *ui = s->ui;
    float left = cpu_width(s);
    s->beside = r;
    for (int c = 0; c < cpus_of(s) && r->cpu; c++) {
        struct rect lane = {plot.x, at.y + (h + ROW_GAP) * (float)c, plot.w, h};
        draw_box(ui->draw, (struct box){.at = lane, .radius = 3,
                                        .fill = ui_tone(ui, TONE_INSET)});
        if (left > 0)
            ui_label(ui, (struct rect){plot.x - left, lane.y, left, h},
                     TYPE_CAPTION, TONE_MUTED, scene_say(s, W_CPU_NUMBER, c));
        draw_clip_push(ui->draw, lane);
        timeline_lane(s, lane, &r->cpu[c], NULL);
        draw_clip_pop(ui->draw);
    }
    s->beside = NULL;
}

/* A line over all runs at time `t`. */
static void mark(struct scene *s, struct rect plot, double t, colour ink,
                 float dash)
{
    float x = lens_x(&s->view->lens, plot, t);
    if (x >= plot.x - 1 && x <= plot.x + plot.w + 1)
        draw_line(s->ui->draw, (struct point){x, plot.y},
                  (struct point){x, plot.y + plot.h},
                  (struct stroke){.line = ink, .width = s->ui->theme->line,
                                  .dash = dash});
}

/* A click goes to that time in the window. */
static void pointer(struct scene *s, struct rect plot)
{
    struct ui *ui = s->ui;
    ui_id id = ui_make_id("compare", 2);
    bool clicked = ui_clicked(ui, id, plot);
    if (ui->hot != id)
        return;
    double t = floor(lens_time(&s->view->lens, plot, ui->in->x));
    ui->cursor = CURSOR_HAND;
    mark(s, plot, t, ui_tone(ui, TONE_MUTED), 0);
    ui_plate(ui,
             (struct point){lens_x(&s->view->lens, plot, t),
                            fminf(plot.y + plot.h, draw_clip(ui->draw).y +
                                                       draw_clip(ui->draw).h) -
                                ui_leading(ui, TYPE_CAPTION) / 2},
             TYPE_CAPTION, TONE_TEXT, TONE_SURFACE,
             scene_say(s, W_COMPARE_GO, scene_number(s, (tick)t)));
    if (clicked)
        ui_want(ui, (struct intent){.what = DO_VISIT, .value = fmax(t, 0)});
}

/* The foot of a run: what it has missed. */
static struct rect misses_in(const struct scene *s, struct rect run,
                             struct rect plot, const struct rival *r)
{
    float h = compare_misses_height(s, r);
    return (struct rect){plot.x, run.y + run.h - GAP - h, plot.w, h};
}

static void tips(struct scene *s, struct rect at, struct rect plot,
                 struct compare_form f)
{
    const struct rivals *r = s->feed->rivals;
    for (int i = 0; i < r->count; i++) {
        if (!r->all[i]->on)
            continue;
        struct rect run = rect_cut_top(&at, run_height(s, r->all[i], f));
        compare_misses_tip(s, r->all[i], misses_in(s, run, plot, r->all[i]));
    }
}

void compare_runs(struct scene *s, struct rect at, struct compare_form f)
{
    const struct rivals *r = s->feed->rivals;
    struct rect plot = compare_plot(s, at, f.gutter), all = at;
    for (int i = 0; i < r->count; i++) {
        if (!r->all[i]->on)
            continue;
        struct rect run = rect_cut_top(&at, run_height(s, r->all[i], f));
        title(s, r->all[i],
              (struct rect){run.x, run.y, f.gutter - SPACE_3, run.h});
        rows(s, r->all[i], run, plot, f.row);
        compare_misses(s, r->all[i], misses_in(s, run, plot, r->all[i]));
    }
    mark(s, plot, s->travel->clock, ui_tone(s->ui, TONE_PLAYHEAD), 0);
    if (r->compared && r->parted)
        mark(s, plot, (double)r->parting, ui_tone(s->ui, TONE_ACCENT), 5);
    pointer(s, plot);
    tips(s, all, plot, f);
}
