/* timeline_arrow.c: from a write to the read that took its bytes.
 *
 * An arrow leaves the sender's strip straight, turns in the gap above the
 * lower of the two rows, and goes straight into the receiver's strip. So it
 * never runs along a strip; how many bytes there were stands in the same gap,
 * at whichever side of the arrow no other one is in the way. */
#include "render/panel/timeline.h"

#include <math.h>

enum {
    ARROWS_MOST = 80, /* more would be a thicket */
    BEND_LEAST = 9,   /* units for a turn and a head */
    BEND_POINTS = 12,
    WORD_APART = 5
};

/* An arrow in units. */
struct flight {
    float xa, xb; /* sent, received */
    int upper, lower; /* rows; the gap it turns in is the one above `lower` */
    bool down;
    bool own;     /* somebody reads what it wrote itself */
    float straight; /* x of the part that goes straight over rows */
};

static struct flight flight_of(const struct scene *s, const struct field *f,
                               const struct ipc_arrow *a)
{
    struct flight g;
    g.xa = lens_x(&s->view->lens, f->plot, (double)a->put);
    g.xb = lens_x(&s->view->lens, f->plot, (double)a->got);
    g.own = a->to == a->from;
    g.down = a->to > a->from || g.own;
    g.upper = g.down ? a->from : a->to;
    g.lower = g.own ? a->to + 1 : g.down ? a->to : a->from;
    g.straight = g.down ? g.xa : g.xb;
    return g;
}

/* The arrows in view: [*first, *end). None of a thicket. */
static void in_view(const struct scene *s, size_t *first, size_t *end)
{
    const struct lod *lod = &s->travel->lod;
    tick from = (tick)s->view->lens.from, to = (tick)s->view->lens.to + 1;
    *first = lod_arrow(lod, from);
    *end = lod_arrow(lod, to);
    while (*end < lod->arrow_count && *end - *first < ARROWS_MOST &&
           lod->arrows[*end].put < to)
        (*end)++;
    if (*end - *first >= ARROWS_MOST)
        *end = *first;
}

/* ---- the line ---- */

struct track {
    struct point at[BEND_POINTS + 3];
    size_t count;
};

static void go(struct track *t, float x, float y)
{
    t->at[t->count++] = (struct point){x, y};
}

static void bend(struct track *t, struct point a, struct point ca,
                 struct point cb, struct point b)
{
    for (int i = 0; i <= BEND_POINTS; i++)
        t->at[t->count++] =
            curve_point(a, ca, cb, b, (float)i / (float)BEND_POINTS);
}

static struct track track_of(const struct scene *s, const struct field *f,
                             const struct flight *g)
{
    struct rows h = f->rows;
    float below = timeline_row(s, f, g->upper) + h.strip; /* the upper strip */
    float top = timeline_row(s, f, g->lower);             /* the lower one */
    float gap = h.gap >= BEND_LEAST ? h.gap : fmaxf(h.gap + h.kernel, BEND_LEAST);
    float turn = top - gap;
    struct track t = {.count = 0};
    if (g->own) {
        go(&t, g->xa, below);
        bend(&t, (struct point){g->xa, turn}, (struct point){g->xa, top + 3},
             (struct point){g->xb, top + 3}, (struct point){g->xb, turn});
        go(&t, g->xb, below);
    } else if (g->down) {
        go(&t, g->xa, below);
        bend(&t, (struct point){g->xa, turn}, (struct point){g->xa, top},
             (struct point){g->xb, turn}, (struct point){g->xb, top});
    } else {
        bend(&t, (struct point){g->xa, top}, (struct point){g->xa, turn},
             (struct point){g->xb, top}, (struct point){g->xb, turn});
        go(&t, g->xb, below);
    }
    return t;
}

/* A margin of the surface, so that a line stands out from the bars; those of
 * all arrows lie below all lines. */
static void draw_margin(struct scene *s, const struct track *t)
{
    struct ui *ui = s->ui;
    draw_polyline(ui->draw, t->at, t->count - 1,
                  (struct stroke){.line = ui_tone(ui, TONE_SURFACE),
                                  .width = ui->theme->line + 2});
}

