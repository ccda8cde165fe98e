/* Icons, drawn as shapes: media and state symbols are in no usual font.
 * The table is icons.def: W-like lines ICON(NAME, "path"). */
#ifndef TIMESLICE_ICON_H
#define TIMESLICE_ICON_H

#include "render/draw.h"

enum icon {
    ICON_NONE,
#define ICON(name, path) ICON_##name,
#include "render/icons.def"
#undef ICON
    ICON_COUNT
};

/* Draws the icon into the middle of `at`, as large as fits. */
void icon_draw(struct draw *d, enum icon i, struct rect at, colour ink);

#endif
