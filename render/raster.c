/* raster.c: exact-area coverage; the method is told in raster.h.
 *
 * Only pixels that an edge goes through are touched; a bitmap remembers them.
 * Between two touched pixels the sum does not change, so the inside of a
 * large shape is one long span and costs nothing here. */
#include "render/raster.h"

#include "sim/base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FULL = 1 << 16 }; /* a pixel covered by one edge over its height */

void raster_begin(struct raster *r, struct pixel_rect clip)
{
    r->clip = clip;
    r->top = clip.h;
    r->bottom = -1;
    if (clip.w <= 0 || clip.h <= 0)
        return;
    r->pitch = (size_t)clip.w;
    r->words = (r->pitch + 63) / 64;
    size_t sums = r->pitch * (size_t)clip.h;
    size_t words = r->words * (size_t)clip.h;
    size_t had = r->sums_capacity, had_words = r->touched_capacity;
    if (sums > had) {
        r->sums = mem_grow(r->sums, sums, &r->sums_capacity, sizeof *r->sums);
        memset(r->sums + had, 0, (r->sums_capacity - had) * sizeof *r->sums);
    }
    if (words > had_words) {
        r->touched = mem_grow(r->touched, words, &r->touched_capacity,
                              sizeof *r->touched);
        memset(r->touched + had_words, 0,
               (r->touched_capacity - had_words) * sizeof *r->touched);
    }
}

void raster_free(struct raster *r)
{
    free(r->sums);
    free(r->touched);
    *r = (struct raster){0};
}

/* Plain comparisons instead of fmin, fmax and floor: those are calls, and
 * this is where the time of a picture goes. */
static double least_of(double a, double b)
{
    return a < b ? a : b;
}

static double most_of(double a, double b)
{
    return a > b ? a : b;
}

static int rounded(double share)
{
    return (int)(share * FULL + (share < 0 ? -0.5 : 0.5));
}

/* Adds `amount` to the sums from pixel `x` of the surface on. */
static void add(struct raster *r, int row, int x, int amount)
{
    size_t at = (size_t)(x - r->clip.x);
    r->sums[(size_t)row * r->pitch + at] += amount;
    r->touched[(size_t)row * r->words + at / 64] |= UINT64_C(1) << at % 64;
}

/* The part of an edge that lies in one row. */
struct piece {
    double xa, xb; /* xa <= xb */
    double height; /* of the row, signed */
    double per;    /* of the height, for a pixel across */
};

/* How much lies right of the piece in pixel `x`: a triangle where it comes
 * in, a band, and what a triangle leaves where it goes out. */
static double share_of(const struct piece *p, int x)
{
    double in = x + 1.0 - p->xa, out = x + 1.0 - p->xb;
    if (p->xb - p->xa < 1e-3) /* upright: no step to divide by */
        return p->height * least_of(most_of((in + out) / 2, 0), 1);
    double area = in < 1 ? in * in / 2 : in - 0.5;
    if (out > 0)
        area -= out < 1 ? out * out / 2 : out - 0.5;
    return area * p->per;
}

/* The shares of the pixels are differences of one rounded function of x, so
 * they add up to the same sum wherever the clip begins. */
static void add_piece(struct raster *r, int row, const struct piece *p)
{
    int left = r->clip.x, right = left + r->clip.w;
    if (p->xa >= right)
        return;
    int all = rounded(p->height);
    if (p->xb < left) {
        add(r, row, left, all);
        return;
    }
    int x = p->xa > left ? (int)p->xa : left;
    int last = p->xb < right ? (int)p->xb : right - 1;
    int before = 0;
    if (p->xa >= x && p->xb < x + 1) { /* in one pixel, as most are */
        before = rounded(p->height * (x + 1 - (p->xa + p->xb) / 2));
        add(r, row, x++, before);
    }
    for (; x <= last; x++) {
        int here = rounded(share_of(p, x));
        add(r, row, x, here - before);
        before = here;
    }
    if (x < right)
        add(r, row, x, all - before);
}

