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

/* `under` with `over` on it, covered 0 … 255. */
colour paint_blend(colour under, colour over, int coverage);

/* How much of the pixel (x, y), counted from the box, the pattern takes. */
int paint_pattern(const struct paint *p, int x, int y);

/* A raster_span. */
void paint_span(void *paint, int x, int y, int length, int coverage);

#endif
