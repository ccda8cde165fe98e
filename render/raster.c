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

/* How much of a unit square lies right of a line that enters it at distance
 * `u` from its right side: integrated from 0 to u. */
static double ramp(double u)
{
    if (u <= 0)
        return 0;
    return u < 1 ? u * u / 2 : u - 0.5;
}

/* The share of pixel `x` that lies right of an edge which goes evenly from
 * `xa` to `xb` (xa <= xb); `per` is 1 / (xb - xa), 0 where it is upright. */
static double right_of(int x, double xa, double xb, double per)
{
    double right = x + 1.0;
    if (per > 0)
        return (ramp(right - xa) - ramp(right - xb)) * per;
    return least_of(most_of(right - (xa + xb) / 2, 0), 1);
}

/* Adds `amount` to the sums from pixel `x` of the surface on. */
static void add(struct raster *r, int row, int x, int amount)
{
    size_t at = (size_t)(x - r->clip.x);
    r->sums[(size_t)row * r->pitch + at] += amount;
    r->touched[(size_t)row * r->words + at / 64] |= UINT64_C(1) << at % 64;
}

/* One edge within one row: from xa to xb, `height` of the row (signed). The
 * shares of the pixels are differences of one rounded function of x, so they
 * add up to the same sum wherever the clip begins. */
static void add_row(struct raster *r, int row, double xa, double xb,
                    double height)
{
    double least = least_of(xa, xb), most = most_of(xa, xb);
    int left = r->clip.x, right = left + r->clip.w;
    if (least >= right)
        return;
    int all = rounded(height);
    if (row < r->top)
        r->top = row;
    if (row > r->bottom)
        r->bottom = row;
    if (most < left) {
        add(r, row, left, all);
        return;
    }
    int x = least > left ? (int)least : left;
    int last = most < right ? (int)most : right - 1;
    double per = most - least > 1e-3 ? 1 / (most - least) : 0;
    int before = 0;
    for (; x <= last; x++) {
        int here = rounded(height * right_of(x, least, most, per));
        add(r, row, x, here - before);
        before = here;
    }
    if (x < right)
        add(r, row, x, all - before);
}

void raster_edge(struct raster *r, struct point a, struct point b)
{
    /* Not a number or endless: no edge anybody could see. */
    if (!isfinite(a.x + b.x + a.y + b.y))
        return;
    if (!(a.y < b.y || a.y > b.y) || r->clip.w <= 0 || r->clip.h <= 0)
        return;
    double sign = 1;
    if (a.y > b.y) {
        struct point swap = a;
        a = b;
        b = swap;
        sign = -1;
    }
    /* Rows are counted on the whole surface, so that what is computed for a
     * row does not depend on where the clip lies. */
    double slope = ((double)b.x - (double)a.x) / ((double)b.y - (double)a.y);
    double first = most_of(floor((double)a.y), r->clip.y);
    double end = least_of((double)b.y, r->clip.y + r->clip.h);
    for (double y = first; y < end; y += 1) {
        double from = most_of(y, (double)a.y);
        double to = least_of(y + 1, (double)b.y);
        double xa = (double)a.x + (from - (double)a.y) * slope;
        double xb = (double)a.x + (to - (double)a.y) * slope;
        add_row(r, (int)y - r->clip.y, xa, xb, (to - from) * sign);
    }
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

/* Index of the lowest bit. */
static int lowest(uint64_t bits)
{
    int n = 0;
    for (int step = 32; step; step /= 2)
        if (!(bits & ((UINT64_C(1) << step) - 1))) {
            bits >>= step;
            n += step;
        }
    return n;
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
