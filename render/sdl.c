/* sdl.c: the window (sdl.h).
 *
 * Presenting is a copy of the changed rows into SDL's window surface. Waiting
 * is SDL's own: no events, no work. A descriptor of ours (the lab's socket)
 * cannot be given to SDL, so a small thread sleeps in poll() on it and pushes
 * an event; after that it looks at the descriptor again only when told to,
 * because until somebody has read it, it would be readable for ever. */
#define _POSIX_C_SOURCE 200809L
#include "render/sdl_in.h"

#include "render/window_icon.h"
#include "sim/base/mem.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ------------------------------------------------------------------- icon */

static void set_icon(SDL_Window *window)
{
    static Uint32 pixels[ICON_PIXELS * ICON_PIXELS];
    window_icon(pixels);
    SDL_Surface *icon = SDL_CreateRGBSurfaceWithFormatFrom(
        pixels, ICON_PIXELS, ICON_PIXELS, 32, ICON_PIXELS * 4,
        SDL_PIXELFORMAT_ARGB8888);
    if (icon)
        SDL_SetWindowIcon(window, icon);
    SDL_FreeSurface(icon);
}

/* ---------------------------------------------------------- open and close */

/* SDL draws for nobody when there is no display, without a word. */
static bool has_display(struct str *why)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    bool nobody = !driver || strcmp(driver, "offscreen") == 0 ||
                  strcmp(driver, "dummy") == 0;
    if (!nobody || SDL_getenv("SDL_VIDEODRIVER"))
        return true;
    str_add(why, "there is no display to open a window on "
                 "(DISPLAY and WAYLAND_DISPLAY lead nowhere)");
    return false;
}

/* Xlib exits when its display is gone, after a line of its own: whoever opened
 * the window has a better one (atexit). */
static int say_nothing(void *display)
{
    (void)display;
    return 0;
}

/* SDL has loaded the library itself; this finds the same one. */
static void quieten_xlib(void)
{
    typedef int handler(void *);
    void *xlib = NULL;
    if (strcmp(SDL_GetCurrentVideoDriver(), "x11") == 0)
        xlib = SDL_LoadObject("libX11.so.6");
    if (!xlib)
        return;
    handler *(*set)(handler *) = NULL;
    void *found = SDL_LoadFunction(xlib, "XSetIOErrorHandler");
    memcpy(&set, &found, sizeof set);
    if (set)
        set(say_nothing);
    SDL_UnloadObject(xlib);
}

/* Two things SDL does at its start that nothing here needs, and that take as
 * long as all the rest: Xlib's table of compose sequences (6000 lines; our
 * fields take numbers), and a message bus launched where none is running. The
 * variables are the doors to both. The third keeps Wayland's library from
 * complaining on stderr that it is not set, when there is no Wayland anyway.
 * What we set is taken back, so that no child of ours inherits it. */
static int init_video(void)
{
    static const char *const set[][2] = {
        {"XCOMPOSEFILE", "/dev/null"},
        {"DBUS_SESSION_BUS_ADDRESS", "disabled:"},
        {"XDG_RUNTIME_DIR", "/"},
    };
    enum { COUNT = sizeof set / sizeof *set };
    bool ours[COUNT];
    for (int i = 0; i < COUNT; i++) {
        ours[i] = !getenv(set[i][0]);
        setenv(set[i][0], set[i][1], 0);
    }
    int failed = SDL_Init(SDL_INIT_VIDEO);
    for (int i = 0; i < COUNT; i++)
        if (ours[i])
            unsetenv(set[i][0]);
    return failed;
}

struct sdl_window *sdl_open(const char *title, int width, int height,
                            struct str *why)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    /* Or a click is dropped when the focus has just come: when this process
     * reads both from X's queue at once, that is also a click made long after
     * it on a busy machine. */
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    /* Or Xlib cannot write a title that is not ASCII, and SDL leaves the old one.
     * Numbers and texts are not touched by it. */
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        setlocale(LC_CTYPE, "");
    if (init_video() != 0) {
        str_addf(why, "no window: %s", SDL_GetError());
        return NULL;
    }
    if (!has_display(why)) {
        SDL_Quit();
        return NULL;
    }
    struct sdl_window *w = mem_new(1, sizeof *w);
    w->watched = w->also = w->control[0] = w->control[1] = -1;
    w->all = true;
    w->wake_event = SDL_RegisterEvents(1);
    w->window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED,
                                 SDL_WINDOWPOS_CENTERED, width, height,
                                 SDL_WINDOW_RESIZABLE);
    if (!w->window) {
        str_addf(why, "no window: %s", SDL_GetError());
        sdl_close(w);
        return NULL;
    }
    SDL_SetWindowMinimumSize(w->window, WINDOW_LEAST_WIDTH,
                             WINDOW_LEAST_HEIGHT);
    SDL_StopTextInput();
    SDL_AddEventWatch(sdl_hear_key, w);
    quieten_xlib();
    set_icon(w->window);
    return w;
}

void sdl_close(struct sdl_window *w)
{
    if (!w)
        return;
    sdl_watch(w, -1, -1);
    SDL_DelEventWatch(sdl_hear_key, w);
    for (int i = 0; i < CURSORS; i++)
        SDL_FreeCursor(w->cursors[i]);
    if (w->window)
        SDL_DestroyWindow(w->window);
    free(w);
    SDL_Quit();
}

/* --------------------------------------------------------- the window itself */

void sdl_size(const struct sdl_window *w, int *width, int *height)
{
    SDL_GetWindowSize(w->window, width, height);
}

void sdl_title(struct sdl_window *w, const char *title)
{
    SDL_SetWindowTitle(w->window, title);
}

void sdl_cursor(struct sdl_window *w, enum cursor cursor)
{
    static const SDL_SystemCursor kinds[CURSORS] = {
        [CURSOR_ARROW] = SDL_SYSTEM_CURSOR_ARROW,
        [CURSOR_HAND] = SDL_SYSTEM_CURSOR_HAND,
        [CURSOR_SIZE_X] = SDL_SYSTEM_CURSOR_SIZEWE,
        [CURSOR_SIZE_Y] = SDL_SYSTEM_CURSOR_SIZENS,
        [CURSOR_TEXT] = SDL_SYSTEM_CURSOR_IBEAM,
    };
    if (w->cursor == cursor)
        return;
    if (!w->cursors[cursor])
        w->cursors[cursor] = SDL_CreateSystemCursor(kinds[cursor]);
    if (!w->cursors[cursor])
        return;
    w->cursor = cursor;
    SDL_SetCursor(w->cursors[cursor]);
}

/* Stopping throws away text that waits in the queue, which may belong to a field
 * that a key before it opens: not as long as keys wait. */
void sdl_typing(struct sdl_window *w, bool on)
{
    w->typing = on;
    if (on && !SDL_IsTextInputActive())
        SDL_StartTextInput();
    else if (!on && SDL_IsTextInputActive() && !SDL_HasEvent(SDL_KEYDOWN))
        SDL_StopTextInput();
}

void sdl_full_screen(struct sdl_window *w, bool on)
{
    SDL_SetWindowFullscreen(w->window,
                            on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

const char *sdl_driver(const struct sdl_window *w)
{
    (void)w;
    return SDL_GetCurrentVideoDriver();
}
