/* svg.c: see svg.h. Each kind of command has a function of its own, beside the
 * one in canvas_draw.c that makes pixels of it. */
#include "render/export/svg.h"

#include "render/canvas_draw.h"
#include "render/export/svg_patterns.h"
#include "render/shape.h"

#include <math.h>
#include <string.h>

struct writer {
    struct str *out;
    float scale;
    struct rect clip;  /* of the group that is open, in pixels … */
    bool clipped;      /* … if one is */
    int clips;         /* clip paths so far: their names */
    struct svg_patterns patterns;
};

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

static void add_attribute(struct str *out, const char *name, float x)
{
    str_addf(out, " %s=\"", name);
    add_number(out, x);
    str_add_char(out, '"');
}

static void add_colour(struct str *out, const char *name, colour c)
{
    str_addf(out, " %s=\"#%06x\"", name, (unsigned)(c & 0xffffff));
    if (c >> 24 < 255)
        str_addf(out, " %s-opacity=\"0.%03u\"", name,
                 (unsigned)(c >> 24) * 1000 / 255);
}

void svg_add_text(struct str *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned code = 0;
        size_t n = utf8_length(text + i, length - i, &code);
        bool control = code < 0x20 && code != '\t';
        if (!n || control || code == 0xFFFE || code == 0xFFFF)
            str_add(out, "\xEF\xBF\xBD");
        else if (code == '&')
            str_add(out, "&amp;");
        else if (code == '<')
            str_add(out, "&lt;");
        else if (code == '>')
            str_add(out, "&gt;");
        else if (code == '"')
            str_add(out, "&quot;");
        else
            str_add_bytes(out, text + i, n);
        i += n ? n : 1;
    }
}

/* ---- boxes ---- */

static float nearest(float x)
{
    return floorf(x + 0.5f);
}

/* As the canvas places them. */
static struct rect place(struct rect r, float s, bool smooth)
{
    if (smooth)
        return (struct rect){r.x * s, r.y * s, r.w * s, r.h * s};
    float x0 = nearest(r.x * s), x1 = nearest((r.x + r.w) * s);
    float y0 = nearest(r.y * s), y1 = nearest((r.y + r.h) * s);
    return (struct rect){x0, y0, fmaxf(x1 - x0, 1), fmaxf(y1 - y0, 1)};
}

static void begin_rect(struct writer *w, struct rect at, float radius)
{
    float r = fminf(radius, fminf(at.w, at.h) / 2);
    str_add(w->out, "<rect");
    add_attribute(w->out, "x", at.x);
    add_attribute(w->out, "y", at.y);
    add_attribute(w->out, "width", at.w);
    add_attribute(w->out, "height", at.h);
    if (r > 0)
        add_attribute(w->out, "rx", r);
}

/* The length of a dash that goes round without a seam. */
static float fitted_dash(struct rect at, float radius, float dash)
{
    float r = fminf(radius, fminf(at.w, at.h) / 2);
    float round = 2 * (at.w + at.h) - (8 - 6.2831853f) * r;
    return round / fmaxf(floorf(round / (2 * dash) + 0.5f), 1) / 2;
}

static void write_border(struct writer *w, const struct box *b, struct rect at,
                         float border)
{
    struct rect middle = rect_inset(at, border / 2);
    float radius = fmaxf(b->radius * w->scale - border / 2, 0);
    begin_rect(w, middle, radius);
    str_add(w->out, " fill=\"none\"");
    add_colour(w->out, "stroke", b->line);
    add_attribute(w->out, "stroke-width", border);
    if (b->dash > 0)
        add_attribute(w->out, "stroke-dasharray",
                      fitted_dash(middle, radius, b->dash * w->scale));
    str_add(w->out, "/>\n");
}

static void write_fill(struct writer *w, const struct box *b, struct rect at,
                       float border)
{
    struct rect in = rect_inset(at, border / 2);
    float radius = fmaxf(b->radius * w->scale - border / 2, 0);
    if (b->fill >> 24) {
        begin_rect(w, in, radius);
        add_colour(w->out, "fill", b->fill);
        str_add(w->out, "/>\n");
    }
    if (b->pattern == PATTERN_NONE || !(b->ink >> 24))
        return;
    int name = svg_pattern(&w->patterns, b->pattern, b->ink, at, w->scale,
                           w->out);
    begin_rect(w, in, radius);
    str_addf(w->out, " fill=\"url(#p%d)\"/>\n", name);
}

static void write_box(struct writer *w, const struct box *b)
{
    struct rect at = place(b->at, w->scale, b->smooth);
    bool bordered = b->border > 0 && b->line >> 24;
    float border = b->border * w->scale;
    if (!b->smooth)
        border = fmaxf(nearest(border), 1);
    write_fill(w, b, at, bordered ? border : 0);
    if (bordered)
        write_border(w, b, at, border);
}

