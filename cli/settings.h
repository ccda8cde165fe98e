/* What the window remembers, in a file: $XDG_CONFIG_HOME/timeslice/settings, or
 * ~/.config/timeslice/settings.
 *
 * It is a text that people may read and change, a line for each thing:
 *
 *     language zh
 *     theme dark
 *     text 1.125
 *     speed 2
 *     motion full
 *     window 1280 800
 *     split rows 0.52
 *     lesson /usr/share/timeslice/scenarios/11-sigpipe.json
 *     bookmark 11 34 2 /usr/share/timeslice/scenarios/11-sigpipe.json
 *
 * (the speed in ticks a second; a bookmark's time, how many of the model's
 * events have happened, the number of the selected process or 0, and the
 * lesson). Nothing is lost: a new file takes the old one's place only when it
 * is complete, and one with lines that are not understood is kept beside it. */
#ifndef TIMESLICE_SETTINGS_H
#define TIMESLICE_SETTINGS_H

#include "render/habits.h"
#include "sim/base/str.h"

#include <stdbool.h>

struct kept_bookmark {
    char *path; /* of the lesson */
    struct bookmark at;
};

struct settings {
    struct str path; /* of the file; "": nothing is remembered */
    bool unread;     /* it is there, but cannot be read: it is left alone */
    bool damaged;    /* some of its lines were not understood */
    bool has_lang, has_theme;
    struct habits habits;
    struct str lesson; /* the last one */
    struct kept_bookmark *bookmarks;
    size_t count, room;
};

/* Whether settings are to be used at all: TIMESLICE_SETTINGS is not 0. */
bool settings_wanted(void);

/* Reads the file. What is wrong with it is said in one sentence in `complaint`;
 * all that was understood counts. No file is no complaint. */
void settings_read(struct settings *s, enum lang lang, struct str *complaint);

/* The bookmarks of a lesson, and others in their place. */
void settings_bookmarks(const struct settings *s, const char *path,
                        struct bookmarks *to);
void settings_set_bookmarks(struct settings *s, const char *path,
                            const struct bookmarks *from);

/* Writes the file anew, and its directory if there is none. False, and one
 * sentence, if that cannot be done: then the old one is as it was. */
bool settings_write(const struct settings *s, enum lang lang,
                    struct str *complaint);

/* "rows": how a line between panels is called in the file. */
extern const char *const settings_splits[SPLITS];

void settings_free(struct settings *s);

#endif
