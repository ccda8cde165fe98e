/* A picture as SVG: draw commands written down instead of painted.
 *
 * What charts are made of is written: boxes, circles, rings, lines, polygons
 * and texts. Shadows and the pixels of images are left out, patterns and clips
 * too. A text keeps the width it was measured with, whatever font there is. */
#ifndef TIMESLICE_SVG_H
#define TIMESLICE_SVG_H

#include "render/draw.h"
#include "sim/base/str.h"

/* Appends a whole file; `width` and `height` are logical units, `ground` is
 * behind everything, `title` for who cannot see it. */
void svg_write(const struct draw *d, float width, float height, colour ground,
               const char *title, struct str *out);

#endif
