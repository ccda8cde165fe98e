/* draw.c: the command list of draw.h, and the small geometry beside it.
 *
 * Every command carries its own clip and the rectangle it may touch, so the
 * canvas can skip it without looking inside. Curves become polylines here:
 * 32 pieces are smoother than a pixel up to a whole 4K screen. */
#include "render/draw.h"

#include "sim/base/promises.h"

#include <math.h>
#include <string.h>

enum { CURVE_PIECES = 32 };

/* ------------------------------------------------------------- rectangles */

struct rect rect_cut_top(struct rect *r, float h)
{
    struct rect cut = {r->x, r->y, r->w, h};
    r->y += h;
    r->h -= h;
    return cut;
}

struct rect rect_cut_bottom(struct rect *r, float h)
{
    r->h -= h;
    return (struct rect){r->x, r->y + r->h, r->w, h};
}

struct rect rect_cut_left(struct rect *r, float w)
{
    struct rect cut = {r->x, r->y, w, r->h};
    r->x += w;
    r->w -= w;
    return cut;
}

struct rect rect_cut_right(struct rect *r, float w)
{
    r->w -= w;
    return (struct rect){r->x + r->w, r->y, w, r->h};
}

struct rect rect_column(struct rect r, int i, int n, float gap)
{
    float w = (r.w - gap * (float)(n - 1)) / (float)n;
    return (struct rect){r.x + (float)i * (w + gap), r.y, w, r.h};
}

struct rect rect_row(struct rect r, int i, int n, float gap)
{
    float h = (r.h - gap * (float)(n - 1)) / (float)n;
    return (struct rect){r.x, r.y + (float)i * (h + gap), r.w, h};
}

struct rect rect_inset(struct rect r, float by)
{
    return rect_inset_xy(r, by, by);
}

struct rect rect_inset_xy(struct rect r, float x, float y)
{
    return (struct rect){r.x + x, r.y + y, r.w - 2 * x, r.h - 2 * y};
}

struct rect rect_middle(struct rect r, float w, float h)
{
    return (struct rect){r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h};
}

