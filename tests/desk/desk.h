/* A desk: the real program with its window on a real (virtual) X display, and
 * hands (xdotool) at its keyboard and mouse.
 *
 * What runs is the command line `timeslice view …` with all that lies behind
 * it, in this process, and only the loop of app.c is ours: so keys go the way of
 * everybody's keys, through X11 and SDL, and between two turns of the window the
 * stage can be looked at as it is. The program has no door for that.
 *
 * Nothing here hopes that a time is long enough. Whatever hands have done is
 * followed by F8, which means nothing to the window: when that has come, all
 * before it has been carried out, too. */
#ifndef TIMESLICE_TESTS_DESK_H
#define TIMESLICE_TESTS_DESK_H

#include "render/commands.h"
#include "render/window.h"
#include "tests/run.h"
#include "tests/test.h"

#include <sys/types.h>

struct desk {
    struct window *w;
    struct stage *st;    /* the window's */
    unsigned long id;    /* of the window, for X */
    struct run run;      /* of the same lesson by itself, to compare with */
    int marks;           /* F8 that were carried out */
    void *ctx;           /* the caller's */
};

/* The screen of the display. */
enum { DESK_WIDTH = 3840, DESK_HEIGHT = 2160 };

struct desk_setup {
    const char *lesson;  /* JSON with apostrophes for quotation marks */
    const char *file;    /* or a file of scenarios/; NULL: none of both */
    const char *args;    /* more words for the command line, with blanks */
    bool keeps;          /* settings are left from the time before */
    void (*script)(struct desk *d); /* runs while the window is open */
    void *ctx;
};

/* Opens the window, runs the script, closes the window. False, and a failure:
 * it did not open, or did not end well. */
bool desk_open(struct desk_setup setup);

/* The folder in which the program runs: its pictures, the lesson
 * (lesson.json), its settings (timeslice/settings). */
const char *desk_folder(void);

/* xdotool with these words, and the window goes on until they are carried out
 * and nothing moves any more. "@" stands for the window. */
void desk_do(struct desk *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The window stands still meanwhile, as on a machine that has no time. */
void desk_do_at_once(struct desk *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Keys as X names them, one after the other: "ctrl+f", "space Right". */
void desk_keys(struct desk *d, const char *names);
void desk_type(struct desk *d, const char *text);
/* The pointer goes there, in the window's logical units. */
void desk_point(struct desk *d, float x, float y);
void desk_click(struct desk *d, float x, float y);
/* Presses there, goes there, lets go. */
void desk_drag(struct desk *d, struct point from, struct point to);
struct point desk_middle(struct rect r);

/* Turns until what came has been carried out and nothing moves. */
void desk_settle(struct desk *d);
/* Turns until `so`; false, and a failure: it has not come within a minute. */
bool desk_until(struct desk *d, bool (*so)(struct desk *d));
/* One turn. */
void desk_turn(struct desk *d);

/* What X calls such a key press ("ctrl+shift+f", "Right"); NULL: none that its
 * keyboard has. Valid until the next call. */
const char *desk_key_name(struct key_press k);

/* Whether the picture has a text that is this, or holds this. */
bool desk_shows(const struct desk *d, const char *text);
bool desk_says(const struct desk *d, const char *part);

/* The output of a shell command without its last line feed. Valid until the
 * next call. */
const char *desk_output(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

size_t desk_cursor(const struct desk *d);
const struct world *desk_world(const struct desk *d);

#endif
