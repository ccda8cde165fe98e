/* The patterns of paint.c as SVG patterns: each is written once for its ink and
 * for where its box lies, for a pattern begins at the corner of its box. */
#ifndef TIMESLICE_SVG_PATTERNS_H
#define TIMESLICE_SVG_PATTERNS_H

#include "render/draw.h"
#include "sim/base/str.h"

enum { SVG_PATTERNS_MOST = 64 };

struct svg_patterns {
    struct {
        enum pattern kind;
        colour ink;
        float x, y; /* where it begins, within a period */
    } known[SVG_PATTERNS_MOST];
    int count, names;
};

/* The name (pN) of the pattern for the box `at` in pixels; written to `out`
 * unless it was already. */
int svg_pattern(struct svg_patterns *p, enum pattern kind, colour ink,
                struct rect at, float scale, struct str *out);

#endif
