/* ground.c: which colours are under a text. Not by drawing it: the commands
 * below are gone through at five places of the text, and what each puts there
 * is laid on what was there. Where a pattern is, both its colours count. */
#include "tests/fit/fit.h"

#include <math.h>

enum { PLACES = 5 };

/* At one place: a pattern makes two. */
struct under {
    colour of[2];
    int count;
};

static colour over(colour under, colour c)
{
    float alpha = (float)(c >> 24) / 255;
    return colour_mix(under, c | 0xFF000000u, alpha);
}

static void lay(struct under *u, colour c)
{
    if (c >> 24 == 255)
        *u = (struct under){{c, c}, 1};
    else if (c >> 24)
        for (int i = 0; i < u->count; i++)
            u->of[i] = over(u->of[i], c);
}

static bool in_polygon(const struct draw_command *c, struct point p)
{
    bool in = false;
    size_t n = c->polygon.count;
    for (size_t i = 0, j = n - 1; i < n; j = i++) {
        struct point a = c->polygon.points[i], b = c->polygon.points[j];
        if ((a.y > p.y) != (b.y > p.y) &&
            p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
            in = !in;
    }
    return in;
}

/* Corners are cut by a circle of the radius. */
static bool in_box(const struct box *b, struct point p)
{
    if (!rect_has(b->at, p.x, p.y))
        return false;
    float r = fminf(b->radius, fminf(b->at.w, b->at.h) / 2);
    float dx = fmaxf(fmaxf(b->at.x + r - p.x, p.x - (b->at.x + b->at.w - r)), 0);
    float dy = fmaxf(fmaxf(b->at.y + r - p.y, p.y - (b->at.y + b->at.h - r)), 0);
    return dx * dx + dy * dy <= r * r + 0.01f || r <= 0;
}

static void lay_box(struct under *u, const struct box *b)
{
    lay(u, b->fill);
    if (b->pattern == PATTERN_NONE || !(b->ink >> 24))
        return;
    colour ground = u->of[0];
    *u = (struct under){{ground, over(ground, b->ink)}, 2};
}

static void lay_command(struct under *u, const struct draw_command *c,
                        struct point p)
{
    if (!rect_has(c->clip, p.x, p.y))
        return;
    if (c->kind == DRAW_BOX && in_box(&c->box, p))
        lay_box(u, &c->box);
    if (c->kind == DRAW_CIRCLE &&
        hypotf(p.x - c->circle.at.x, p.y - c->circle.at.y) <= c->circle.radius)
        lay(u, c->circle.fill);
    if (c->kind == DRAW_POLYGON && in_polygon(c, p))
        lay(u, c->polygon.fill);
    if (c->kind == DRAW_IMAGE && rect_has(c->bounds, p.x, p.y)) {
        int x = (int)((p.x - c->bounds.x) / c->bounds.w * (float)c->image.width);
        int y =
            (int)((p.y - c->bounds.y) / c->bounds.h * (float)c->image.height);
        lay(u, c->image.pixels[y * c->image.width + x]);
    }
}

double fit_contrast(const struct draw *d, size_t i, colour ground,
                    colour *under)
{
    const struct draw_command *text = &d->commands[i];
    struct rect at = rect_meet(fit_letters(text), text->clip);
    double least = 99;
    for (int k = 0; k < PLACES; k++) {
        struct under u = {{ground, ground}, 1};
        float share = ((float)k + 0.5f) / PLACES;
        struct point p = {at.x + at.w * share, at.y + at.h / 2};
        for (size_t c = 0; c < i; c++)
            lay_command(&u, &d->commands[c], p);
        for (int n = 0; n < u.count; n++) {
            double c = colour_contrast(over(u.of[n], text->text.run.ink),
                                       u.of[n]);
            if (c < least)
                *under = u.of[n];
            least = fmin(least, c);
        }
    }
    return least;
}
