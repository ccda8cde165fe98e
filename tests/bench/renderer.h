/* The same draw commands through SDL_Renderer, as most programs with SDL draw:
 * filled shapes as triangles (SDL_RenderGeometry), glyphs as textures that are
 * kept, clips by SDL_RenderSetClipRect, all of it in every frame. Edges are
 * not antialiased and shadows are a few rings, which is less work than the
 * canvas has. */
#ifndef TIMESLICE_TESTS_BENCH_RENDERER_H
#define TIMESLICE_TESTS_BENCH_RENDERER_H

#include "render/draw.h"
#include "render/shape.h"
#include "render/text.h"
#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/base/str.h"

#include <SDL2/SDL.h>
#include <math.h>

enum { RENDERER_GLYPHS = 4096, RENDERER_POINTS = 512, RENDERER_CORNER = 6 };

struct renderer {
    SDL_Renderer *to;
    float scale;
    struct font_set *fonts;
    struct {
        const uint8_t *mask; /* NULL: free */
        SDL_Texture *texture;
    } glyphs[RENDERER_GLYPHS];
    SDL_Vertex vertices[RENDERER_POINTS];
    int indices[RENDERER_POINTS * 6];
};

static inline SDL_Color renderer_colour(colour c)
{
    return (SDL_Color){(Uint8)(c >> 16), (Uint8)(c >> 8), (Uint8)c,
                       (Uint8)(c >> 24)};
}

static inline void renderer_ink(struct renderer *r, colour c)
{
    SDL_Color k = renderer_colour(c);
    SDL_SetRenderDrawColor(r->to, k.r, k.g, k.b, k.a);
}

static inline void renderer_at(struct renderer *r, int i, struct point p,
                               colour c)
{
    r->vertices[i] = (SDL_Vertex){
        {p.x * r->scale, p.y * r->scale}, renderer_colour(c), {0, 0}};
}

/* A fan around the first point. */
static inline void renderer_fan(struct renderer *r, const struct point *p,
                                int n, colour c)
{
    int k = 0;
    for (int i = 0; i < n; i++)
        renderer_at(r, i, p[i], c);
    for (int i = 1; i + 1 < n; i++) {
        r->indices[k++] = 0;
        r->indices[k++] = i;
        r->indices[k++] = i + 1;
    }
    SDL_RenderGeometry(r->to, NULL, r->vertices, n, r->indices, k);
}

/* A band between two lines of `n` points each; round: the last joins the
 * first. */
static inline void renderer_band(struct renderer *r, const struct point *out,
                                 const struct point *in, int n, bool round,
                                 colour c)
{
    int k = 0;
    for (int i = 0; i < n; i++) {
        renderer_at(r, 2 * i, out[i], c);
        renderer_at(r, 2 * i + 1, in[i], c);
    }
    for (int i = 0; i + (round ? 0 : 1) < n; i++) {
        int a = 2 * i, b = 2 * ((i + 1) % n);
        int quad[] = {a, a + 1, b, b, a + 1, b + 1};
        for (int j = 0; j < 6; j++)
            r->indices[k++] = quad[j];
    }
    SDL_RenderGeometry(r->to, NULL, r->vertices, 2 * n, r->indices, k);
}

/* The outline of a rounded rectangle; returns how many points. */
static inline int renderer_outline(struct rect at, float radius,
                                   struct point *to)
{
    int n = 0;
    radius = fmaxf(fminf(radius, fminf(at.w, at.h) / 2), 0);
    for (int corner = 0; corner < 4; corner++) {
        float x = corner == 0 || corner == 1 ? at.x + at.w - radius
                                             : at.x + radius;
        float y = corner == 1 || corner == 2 ? at.y + at.h - radius
                                             : at.y + radius;
        for (int i = 0; i <= RENDERER_CORNER; i++) {
            struct point p =
                shape_turn((corner + (double)i / RENDERER_CORNER) / 4);
            to[n++] = (struct point){x + p.x * radius, y + p.y * radius};
        }
    }
    return n;
}

static inline SDL_Rect renderer_pixels(const struct renderer *r, struct rect a)
{
    return (SDL_Rect){(int)(a.x * r->scale), (int)(a.y * r->scale),
                      (int)ceilf(a.w * r->scale), (int)ceilf(a.h * r->scale)};
}

