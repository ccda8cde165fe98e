/* t8000-sdl.c: SDL's events become our input, the canvas becomes the window's
 * surface, a descriptor wakes the wait. On SDL's dummy driver, with events
 * pushed by hand. */
#define _POSIX_C_SOURCE 200809L
#include "render/sdl.h"
#include "tests/test.h"

#include <SDL.h>
#include <stdlib.h>
#include <unistd.h>

static struct sdl_window *open_dummy(void)
{
    struct str why = {0};
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    struct sdl_window *w = sdl_open("test", 1280, 800, &why);
    EXPECT_EQ_STR(str_text(&why), "");
    str_free(&why);
    return w;
}

/* Takes everything that opening the window has caused. */
static void settle(struct sdl_window *w, struct input *in)
{
    while (sdl_wait(w, in, 20, 1))
        ;
}

static void push_key(SDL_Keycode sym, int mod)
{
    SDL_Event e = {0};
    e.type = SDL_KEYDOWN;
    e.key.keysym.sym = sym;
    e.key.keysym.mod = (Uint16)mod;
    SDL_PushEvent(&e);
}

static void push_button(Uint32 type, int x, int y)
{
    SDL_Event e = {0};
    e.type = type;
    e.button.button = SDL_BUTTON_LEFT;
    e.button.clicks = 1;
    e.button.x = x;
    e.button.y = y;
    SDL_PushEvent(&e);
}

TEST("without a display and without being asked to, no window opens")
{
    struct str why = {0};
    unsetenv("SDL_VIDEODRIVER");
    char *display = getenv("DISPLAY");
    char *kept = display ? strdup(display) : NULL;
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    EXPECT(!sdl_open("test", 1280, 800, &why));
    EXPECT(why.length > 10);
    if (kept)
        setenv("DISPLAY", kept, 1);
    free(kept);
    str_free(&why);
}

TEST("keys come with their names and modifiers")
{
    struct sdl_window *w = open_dummy();
    NEED(w);
    struct input in = {0};
    settle(w, &in);
    push_key(SDLK_a, KMOD_LSHIFT);
    push_key(SDLK_RIGHT, 0);
    push_key(SDLK_KP_PLUS, KMOD_RCTRL);
    push_key(SDLK_F12, 0);
    push_key(SDLK_LSHIFT, 0);
    static const struct key_press want[] = {
        {.key = 'a', .mods = MOD_SHIFT}, {.key = KEY_RIGHT},
        {.key = '+', .mods = MOD_CTRL}, {.key = KEY_F12}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        test_case("key %zu", i);
        EXPECT(sdl_wait(w, &in, 100, 1));
        EXPECT_EQ_INT(in.key_count, 1); /* each is a frame of its own */
        EXPECT(input_key(&in, want[i].key, want[i].mods));
        EXPECT(!input_key(&in, 'a', 0));
    }
    sdl_wait(w, &in, 0, 1);
    EXPECT_EQ_INT(in.key_count, 0);
    sdl_close(w);
}

TEST("a click is two frames, in logical units, the pointer where it was")
{
    struct sdl_window *w = open_dummy();
    NEED(w);
    struct input in = {0};
    settle(w, &in);
    push_button(SDL_MOUSEBUTTONDOWN, 100, 50);
    push_button(SDL_MOUSEBUTTONUP, 300, 60);
    EXPECT(sdl_wait(w, &in, 100, 2));
    EXPECT(in.pressed[BUTTON_LEFT] && in.down[BUTTON_LEFT]);
    EXPECT(!in.released[BUTTON_LEFT]);
    EXPECT_EQ_INT((int)in.x, 50);
    EXPECT(sdl_wait(w, &in, 100, 2));
    EXPECT(in.released[BUTTON_LEFT] && !in.down[BUTTON_LEFT]);
    EXPECT_EQ_INT((int)in.x, 150);
    sdl_close(w);
}

