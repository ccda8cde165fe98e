/* edit.c: the sheet in which a lesson is changed: one process at a time, what it
 * is, and its program as C. It lies beside what changes with it. */
#include "render/panel.h"

#include "sim/scenario/ops.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 480, WIDTH_BIG = 620, INDENT = 18 };

static float row_height(const struct scene *s)
{
    return s->ui->theme->row + 8;
}

static const struct scheduler *scheduler_of(const struct scene *s)
{
    return world_scheduler(s->world);
}

/* ---- one row ---- */

static const char *value_of(struct scene *s, const struct edit_row *row)
{
    struct str text = {0};
    edit_value(s->edit, s->scenario, row, &text);
    for (char *c = text.text; c && *c; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    const char *shown = ui_format(s->ui, "%s", str_text(&text));
    str_free(&text);
    return shown;
}

static void step_button(struct scene *s, struct rect at, int row, int by)
{
    struct rect in = rect_middle(at, at.w - 2, at.h - 4);
    ui_button(s->ui,
              (struct button){.at = in,
                              .id = ui_make_id(by < 0 ? "fewer" : "more", row),
                              .icon = by < 0 ? ICON_MINUS : ICON_PLUS,
                              .tip = word(by < 0 ? W_TIP_LESS : W_TIP_MORE,
                                          s->ui->lang),
                              .key = by < 0 ? "−" : "+",
                              .intent = {.what = DO_EDIT_STEP, .arg = row,
                                         .value = by}});
}

/* What is typed; who goes elsewhere has typed it, who presses Escape has not. */
static void draw_field(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    ui_id id = ui_make_id("typed", 0);
    if (!ui->focus)
        ui->focus = id;
    ui_field(ui, id, at, s->edit->typed, sizeof s->edit->typed,
             word(W_EDIT_NOTHING, ui->lang),
             (struct intent){.what = DO_EDIT_TYPED});
    if (ui->focus != id)
        ui_want(ui, (struct intent){.what = input_key(ui->in, KEY_ESCAPE, 0)
                                                ? DO_EDIT_CLOSE
                                                : DO_EDIT_TYPED});
}

static void draw_value(struct scene *s, struct rect at, int i,
                       const struct edit_row *row, bool marked)
{
    struct ui *ui = s->ui;
    const char *value = value_of(s, row);
    if (row->number && value[0]) {
        step_button(s, rect_cut_left(&at, at.h), i, -1);
        step_button(s, rect_cut_right(&at, at.h), i, 1);
    }
    if (marked && s->edit->typing)
        draw_field(s, rect_inset_xy(at, 0, 2));
    else
        ui_label_short(ui, at, value[0] ? TYPE_STRONG : TYPE_BODY,
                       ui_tone(ui, value[0] ? TONE_TEXT : TONE_MUTED),
                       ALIGN_CENTRE,
                       value[0] ? value : word(W_EDIT_NOTHING, ui->lang));
}

static int depth_of(const struct scene *s, int32_t pc)
{
    const struct op *o = &s->scenario->ops[pc];
    if (o->verb != OP_end)
        return o->depth;
    return o->end >= 0 ? s->scenario->ops[o->end].depth : 0;
}

static void draw_row(struct scene *s, struct rect at, int i)
{
    struct ui *ui = s->ui;
    struct edit_row row = edit_row_at(s->edit, s->scenario, scheduler_of(s), i);
    bool marked = i == s->edit->at;
    bool split = row.kind == EDIT_FIELD || row.kind == EDIT_ARG;
    struct rect value = {0};
    if (split)
        value = rect_cut_right(&at, floorf(at.w * 0.52f));
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = at,
                              .id = ui_make_id("edit", i),
                              .selected = marked,
                              .intent = {.what = marked ? DO_EDIT_ENTER
                                                        : DO_EDIT_MARK,
                                         .arg = i}});
    ui_tip(ui, ui_make_id("edit", i), at,
           word(marked ? W_EDIT_TIP_ENTER : W_EDIT_TIP_MARK, ui->lang),
           marked ? "Enter" : NULL);
    if (row.kind == EDIT_FIELD) {
        ui_label(ui, in, TYPE_BODY, TONE_TEXT, word(row.label, ui->lang));
    } else if (row.kind == EDIT_ARG) {
        rect_cut_left(&in, (float)(depth_of(s, row.pc) + 2) * INDENT);
        ui_label_short(ui, in, TYPE_CODE, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                       row.key);
    } else if (row.kind == EDIT_OP) {
        rect_cut_left(&in, (float)depth_of(s, row.pc) * INDENT);
        ui_label_short(ui, in, TYPE_CODE, ui_tone(ui, TONE_TEXT), ALIGN_LEFT,
                       value_of(s, &row));
    } else {
        ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                       word(W_EDIT_END, ui->lang));
    }
    if (split)
        draw_value(s, value, i, &row, marked);
}

