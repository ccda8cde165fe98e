/* timeline.c: how it came to be: a row for each CPU and each process.
 *
 * A process has two strips: the model's state, and under it what the kernel
 * showed (live runs). Arrows lead from a write to the read that took its
 * bytes (timeline_arrow.c). Nothing stands behind the furthest moment that has
 * been seen. */
#include "render/panel/timeline.h"

#include <math.h>

/* The run that the user has left by changing the policy has rows, too: each
 * below that of its CPU. */
static const struct rival *left(const struct scene *s)
{
    const struct rival *r = scene_left(s);
    return r && r->cpu && (double)r->left <= s->travel->clock ? r : NULL;
}

static int cpu_rows(const struct scene *s)
{
    return s->travel->lod.cpus * (left(s) ? 2 : 1);
}

/* Room for strips when rows are as `r` says otherwise; a CPU's strip is one of
 * them unless it has a height of its own. */
static float each_strip(const struct scene *s, struct rows r, float room)
{
    float cpus = (float)cpu_rows(s), procs = (float)s->travel->lod.procs;
    float left = room - (4 + r.cpu) * cpus - 4 - procs * (r.kernel + r.gap);
    return floorf(left / fmaxf(r.cpu > 0 ? procs : procs + cpus, 1));
}

/* A CPU's strip is no lower than those of the processes: where they grow above
 * the height that it has of its own, all share the room. */
static float strip_for(const struct scene *s, struct rows r, float room)
{
    float strip = each_strip(s, r, room), own = r.cpu;
    if (own <= 0 || strip <= own)
        return strip;
    r.cpu = 0;
    return fmaxf(each_strip(s, r, room), own);
}

/* Rows are as tall as there is room; those of bytes on their way stand apart,
 * so that "3 bytes" has its place between them. Many move closer together and
 * become lower before they scroll: the kernel's strips lose their words, and on
 * a projector they go. */
static struct rows rows_of(const struct scene *s, float room)
{
    bool big = s->ui->theme->big;
    float word = ui_leading(s->ui, TYPE_CAPTION), apart = big ? 12 : 8;
    bool arrows = s->travel->lod.arrow_count, seen = s->travel->lod.evidence;
    const struct rows levels[] = {
        {big ? 28 : 18, word + 1, 0, arrows ? word - 2 : apart},
        {big ? 28 : 18, word + 1, 0, apart},
        {big ? 24 : 15, word + 1, 0, 3},
        {big ? 18 : 11, word - 3, big ? 24 : 15, 2},
        {big ? 18 : 9, big ? 0 : 5, big ? 24 : 12, big ? 2 : 1},
        {13, 0, 22, 2},
    };
    enum { LEVELS = sizeof levels / sizeof *levels, OF_PROJECTORS = 1 };
    struct rows r = levels[0];
    for (int i = 0; i < LEVELS - (big ? 0 : OF_PROJECTORS); i++) {
        r = levels[i];
        r.kernel = seen ? r.kernel : 0;
        if (each_strip(s, r, room) >= r.strip)
            break;
    }
    float most = big ? 44 : 30;
    r.strip = fminf(fmaxf(strip_for(s, r, room), r.strip), most);
    r.cpu = fmaxf(r.cpu, r.strip);
    return r;
}

static float content_height(const struct scene *s, struct rows r)
{
    return (r.cpu + 4) * (float)cpu_rows(s) + 4 +
           (r.strip + r.kernel + r.gap) * (float)s->travel->lod.procs;
}

enum { MINIMAP = 18 };

static float ruler_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CAPTION) + 6;
}

static float label_width(const struct scene *s)
{
    return s->ui->theme->big ? 150 : 92;
}

/* So low that heading and minimap leave their room to the lanes. */
static bool is_low(const struct scene *s, struct rect at)
{
    return at.h < (s->ui->theme->big ? 300 : 150);
}

/* The card's inside below its heading, label column and ruler taken away. */
static struct rect inside(const struct scene *s, struct rect at)
{
    struct rect in = rect_inset_xy(at, 14, 12);
    if (!is_low(s, at))
        rect_cut_top(&in, ui_leading(s->ui, TYPE_HEADING) + SPACE_2 - 2);
    return in;
}

