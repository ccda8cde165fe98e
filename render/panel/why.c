/* why.c: one sentence for the step that led here, cause first; below it the
 * author's note on the statement, if there is one. */
#include "render/panel.h"

#include "sim/model/explain.h"

#include <math.h>

/* Above and below, where a note takes a line from the sentence: so two lines
 * of it have room above the note, and it stays the largest on screen. */
enum { LEAST_MARGIN = 3 };

/* The op that the step before the cursor is about, -1: none. */
static int32_t step_op(const struct scene *s)
{
    struct step_range last = travel_last_step(s->travel);
    int32_t op = -1;
    for (size_t i = last.end; i > last.begin; i--) {
        const struct event *e = trace_at(s->trace, i - 1);
        if (e->kind == EV_OP || e->kind == EV_BLOCK || e->kind == EV_DIVERGE)
            return e->aux;
        if (e->kind == EV_AT && op < 0)
            op = e->aux;
    }
    return op;
}

static const char *note(const struct scene *s)
{
    int32_t op = step_op(s);
    if (op < 0 || op >= s->scenario->op_count)
        return "";
    int32_t n = s->scenario->ops[op].note;
    return n < 0 ? "" : text_in(s->scenario->texts[n], s->ui->lang);
}

static enum tone ground(const struct scene *s)
{
    struct step_range last = travel_last_step(s->travel);
    for (size_t i = last.begin; i < last.end; i++) {
        int kind = trace_at(s->trace, i)->kind;
        if (kind == EV_DIVERGE || kind == EV_DEADLOCK)
            return TONE_ERROR_SOFT;
    }
    return s->world->head->stop == STOP_DEADLOCK ? TONE_ERROR_SOFT
                                                 : TONE_ACCENT_SOFT;
}

static void surface(struct scene *s, struct rect at)
{
    enum tone g = ground(s);
    colour line = ui_tone(s->ui, g == TONE_ERROR_SOFT ? TONE_ERROR
                                                      : TONE_ACCENT);
    draw_box(s->ui->draw, (struct box){.at = at,
                                       .radius = s->ui->theme->radius,
                                       .fill = ui_tone(s->ui, g),
                                       .border = 1,
                                       .line = colour_fade(line, 0.45f)});
}

static const char *clock_text(struct scene *s)
{
    return ui_format(s->ui, "t = %s", scene_number(s, scene_now(s)));
}

/* Cuts the room of the time off, at the right; there is room for three digits at
 * any time. */
static struct rect clock_room(struct scene *s, struct rect *in)
{
    float w = fmaxf(ui_width(s->ui, TYPE_WHY, clock_text(s)),
                    ui_width(s->ui, TYPE_WHY, "t = 000"));
    struct rect at = rect_cut_right(in, w + SPACE_2);
    rect_cut_right(in, SPACE_3);
    return at;
}

static void clock(struct scene *s, struct rect *in)
{
    struct rect at = clock_room(s, in);
    ui_label_in(s->ui, at, TYPE_WHY, ui_tone(s->ui, TONE_ACCENT_TEXT),
                ALIGN_RIGHT, clock_text(s));
}

static float height_of(struct scene *s, float width, enum type t,
                       const char *sentence)
{
    struct text_parts parts = scene_marked(s, t, sentence);
    return ui_parts_height(s->ui, width, t, &parts);
}

/* The largest type in which the sentence has room; TYPE_BODY at least. */
static enum type type_for(struct scene *s, struct rect in, const char *sentence)
{
    static const enum type sizes[] = {TYPE_WHY, TYPE_TITLE, TYPE_HEADING};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (height_of(s, in.w, sizes[i], sentence) <= in.h + 0.5f)
            return sizes[i];
    return TYPE_BODY;
}

typedef void telling(const struct world *, const struct trace *, size_t,
                     enum lang, struct str *);

static const char *told(struct scene *s, telling *tell)
{
    struct str sentence = {0};
    tell(travel_told_world(s->travel), s->trace,
         travel_last_step(s->travel).end, s->ui->lang, &sentence);
    const char *text = ui_format(s->ui, "%s", str_text(&sentence));
    str_free(&sentence);
    return text;
}

/* All that the step did where that has room, else what it is about. */
static const char *why(struct scene *s, struct rect in)
{
    const char *all = told(s, explain_step);
    bool room = height_of(s, in.w, TYPE_BODY, all) <= in.h + 0.5f;
    return room ? all : told(s, explain_main);
}

/* The sentence comes before what keys do. */
static bool strip_has_room(struct scene *s, struct rect at)
{
    const char *more = note(s);
    struct rect in = rect_inset_xy(at, SPACE_4, SPACE_2);
    clock_room(s, &in);
    float need = height_of(s, in.w, TYPE_BODY, told(s, explain_main)) +
                 (more[0] ? 2 * ui_leading(s->ui, TYPE_BODY) : 0);
    return need + predict_strip_height(s) + SPACE_2 <= in.h;
}

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    if (s->predict->on && s->predict->phase != PREDICT_WAITS) {
        predict_card_draw(s, at);
        return;
    }
    surface(s, at);
    if (s->predict->on && strip_has_room(s, at)) {
        struct rect strip = rect_cut_bottom(&at, predict_strip_height(s) + SPACE_2);
        rect_cut_bottom(&strip, SPACE_2);
        predict_strip_draw(s, rect_inset_xy(strip, SPACE_4, 0));
    }
    const char *more = note(s);
    float margin = more[0] ? LEAST_MARGIN : SPACE_2;
    struct rect in = rect_inset_xy(at, SPACE_4, margin);
    clock(s, &in);
    float below = more[0] ? ui_paragraph_height(ui, in.w, TYPE_BODY, more) : 0;
    below = fminf(below, 2 * ui_leading(ui, TYPE_BODY));
    struct rect above = {in.x, in.y, in.w, in.h - below};
    const char *sentence = why(s, above);
    enum type t = type_for(s, above, sentence);
    struct text_parts parts = scene_marked(s, t, sentence);
    float used = ui_parts_height(ui, in.w, t, &parts);
    float y = in.y + fmaxf((in.h - used - below) / 2, 0);
    ui_parts(ui, (struct rect){in.x, y, in.w, used}, t, &parts);
    if (more[0])
        ui_paragraph(ui, (struct rect){in.x, y + used, in.w, below}, TYPE_BODY,
                     TONE_MUTED, more);
}

static struct extent least(const struct scene *s)
{
    float h = 2 * ui_leading(s->ui, TYPE_WHY) + SPACE_4;
    if (s->predict->on && s->predict->phase != PREDICT_WAITS)
        h = predict_card_height(s, s->ui->all.w - 20);
    else if (s->predict->on)
        h += predict_strip_height(s) + SPACE_2;
    return (struct extent){500, h};
}

const struct panel panel_why = {
    .title = W_PANEL_WHY,
    .wanted = panel_always,
    .least = least,
    .draw = draw,
};
