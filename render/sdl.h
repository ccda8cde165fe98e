/* The window: with text.c the only file that knows SDL.
 *
 * SDL is told not to use a GPU or its software OpenGL for presenting (9 ms a
 * frame against 0.25): the canvas is copied to the window surface, changed
 * rectangles only. One window per process. */
#ifndef TIMESLICE_SDL_H
#define TIMESLICE_SDL_H

#include "render/canvas.h"
#include "render/input.h"
#include "render/ui.h"
#include "sim/base/str.h"

struct sdl_window;

enum { WINDOW_LEAST_WIDTH = 1024, WINDOW_LEAST_HEIGHT = 700 };

/* Opens a window of w × h pixels. On failure returns NULL, and `why` has one
 * sentence; also when SDL could only draw for nobody (no display) and
 * SDL_VIDEODRIVER did not ask for that. */
struct sdl_window *sdl_open(const char *title, int w, int h, struct str *why);
void sdl_close(struct sdl_window *w);

/* Waits until something happens, at most `timeout_ms` (-1: for ever, 0: not
 * at all), then takes all that has happened into `in` (input_next has been
 * called for it first). `scale` is pixels per logical unit. Returns false if
 * nothing happened. */
bool sdl_wait(struct sdl_window *w, struct input *in, int timeout_ms,
              float scale);

/* From now on sdl_wait also ends, with in->woken, when `fd` or `other` is
 * readable; -1 is none. Costs nothing while nothing comes. It says so once, and
 * again only after sdl_watch_again (when they have been read empty). */
void sdl_watch(struct sdl_window *w, int fd, int other);
void sdl_watch_again(struct sdl_window *w);

/* Size in pixels. */
void sdl_size(const struct sdl_window *w, int *width, int *height);

/* Shows what the last canvas_draw has changed (it returned `changed_count`);
 * all of it after a resize or expose. */
void sdl_present(struct sdl_window *w, const struct canvas *c,
                 size_t changed_count);

void sdl_title(struct sdl_window *w, const char *title);
void sdl_cursor(struct sdl_window *w, enum cursor cursor);
/* Keys that may open a field: what is typed right behind one is text, also when
 * it comes before the field is there. */
void sdl_openers(struct sdl_window *w, bool (*opens)(struct key_press key));
/* Whether typed text comes in as text: only while a field has the focus. */
void sdl_typing(struct sdl_window *w, bool on);
void sdl_full_screen(struct sdl_window *w, bool on);
/* "x11", "wayland", "offscreen" … */
const char *sdl_driver(const struct sdl_window *w);

#endif
