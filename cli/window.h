/* What view and export --to png have in common: a feed for what was loaded.
 *
 * Without the window (headless) there is none of this. */
#ifndef TIMESLICE_WINDOW_H
#define TIMESLICE_WINDOW_H

#include "cli/load.h"
#include "render/app.h"
#include "render/feed.h"
#include "render/theme.h"

struct open_feed {
    struct loaded loaded;
    struct feed *feed; /* NULL: nothing is open */
    bool session;      /* a live session's, else the model's */
    struct str notice; /* why it is not live, if that was wanted */
};

/* Makes the feed for `f->loaded`; with `live` a live one where that is to be
 * had, else the model with a notice. */
void feed_open(struct open_feed *f, const struct options *o, bool live);

/* What was loaded is now made of `text`, as if that stood in its file, live if it
 * may be and wants to be. Returns the new feed, and the old one is closed; or NULL
 * with complaints in that language, and all is as it was. */
struct feed *feed_revise(struct open_feed *f, const struct options *o,
                         const struct str *text, bool may_live, enum lang lang,
                         struct str *complaints);

/* The number, for a deed of ACTION_POLICY, of the variant of the scheduler that
 * decides as `wish` does; it is added if there is none (0: the file's own). NONE
 * after complaints. */
int feed_vary(struct open_feed *f, const struct options *o,
              const struct scheduler *wish, enum lang lang,
              struct str *complaints);

/* What the file and the command line make of that policy; the draws themselves
 * are left out. False: that takes too long to find out, or cannot be. */
bool feed_would(const struct open_feed *f, const struct options *o,
                enum policy_name policy, struct scheduler *to);

void feed_close(struct open_feed *f);

/* From window_opens to window_closed a display that goes away ends the program
 * with a word of our own. Xlib knows one answer to that: exit(1), from within
 * any of its calls. Nothing is torn down then, and a live session sees its
 * socket closed and cleans up. */
void window_opens(const struct options *o);
void window_closed(void);

#endif
