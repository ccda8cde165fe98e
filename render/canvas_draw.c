/* canvas_draw.c: how each kind of command becomes pixels.
 *
 * Boxes, and lines along an axis, are moved to whole pixels first: a hairline
 * is one crisp row instead of two grey ones. What may travel (circles, curves,
 * boxes that say `smooth`) is not. */
#include "render/canvas_draw.h"

#include "render/paint.h"
#include "render/shape.h"
#include "sim/base/mem.h"

#include <math.h>
#include <stdlib.h>

struct pixel_rect pixel_meet(struct pixel_rect a, struct pixel_rect b)
{
    int x0 = a.x > b.x ? a.x : b.x;
    int y0 = a.y > b.y ? a.y : b.y;
    int x1 = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int y1 = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    if (x1 <= x0 || y1 <= y0)
        return (struct pixel_rect){x0, y0, 0, 0};
    return (struct pixel_rect){x0, y0, x1 - x0, y1 - y0};
}

/* Far outside of any surface, and far from overflow. */
static int whole(float x)
{
    return x > -1e6f ? (x < 1e6f ? (int)x : 1000000) : -1000000;
}

/* floorf is a call; four for each command and two for each glyph are felt. */
static int whole_below(float x)
{
    int towards_zero = whole(x);
    return (float)towards_zero > x ? towards_zero - 1 : towards_zero;
}

static int whole_above(float x)
{
    return -whole_below(-x);
}

struct pixel_rect canvas_pixels_of(struct rect r, float scale)
{
    int x0 = whole_below(r.x * scale);
    int y0 = whole_below(r.y * scale);
    int x1 = whole_above((r.x + r.w) * scale);
    int y1 = whole_above((r.y + r.h) * scale);
    return (struct pixel_rect){x0, y0, x1 - x0, y1 - y0};
}

static float nearest(float x)
{
    return floorf(x + 0.5f);
}

/* To device pixels; on whole ones unless smooth, and never thinner than one. */
static struct rect place(struct rect r, float s, bool smooth)
{
    if (smooth)
        return (struct rect){r.x * s, r.y * s, r.w * s, r.h * s};
    float x0 = nearest(r.x * s), x1 = nearest((r.x + r.w) * s);
    float y0 = nearest(r.y * s), y1 = nearest((r.y + r.h) * s);
    return (struct rect){x0, y0, fmaxf(x1 - x0, 1), fmaxf(y1 - y0, 1)};
}

static float thickness(float w, float s, bool smooth)
{
    return smooth ? w * s : fmaxf(nearest(w * s), 1);
}

static struct paint plain(const struct surface *s, colour fill)
{
    return (struct paint){.pixels = s->pixels, .pitch = s->width,
                          .fill = fill};
}

/* ------------------------------------------------------------------ shapes */

static void draw_rounded(struct surface *s, const struct rounded *f,
                         struct paint *p, struct pixel_rect clip)
{
    if (corners_spans(&s->corners, &s->raster, f, clip, paint_span, p))
        return;
    raster_begin(&s->raster, clip);
    corners_trace(&s->raster, f);
    raster_end(&s->raster, paint_span, p);
}

static void fill_box(struct surface *s, const struct box *b, struct rect at,
                     float border, float scale, struct pixel_rect clip)
{
    struct paint p = plain(s, b->fill);
    if (b->ink >> 24)
        p.pattern = b->pattern;
    p.ink = b->ink;
    p.box = canvas_pixels_of(at, 1);
    p.scale = scale;
    /* The fill ends under the middle of the border: nothing shines out. */
    struct rounded f = {.at = rect_inset(at, border / 2),
                      .radius = fmaxf(b->radius * scale - border / 2, 0)};
    draw_rounded(s, &f, &p, clip);
}

static void border_box(struct surface *s, const struct box *b, struct rect at,
                       float border, float scale, struct pixel_rect clip)
{
    struct paint p = plain(s, b->line);
    struct rounded f = {at, b->radius * scale, border, b->dash * scale};
    draw_rounded(s, &f, &p, clip);
}

static void draw_one_box(struct surface *s, const struct box *b, float scale,
                         struct pixel_rect clip)
{
    struct rect at = place(b->at, scale, b->smooth);
    bool bordered = b->border > 0 && b->line >> 24;
    float border = bordered ? thickness(b->border, scale, b->smooth) : 0;
    if (b->fill >> 24 || (b->pattern != PATTERN_NONE && b->ink >> 24))
        fill_box(s, b, at, border, scale, clip);
    if (bordered)
        border_box(s, b, at, border, scale, clip);
}

static void draw_one_circle(struct surface *s, const struct draw_command *c,
                            float scale, struct pixel_rect clip)
{
    float r = c->circle.radius;
    struct box b = {
        .at = {c->circle.at.x - r, c->circle.at.y - r, 2 * r, 2 * r},
        .radius = r,
        .fill = c->circle.fill,
        .border = c->circle.border,
        .line = c->circle.line,
        .smooth = true,
    };
    draw_one_box(s, &b, scale, clip);
}

static void draw_one_ring(struct surface *s, const struct draw_command *c,
                          float scale, struct pixel_rect clip)
{
    struct paint p = plain(s, c->ring.line);
    struct point at = {c->ring.at.x * scale, c->ring.at.y * scale};
    raster_begin(&s->raster, clip);
    shape_ring(&s->raster, at, c->ring.radius * scale, c->ring.width * scale,
               c->ring.from, c->ring.to);
    raster_end(&s->raster, paint_span, &p);
}

