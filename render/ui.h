/* Widgets: what panels are made of.
 *
 * An immediate-mode interface: each frame the whole picture is described
 * anew between ui_begin and ui_end. Widgets append draw commands, and answer
 * the user with *intents*: a click does nothing by itself, it appends the
 * intent that the caller gave to a list that the application works off after
 * the frame. So panels change nothing, and a test can read what a click
 * would do.
 *
 *     struct rect r = rect_cut_left(&row, 40);
 *     ui_button(ui, (struct button){.at = r, .icon = ICON_STEP,
 *         .tip = word(W_STEP, ui->lang), .key = "→",
 *         .intent = {.what = DO_STEP, .arg = +1}});
 *
 * A widget is known by its id (ui_id), which must be the same in every frame
 * and unlike all others. Text that did not fit is cut with an ellipsis and
 * reported in `cuts`: a test demands that there are none. */
#ifndef TIMESLICE_UI_H
#define TIMESLICE_UI_H

#include "render/draw.h"
#include "render/input.h"
#include "render/text.h"
#include "render/theme.h"
#include "sim/base/lang.h"

/* What the user wants: an enum of the application and its arguments.
 * what = 0 is nothing and is never reported. */
struct intent {
    int what;
    int64_t arg;
    double value;
};

enum layer { LAYER_BASE, LAYER_POPUP, LAYER_TIP, LAYER_COUNT };
enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };
enum cursor { CURSOR_ARROW, CURSOR_HAND, CURSOR_SIZE_X, CURSOR_SIZE_Y,
              CURSOR_TEXT };

typedef uint64_t ui_id;

struct ui_cut {
    struct rect at;
    const char *text; /* the whole of it; lives in the frame */
};

/* What can be pressed: a button, or a row of a list. */
struct ui_offer {
    struct rect at;   /* as much of it as can be seen */
    enum layer layer; /* it stands in */
    ui_id id;
    const char *label, *tip, *key; /* NULL: it has none; live in the frame */
    bool off, row;
    struct intent intent;
};

struct ui {
    /* Given to ui_begin. */
    const struct theme *theme;
    struct font_set *text;
    enum lang lang;
    struct rect all; /* the window, logical units */
    float scale;     /* pixels a unit */
    const struct input *in;
    /* The frame: where panels append, and what came of it. */
    struct arena frame;
    enum layer layer;  /* the one being filled, and its commands */
    struct draw *draw;
    struct draw layers[LAYER_COUNT];
    struct intent *intents;
    size_t intent_count, intent_capacity;
    struct ui_cut *cuts;
    size_t cut_count, cut_capacity;
    struct ui_offer *offers; /* for whoever does not look at the picture */
    size_t offer_count, offer_capacity;
    enum cursor cursor;
    bool moving; /* somebody set it: draw again at once, something moves */
    double wake; /* seconds until the picture changes by itself (a tooltip
                    appears); HUGE_VAL: it will not */
    /* What lasts from frame to frame. */
    ui_id hot, active, focus; /* under the pointer, held, takes keys */
    struct rect blocked[LAYER_COUNT]; /* of popups, from the last frame */
    struct rect blocking[LAYER_COUNT];
    /* What the pointer is about, as a number of the application (0: nothing):
     * set by panels while they are drawn, and as the last frame had it, so that
     * others can show what belongs to it. */
    int64_t about, was_about;
    ui_id tip_id;
    double tip_since;
    float grip; /* where in the thing the pointer holds it */
    float was_x, was_y; /* of the pointer in the last frame; … */
    bool moved;         /* … it is elsewhere now */
};

struct ui_setup {
    const struct theme *theme;
    struct font_set *text;
    enum lang lang;
    float width, height; /* logical units */
    float scale;
    const struct input *in;
};

/* Starts a frame; `ui` is all zero before the first. */
void ui_begin(struct ui *ui, struct ui_setup setup);
/* Ends it; the commands are then in ui->layers[0], popups on top. */
void ui_end(struct ui *ui);
void ui_free(struct ui *ui);

/* An id from a name and an index: ui_make_id("row", pid). */
ui_id ui_make_id(const char *name, int64_t index);

/* ------------------------------------------------------------------ input */

/* The pointer is on `at`, nothing lies above it, and nobody else holds it. */
bool ui_hover(struct ui *ui, ui_id id, struct rect at);
/* The pointer is over `at`, and nothing lies above: for what shows that without
 * taking part. */
bool ui_over(const struct ui *ui, struct rect at);
/* The left button went down and up on it. */
bool ui_clicked(struct ui *ui, ui_id id, struct rect at);
/* The same for a whole thing that is pressed to want that: it is reported, and
 * offered. */
bool ui_pressed(struct ui *ui, ui_id id, struct rect at, struct intent intent);
/* While it is held after a press on `at`: true in every frame. */
bool ui_dragged(struct ui *ui, ui_id id, struct rect at);
/* Reports an intent, as widgets do. */
void ui_want(struct ui *ui, struct intent i);
/* Reports what a press on it does, as buttons and rows do. */
void ui_offer(struct ui *ui, struct ui_offer o);
/* Shows a tooltip when the pointer has rested on the hovered `id`; `key` may
 * be NULL. */
void ui_tip(struct ui *ui, ui_id id, struct rect at, const char *tip,
            const char *key);

/* What follows is drawn above, and `at` takes the pointer from what is below.
 * Not nested. A modal popup gives ui->all. */
void ui_layer_push(struct ui *ui, enum layer layer, struct rect at);
void ui_layer_pop(struct ui *ui);

/* ------------------------------------------------------------------- text */

colour ui_tone(const struct ui *ui, enum tone t);
float ui_leading(const struct ui *ui, enum type t);
float ui_width(struct ui *ui, enum type t, const char *s);
/* One line, centred vertically in `at`; what does not fit is cut with an
 * ellipsis and reported. Returns the width drawn. */
