/* timeline_mark.c: markers A and B: where they stand, how far they are apart,
 * and how the pointer sets them.
 *
 * A hand that sets a marker means the edge of a bar, not the pixel beside it:
 * what it sets goes to the nearest edge of any lane that is near enough. */
#include "render/panel/timeline.h"

#include <math.h>

enum { SNAP = 8 /* units */, TREMBLE = 4, FLAG_EDGE = 4 };

static const char *const letters[MARK_COUNT] = {[MARK_A] = "A", [MARK_B] = "B"};

/* ---- the nearest edge ---- */

struct snap {
    float x, best; /* of the pointer; distance of the nearest so far */
    double t;      /* … and its time */
};

static void look_at_edge(const struct scene *s, struct rect plot, double t,
                         struct snap *n)
{
    float d = fabsf(lens_x(&s->view->lens, plot, t) - n->x);
    if (d >= n->best)
        return;
    n->best = d;
    n->t = t;
}

static void look_at_lane(const struct scene *s, struct rect plot,
                         const struct lane *lane, struct snap *n)
{
    size_t i = lane_at(lane, lens_time(&s->view->lens, plot, n->x));
    size_t next = i == SIZE_MAX ? 0 : i + 1;
    if (i != SIZE_MAX)
        look_at_edge(s, plot, (double)lane->start[i], n);
    if (next < lane->count)
        look_at_edge(s, plot, (double)lane->start[next], n);
}

double timeline_snap(const struct scene *s, struct rect plot, float x)
{
    const struct lod *lod = &s->travel->lod;
    struct snap n = {.x = x, .best = SNAP};
    n.t = fmax(floor(lens_time(&s->view->lens, plot, x) + 0.5), 0);
    look_at_edge(s, plot, (double)s->travel->seen_time, &n);
    for (int i = 0; i < lod->cpus; i++)
        look_at_lane(s, plot, &lod->cpu[i], &n);
    for (int i = 0; i < lod->procs; i++)
        look_at_lane(s, plot, &lod->state[i], &n);
    return n.t;
}

/* ---- the pointer ---- */

static void set(struct scene *s, int mark, double t)
{
    ui_want(s->ui,
            (struct intent){.what = DO_MARK, .arg = mark, .value = t});
}

static struct rect flag_at(const struct scene *s, float x, struct rect top)
{
    float half = ui_width(s->ui, TYPE_CAPTION, letters[MARK_B]) / 2 + FLAG_EDGE;
    return (struct rect){x - half, top.y, 2 * half, top.h - 6};
}

bool timeline_flags(struct scene *s, struct rect plot, struct rect top)
{
    struct ui *ui = s->ui;
    bool taken = false;
    for (int i = 0; i < MARK_COUNT; i++) {
        ui_id id = ui_make_id("marker", i);
        if (s->view->mark[i] == MARK_NONE)
            continue;
        float x = lens_x(&s->view->lens, plot, (double)s->view->mark[i]);
        struct rect at = flag_at(s, x, top);
        bool held = ui_dragged(ui, id, at);
        if (held)
            set(s, i, timeline_snap(s, plot, ui->in->x));
        if (held || ui->hot == id)
            ui->cursor = CURSOR_SIZE_X;
        ui_tip(ui, id, at, word(W_MARK_TIP, ui->lang),
               command_about(i == MARK_A ? DO_MARK_A : DO_MARK_B)->label);
        taken |= held || ui->hot == id;
    }
    return taken;
}

bool timeline_measure(struct scene *s, struct rect plot, struct rect lanes)
{
    struct ui *ui = s->ui;
    ui_id id = ui_make_id("measure", 0);
    if (!(ui->in->mods & MOD_SHIFT) && ui->active != id)
        return false;
    bool fresh = ui->active != id;
    if (!ui_dragged(ui, id, lanes))
        return ui->hot == id;
    double t = timeline_snap(s, plot, ui->in->x);
    if (fresh) {
        ui->grip = ui->in->x;
        set(s, MARK_A, t);
    } else if (fabsf(ui->in->x - ui->grip) > TREMBLE) {
        set(s, MARK_B, t);
    }
    ui->cursor = CURSOR_SIZE_X;
    return true;
}

/* ---- the picture ---- */

static bool both_set(const struct view *v)
{
    return v->mark[MARK_A] != MARK_NONE && v->mark[MARK_B] != MARK_NONE;
}

/* "A to B: 7 ticks", or where the only one stands; NULL: none is set. */
static const char *text_of(const struct scene *s)
{
    const tick *m = s->view->mark;
    tick apart = m[MARK_B] - m[MARK_A];
    if (both_set(s->view))
        return scene_say(s, apart == 1 || apart == -1 ? W_MARK_TICK
                                                      : W_MARK_TICKS,
                         scene_number(s, apart));
    for (int i = 0; i < MARK_COUNT; i++)
        if (m[i] != MARK_NONE)
            return scene_say(s, W_MARK_ONE, letters[i], scene_number(s, m[i]));
    return NULL;
}

