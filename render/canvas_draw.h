/* One command onto the pixels: between canvas.c, which knows what must be
 * drawn, and the rasteriser, which knows how. */
#ifndef TIMESLICE_CANVAS_DRAW_H
#define TIMESLICE_CANVAS_DRAW_H

#include "render/canvas.h"
#include "render/corners.h"
#include "render/raster.h"

struct surface {
    colour *pixels;
    int width, height;
    struct raster raster;
    struct corners corners;
};

/* Draws `c` in `clip`: device pixels within the surface, and within the
 * command's own clip and bounds; not empty. */
void canvas_draw_command(struct surface *s, struct font_set *t,
                         const struct draw_command *c, float scale,
                         struct pixel_rect clip);

/* All in device pixels. */
struct shadow {
    struct rect at;
    float radius, blur;
    colour ink;
};

void canvas_draw_shadow(struct surface *s, const struct shadow *k,
                        struct pixel_rect clip);

/* The whole pixels that a rectangle of logical units touches. */
struct pixel_rect canvas_pixels_of(struct rect r, float scale);
struct pixel_rect pixel_meet(struct pixel_rect a, struct pixel_rect b);

#endif