/* ---- lists ---- */

static void reveal(struct scene *s, float row, int at, float room)
{
    float *scroll = &s->view->overlay_scroll, top = row * (float)at;
    if (!s->view->reveal)
        return;
    *scroll = fmaxf(*scroll, top + row - room);
    *scroll = fminf(*scroll, top);
}

static void draw_rows(struct scene *s, struct rect in)
{
    int n = edit_rows(s->edit, s->scenario, scheduler_of(s));
    float row = row_height(s);
    reveal(s, row, s->edit->at, in.h);
    struct rect all = ui_scroll_begin(s->ui, ui_make_id("edit rows", 0), in,
                                      row * (float)n, &s->view->overlay_scroll);
    for (int i = 0; i < n; i++)
        draw_row(s, rect_cut_top(&all, row), i);
    ui_scroll_end(s->ui);
}

static void draw_offers(struct scene *s, struct rect in)
{
    struct ui *ui = s->ui;
    const struct edit *e = s->edit;
    float row = row_height(s);
    ui_label(ui, rect_cut_top(&in, row), TYPE_HEADING, TONE_TEXT,
             word(W_EDIT_OFFERS, ui->lang));
    reveal(s, row, e->offer_at, in.h);
    struct rect all = ui_scroll_begin(ui, ui_make_id("edit offers", 0), in,
                                      row * (float)e->offer_count,
                                      &s->view->overlay_scroll);
    for (int i = 0; i < e->offer_count; i++) {
        const struct offer *o = &e->offers[i];
        struct rect line = rect_cut_top(&all, row);
        ui_id id = ui_make_id("offer", i);
        struct rect at = ui_list_row(
            ui, (struct list_row){.at = line, .id = id,
                                  .selected = i == e->offer_at,
                                  .intent = {.what = DO_EDIT_OFFER, .arg = i}});
        ui_tip(ui, id, line, text_in(op_about(o->verb)->about, ui->lang), NULL);
        ui_label_short(ui, at, TYPE_CODE, ui_tone(ui, TONE_TEXT), ALIGN_LEFT,
                       o->c);
    }
    ui_scroll_end(ui);
}

/* ---- above and below ---- */

/* Buttons from the left, as far as they go, in as many lines as they need. */
struct shelf {
    struct rect all, line;
};

static void put(struct scene *s, struct shelf *shelf, struct button b)
{
    float w = ui_button_width(s->ui, b);
    if (w > shelf->line.w) {
        rect_cut_top(&shelf->all, SPACE_1);
        shelf->line = rect_cut_top(&shelf->all, s->ui->theme->control);
    }
    b.at = rect_cut_left(&shelf->line, w);
    rect_cut_left(&shelf->line, SPACE_2);
    ui_button(s->ui, b);
}