/* A line along an axis: on whole pixels. */
static void align_line(struct point p[2], float *width)
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

static void draw_one_line(struct surface *s, const struct draw_command *c,
                          float scale, struct pixel_rect clip)
{
    enum { FEW = 64 };
    size_t count = c->line.count;
    struct point few[FEW];
    struct point *p = count <= FEW ? few : mem_new(count, sizeof *p);
    struct stroke k = c->line.stroke;
    for (size_t i = 0; i < count; i++)
        p[i] = (struct point){c->line.points[i].x * scale,
                              c->line.points[i].y * scale};
    k.width *= scale;
    k.dash *= scale;
    k.head *= scale;
    k.tail *= scale;
    if (count == 2)
        align_line(p, &k.width);
    struct paint paint = plain(s, k.line);
    raster_begin(&s->raster, clip);
    shape_stroke(&s->raster, p, count, k);
    raster_end(&s->raster, paint_span, &paint);
    if (p != few)
        free(p);
}

static void draw_one_polygon(struct surface *s, const struct draw_command *c,
                             float scale, struct pixel_rect clip)
{
    struct paint paint = plain(s, c->polygon.fill);
    const struct point *p = c->polygon.points;
    size_t count = c->polygon.count;
    raster_begin(&s->raster, clip);
    for (size_t i = 0; i < count; i++) {
        struct point a = p[i], b = p[i + 1 < count ? i + 1 : 0];
        raster_edge(&s->raster, (struct point){a.x * scale, a.y * scale},
                    (struct point){b.x * scale, b.y * scale});
    }
    raster_end(&s->raster, paint_span, &paint);
}

static void draw_one_shadow(struct surface *s, const struct draw_command *c,
                            float scale, struct pixel_rect clip)
{
    struct shadow k = {place(c->shadow.at, scale, true),
                       c->shadow.radius * scale, c->shadow.blur * scale,
                       c->shadow.ink};
    canvas_draw_shadow(s, &k, clip);
}

/* -------------------------------------------------------- text and images */

static void draw_mask(struct surface *s, const struct glyph *g, int x, int y,
                      colour ink, struct pixel_rect clip)
{
    struct pixel_rect at =
        pixel_meet((struct pixel_rect){x, y, g->width, g->height}, clip);
    uint64_t over = paint_spread(ink | 0xFF000000u);
    for (int row = at.y; row < at.y + at.h; row++) {
        const uint8_t *mask =
            g->mask + (ptrdiff_t)(row - y) * g->width + (at.x - x);
        colour *p = s->pixels + (ptrdiff_t)row * s->width + at.x;
        for (int i = 0; i < at.w; i++) {
            if (!mask[i])
                continue;
            uint32_t a = paint_lanes((ink >> 24) * (uint32_t)mask[i]);
            p[i] = paint_over(p[i], over * a, 255 - a);
        }
    }
}

static void draw_one_text(struct surface *s, struct font_set *t,
                          const struct draw_command *c, float scale,
                          struct pixel_rect clip)
{
    const struct draw_run *run = &c->text.run;
    int size = (int)nearest(run->size * scale);
    float pen = c->text.at.x * scale;
    int base = (int)nearest(c->text.at.y * scale);
    for (size_t i = 0; i < run->length;) {
        unsigned code = 0xFFFD;
        size_t n = utf8_length(run->text + i, run->length - i, &code);
        i += n ? n : 1;
        int quarters = whole_below(pen * 4 + 0.5f);
        int x = whole_below((float)quarters / 4);
        const struct glyph *g = text_glyph(t, (enum face)run->face, size, code,
                                           quarters - 4 * x);
        if (g->mask)
            draw_mask(s, g, x + g->left, base - g->top, run->ink, clip);
        pen += g->advance;
    }
}

static void draw_one_image(struct surface *s, const struct draw_command *c,
                           float scale, struct pixel_rect clip)
{
    struct rect at = place(c->bounds, scale, false);
    int x0 = (int)at.x, y0 = (int)at.y, w = (int)at.w, h = (int)at.h;
    struct pixel_rect part =
        pixel_meet((struct pixel_rect){x0, y0, w, h}, clip);
    for (int y = part.y; y < part.y + part.h; y++) {
        int64_t from_row = (int64_t)(y - y0) * c->image.height / h;
        const colour *from = c->image.pixels + from_row * c->image.width;
        colour *to = s->pixels + (ptrdiff_t)y * s->width;
        for (int x = part.x; x < part.x + part.w; x++) {
            colour ink = from[(int64_t)(x - x0) * c->image.width / w];
            if (ink >> 24)
                to[x] = paint_blend(to[x], ink, 255);
        }
    }
}

void canvas_draw_command(struct surface *s, struct font_set *t,
                         const struct draw_command *c, float scale,
                         struct pixel_rect clip)
{
    switch (c->kind) {
    case DRAW_BOX:
        draw_one_box(s, &c->box, scale, clip);
        break;
    case DRAW_CIRCLE:
        draw_one_circle(s, c, scale, clip);
        break;
    case DRAW_RING:
        draw_one_ring(s, c, scale, clip);
        break;
    case DRAW_LINE:
        draw_one_line(s, c, scale, clip);
        break;
    case DRAW_POLYGON:
        draw_one_polygon(s, c, scale, clip);
        break;
    case DRAW_SHADOW:
        draw_one_shadow(s, c, scale, clip);
        break;
    case DRAW_TEXT:
        if (t)
            draw_one_text(s, t, c, scale, clip);
        break;
    case DRAW_IMAGE:
        draw_one_image(s, c, scale, clip);
        break;
    }
}
