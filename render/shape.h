/* Outlines: rounded rectangles, rings, strokes and arrow heads as polygons
 * for the rasteriser. All in device pixels. */
#ifndef TIMESLICE_SHAPE_H
#define TIMESLICE_SHAPE_H

#include "render/raster.h"

/* A point on the unit circle, `turn` clockwise from the top. Our own series:
 * the C library's sine differs between machines in its last bit. */
struct point shape_turn(double turn);

/* A rounded rectangle; `hole`: it takes away instead. */
void shape_rounded(struct raster *r, struct rect at, float radius, bool hole);

/* A band of `width` inside the circle from turn `from` to `to`; a full circle
 * for a whole turn. */
void shape_ring(struct raster *r, struct point at, float radius, float width,
                float from, float to);

/* A line through the points with dashes and heads. A single straight line
 * along an axis has flat ends; others have round ones. */
void shape_stroke(struct raster *r, const struct point *p, size_t count,
                  struct stroke s);

/* The outline of a rounded rectangle as one closed dashed line; dashes are
 * fitted so that they go round without a seam. */
void shape_dashed(struct raster *r, struct rect at, float radius, float width,
                  float dash);

#endif
