#include "render/sweep_plot.h"

#include <math.h>
#include <string.h>

enum {
    POINTS_SHOWN = 60, /* with more of them, lines have no marks */
    COLUMNS = 1000,    /* with more than twice as many, a line is thinned */
    TICKS_WANTED = 6,
    APART = 44 /* units between the numbers below */
};

static const struct {
    enum word name;
    int process; /* whose tone of the theme it has */
    float dash;  /* in units of the theme's line; 0: solid */
    int corners; /* of its marks; 0: a disc */
} looks[SWEEP_LINES] = {
    [SWEEP_TURNAROUND] = {W_SWEEP_TURNAROUND, 0, 0, 0},
    [SWEEP_WAITING] = {W_SWEEP_WAITING, 6, 5, 4},
    [SWEEP_RESPONSE] = {W_SWEEP_RESPONSE, 3, 2, 3},
    [SWEEP_SWITCHES] = {W_SWEEP_SWITCHES, 7, 0, 4},
};

/* One of the two charts while it is drawn. */
struct graph {
    struct ui *ui;
    const struct sweep_figures *f;
    enum sweep_line from, to; /* lines [from, to) */
    struct rect area;
    double left, right; /* of the horizontal axis; logarithms if `logs` */
    double low, high, step;
    bool logs;
};

/* ------------------------------------------------------------------- scales */

