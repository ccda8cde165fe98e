/* icon.c: reads the little paths of icons.def and draws them.
 *
 * The paths are ours and small, so they are read each time an icon is drawn:
 * a table of strings is easier to change than code that draws. */
#include "render/icon.h"

#include "sim/base/promises.h"

#include <stdlib.h>

static const char *const paths[ICON_COUNT] = {
    [ICON_NONE] = "",
#define ICON(name, path) [ICON_##name] = path,
#include "render/icons.def"
#undef ICON
};

enum { GRID = 24, POINTS_MOST = 64, CURVE_PIECES = 10 };

/* A pen on the grid. */
struct pen {
    struct draw *draw;
    struct point origin;
    float unit; /* logical units per unit of the grid */
    colour ink;
    bool fill;
    struct point p[POINTS_MOST];
    size_t count;
};

static float number(const char **s)
{
    char *end;
    float f = strtof(*s, &end);
    check(end != *s);
    *s = end;
    return f;
}

static struct point place(const struct pen *pen, float x, float y)
{
    return (struct point){pen->origin.x + x * pen->unit,
                          pen->origin.y + y * pen->unit};
}

static struct point read_point(struct pen *pen, const char **s)
{
    float x = number(s);
    float y = number(s);
    return place(pen, x, y);
}

static void put(struct pen *pen, struct point p)
{
    check(pen->count < POINTS_MOST);
    pen->p[pen->count++] = p;
}

static struct stroke stroke_of(const struct pen *pen)
{
    return (struct stroke){.line = pen->ink, .width = 2 * pen->unit};
}

static void finish(struct pen *pen, bool closed)
{
    if (closed && !pen->fill && pen->count)
        put(pen, pen->p[0]);
    if (pen->fill)
        draw_polygon(pen->draw, pen->p, pen->count, pen->ink);
    else
        draw_polyline(pen->draw, pen->p, pen->count, stroke_of(pen));
    pen->count = 0;
}

static void curve(struct pen *pen, const char **s)
{
    struct point a = pen->p[pen->count - 1];
    struct point ca = read_point(pen, s);
    struct point cb = read_point(pen, s);
    struct point b = read_point(pen, s);
    for (int i = 1; i <= CURVE_PIECES; i++)
        put(pen, curve_point(a, ca, cb, b, (float)i / CURVE_PIECES));
}

static void disc(struct pen *pen, const char **s)
{
    struct point at = read_point(pen, s);
    float r = number(s) * pen->unit;
    if (pen->fill)
        draw_circle(pen->draw, at, r, pen->ink, 0, 0);
    else
        draw_circle(pen->draw, at, r + pen->unit, 0, 2 * pen->unit, pen->ink);
}

static void arc(struct pen *pen, const char **s)
{
    struct point at = read_point(pen, s);
    float r = number(s) * pen->unit;
    float from = number(s);
    float to = number(s);
    draw_ring(pen->draw, at, r + pen->unit, 2 * pen->unit, from, to, pen->ink);
}

/* One word of the path. */
static void obey(struct pen *pen, char what, const char **s)
{
    switch (what) {
    case 'F':
    case 'S':
        finish(pen, false);
        pen->fill = what == 'F';
        break;
    case 'M':
        finish(pen, false);
        put(pen, read_point(pen, s));
        break;
    case 'L':
        put(pen, read_point(pen, s));
        break;
    case 'C':
        curve(pen, s);
        break;
    case 'Z':
        finish(pen, true);
        break;
    case 'O':
        finish(pen, false);
        disc(pen, s);
        break;
    case 'A':
        finish(pen, false);
        arc(pen, s);
        break;
    default:
        check(what == ' ');
    }
}

void icon_draw(struct draw *d, enum icon i, struct rect at, colour ink)
{
    require(i >= 0 && i < ICON_COUNT);
    float size = at.w < at.h ? at.w : at.h;
    struct rect square = rect_middle(at, size, size);
    struct pen pen = {
        .draw = d,
        .origin = {square.x, square.y},
        .unit = size / GRID,
        .ink = ink,
    };
    for (const char *s = paths[i]; *s;) {
        char what = *s++;
        obey(&pen, what, &s);
    }
    finish(&pen, false);
}
