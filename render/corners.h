/* Rounded rectangles on whole pixels, from a table.
 *
 * Most of a picture's shapes are boxes that differ in nothing but their place
 * and size: corners, sides and middle are covered alike. So the corner of each
 * kind is traced once (raster.h), and kept as the runs of its rows; the others
 * are its mirror images. What is not on whole or half pixels, too small or
 * dashed is traced each time as any other outline. */
#ifndef TIMESLICE_CORNERS_H
#define TIMESLICE_CORNERS_H

#include "render/raster.h"

/* A rounded rectangle in device pixels, or its outline. */
struct rounded {
    struct rect at;
    float radius, border; /* border 0: all of it */
    float dash;           /* of the outline; 0: solid */
};

enum { CORNERS_MOST = 64, CORNER_SIZE = 40, CORNER_RUNS = 12 };

struct corner_run {
    uint8_t end, coverage; /* up to that column, from the one before */
};

/* The corner at the upper left: rows 0 … size - 1 from above, and row `size`
 * for all between the upper and the lower corners. The last run of a row holds
 * for all columns between the left and the right corners. */
struct corner {
    float radius, border; /* what it is a corner of */
    bool half;            /* it begins in the middle of a pixel */
    int size;             /* 0: nothing is here */
    uint8_t runs[CORNER_SIZE + 1];
    struct corner_run run[CORNER_SIZE + 1][CORNER_RUNS];
};

struct corners {
    struct corner all[CORNERS_MOST];
    int count;
};

/* Gives the spans of `f` within `clip`, rows from the top; false: it is none of
 * those that a table is kept of, and nothing has been given. `r` traces what
 * is not in the table yet. */
bool corners_spans(struct corners *c, struct raster *r, const struct rounded *f,
                   struct pixel_rect clip, raster_span *span, void *paint);

/* Adds the outline of `f` to the polygon. */
void corners_trace(struct raster *r, const struct rounded *f);

#endif
