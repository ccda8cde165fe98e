/* Paint: colours and patterns laid onto pixels.
 *
 * What a pixel gets depends on nothing but its place, its coverage, the paint
 * and what was there. Blending is in sRGB bytes, rounded to nearest. */
#ifndef TIMESLICE_PAINT_H
#define TIMESLICE_PAINT_H

#include "render/canvas.h"

struct paint {
    colour *pixels; /* of the whole surface */
    int pitch;
    colour fill;
    enum pattern pattern;
    colour ink;
    struct pixel_rect box; /* what the pattern hangs on */
    float scale;
};

/* v / 255 rounded to nearest, in two lanes of 16 bits at once; each lane must
 * be at most 255 * 255. */
static inline uint32_t paint_lanes(uint32_t v)
{
    v += 0x00800080u;
    return (v + (v >> 8 & 0x00FF00FFu)) >> 8 & 0x00FF00FFu;
}

/* `under` with `over` on it, covered 0 … 255. Here, because it is the
 * innermost step of everything. */
static inline colour paint_blend(colour under, colour over, int coverage)
{
    uint32_t a = paint_lanes((over >> 24) * (uint32_t)coverage);
    uint32_t keep = 255 - a;
    uint32_t rb = (under & 0x00FF00FFu) * keep + (over & 0x00FF00FFu) * a;
    uint32_t g = (under >> 8 & 255) * keep + (over >> 8 & 255) * a;
    return 0xFF000000u | paint_lanes(rb) | paint_lanes(g) << 8;
}

/* The four bytes of a colour in four lanes of 16 bits, and back: a blend of
 * all of them is then one multiplication. */
static inline uint64_t paint_spread(colour c)
{
    return (c | (uint64_t)c << 24) & UINT64_C(0x00FF00FF00FF00FF);
}

/* `under`, which is opaque, of which `keep` / 255 stays below `over`, spread
 * and multiplied with the rest. The same bytes as paint_blend. */
static inline colour paint_over(colour under, uint64_t over, uint32_t keep)
{
    uint64_t v = paint_spread(under) * keep + over;
    v += UINT64_C(0x0080008000800080);
    v = (v + (v >> 8 & UINT64_C(0x00FF00FF00FF00FF))) >> 8;
    v &= UINT64_C(0x00FF00FF00FF00FF);
    return (colour)(v | v >> 24);
}

/* How much of the pixel (x, y), counted from the box, the pattern takes. */
int paint_pattern(const struct paint *p, int x, int y);

/* A raster_span. */
void paint_span(void *paint, int x, int y, int length, int coverage);

#endif
