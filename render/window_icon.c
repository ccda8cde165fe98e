#include "render/window_icon.h"

#include "render/canvas.h"

/* A clock whose first slice is green: drawn on black and on white, so that
 * the difference tells how much shines through. */
static void draw_icon(struct canvas *c, colour ground)
{
    struct arena arena = {0};
    struct draw d;
    struct point middle = {32, 32};
    draw_begin(&d, &arena, (struct rect){0, 0, ICON_PIXELS, ICON_PIXELS});
    draw_box(&d, (struct box){.at = {2, 2, 60, 60}, .radius = 14,
                              .fill = 0xFF1D2230u, .smooth = true});
    draw_ring(&d, middle, 21, 9, 0, 1, 0xFF3A4254u);
    draw_ring(&d, middle, 21, 9, 0, 0.33f, 0xFF3DB68Fu);
    draw_ring(&d, middle, 21, 9, 0.36f, 0.58f, 0xFFF2B84Bu);
    draw_circle(&d, middle, 6, 0xFFFFFFFFu, 0, 0);
    canvas_draw(c, NULL, &d, 1, ground);
    arena_free(&arena);
}

void window_icon(uint32_t pixels[ICON_PIXELS * ICON_PIXELS])
{
    struct canvas *black = canvas_new(ICON_PIXELS, ICON_PIXELS);
    struct canvas *white = canvas_new(ICON_PIXELS, ICON_PIXELS);
    draw_icon(black, 0xFF000000u);
    draw_icon(white, 0xFFFFFFFFu);
    for (int i = 0; i < ICON_PIXELS * ICON_PIXELS; i++) {
        colour b = canvas_pixels(black)[i], w = canvas_pixels(white)[i];
        colour alpha = 255 - ((w & 255) - (b & 255));
        pixels[i] = (b & 0xFFFFFF) | alpha << 24;
    }
    canvas_free(black);
    canvas_free(white);
}
