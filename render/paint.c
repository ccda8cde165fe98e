/* paint.c: blending and the five patterns (paint.h).
 *
 * A pattern is a function from a place to a coverage, antialiased by distance;
 * its sizes are in logical units times the scale. Bars lie on whole pixels,
 * so that they stay crisp. */
#include "render/paint.h"

#include <math.h>
#include <string.h>

/* Of the size of places on a surface; floorf is a call, and this is where the
 * time of a pattern goes. */
static float whole_below(float x)
{
    float towards_zero = (float)(int)x;
    return towards_zero > x ? towards_zero - 1 : towards_zero;
}

/* Coverage of a pixel whose middle is `inside` pixels inside of an edge. */
static int soft(float inside)
{
    if (inside <= -0.5f)
        return 0;
    return inside < 0.5f ? (int)((inside + 0.5f) * 255 + 0.5f) : 255;
}

/* Where `x` is in a period, from its middle. */
static float phase(float x, float period)
{
    return x - period * whole_below(x / period) - period / 2;
}

static int hatch(float x, float y, float s)
{
    const float half_root = 0.70710678f;
    float across = phase(x + y, 8 * s) * half_root;
    return soft(1.1f * s - fabsf(across));
}

static int bars(int y, float s)
{
    int period = (int)fmaxf(floorf(5 * s + 0.5f), 3);
    int bar = (int)fmaxf(floorf(1.6f * s), 1);
    int at = (y % period + period) % period;
    return at >= period - bar ? 255 : 0;
}

static int dots(float x, float y, float s)
{
    float period = 6 * s;
    float row = whole_below(y / period);
    float shift = row - 2 * whole_below(row / 2) > 0.5f ? period / 2 : 0;
    float dx = phase(x + shift, period), dy = phase(y, period);
    return soft(1.3f * s - sqrtf(dx * dx + dy * dy));
}

static int cross(const struct paint *p, float x, float y)
{
    float s = p->scale, cell = 18 * s;
    float dx = phase(x - (float)p->box.w / 2 + cell / 2, cell);
    float dy = phase(y - (float)p->box.h / 2 + cell / 2, cell);
    float off = fabsf(fabsf(dx) - fabsf(dy)) * 0.70710678f;
    float along = (fabsf(dx) + fabsf(dy)) * 0.70710678f;
    return soft(fminf(0.75f * s - off, 5 * s - along));
}

int paint_pattern(const struct paint *p, int x, int y)
{
    float fx = (float)x + 0.5f, fy = (float)y + 0.5f;
    switch (p->pattern) {
    case PATTERN_HATCH:
        return hatch(fx, fy, p->scale);
    case PATTERN_BARS:
        return bars(y, p->scale);
    case PATTERN_DOTS:
        return dots(fx, fy, p->scale);
    case PATTERN_CROSS:
        return cross(p, fx, fy);
    case PATTERN_NONE:
    case PATTERN_COUNT:
        break;
    }
    return 0;
}

/* A span of one colour: in blocks, which the compiler copies in a few wide
 * moves. Grounds and cards are most of all pixels. */
static void fill_span(colour *at, int length, colour c)
{
    enum { BLOCK = 16 };
    int i = 0;
    for (; i < length && i < BLOCK; i++)
        at[i] = c;
    for (; i + BLOCK <= length; i += BLOCK)
        memcpy(at + i, at, BLOCK * sizeof *at);
    for (; i < length; i++)
        at[i] = c;
}

static void plain_span(const struct paint *p, colour *at, int length,
                       int coverage)
{
    uint32_t a = paint_lanes((p->fill >> 24) * (uint32_t)coverage);
    uint64_t over = paint_spread(p->fill | 0xFF000000u) * a;
    if (a == 255) {
        fill_span(at, length, p->fill);
        return;
    }
    for (int i = 0; i < length; i++)
        at[i] = paint_over(at[i], over, 255 - a);
}

/* Fill and pattern are one colour before the edge is applied, so no seam of
 * the fill shines through at the edge. */
static void pattern_span(const struct paint *p, colour *at, int x, int y,
                         int length, int coverage)
{
    for (int i = 0; i < length; i++) {
        int ink = paint_pattern(p, x + i - p->box.x, y - p->box.y);
        if (p->fill >> 24 == 255)
            at[i] = paint_blend(at[i], paint_blend(p->fill, p->ink, ink),
                                coverage);
        else {
            at[i] = paint_blend(at[i], p->fill, coverage);
            at[i] = paint_blend(at[i], p->ink, ink * coverage / 255);
        }
    }
}

void paint_span(void *paint, int x, int y, int length, int coverage)
{
    const struct paint *p = paint;
    colour *at = p->pixels + (ptrdiff_t)y * p->pitch + x;
    if (p->pattern == PATTERN_NONE) {
        plain_span(p, at, length, coverage);
    } else if (p->pattern == PATTERN_BARS && p->fill >> 24 == 255) {
        struct paint row = *p; /* of one colour */
        row.fill = paint_blend(p->fill, p->ink, bars(y - p->box.y, p->scale));
        plain_span(&row, at, length, coverage);
    }
    else
        pattern_span(p, at, x, y, length, coverage);
}
