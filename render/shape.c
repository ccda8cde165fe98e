/* shape.c: outlines for the rasteriser (shape.h).
 *
 * A stroke is one polygon: along its left side to the end, round the cap, and
 * back along the other side. At a bend the outer side gets an arc and the
 * inner side passes through the corner itself, which keeps the area right
 * because filling is non-zero. All polygons of one stroke run the same way
 * round, so where they meet they do not cancel. */
#include "render/shape.h"

#include "sim/base/mem.h"

#include <math.h>
#include <stdlib.h>

/* Points being collected: those of a polygon, which go to the rasteriser edge
 * by edge, or those of a line, which are kept. */
struct outline {
    struct raster *raster; /* NULL: keep the points */
    bool backwards, begun;
    struct point first, last;
    struct point *p;
    size_t count, capacity;
};

static void edge(struct outline *o, struct point a, struct point b)
{
    raster_edge(o->raster, o->backwards ? b : a, o->backwards ? a : b);
}

static void put(struct outline *o, float x, float y)
{
    struct point here = {x, y};
    if (!o->raster) {
        o->p = mem_grow(o->p, o->count + 1, &o->capacity, sizeof *o->p);
        o->p[o->count++] = here;
    } else if (!o->begun) {
        o->first = here;
    } else {
        edge(o, o->last, here);
    }
    o->begun = true;
    o->last = here;
}

static void close_outline(struct outline *o)
{
    if (o->raster && o->begun)
        edge(o, o->last, o->first);
}

/* ------------------------------------------------------------------- arcs */

/* sin(x) and cos(x) for 0 <= x <= pi / 4, to 1e-12. */
static void small_turn(double x, double *s, double *c)
{
    double q = x * x;
    *s = x * (1 - q / 6 * (1 - q / 20 * (1 - q / 42 * (1 - q / 72 *
         (1 - q / 110)))));
    *c = 1 - q / 2 * (1 - q / 12 * (1 - q / 30 * (1 - q / 56 *
         (1 - q / 90 * (1 - q / 132)))));
}

/* The point of a turn, as shape_turn tells it, in full precision. */
static void unit_turn(double turn, double *x, double *y)
{
    const double tau = 6.283185307179586;
    turn -= floor(turn);
    int eighth = (int)(turn * 8);
    double left = turn - eighth / 8.0;
    double s, c;
    small_turn((eighth % 2 ? 0.125 - left : left) * tau, &s, &c);
    if (eighth % 4 == 1 || eighth % 4 == 2) {
        double swap = s;
        s = c;
        c = swap;
    }
    /* s is across, c along: from the top, clockwise. */
    *x = eighth < 4 ? s : -s;
    *y = eighth < 2 || eighth > 5 ? -c : c;
}

struct point shape_turn(double turn)
{
    double x, y;
    unit_turn(turn, &x, &y);
    return (struct point){(float)x, (float)y};
}

/* Pieces of a whole circle: none is further than 1/20 pixel from the arc. */
static int pieces(float radius)
{
    return 8 + (int)(10 * sqrtf(fmaxf(radius, 0)));
}

static void put_arc(struct outline *o, struct point at, float radius,
                    float from, float to)
{
    int n = 1 + (int)((float)pieces(radius) * fabsf(to - from));
    double x, y, step_x, step_y;
    unit_turn((double)from, &x, &y);
    unit_turn(((double)to - (double)from) / n, &step_x, &step_y);
    for (int i = 0; i < n; i++) {
        put(o, at.x + radius * (float)x, at.y + radius * (float)y);
        /* One step further round: the step counts from the top. */
        double next = -x * step_y - y * step_x;
        y = x * step_x - y * step_y;
        x = next;
    }
    /* Where it ends is not left to the sum of the steps: what goes on from a
     * quarter is upright or level. */
    unit_turn((double)to, &x, &y);
    put(o, at.x + radius * (float)x, at.y + radius * (float)y);
}

