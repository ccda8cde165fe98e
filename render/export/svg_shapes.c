#include "render/export/svg_shapes.h"

#include "render/shape.h"

#include <math.h>

/* ---- numbers and colours ---- */

/* At most two decimals: a hundredth of a pixel. Always with a point. */
static void add_number(struct str *out, float x)
{
    long long n = llroundf(x * 100);
    if (n < 0)
        str_add_char(out, '-');
    n = n < 0 ? -n : n;
    str_addf(out, "%lld", n / 100);
    if (n % 10)
        str_addf(out, ".%02lld", n % 100);
    else if (n % 100)
        str_addf(out, ".%lld", n % 100 / 10);
}

void svg_add_attribute(struct str *out, const char *name, float x)
{
    str_addf(out, " %s=\"", name);
    add_number(out, x);
    str_add_char(out, '"');
}

void svg_add_colour(struct str *out, const char *name, colour c)
{
    str_addf(out, " %s=\"#%06x\"", name, (unsigned)(c & 0xffffff));
    if (c >> 24 < 255)
        str_addf(out, " %s-opacity=\"0.%03u\"", name,
                 (unsigned)(c >> 24) * 1000 / 255);
}

/* ---- boxes ---- */

float svg_nearest(float x)
{
    return floorf(x + 0.5f);
}

/* As the canvas places them. */
struct rect svg_place(struct rect r, float s, bool smooth)
{
    if (smooth)
        return (struct rect){r.x * s, r.y * s, r.w * s, r.h * s};
    float x0 = svg_nearest(r.x * s), x1 = svg_nearest((r.x + r.w) * s);
    float y0 = svg_nearest(r.y * s), y1 = svg_nearest((r.y + r.h) * s);
    return (struct rect){x0, y0, fmaxf(x1 - x0, 1), fmaxf(y1 - y0, 1)};
}

void svg_begin_rect(struct svg_writer *w, struct rect at, float radius)
{
    float r = fminf(radius, fminf(at.w, at.h) / 2);
    str_add(w->out, "<rect");
    svg_add_attribute(w->out, "x", at.x);
    svg_add_attribute(w->out, "y", at.y);
    svg_add_attribute(w->out, "width", at.w);
    svg_add_attribute(w->out, "height", at.h);
    if (r > 0)
        svg_add_attribute(w->out, "rx", r);
}

/* The length of a dash that goes round without a seam. */
static float fitted_dash(struct rect at, float radius, float dash)
{
    float r = fminf(radius, fminf(at.w, at.h) / 2);
    float round = 2 * (at.w + at.h) - (8 - 6.2831853f) * r;
    return round / fmaxf(floorf(round / (2 * dash) + 0.5f), 1) / 2;
}

static void write_border(struct svg_writer *w, const struct box *b,
                         struct rect at, float border)
{
    struct rect middle = rect_inset(at, border / 2);
    float radius = fmaxf(b->radius * w->scale - border / 2, 0);
    svg_begin_rect(w, middle, radius);
    str_add(w->out, " fill=\"none\"");
    svg_add_colour(w->out, "stroke", b->line);
    svg_add_attribute(w->out, "stroke-width", border);
    if (b->dash > 0)
        svg_add_attribute(w->out, "stroke-dasharray",
                      fitted_dash(middle, radius, b->dash * w->scale));
    str_add(w->out, "/>\n");
}

static void write_fill(struct svg_writer *w, const struct box *b,
                       struct rect at, float border)
{
    struct rect in = rect_inset(at, border / 2);
    float radius = fmaxf(b->radius * w->scale - border / 2, 0);
    if (b->fill >> 24) {
        svg_begin_rect(w, in, radius);
        svg_add_colour(w->out, "fill", b->fill);
        str_add(w->out, "/>\n");
    }
    if (b->pattern == PATTERN_NONE || !(b->ink >> 24))
        return;
    int name = svg_pattern(&w->patterns, b->pattern, b->ink, at, w->scale,
                           w->out);
    svg_begin_rect(w, in, radius);
    str_addf(w->out, " fill=\"url(#p%d)\"/>\n", name);
}

void svg_box(struct svg_writer *w, const struct box *b)
{
    struct rect at = svg_place(b->at, w->scale, b->smooth);
    bool bordered = b->border > 0 && b->line >> 24;
    float border = b->border * w->scale;
    if (!b->smooth)
        border = fmaxf(svg_nearest(border), 1);
    write_fill(w, b, at, bordered ? border : 0);
    if (bordered)
        write_border(w, b, at, border);
}

void svg_circle(struct svg_writer *w, const struct draw_command *c)
{
    float border = c->circle.line >> 24 ? c->circle.border * w->scale : 0;
    str_add(w->out, "<circle");
    svg_add_attribute(w->out, "cx", c->circle.at.x * w->scale);
    svg_add_attribute(w->out, "cy", c->circle.at.y * w->scale);
    svg_add_attribute(w->out, "r", c->circle.radius * w->scale - border / 2);
    if (c->circle.fill >> 24)
        svg_add_colour(w->out, "fill", c->circle.fill);
    else
        str_add(w->out, " fill=\"none\"");
    if (border > 0) {
        svg_add_colour(w->out, "stroke", c->circle.line);
        svg_add_attribute(w->out, "stroke-width", border);
    }
    str_add(w->out, "/>\n");
}

/* ---- paths ---- */

static void add_point(struct str *out, char word, float x, float y)
{
    str_add_char(out, word);
    add_number(out, x);
    str_add_char(out, ' ');
    add_number(out, y);
}