static float map_height(const struct scene *s, struct rect at)
{
    return is_low(s, at) ? 0 : MINIMAP + 6;
}

struct rect timeline_plot(const struct scene *s, struct rect at)
{
    struct rect in = inside(s, at);
    rect_cut_left(&in, label_width(s));
    rect_cut_right(&in, 16);
    rect_cut_bottom(&in, map_height(s, at));
    return in;
}

/* ---- ruler and playhead ---- */

void timeline_ruler(struct scene *s, struct rect plot, struct rect top)
{
    struct ui *ui = s->ui;
    const struct lens *lens = &s->view->lens;
    float least = ui_width(ui, TYPE_CAPTION, scene_number(s, (tick)lens->to)) * 2;
    tick step = lens_marks(lens, plot, fmaxf(least, 48));
    tick t = (tick)ceil(lens->from / (double)step) * step;
    for (; (double)t <= lens->to; t += step) {
        float x = lens_x(lens, plot, (double)t);
        draw_rect(ui->draw,
                  (struct rect){floorf(x), top.y + top.h - 4, 1,
                                plot.y + plot.h - top.y - top.h + 4},
                  ui_tone(ui, TONE_HAIRLINE));
        struct rect r = {x - 60, top.y, 120, top.h - 4};
        ui_label_short(ui, r, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                       ALIGN_CENTRE, scene_number(s, t));
    }
}

static void playhead(struct scene *s, struct rect plot, struct rect top)
{
    struct ui *ui = s->ui;
    float x = lens_x(&s->view->lens, plot, s->travel->clock);
    if (x < plot.x - 1 || x > plot.x + plot.w + 1)
        return;
    colour ink = ui_tone(ui, TONE_PLAYHEAD);
    float y = top.y + top.h;
    draw_line(ui->draw, (struct point){x, y - 3},
              (struct point){x, plot.y + plot.h},
              (struct stroke){.line = ink, .width = ui->theme->line});
    struct point head[] = {{x - 6, y - 9}, {x + 6, y - 9}, {x, y}};
    draw_polygon(ui->draw, head, 3, ink);
}

/* ---- rows ---- */

static void row_label(struct scene *s, struct rect at, int proc)
{
    struct ui *ui = s->ui;
    ui_id id = ui_make_id("lane", proc);
    bool selected = proc == s->view->selected;
    bool born = proc < s->world->head->procs; /* else it has been seen later */
    struct rect r = rect_inset_xy(at, 0, 1);
    r.w -= SPACE_2;
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = r, .id = id, .selected = selected,
                              .linked = scene_is_pointed_at(s, proc),
                              .intent = {.what = born ? DO_SELECT : DO_NOTHING,
                                         .arg = proc}});
    scene_is_about(s, r, proc);
    scene_label_name(s, in, proc);
}

static void process_row(struct scene *s, const struct field *f, struct rect at,
                        int proc)
{
    const struct lod *lod = &s->travel->lod;
    struct rows h = f->rows;
    struct rect plot = f->plot;
    bool low = h.kernel > 0 && h.kernel < ui_leading(s->ui, TYPE_CAPTION);
    struct rect left = {at.x, at.y, label_width(s),
                        low ? h.strip + h.kernel : h.strip};
    row_label(s, left, proc);
    struct rect lane = {plot.x, at.y, plot.w, h.strip};
    draw_clip_push(s->ui->draw, (struct rect){plot.x, at.y, plot.w, at.h + 2});
    scene_is_about(s, (struct rect){plot.x, at.y, plot.w, at.h}, proc);
    scene_ground(s, (struct rect){plot.x, at.y, plot.w, at.h + 2}, proc);
    timeline_lane(s, lane, &lod->state[proc], NULL);
    if (h.kernel > 0) {
        struct rect below = {plot.x, at.y + h.strip + 1, plot.w, h.kernel - 1};
        struct crossings through;
        timeline_crossings(s, f, proc, &through);
        timeline_lane(s, below, &lod->kernel[proc], &through);
    }
    draw_clip_pop(s->ui->draw);
    draw_clip_push(s->ui->draw, rect_inset_xy(lane, -JOBS_EDGE, -JOBS_EDGE / 2));
    timeline_jobs(s, lane, &lod->jobs[proc], s->travel->seen_time);
    draw_clip_pop(s->ui->draw);
    if (h.kernel > 0 && !low)
        ui_label_short(s->ui,
                       (struct rect){at.x + SPACE_2, at.y + h.strip + 1,
                                     label_width(s) - SPACE_4, h.kernel - 1},
                       TYPE_CAPTION, ui_tone(s->ui, TONE_MUTED), ALIGN_LEFT,
                       word(W_LANE_KERNEL, s->ui->lang));
}

