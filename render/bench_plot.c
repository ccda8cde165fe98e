#include "render/bench_plot.h"

#include "sim/base/figures_say.h"

#include <math.h>

const struct way_look way_looks[WAY_COUNT] = {
    [WAY_PIPE] = {0, 0, 1.3f, 0, false},
    [WAY_FIFO] = {3, 2, 1.3f, -100, false},
    [WAY_MSGQ] = {6, 5, 1.3f, 4, false},
    [WAY_SHM_COPY] = {7, 4, 1.3f, -4, true},
    [WAY_SHM_ONCE] = {1, 3, 1.3f, 3, false},
    [WAY_SHM] = {9, 0, 2.2f, 4, true},
    [WAY_SEM] = {8, 2, 1.3f, -3, false},
};

colour plot_ink(const struct plot *p, enum way w)
{
    return theme_process(p->ui->theme, way_looks[w].process).text;
}

void plot_label(struct plot *p, struct rect at, colour ink, enum align align,
                const char *text)
{
    struct plot_labels *l = p->labels;
    float w = fminf(ui_width(p->ui, TYPE_CAPTION, text), at.w);
    float left = align == ALIGN_LEFT     ? at.x
                 : align == ALIGN_CENTRE ? at.x + (at.w - w) / 2
                                         : at.x + at.w - w;
    ui_label_in(p->ui, at, TYPE_CAPTION, ink, align, text);
    if (l && l->count < PLOT_LABELS_MOST)
        l->at[l->count++] = (struct rect){left, at.y, w, at.h};
}

/* ------------------------------------------------------------------- scales */

static bool drawn(const struct plot *p, enum way w)
{
    return figures_want(p->figures, w) &&
           (way_table[w].carries || !p->rates);
}

static void find_range(struct plot *p)
{
    double low = INFINITY, high = -INFINITY;
    for (int w = 0; w < WAY_COUNT; w++)
        for (int i = 0; i < figures_sizes(p->figures, (enum way)w); i++) {
            const struct figure *g = &p->figures->at[w][i];
            if (!drawn(p, (enum way)w) || !g->known)
                continue;
            low = fmin(low, log10(p->value(g)));
            high = fmax(high, log10(p->value(g)));
        }
    if (low > high) {
        low = 1;
        high = 3;
    }
    /* A decade at least, so that there are numbers on the axis. */
    double spare = fmax(0.06 * (high - low), (1 - (high - low)) / 2);
    p->low = low - spare;
    p->high = high + spare;
}

struct point plot_point(const struct plot *p, double size, double value)
{
    const struct figures *f = p->figures;
    int n = f->size_count;
    double first = n ? log((double)f->sizes[0]) : 0;
    double last = n ? log((double)f->sizes[n - 1]) : 0;
    double x = last > first ? (log(size) - first) / (last - first) : 0.5;
    double y = (log10(value) - p->low) / (p->high - p->low);
    return (struct point){p->area.x + (float)x * p->area.w,
                          p->area.y + (float)(1 - y) * p->area.h};
}

/* --------------------------------------------------------------------- axes */

static const char *tick_text(struct ui *ui, double n)
{
    return ui_format(ui, "%.10g", n);
}

/* The next of 1, 2, 5, 10, 20 …, or with `coarse` of 1, 10, 100 … */
static double next_tick(double n, bool coarse)
{
    double lead = n / pow(10, floor(log10(n) + 1e-9));
    if (coarse)
        return n * 10;
    return lead < 1.5 ? n * 2 : lead < 3 ? n * 2.5 : n * 2;
}

static double first_tick(const struct plot *p, bool coarse)
{
    double n = pow(10, floor(p->low));
    while (log10(n) < p->low)
        n = next_tick(n, coarse);
    return n;
}

static float ticks_width(struct plot *p, bool coarse)
{
    float w = 0;
    for (double n = first_tick(p, coarse); log10(n) <= p->high;
         n = next_tick(n, coarse))
        w = fmaxf(w, ui_width(p->ui, TYPE_CAPTION, tick_text(p->ui, n)));
    return ceilf(w);
}

static void draw_rule(struct plot *p, struct point a, struct point b)
{
    struct ui *ui = p->ui;
    draw_line(ui->draw, a, b,
              (struct stroke){.line = ui_tone(ui, TONE_HAIRLINE), .width = 1});
}

