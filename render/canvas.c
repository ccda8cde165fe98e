/* canvas.c: which cells have changed, and drawing those (canvas.h).
 *
 * The surface is a grid of cells. Each command is hashed and the hash folded,
 * in order, into every cell that the command may touch. Where a cell's hash is
 * the one of the last frame, the same commands would draw the same pixels.
 * Changed cells are gathered into rectangles, and all commands are drawn again
 * clipped to each. */
#include "render/canvas.h"

#include "render/canvas_draw.h"
#include "render/paint.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* What is drawn at once is so high at most that all layers of it stay in the
 * processor's cache. */
enum { CELL = 64, CHANGED_MOST = 64, BAND = 64 };

struct canvas {
    struct surface surface;
    int columns, rows;
    uint64_t *cells, *before; /* columns × rows hashes */
    bool fresh;               /* nothing of `before` is to be believed */
    struct pixel_rect *reach; /* of each command of this frame */
    size_t reach_room;
    struct pixel_rect changed[CHANGED_MOST];
    size_t changed_count;
};

struct canvas *canvas_new(int width, int height)
{
    struct canvas *c = mem_new(1, sizeof *c);
    canvas_resize(c, width, height);
    return c;
}

static void drop_pixels(struct canvas *c)
{
    free(c->surface.pixels);
    free(c->cells);
    free(c->before);
}

void canvas_free(struct canvas *c)
{
    if (!c)
        return;
    drop_pixels(c);
    raster_free(&c->surface.raster);
    free(c->reach);
    free(c);
}

void canvas_resize(struct canvas *c, int width, int height)
{
    width = width < 1 ? 1 : width;
    height = height < 1 ? 1 : height;
    if (width == c->surface.width && height == c->surface.height)
        return;
    drop_pixels(c);
    c->surface.width = width;
    c->surface.height = height;
    c->columns = (width + CELL - 1) / CELL;
    c->rows = (height + CELL - 1) / CELL;
    size_t cells = (size_t)c->columns * (size_t)c->rows;
    c->surface.pixels =
        mem_new((size_t)width * (size_t)height, sizeof(colour));
    c->cells = mem_new(cells, sizeof *c->cells);
    c->before = mem_new(cells, sizeof *c->before);
    c->fresh = true;
}

void canvas_forget(struct canvas *c)
{
    c->fresh = true;
}

/* ---------------------------------------------------------------- hashing */

/* One step of mixing (the multiplication and shift of splitmix64). */
static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * UINT64_C(0xBF58476D1CE4E5B9);
    return h ^ h >> 29;
}

static uint64_t mix_bytes(uint64_t h, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    h = mix(h, size);
    for (; size >= 8; p += 8, size -= 8) {
        uint64_t v;
        memcpy(&v, p, 8);
        h = mix(h, v);
    }
    uint64_t rest = 0;
    memcpy(&rest, p, size);
    return mix(h, rest);
}

static uint64_t mix_float(uint64_t h, float f)
{
    uint32_t v;
    memcpy(&v, &f, sizeof v);
    return mix(h, v);
}

static uint64_t mix_rect(uint64_t h, struct rect r)
{
    return mix_bytes(h, &r, sizeof r);
}

/* By fields: what lies between the fields of a struct is not defined. */
static uint64_t mix_box(uint64_t h, const struct box *b)
{
    h = mix_rect(h, b->at);
    h = mix_float(h, b->radius);
    h = mix(h, (uint64_t)b->fill << 32 | b->ink);
    h = mix(h, (uint64_t)b->line << 32 | (uint64_t)b->pattern << 1 | b->smooth);
    h = mix_float(h, b->border);
    return mix_float(h, b->dash);
}

static uint64_t mix_stroke(uint64_t h, struct stroke s)
{
    return mix_bytes(h, &s, sizeof s); /* five words, nothing between */
}

static uint64_t mix_run(uint64_t h, const struct draw_run *r)
{
    h = mix_bytes(h, r->text, r->length);
    h = mix(h, (uint64_t)r->ink << 8 | (unsigned)r->face);
    return mix_float(h, r->size);
}

static uint64_t mix_command(const struct draw_command *c)
{
    uint64_t h = mix_rect(mix(0, (uint64_t)c->kind + 1), c->clip);
    switch (c->kind) {
    case DRAW_BOX:
        return mix_box(h, &c->box);
    case DRAW_CIRCLE:
        return mix_bytes(h, &c->circle, sizeof c->circle);
    case DRAW_RING:
        return mix_bytes(h, &c->ring, sizeof c->ring);
    case DRAW_LINE:
        h = mix_stroke(h, c->line.stroke);
        return mix_bytes(h, c->line.points,
                         c->line.count * sizeof *c->line.points);
    case DRAW_POLYGON:
        h = mix(h, c->polygon.fill);
        return mix_bytes(h, c->polygon.points,
                         c->polygon.count * sizeof *c->polygon.points);
    case DRAW_SHADOW:
        return mix_bytes(h, &c->shadow, sizeof c->shadow);
    case DRAW_TEXT:
        h = mix_bytes(h, &c->text.at, sizeof c->text.at);
        return mix_run(h, &c->text.run);
    case DRAW_IMAGE:
        h = mix(mix_rect(h, c->bounds), (uint64_t)c->image.width);
        return mix_bytes(h, c->image.pixels,
                         (size_t)c->image.width * (size_t)c->image.height *
                             sizeof(colour));
    }
    return h;
}

