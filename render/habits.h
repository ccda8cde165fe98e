/* What the window remembers from one time to the next: how it was left, and the
 * bookmarks of each lesson. Whoever opens the window keeps them (app.h). */
#ifndef TIMESLICE_HABITS_H
#define TIMESLICE_HABITS_H

#include "render/theme.h"
#include "sim/base/lang.h"
#include "sim/scenario/program.h"

/* Lines between panels that can be dragged. */
enum split {
    SPLIT_ROWS,     /* pictures above, how it came to be below */
    SPLIT_STATES,   /* states | what processes share */
    SPLIT_PROGRAMS, /* … | programs */
    SPLIT_CORNER,   /* timeline | what stands in the corner */
    SPLITS
};

struct habits {
    enum lang lang;
    enum theme_kind theme;
    float text_scale;
    bool still;          /* nothing moves */
    int speed;           /* number of it, see travel_speeds */
    int width, height;   /* of the window, pixels; 0: not known */
    unsigned predict_kinds; /* of questions, as bits; 0: not known */
    int predict_every;      /* one in so many; 0: not known */
    float split[SPLITS]; /* the first part's share; 0: as the layout has it */
};

/* A moment to come back to, as slides are: the same in a live run, whose trace
 * has evidence between the model's events. */
struct bookmark {
    tick t;
    int64_t events; /* of the model, that have happened */
    int selected;   /* process, -1: nobody */
};

enum { BOOKMARKS_MOST = 64 };

struct bookmarks {
    struct bookmark all[BOOKMARKS_MOST]; /* in the order of the run */
    int count;
};

/* The place of that moment among them, -1: it is not there. */
int bookmarks_place(const struct bookmarks *b, struct bookmark at);
/* Puts it in its place. False: there is no room. */
bool bookmarks_add(struct bookmarks *b, struct bookmark at);
void bookmarks_remove(struct bookmarks *b, int place);
/* The next behind that moment (+1) or before it (-1); -1: none. */
int bookmarks_next(const struct bookmarks *b, struct bookmark at,
                   int direction);

#endif