static void write_circle(struct writer *w, const struct draw_command *c)
{
    float border = c->circle.line >> 24 ? c->circle.border * w->scale : 0;
    str_add(w->out, "<circle");
    add_attribute(w->out, "cx", c->circle.at.x * w->scale);
    add_attribute(w->out, "cy", c->circle.at.y * w->scale);
    add_attribute(w->out, "r", c->circle.radius * w->scale - border / 2);
    if (c->circle.fill >> 24)
        add_colour(w->out, "fill", c->circle.fill);
    else
        str_add(w->out, " fill=\"none\"");
    if (border > 0) {
        add_colour(w->out, "stroke", c->circle.line);
        add_attribute(w->out, "stroke-width", border);
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
static void write_ring(struct writer *w, const struct draw_command *c)
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
    add_colour(w->out, "stroke", c->ring.line);
    add_attribute(w->out, "stroke-width", c->ring.width * w->scale);
    str_add(w->out, "/>\n");
}

/* points="x,y x,y". */
static void add_points(struct writer *w, const struct point *p, size_t count,
                       float scale)
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

static void write_polygon(struct writer *w, const struct point *p,
                          size_t count, float scale, colour fill)
{
    str_add(w->out, "<polygon");
    add_points(w, p, count, scale);
    add_colour(w->out, "fill", fill);
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
static void write_head(struct writer *w, struct point back, struct point tip,
                       float length, colour fill)
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
    write_polygon(w, head, 4, 1, fill);
}

/* On whole pixels where the canvas puts it there. */
static void align(struct point p[2], float *width)
{
    float odd = fmaxf(nearest(*width), 1);
    float shift = (int)odd % 2 ? 0.5f : 0;
    if (!(fabsf(p[0].x - p[1].x) > 0))
        p[0].x = p[1].x = floorf(p[0].x) + shift;
    else if (!(fabsf(p[0].y - p[1].y) > 0))
        p[0].y = p[1].y = floorf(p[0].y) + shift;
    else
        return;
    *width = odd;
}

static void write_stroke(struct writer *w, const struct point *p, size_t count,
                         const struct stroke *k, float width)
{
    bool straight = count == 2 && (!(fabsf(p[0].x - p[1].x) > 0) ||
                                   !(fabsf(p[0].y - p[1].y) > 0));
    str_add(w->out, "<polyline");
    add_points(w, p, count, 1);
    str_add(w->out, " fill=\"none\" stroke-linejoin=\"round\"");
    add_colour(w->out, "stroke", k->line);
    add_attribute(w->out, "stroke-width", width);
    if (k->dash > 0)
        add_attribute(w->out, "stroke-dasharray", k->dash * w->scale);
    else if (!straight && !(k->head > 0) && !(k->tail > 0))
        str_add(w->out, " stroke-linecap=\"round\"");
    str_add(w->out, "/>\n");
}

static void write_line(struct writer *w, const struct draw_command *c)
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

/* ---- shadows, images, text ---- */

/* A few rounded rectangles on each other: the canvas's shadow falls off with
 * the square of the distance, and so do they. */
static void write_shadow(struct writer *w, const struct draw_command *c)
{
    enum { LAYERS = 6 };
    struct rect at = place(c->shadow.at, w->scale, true);
    float blur = c->shadow.blur * w->scale, radius = c->shadow.radius * w->scale;
    float before = 0;
    for (int i = 0; i < LAYERS; i++) {
        float out = ((float)(LAYERS - i) - 0.5f) / LAYERS;
        float cover = (1 - out) * (1 - out);
        begin_rect(w, rect_inset(at, -out * blur), radius + out * blur);
        add_colour(w->out, "fill",
                   colour_fade(c->shadow.ink, cover - before));
        str_add(w->out, "/>\n");
        before = cover;
    }
}

/* Runs of one colour as rectangles. */
static void write_image(struct writer *w, const struct draw_command *c)
{
    struct rect at = place(c->bounds, w->scale, false);
    float cell_w = at.w / (float)c->image.width;
    float cell_h = at.h / (float)c->image.height;
    for (int y = 0; y < c->image.height; y++) {
        const colour *row = c->image.pixels + (ptrdiff_t)y * c->image.width;
        for (int x = 0, end; x < c->image.width; x = end) {
            for (end = x; end < c->image.width && row[end] == row[x];)
                end++;
            if (!(row[x] >> 24))
                continue;
            begin_rect(w, (struct rect){at.x + cell_w * (float)x,
                                        at.y + cell_h * (float)y,
                                        cell_w * (float)(end - x), cell_h}, 0);
            add_colour(w->out, "fill", row[x]);
            str_add(w->out, " shape-rendering=\"crispEdges\"/>\n");
        }
    }
}

static void write_text(struct writer *w, const struct draw_command *c)
{
    static const struct {
        const char *family;
        int weight;
    } faces[FACE_COUNT] = {
        [FACE_REGULAR] = {"s", 400}, [FACE_MEDIUM] = {"s", 500},
        [FACE_SEMIBOLD] = {"s", 600}, [FACE_BOLD] = {"s", 700},
        [FACE_CODE] = {"c", 400}, [FACE_CODE_BOLD] = {"c", 700},
    };
    const struct draw_run *run = &c->text.run;
    if (!run->length)
        return;
    str_addf(w->out, "<text class=\"%s\"", faces[run->face].family);
    add_attribute(w->out, "x", c->text.at.x * w->scale);
    add_attribute(w->out, "y", nearest(c->text.at.y * w->scale));
    add_attribute(w->out, "font-size", nearest(run->size * w->scale));
    str_addf(w->out, " font-weight=\"%d\"", faces[run->face].weight);
    if (run->length > 1 && run->width > 0) {
        add_attribute(w->out, "textLength", run->width * w->scale);
        str_add(w->out, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    add_colour(w->out, "fill", run->ink);
    str_add(w->out, " xml:space=\"preserve\">");
    svg_add_text(w->out, run->text, run->length);
    str_add(w->out, "</text>\n");
}

/* ---- clips ---- */

static bool contains(struct rect out, struct rect in)
{
    return in.x >= out.x && in.y >= out.y && in.x + in.w <= out.x + out.w &&
           in.y + in.h <= out.y + out.h;
}

static void end_clip(struct writer *w)
{
    if (w->clipped)
        str_add(w->out, "</g>\n");
    w->clipped = false;
}

/* Opens the group that clips to `clip`, unless it is open. */
static void begin_clip(struct writer *w, struct pixel_rect clip)
{
    struct rect r = {(float)clip.x, (float)clip.y, (float)clip.w,
                     (float)clip.h};
    if (w->clipped && memcmp(&w->clip, &r, sizeof r) == 0)
        return;
    end_clip(w);
    int name = w->clips++;
    str_addf(w->out, "<clipPath id=\"c%d\">", name);
    begin_rect(w, r, 0);
    str_addf(w->out, "/></clipPath>\n<g clip-path=\"url(#c%d)\">\n", name);
    w->clip = r;
    w->clipped = true;
}

/* ---- all of it ---- */

static void write_command(struct writer *w, const struct draw_command *c)
{
    switch (c->kind) {
    case DRAW_BOX: write_box(w, &c->box); break;
    case DRAW_CIRCLE: write_circle(w, c); break;
    case DRAW_RING: write_ring(w, c); break;
    case DRAW_LINE: write_line(w, c); break;
    case DRAW_POLYGON:
        write_polygon(w, c->polygon.points, c->polygon.count, w->scale,
                      c->polygon.fill);
        break;
    case DRAW_SHADOW: write_shadow(w, c); break;
    case DRAW_TEXT: write_text(w, c); break;
    case DRAW_IMAGE: write_image(w, c); break;
    }
}

static void write_commands(struct writer *w, const struct svg_picture *p)
{
    for (size_t i = 0; i < p->draw->count; i++) {
        const struct draw_command *c = &p->draw->commands[i];
        struct pixel_rect bounds = canvas_pixels_of(c->bounds, p->scale);
        struct pixel_rect clip = canvas_pixels_of(c->clip, p->scale);
        if (pixel_meet(pixel_meet(bounds, clip), p->part).w <= 0)
            continue;
        if (contains(c->clip, c->bounds))
            end_clip(w);
        else
            begin_clip(w, clip);
        write_command(w, c);
    }
    end_clip(w);
}

void svg_write(const struct svg_picture *p, struct str *out)
{
    struct writer w = {.out = out, .scale = p->scale};
    str_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
             "height=\"%d\" viewBox=\"%d %d %d %d\" role=\"img\">\n<title>",
             p->part.w, p->part.h, p->part.x, p->part.y, p->part.w, p->part.h);
    svg_add_text(out, p->title, strlen(p->title));
    str_add(out,
            "</title>\n<style>text{white-space:pre;font-kerning:none;"
            "font-variant-ligatures:none}"
            ".s{font-family:Inter,\"DejaVu Sans\",\"WenQuanYi Micro Hei\","
            "\"Noto Sans CJK SC\",sans-serif}"
            ".c{font-family:\"JetBrains Mono\",\"DejaVu Sans Mono\","
            "\"WenQuanYi Micro Hei Mono\",monospace}</style>\n");
    begin_rect(&w, (struct rect){(float)p->part.x, (float)p->part.y,
                                 (float)p->part.w, (float)p->part.h}, 0);
    add_colour(out, "fill", p->ground);
    str_add(out, "/>\n");
    write_commands(&w, p);
    str_add(out, "</svg>\n");
}
