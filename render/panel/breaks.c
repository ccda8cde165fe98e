/* breaks.c: the list of breakpoints, each with its way out, and below it what
 * can be added: a process, a state, a divergence. */
#include "render/panel.h"

#include <math.h>

enum { PROCESSES_MOST = 12 };

static const char *text_of(struct scene *s, struct break_at at)
{
    struct str out = {0};
    break_write(at, s->world, s->ui->lang, &out);
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return text;
}

static void row(struct scene *s, struct rect at, int i)
{
    struct ui *ui = s->ui;
    struct rect side = rect_cut_right(&at, at.h);
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = at,
                              .id = ui_make_id("break", i),
                              .selected = i == s->view->list_at});
    ui_label(ui, in, TYPE_BODY, TONE_TEXT,
             text_of(s, s->travel->breaks.all[i]));
    ui_button(ui, (struct button){.at = side,
                                  .id = ui_make_id("no break", i),
                                  .kind = BUTTON_QUIET,
                                  .icon = ICON_CLOSE,
                                  .tip = word(W_TIP_REMOVE, ui->lang),
                                  .key = i == s->view->list_at ? "Delete"
                                                               : NULL,
                                  .intent = {.what = DO_BREAK_AWAY, .arg = i}});
}

/* Buttons one after the other, in as many lines as they need. With `show`
 * false only their room is taken. */
struct flow {
    struct rect in;
    float x, y;
    bool show;
};

static void offer(struct scene *s, struct flow *f, struct break_at at,
                  const char *label)
{
    struct ui *ui = s->ui;
    int64_t arg = (int64_t)at.kind * 65536 + at.value;
    struct button b = {.id = ui_make_id("offer", arg),
                       .label = label,
                       .on = breaks_place(&s->travel->breaks, at) >= 0,
                       .intent = {.what = DO_BREAK_AT, .arg = arg}};
    float w = ui_button_width(ui, b), h = ui->theme->control;
    if (f->x > 0 && f->x + w > f->in.w) {
        f->x = 0;
        f->y += h + SPACE_2;
    }
    b.at = (struct rect){f->in.x + f->x, f->in.y + f->y, w, h};
    if (f->show)
        ui_button(ui, b);
    f->x += w + SPACE_2;
}

/* All that can be added; returns its height. */
static float offers(struct scene *s, struct rect in, bool show)
{
    struct flow f = {.in = in, .show = show};
    int procs = s->world->head->procs;
    for (int p = 0; p < procs && p < PROCESSES_MOST; p++)
        offer(s, &f, (struct break_at){BREAK_PROCESS, p}, scene_name(s, p));
    for (int i = 0; i < STATE_COUNT; i++)
        offer(s, &f, (struct break_at){BREAK_STATE, i},
              state_title((enum state)i, s->ui->lang));
    struct break_at differs = {BREAK_DIVERGENCE, 0};
    offer(s, &f, differs, text_of(s, differs));
    return f.y + s->ui->theme->control;
}

void breaks_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    int n = s->travel->breaks.count;
    float width = fminf(ui->theme->big ? 900 : 560, ui->all.w - 32);
    float inner = width - 2 * SPACE_6, line = ui->theme->row + 8;
    float about = ui_paragraph_height(ui, inner, TYPE_BODY,
                                      word(W_BREAKS_ABOUT, ui->lang));
    float list = line * (float)(n ? n : 1);
    float keys = ui_paragraph_height(ui, inner, TYPE_CAPTION,
                                     word(W_BREAKS_KEYS, ui->lang));
    float foot = offers(s, (struct rect){0, 0, inner, 0}, false);
    float rest = about + keys + foot + 3 * SPACE_3 +
                 ui_leading(ui, TYPE_TITLE) + SPACE_4 + 2 * SPACE_6;
    struct rect in = ui_dialog(ui, ui_make_id("breaks", 0), width, list + rest,
                               word(W_BREAKS_TITLE, ui->lang),
                               (struct intent){.what = DO_CLOSE});
    ui_paragraph(ui, rect_cut_top(&in, about), TYPE_BODY, TONE_MUTED,
                 word(W_BREAKS_ABOUT, ui->lang));
    rect_cut_top(&in, SPACE_3);
    offers(s, rect_cut_bottom(&in, foot), true);
    rect_cut_bottom(&in, SPACE_3);
    ui_paragraph(ui, rect_cut_bottom(&in, keys), TYPE_CAPTION, TONE_MUTED,
                 word(W_BREAKS_KEYS, ui->lang));
    rect_cut_bottom(&in, SPACE_3);
    struct rect all = ui_scroll_begin(ui, ui_make_id("breaks", 1), in, list,
                                      &s->view->overlay_scroll);
    for (int i = 0; i < n; i++)
        row(s, rect_cut_top(&all, line), i);
    if (!n)
        ui_label(ui, rect_cut_top(&all, line), TYPE_BODY, TONE_MUTED,
                 word(W_BREAKS_NONE, ui->lang));
    ui_scroll_end(ui);
    ui_dialog_end(ui);
}
