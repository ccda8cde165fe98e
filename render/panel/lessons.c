/* lessons.c: the lessons to choose from: by mouse, or by arrow keys and
 * Enter. */
#include "render/panel.h"

#include <math.h>
#include <string.h>

/* "11-pipe-one-way.json" of a path. */
static const char *file_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Scrolls so that the mark is in view: when it has been moved, or the list has
 * just been opened. The wheel goes where it likes. */
static void keep_in_view(struct view *v, float row, float height)
{
    float top = row * (float)v->list_at;
    if (!v->reveal && v->overlay_scroll >= 0)
        return;
    if (v->overlay_scroll > top)
        v->overlay_scroll = top;
    if (v->overlay_scroll < top + row - height)
        v->overlay_scroll = top + row - height;
}

static void lesson(struct scene *s, struct rect at, int i)
{
    struct ui *ui = s->ui;
    const struct lesson_entry *l = &s->lessons[i];
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = at, .id = ui_make_id("lesson", i + 1),
                              .selected = i == s->view->list_at,
                              .intent = {.what = DO_OPEN, .arg = i}});
    rect_cut_left(&in, SPACE_2);
    bool open = strcmp(l->path, s->scenario->path) == 0;
    const char *file = file_of(l->path);
    float w = fminf(ui_width(ui, TYPE_CAPTION, file), in.w * 0.4f);
    struct rect right = rect_cut_right(&in, w + 2);
    ui_label_short(ui, right, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_RIGHT,
                   file);
    rect_cut_right(&in, SPACE_2);
    ui_label_short(ui, in, open ? TYPE_STRONG : TYPE_BODY,
                   ui_tone(ui, open ? TONE_ACCENT_TEXT : TONE_TEXT), ALIGN_LEFT,
                   text_in(l->title, ui->lang));
}

void lessons_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    float row = ui->theme->row + 8;
    float foot = ui_leading(ui, TYPE_CAPTION) + SPACE_3;
    float want = row * (float)(s->lesson_count ? s->lesson_count : 2);
    float height = want + foot + ui_leading(ui, TYPE_TITLE) + 72;
    struct rect in = ui_dialog(ui, ui_make_id("lessons", 0),
                               ui->theme->big ? 1000 : 760,
                               fminf(height, ui->all.h - 60),
                               word(W_LESSONS_TITLE, ui->lang),
                               (struct intent){.what = DO_CLOSE});
    struct rect below = rect_cut_bottom(&in, foot);
    rect_cut_top(&below, SPACE_2);
    ui_label(ui, below, TYPE_CAPTION, TONE_MUTED,
             word(W_LESSONS_HINT, ui->lang));
    keep_in_view(s->view, row, in.h);
    struct rect all = ui_scroll_begin(ui, ui_make_id("lessons", 1), in, want,
                                      &s->view->overlay_scroll);
    for (int i = 0; i < s->lesson_count; i++)
        lesson(s, rect_cut_top(&all, row), i);
    if (!s->lesson_count)
        ui_paragraph(ui, all, TYPE_BODY, TONE_MUTED,
                     word(W_LESSONS_NONE, ui->lang));
    ui_scroll_end(ui);
    ui_dialog_end(ui);
}
