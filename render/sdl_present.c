/* sdl_present.c: what has changed on the canvas goes to the display. */
#include "render/sdl_in.h"

#include <string.h>

static void copy(SDL_Surface *to, const struct canvas *c, struct pixel_rect r)
{
    int width = canvas_width(c);
    const colour *from = canvas_pixels(c) + (ptrdiff_t)r.y * width + r.x;
    char *row = (char *)to->pixels + (ptrdiff_t)r.y * to->pitch +
                (ptrdiff_t)r.x * to->format->BytesPerPixel;
    bool same = to->format->format == SDL_PIXELFORMAT_RGB888 ||
                to->format->format == SDL_PIXELFORMAT_ARGB8888;
    for (int y = 0; same && y < r.h; y++)
        memcpy(row + (ptrdiff_t)y * to->pitch, from + (ptrdiff_t)y * width,
               (size_t)r.w * sizeof *from);
    if (!same)
        SDL_ConvertPixels(r.w, r.h, SDL_PIXELFORMAT_ARGB8888, from, width * 4,
                          to->format->format, row, to->pitch);
}

/* Copies what of `r` is on the surface; returns that. */
static SDL_Rect copy_part(SDL_Surface *s, const struct canvas *c,
                          struct pixel_rect r)
{
    int right = r.x + r.w < s->w ? r.x + r.w : s->w;
    int bottom = r.y + r.h < s->h ? r.y + r.h : s->h;
    if (right <= r.x || bottom <= r.y)
        return (SDL_Rect){0};
    r = (struct pixel_rect){r.x, r.y, right - r.x, bottom - r.y};
    copy(s, c, r);
    return (SDL_Rect){r.x, r.y, r.w, r.h};
}

/* All parts go to the display at once: it is waited for each time. */
void sdl_present(struct sdl_window *w, const struct canvas *c,
                 size_t changed_count)
{
    enum { AT_ONCE = 64 };
    SDL_Rect parts[AT_ONCE];
    int n = 0;
    SDL_Surface *s = SDL_GetWindowSurface(w->window);
    if (!s)
        return;
    struct pixel_rect all = {0, 0, canvas_width(c), canvas_height(c)};
    if (w->all || changed_count > AT_ONCE)
        parts[n++] = copy_part(s, c, all);
    else
        for (size_t i = 0; i < changed_count; i++) {
            parts[n] = copy_part(s, c, canvas_changed(c, i));
            n += parts[n].w > 0;
        }
    w->all = false;
    if (n && parts[0].w > 0)
        SDL_UpdateWindowSurfaceRects(w->window, parts, n);
}