float ui_label(struct ui *ui, struct rect at, enum type t, enum tone ink,
               const char *s);
float ui_label_in(struct ui *ui, struct rect at, enum type t, colour ink,
                  enum align align, const char *s);
/* A text that may be cut, because the whole of it is elsewhere: no report. */
float ui_label_short(struct ui *ui, struct rect at, enum type t, colour ink,
                     enum align align, const char *s);
/* Wrapped lines from the top of `at`; returns the height used. The last line
 * that fits is cut and reported. */
float ui_paragraph(struct ui *ui, struct rect at, enum type t, enum tone ink,
                   const char *s);
/* The height that paragraph would take at this width. */
float ui_paragraph_height(struct ui *ui, float width, enum type t,
                          const char *s);
/* The same for a text whose parts have faces and inks of their own; size and
 * leading are those of the type. */
float ui_parts(struct ui *ui, struct rect at, enum type t,
               const struct text_parts *p);
float ui_parts_height(struct ui *ui, float width, enum type t,
                      const struct text_parts *p);
/* A word on a small plate of the surface, centred at `at`: for arrows. */
void ui_plate(struct ui *ui, struct point at, enum type t, enum tone ink,
              enum tone ground, const char *s);
/* printf into the frame. */
const char *ui_format(struct ui *ui, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---------------------------------------------------------------- widgets */

enum button_kind { BUTTON_PLAIN, BUTTON_PRIMARY, BUTTON_QUIET, BUTTON_BAR };

struct button {
    struct rect at;
    ui_id id; /* 0: made from place, icon and label */
    enum button_kind kind;
    enum icon icon;
    const char *label; /* either may be missing */
    const char *tip, *key;
    bool on;  /* a toggle that is on */
    bool off; /* cannot be pressed now */
    struct intent intent;
};

/* True when it was clicked (its intent is then reported). */
bool ui_button(struct ui *ui, struct button b);
/* The width that such a button wants. */
float ui_button_width(struct ui *ui, struct button b);

struct slider {
    struct rect at;
    ui_id id;
    double value, least, most;
    double step;          /* values snap to it; 0: none */
    struct intent intent; /* `value` is filled in */
    const char *tip, *key;
};
/* Reports its intent in every frame in which the value is changed. */
bool ui_slider(struct ui *ui, struct slider s);

/* A panel's surface with its title and, at the right, a remark (either may be
 * NULL); returns the inside. */
struct rect ui_card(struct ui *ui, struct rect at, const char *title,
                    const char *remark);

/* A row of a list: its ground, hover and click. Draw into the rect returned. */
struct list_row {
    struct rect at;
    ui_id id;
    bool selected;
    bool linked; /* what it is about is pointed at elsewhere */
    struct intent intent;
};
struct rect ui_list_row(struct ui *ui, struct list_row r);

/* What is higher than `at` scrolls with wheel and bar: `*offset` (kept by the
 * caller) is how far. Returns where the content goes; clips until the end. */
struct rect ui_scroll_begin(struct ui *ui, ui_id id, struct rect at,
                            float content_height, float *offset);
void ui_scroll_end(struct ui *ui);

/* A line between two panes that can be dragged: `*share` (0 … 1) of `all` is
 * the first pane's, kept within `least` … 1 − `least`. */
bool ui_splitter(struct ui *ui, ui_id id, struct rect all, bool side_by_side,
                 float *share, float least);

/* A field for a line of text: click gives it the focus, Enter reports the
 * intent, Escape gives the focus back. `text` has room for `size` bytes. */
bool ui_field(struct ui *ui, ui_id id, struct rect at, char *text, size_t size,
              const char *hint, struct intent intent);

/* A key cap and its meaning; returns the width used. */
float ui_key(struct ui *ui, struct rect at, const char *key,
             const char *meaning);

/* A rounded label: `ground` and `ink` are tones. Returns the width used. */
float ui_pill(struct ui *ui, struct rect at, enum icon icon, const char *s,
              enum tone ground, enum tone ink);

/* A menu below or above `from`; the app keeps `open`. Each entry reports its
 * own intent, and a press elsewhere reports `close`. */
struct menu_entry {
    const char *label, *key;
    enum icon icon;
    bool on;
    struct intent intent;
};
void ui_menu(struct ui *ui, ui_id id, struct rect from,
             const struct menu_entry *entries, size_t count,
             struct intent close);

/* A large dialog over everything; returns its inside, to be drawn before
 * ui_dialog_end. A press outside or Escape reports `close`. */
struct rect ui_dialog(struct ui *ui, ui_id id, float width, float height,
                      const char *title, struct intent close);
/* The same along the right side; what is beside it stays to be seen and pressed,
 * and Escape reports `close` while no field has the focus. */
struct rect ui_sheet(struct ui *ui, ui_id id, float width, const char *title,
                     struct intent close);
void ui_dialog_end(struct ui *ui);

/* ----------------------------------------------------- states, processes */

/* A station of the state diagram; `lit`: something just came or went. */
void ui_state_box(struct ui *ui, struct rect at, enum state s, bool lit);
/* The bar of a state in a timeline row `at`: height and pattern by the theme,
 * standing on the bottom of the row. Returns where the bar is. */
struct rect ui_state_bar(struct ui *ui, struct rect at, enum state s);
/* Swatch and word, for legends; `title` NULL: the state's own. Returns the
 * width used. */
float ui_state_chip(struct ui *ui, struct rect at, enum state s,
                    const char *title);
/* The token of a process: disc, ring and initial. `index` picks the tone. */
void ui_token(struct ui *ui, struct point at, float radius, int index,
              const char *name, bool selected);

#endif