static void put_rounded(struct outline *o, struct rect at, float radius)
{
    float r = fminf(radius, fminf(at.w, at.h) / 2);
    float x0 = at.x + r, x1 = at.x + at.w - r;
    float y0 = at.y + r, y1 = at.y + at.h - r;
    if (r <= 0) {
        put(o, at.x, at.y);
        put(o, at.x + at.w, at.y);
        put(o, at.x + at.w, at.y + at.h);
        put(o, at.x, at.y + at.h);
        return;
    }
    put_arc(o, (struct point){x1, y0}, r, 0, 0.25f);
    put_arc(o, (struct point){x1, y1}, r, 0.25f, 0.5f);
    put_arc(o, (struct point){x0, y1}, r, 0.5f, 0.75f);
    put_arc(o, (struct point){x0, y0}, r, 0.75f, 1);
}

void shape_rounded(struct raster *r, struct rect at, float radius, bool hole)
{
    struct outline o = {.raster = r, .backwards = hole};
    if (at.w <= 0 || at.h <= 0)
        return;
    put_rounded(&o, at, radius);
    close_outline(&o);
}

void shape_ring(struct raster *r, struct point at, float radius, float width,
                float from, float to)
{
    struct outline o = {.raster = r};
    put_arc(&o, at, radius, from, to);
    put_arc(&o, at, fmaxf(radius - width, 0), to, from);
    close_outline(&o);
}

/* ---------------------------------------------------------------- strokes */

/* Where a line goes at a point: its direction, of length 1 (0 for a piece
 * without length, which then adds nothing). */
static struct point heading(struct point a, struct point b)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    float length = sqrtf(dx * dx + dy * dy);
    if (!(length > 0))
        return (struct point){0, 0};
    return (struct point){dx / length, dy / length};
}

/* The arc from side `a` to side `b` of a corner or end; both are directions
 * outward. Halving finds its points without an angle. */
static void put_bend(struct outline *o, struct point at, float half,
                     struct point a, struct point b, int depth)
{
    struct point mid = {a.x + b.x, a.y + b.y};
    float length = sqrtf(mid.x * mid.x + mid.y * mid.y);
    if (depth == 0 || length < 1e-3f)
        return;
    mid.x /= length;
    mid.y /= length;
    put_bend(o, at, half, a, mid, depth - 1);
    put(o, at.x + half * mid.x, at.y + half * mid.y);
    put_bend(o, at, half, mid, b, depth - 1);
}

/* Half a circle round the end of a line that arrives with heading `h`. */
static void put_cap(struct outline *o, struct point at, float half,
                    struct point h)
{
    struct point left = {h.y, -h.x}, right = {-h.y, h.x};
    int depth = half < 2 ? 1 : half < 6 ? 2 : 3;
    put_bend(o, at, half, left, h, depth);
    put(o, at.x + half * h.x, at.y + half * h.y);
    put_bend(o, at, half, h, right, depth);
}

/* The left side of the line from p[0] in steps of `step`. */
static void put_side(struct outline *o, const struct point *p, size_t count,
                     int step, float half)
{
    struct point h = {0, 0};
    for (size_t i = 0; i + 1 < count; i++) {
        struct point a = p[(ptrdiff_t)i * step];
        struct point b = p[(ptrdiff_t)(i + 1) * step];
        struct point next = heading(a, b);
        float turn = h.x * next.y - h.y * next.x;
        if (i && turn > 0) {
            int depth = half < 1.5f ? 1 : 3;
            struct point out = {h.y, -h.x}, in = {next.y, -next.x};
            put_bend(o, a, half, out, in, depth);
        } else if (i) {
            put(o, a.x, a.y);
        }
        put(o, a.x + half * next.y, a.y - half * next.x);
        put(o, b.x + half * next.y, b.y - half * next.x);
        h = next;
    }
}

/* One piece of a line; its ends round or flat. */
static void stroke_piece(struct raster *r, const struct point *p, size_t count,
                         float width, bool round)
{
    struct outline o = {.raster = r};
    float half = width / 2;
    put_side(&o, p, count, 1, half);
    if (round)
        put_cap(&o, p[count - 1], half, heading(p[count - 2], p[count - 1]));
    put_side(&o, p + count - 1, count, -1, half);
    if (round)
        put_cap(&o, p[0], half, heading(p[1], p[0]));
    close_outline(&o);
}

static float distance(struct point a, struct point b)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    return sqrtf(dx * dx + dy * dy);
}

