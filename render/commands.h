/* What the user can want: the commands of commands.def, which have keys, and
 * a few wishes that only the pointer can express.
 *
 * Panels and keys both give intents with these numbers; stage.c carries them
 * out. One table feeds keys, tooltips, help and the man page. */
#ifndef TIMESLICE_COMMANDS_H
#define TIMESLICE_COMMANDS_H

#include "render/input.h"
#include "render/ui.h"
#include "sim/base/lang.h"

enum wish {
    DO_NOTHING,
#define COMMAND(name, group, key, mods, label, word) DO_##name,
#define ALSO(name, key, mods, arg)
#include "render/commands.def"
#undef COMMAND
#undef ALSO
    DO_COMMANDS_END,
    DO_SEEK = DO_COMMANDS_END, /* to time `value` */
    DO_MENU_AT,     /* the mark goes to entry `arg` of the open menu */
    DO_SELECT,      /* process `arg`; the selected one again: none */
    DO_SELECT_OBJECT, /* kernel object `arg` (link.h); again: none */
    DO_TAB,         /* panel `arg` comes to the front; again: what happens */
    DO_SPEED,       /* speed number `value` */
    DO_OPEN,        /* lesson number `arg` of the list */
    DO_LIST_AT,     /* the list's mark goes to lesson `arg` */
    DO_LENS_ZOOM,   /* arg: millionths of a tick; value: factor */
    DO_LENS_PAN,    /* by `value` ticks */
    DO_LENS_SHOW,   /* the window begins at `value` */
    DO_MARK,        /* marker `arg` (0: A, 1: B) goes to time `value` */
    DO_FIND_CLOSE,
    DO_SPLIT,       /* the line number `arg`: `value` is the first side's share,
                       0: as it was at first */
    DO_KEEP,        /* how the window looks is kept */
    DO_BREAK_AT,    /* breakpoint: arg: kind * 65536 + value; again: away */
    DO_BREAK_AWAY,  /* breakpoint number `arg` of the list */
    DO_GO,          /* to the time written in the field */
    DO_POLICY,      /* in the dialog: policy number `arg` */
    DO_SETTING,     /* in the dialog: setting number `arg` `value` steps up */
    DO_RESCHEDULE,  /* what the dialog says decides from now on */
    DO_RIVAL,       /* run number `arg` takes part in the comparison, or not */
    DO_ANSWER,      /* choice `arg` of the question that is open */
    DO_HANDS,       /* hands are counted, or no longer */
    DO_VOTE,        /* `value` more hands for choice `arg` */
    DO_COUNT,       /* the hands have been counted */
    DO_SKIP,        /* the question is not answered */
    DO_GO_ON,       /* the answer has been read */
    DO_SCORE_ROW,   /* row `arg` of the score is chosen */
    DO_SCORE_CLEAR,
    DO_RIVAL_ADD,   /* the dialog for one more */
    DO_EDIT_MARK,   /* in the sheet: row `arg` is marked … */
    DO_EDIT_ENTER,  /* … and its value is typed, or its arguments are shown */
    DO_EDIT_TYPED,  /* what has been typed counts */
    DO_EDIT_STEP,   /* the number of row `arg` grows by `value` */
    DO_EDIT_PROCESS, /* the process `arg` further on is shown */
    DO_EDIT_ADD,    /* one more process like it */
    DO_EDIT_INSERT, /* ops are offered for the place of the marked row */
    DO_EDIT_OFFER,  /* offer `arg` is taken */
    DO_EDIT_REMOVE, /* what the marked row is about goes */
    DO_EDIT_MOVE,   /* the marked op goes up or down */
    DO_EDIT_CLOSE,  /* one step back */
    DO_SETTLE,      /* unsaved changes: 0 saved, 1 given up, 2 left as they are */
    DO_VISIT,       /* leaves the comparison for time `value` */
    DO_CLOSE        /* what lies over the window */
};

enum { SETTLE_SAVE, SETTLE_DISCARD, SETTLE_STAY };

enum command_group {
    COMMANDS_PLAY, COMMANDS_PROCESS, COMMANDS_LOOK, COMMANDS_FIND,
    COMMANDS_WINDOW,
    COMMAND_GROUPS
};

struct command_about {
    enum wish what;
    enum command_group group;
    const char *label; /* "Ctrl+O" */
    enum word about;
};

extern const struct command_about commands_all[];
extern const int commands_count;

const struct command_about *command_about(enum wish what);

/* What a key press means; what = 0: nothing. */
struct intent command_of_key(struct key_press key);

/* The heading of a group. */
enum word command_group_title(enum command_group g);

/* A button for a command: its tip, key and intent are filled in. */
struct button command_button(const struct ui *ui, enum wish what,
                             struct rect at);

#endif
