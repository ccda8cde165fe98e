/* Text: which glyph stands where, and its coverage mask.
 *
 * Fonts are read into memory once (no descriptor stays open for children to
 * inherit) and opened once per face and size. SDL2_ttf has no fallback, so we
 * look for each code point: first the face, then DejaVu Sans, then WenQuanYi
 * Micro Hei. Glyphs are rendered four times as wide as they are and averaged
 * down, so they can stand on quarters of a pixel and keep their true
 * spacing; kerning is ignored. No video driver is needed.
 *
 * Sizes and widths here are device pixels: the caller multiplies by its scale
 * (ui.h does). Text is UTF-8; a byte that is not becomes U+FFFD. */
#ifndef TIMESLICE_TEXT_H
#define TIMESLICE_TEXT_H

#include "sim/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum face {
    FACE_REGULAR, /* Inter */
    FACE_MEDIUM,
    FACE_SEMIBOLD,
    FACE_BOLD,
    FACE_CODE, /* JetBrains Mono */
    FACE_CODE_BOLD,
    FACE_COUNT
};

struct font_set; /* the fonts and the glyphs seen so far */

/* Loads the fonts. If one is missing, returns NULL and adds one sentence to
 * `why` that names the Debian package. */
struct font_set *text_new(struct str *why);
void text_free(struct font_set *t);

/* A glyph's coverage, one byte a pixel; it lives as long as the text. */
struct glyph {
    const uint8_t *mask; /* NULL: nothing to draw (a blank) */
    int width, height;
    int left, top; /* of the mask, from the pen on the baseline; top is up */
    float advance;
};

/* The glyph of a code point with the pen at `quarter` (0 … 3) quarters of a
 * pixel. */
const struct glyph *text_glyph(struct font_set *t, enum face face, int size,
                               unsigned code_point, int quarter);

/* Whether any of our fonts has the code point. */
bool text_has(struct font_set *t, enum face face, unsigned code_point);

float text_width(struct font_set *t, enum face face, int size, const char *s,
                 size_t length);

/* Height of a capital letter: what is centred when a line is centred. */
float text_cap(struct font_set *t, enum face face, int size);

/* How many bytes of `s` fit into `room` pixels (whole characters). */
size_t text_fit(struct font_set *t, enum face face, int size, const char *s,
                size_t length, float room);

/* The first line of `s` when wrapped at `room` pixels: how many bytes it has,
 * without blanks at its end; `*next` is where the next line starts. Breaks
 * after blanks and between Chinese characters, but never before closing
 * punctuation or after an opening one; a word that is too long is cut. At
 * least one character is taken. A '\n' always breaks. */
size_t text_line(struct font_set *t, enum face face, int size, const char *s,
                 size_t length, float room, size_t *next);

/* A text whose parts have faces of their own: a span is the bytes up to `end`
 * from where the one before it ends. The last one ends at `length`. */
struct text_span {
    size_t end;
    enum face face;
    uint32_t ink; /* nothing is done with it here: for whoever draws */
};

struct text_parts {
    const char *text;
    size_t length;
    const struct text_span *spans;
};

/* text_fit and text_line for what stands from byte `from` on; what they
 * return, and `*next`, count from there. */
size_t text_fit_parts(struct font_set *t, int size, const struct text_parts *p,
                      size_t from, float room);
size_t text_line_parts(struct font_set *t, int size,
                       const struct text_parts *p, size_t from, float room,
                       size_t *next);

#endif