static void draw_process(struct scene *s, struct rect line)
{
    struct ui *ui = s->ui;
    enum lang lang = ui->lang;
    int n = s->scenario->process_count;
    struct rect before = rect_cut_left(&line, line.h);
    struct rect next = rect_cut_right(&line, line.h);
    ui_button(ui, (struct button){.at = before, .icon = ICON_LEFT,
                                  .id = ui_make_id("edit process", 0),
                                  .tip = word(W_EDIT_TIP_BEFORE, lang),
                                  .key = "PgUp",
                                  .intent = {.what = DO_EDIT_PROCESS, .arg = -1}});
    ui_button(ui, (struct button){.at = next, .icon = ICON_RIGHT,
                                  .id = ui_make_id("edit process", 1),
                                  .tip = word(W_EDIT_TIP_NEXT, lang),
                                  .key = "PgDn",
                                  .intent = {.what = DO_EDIT_PROCESS, .arg = 1}});
    int p = s->edit->process;
    ui_label_in(ui, line, TYPE_HEADING, ui_tone(ui, TONE_TEXT), ALIGN_CENTRE,
                p == NONE ? word(W_EDIT_MACHINE, lang)
                          : ui_format(ui, word(W_EDIT_WHICH, lang), p + 1, n,
                                      s->scenario->processes[p].name));
}

static void draw_tools(struct scene *s, struct rect in)
{
    enum lang lang = s->ui->lang;
    const struct edit *e = s->edit;
    struct edit_row row = edit_row_at(e, s->scenario, scheduler_of(s), e->at);
    bool op = row.kind == EDIT_OP && s->scenario->ops[row.pc].verb != OP_end;
    struct shelf shelf = {.all = in};
    shelf.line = rect_cut_top(&shelf.all, s->ui->theme->control);
    put(s, &shelf, (struct button){.id = ui_make_id("edit tool", 0),
                                   .label = word(W_EDIT_INSERT, lang),
                                   .tip = word(W_EDIT_TIP_INSERT, lang),
                                   .key = "I", .icon = ICON_PLUS,
                                   .off = e->process == NONE,
                                   .intent = {.what = DO_EDIT_INSERT}});
    put(s, &shelf, (struct button){.id = ui_make_id("edit tool", 1),
                                   .label = word(W_EDIT_REMOVE, lang),
                                   .tip = word(W_EDIT_TIP_REMOVE, lang),
                                   .key = "Del", .icon = ICON_CROSS,
                                   .off = row.kind == EDIT_END,
                                   .intent = {.what = DO_EDIT_REMOVE}});
    put(s, &shelf, (struct button){.id = ui_make_id("edit tool", 2),
                                   .icon = ICON_UP, .off = !op,
                                   .tip = word(W_EDIT_TIP_UP, lang),
                                   .key = "Alt+↑",
                                   .intent = {.what = DO_EDIT_MOVE, .value = -1}});
    put(s, &shelf, (struct button){.id = ui_make_id("edit tool", 3),
                                   .icon = ICON_DOWN, .off = !op,
                                   .tip = word(W_EDIT_TIP_DOWN, lang),
                                   .key = "Alt+↓",
                                   .intent = {.what = DO_EDIT_MOVE, .value = 1}});
    put(s, &shelf, (struct button){.id = ui_make_id("edit tool", 4),
                                   .label = word(W_EDIT_ADD, lang),
                                   .tip = word(W_EDIT_TIP_ADD, lang),
                                   .key = "N", .icon = ICON_PLUS,
                                   .intent = {.what = DO_EDIT_ADD}});
}

static void draw_last(struct scene *s, struct rect line)
{
    struct ui *ui = s->ui;
    const struct draft *d = &s->edit->draft;
    struct button undo = command_button(ui, DO_UNDO, line);
    struct button redo = command_button(ui, DO_REDO, line);
    struct button save = command_button(ui, DO_SAVE, line);
    undo.label = word(W_EDIT_UNDO, ui->lang);
    undo.off = d->done == 0;
    redo.label = word(W_EDIT_REDO, ui->lang);
    redo.off = d->done == d->count;
    save.label = word(W_EDIT_SAVE, ui->lang);
    save.kind = BUTTON_PRIMARY;
    undo.id = ui_make_id("edit last", 0);
    redo.id = ui_make_id("edit last", 1);
    save.id = ui_make_id("edit last", 2);
    undo.icon = redo.icon = save.icon = ICON_NONE;
    undo.at = rect_cut_left(&line, ui_button_width(ui, undo));
    rect_cut_left(&line, SPACE_2);
    redo.at = rect_cut_left(&line, ui_button_width(ui, redo));
    save.at = rect_cut_right(&line, ui_button_width(ui, save));
    ui_button(ui, undo);
    ui_button(ui, redo);
    ui_button(ui, save);
}