static void draw_track(struct scene *s, const struct track *t)
{
    struct ui *ui = s->ui;
    float line = ui->theme->line;
    colour ink = ui_tone(ui, TONE_ACCENT);
    draw_circle(ui->draw, t->at[0], 2.5f + line / 2, ink, 1,
                ui_tone(ui, TONE_SURFACE));
    draw_polyline(ui->draw, t->at, t->count,
                  (struct stroke){.line = ink, .width = line, .head = 8});
}

/* ---- the word ---- */

/* What arrow `g` takes of the gap above row `lower`. */
static bool takes(const struct flight *g, int lower, float *from, float *to)
{
    if (lower <= g->upper || lower > g->lower)
        return false;
    bool turns = lower == g->lower;
    *from = turns ? fminf(g->xa, g->xb) : g->straight;
    *to = turns ? fmaxf(g->xa, g->xb) : g->straight;
    return true;
}

struct words {
    const struct flight *flights;
    int count;
    struct span {
        int lower;
        float from, to;
    } said[ARROWS_MOST]; /* places taken by words */
    int said_count;
};

static bool is_free(const struct words *w, struct span p)
{
    float from, to;
    for (int i = 0; i < w->count; i++)
        if (takes(&w->flights[i], p.lower, &from, &to) && from < p.to + 2 &&
            p.from - 2 < to)
            return false;
    for (int i = 0; i < w->said_count; i++)
        if (w->said[i].lower == p.lower && w->said[i].from < p.to &&
            p.from < w->said[i].to)
            return false;
    return true;
}

/* Right of the arrow, left of it, or nowhere. */
static void say(struct scene *s, const struct field *f, struct words *w,
                const struct flight *g, int64_t bytes)
{
    struct ui *ui = s->ui;
    const char *text = scene_say(s, bytes == 1 ? W_ARROW_BYTE : W_ARROW_BYTES,
                                 scene_number(s, bytes));
    float wide = ui_width(ui, TYPE_CAPTION, text) + 10;
    float left = fminf(g->xa, g->xb) - WORD_APART - wide;
    float right = fmaxf(g->xa, g->xb) + WORD_APART;
    for (int side = 0; side < 2; side++) {
        float x = side ? left : right;
        struct span p = {g->lower, x, x + wide};
        if (p.from < f->plot.x || p.to > f->plot.x + f->plot.w ||
            !is_free(w, p))
            continue;
        float gap = f->rows.gap;
        struct rect at = {x, timeline_row(s, f, g->lower) - gap, wide, gap};
        draw_rect(ui->draw, rect_inset_xy(at, 0, 1), ui_tone(ui, TONE_SURFACE));
        ui_label_in(ui, at, TYPE_CAPTION, ui_tone(ui, TONE_ACCENT_TEXT),
                    ALIGN_CENTRE, text);
        w->said[w->said_count++] = p;
        return;
    }
}

/* ---- all of them ---- */

void timeline_arrows(struct scene *s, const struct field *f)
{
    struct flight flights[ARROWS_MOST];
    struct words w = {.flights = flights};
    const struct ipc_arrow *arrows = s->travel->lod.arrows;
    size_t first, end;
    in_view(s, &first, &end);
    for (size_t i = first; i < end; i++)
        flights[w.count++] = flight_of(s, f, &arrows[i]);
    bool room = f->rows.gap >= ui_leading(s->ui, TYPE_CAPTION) - 3;
    for (int i = 0; i < w.count && room; i++)
        say(s, f, &w, &flights[i], arrows[first + (size_t)i].bytes);
    for (int i = 0; i < 2 * w.count; i++) {
        struct track t = track_of(s, f, &flights[i % w.count]);
        (i < w.count ? draw_margin : draw_track)(s, &t);
    }
}

static void cross(struct crossings *to, float x)
{
    if (to->count < CROSSINGS_MOST)
        to->x[to->count++] = x;
}

void timeline_crossings(const struct scene *s, const struct field *f, int proc,
                        struct crossings *to)
{
    size_t first, end;
    in_view(s, &first, &end);
    to->count = 0;
    for (size_t i = first; i < end; i++) {
        struct flight g = flight_of(s, f, &s->travel->lod.arrows[i]);
        if (proc < g.upper || proc >= g.lower)
            continue;
        cross(to, g.straight);
        if (g.own)
            cross(to, g.xb);
    }
}
