/* The stage on a screen, turn by turn: for the loop of app.c, and for tests that
 * look at the stage between two turns of it. */
#ifndef TIMESLICE_RENDER_WINDOW_H
#define TIMESLICE_RENDER_WINDOW_H

#include "render/sdl.h"
#include "render/stage.h"

struct window {
    struct stage stage;
    struct sdl_window *sdl;
    struct canvas *canvas;
    struct input in; /* of the turn */
    struct font_set *fonts;
    int watched, also; /* the feed's descriptor, the file's */
    bool unsaved;      /* the title says so */
};

/* False with a sentence: no display, or a font is missing. */
bool window_open(struct window *w, struct feed *feed,
                 const struct app_options *options, struct str *why);
void window_close(struct window *w);

/* Carries out what has come, and shows what came of it. */
void window_turn(struct window *w);

/* Sleeps until something happens or the picture has to change, at most `most`
 * milliseconds (-1: for ever). */
void window_wait(struct window *w, int most);

/* The user has closed it. */
bool window_done(const struct window *w);

#endif
