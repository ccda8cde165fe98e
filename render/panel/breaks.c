/* breaks.c: the breakpoints that are set, each with its way out, and below them
 * what can be chosen from: processes, states, calls, events, a divergence. */
#include "render/panel.h"

#include <math.h>

/* What stands in the dialog, one thing after the other. With `show` false only
 * its room is taken. */
struct flow {
    struct rect in;
    float x, y;
    int item;      /* its number, for the mark */
    float marked[2]; /* from where to where the marked one goes */
    bool show;
};

static const char *kept(struct scene *s, struct str *text)
{
    const char *copy = ui_format(s->ui, "%s", str_text(text));
    str_free(text);
    return copy;
}

static const char *text_of(struct scene *s, struct break_at at)
{
    struct str out = {0};
    break_write(at, s->world, s->ui->lang, &out);
    return kept(s, &out);
}

static const char *short_of(struct scene *s, struct break_at at)
{
    struct str out = {0};
    break_write_short(at, s->world, s->ui->lang, &out);
    return kept(s, &out);
}

/* Whether the mark is at the next thing, `h` high; counts it. */
static bool is_marked(struct scene *s, struct flow *f, float h)
{
    bool marked = f->item++ == s->view->list_at;
    if (marked) {
        f->marked[0] = f->y;
        f->marked[1] = f->y + h;
    }
    return marked;
}

/* ---- those that are set ---- */

static void row(struct scene *s, struct rect at, int i, bool marked)
{
    struct ui *ui = s->ui;
    struct rect side = rect_cut_right(&at, at.h);
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = at,
                              .id = ui_make_id("break", i),
                              .selected = marked});
    ui_label(ui, in, TYPE_BODY, TONE_TEXT,
             text_of(s, s->travel->breaks.all[i]));
    ui_button(ui, (struct button){.at = side,
                                  .id = ui_make_id("no break", i),
                                  .kind = BUTTON_QUIET,
                                  .icon = ICON_CLOSE,
                                  .tip = word(W_TIP_REMOVE, ui->lang),
                                  .key = marked ? "Delete" : NULL,
                                  .intent = {.what = DO_BREAK_AWAY, .arg = i}});
}

static void list(struct scene *s, struct flow *f)
{
    struct ui *ui = s->ui;
    float line = ui->theme->row + 8;
    int n = s->travel->breaks.count;
    for (int i = 0; i < n || (i == 0 && !n); i++) {
        struct rect at = {f->in.x, f->in.y + f->y, f->in.w, line};
        bool marked = n && is_marked(s, f, line);
        if (f->show && n)
            row(s, at, i, marked);
        else if (f->show)
            ui_label(ui, at, TYPE_BODY, TONE_MUTED,
                     word(W_BREAKS_NONE, ui->lang));
        f->y += line;
    }
}

/* ---- what is offered ---- */

static void heading(struct scene *s, struct flow *f, enum break_kind kind)
{
    static const enum word words[] = {
        [BREAK_PROCESS] = W_BREAKS_OF_PROCESS,
        [BREAK_STATE] = W_BREAKS_OF_STATE,
        [BREAK_CALL] = W_BREAKS_OF_CALL,
        [BREAK_EVENT] = W_BREAKS_OF_EVENT,
    };
    float line = ui_leading(s->ui, TYPE_CAPTION) + SPACE_1;
    f->x = 0;
    f->y += SPACE_2;
    if (f->show)
        ui_label(s->ui, (struct rect){f->in.x, f->in.y + f->y, f->in.w, line},
                 TYPE_CAPTION, TONE_MUTED, word(words[kind], s->ui->lang));
    f->y += line;
}