TEST("a dropped file and a closed window are told")
{
    struct sdl_window *w = open_dummy();
    NEED(w);
    struct input in = {0};
    settle(w, &in);
    SDL_Event e = {0};
    e.type = SDL_DROPFILE;
    e.drop.file = SDL_strdup("/tmp/a lesson.json");
    SDL_PushEvent(&e);
    e.type = SDL_QUIT;
    SDL_PushEvent(&e);
    EXPECT(sdl_wait(w, &in, 100, 1));
    EXPECT_EQ_STR(in.dropped, "/tmp/a lesson.json");
    EXPECT(in.quit);
    sdl_close(w);
}

TEST("text is typed only while a field has the focus")
{
    struct sdl_window *w = open_dummy();
    NEED(w);
    EXPECT(!SDL_IsTextInputActive());
    sdl_typing(w, true);
    EXPECT(SDL_IsTextInputActive());
    sdl_typing(w, false);
    EXPECT(!SDL_IsTextInputActive());
    sdl_close(w);
}

TEST("what is typed into a field is one frame, up to a key that may leave it")
{
    struct sdl_window *w = open_dummy();
    NEED(w);
    struct input in = {0};
    settle(w, &in);
    sdl_typing(w, true);
    push_key(SDLK_a, 0);
    push_key(SDLK_b, 0);
    push_key(SDLK_RETURN, 0);
    push_key(SDLK_k, 0);
    EXPECT(sdl_wait(w, &in, 100, 1));
    EXPECT_EQ_INT(in.key_count, 3);
    EXPECT(input_key(&in, KEY_ENTER, 0) && !input_key(&in, 'k', 0));
    sdl_typing(w, false);
    EXPECT(sdl_wait(w, &in, 100, 1));
    EXPECT(input_key(&in, 'k', 0));
    sdl_close(w);
}

TEST("a readable descriptor wakes the wait once, and again when told to")
{
    struct sdl_window *w = open_dummy();
    NEED(w);
    struct input in = {0};
    int ends[2];
    settle(w, &in);
    NEED(pipe(ends) == 0);
    sdl_watch(w, ends[0], -1);
    EXPECT(!sdl_wait(w, &in, 50, 1));
    EXPECT_EQ_INT(write(ends[1], "x", 1), 1);
    EXPECT(sdl_wait(w, &in, 5000, 1));
    EXPECT(in.woken);
    EXPECT(!sdl_wait(w, &in, 50, 1));
    sdl_watch_again(w);
    EXPECT(sdl_wait(w, &in, 5000, 1));
    EXPECT(in.woken);
    sdl_close(w);
    close(ends[0]);
    close(ends[1]);
}

TEST("the canvas is what the window shows")
{
    struct sdl_window *w = open_dummy();
    NEED(w);
    struct arena a = {0};
    struct draw d;
    struct canvas *c = canvas_new(1280, 800);
    for (int i = 0; i < 3; i++) {
        draw_begin(&d, &a, (struct rect){0, 0, 1280, 800});
        draw_rect(&d, (struct rect){100.0f * (float)i, 50, 60, 60},
                  0xFF0072B2u);
        sdl_present(w, c, canvas_draw(c, NULL, &d, 1, 0xFFF3F2EEu));
    }
    SDL_Surface *s = SDL_GetWindowSurface(SDL_GetWindowFromID(1));
    NEED(s);
    for (int y = 0; y < 800; y += 7)
        for (int x = 0; x < 1280; x += 3) {
            uint32_t got;
            memcpy(&got, (char *)s->pixels + y * s->pitch + x * 4, 4);
            if ((got ^ canvas_pixels(c)[y * 1280 + x]) & 0xFFFFFF) {
                test_case("at %d, %d", x, y);
                EXPECT_EQ_HEX(got, canvas_pixels(c)[y * 1280 + x]);
            }
        }
    EXPECT_EQ_STR(sdl_driver(w), "dummy");
    canvas_free(c);
    arena_free(&a);
    sdl_close(w);
}
