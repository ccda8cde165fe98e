/* What each command of the window does, as the help says it: in which scene it
 * is tried, which of the things below change at once and which must not, and
 * what else must be so.
 *
 * A command without an expectation fails the test, so none can be forgotten. */
#ifndef TIMESLICE_TESTS_EXPECT_H
#define TIMESLICE_TESTS_EXPECT_H

#include "tests/desk/desk.h"

enum aspect {
    CHANGES_MOMENT = 1 << 0, /* cursor or clock */
    CHANGES_PLAYING = 1 << 1,
    CHANGES_SPEED = 1 << 2,
    CHANGES_SELECTED = 1 << 3, /* process, kernel object */
    CHANGES_LENS = 1 << 4,     /* as the user has it: free, or how it follows */
    CHANGES_LANGUAGE = 1 << 5,
    CHANGES_THEME = 1 << 6,
    CHANGES_SIZE = 1 << 7, /* of text */
    CHANGES_OVERLAY = 1 << 8,
    CHANGES_MENU = 1 << 9,
    CHANGES_BREAKS = 1 << 10,
    CHANGES_MARKS = 1 << 11,
    CHANGES_BOOKMARKS = 1 << 12,
    CHANGES_FINDING = 1 << 13, /* the search field, and what stands in it */
    CHANGES_TAB = 1 << 14,
    CHANGES_FULL_SCREEN = 1 << 15,
    CHANGES_MOTION = 1 << 16,
    CHANGES_LESSON = 1 << 17, /* another feed: another file, or read again */
    CHANGES_PREDICT = 1 << 18,
    CHANGES_RUN = 1 << 19, /* what has happened in it, or what had been seen
                              to happen is open again */
    CHANGES_SPLIT = 1 << 20,
    CHANGES_CLOSED = 1 << 21,
    ASPECTS = 22
};

/* A lesson in which every command finds something to do: nine processes, a pipe,
 * a message queue, notes. */
extern const char desk_nine[];

struct snapshot {
    struct view view;
    size_t cursor;
    double clock;
    int speed, breaks;
    bool playing, predicts, closed;
    const struct feed *feed;
    size_t seen;    /* events of the run, so far … */
    uint64_t trace; /* … and a sum of them */
    char path[256];
};

struct snapshot snapshot_of(const struct desk *d);

/* "moment, lens" of the aspects that differ; valid until the next call. */
unsigned snapshot_changes(const struct snapshot *a, const struct snapshot *b);
const char *aspects_name(unsigned aspects);

struct command_test {
    enum wish what;
    unsigned changes;   /* exactly these */
    const char *scene;  /* keys that lead there */
    /* What else is so, and what comes when it is done once more. `arg` is that
     * of the intent. */
    void (*holds)(struct desk *d, const struct snapshot *before, int arg);
};

/* NULL: there is none. */
const struct command_test *command_test_of(enum wish what);

/* The scene: from the start of the lesson, notes closed, to the moment where
 * the command is tried. */
void command_test_scene(struct desk *d, const struct command_test *e);

/* The command has been given: expects what must have come of it. */
void command_test_check(struct desk *d, const struct command_test *e,
                       const struct snapshot *before, int arg);

#endif
