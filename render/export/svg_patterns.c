#include "render/export/svg_patterns.h"

#include <math.h>

/* The period of each pattern, in pixels. */
static struct point period_of(enum pattern kind, float s)
{
    switch (kind) {
    case PATTERN_BARS: {
        float bars = fmaxf(floorf(5 * s + 0.5f), 3);
        return (struct point){bars, bars};
    }
    case PATTERN_DOTS: return (struct point){6 * s, 12 * s};
    case PATTERN_CROSS: return (struct point){18 * s, 18 * s};
    default: return (struct point){8 * s, 8 * s};
    }
}

/* Crosses are counted from the middle of the box, so that a small one has one
 * in its middle; the others from its corner. */
static struct point origin_of(enum pattern kind, struct rect at,
                              struct point period)
{
    float x = at.x, y = at.y;
    if (kind == PATTERN_CROSS) {
        x += at.w / 2 - period.x / 2;
        y += at.h / 2 - period.y / 2;
    }
    return (struct point){fmodf(x, period.x), fmodf(y, period.y)};
}

static void write_lines(enum pattern kind, float s, struct str *out)
{
    double p = (double)period_of(kind, s).x, k = (double)s;
    double bar = floor(1.6 * k);
    switch (kind) {
    case PATTERN_HATCH: /* the middle of a stripe is half a period off */
        str_addf(out,
                 "<path d=\"M%g %gL%g %gM%g %gL%g %g\" stroke-width=\"%g\"",
                 -p * 0.25, p * 0.75, p * 0.75, -p * 0.25, p * 0.25, p * 1.25,
                 p * 1.25, p * 0.25, 2.2 * k);
        break;
    case PATTERN_BARS:
        bar = bar < 1 ? 1 : bar;
        str_addf(out, "<path d=\"M0 %gH%g\" stroke-width=\"%g\"", p - bar / 2,
                 p, bar);
        break;
    case PATTERN_DOTS: /* two rows, the second half a period further */
        str_addf(out,
                 "<path stroke-linecap=\"round\" d=\"M%g %gh0M0 %gh0M%g %gh0\""
                 " stroke-width=\"%g\"",
                 p / 2, p / 2, p * 1.5, p, p * 1.5, 2.6 * k);
        break;
    default: /* arms of 5 units each way, across the middle */
        str_addf(out,
                 "<path d=\"M%g %gL%g %gM%g %gL%g %g\" stroke-width=\"%g\"",
                 p / 2 - 3.54 * k, p / 2 - 3.54 * k, p / 2 + 3.54 * k,
                 p / 2 + 3.54 * k, p / 2 + 3.54 * k, p / 2 - 3.54 * k,
                 p / 2 - 3.54 * k, p / 2 + 3.54 * k, 1.5 * k);
        break;
    }
}

static void write_pattern(int name, enum pattern kind, colour ink,
                          struct point at, float scale, struct str *out)
{
    struct point period = period_of(kind, scale);
    str_addf(out,
             "<pattern id=\"p%d\" x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" "
             "patternUnits=\"userSpaceOnUse\">",
             name, (double)at.x, (double)at.y, (double)period.x,
             (double)period.y);
    write_lines(kind, scale, out);
    str_addf(out, " stroke=\"#%06x\" stroke-opacity=\"%.3g\"/></pattern>\n",
             (unsigned)(ink & 0xffffff), (double)(ink >> 24) / 255);
}

static bool is_near(float a, float b)
{
    return fabsf(a - b) < 0.01f;
}

int svg_pattern(struct svg_patterns *p, enum pattern kind, colour ink,
                struct rect at, float scale, struct str *out)
{
    struct point from = origin_of(kind, at, period_of(kind, scale));
    for (int i = 0; i < p->count; i++)
        if (p->known[i].kind == kind && p->known[i].ink == ink &&
            is_near(p->known[i].x, from.x) && is_near(p->known[i].y, from.y))
            return i;
    /* When the table is full, the rest have names that are used once. */
    int name = p->names++;
    if (name < SVG_PATTERNS_MOST) {
        p->known[name].kind = kind;
        p->known[name].ink = ink;
        p->known[name].x = from.x;
        p->known[name].y = from.y;
        p->count++;
    }
    write_pattern(name, kind, ink, from, scale, out);
    return name;
}
