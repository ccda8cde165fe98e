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
    quieten_xlib();
    set_icon(w->window);
    return w;
}

void sdl_close(struct sdl_window *w)
{
    if (!w)
        return;
    sdl_watch(w, -1, -1);
    for (int i = 0; i < CURSORS; i++)
        SDL_FreeCursor(w->cursors[i]);
    if (w->window)
        SDL_DestroyWindow(w->window);
    free(w);
    SDL_Quit();
}

/* ------------------------------------------------------------------ events */

/* Keys that are no letter or sign of their own. */
static const struct {
    SDL_Keycode sym;
    int key;
} special_keys[] = {
    {SDLK_LEFT, KEY_LEFT},       {SDLK_RIGHT, KEY_RIGHT},
    {SDLK_UP, KEY_UP},           {SDLK_DOWN, KEY_DOWN},
    {SDLK_HOME, KEY_HOME},       {SDLK_END, KEY_END},
    {SDLK_PAGEUP, KEY_PAGE_UP},  {SDLK_PAGEDOWN, KEY_PAGE_DOWN},
    {SDLK_RETURN, KEY_ENTER},    {SDLK_KP_ENTER, KEY_ENTER},
    {SDLK_ESCAPE, KEY_ESCAPE},   {SDLK_TAB, KEY_TAB},
    {SDLK_BACKSPACE, KEY_BACKSPACE}, {SDLK_DELETE, KEY_DELETE},
    {SDLK_KP_PLUS, '+'},         {SDLK_KP_MINUS, '-'},
    {SDLK_KP_0, '0'},
};

static int key_of(SDL_Keycode sym)
{
    for (size_t i = 0; i < sizeof special_keys / sizeof *special_keys; i++)
        if (special_keys[i].sym == sym)
            return special_keys[i].key;
    if (sym >= SDLK_F1 && sym <= SDLK_F12)
        return KEY_F1 + (int)(sym - SDLK_F1);
    if (sym >= SDLK_KP_1 && sym <= SDLK_KP_9)
        return '1' + (int)(sym - SDLK_KP_1);
    return sym >= ' ' && sym < 127 ? (int)sym : KEY_NONE;
}

static int mods_of(int state)
{
    return ((state & KMOD_SHIFT) ? MOD_SHIFT : 0) |
           ((state & KMOD_CTRL) ? MOD_CTRL : 0) |
           ((state & KMOD_ALT) ? MOD_ALT : 0);
}

static void take_key(struct input *in, const SDL_KeyboardEvent *e)
{
    int key = key_of(e->keysym.sym);
    if (!key || in->key_count == INPUT_KEYS_MOST)
        return;
    in->keys[in->key_count++] = (struct key_press){
        .key = key, .mods = mods_of(e->keysym.mod), .repeat = e->repeat != 0};
}

static void take_text(struct input *in, const char *text)
{
    size_t had = strlen(in->text), more = strlen(text);
    if (had + more < sizeof in->text)
        memcpy(in->text + had, text, more + 1);
}

static void take_button(struct input *in, const SDL_MouseButtonEvent *e)
{
    int button = e->button == SDL_BUTTON_LEFT     ? BUTTON_LEFT
                 : e->button == SDL_BUTTON_MIDDLE ? BUTTON_MIDDLE
                 : e->button == SDL_BUTTON_RIGHT  ? BUTTON_RIGHT
                                                  : BUTTON_COUNT;
    if (button == BUTTON_COUNT)
        return;
    bool down = e->type == SDL_MOUSEBUTTONDOWN;
    in->down[button] = down;
    *(down ? &in->pressed[button] : &in->released[button]) = true;
    if (down)
        in->clicks = e->clicks;
}

static void take_window(struct sdl_window *w, struct input *in,
                        const SDL_WindowEvent *e)
{
    switch (e->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        in->resized = w->all = true;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
        in->exposed = w->all = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        in->x = in->y = -1;
        break;
    case SDL_WINDOWEVENT_CLOSE:
        in->quit = true;
        break;
    default:
        break;
    }
}

static void take_drop(struct input *in, char *path)
{
    size_t length = strlen(path);
    if (length < sizeof in->dropped)
        memcpy(in->dropped, path, length + 1);
    SDL_free(path);
}

/* Takes one event; false if it was none that matters. */
static bool take(struct sdl_window *w, struct input *in, SDL_Event *e,
                 float scale)
{
    if (e->type == w->wake_event) {
        in->woken = true;
        return true;
    }
    switch (e->type) {
    case SDL_QUIT:
        in->quit = true;
        return true;
    case SDL_WINDOWEVENT:
        take_window(w, in, &e->window);
        return true;
    case SDL_KEYDOWN:
        w->chord = e->key.keysym.mod & (KMOD_CTRL | KMOD_LALT);
        take_key(in, &e->key);
        return true;
    case SDL_TEXTINPUT: /* Ctrl+0 and Alt+B send one, too */
        if (!w->chord)
            take_text(in, e->text.text);
        return true;
    case SDL_MOUSEMOTION:
        in->x = (float)e->motion.x / scale;
        in->y = (float)e->motion.y / scale;
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        in->x = (float)e->button.x / scale;
        in->y = (float)e->button.y / scale;
        take_button(in, &e->button);
        return true;
    case SDL_MOUSEWHEEL:
        in->wheel_x += e->wheel.preciseX;
        in->wheel_y += e->wheel.preciseY;
        return true;
    case SDL_DROPFILE:
        take_drop(in, e->drop.file);
        return true;
    default:
        return e->type == SDL_KEYUP;
    }
}

static bool wait_event(SDL_Event *e, int timeout_ms)
{
    if (timeout_ms < 0)
        return SDL_WaitEvent(e) != 0;
    if (timeout_ms == 0)
        return SDL_PollEvent(e) != 0;
    return SDL_WaitEventTimeout(e, timeout_ms) != 0;
}

/* What has to be carried out before more is taken; the rest waits in SDL's
 * queue. A button: so that the pointer stands where it was when the button went
 * down or up. A key: it may open a field or close one, and then the next means
 * something else, also when both have come at once. */
static bool ends_frame(const SDL_Event *e)
{
    if (e->type == SDL_KEYDOWN)
        return !SDL_IsTextInputActive() || key_of(e->key.keysym.sym) >= KEY_FIRST;
    return e->type == SDL_MOUSEBUTTONDOWN || e->type == SDL_MOUSEBUTTONUP;
}

bool sdl_wait(struct sdl_window *w, struct input *in, int timeout_ms,
              float scale)
{
    SDL_Event e;
    bool any = false;
    input_next(in);
    for (bool more = wait_event(&e, timeout_ms); more;
         more = SDL_PollEvent(&e) != 0) {
        any = take(w, in, &e, scale) || any;
        if (ends_frame(&e))
            break;
    }
    in->mods = mods_of((int)SDL_GetModState());
    in->now = (double)SDL_GetTicks64() / 1000;
    return any;
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

void sdl_typing(struct sdl_window *w, bool on)
{
    (void)w;
    if (on && !SDL_IsTextInputActive())
        SDL_StartTextInput();
    else if (!on && SDL_IsTextInputActive())
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