struct rect rect_meet(struct rect a, struct rect b)
{
    float x0 = fmaxf(a.x, b.x);
    float y0 = fmaxf(a.y, b.y);
    float x1 = fminf(a.x + a.w, b.x + b.w);
    float y1 = fminf(a.y + a.h, b.y + b.h);
    if (x1 <= x0 || y1 <= y0)
        return (struct rect){x0, y0, 0, 0};
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

bool rect_has(struct rect r, float x, float y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

/* The smallest rectangle around the points. */
static struct rect around(const struct point *p, size_t count)
{
    struct point least = p[0], most = p[0];
    for (size_t i = 1; i < count; i++) {
        least.x = fminf(least.x, p[i].x);
        least.y = fminf(least.y, p[i].y);
        most.x = fmaxf(most.x, p[i].x);
        most.y = fmaxf(most.y, p[i].y);
    }
    return (struct rect){least.x, least.y, most.x - least.x, most.y - least.y};
}

/* ------------------------------------------------------------------- list */

void draw_begin(struct draw *d, struct arena *arena, struct rect all)
{
    *d = (struct draw){.arena = arena};
    d->clips[d->clip_count++] = all;
}

static struct draw_command *make_room(struct draw *d, size_t more)
{
    if (d->count + more > d->capacity) {
        size_t room = d->capacity ? d->capacity * 2 : 256;
        while (room < d->count + more)
            room *= 2;
        struct draw_command *grown =
            arena_alloc(d->arena, room * sizeof *grown);
        if (d->count)
            memcpy(grown, d->commands, d->count * sizeof *grown);
        d->commands = grown;
        d->capacity = room;
    }
    return d->commands + d->count;
}

void draw_append(struct draw *d, const struct draw *other)
{
    if (!other->count)
        return;
    memcpy(make_room(d, other->count), other->commands,
           other->count * sizeof *other->commands);
    d->count += other->count;
}

struct rect draw_clip(const struct draw *d)
{
    return d->clips[d->clip_count - 1];
}

void draw_clip_push(struct draw *d, struct rect r)
{
    require(d->clip_count < DRAW_CLIPS_MOST);
    struct rect clip = rect_meet(r, draw_clip(d));
    d->clips[d->clip_count++] = clip;
}

void draw_clip_pop(struct draw *d)
{
    require(d->clip_count > 1);
    d->clip_count--;
}

/* A fresh command that stays within `bounds`, or NULL if nothing of it could
 * be seen. Zeroed to its last byte: commands are hashed as bytes. */
static struct draw_command *add(struct draw *d, enum draw_kind kind,
                                struct rect bounds)
{
    if (!(rect_meet(bounds, draw_clip(d)).w > 0))
        return NULL;
    struct draw_command *c = make_room(d, 1);
    d->count++;
    memset(c, 0, sizeof *c);
    c->kind = kind;
    c->clip = draw_clip(d);
    c->bounds = bounds;
    return c;
}

static const struct point *keep_points(struct draw *d, const struct point *p,
                                       size_t count)
{
    struct point *kept = arena_alloc(d->arena, count * sizeof *kept);
    return memcpy(kept, p, count * sizeof *kept);
}

/* ----------------------------------------------------------------- shapes */

void draw_box(struct draw *d, struct box b)
{
    if (b.at.w <= 0 || b.at.h <= 0)
        return;
    struct draw_command *c = add(d, DRAW_BOX, rect_inset(b.at, -1));
    if (c)
        c->box = b;
}

void draw_rect(struct draw *d, struct rect at, colour fill)
{
    draw_box(d, (struct box){.at = at, .fill = fill});
}

void draw_circle(struct draw *d, struct point at, float radius, colour fill,
                 float border, colour line)
{
    struct rect square = {at.x - radius, at.y - radius, 2 * radius, 2 * radius};
    struct draw_command *c = add(d, DRAW_CIRCLE, rect_inset(square, -1));
    if (!c)
        return;
    c->circle.at = at;
    c->circle.radius = radius;
    c->circle.border = border;
    c->circle.fill = fill;
    c->circle.line = line;
}

void draw_ring(struct draw *d, struct point at, float radius, float width,
               float from, float to, colour line)
{
    if (to <= from)
        return;
    struct rect square = {at.x - radius, at.y - radius, 2 * radius, 2 * radius};
    struct draw_command *c = add(d, DRAW_RING, rect_inset(square, -1));
    if (!c)
        return;
    c->ring.at = at;
    c->ring.radius = radius;
    c->ring.width = width;
    c->ring.from = from;
    c->ring.to = fminf(to, from + 1);
    c->ring.line = line;
}

void draw_line(struct draw *d, struct point a, struct point b, struct stroke s)
{
    draw_polyline(d, (struct point[]){a, b}, 2, s);
}

void draw_polyline(struct draw *d, const struct point *points, size_t count,
                   struct stroke s)
{
    if (count < 2)
        return;
    float reach = s.width + fmaxf(s.head, s.tail) + 1;
    struct draw_command *c =
        add(d, DRAW_LINE, rect_inset(around(points, count), -reach));
    if (!c)
        return;
    c->line.points = keep_points(d, points, count);
    c->line.count = count;
    c->line.stroke = s;
}

struct point curve_point(struct point a, struct point ca, struct point cb,
                         struct point b, float t)
{
    float u = 1 - t;
    float wa = u * u * u;
    float wca = 3 * u * u * t;
    float wcb = 3 * u * t * t;
    float wb = t * t * t;
    return (struct point){wa * a.x + wca * ca.x + wcb * cb.x + wb * b.x,
                          wa * a.y + wca * ca.y + wcb * cb.y + wb * b.y};
}

void draw_curve(struct draw *d, struct point a, struct point ca,
                struct point cb, struct point b, struct stroke s)
{
    struct point p[CURVE_PIECES + 1];
    for (int i = 0; i <= CURVE_PIECES; i++)
        p[i] = curve_point(a, ca, cb, b, (float)i / CURVE_PIECES);
    draw_polyline(d, p, CURVE_PIECES + 1, s);
}

void draw_polygon(struct draw *d, const struct point *points, size_t count,
                  colour fill)
{
    if (count < 3)
        return;
    struct draw_command *c =
        add(d, DRAW_POLYGON, rect_inset(around(points, count), -1));
    if (!c)
        return;
    c->polygon.points = keep_points(d, points, count);
    c->polygon.count = count;
    c->polygon.fill = fill;
}

void draw_shadow(struct draw *d, struct rect at, float radius, float blur,
                 colour ink)
{
    struct draw_command *c = add(d, DRAW_SHADOW, rect_inset(at, -blur - 1));
    if (!c)
        return;
    c->shadow.at = at;
    c->shadow.radius = radius;
    c->shadow.blur = blur;
    c->shadow.ink = ink;
}

/* Letters may reach beyond the box of their line: half a size is enough. */
void draw_text(struct draw *d, struct point at, struct draw_run run)
{
    float h = run.size;
    struct rect bounds = {at.x - h / 2, at.y - h * 1.5f, run.width + h, h * 2};
    if (!run.length)
        return;
    struct draw_command *c = add(d, DRAW_TEXT, bounds);
    if (!c)
        return;
    c->text.at = at;
    c->text.run = run;
    c->text.run.text = arena_copy(d->arena, run.text, run.length);
}

void draw_image(struct draw *d, struct rect at, const colour *pixels,
                int width, int height)
{
    if (width <= 0 || height <= 0)
        return;
    struct draw_command *c = add(d, DRAW_IMAGE, at);
    if (!c)
        return;
    size_t size = (size_t)width * (size_t)height * sizeof *pixels;
    c->image.pixels = memcpy(arena_alloc(d->arena, size), pixels, size);
    c->image.width = width;
    c->image.height = height;
}

/* ---------------------------------------------------------------- colours */

colour colour_fade(colour c, float alpha)
{
    float a = (float)(c >> 24) * fminf(fmaxf(alpha, 0), 1) + 0.5f;
    return (c & 0xFFFFFF) | (colour)a << 24;
}

colour colour_mix(colour a, colour b, float t)
{
    colour mixed = 0xFF000000;
    for (int shift = 0; shift < 24; shift += 8) {
        float from = (float)(a >> shift & 255);
        float to = (float)(b >> shift & 255);
        mixed |= (colour)(from + (to - from) * t + 0.5f) << shift;
    }
    return mixed;
}