static void draw_y_axis(struct plot *p, float width, bool coarse)
{
    struct rect a = p->area;
    float h = ui_leading(p->ui, TYPE_CAPTION), last = HUGE_VALF;
    for (double n = first_tick(p, coarse); log10(n) <= p->high;
         n = next_tick(n, coarse)) {
        float y = roundf(plot_point(p, 1, n).y);
        draw_rule(p, (struct point){a.x, y}, (struct point){a.x + a.w, y});
        if (last - y < h)
            continue;
        last = y;
        plot_label(p, (struct rect){a.x - width - SPACE_2, y - h / 2, width, h},
                   ui_tone(p->ui, TONE_MUTED), ALIGN_RIGHT,
                   tick_text(p->ui, n));
    }
}

static const char *size_text(struct ui *ui, double bytes)
{
    struct str s = {0};
    figures_say_size(bytes, &s);
    const char *text = ui_format(ui, "%s", str_text(&s));
    str_free(&s);
    return text;
}

/* The name of size number `i` under the axis, unless it would reach beyond
 * `most`; `*from` is where the one before it ends. */
static void draw_size(struct plot *p, int i, float *from, float most)
{
    double size = (double)p->figures->sizes[i];
    const char *text = size_text(p->ui, size);
    float h = ui_leading(p->ui, TYPE_CAPTION);
    float w = ceilf(ui_width(p->ui, TYPE_CAPTION, text)) + 1;
    float x = roundf(plot_point(p, size, 1).x) - w / 2;
    if (x < *from || x + w > most)
        return;
    *from = x + w + SPACE_2;
    plot_label(p, (struct rect){x, p->area.y + p->area.h + SPACE_2, w, h},
               ui_tone(p->ui, TONE_MUTED), ALIGN_CENTRE, text);
}

/* The last size is named in any case. */
static void draw_x_axis(struct plot *p)
{
    struct rect a = p->area;
    int n = p->figures->size_count;
    float from = -HUGE_VALF, most = HUGE_VALF;
    for (int i = 0; i < n; i++) {
        float x = roundf(plot_point(p, (double)p->figures->sizes[i], 1).x);
        draw_rule(p, (struct point){x, a.y}, (struct point){x, a.y + a.h});
    }
    if (n > 1) {
        const char *last = size_text(p->ui, (double)p->figures->sizes[n - 1]);
        most = a.x + a.w - ui_width(p->ui, TYPE_CAPTION, last) / 2 - SPACE_2;
    }
    for (int i = 0; i < n - 1; i++)
        draw_size(p, i, &from, most);
    if (n)
        draw_size(p, n - 1, &from, HUGE_VALF);
    struct stroke axis = {.line = ui_tone(p->ui, TONE_LINE),
                          .width = p->ui->theme->line};
    draw_line(p->ui->draw, (struct point){a.x, a.y + a.h},
              (struct point){a.x + a.w, a.y + a.h}, axis);
}

/* -------------------------------------------------------------------- lines */

void plot_marker(const struct plot *p, enum way w, struct point at)
{
    const struct way_look *l = &way_looks[w];
    struct draw *d = p->ui->draw;
    float line = p->ui->theme->line, r = 2.8f * line;
    colour ink = plot_ink(p, w), paper = ui_tone(p->ui, TONE_SURFACE);
    bool hollow = l->corners < 0;
    int corners = hollow ? -l->corners : l->corners;
    if (!corners || corners > 4) {
        draw_circle(d, at, r, hollow ? paper : ink, line, ink);
        return;
    }
    struct point outer[4], inner[4];
    float from = l->turned || corners == 3 ? 0 : 0.125f;
    for (int i = 0; i < corners; i++) {
        double turn = 6.28318530718 * (from + (double)i / corners);
        float x = (float)sin(turn), y = (float)-cos(turn);
        float big = corners == 3 ? 1.4f * r : 1.25f * r;
        outer[i] = (struct point){at.x + big * x, at.y + big * y};
        big -= 1.8f * line;
        inner[i] = (struct point){at.x + big * x, at.y + big * y};
    }
    draw_polygon(d, outer, (size_t)corners, ink);
    if (hollow)
        draw_polygon(d, inner, (size_t)corners, paper);
}

static struct stroke stroke_of(const struct plot *p, enum way w)
{
    float line = p->ui->theme->line;
    return (struct stroke){.line = plot_ink(p, w),
                           .width = way_looks[w].width * line,
                           .dash = way_looks[w].dash * line};
}

