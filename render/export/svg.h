/* Draw commands as SVG: shapes as shapes, text as text.
 *
 * The picture is the canvas's: what it lays on whole pixels lies on whole units
 * here, so a unit is a pixel at that scale. Text is laid out by whoever shows
 * the picture, with the fonts there; it is told how wide each piece is. */
#ifndef TIMESLICE_SVG_H
#define TIMESLICE_SVG_H

#include "render/canvas.h"

struct svg_picture {
    const struct draw *draw;
    struct pixel_rect part; /* of the surface, pixels */
    float scale;            /* pixels a unit of the commands */
    colour ground;
    const char *title; /* what it shows, for people who cannot see it */
};

void svg_write(const struct svg_picture *picture, struct str *out);

/* Appends a text so that XML takes it for nothing else; what XML 1.0 cannot
 * have (control characters, bytes that are no UTF-8) becomes U+FFFD. */
void svg_add_text(struct str *out, const char *text, size_t length);

#endif
