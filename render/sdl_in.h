/* Inside of render/sdl*.c: the window as SDL has it. */
#ifndef TIMESLICE_SDL_IN_H
#define TIMESLICE_SDL_IN_H

#include "render/sdl.h"

#include <SDL.h>

enum { CURSORS = CURSOR_TEXT + 1 };

struct sdl_window {
    SDL_Window *window;
    SDL_Cursor *cursors[CURSORS];
    enum cursor cursor;
    bool all; /* the next present shows everything */
    bool typing; /* a field has the focus */
    bool mute;   /* the text of the last key is none for a field */
    bool (*opens)(struct key_press key); /* may open one */
    Uint32 wake_event;
    SDL_Thread *watcher;
    int watched, also; /* the descriptors, or -1 */
    int control[2]; /* bytes to the watcher: 'a' look again, 'q' end */
};

/* Hears of a key when SDL does (an SDL_EventFilter); the window is given. */
int SDLCALL sdl_hear_key(void *window, SDL_Event *e);

#endif
