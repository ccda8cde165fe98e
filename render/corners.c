/* corners.c: one corner of each kind, and boxes made of it (corners.h). */
#include "render/corners.h"

#include "render/shape.h"
#include "sim/base/promises.h"

#include <math.h>

void corners_trace(struct raster *r, const struct rounded *f)
{
    if (f->dash > 0) {
        shape_dashed(r, rect_inset(f->at, f->border / 2),
                     fmaxf(f->radius - f->border / 2, 0), f->border, f->dash);
        return;
    }
    shape_rounded(r, f->at, f->radius, false);
    if (f->border > 0)
        shape_rounded(r, rect_inset(f->at, f->border),
                      fmaxf(f->radius - f->border, 0), true);
}

/* ---- tracing a corner ---- */

static void keep_run(void *to, int x, int y, int length, int coverage)
{
    struct corner *c = to;
    struct corner_run *runs = c->run[y];
    int n = c->runs[y], end = x + length;
    end = end <= c->size ? end : c->size + 1;
    if (x > (n ? runs[n - 1].end : 0) && n < CORNER_RUNS) /* bare before it */
        runs[n++] = (struct corner_run){(uint8_t)x, 0};
    if (n < CORNER_RUNS)
        runs[n++] = (struct corner_run){(uint8_t)end, (uint8_t)coverage};
    c->runs[y] = (uint8_t)n;
}

/* False: a row has more runs than there is room for. */
static bool trace(struct corner *c, struct raster *r)
{
    float at = c->half ? 0.5f : 0, side = (float)(2 * c->size + 3) - 2 * at;
    struct rounded f = {{at, at, side, side}, c->radius, c->border, 0};
    raster_begin(r, (struct pixel_rect){0, 0, c->size + 1, c->size + 1});
    corners_trace(r, &f);
    raster_end(r, keep_run, c);
    for (int y = 0; y <= c->size; y++) {
        int n = c->runs[y];
        if (n == CORNER_RUNS)
            return false;
        if (!n || c->run[y][n - 1].end <= c->size)
            c->run[y][c->runs[y]++] =
                (struct corner_run){(uint8_t)(c->size + 1), 0};
    }
    return true;
}

/* ---- finding it ---- */

static bool same(float a, float b)
{
    return !(a < b) && !(a > b);
}

/* Whether all sides are on whole pixels, or all in the middle of one. */
static bool is_even(struct rect at, bool *half)
{
    float x = at.x - floorf(at.x), y = at.y - floorf(at.y);
    *half = same(x, 0.5f);
    return same(x, y) && (*half || same(x, 0)) &&
           same(at.w, floorf(at.w)) && same(at.h, floorf(at.h));
}

static const struct corner *corner_of(struct corners *c, struct raster *r,
                                      const struct rounded *f)
{
    bool half;
    float radius = fminf(f->radius, fminf(f->at.w, f->at.h) / 2);
    int size = (int)ceilf(fmaxf(radius, f->border)) + 1;
    if (f->dash > 0 || size > CORNER_SIZE || !is_even(f->at, &half) ||
        f->at.w < (float)(2 * size) || f->at.h < (float)(2 * size))
        return NULL;
    for (int i = 0; i < c->count; i++) {
        const struct corner *k = &c->all[i];
        if (same(k->radius, radius) && same(k->border, f->border) &&
            k->half == half)
            return k->size ? k : NULL;
    }
    if (c->count == CORNERS_MOST)
        c->count = 0;
    struct corner *k = &c->all[c->count++];
    *k = (struct corner){.radius = radius, .border = f->border, .half = half,
                         .size = size};
    if (!trace(k, r))
        k->size = 0;
    return k->size ? k : NULL;
}

/* ---- painting with it ---- */

struct across {
    int left, right; /* of the box: [left, right) */
    int from, to;    /* of the clip: [from, to) */
    int y;
    raster_span *span;
    void *paint;
};

static void give(const struct across *a, int from, int to, int coverage)
{
    from = from > a->from ? from : a->from;
    to = to < a->to ? to : a->to;
    if (coverage && from < to)
        a->span(a->paint, from, a->y, to - from, coverage);
}

/* From the left to the middle, and from there the same way back. */
static void give_row(const struct across *a, const struct corner *k, int row)
{
    const struct corner_run *runs = k->run[row];
    int last = k->runs[row] - 1, x = 0;
    for (int i = 0; i < last; i++) {
        give(a, a->left + x, a->left + runs[i].end, runs[i].coverage);
        x = runs[i].end;
    }
    give(a, a->left + x, a->right - x, runs[last].coverage);
    for (int i = last - 1; i >= 0; i--) {
        int from = i ? runs[i - 1].end : 0;
        give(a, a->right - runs[i].end, a->right - from, runs[i].coverage);
    }
}

bool corners_spans(struct corners *c, struct raster *r, const struct rounded *f,
                   struct pixel_rect clip, raster_span *span, void *paint)
{
    const struct corner *k = corner_of(c, r, f);
    if (!k)
        return false;
    int top = (int)floorf(f->at.y), bottom = (int)ceilf(f->at.y + f->at.h);
    struct across a = {.left = (int)floorf(f->at.x),
                       .right = (int)ceilf(f->at.x + f->at.w),
                       .from = clip.x, .to = clip.x + clip.w,
                       .span = span, .paint = paint};
    int end = clip.y + clip.h < bottom ? clip.y + clip.h : bottom;
    for (a.y = clip.y > top ? clip.y : top; a.y < end; a.y++) {
        int above = a.y - top, below = bottom - 1 - a.y;
        int row = above < below ? above : below;
        give_row(&a, k, row < k->size ? row : k->size);
    }
    return true;
}
