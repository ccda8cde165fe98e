/* Which colours pictures have, and a palette of few for them. */
#ifndef TIMESLICE_GIF_PALETTE_H
#define TIMESLICE_GIF_PALETTE_H

#include "render/draw.h"

#include <stdint.h>

enum {
    PALETTE_ROOM = 255,  /* colours of it; the 256th index means "as before" */
    PALETTE_EXACT = 96   /* of those that cover most are taken as they are */
};

struct tint {
    uint32_t rgb;
    uint32_t index; /* in the palette */
    uint64_t count; /* pixels; 0: the place is free */
};

struct tints {
    struct tint *all; /* by hash */
    size_t count, room;
};

void tints_add(struct tints *t, uint32_t rgb, uint64_t pixels);
void tints_free(struct tints *t);

/* Chooses the palette (0xRRGGBB) and gives each tint its index; returns how
 * many colours there are. */
int tints_choose(struct tints *t, uint32_t palette[PALETTE_ROOM]);

/* The index of a colour that was added. */
uint8_t tints_index(const struct tints *t, uint32_t rgb);

#endif