static inline void renderer_pattern(struct renderer *r, const struct box *b)
{
    SDL_Rect at = renderer_pixels(r, b->at);
    renderer_ink(r, b->ink);
    bool bars = b->pattern == PATTERN_BARS;
    int every = 6, lean = bars ? 0 : at.h;
    for (int d = 0; d < (bars ? at.h : at.w + at.h); d += every)
        if (bars)
            SDL_RenderDrawLine(r->to, at.x, at.y + d, at.x + at.w, at.y + d);
        else
            SDL_RenderDrawLine(r->to, at.x + d - lean, at.y + at.h, at.x + d,
                               at.y);
}

static inline void renderer_box(struct renderer *r, const struct box *b)
{
    struct point out[RENDERER_POINTS], in[RENDERER_POINTS];
    if (b->fill >> 24 && b->radius <= 0) {
        SDL_Rect at = renderer_pixels(r, b->at);
        renderer_ink(r, b->fill);
        SDL_RenderFillRect(r->to, &at);
    } else if (b->fill >> 24) {
        renderer_fan(r, out, renderer_outline(b->at, b->radius, out), b->fill);
    }
    if (b->pattern != PATTERN_NONE && b->ink >> 24)
        renderer_pattern(r, b);
    if (b->border <= 0 || !(b->line >> 24))
        return;
    int n = renderer_outline(b->at, b->radius, out);
    renderer_outline(rect_inset(b->at, b->border), b->radius - b->border, in);
    renderer_band(r, out, in, n, true, b->line);
}

static inline void renderer_ring(struct renderer *r,
                                 const struct draw_command *c)
{
    enum { PARTS = 48 };
    struct point out[PARTS], in[PARTS];
    for (int i = 0; i < PARTS; i++) {
        struct point p = shape_turn(
            c->ring.from + (c->ring.to - c->ring.from) * (float)i / (PARTS - 1.0f));
        float inner = c->ring.radius - c->ring.width;
        out[i] = (struct point){c->ring.at.x + p.x * c->ring.radius,
                                c->ring.at.y + p.y * c->ring.radius};
        in[i] = (struct point){c->ring.at.x + p.x * inner,
                               c->ring.at.y + p.y * inner};
    }
    renderer_band(r, out, in, PARTS, false, c->ring.line);
}

static inline void renderer_line(struct renderer *r, struct point a,
                                 struct point b, struct stroke s)
{
    float dx = b.x - a.x, dy = b.y - a.y, length = hypotf(dx, dy);
    if (length <= 0)
        return;
    float nx = -dy / length * s.width / 2, ny = dx / length * s.width / 2;
    struct point out[] = {{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}};
    struct point in[] = {{a.x - nx, a.y - ny}, {b.x - nx, b.y - ny}};
    renderer_band(r, out, in, 2, false, s.line);
}

static inline void renderer_shadow(struct renderer *r,
                                   const struct draw_command *c)
{
    enum { RINGS = 4 };
    struct point p[RENDERER_POINTS];
    for (int i = 0; i < RINGS; i++) {
        float out = c->shadow.blur * (float)(RINGS - i) / (float)RINGS;
        int n = renderer_outline(rect_inset(c->shadow.at, -out),
                                 c->shadow.radius + out, p);
        renderer_fan(r, p, n, colour_fade(c->shadow.ink, 1.0f / (float)RINGS));
    }
}

/* ---- text ---- */

static inline SDL_Texture *renderer_texture(struct renderer *r,
                                            const struct glyph *g)
{
    SDL_Texture *t = SDL_CreateTexture(r->to, SDL_PIXELFORMAT_ARGB8888,
                                       SDL_TEXTUREACCESS_STATIC, g->width,
                                       g->height);
    size_t n = (size_t)(g->width * g->height);
    Uint32 *pixels = mem_new(n, sizeof *pixels);
    for (size_t i = 0; i < n; i++)
        pixels[i] = (Uint32)g->mask[i] << 24 | 0xFFFFFF;
    SDL_UpdateTexture(t, NULL, pixels, g->width * 4);
    SDL_SetTextureBlendMode(t, SDL_BLENDMODE_BLEND);
    free(pixels);
    return t;
}