/* Rows are counted on the whole surface, so that what is computed for a row
 * does not depend on where the clip lies. `a` is above `b`. */
static void add_edge(struct raster *r, struct point a, struct point b,
                     double sign)
{
    double ax = (double)a.x, ay = (double)a.y, by = (double)b.y;
    double across = (double)b.x - ax, down = by - ay;
    double slope = across / down;
    double per = across < 0 || across > 0 ? sign * down / fabs(across) : 0;
    int first = (int)most_of(ay, r->clip.y);
    int end = r->clip.y + r->clip.h;
    if (first - r->clip.y < r->top)
        r->top = first - r->clip.y;
    int y = first;
    for (; y < end && y < by; y++) {
        double from = most_of(y, ay), to = least_of(y + 1, by);
        double xa = ax + (from - ay) * slope, xb = ax + (to - ay) * slope;
        struct piece p = {least_of(xa, xb), most_of(xa, xb),
                          (to - from) * sign, per};
        add_piece(r, y - r->clip.y, &p);
    }
    if (y - r->clip.y > r->bottom + 1)
        r->bottom = y - r->clip.y - 1;
}

void raster_edge(struct raster *r, struct point a, struct point b)
{
    /* Not a number or endless: no edge anybody could see. */
    if (!isfinite(a.x + b.x + a.y + b.y) || r->clip.w <= 0)
        return;
    float top = (float)r->clip.y, bottom = (float)(r->clip.y + r->clip.h);
    if (a.y < b.y && a.y < bottom && b.y > top)
        add_edge(r, a, b, 1);
    else if (a.y > b.y && b.y < bottom && a.y > top)
        add_edge(r, b, a, -1);
}

void raster_polygon(struct raster *r, const struct point *p, size_t count)
{
    for (size_t i = 0; i < count; i++)
        raster_edge(r, p[i], p[i + 1 < count ? i + 1 : 0]);
}

static int coverage_of(int sum)
{
    int area = abs(sum);
    return ((area < FULL ? area : FULL) * 255 + FULL / 2) / FULL;
}

/* Index of the lowest bit: each product with a de Bruijn sequence has other
 * six bits at its top. */
static int lowest(uint64_t bits)
{
    static const uint8_t index[64] = {
        0, 1, 48, 2, 57, 49, 28, 3, 61, 58, 50, 42, 38, 29, 17, 4,
        62, 55, 59, 36, 53, 51, 43, 22, 45, 39, 33, 30, 24, 18, 12, 5,
        63, 47, 56, 27, 60, 41, 37, 16, 54, 35, 52, 21, 44, 32, 23, 11,
        46, 26, 40, 15, 34, 20, 31, 10, 25, 14, 19, 9, 13, 8, 7, 6,
    };
    return index[((bits & (~bits + 1)) * UINT64_C(0x03F79D71B4CB0A89)) >> 58];
}

/* Sweeps a row: a span ends where the next pixel was touched and its coverage
 * differs. Leaves the row zero. */
static void sweep(struct raster *r, int row, raster_span *span, void *paint)
{
    int *sums = r->sums + (size_t)row * r->pitch;
    uint64_t *words = r->touched + (size_t)row * r->words;
    int sum = 0, coverage = 0, start = 0;
    for (size_t w = 0; w < r->words; w++) {
        for (uint64_t bits = words[w]; bits; bits &= bits - 1) {
            int x = (int)(w * 64) + lowest(bits);
            sum += sums[x];
            sums[x] = 0;
            int next = coverage_of(sum);
            if (next == coverage)
                continue;
            if (coverage)
                span(paint, r->clip.x + start, r->clip.y + row, x - start,
                     coverage);
            start = x;
            coverage = next;
        }
        words[w] = 0;
    }
    if (coverage)
        span(paint, r->clip.x + start, r->clip.y + row, r->clip.w - start,
             coverage);
}

void raster_end(struct raster *r, raster_span *span, void *paint)
{
    for (int row = r->top; row <= r->bottom; row++)
        sweep(r, row, span, paint);
    r->top = r->clip.h;
    r->bottom = -1;
}
