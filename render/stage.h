/* The stage: the whole window without a window. Input goes in, draw commands
 * come out; app.c puts it on a screen or into a picture, tests look at what a
 * key does.
 *
 * One frame: time passes and the feed is read (stage_update); the picture is
 * described (stage_frame); what the user wanted is carried out (inside of
 * stage_frame, after which the picture is described once more, so that what
 * is shown is never behind). */
#ifndef TIMESLICE_STAGE_H
#define TIMESLICE_STAGE_H

#include "render/edit.h"
#include "render/app.h"
#include "render/layout.h"
#include "render/panel.h"
#include "render/predict.h"
#include "render/rivals.h"

enum { STATES_KEPT = 512 };

struct stage {
    struct app_options options;
    struct travel travel;
    struct view view;
    struct ui ui;
    struct font_set *fonts;
    struct layout layout;
    struct predict predict;
    struct present present;
    struct find find;
    struct edit edit;
    unsigned find_cuts; /* travel.cuts of when it began */
    const struct input *in; /* of the frame */
    struct str path;        /* of the lesson that is open */
    struct str complaints;
    struct str select;      /* who is to be selected when it is there */
    struct str notice;      /* shown for a while */
    double notice_until;
    double last; /* input.now of the last update; < 0: none yet */
    uint8_t states[STATES_KEPT]; /* as last shown: who moves */
    int states_known;
    size_t shown; /* cursor of the last frame */
    bool quit;
    bool wants_screenshot, wants_full_screen; /* for whoever has a window */
    int width, height; /* pixels */
};

/* The feed's scenario and trace must live as long as it is open. */
void stage_open(struct stage *st, struct feed *feed,
                const struct app_options *options, struct font_set *fonts);
void stage_close(struct stage *st);

/* Time has passed. Returns whether the picture may have changed. */
bool stage_update(struct stage *st, double now);

/* Describes the picture for a surface of width × height pixels and carries
 * out what `in` asks for. The commands are in st->ui.layers[0]. */
void stage_frame(struct stage *st, const struct input *in, int width,
                 int height);

/* Pixels per logical unit on a surface of that size; `big`: for a projector;
 * `text_scale`: as the user likes it, 1 at first. */
float screen_scale(bool big, float text_scale, int width, int height);

/* The same for the stage. */
float stage_scale(const struct stage *st, int width, int height);

/* Somebody else has changed the file that is open: it is loaded, unless there are
 * changes here that would be lost. */
void stage_elsewhere(struct stage *st);

/* The window is to be closed; there may be changes to ask about first. */
void stage_quit(struct stage *st);

/* Seconds until the next frame is needed though nothing happens; HUGE_VAL:
 * never. */
double stage_patience(const struct stage *st);

/* Carries out one wish, as a key or a button would. */
void stage_do(struct stage *st, struct intent i);

/* Whether somebody carries the wish out. */
bool stage_does(int what);

/* ---- the dialog on the scheduler (stage_whatif.c) ---- */

/* It opens with what decides at the moment shown. */
void whatif_begin(struct stage *st);
/* The same for another run of the comparison, as the one that is marked. */
void whatif_begin_rival(struct stage *st);
void whatif_policy(struct stage *st, int64_t policy);
/* Setting number `which` goes `by` steps up; a yes or no turns. */
void whatif_setting(struct stage *st, int64_t which, tick by);
/* What has been chosen decides from the moment shown on, and the run as it was
 * is kept beside; or it is one more run to compare. */
void whatif_decide(struct stage *st);
/* The dialog closes; to the comparison if it came from there. */
void whatif_close(struct stage *st);
/* A key while it lies open. False: it means nothing here. */
bool whatif_key(struct stage *st, int key, bool shift);

/* ---- other runs (stage_rivals.c) ---- */

void rivals_begin(struct stage *st);
void rivals_choose(struct stage *st, int64_t which);
/* A key while the comparison lies open. False: it means nothing here. */
bool rivals_key(struct stage *st, int key);
/* A bounded piece of work on other runs. Returns whether the picture may have
 * changed. */
bool rivals_update(struct stage *st);
bool rivals_busy(const struct stage *st);

/* A sentence for a few seconds. */
void stage_say(struct stage *st, const char *text);

#endif