static inline SDL_Texture *renderer_glyph(struct renderer *r,
                                          const struct glyph *g)
{
    size_t i = (size_t)((uintptr_t)g->mask >> 4) % RENDERER_GLYPHS;
    while (r->glyphs[i].mask && r->glyphs[i].mask != g->mask)
        i = (i + 1) % RENDERER_GLYPHS;
    if (!r->glyphs[i].mask) {
        r->glyphs[i].mask = g->mask;
        r->glyphs[i].texture = renderer_texture(r, g);
    }
    return r->glyphs[i].texture;
}

static inline void renderer_text(struct renderer *r,
                                 const struct draw_command *c)
{
    const struct draw_run *run = &c->text.run;
    SDL_Color ink = renderer_colour(run->ink);
    float x = c->text.at.x * r->scale;
    int y = (int)lroundf(c->text.at.y * r->scale);
    int size = (int)lroundf(run->size * r->scale);
    for (const char *s = run->text, *end = s + run->length; s < end;) {
        unsigned point = 0;
        s += utf8_length(s, (size_t)(end - s), &point);
        require(point);
        const struct glyph *g =
            text_glyph(r->fonts, (enum face)run->face, size, point, 0);
        SDL_Rect at = {(int)x + g->left, y - g->top, g->width, g->height};
        x += g->advance;
        if (!g->mask)
            continue;
        SDL_Texture *t = renderer_glyph(r, g);
        SDL_SetTextureColorMod(t, ink.r, ink.g, ink.b);
        SDL_SetTextureAlphaMod(t, ink.a);
        SDL_RenderCopy(r->to, t, NULL, &at);
    }
}

static inline void renderer_image(struct renderer *r,
                                  const struct draw_command *c)
{
    SDL_Texture *t = SDL_CreateTexture(r->to, SDL_PIXELFORMAT_ARGB8888,
                                       SDL_TEXTUREACCESS_STATIC,
                                       c->image.width, c->image.height);
    SDL_UpdateTexture(t, NULL, c->image.pixels, c->image.width * 4);
    SDL_SetTextureBlendMode(t, SDL_BLENDMODE_BLEND);
    SDL_Rect at = renderer_pixels(r, c->bounds);
    SDL_RenderCopy(r->to, t, NULL, &at);
    SDL_DestroyTexture(t);
}

static inline void renderer_command(struct renderer *r,
                                    const struct draw_command *c)
{
    SDL_Rect clip = renderer_pixels(r, c->clip);
    SDL_RenderSetClipRect(r->to, &clip);
    switch (c->kind) {
    case DRAW_BOX:
        renderer_box(r, &c->box);
        break;
    case DRAW_CIRCLE: {
        float a = c->circle.radius;
        struct box b = {.at = {c->circle.at.x - a, c->circle.at.y - a, 2 * a,
                               2 * a},
                        .radius = a,
                        .fill = c->circle.fill,
                        .border = c->circle.border,
                        .line = c->circle.line};
        renderer_box(r, &b);
        break;
    }
    case DRAW_RING:
        renderer_ring(r, c);
        break;
    case DRAW_LINE:
        for (size_t i = 0; i + 1 < c->line.count; i++)
            renderer_line(r, c->line.points[i], c->line.points[i + 1],
                          c->line.stroke);
        break;
    case DRAW_POLYGON:
        renderer_fan(r, c->polygon.points,
                     (int)fmin((double)c->polygon.count, RENDERER_POINTS),
                     c->polygon.fill);
        break;
    case DRAW_SHADOW:
        renderer_shadow(r, c);
        break;
    case DRAW_TEXT:
        renderer_text(r, c);
        break;
    case DRAW_IMAGE:
        renderer_image(r, c);
        break;
    }
}

/* Draws and shows all commands. */
static inline void renderer_frame(struct renderer *r, const struct draw *d,
                                  float scale, colour ground)
{
    r->scale = scale;
    SDL_RenderSetClipRect(r->to, NULL);
    SDL_SetRenderDrawBlendMode(r->to, SDL_BLENDMODE_BLEND);
    renderer_ink(r, ground);
    SDL_RenderClear(r->to);
    for (size_t i = 0; i < d->count; i++)
        renderer_command(r, &d->commands[i]);
    SDL_RenderPresent(r->to);
}

#endif
