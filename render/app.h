/* The window: a feed of events shown, stepped through and acted on. */
#ifndef TIMESLICE_APP_H
#define TIMESLICE_APP_H

#include "render/feed.h"
#include "render/habits.h"
#include "render/theme.h"
#include "sim/base/lang.h"
#include "sim/base/str.h"

#include <stdbool.h>

/* Looked at by overlay lists and by --theme and --lang. */
struct app_options {
    enum lang lang;
    enum theme_kind theme;
    int width, height;   /* of the window, pixels; 0: 1280 × 800 */
    bool reduced_motion; /* tokens do not travel */
    bool choose;         /* opens with the list of lessons */
    /* The lessons of the list; paths and titles outlive the window. */
    const struct lesson_entry *lessons;
    int lesson_count;
    /* Opens another lesson, or the same one anew. Returns its feed; the one
     * before is not looked at any more and may be closed. Or NULL, with
     * complaints in that language, one a line (file:line:column: …): the old
     * one goes on. NULL as a function: nothing else can be opened. */
    struct feed *(*open)(void *ctx, const char *path, enum lang lang,
                         struct str *complaints);
    /* The number, for a deed of ACTION_POLICY, of the variant of the scheduler
     * of the scenario that is open that decides as `wish` does, and is added if
     * there is none; or NONE with complaints. NULL as a function: nothing can be
     * changed. */
    int (*vary)(void *ctx, const struct scheduler *wish, enum lang lang,
                struct str *complaints);
    /* How the window was left the last time; NULL: nobody knows. Language and
     * theme are those above. */
    const struct habits *habits;
    const char *remark; /* a sentence to begin with, NULL: none */
    /* The bookmarks of that lesson; and what is to be remembered: how the
     * window is now, and that lesson and its bookmarks. What goes wrong is said
     * in one sentence. NULL as functions: nothing is remembered. */
    void (*recall)(void *ctx, const char *path, struct bookmarks *to);
    void (*keep)(void *ctx, const struct habits *habits, const char *path,
                 const struct bookmarks *bookmarks, struct str *complaint);
    /* What file and command line make of that policy; false: it takes too long
     * to find out. */
    bool (*would)(void *ctx, enum policy_name policy, struct scheduler *to);
    /* The text of what is open; and another text in its place, which is in no
     * file yet: as `open`. NULL as functions: nothing can be changed. */
    const struct str *(*text)(void *ctx);
    struct feed *(*revise)(void *ctx, const struct str *text, enum lang lang,
                           struct str *complaints);
    /* That text goes into the file of what is open, or into a copy if it is not
     * the user's; `where` is its path. False after a sentence in `complaint`.
     * NULL as a function: nothing can be saved. */
    bool (*save)(void *ctx, const struct str *text, enum lang lang,
                 struct str *where, struct str *complaint);
    /* A descriptor that is readable when something has happened to the file that
     * is open, -1: nobody looks; and whether it has other contents since it was
     * opened or this was asked. NULL as functions: nobody looks. */
    int (*descriptor)(void *ctx);
    bool (*changed)(void *ctx);
    void *ctx;
};


/* A lesson that can be opened from the list. */
struct lesson_entry {
    const char *path;
    struct text title;
};

/* Opens the window and returns when it is closed. `why` gets a sentence when
 * there is no display or a font is missing: then false at once. */
bool app_view(struct feed *feed, const struct app_options *options,
              struct str *why);

#endif