static void offer(struct scene *s, struct flow *f, struct break_at at)
{
    struct ui *ui = s->ui;
    int64_t arg = (int64_t)at.kind * 65536 + at.value;
    struct button b = {.id = ui_make_id("offer", arg),
                       .label = short_of(s, at),
                       .on = breaks_place(&s->travel->breaks, at) >= 0,
                       .intent = {.what = DO_BREAK_AT, .arg = arg}};
    float w = fminf(ui_button_width(ui, b), f->in.w), h = ui->theme->control;
    if (f->x > 0 && f->x + w > f->in.w) {
        f->x = 0;
        f->y += h + SPACE_1;
    }
    b.at = (struct rect){f->in.x + f->x, f->in.y + f->y, w, h};
    bool marked = is_marked(s, f, h);
    if (f->show)
        ui_button(ui, b);
    if (f->show && marked)
        draw_box(ui->draw, (struct box){.at = rect_inset(b.at, 1), .radius = 8,
                                        .border = 2,
                                        .line = ui_tone(ui, TONE_FOCUS)});
    f->x += w + SPACE_1;
}

/* A divergence is an event of its own kind: they stand together. */
static void offers(struct scene *s, struct flow *f)
{
    struct break_at all[BREAKS_OFFERED_MOST];
    int n = breaks_offered(s->scenario, s->world->head->procs, all);
    for (int i = 0; i < n; i++) {
        bool first = !i || all[i].kind != all[i - 1].kind;
        if (first && i)
            f->y += s->ui->theme->control;
        if (first && all[i].kind == BREAK_DIVERGENCE)
            f->y -= s->ui->theme->control;
        else if (first)
            heading(s, f, all[i].kind);
        offer(s, f, all[i]);
    }
    f->y += s->ui->theme->control;
}

/* All of it; returns its height. */
static float content(struct scene *s, struct flow *f)
{
    list(s, f);
    offers(s, f);
    return f->y + SPACE_1;
}

/* A key has moved the mark: it is to be seen. */
static void reveal(struct view *v, const struct flow *f, float height)
{
    if (!v->reveal)
        return;
    v->overlay_scroll = fminf(v->overlay_scroll, f->marked[0]);
    v->overlay_scroll = fmaxf(v->overlay_scroll, f->marked[1] - height);
}

void breaks_draw(struct scene *s)
{
    enum { BAR = 14 };
    struct ui *ui = s->ui;
    float width = fminf(ui->theme->big ? 1000 : 640, ui->all.w - 32);
    float inner = width - 2 * SPACE_6;
    float about = ui_paragraph_height(ui, inner, TYPE_BODY,
                                      word(W_BREAKS_ABOUT, ui->lang));
    float keys = ui_paragraph_height(ui, inner, TYPE_CAPTION,
                                     word(W_BREAKS_KEYS, ui->lang));
    struct flow f = {.in = {0, 0, inner - BAR, 0}};
    float want = content(s, &f), rest = about + keys + 2 * SPACE_3 +
                                        ui_leading(ui, TYPE_TITLE) + SPACE_4 +
                                        2 * SPACE_6;
    struct rect in = ui_dialog(ui, ui_make_id("breaks", 0), width, want + rest,
                               word(W_BREAKS_TITLE, ui->lang),
                               (struct intent){.what = DO_CLOSE});
    ui_paragraph(ui, rect_cut_top(&in, about), TYPE_BODY, TONE_MUTED,
                 word(W_BREAKS_ABOUT, ui->lang));
    rect_cut_top(&in, SPACE_3);
    ui_paragraph(ui, rect_cut_bottom(&in, keys), TYPE_CAPTION, TONE_MUTED,
                 word(W_BREAKS_KEYS, ui->lang));
    rect_cut_bottom(&in, SPACE_3);
    reveal(s->view, &f, in.h);
    struct rect all = ui_scroll_begin(ui, ui_make_id("breaks", 1), in, want,
                                      &s->view->overlay_scroll);
    all.w = fminf(all.w, inner - BAR);
    f = (struct flow){.in = all, .show = true};
    content(s, &f);
    ui_scroll_end(ui);
    ui_dialog_end(ui);
}
