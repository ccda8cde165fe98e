/* Pictures as PNG files. */
#ifndef TIMESLICE_PNG_H
#define TIMESLICE_PNG_H

#include "render/draw.h"
#include "sim/base/str.h"

/* Writes `width` × `height` opaque pixels (rows from the top) to `path`. On
 * failure returns false and adds the reason to `why`. */
bool png_write(const char *path, const colour *pixels, int width, int height,
               struct str *why);

#endif