float timeline_row(const struct scene *s, const struct field *f, int proc)
{
    struct rows h = f->rows;
    return f->all.y + (h.cpu + 4) * (float)cpu_rows(s) + 4 +
           (h.strip + h.kernel + h.gap) * (float)proc;
}

static void cpu_row(struct scene *s, struct rect row, struct rect plot, int cpu)
{
    ui_label_short(s->ui,
                   (struct rect){row.x + SPACE_2, row.y,
                                 label_width(s) - SPACE_4, row.h},
                   TYPE_STRONG, ui_tone(s->ui, TONE_TEXT), ALIGN_LEFT,
                   scene_say(s, W_CPU_NUMBER, cpu));
    struct rect lane = {plot.x, row.y, plot.w, row.h};
    draw_clip_push(s->ui->draw, lane);
    timeline_lane(s, lane, &s->travel->lod.cpu[cpu], NULL);
    draw_clip_pop(s->ui->draw);
}

static void lanes(struct scene *s, const struct field *f)
{
    const struct lod *lod = &s->travel->lod;
    const struct rival *other = left(s);
    struct rect all = f->all, plot = f->plot;
    struct rows h = f->rows;
    struct rect clip = draw_clip(s->ui->draw);
    struct rect row = {all.x, all.y, all.w, h.cpu};
    for (int i = 0; i < lod->cpus; i++) {
        cpu_row(s, row, plot, i);
        row.y += h.cpu + 4;
        if (!other)
            continue;
        timeline_left(s, other, row, (struct rect){plot.x, row.y, plot.w, row.h},
                      i);
        row.y += h.cpu + 4;
    }
    float each = h.strip + h.kernel + h.gap, top = timeline_row(s, f, 0);
    int first = (int)fmaxf((clip.y - top) / each, 0);
    for (int i = first; i < lod->procs; i++) {
        row = (struct rect){all.x, timeline_row(s, f, i), all.w,
                            h.strip + h.kernel};
        if (row.y > clip.y + clip.h)
            break;
        process_row(s, f, row, i);
    }
}

/* What the arrow under the pointer stands for. */
static void tip(struct scene *s, const struct field *f)
{
    struct rows h = f->rows;
    float each = h.strip + h.kernel + h.gap;
    int proc = (int)floorf((s->ui->in->y - timeline_row(s, f, 0)) / each);
    if (proc < 0 || proc >= s->travel->lod.procs)
        return;
    struct rect lane = {f->plot.x, timeline_row(s, f, proc), f->plot.w, h.strip};
    timeline_jobs_tip(s, lane, proc, &s->travel->lod.jobs[proc]);
}

/* ---- the whole, small ---- */

static void minimap(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    const struct view *v = s->view;
    double all = fmax((double)s->travel->seen_time, v->lens.to);
    draw_box(ui->draw, (struct box){.at = at, .radius = 4,
                                    .fill = ui_tone(ui, TONE_INSET)});
    struct lens whole = {0, all}, own = v->lens;
    struct rect lane = rect_inset(at, 3);
    s->view->lens = whole;
    int cpus = s->travel->lod.cpus < 4 ? s->travel->lod.cpus : 4;
    for (int i = 0; i < cpus; i++) {
        const struct lane *l = &s->travel->lod.cpu[i];
        struct rect row = rect_row(lane, i, cpus, 1);
        draw_clip_push(ui->draw, row);
        timeline_columns(s, row, l);
        draw_clip_pop(ui->draw);
    }
    s->view->lens = own;
    float a = lens_x(&whole, at, own.from), b = lens_x(&whole, at, own.to);
    struct rect window = {a, at.y, fmaxf(b - a, 6), at.h};
    draw_box(ui->draw,
             (struct box){.at = window, .radius = 4,
                          .fill = colour_fade(ui_tone(ui, TONE_ACCENT), 0.08f),
                          .border = 1.5f, .line = ui_tone(ui, TONE_ACCENT)});
    timeline_marks_small(s, &whole, at);
    timeline_bookmarks(s, &whole, at, at.y + at.h);
    float x = lens_x(&whole, at, s->travel->clock);
    draw_rect(ui->draw, (struct rect){x - 0.75f, at.y, 1.5f, at.h},
              ui_tone(ui, TONE_PLAYHEAD));
    if (ui_dragged(ui, ui_make_id("minimap", 0), at)) {
        double t = lens_time(&whole, at, ui->in->x);
        ui_want(ui, (struct intent){.what = DO_LENS_SHOW,
                                    .value = t - (own.to - own.from) / 2});
    }
}