static void draw_way(struct plot *p, enum way w)
{
    const struct figures *f = p->figures;
    struct point points[FIGURE_SIZES_MOST];
    size_t n = 0;
    for (int i = 0; i < figures_sizes(f, w) && way_table[w].carries; i++)
        if (f->at[w][i].known)
            points[n++] = plot_point(p, (double)f->sizes[i],
                                     p->value(&f->at[w][i]));
    if (n > 1)
        draw_polyline(p->ui->draw, points, n, stroke_of(p, w));
    for (size_t i = 0; i < n; i++)
        plot_marker(p, w, points[i]);
    if (way_table[w].carries || !f->at[w][0].known)
        return;
    struct point left = plot_point(p, 1, p->value(&f->at[w][0]));
    left.x = p->area.x;
    draw_line(p->ui->draw, left,
              (struct point){p->area.x + p->area.w, left.y}, stroke_of(p, w));
}

/* ---------------------------------------------------------------- crossings */

int plot_crossings(const struct figures *f,
                   struct plot_crossing list[PLOT_CROSSINGS_MOST])
{
    static const enum way calls[PLOT_CROSSINGS_MOST] = {WAY_PIPE, WAY_MSGQ};
    int n = 0;
    for (int i = 0; i < PLOT_CROSSINGS_MOST; i++) {
        struct crossing c = figures_cross(f, WAY_SHM, calls[i]);
        if (c.kind == CROSSING_UP || c.kind == CROSSING_DOWN)
            list[n++] = (struct plot_crossing){calls[i], c};
    }
    if (n == 2 && list[1].crossing.size < list[0].crossing.size) {
        struct plot_crossing first = list[0];
        list[0] = list[1];
        list[1] = first;
    }
    return n;
}

/* A ring, a line up from it, and its size above the chart. */
static void draw_crossings(struct plot *p)
{
    struct plot_crossing list[PLOT_CROSSINGS_MOST];
    int n = plot_crossings(p->figures, list);
    struct ui *ui = p->ui;
    float h = ui_leading(ui, TYPE_CAPTION), left = p->area.x;
    float width[PLOT_CROSSINGS_MOST], rest = 0;
    const char *text[PLOT_CROSSINGS_MOST];
    for (int i = 0; i < n; i++) {
        text[i] = ui_format(ui, "%s %s",
                            word(way_table[list[i].against].title, ui->lang),
                            size_text(ui, list[i].crossing.size));
        width[i] = ceilf(ui_width(ui, TYPE_CAPTION, text[i])) + 1;
        rest += width[i] + SPACE_3;
    }
    for (int i = 0; i < n; i++) {
        struct point at = plot_point(p, list[i].crossing.size,
                                     list[i].crossing.rate);
        float most = p->area.x + p->area.w - rest;
        float x = fmaxf(left, fminf(at.x - width[i] / 2, most));
        draw_line(ui->draw, (struct point){at.x, p->area.y},
                  (struct point){at.x, at.y - 9},
                  (struct stroke){.line = ui_tone(ui, TONE_STRONG), .width = 1,
                                  .dash = 3});
        draw_ring(ui->draw, at, 9, ui->theme->line, 0, 1,
                  ui_tone(ui, TONE_STRONG));
        plot_label(p, (struct rect){x, p->area.y - h - 2, width[i], h},
                   ui_tone(ui, TONE_TEXT), ALIGN_CENTRE, text[i]);
        left = x + width[i] + SPACE_3;
        rest -= width[i] + SPACE_3;
    }
}

/* -------------------------------------------------------------- the whole */

void plot_draw(struct plot *p)
{
    float h = ui_leading(p->ui, TYPE_CAPTION);
    p->area = p->at;
    find_range(p);
    bool coarse = p->high - p->low > 2;
    float left = ticks_width(p, coarse), right = plot_names_width(p);
    rect_cut_left(&p->area, left + SPACE_3);
    rect_cut_right(&p->area, right + SPACE_6);
    rect_cut_top(&p->area, p->rates ? h + SPACE_1 : h / 2);
    rect_cut_bottom(&p->area, h + SPACE_2);
    draw_y_axis(p, left, coarse);
    draw_x_axis(p);
    for (int w = 0; w < WAY_COUNT; w++)
        if (drawn(p, (enum way)w))
            draw_way(p, (enum way)w);
    if (p->rates)
        draw_crossings(p);
    plot_names(p);
}
