/* A panel: a constant record of what it is called, when a lesson wants it,
 * how much room it needs, and how it is drawn.
 *
 * Panels look at the scene and append draw commands and intents to scene->ui;
 * they change nothing (but their own scroll offset). A new panel is a file, a
 * line in panels.def and a place in layout.c. */
#ifndef TIMESLICE_PANEL_H
#define TIMESLICE_PANEL_H

#include "render/app.h"
#include "render/commands.h"
#include "render/edit.h"
#include "render/lesson.h"
#include "render/predict.h"
#include "render/present.h"
#include "render/rivals.h"
#include "render/travel.h"
#include "render/ui.h"
#include "render/view.h"
#include "sim/scenario/policy_settings.h"

/* All that a frame is made from. */
struct scene {
    struct ui *ui;
    struct view *view;
    const struct travel *travel;
    const struct feed *feed;
    const struct scenario *scenario;
    const struct trace *trace;
    const struct world *world; /* at the cursor */
    struct present *present;   /* what has been looked up of that moment */
    const struct lesson_entry *lessons;
    int lesson_count;
    const char *complaints; /* of a file that could not be opened, or NULL */
    const struct predict *predict;
    struct edit *edit; /* only what is typed may be changed by its panel */
    const struct find *find; /* what has been found; up to `seen` of travel */
    const struct tabs *tabs; /* of the place that panels share (tabs.h) */
    enum panel_id drawing;   /* the panel that is being drawn */
    const struct rival *beside; /* whose lanes are being drawn; NULL: those of
                                   the window's own run */
};

struct panel {
    enum word title;
    /* Whether a lesson opens with it. */
    bool (*wanted)(const struct lesson_about *about);
    /* The least it needs, in logical units. */
    struct extent (*least)(const struct scene *s);
    void (*draw)(struct scene *s, struct rect at);
};

struct extent {
    float w, h;
};

#define PANEL(NAME, name) extern const struct panel panel_##name;
#include "render/panels.def"
#undef PANEL

extern const struct panel *const panels[PANEL_COUNT];

bool panel_always(const struct lesson_about *about);

/* What lies over the window: help, the list of lessons, a field (panel/help.c,
 * lessons.c, note.c). */
void overlay_draw(struct scene *s);
void help_draw(struct scene *s);
void lessons_draw(struct scene *s);
void notes_draw(struct scene *s);
void complaints_draw(struct scene *s);
void go_to_draw(struct scene *s);
void scheduler_draw(struct scene *s);
void breaks_draw(struct scene *s);
void edit_draw(struct scene *s);
void unsaved_draw(struct scene *s);
void score_draw(struct scene *s);

/* The bar of menus and the open one, over everything (panel/menu.c). */
void menus_draw(struct scene *s);

/* The search field, over the panels but beside dialogs (panel/find.c). */
void find_draw(struct scene *s);
ui_id find_field_id(void);
void compare_draw(struct scene *s);

/* Whether what has been chosen in the dialog on the scheduler decides now. */
bool whatif_is_present(const struct view *v, const struct scheduler *now);
/* The settings that the dialog shows, for a machine like this; returns how
 * many. */
int whatif_settings(const struct view *v, const struct scenario *sc,
                    struct setting to[SETTINGS_MOST]);
/* Whether it cannot be changed while a run goes on. */
bool whatif_is_fixed(const struct view *v, const struct setting *x);

/* The question, its answer, or (drawn below the why line) how it stands
 * (panel/predict.c); and the height that it needs. */
void predict_card_draw(struct scene *s, struct rect at);
float predict_card_height(const struct scene *s, float width);
void predict_strip_draw(struct scene *s, struct rect at);
float predict_strip_height(const struct scene *s);

/* ---- what panels share (scene.c) ---- */

/* "child.2", for this frame. */
const char *scene_name(const struct scene *s, int proc);
/* The C statement of an op, for this frame; values of `proc`'s variables are
 * filled in unless proc is NONE. */
const char *scene_c(const struct scene *s, int32_t op, int proc);
/* A panel's surface; what has no room in its heading is left out. */
struct rect scene_card(const struct scene *s, struct rect at, enum word title,
                       const char *remark);
/* Whether a question is open: then nothing may show its answer, not even what
 * follows from the moment itself, as the end of a slice does. */
bool scene_veiled(const struct scene *s);
/* The run that was left last and is to be seen in the timeline, NULL: none; in
 * predict mode it would show what comes. */
const struct rival *scene_left(const struct scene *s);
/* The time shown. */
tick scene_now(const struct scene *s);
/* "65 536": digits in groups of three. */
const char *scene_number(const struct scene *s, int64_t n);
/* Ticks in state `st` so far, up to the time shown. */
tick scene_spent(const struct scene *s, int proc, enum state st);
/* The word W_… filled in as printf does. */
const char *scene_say(const struct scene *s, enum word w, ...);
/* What is about a process shows it everywhere: the selected one plainly, the one
 * that the pointer is on weakly. Whoever draws it at `at` says so (the pointer
 * may be there), and asks whether the pointer is on it, be it elsewhere. */
void scene_is_about(struct scene *s, struct rect at, int proc);
bool scene_is_pointed_at(const struct scene *s, int proc);
/* The ground of a selected process or one that is pointed at; else nothing. */
void scene_ground(struct scene *s, struct rect at, int proc);
/* A process's token with click and tooltip. */
void scene_token(struct scene *s, struct point at, float radius, int proc);
/* The kernel's letter of a process, 0: nothing seen, or there is no such
 * process any more. */
char scene_letter(const struct scene *s, int proc);
/* Name in its own colour; returns the width used. */
float scene_label_name(struct scene *s, struct rect at, int proc);
/* A sentence of explain.h as it is drawn in type `t`, for this frame: what
 * stands in backquotes there has a face and an ink of its own (marked.c). */
struct text_parts scene_marked(const struct scene *s, enum type t,
                               const char *sentence);

/* What the kernel last said of kind `what` about `proc` or object `obj`,
 * looking back from the cursor; NULL: nothing near, or it has changed since. */
const struct event *scene_evidence(const struct scene *s, enum evidence what,
                                   int proc, int32_t obj);
/* The same about `obj` of `proc`: what a process has numbers of its own for. */
const struct event *scene_evidence_of(const struct scene *s, enum evidence what,
                                      int proc, int32_t obj);

/* Key caps and what they do, from the left, as many as there is room for. */
struct key_about {
    const char *key;
    enum word what;
};
void scene_keys(struct scene *s, struct rect row, const struct key_about *all,
                int count);

/* Who may have bytes: the name of a pipe, "p" for the variables p[0], p[1], or
 * that of a FIFO. */
const char *scene_pipe_name(const struct scene *s, int pipe);

#endif