/* A ring that goes all the way round has no arc of one piece: two halves. */
void svg_ring(struct svg_writer *w, const struct draw_command *c)
{
    float r = (c->ring.radius - c->ring.width / 2) * w->scale;
    float x = c->ring.at.x * w->scale, y = c->ring.at.y * w->scale;
    float part = (c->ring.to - c->ring.from) / 2;
    str_add(w->out, "<path d=\"");
    for (int i = 0; i <= 2; i++) {
        struct point p = shape_turn((double)(c->ring.from + part * (float)i));
        if (i) {
            str_add_char(w->out, 'A');
            add_number(w->out, r);
            str_add_char(w->out, ' ');
            add_number(w->out, r);
            str_add(w->out, " 0 0 1");
        }
        add_point(w->out, i ? ' ' : 'M', x + r * p.x, y + r * p.y);
    }
    str_add(w->out, "\" fill=\"none\"");
    svg_add_colour(w->out, "stroke", c->ring.line);
    svg_add_attribute(w->out, "stroke-width", c->ring.width * w->scale);
    str_add(w->out, "/>\n");
}

/* points="x,y x,y". */
static void add_points(struct svg_writer *w, const struct point *p,
                       size_t count, float scale)
{
    str_add(w->out, " points=\"");
    for (size_t i = 0; i < count; i++) {
        str_add(w->out, i ? " " : "");
        add_number(w->out, p[i].x * scale);
        str_add_char(w->out, ',');
        add_number(w->out, p[i].y * scale);
    }
    str_add_char(w->out, '"');
}

void svg_polygon(struct svg_writer *w, const struct point *p, size_t count,
                 float scale, colour fill)
{
    str_add(w->out, "<polygon");
    add_points(w, p, count, scale);
    svg_add_colour(w->out, "fill", fill);
    str_add(w->out, "/>\n");
}

/* Takes `by` off the end of a line (of its beginning, if `step` is -1: then `p`
 * is the last point). Returns how many points are left. */
static size_t shorten(struct point *p, size_t count, int step, float by)
{
    struct point *end = step > 0 ? p + count - 1 : p - (count - 1);
    for (;;) {
        struct point *before = end - step;
        float dx = before->x - end->x, dy = before->y - end->y;
        float all = sqrtf(dx * dx + dy * dy);
        if (all < by && count > 2) {
            by -= all;
            end = before;
            count--;
            continue;
        }
        float t = all > 0 ? fminf(by / all, 0.98f) : 0;
        *end = (struct point){end->x + dx * t, end->y + dy * t};
        return count;
    }
}

/* The head of an arrow at `tip`, coming from `back`; as shape.c has it. */
static void write_head(struct svg_writer *w, struct point back,
                       struct point tip, float length, colour fill)
{
    float dx = tip.x - back.x, dy = tip.y - back.y;
    float all = sqrtf(dx * dx + dy * dy);
    if (!(all > 0))
        return;
    dx *= length / all;
    dy *= length / all;
    struct point base = {tip.x - dx, tip.y - dy};
    struct point head[] = {{base.x + 0.42f * dy, base.y - 0.42f * dx},
                           tip,
                           {base.x - 0.42f * dy, base.y + 0.42f * dx},
                           {base.x + 0.2f * dx, base.y + 0.2f * dy}};
    svg_polygon(w, head, 4, 1, fill);
}

/* On whole pixels where the canvas puts it there. */
static void align(struct point p[2], float *width)
{
    float odd = fmaxf(svg_nearest(*width), 1);
    float shift = (int)odd % 2 ? 0.5f : 0;
    if (!(fabsf(p[0].x - p[1].x) > 0))
        p[0].x = p[1].x = floorf(p[0].x) + shift;
    else if (!(fabsf(p[0].y - p[1].y) > 0))
        p[0].y = p[1].y = floorf(p[0].y) + shift;
    else
        return;
    *width = odd;
}

static void write_stroke(struct svg_writer *w, const struct point *p,
                         size_t count, const struct stroke *k, float width)
{
    bool straight = count == 2 && (!(fabsf(p[0].x - p[1].x) > 0) ||
                                   !(fabsf(p[0].y - p[1].y) > 0));
    str_add(w->out, "<polyline");
    add_points(w, p, count, 1);
    str_add(w->out, " fill=\"none\" stroke-linejoin=\"round\"");
    svg_add_colour(w->out, "stroke", k->line);
    svg_add_attribute(w->out, "stroke-width", width);
    if (k->dash > 0)
        svg_add_attribute(w->out, "stroke-dasharray", k->dash * w->scale);
    else if (!straight && !(k->head > 0) && !(k->tail > 0))
        str_add(w->out, " stroke-linecap=\"round\"");
    str_add(w->out, "/>\n");
}

void svg_line(struct svg_writer *w, const struct draw_command *c)
{
    enum { FEW = 2048 };
    struct point p[FEW];
    const struct stroke *k = &c->line.stroke;
    size_t n = c->line.count < FEW ? c->line.count : FEW;
    for (size_t i = 0; i < n; i++)
        p[i] = (struct point){c->line.points[i].x * w->scale,
                              c->line.points[i].y * w->scale};
    float width = k->width * w->scale;
    if (n == 2)
        align(p, &width);
    struct point first = p[0], last = p[n - 1], *from = p;
    if (k->head > 0)
        n = shorten(p, n, +1, k->head * w->scale * 0.8f);
    if (k->tail > 0) {
        size_t left = shorten(p + n - 1, n, -1, k->tail * w->scale * 0.8f);
        from = p + n - left;
        n = left;
    }
    write_stroke(w, from, n, k, width);
    if (k->head > 0)
        write_head(w, from[n - 1], last, k->head * w->scale, k->line);
    if (k->tail > 0)
        write_head(w, from[0], first, k->tail * w->scale, k->line);
}