void timeline_mark_text(struct scene *s, struct rect *head)
{
    struct ui *ui = s->ui;
    const char *text = text_of(s);
    if (!text)
        return;
    float w = ui_width(ui, TYPE_STRONG, text) + 2 * SPACE_2 + 1;
    if (w > head->w)
        return;
    struct rect at = rect_middle(rect_cut_left(head, w), w,
                                 ui_leading(ui, TYPE_STRONG));
    draw_box(ui->draw, (struct box){.at = at, .radius = 6,
                                    .fill = ui_tone(ui, TONE_ACCENT_SOFT)});
    ui_label_in(ui, at, TYPE_STRONG, ui_tone(ui, TONE_TEXT), ALIGN_CENTRE,
                text);
}

static void flag(struct scene *s, int i, float x, struct rect plot,
                 struct rect top)
{
    struct ui *ui = s->ui;
    struct rect at = flag_at(s, x, top);
    draw_line(ui->draw, (struct point){x, at.y + at.h},
              (struct point){x, plot.y + plot.h},
              (struct stroke){.line = ui_tone(ui, TONE_ACCENT),
                              .width = ui->theme->line,
                              .dash = 4});
    draw_box(ui->draw, (struct box){.at = at, .radius = 3,
                                    .fill = ui_tone(ui, TONE_ACCENT)});
    ui_label_short(ui, rect_inset_xy(at, -6, 0), TYPE_CAPTION,
                   ui_tone(ui, TONE_ON_ACCENT), ALIGN_CENTRE, letters[i]);
}

/* Bookmarks are small: a slide has its place, not a line through the lanes. */
static void pennant(struct scene *s, float x, float y)
{
    struct point p[] = {{x - 4, y - 4}, {x, y - 8}, {x + 4, y - 4}, {x, y}};
    draw_polygon(s->ui->draw, p, 4, ui_tone(s->ui, TONE_WARN));
}

void timeline_bookmarks(struct scene *s, const struct lens *lens,
                        struct rect over, float y)
{
    const struct bookmarks *b = &s->view->bookmarks;
    for (int i = 0; i < b->count; i++) {
        if (s->predict->on && b->all[i].t > s->travel->seen_time)
            continue; /* it would tell that something happens there */
        float x = lens_x(lens, over, (double)b->all[i].t);
        if (x >= over.x - 1 && x <= over.x + over.w + 1)
            pennant(s, x, y);
    }
}

void timeline_marks(struct scene *s, struct rect plot, struct rect top)
{
    const struct view *v = s->view;
    float x[MARK_COUNT];
    for (int i = 0; i < MARK_COUNT; i++)
        x[i] = lens_x(&v->lens, plot, (double)v->mark[i]);
    if (both_set(v)) {
        float a = fmaxf(fminf(x[0], x[1]), plot.x);
        float b = fminf(fmaxf(x[0], x[1]), plot.x + plot.w);
        if (b > a)
            draw_rect(s->ui->draw, (struct rect){a, plot.y, b - a, plot.h},
                      colour_fade(ui_tone(s->ui, TONE_ACCENT), 0.08f));
    }
    for (int i = 0; i < MARK_COUNT; i++)
        if (v->mark[i] != MARK_NONE && x[i] >= plot.x - 1 &&
            x[i] <= plot.x + plot.w + 1)
            flag(s, i, x[i], plot, top);
}

void timeline_mark_plate(struct scene *s, struct rect top)
{
    struct ui *ui = s->ui;
    const struct view *v = s->view;
    const char *text = text_of(s);
    if (!text || !both_set(v))
        return;
    double middle = ((double)v->mark[MARK_A] + (double)v->mark[MARK_B]) / 2;
    float w = ui_width(ui, TYPE_STRONG, text) + 2 * SPACE_2;
    float x = lens_x(&v->lens, top, middle);
    x = fminf(fmaxf(x, top.x + w / 2), top.x + top.w - w / 2);
    struct rect at = {x - w / 2, top.y, w, top.h - 4};
    draw_box(ui->draw, (struct box){.at = at, .radius = 6,
                                    .fill = ui_tone(ui, TONE_ACCENT_SOFT)});
    ui_label_short(ui, at, TYPE_STRONG, ui_tone(ui, TONE_TEXT), ALIGN_CENTRE,
                   text);
}

void timeline_marks_small(struct scene *s, const struct lens *whole,
                          struct rect at)
{
    struct ui *ui = s->ui;
    for (int i = 0; i < MARK_COUNT; i++) {
        if (s->view->mark[i] == MARK_NONE)
            continue;
        float x = lens_x(whole, at, (double)s->view->mark[i]);
        struct point head[] = {{x - 4, at.y}, {x + 4, at.y}, {x, at.y + 6}};
        draw_rect(ui->draw, (struct rect){x - 0.75f, at.y, 1.5f, at.h},
                  ui_tone(ui, TONE_ACCENT));
        draw_polygon(ui->draw, head, 3, ui_tone(ui, TONE_ACCENT));
    }
}
