/* note.c: what lies over the window besides help and the list: the lesson's
 * own notes, what is wrong with a file, and the field for a time. */
#include "render/panel.h"

#include <math.h>

/* A dialog with one text that scrolls when it is long. */
static struct rect text_dialog(struct scene *s, enum type type,
                               const char *title, const char *text, float more)
{
    struct ui *ui = s->ui;
    const char *name = title;
    /* The whole of the title, and the cross beside it. */
    float head = ui_width(ui, TYPE_TITLE, title) + ui_leading(ui, TYPE_TITLE) +
                 2 * SPACE_6 + SPACE_1;
    float width = fminf(fmaxf(ui->theme->big ? 1000 : 640, head),
                        ui->all.w - 60);
    float inner = width - 2 * SPACE_6 - 14;
    float want = ui_paragraph_height(ui, inner, type, text);
    float height = want + ui_leading(ui, TYPE_TITLE) + 72 + more;
    struct rect in = ui_dialog(ui, ui_make_id(name, 0), width,
                               fminf(height, ui->all.h - 60), title,
                               (struct intent){.what = DO_CLOSE});
    struct rect foot = rect_cut_bottom(&in, more);
    struct rect all = ui_scroll_begin(ui, ui_make_id(name, 1), in, want,
                                      &s->view->overlay_scroll);
    all.w = fminf(all.w, inner);
    ui_paragraph(ui, all, type, TONE_TEXT, text);
    ui_scroll_end(ui);
    return foot;
}

/* Space and → as keys, so that a beginner knows how to begin. */
static void how_to_begin(struct scene *s, struct rect row)
{
    struct ui *ui = s->ui;
    static const struct {
        const char *key;
        enum word what;
    } keys[] = {{"Space", W_LEGEND_PLAY}, {"→", W_LEGEND_STEP}, {"F1", W_LEGEND_HELP}};
    row = rect_cut_bottom(&row, ui_leading(ui, TYPE_CAPTION) + 8);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        rect_cut_left(&row, ui_key(ui, row, keys[i].key,
                                   word(keys[i].what, ui->lang)) +
                                SPACE_4);
}

void notes_draw(struct scene *s)
{
    enum lang lang = s->ui->lang;
    struct rect foot = text_dialog(s, TYPE_BODY, text_in(s->scenario->title, lang),
                                   text_in(s->scenario->notes, lang), 40);
    how_to_begin(s, foot);
    ui_dialog_end(s->ui);
}

void complaints_draw(struct scene *s)
{
    text_dialog(s, TYPE_CODE, word(W_COMPLAINTS_TITLE, s->ui->lang),
                s->complaints ? s->complaints : "", 0);
    ui_dialog_end(s->ui);
}

void go_to_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    float field = ui->theme->control, line = ui_leading(ui, TYPE_BODY);
    struct rect in =
        ui_dialog(ui, ui_make_id("go", 0), 420,
                  field + line + ui_leading(ui, TYPE_TITLE) + 80,
                  word(W_GO_TO_TITLE, ui->lang),
                  (struct intent){.what = DO_CLOSE});
    ui_id id = ui_make_id("go", 1);
    if (!ui->focus)
        ui->focus = id;
    ui_field(ui, id, rect_cut_top(&in, field), s->view->field, FIELD_MOST,
             word(W_GO_TO_HINT, ui->lang), (struct intent){.what = DO_GO});
    rect_cut_top(&in, SPACE_2);
    ui_label_short(ui, rect_cut_top(&in, line), TYPE_BODY,
                   ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                   word(W_GO_TO_HINT, ui->lang));
    ui_dialog_end(ui);
}

void overlay_draw(struct scene *s)
{
    static void (*const draw[])(struct scene *) = {
        [OVERLAY_HELP] = help_draw,
        [OVERLAY_LESSONS] = lessons_draw,
        [OVERLAY_GO_TO] = go_to_draw,
        [OVERLAY_NOTES] = notes_draw,
        [OVERLAY_COMPLAINTS] = complaints_draw,
        [OVERLAY_SCHEDULER] = scheduler_draw,
        [OVERLAY_BREAKS] = breaks_draw,
        [OVERLAY_COMPARE] = compare_draw,
        [OVERLAY_SCORE] = score_draw,
        [OVERLAY_EDIT] = edit_draw,
        [OVERLAY_UNSAVED] = unsaved_draw,
    };
    if (s->view->overlay != OVERLAY_NONE)
        draw[s->view->overlay](s);
}