static struct pixel_rect everything(const struct canvas *c)
{
    return (struct pixel_rect){0, 0, c->surface.width, c->surface.height};
}

/* The pixels that a command may touch. */
static struct pixel_rect reach(const struct canvas *c,
                               const struct draw_command *k, float scale)
{
    struct pixel_rect r = pixel_meet(everything(c),
                                     canvas_pixels_of(k->bounds, scale));
    return pixel_meet(r, canvas_pixels_of(k->clip, scale));
}

static void fold(struct canvas *c, const struct draw_command *k,
                 struct pixel_rect r)
{
    if (r.w <= 0)
        return;
    uint64_t h = mix_command(k);
    int x0 = r.x / CELL, x1 = (r.x + r.w - 1) / CELL;
    int y0 = r.y / CELL, y1 = (r.y + r.h - 1) / CELL;
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++) {
            uint64_t *cell = &c->cells[y * c->columns + x];
            *cell = mix(*cell, h);
        }
}

/* ---------------------------------------------------------------- changes */

static bool differs(const struct canvas *c, int x, int y)
{
    int i = y * c->columns + x;
    return c->fresh || c->cells[i] != c->before[i];
}

/* A run of changed cells; it grows the rectangle above it if that is as wide,
 * and when there are too many, all of it has changed. */
static void add_changed(struct canvas *c, struct pixel_rect r)
{
    for (size_t i = 0; i < c->changed_count; i++) {
        struct pixel_rect *o = &c->changed[i];
        if (o->x == r.x && o->w == r.w && o->y + o->h == r.y) {
            o->h += r.h;
            return;
        }
    }
    if (c->changed_count < CHANGED_MOST) {
        c->changed[c->changed_count++] = r;
        return;
    }
    c->changed[0] = everything(c);
    c->changed_count = 1;
}

static void gather(struct canvas *c)
{
    c->changed_count = 0;
    for (int y = 0; y < c->rows; y++)
        for (int x = 0; x < c->columns; x++) {
            int start = x;
            while (x < c->columns && differs(c, x, y))
                x++;
            if (x == start)
                continue;
            struct pixel_rect r = {start * CELL, y * CELL, (x - start) * CELL,
                                   CELL};
            add_changed(c, pixel_meet(r, everything(c)));
            if (c->changed_count == 1 && c->changed[0].w == c->surface.width &&
                c->changed[0].h == c->surface.height)
                return;
        }
}

static void draw_part(struct canvas *c, struct font_set *t,
                      const struct draw *d, float scale, colour ground,
                      struct pixel_rect part)
{
    struct paint p = {.pixels = c->surface.pixels, .pitch = c->surface.width,
                      .fill = ground | 0xFF000000};
    for (int y = part.y; y < part.y + part.h; y++)
        paint_span(&p, part.x, y, part.w, 255);
    for (size_t i = 0; i < d->count; i++) {
        struct pixel_rect clip = pixel_meet(part, c->reach[i]);
        if (clip.w > 0)
            canvas_draw_command(&c->surface, t, &d->commands[i], scale, clip);
    }
}

static void draw_in_bands(struct canvas *c, struct font_set *t,
                          const struct draw *d, float scale, colour ground,
                          struct pixel_rect r)
{
    for (int y = r.y; y < r.y + r.h; y += BAND) {
        struct pixel_rect band = {r.x, y, r.w, BAND};
        draw_part(c, t, d, scale, ground, pixel_meet(band, r));
    }
}

size_t canvas_draw(struct canvas *c, struct font_set *t, const struct draw *d,
                   float scale, colour ground)
{
    size_t cells = (size_t)c->columns * (size_t)c->rows;
    for (size_t i = 0; i < cells; i++)
        c->cells[i] = mix_float(mix(1, ground), scale);
    c->reach =
        mem_grow(c->reach, d->count, &c->reach_room, sizeof *c->reach);
    for (size_t i = 0; i < d->count; i++) {
        c->reach[i] = reach(c, &d->commands[i], scale);
        fold(c, &d->commands[i], c->reach[i]);
    }
    gather(c);
    for (size_t i = 0; i < c->changed_count; i++)
        draw_in_bands(c, t, d, scale, ground, c->changed[i]);
    uint64_t *swap = c->before;
    c->before = c->cells;
    c->cells = swap;
    c->fresh = false;
    return c->changed_count;
}

struct pixel_rect canvas_changed(const struct canvas *c, size_t i)
{
    return c->changed[i];
}

int canvas_width(const struct canvas *c)
{
    return c->surface.width;
}

int canvas_height(const struct canvas *c)
{
    return c->surface.height;
}

const colour *canvas_pixels(const struct canvas *c)
{
    return c->surface.pixels;
}