/* Why the last change was not made; and if it was, by which keys others are. */
static float words_height(const struct scene *s, float width, const char *text)
{
    return ceilf(ui_paragraph_height(s->ui, width, TYPE_BODY, text));
}

void edit_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    bool refused = s->edit->refused.length > 0;
    const char *text = refused ? str_text(&s->edit->refused)
                               : word(s->edit->offering ? W_EDIT_HINT_OFFERS
                                      : s->feed->live   ? W_EDIT_HINT_LIVE
                                                        : W_EDIT_HINT,
                                      ui->lang);
    float control = ui->theme->control;
    struct rect in = ui_sheet(ui, ui_make_id("edit sheet", 0),
                              ui->theme->big ? WIDTH_BIG : WIDTH,
                              word(W_EDIT_TITLE, ui->lang),
                              (struct intent){.what = DO_EDIT_CLOSE});
    draw_process(s, rect_cut_top(&in, control));
    rect_cut_top(&in, SPACE_3);
    draw_last(s, rect_cut_bottom(&in, control));
    rect_cut_bottom(&in, SPACE_3);
    struct rect about = rect_cut_bottom(
        &in, fminf(words_height(s, in.w, text), in.h * 0.3f));
    ui_paragraph(ui, about, TYPE_BODY, refused ? TONE_ERROR : TONE_MUTED,
                 text);
    rect_cut_bottom(&in, SPACE_3);
    draw_tools(s, rect_cut_bottom(&in, 2 * control + SPACE_1));
    rect_cut_bottom(&in, SPACE_3);
    if (s->edit->offering)
        draw_offers(s, in);
    else
        draw_rows(s, in);
    ui_dialog_end(ui);
}

/* ---- changes that are in no file ---- */

void unsaved_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    enum lang lang = ui->lang;
    static const struct {
        enum word label;
        const char *key;
        int what;
    } ways[] = {{W_UNSAVED_SAVE, "Enter", SETTLE_SAVE},
                {W_UNSAVED_DISCARD, "D", SETTLE_DISCARD},
                {W_UNSAVED_STAY, "Esc", SETTLE_STAY}};
    float control = ui->theme->control, width = 520;
    const char *text = word(W_UNSAVED_TEXT, lang);
    float body = words_height(s, width - 2 * SPACE_6, text);
    struct rect in = ui_dialog(
        ui, ui_make_id("unsaved", 0), width,
        ui_leading(ui, TYPE_TITLE) + body + 2 * control + 2 * SPACE_6 +
            2 * SPACE_4,
        word(W_UNSAVED_TITLE, lang),
        (struct intent){.what = DO_SETTLE, .arg = SETTLE_STAY});
    ui_paragraph(ui, rect_cut_top(&in, body), TYPE_BODY, TONE_TEXT, text);
    rect_cut_top(&in, SPACE_4);
    struct shelf shelf = {.all = in};
    shelf.line = rect_cut_top(&shelf.all, control);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        put(s, &shelf,
            (struct button){.id = ui_make_id("settle", (int64_t)i),
                            .kind = i ? BUTTON_PLAIN : BUTTON_PRIMARY,
                            .label = word(ways[i].label, lang),
                            .key = ways[i].key,
                            .tip = word(ways[i].label, lang),
                            .intent = {.what = DO_SETTLE, .arg = ways[i].what}});
    ui_dialog_end(ui);
}