/* What lies behind the playhead has been seen, but not yet happened. */
static void veil(struct scene *s, struct rect plot)
{
    float a = lens_x(&s->view->lens, plot, s->travel->clock);
    float b = lens_x(&s->view->lens, plot, (double)s->travel->seen_time);
    a = fmaxf(a, plot.x);
    b = fminf(b, plot.x + plot.w) + 1;
    if (b > a + 1)
        draw_rect(s->ui->draw, (struct rect){a, plot.y, b - a, plot.h},
                  colour_fade(ui_tone(s->ui, TONE_SURFACE), 0.55f));
}

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    bool low = is_low(s, at);
    ui_card(ui, at, low ? NULL : word(W_PANEL_TIMELINE, ui->lang), NULL);
    struct rect head = rect_inset_xy(at, 14, 10);
    head.h = ui_leading(ui, TYPE_HEADING);
    if (!low) {
        rect_cut_left(&head, ui_width(ui, TYPE_HEADING,
                                      word(W_PANEL_TIMELINE, ui->lang)) +
                                 SPACE_4);
        timeline_mark_text(s, &head);
        timeline_legend(s, head);
    }
    struct rect in = inside(s, at);
    struct rect map = rect_cut_bottom(&in, map_height(s, at));
    rect_cut_top(&map, 6);
    struct rect top = rect_cut_top(&in, ruler_height(s));
    struct rect plot = timeline_plot(s, at);
    struct rect below = {plot.x, in.y, plot.w, in.h};
    timeline_ruler(s, below, top);
    struct rows h = rows_of(s, in.h);
    float height = content_height(s, h);
    struct rect all = ui_scroll_begin(ui, ui_make_id("lanes", 0), in, height,
                                      &s->view->scroll[PANEL_TIMELINE]);
    struct field f = {all, below, h};
    lanes(s, &f);
    draw_clip_push(ui->draw, below);
    timeline_arrows(s, &f);
    draw_clip_pop(ui->draw);
    ui_scroll_end(ui);
    veil(s, below);
    timeline_pointer(s, plot, top, height > in.h);
    if (rect_has(below, ui->in->x, ui->in->y))
        tip(s, &f);
    timeline_bookmarks(s, &s->view->lens, below, top.y + top.h);
    timeline_marks(s, below, top);
    if (low)
        timeline_mark_plate(s, (struct rect){below.x, top.y, below.w, top.h});
    playhead(s, below, top);
    rect_cut_left(&map, label_width(s));
    rect_cut_right(&map, 16);
    if (!low)
        minimap(s, map);
}

/* Room for the rows of a few processes, as low as they can be. */
static struct extent least(const struct scene *s)
{
    bool big = s->ui->theme->big;
    float n = fminf((float)s->scenario->process_count, 6);
    float row = (big ? 18 : 11) + ui_leading(s->ui, TYPE_CAPTION) - 1;
    float rest = 24 + ui_leading(s->ui, TYPE_HEADING) + SPACE_2 +
                 ruler_height(s) + MINIMAP + 6 + 4 + row;
    return (struct extent){480, fmaxf(190, rest + n * row)};
}

const struct panel panel_timeline = {
    .title = W_PANEL_TIMELINE,
    .wanted = panel_always,
    .least = least,
    .draw = draw,
};
