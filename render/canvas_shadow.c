/* canvas_shadow.c: the soft shadow of a rounded rectangle.
 *
 * Only a band on both sides of its edge is drawn, the inner one half as wide:
 * the box, from which it may be moved a little, covers the rest. So
 * the shadow has nine parts, with nothing to do in the middle one, and only in
 * the corners does a pixel need a distance of its own. */
#include "render/canvas_draw.h"
#include "render/paint.h"

#include <math.h>

/* Distance of a point from a rounded rectangle, negative inside. */
static float rounded_distance(struct rect r, float radius, float x, float y)
{
    float dx = fabsf(x - r.x - r.w / 2) - r.w / 2 + radius;
    float dy = fabsf(y - r.y - r.h / 2) - r.h / 2 + radius;
    float ox = dx > 0 ? dx : 0, oy = dy > 0 ? dy : 0;
    float in = dx > dy ? dx : dy;
    return sqrtf(ox * ox + oy * oy) + (in < 0 ? in : 0) - radius;
}

static int shadow_at(const struct shadow *k, int x, int y)
{
    float d = rounded_distance(k->at, k->radius, (float)x + 0.5f,
                               (float)y + 0.5f);
    float left = 1 - d / k->blur;
    if (left <= 0)
        return 0;
    return left < 1 ? (int)(left * left * 255 + 0.5f) : 255;
}

static void shade_corner(struct surface *s, const struct shadow *k,
                         struct pixel_rect part)
{
    for (int y = part.y; y < part.y + part.h; y++) {
        colour *row = s->pixels + (ptrdiff_t)y * s->width;
        for (int x = part.x; x < part.x + part.w; x++) {
            int cover = shadow_at(k, x, y);
            if (cover)
                row[x] = paint_blend(row[x], k->ink, cover);
        }
    }
}

/* Above and below: one value a row. */
static void shade_rows(struct surface *s, const struct shadow *k,
                       struct pixel_rect part)
{
    struct paint p = {.pixels = s->pixels, .pitch = s->width,
                      .fill = k->ink};
    for (int y = part.y; y < part.y + part.h; y++) {
        int cover = shadow_at(k, part.x, y);
        if (cover)
            paint_span(&p, part.x, y, part.w, cover);
    }
}

/* At the sides: one value a column. */
static void shade_columns(struct surface *s, const struct shadow *k,
                          struct pixel_rect part)
{
    enum { ACROSS = 32 };
    uint8_t cover[ACROSS];
    for (; part.w > 0; part.x += ACROSS, part.w -= ACROSS) {
        int w = part.w < ACROSS ? part.w : ACROSS;
        for (int i = 0; i < w; i++)
            cover[i] = (uint8_t)shadow_at(k, part.x + i, part.y);
        for (int y = part.y; y < part.y + part.h; y++) {
            colour *row = s->pixels + (ptrdiff_t)y * s->width + part.x;
            for (int i = 0; i < w; i++)
                if (cover[i])
                    row[i] = paint_blend(row[i], k->ink, cover[i]);
        }
    }
}

void canvas_draw_shadow(struct surface *s, const struct shadow *k,
                        struct pixel_rect clip)
{
    struct pixel_rect core =
        canvas_pixels_of(rect_inset(k->at, k->radius + k->blur / 2), 1);
    if (core.w <= 0 || core.h <= 0) {
        shade_corner(s, k, clip);
        return;
    }
    const int xs[] = {clip.x, core.x, core.x + core.w, clip.x + clip.w};
    const int ys[] = {clip.y, core.y, core.y + core.h, clip.y + clip.h};
    for (int i = 0; i < 9; i++) {
        int x = i % 3, y = i / 3;
        struct pixel_rect part = pixel_meet(
            clip, (struct pixel_rect){xs[x], ys[y], xs[x + 1] - xs[x],
                                      ys[y + 1] - ys[y]});
        if (part.w <= 0)
            continue;
        if (x != 1 && y != 1)
            shade_corner(s, k, part);
        else if (y != 1)
            shade_rows(s, k, part);
        else if (x != 1)
            shade_columns(s, k, part);
    }
}
