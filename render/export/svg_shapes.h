/* The shapes of svg.c: rectangles, circles, rings, lines, polygons, each as the
 * canvas would put it on its pixels. */
#ifndef TIMESLICE_SVG_SHAPES_H
#define TIMESLICE_SVG_SHAPES_H

#include "render/draw.h"
#include "render/export/svg_patterns.h"

struct svg_writer {
    struct str *out;
    float scale;
    struct rect clip; /* of the group that is open, in pixels … */
    bool clipped;     /* … if one is */
    int clips;        /* clip paths so far: their names */
    struct svg_patterns patterns;
};

/* name="12.5": a hundredth of a pixel is enough. */
void svg_add_attribute(struct str *out, const char *name, float x);
/* name="#rrggbb", and how opaque it is if it is not quite. */
void svg_add_colour(struct str *out, const char *name, colour c);

float svg_nearest(float x);
/* In pixels, on whole ones unless `smooth`. */
struct rect svg_place(struct rect r, float scale, bool smooth);

/* <rect …, without its end. */
void svg_begin_rect(struct svg_writer *w, struct rect at, float radius);

void svg_box(struct svg_writer *w, const struct box *b);
void svg_circle(struct svg_writer *w, const struct draw_command *c);
void svg_ring(struct svg_writer *w, const struct draw_command *c);
void svg_line(struct svg_writer *w, const struct draw_command *c);
void svg_polygon(struct svg_writer *w, const struct point *p, size_t count,
                 float scale, colour fill);

#endif
