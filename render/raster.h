/* The rasteriser: how much of each pixel a polygon covers, exactly.
 *
 * Every edge adds, in each row it crosses, how far the area to its right
 * reaches into each pixel (signed: edges that go up take away what edges that
 * go down gave). The running sum along a row is then the covered area. This
 * is the method of signed area accumulation (R. Levien, font-rs; D. Turner's
 * smooth rasteriser in FreeType), written for one more promise: the sums are
 * whole numbers and each edge's share of a pixel depends on nothing else, so
 * a part of a picture drawn alone has the same bytes as in the whole.
 *
 * Filling is non-zero: overlaps of the same direction stay covered once. All
 * coordinates are device pixels. */
#ifndef TIMESLICE_RASTER_H
#define TIMESLICE_RASTER_H

#include "render/canvas.h"

struct raster {
    struct pixel_rect clip; /* only here is anything summed */
    int *sums;              /* clip.h rows of `pitch`; all zero at rest */
    uint64_t *touched;      /* a bit for each of them that is not zero */
    size_t pitch, words;    /* per row */
    size_t sums_capacity, touched_capacity;
    int top, bottom; /* rows touched, top <= bottom if there are any */
};

/* Called for each run of pixels with the same coverage (1 … 255). */
typedef void raster_span(void *paint, int x, int y, int length, int coverage);

/* Empties `clip` for a new polygon. */
void raster_begin(struct raster *r, struct pixel_rect clip);
void raster_edge(struct raster *r, struct point a, struct point b);
/* A closed polygon. */
void raster_polygon(struct raster *r, const struct point *p, size_t count);
/* Gives the spans, rows from the top, and is empty again. */
void raster_end(struct raster *r, raster_span *span, void *paint);
void raster_free(struct raster *r);

#endif