static struct point between(struct point a, struct point b, float t)
{
    return (struct point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/* Cuts a line into dashes, each followed by a gap of the same length. */
static void stroke_dashes(struct raster *r, const struct point *p,
                          size_t count, float width, float dash)
{
    struct outline piece = {0};
    float left = dash;
    bool on = true;
    put(&piece, p[0].x, p[0].y);
    for (size_t i = 0; i + 1 < count; i++) {
        struct point a = p[i];
        float length = distance(a, p[i + 1]);
        while (length > left) {
            a = between(a, p[i + 1], left / length);
            length -= left;
            put(&piece, a.x, a.y);
            if (on)
                stroke_piece(r, piece.p, piece.count, width, false);
            piece.count = 0;
            put(&piece, a.x, a.y);
            on = !on;
            left = dash;
        }
        left -= length;
        if (length > 1e-3f)
            put(&piece, p[i + 1].x, p[i + 1].y);
    }
    if (on && piece.count > 1)
        stroke_piece(r, piece.p, piece.count, width, false);
    free(piece.p);
}

/* Shortens the line by `by` at its end (at its start when `step` is −1, then
 * p is the last point) and returns the point that was there. */
static struct point shorten(struct point **p, size_t *count, int step,
                            float by)
{
    struct point *end = *p + (step > 0 ? *count - 1 : 0);
    struct point tip = *end;
    float length = distance(end[-step], *end);
    while (length < by && *count > 2) {
        by -= length;
        end -= step;
        if (step < 0)
            *p += 1;
        *count -= 1;
        length = distance(end[-step], *end);
    }
    if (length > 0)
        *end = between(*end, end[-step], fminf(by / length, 0.98f));
    return tip;
}

/* An arrow head from `base` to `tip`, a little notched. */
static void give_head(struct raster *r, struct point base, struct point tip,
                      float length)
{
    if (!(distance(base, tip) > 0))
        return;
    struct point h = heading(base, tip);
    float wide = length * 0.42f;
    struct point back = {tip.x - h.x * length, tip.y - h.y * length};
    struct outline o = {.raster = r};
    put(&o, back.x + wide * h.y, back.y - wide * h.x);
    put(&o, tip.x, tip.y);
    put(&o, back.x - wide * h.y, back.y + wide * h.x);
    put(&o, back.x + h.x * length * 0.2f, back.y + h.y * length * 0.2f);
    close_outline(&o);
}

/* Copies the points to `q`, leaving out those that stand still. */
static size_t moving_points(struct point *q, const struct point *p,
                            size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!kept || distance(q[kept - 1], p[i]) > 1e-3f)
            q[kept++] = p[i];
    return kept;
}

/* A line whose points all differ; they are shortened in place. */
static void stroke_line(struct raster *r, struct point *q, size_t count,
                        struct stroke s)
{
    bool along = count == 2 && (!(fabsf(q[0].x - q[1].x) > 0) ||
                                !(fabsf(q[0].y - q[1].y) > 0));
    if (s.head > 0) {
        struct point tip = shorten(&q, &count, 1, s.head * 0.8f);
        give_head(r, q[count - 1], tip, s.head);
    }
    if (s.tail > 0) {
        struct point tip = shorten(&q, &count, -1, s.tail * 0.8f);
        give_head(r, q[0], tip, s.tail);
    }
    if (s.dash > 0)
        stroke_dashes(r, q, count, s.width, s.dash);
    else
        stroke_piece(r, q, count, s.width,
                     !along && !(s.head > 0) && !(s.tail > 0));
}

void shape_stroke(struct raster *r, const struct point *p, size_t count,
                  struct stroke s)
{
    enum { FEW = 32 };
    struct point few[FEW];
    struct point *q = count <= FEW ? few : mem_new(count, sizeof *q);
    count = moving_points(q, p, count);
    if (count > 1)
        stroke_line(r, q, count, s);
    if (q != few)
        free(q);
}

void shape_dashed(struct raster *r, struct rect at, float radius, float width,
                  float dash)
{
    struct outline o = {0};
    put_rounded(&o, at, radius);
    put(&o, o.p[0].x, o.p[0].y);
    size_t count = moving_points(o.p, o.p, o.count);
    float all = 0;
    for (size_t i = 0; i + 1 < count; i++)
        all += distance(o.p[i], o.p[i + 1]);
    float pairs = fmaxf(floorf(all / (2 * dash) + 0.5f), 1);
    stroke_dashes(r, o.p, count, width, all / pairs / 2);
    free(o.p);
}