/* 1, 2 or 5 times a power of ten: so that about `wanted` of them fit. */
static double nice_step(double range, double wanted)
{
    double raw = range / wanted, ten = pow(10, floor(log10(raw)));
    double lead = raw / ten;
    return ten * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

/* 1, 2, 4, 8 … 1024 would crowd at the left of an even axis. */
static bool wants_logs(const struct sweep_figures *f)
{
    if (!f->x || f->count < 3 || f->x[0] <= 0)
        return false;
    return f->x[f->count - 1] / f->x[0] >= 30 &&
           f->x[f->count / 2] < f->x[f->count - 1] / 4;
}

static void find_across(struct graph *g)
{
    const struct sweep_figures *f = g->f;
    double first = f->x ? f->x[0] : 0;
    double last = f->x ? f->x[f->count - 1] : (double)f->count - 1;
    g->logs = wants_logs(f);
    g->left = g->logs ? log10(first) : first;
    g->right = g->logs ? log10(last) : last;
    double spare = f->x ? 0 : 0.5;
    if (g->right <= g->left)
        spare = 0.5;
    g->left -= spare;
    g->right += spare;
}

static void find_bounds(const struct graph *g, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (int k = (int)g->from; k < (int)g->to; k++)
        for (size_t i = 0; i < g->f->count; i++) {
            double y = g->f->y[k][i];
            if (isnan(y))
                continue;
            *low = fmin(*low, y);
            *high = fmax(*high, y);
        }
    if (*low > *high)
        *low = *high = 0;
}

/* Whether they are the same but for the last digits of a division. */
static bool is_even(double low, double high)
{
    return high - low <= 1e-9 * fmax(fabs(low), fabs(high));
}

/* From 0 unless that would make all lines flat. What is flat anyhow lies in the
 * middle, above a 0 that says how much it is; and there is no half switch. */
static void find_up(struct graph *g)
{
    double low, high;
    find_bounds(g, &low, &high);
    if (is_even(low, high)) {
        high = high > 0 ? 2 * high : low + 1;
        low = fmin(low, 0);
    } else if (low > 0 && low < 0.6 * high) {
        low = 0;
    }
    g->step = nice_step(high - low, TICKS_WANTED);
    if (g->from == SWEEP_SWITCHES)
        g->step = fmax(g->step, 1);
    g->low = floor(low / g->step + 1e-9) * g->step;
    g->high = ceil(high / g->step - 1e-9) * g->step;
}

static float across(const struct graph *g, size_t i)
{
    double x = g->f->x ? g->f->x[i] : (double)i;
    x = g->logs ? log10(x) : x;
    return g->area.x +
           (float)((x - g->left) / (g->right - g->left)) * g->area.w;
}

static float up(const struct graph *g, double y)
{
    return g->area.y +
           (float)(1 - (y - g->low) / (g->high - g->low)) * g->area.h;
}

/* --------------------------------------------------------------------- axes */

static void rule(struct graph *g, struct point a, struct point b, bool strong)
{
    struct ui *ui = g->ui;
    draw_line(ui->draw, a, b,
              (struct stroke){
                  .line = ui_tone(ui, strong ? TONE_LINE : TONE_HAIRLINE),
                  .width = strong ? ui->theme->line : 1});
}

static const char *number_text(struct ui *ui, double n)
{
    if (n == floor(n) && fabs(n) < 1e15)
        return ui_format(ui, "%.0f", n);
    return ui_format(ui, "%.6g", fabs(n) < 1e-12 ? 0 : n);
}

static float numbers_width(struct graph *g)
{
    float w = 0;
    for (double y = g->low; y <= g->high + g->step / 2; y += g->step)
        w = fmaxf(w, ui_width(g->ui, TYPE_CAPTION, number_text(g->ui, y)));
    return ceilf(w) + 1;
}

static void draw_up_axis(struct graph *g, float width)
{
    struct rect a = g->area;
    float h = ui_leading(g->ui, TYPE_CAPTION);
    for (double y = g->low; y <= g->high + g->step / 2; y += g->step) {
        float at = roundf(up(g, y));
        rule(g, (struct point){a.x, at}, (struct point){a.x + a.w, at}, false);
        ui_label_in(g->ui,
                    (struct rect){a.x - width - SPACE_2, at - h / 2, width, h},
                    TYPE_CAPTION, ui_tone(g->ui, TONE_MUTED), ALIGN_RIGHT,
                    number_text(g->ui, y));
    }
}

/* A text under the axis, unless it would come too close to the last one. */
static void draw_below(struct graph *g, float x, const char *text, float *from)
{
    float h = ui_leading(g->ui, TYPE_CAPTION);
    float w = ceilf(ui_width(g->ui, TYPE_CAPTION, text)) + 1;
    float y = g->area.y + g->area.h;
    rule(g, (struct point){x, y}, (struct point){x, y + 4}, true);
    if (x - w / 2 < *from)
        return;
    *from = x + w / 2 + SPACE_2;
    ui_label_in(g->ui, (struct rect){x - w / 2, y + 6, w, h}, TYPE_CAPTION,
                ui_tone(g->ui, TONE_MUTED), ALIGN_CENTRE, text);
}

static void draw_ticks(struct graph *g)
{
    float from = g->area.x - SPACE_6;
    double step = nice_step(g->right - g->left, g->area.w / APART);
    step = step < 1 ? 1 : step;
    for (double x = ceil(g->left / step - 1e-9) * step;
         x <= g->right + 1e-9; x += step) {
        float at = g->area.x +
                   (float)((x - g->left) / (g->right - g->left)) * g->area.w;
        draw_below(g, roundf(at), number_text(g->ui, x), &from);
    }
}

/* Words, and numbers whose logarithms count, stand where the values are. */
static void draw_values(struct graph *g)
{
    float from = g->area.x - SPACE_6;
    for (size_t i = 0; i < g->f->count; i++)
        draw_below(g, roundf(across(g, i)),
                   g->f->x ? number_text(g->ui, g->f->x[i]) : g->f->label[i],
                   &from);
}

static void draw_across_axis(struct graph *g)
{
    struct rect a = g->area;
    rule(g, (struct point){a.x, a.y + a.h}, (struct point){a.x + a.w, a.y + a.h},
         true);
    if (g->f->x && !g->logs)
        draw_ticks(g);
    else
        draw_values(g);
}

/* -------------------------------------------------------------------- lines */

static colour ink_of(const struct ui *ui, enum sweep_line k)
{
    return theme_process(ui->theme, looks[k].process).text;
}

static void draw_mark(struct ui *ui, enum sweep_line k, struct point at)
{
    float r = 2.6f * ui->theme->line;
    colour ink = ink_of(ui, k);
    int n = looks[k].corners;
    struct point corner[4];
    if (!n) {
        draw_circle(ui->draw, at, r, ink, 0, ink);
        return;
    }
    for (int i = 0; i < n; i++) {
        double turn = 6.28318530718 * ((n == 4 ? 0.125 : 0) + (double)i / n);
        corner[i] = (struct point){at.x + 1.3f * r * (float)sin(turn),
                                   at.y - 1.3f * r * (float)cos(turn)};
    }
    draw_polygon(ui->draw, corner, (size_t)n, ink);
}

static struct stroke stroke_of(const struct ui *ui, enum sweep_line k)
{
    float line = ui->theme->line;
    return (struct stroke){.line = ink_of(ui, k),
                           .width = 1.4f * line,
                           .dash = looks[k].dash * line};
}

/* Of very many points in a column the least and the greatest are drawn. */
static size_t thin(const double *y, size_t from, size_t to, size_t at[2])
{
    size_t least = from, most = from;
    for (size_t i = from; i < to; i++) {
        least = y[i] < y[least] ? i : least;
        most = y[i] > y[most] ? i : most;
    }
    at[0] = least < most ? least : most;
    at[1] = least < most ? most : least;
    return least == most ? 1 : 2;
}

/* The line through values [from, to), none of which is missing. */
static void draw_stretch(struct graph *g, enum sweep_line k, size_t from,
                         size_t to)
{
    const double *y = g->f->y[k];
    size_t each = g->f->count > 2 * COLUMNS ? g->f->count / COLUMNS : 1;
    size_t n = 0;
    struct point *p = arena_alloc(&g->ui->frame,
                                  2 * ((to - from) / each + 2) * sizeof *p);
    for (size_t i = from; i < to; i += each) {
        size_t at[2];
        size_t some = thin(y, i, i + each < to ? i + each : to, at);
        for (size_t j = 0; j < some; j++)
            p[n++] = (struct point){across(g, at[j]), up(g, y[at[j]])};
    }
    if (n > 1 && g->f->x)
        draw_polyline(g->ui->draw, p, n, stroke_of(g->ui, k));
    for (size_t i = 0; i < n && (g->f->count <= POINTS_SHOWN || n == 1); i++)
        draw_mark(g->ui, k, p[i]);
}

static void draw_series(struct graph *g, enum sweep_line k)
{
    const double *y = g->f->y[k];
    size_t best = g->f->count;
    double most = -INFINITY, least = INFINITY;
    for (size_t i = 0, end; i < g->f->count; i = end + 1) {
        for (end = i; end < g->f->count && !isnan(y[end]); end++) {
            best = best == g->f->count || y[end] < y[best] ? end : best;
            most = fmax(most, y[end]);
            least = fmin(least, y[end]);
        }
        if (end > i)
            draw_stretch(g, k, i, end);
    }
    if (best < g->f->count && !is_even(least, most))
        draw_ring(g->ui->draw, (struct point){across(g, best), up(g, y[best])},
                  5.4f * g->ui->theme->line, g->ui->theme->line, 0, 1,
                  ui_tone(g->ui, TONE_STRONG));
}

/* ------------------------------------------------------------------- legend */

/* A name and what its line looks like; returns the width used. */
static float draw_name(struct ui *ui, struct rect at, enum sweep_line k)
{
    enum { SAMPLE = 30 };
    const char *name = word(looks[k].name, ui->lang);
    float y = roundf(at.y + at.h / 2);
    draw_line(ui->draw, (struct point){at.x, y},
              (struct point){at.x + SAMPLE, y}, stroke_of(ui, k));
    draw_mark(ui, k, (struct point){at.x + SAMPLE / 2, y});
    rect_cut_left(&at, SAMPLE + SPACE_2);
    float w = ui_width(ui, TYPE_BODY, name);
    ui_label_in(ui, at, TYPE_BODY, ink_of(ui, k), ALIGN_LEFT, name);
    return SAMPLE + SPACE_2 + w + SPACE_6;
}

static bool some_ring(const struct graph *g)
{
    struct graph one = *g;
    for (int k = (int)g->from; k < (int)g->to; k++) {
        double low, high;
        one.from = (enum sweep_line)k;
        one.to = (enum sweep_line)(k + 1);
        find_bounds(&one, &low, &high);
        if (!is_even(low, high))
            return true;
    }
    return false;
}

/* One line alone has the title for a name. */
static void draw_legend(struct graph *g, struct rect at)
{
    struct ui *ui = g->ui;
    for (int k = (int)g->from; k < (int)g->to && g->to - g->from > 1; k++)
        rect_cut_left(&at, draw_name(ui, at, (enum sweep_line)k));
    if (!some_ring(g))
        return;
    float r = 5.4f * ui->theme->line;
    draw_ring(ui->draw, (struct point){at.x + r, roundf(at.y + at.h / 2)}, r,
              ui->theme->line, 0, 1, ui_tone(ui, TONE_STRONG));
    rect_cut_left(&at, 2 * r + SPACE_2);
    ui_label_in(ui, at, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                word(W_SWEEP_LEAST, ui->lang));
}

/* -------------------------------------------------------------------- whole */

/* `left`: how wide the numbers are, of both charts. */
static void draw_graph(struct graph *g, struct rect at, float left)
{
    struct ui *ui = g->ui;
    float h = ui_leading(ui, TYPE_CAPTION);
    enum word title = g->from == SWEEP_SWITCHES ? W_SWEEP_SWITCHES
                                                : W_SWEEP_TIMES;
    enum word unit = g->from == SWEEP_SWITCHES ? W_SWEEP_NUMBER
                                               : W_SWEEP_TICKS;
    struct rect in =
        ui_card(ui, at, word(title, ui->lang), word(unit, ui->lang));
    draw_legend(g, rect_cut_top(&in, ui_leading(ui, TYPE_BODY)));
    rect_cut_top(&in, SPACE_3);
    struct rect name = rect_cut_bottom(&in, h);
    rect_cut_bottom(&in, h + SPACE_2);
    rect_cut_left(&in, left + SPACE_3);
    rect_cut_right(&in, SPACE_6);
    g->area = in;
    draw_up_axis(g, left);
    draw_across_axis(g);
    for (int k = (int)g->from; k < (int)g->to; k++)
        draw_series(g, (enum sweep_line)k);
    name.x = in.x;
    name.w = in.w;
    ui_label_in(ui, name, TYPE_CAPTION, ui_tone(ui, TONE_TEXT), ALIGN_RIGHT,
                g->f->axis);
}

static void draw_head(struct ui *ui, const struct sweep_figures *f,
                      struct rect at)
{
    struct rect row = rect_inset_xy(at, SPACE_4, at.h * 0.19f);
    draw_rect(ui->draw, at, ui_tone(ui, TONE_BAR));
    enum type type = ui->theme->big ? TYPE_HEADING : TYPE_TITLE;
    float most = row.w - ui_width(ui, TYPE_STRONG, f->remark) - SPACE_6;
    struct rect left = rect_cut_left(&row, fmaxf(most, row.w / 2));
    ui_label_short(ui, left, type, ui_tone(ui, TONE_BAR_TEXT), ALIGN_LEFT,
                   f->title);
    ui_label_short(ui, row, TYPE_STRONG, ui_tone(ui, TONE_BAR_MUTED),
                   ALIGN_RIGHT, f->remark);
}

void sweep_plot_draw(struct ui *ui, const struct sweep_figures *f)
{
    struct rect page = ui->all;
    struct graph times = {.ui = ui, .f = f, .to = SWEEP_SWITCHES};
    struct graph switches = {.ui = ui,
                             .f = f,
                             .from = SWEEP_SWITCHES,
                             .to = SWEEP_LINES};
    float bar = ui_leading(ui, TYPE_TITLE) * (ui->theme->big ? 1.65f : 1.9f);
    draw_head(ui, f, rect_cut_top(&page, bar));
    page = rect_inset(page, SPACE_3);
    find_across(&times);
    find_across(&switches);
    find_up(&times);
    find_up(&switches);
    float left = fmaxf(numbers_width(&times), numbers_width(&switches));
    struct rect top = rect_cut_top(&page, floorf(page.h * 0.58f));
    rect_cut_top(&page, SPACE_3);
    draw_graph(&times, top, left);
    draw_graph(&switches, page, left);
}
