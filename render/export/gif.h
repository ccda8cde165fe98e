/* An animated GIF (GIF89a): one palette for all of it, frames that say only
 * what has changed, played again and again.
 *
 * The palette is made of all frames, so they come twice: first each to
 * gif_count, then, after gif_begin, the same again to gif_frame. Colours that
 * cover most are in the palette as they are; the others are near. */
#ifndef TIMESLICE_GIF_H
#define TIMESLICE_GIF_H

#include "render/draw.h"
#include "sim/base/str.h"

struct gif;

/* A picture of the size of the animation. */
struct gif_picture {
    const colour *pixels; /* opaque; rows from the top, … */
    int pitch;            /* … so far apart */
};

struct gif *gif_new(int width, int height);
void gif_free(struct gif *g);

void gif_count(struct gif *g, struct gif_picture p);
void gif_begin(struct gif *g, struct str *out);
/* It is shown for `hundredths` of a second (at least 2: what is shorter is slow
 * in many viewers). */
void gif_frame(struct gif *g, struct gif_picture p, int hundredths,
               struct str *out);
/* The last frame stays for `hundredths` more before all begins anew. */
void gif_end(struct gif *g, int hundredths, struct str *out);

/* Appends `count` indices below 1 << bits as GIF's variety of LZW: the code
 * size, and blocks. */
void gif_add_lzw(const uint8_t *indices, size_t count, int bits,
                 struct str *out);

#endif
