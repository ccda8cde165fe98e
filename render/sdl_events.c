/* sdl_events.c: what SDL tells becomes our input. */
#include "render/sdl_in.h"

#include <string.h>

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

void sdl_openers(struct sdl_window *w, bool (*opens)(struct key_press key))
{
    w->opens = opens;
}

static struct key_press press_of(const SDL_KeyboardEvent *e)
{
    return (struct key_press){.key = key_of(e->keysym.sym),
                              .mods = mods_of(e->keysym.mod),
                              .repeat = e->repeat != 0};
}

static void take_key(struct input *in, const SDL_KeyboardEvent *e)
{
    struct key_press k = press_of(e);
    if (k.key && in->key_count < INPUT_KEYS_MOST)
        in->keys[in->key_count++] = k;
}

/* SDL reads all that X has at once, and what text a key gives only while text is
 * wanted: so that is wanted from the key on that may open a field, not only from
 * the frame on in which the field is there. */
int SDLCALL sdl_hear_key(void *window, SDL_Event *e)
{
    const struct sdl_window *w = window;
    if (e->type == SDL_KEYDOWN && w->opens && !SDL_IsTextInputActive() &&
        w->opens(press_of(&e->key)))
        SDL_StartTextInput();
    return 0;
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
    case SDL_KEYDOWN: /* Ctrl+0 and Alt+B send text, too */
        w->mute = !w->typing || (e->key.keysym.mod & (KMOD_CTRL | KMOD_LALT));
        take_key(in, &e->key);
        return true;
    case SDL_TEXTINPUT:
        if (!w->mute)
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
static bool ends_frame(const struct sdl_window *w, const SDL_Event *e)
{
    int key = e->type == SDL_KEYDOWN ? key_of(e->key.keysym.sym) : KEY_NONE;
    if (key)
        return !w->typing || key >= KEY_FIRST;
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
        if (ends_frame(w, &e))
            break;
    }
    in->mods = mods_of((int)SDL_GetModState());
    in->now = (double)SDL_GetTicks64() / 1000;
    return any;
}
