/* Draw commands: what a picture is made of, before it is pixels.
 *
 * Panels and widgets only append commands to a list that lives in an arena of
 * one frame; canvas.c turns the list into pixels, an exporter may turn it into
 * something else. Nothing here knows a surface, a window or a font file.
 *
 * All lengths are logical units (the size of a pixel on an ordinary screen);
 * the canvas multiplies by its scale. x grows to the right, y downwards.
 * Angles are turns: 0 is up, 0.25 is right, 1 is once around.
 * Colours are 0xAARRGGBB, not premultiplied; alpha 0 draws nothing.
 *
 * Everything appended is copied: points, pixels and texts may go away. */
#ifndef TIMESLICE_DRAW_H
#define TIMESLICE_DRAW_H

#include "sim/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t colour;

struct point {
    float x, y;
};

struct rect {
    float x, y, w, h;
};

/* Laying out by cutting: each cut takes a strip off `r` and returns it. */
struct rect rect_cut_top(struct rect *r, float h);
struct rect rect_cut_bottom(struct rect *r, float h);
struct rect rect_cut_left(struct rect *r, float w);
struct rect rect_cut_right(struct rect *r, float w);
/* The `i`-th of `n` equal columns (rows) with `gap` between them. */
struct rect rect_column(struct rect r, int i, int n, float gap);
struct rect rect_row(struct rect r, int i, int n, float gap);
struct rect rect_inset(struct rect r, float by);
struct rect rect_inset_xy(struct rect r, float x, float y);
/* A rect of w × h in the middle of `r`. */
struct rect rect_middle(struct rect r, float w, float h);
struct rect rect_meet(struct rect a, struct rect b); /* may be empty: w = 0 */
bool rect_has(struct rect r, float x, float y);

/* Patterns lie on the fill and are clipped to its shape. */
enum pattern {
    PATTERN_NONE,
    PATTERN_HATCH, /* diagonal stripes */
    PATTERN_BARS,  /* horizontal bars */
    PATTERN_DOTS,
    PATTERN_CROSS, /* small ×; a swatch gets one in its middle */
    PATTERN_COUNT
};

/* A rectangle with everything that may be on it; leave out what is not. It is
 * laid on whole pixels unless `smooth` (for what moves). */
struct box {
    struct rect at;
    float radius; /* half the height or more: a pill */
    colour fill;
    enum pattern pattern;
    colour ink; /* of the pattern */
    float border; /* its width; it lies inside `at` */
    colour line;  /* of the border */
    float dash;   /* length of a dash of the border; 0: solid */
    bool smooth;
};

struct stroke {
    colour line;
    float width;
    float dash; /* 0: solid */
    float head; /* length of the arrow head at the end; 0: none */
    float tail; /* the same at the start */
};

/* Text as it is drawn; its width has been measured (text.h). */
struct draw_run {
    const char *text;
    size_t length;
    int face; /* enum face */
    float size; /* logical units */
    colour ink;
    float width;
};

enum draw_kind {
    DRAW_BOX,
    DRAW_CIRCLE,
    DRAW_RING,
    DRAW_LINE,
    DRAW_POLYGON,
    DRAW_SHADOW,
    DRAW_TEXT,
    DRAW_IMAGE
};

struct draw_command {
    enum draw_kind kind;
    struct rect clip, bounds; /* it touches nothing outside of both */
    union {
        struct box box;
        struct {
            struct point at;
            float radius, border;
            colour fill, line;
        } circle;
        struct {
            struct point at;
            float radius, width, from, to;
            colour line;
        } ring;
        struct {
            const struct point *points;
            size_t count;
            struct stroke stroke;
        } line;
        struct {
            const struct point *points;
            size_t count;
            colour fill;
        } polygon;
        struct {
            struct rect at;
            float radius, blur;
            colour ink;
        } shadow;
        struct {
            struct point at; /* left end of the baseline */
            struct draw_run run;
        } text;
        struct {
            const colour *pixels;
            int width, height;
        } image;
    };
};

enum { DRAW_CLIPS_MOST = 16 };

struct draw {
    struct arena *arena;
    struct draw_command *commands;
    size_t count, capacity;
    struct rect clips[DRAW_CLIPS_MOST];
    int clip_count;
};

/* Starts a list over in `arena`; clipped to `all`. */
void draw_begin(struct draw *d, struct arena *arena, struct rect all);

/* Appends the commands of `other` behind those of `d`. */
void draw_append(struct draw *d, const struct draw *other);

/* What follows is also clipped to `r`, until the matching pop. */
void draw_clip_push(struct draw *d, struct rect r);
void draw_clip_pop(struct draw *d);
struct rect draw_clip(const struct draw *d);

void draw_box(struct draw *d, struct box b);
void draw_rect(struct draw *d, struct rect at, colour fill);
void draw_circle(struct draw *d, struct point at, float radius, colour fill,
                 float border, colour line);
/* An arc of `width` inside `radius`, clockwise from turn `from` to `to`. */
void draw_ring(struct draw *d, struct point at, float radius, float width,
               float from, float to, colour line);
void draw_line(struct draw *d, struct point a, struct point b,
               struct stroke s);
void draw_polyline(struct draw *d, const struct point *points, size_t count,
                   struct stroke s);
/* A cubic Bézier from a to b, leaving towards ca, arriving from cb. */
void draw_curve(struct draw *d, struct point a, struct point ca,
                struct point cb, struct point b, struct stroke s);
void draw_polygon(struct draw *d, const struct point *points, size_t count,
                  colour fill);
/* A soft shadow around a rounded rectangle; draw it before the box. */
void draw_shadow(struct draw *d, struct rect at, float radius, float blur,
                 colour ink);
void draw_text(struct draw *d, struct point at, struct draw_run run);
/* `width` × `height` colours, stretched over `at` without smoothing: for a
 * timeline in which a million slices share a row. */
void draw_image(struct draw *d, struct rect at, const colour *pixels,
                int width, int height);

/* The point at `t` (0 … 1) of the same curve, for tokens that travel on it. */
struct point curve_point(struct point a, struct point ca, struct point cb,
                         struct point b, float t);

/* `c` with its alpha multiplied by `alpha` (0 … 1). */
colour colour_fade(colour c, float alpha);
/* From `a` (t = 0) to `b` (t = 1), both opaque. */
colour colour_mix(colour a, colour b, float t);

#endif
