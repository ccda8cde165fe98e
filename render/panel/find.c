/* find.c: the search field: what is looked for, which of how many is shown, and
 * the way to the next. It lies over the panels, not over the run: what it leads
 * to can be seen beside it. */
#include "render/panel.h"

#include <math.h>

ui_id find_field_id(void)
{
    return ui_make_id("find", 1);
}

/* "3 of 12", "12 found", "4 so far …". */
static const char *count_text(struct scene *s)
{
    const struct find *f = s->find;
    size_t at = find_at(f, travel_cursor(s->travel));
    const char *n = scene_number(s, (int64_t)f->count);
    if (!s->view->find_text[0] || !f->text[0])
        return "";
    if (f->read < s->travel->seen)
        return scene_say(s, W_FIND_WORKS, n);
    if (!f->count)
        return word(W_FIND_NONE, s->ui->lang);
    if (at == SIZE_MAX)
        return scene_say(s, W_FIND_COUNT, n);
    return scene_say(s, W_FIND_AT, scene_number(s, (int64_t)at + 1), n);
}

static void button(struct scene *s, struct rect *row, enum wish what,
                   enum icon icon)
{
    struct ui *ui = s->ui;
    struct button b = command_button(ui, what, rect_cut_right(row, row->h));
    b.kind = BUTTON_QUIET;
    b.icon = icon;
    b.off = !s->find->count;
    ui_button(ui, b);
}

/* Enter goes on, Shift+Enter and the arrows likewise, Escape closes: while the
 * field has the keyboard no command hears them. */
static void keys(struct scene *s)
{
    struct ui *ui = s->ui;
    const struct input *in = ui->in;
    int what = DO_NOTHING;
    if (ui->focus != find_field_id())
        return;
    if (input_key(in, KEY_ENTER, MOD_SHIFT) || input_key(in, KEY_UP, 0) ||
        input_key(in, KEY_F3, MOD_SHIFT))
        what = DO_FIND_BEFORE;
    else if (input_key(in, KEY_DOWN, 0) || input_key(in, KEY_F3, 0))
        what = DO_FIND_NEXT;
    else if (input_key(in, KEY_ESCAPE, 0))
        what = DO_FIND_CLOSE;
    ui_want(ui, (struct intent){.what = what});
}

void find_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    float h = ui->theme->control, count = fmaxf(
        ui_width(ui, TYPE_BODY, scene_say(s, W_FIND_AT, "999", "999")),
        ui_width(ui, TYPE_BODY, count_text(s)));
    float w = fminf(h * 3 + count + (ui->theme->big ? 460 : 340),
                    ui->all.w - 2 * SPACE_4);
    struct rect at = {ui->all.w - w - SPACE_4,
                      panels[PANEL_TITLE]->least(s).h + SPACE_2, w,
                      h + 2 * SPACE_2};
    keys(s);
    ui_layer_push(ui, LAYER_POPUP, at);
    draw_shadow(ui->draw, at, 8, 14, ui_tone(ui, TONE_SHADOW));
    draw_box(ui->draw, (struct box){.at = at, .radius = 8,
                                    .fill = ui_tone(ui, TONE_SURFACE),
                                    .border = 1,
                                    .line = ui_tone(ui, TONE_LINE)});
    struct rect row = rect_inset_xy(at, SPACE_2, SPACE_2);
    struct rect close = rect_cut_right(&row, h);
    ui_button(ui, (struct button){.at = close, .id = ui_make_id("find", 2),
                                  .kind = BUTTON_QUIET, .icon = ICON_CLOSE,
                                  .tip = word(W_TIP_CLOSE, ui->lang),
                                  .key = "Esc",
                                  .intent = {.what = DO_FIND_CLOSE}});
    button(s, &row, DO_FIND_NEXT, ICON_DOWN);
    button(s, &row, DO_FIND_BEFORE, ICON_UP);
    struct rect said = rect_cut_right(&row, count + SPACE_2);
    ui_label_in(ui, said, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                count_text(s));
    ui_field(ui, find_field_id(), row, s->view->find_text, FIND_MOST,
             word(W_FIND_HINT, ui->lang),
             (struct intent){.what = DO_FIND_NEXT});
    ui_layer_pop(ui);
}
