/* What the user did since the last frame: the window's events as one plain
 * struct, with no SDL in it. Tests fill it by hand. */
#ifndef TIMESLICE_INPUT_H
#define TIMESLICE_INPUT_H

#include <stdbool.h>
#include <stddef.h>

enum { BUTTON_LEFT, BUTTON_MIDDLE, BUTTON_RIGHT, BUTTON_COUNT };

/* Modifiers, as bits. */
enum { MOD_SHIFT = 1, MOD_CTRL = 2, MOD_ALT = 4 };

/* A key is the lower-case ASCII letter or sign that it gives without
 * modifiers ('a', '+', ' '), or one of these. */
enum key {
    KEY_NONE,
    KEY_FIRST = 256,
    KEY_LEFT = KEY_FIRST,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_ENTER,
    KEY_ESCAPE,
    KEY_TAB,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_F1,
    KEY_F2,
    KEY_F3,
    KEY_F4,
    KEY_F5,
    KEY_F6,
    KEY_F7,
    KEY_F8,
    KEY_F9,
    KEY_F10,
    KEY_F11,
    KEY_F12
};

struct key_press {
    int key, mods;
    bool repeat;
};

enum { INPUT_KEYS_MOST = 32, INPUT_TEXT_MOST = 128, INPUT_PATH_MOST = 4096 };

struct input {
    float x, y;  /* of the pointer, logical units; < 0: outside */
    bool down[BUTTON_COUNT];     /* held now */
    bool pressed[BUTTON_COUNT];  /* went down since the last frame */
    bool released[BUTTON_COUNT];
    int clicks; /* of the last press: 2 is a double click */
    float wheel_x, wheel_y; /* notches; up and right are positive */
    int mods;               /* held now */
    struct key_press keys[INPUT_KEYS_MOST];
    int key_count;
    char text[INPUT_TEXT_MOST]; /* typed, UTF-8; only while a field has focus */
    char dropped[INPUT_PATH_MOST]; /* a file dropped on the window, or "" */
    double now;  /* seconds; only differences mean something */
    bool quit;   /* the window was closed */
    bool resized, exposed; /* size changed; must be shown again */
    bool woken;  /* the descriptor given to sdl_watch became readable */
};

/* Forgets what happened, keeps what is held and where the pointer is. */
void input_next(struct input *in);

/* Whether that key was pressed with exactly these modifiers. */
bool input_key(const struct input *in, int key, int mods);

#endif
