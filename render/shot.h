/* The window's own picture without a window: moments of a run as pixels or as
 * draw commands, of the whole window or of one panel. */
#ifndef TIMESLICE_SHOT_H
#define TIMESLICE_SHOT_H

#include "render/canvas_draw.h"
#include "render/stage.h"

/* The whole window, as a panel. */
enum { SHOT_WINDOW = -1 };

struct shot_options {
    int width, height; /* of the window, pixels */
    enum lang lang;
    enum theme_kind theme;
    int panel;  /* enum panel_id or SHOT_WINDOW */
    bool moves; /* tokens travel while time passes */
};

struct shot {
    struct stage stage;
    struct font_set *fonts;
    struct canvas *canvas;
    struct input in;
    struct shot_options options;
    float scale;             /* pixels a unit, … */
    struct pixel_rect part;  /* … and what is shown: of the last frame */
};

/* False with a sentence in `why` if a font is missing. */
bool shot_open(struct shot *s, struct feed *feed,
               const struct shot_options *options, struct str *why);
void shot_close(struct shot *s);

/* To the moment when all events up to `at` have happened (TICK_MAX: the end of
 * the run). Waits for the feed as long as it takes. */
void shot_seek(struct shot *s, tick at);

/* Lets the feed have all events up to `until`, without going there. */
void shot_prepare(struct shot *s, tick until);

/* One step forward; false at the end of the run. */
bool shot_step(struct shot *s);

/* The clock plays for so many seconds; false when the run is over. */
bool shot_play(struct shot *s, double seconds);

/* The time shown, in ticks. */
double shot_time(const struct shot *s);

/* Describes the picture. False if the panel is not among those that the lesson
 * opens; `why` then gets those that are. */
bool shot_frame(struct shot *s, struct str *why);

/* The picture described: its commands (of the whole window), and the pixels of
 * its part, whose rows are options.width apart. */
const struct draw *shot_commands(const struct shot *s);
const colour *shot_pixels(struct shot *s);

/* What lies behind the picture. */
colour shot_ground(const struct shot *s);

/* Writes the pixels of the part to `path` (PNG). */
bool shot_write_png(struct shot *s, const char *path, struct str *why);

/* "states": the name of a panel on the command line; and the panel of that
 * name, PANEL_COUNT if there is none. */
const char *panel_name(enum panel_id p);
enum panel_id panel_named(const char *name);

#endif
