/* How the window shows what it shows: selection, zoom, language, theme, what
 * lies open. Nothing here is about the run itself (travel.h), and nothing of
 * it is drawn here.
 *
 * Panels may read all of it and change only `scroll` (the widgets keep their
 * offsets there). Everything else changes by intents. */
#ifndef TIMESLICE_VIEW_H
#define TIMESLICE_VIEW_H

#include "render/find.h"
#include "render/habits.h"
#include "render/lens.h"
#include "render/motion.h"
#include "render/theme.h"
#include "sim/base/lang.h"
#include "sim/model/state.h"
#include "sim/scenario/scenario.h"

#include <stdbool.h>

enum panel_id {
#define PANEL(NAME, name) PANEL_##NAME,
#include "render/panels.def"
#undef PANEL
    PANEL_COUNT
};

enum overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_LESSONS,
    OVERLAY_GO_TO,
    OVERLAY_NOTES,
    OVERLAY_COMPLAINTS,
    OVERLAY_SCHEDULER,
    OVERLAY_BREAKS,
    OVERLAY_COMPARE,
    OVERLAY_SCORE,
    OVERLAY_EDIT,
    OVERLAY_UNSAVED
};

/* How the timeline chooses its window. */
enum lens_mode { LENS_FIT, LENS_FOLLOW, LENS_FREE };

/* A token on its way from station to station. */
struct move {
    int proc;
    enum state from, to;
    double since; /* seconds, of input.now */
    bool back;    /* the step was taken back: the arrow's other way */
};

enum { MARK_A, MARK_B, MARK_COUNT, MARK_NONE = -1 };

enum { MOVES_MOST = 64, FIELD_MOST = 32 };

struct view {
    enum lang lang;
    enum theme_kind theme, theme_before; /* before the projector */
    float text_scale;
    bool reduced_motion, full_screen;
    int selected; /* process, NONE: nobody */
    int64_t object; /* the selected kernel object (link.h), 0: none */
    int tab;      /* panel to stay with, NONE: the one where things happen */
    struct lens lens;
    enum lens_mode lens_mode;
    tick mark[MARK_COUNT]; /* A and B on the timeline, MARK_NONE: not set */
    struct bookmarks bookmarks;
    float split[SPLITS]; /* as in habits */
    int held; /* the line between panels that keys move (layout.h), NONE */
    enum overlay overlay;
    int menu, menu_at; /* the open menu and its mark; MENU_NONE (menus.h) */
    int list_at; /* mark in the list of lessons */
    char field[FIELD_MOST];
    bool finding;               /* the search field is open … */
    char find_text[FIND_MOST]; /* … and this stands in it */
    struct scheduler wish;  /* as the dialog on the scheduler would have it … */
    struct scheduler plain; /* … and the file, under the same policy */
    bool for_rival; /* the dialog is about a run to compare, not about this */
    int setting_at; /* its mark: number of the setting, NONE: a policy's */
    bool reveal;    /* a key has moved a mark: where it is must be in sight */
    int rival_at; /* the mark among the runs to compare; behind them: one more */
    float scroll[PANEL_COUNT], setting_scroll;
    float overlay_scroll; /* < 0: where the mark is, as soon as it is drawn */
    struct move moves[MOVES_MOST];
    int move_count;
    struct motion motion; /* what moves in kernel objects */
};

#define TEXT_SCALE_LEAST 0.75f
#define TEXT_SCALE_MOST 2.5f

void view_init(struct view *v, enum lang lang, enum theme_kind theme);

/* Another lesson: forgets what was about the old one. */
void view_reset(struct view *v);

/* Larger (+1), smaller (-1), as it was (0). */
void view_text(struct view *v, int direction);

void view_theme_next(struct view *v);
void view_projector(struct view *v);

/* The next selected process: `direction` +1 or -1, among `procs`. */
void view_select_next(struct view *v, int direction, int procs);

/* A token sets out; one that is still on its way starts anew. */
void view_move(struct view *v, struct move m);
/* All that is on its way has arrived. */
void view_arrive(struct view *v);
/* Forgets tokens that have arrived. */
void view_settle(struct view *v, double now);
/* The move of that process, NULL: it stands still. */
const struct move *view_moving(const struct view *v, int proc);

#endif
