/* The canvas: draw commands become pixels of one surface of our own.
 *
 * Shapes are filled by exact area (raster.h), glyphs through their masks.
 * All arithmetic that decides a pixel is our own, so a picture has the same
 * bytes on every run and every driver.
 *
 * The canvas remembers what it drew last: the commands of a frame are hashed
 * into the cells of a grid, and only cells whose hash has changed are drawn
 * again (the idea of rencache in the editor lite). A cell drawn alone has the
 * same bytes as in a full drawing; a test holds it to that. */
#ifndef TIMESLICE_CANVAS_H
#define TIMESLICE_CANVAS_H

#include "render/draw.h"
#include "render/text.h"

struct canvas;

struct pixel_rect {
    int x, y, w, h;
};

/* Pixels 0xFFRRGGBB, rows from the top, `width` pixels each. */
struct canvas *canvas_new(int width, int height);
void canvas_free(struct canvas *c);

/* Another size; everything is drawn again next time. Nothing happens if the
 * size is the same. */
void canvas_resize(struct canvas *c, int width, int height);

/* The next drawing draws everything (the window was covered). */
void canvas_forget(struct canvas *c);

/* Draws the commands, `scale` pixels a unit, on `ground`; returns how many
 * rectangles have changed since the last drawing (0: nothing did). `t` may be
 * NULL if there is no text among the commands. */
size_t canvas_draw(struct canvas *c, struct font_set *t, const struct draw *d,
                   float scale, colour ground);

/* The `i`-th rectangle that the last drawing changed. */
struct pixel_rect canvas_changed(const struct canvas *c, size_t i);

int canvas_width(const struct canvas *c);
int canvas_height(const struct canvas *c);
const colour *canvas_pixels(const struct canvas *c);

#endif
