/* predict.c: the card of predict mode, in the place of the why line: the
 * question and what may be chosen; then what is right, and why. */
#include "render/panel.h"

#include <math.h>

enum { MARGIN = SPACE_3, HANDS_BAR = 6, EDGE = 2 };

/* ---- words ---- */

static const char *kept(const struct scene *s, struct str *made)
{
    const char *text = arena_copy(&s->ui->frame, str_text(made), made->length);
    str_free(made);
    return text;
}

static const char *question(const struct scene *s)
{
    struct str out = {0};
    question_write(&s->predict->q, &s->predict->now, s->ui->lang, &out);
    return kept(s, &out);
}

static struct text_parts choice(const struct scene *s, int i)
{
    struct str out = {0};
    question_write_choice(&s->predict->q, i, &s->predict->now, s->ui->lang,
                          &out);
    return scene_marked(s, TYPE_HEADING, kept(s, &out));
}

/* Why the answer is right, and why what was chosen is not. */
static const char *reason(const struct scene *s)
{
    const struct predict *p = s->predict;
    struct str out = {0};
    str_add(&out, str_text(&p->why[s->ui->lang]));
    if (p->chosen != NONE && p->chosen != p->q.answer) {
        if (out.length && s->ui->lang == LANG_EN)
            str_add_char(&out, ' ');
        question_write_wrong(&p->q, p->chosen, &p->now, s->ui->lang, &out);
    }
    return kept(s, &out);
}

/* ---- measures ---- */

static bool told(const struct scene *s)
{
    return s->predict->phase == PREDICT_TOLD;
}

/* Room at the right of a choice: for its mark, or for the count of hands. */
static float side_room(const struct scene *s)
{
    struct ui *ui = s->ui;
    float mark = fmaxf(ui_width(ui, TYPE_STRONG, word(W_PREDICT_RIGHT, ui->lang)),
                       ui_width(ui, TYPE_STRONG, word(W_PREDICT_YOURS, ui->lang)));
    float hands = ui_width(ui, TYPE_HEADING, "000") + 2 * ui->theme->control;
    float count = ui_width(ui, TYPE_HEADING, "000") + SPACE_2;
    mark += ui_leading(ui, TYPE_STRONG) + SPACE_2;
    if (!s->predict->hands)
        return mark;
    return fmaxf(hands, mark + count);
}

static float key_room(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_HEADING) + 3 * SPACE_2;
}

static float text_room(const struct scene *s, float width, int columns)
{
    float row = (width - (float)(columns - 1) * SPACE_2) / (float)columns;
    return row - 2 * EDGE - key_room(s) - side_room(s) - SPACE_2;
}

/* The most that a choice needs there. */
static float text_height_most(const struct scene *s, float room)
{
    float h = 0;
    for (int i = 0; i < s->predict->q.choices; i++) {
        struct text_parts text = choice(s, i);
        h = fmaxf(h, ui_parts_height(s->ui, room, TYPE_HEADING, &text));
    }
    return h;
}

static float row_height(const struct scene *s, float width, int columns)
{
    float h = text_height_most(s, text_room(s, width, columns)) + 2 * SPACE_2;
    return fmaxf(h, s->ui->theme->control) +
           (s->predict->hands ? HANDS_BAR + 2 : 0);
}

/* As many beside one another as have room for their texts in one line. */
static int columns_of(const struct scene *s, float width)
{
    int n = s->predict->q.choices;
    float line = ui_leading(s->ui, TYPE_HEADING) + 0.5f;
    for (int c = n; c > 1; c--) {
        float room = text_room(s, width, c);
        int rows = (n + c - 1) / c;
        if (room > 40 && text_height_most(s, room) <= line)
            return (n + rows - 1) / rows;
    }
    return 1;
}

static float choices_height(const struct scene *s, float width)
{
    int n = s->predict->q.choices, columns = columns_of(s, width);
    int rows = (n + columns - 1) / columns;
    return (float)rows * (row_height(s, width, columns) + SPACE_2);
}

/* The time, at the right of the question. */
static float clock_room(const struct scene *s)
{
    return ui_width(s->ui, TYPE_TITLE, "t = 0 000") + SPACE_3;
}

static enum type head_type(const struct scene *s, float width, const char *text)
{
    static const enum type sizes[] = {TYPE_WHY, TYPE_TITLE, TYPE_HEADING};
    float most = s->ui->all.h * 0.14f;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct text_parts parts = scene_marked(s, sizes[i], text);
        if (ui_parts_height(s->ui, width, sizes[i], &parts) <= most)
            return sizes[i];
    }
    return TYPE_BODY;
}

static float text_height(const struct scene *s, float width, const char *text)
{
    enum type t = head_type(s, width, text);
    struct text_parts parts = scene_marked(s, t, text);
    return ui_parts_height(s->ui, width, t, &parts);
}

/* Above the choices: the question; or, with it in small, verdict and reason.
 * `tight`: what has been answered is cut to a line. */
static float head_height(const struct scene *s, float width, bool tight)
{
    float room = width - clock_room(s);
    if (!told(s))
        return text_height(s, room, question(s));
    struct text_parts asked = scene_marked(s, TYPE_BODY, question(s));
    const char *why = reason(s);
    float line = ui_leading(s->ui, TYPE_BODY);
    return (tight ? line : ui_parts_height(s->ui, room, TYPE_BODY, &asked)) +
           SPACE_1 + ui_leading(s->ui, TYPE_TITLE) +
           (why[0] ? text_height(s, width, why) : 0);
}

float predict_strip_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_BODY) + SPACE_2;
}

float predict_card_height(const struct scene *s, float width)
{
    float w = width - 2 * SPACE_4;
    return head_height(s, w, false) + SPACE_2 + choices_height(s, w) +
           predict_strip_height(s) + 2 * MARGIN;
}

/* ---- how it stands ---- */

static const char *standing(const struct scene *s)
{
    const struct score *sc = &s->predict->score;
    int asked = score_asked(sc), skipped = score_skipped(sc);
    struct str out = {0};
    enum lang lang = s->ui->lang;
    str_addf(&out, word(W_SCORE_RIGHT, lang), score_right(sc), asked);
    if (sc->streak > 1)
        str_addf(&out, word(W_SCORE_STREAK, lang), sc->streak);
    if (skipped)
        str_addf(&out, word(W_SCORE_SKIPPED, lang), skipped);
    return kept(s, &out);
}

void predict_strip_draw(struct scene *s, struct rect row)
{
    struct ui *ui = s->ui;
    const struct predict *p = s->predict;
    const char *most = ui_format(ui, "1–%d", p->q.choices);
    const struct key_about asks[] = {{most, W_PREDICT_KEY_ANSWER},
                                    {"→", W_PREDICT_KEY_SKIP},
                                    {"V", W_PREDICT_KEY_HANDS},
                                    {"P", W_PREDICT_KEY_END}};
    const struct key_about hands[] = {{"↑ ↓", W_PREDICT_KEY_CHOICE},
                                     {"0–9", W_PREDICT_KEY_COUNT},
                                     {"+ −", W_PREDICT_KEY_ONE},
                                     {"Enter", W_PREDICT_KEY_REVEAL},
                                     {"→", W_PREDICT_KEY_SKIP},
                                     {"V", W_PREDICT_KEY_NO_HANDS}};
    const struct key_about on[] = {{"→", W_PREDICT_KEY_ON},
                                  {"Space", W_PREDICT_KEY_PLAY},
                                  {"Shift+P", W_PREDICT_KEY_SCORE},
                                  {"P", W_PREDICT_KEY_END}};
    const char *score = standing(s);
    float w = ui_width(ui, TYPE_STRONG, score) + SPACE_2;
    ui_label_short(ui, rect_cut_right(&row, fminf(w, row.w)), TYPE_STRONG,
                   ui_tone(ui, TONE_ACCENT_TEXT), ALIGN_RIGHT, score);
    rect_cut_right(&row, SPACE_3);
    if (p->phase != PREDICT_ASKS)
        scene_keys(s, row, on, 4);
    else if (p->hands)
        scene_keys(s, row, hands, 6);
    else
        scene_keys(s, row, asks, 4);
}

/* ---- a choice ---- */

enum mark { MARK_PLAIN, MARK_RIGHT, MARK_WRONG };

static enum mark mark_of(const struct scene *s, int i)
{
    const struct predict *p = s->predict;
    if (!told(s))
        return MARK_PLAIN;
    return i == p->q.answer ? MARK_RIGHT
           : i == p->chosen ? MARK_WRONG
                            : MARK_PLAIN;
}

static void surface(struct scene *s, struct rect at, int i, bool hot)
{
    struct ui *ui = s->ui;
    enum mark m = mark_of(s, i);
    bool at_it = s->predict->hands && !told(s) && i == s->predict->vote_at;
    enum tone ground = m == MARK_RIGHT   ? TONE_OK_SOFT
                       : m == MARK_WRONG ? TONE_ERROR_SOFT
                       : hot             ? TONE_HOVER
                                         : TONE_SURFACE;
    enum tone line = m == MARK_RIGHT   ? TONE_OK
                     : m == MARK_WRONG ? TONE_ERROR
                     : at_it           ? TONE_FOCUS
                                       : TONE_LINE;
    draw_box(ui->draw,
             (struct box){.at = at,
                          .radius = 8,
                          .fill = ui_tone(ui, ground),
                          .pattern = m == MARK_RIGHT ? PATTERN_HATCH
                                                     : PATTERN_NONE,
                          .ink = colour_fade(ui_tone(ui, TONE_OK), 0.18f),
                          .border = m != MARK_PLAIN || at_it ? 2.5f : 1,
                          .line = ui_tone(ui, line),
                          .dash = m == MARK_WRONG ? 6 : 0});
}

static void key_cap(struct scene *s, struct rect *at, int i)
{
    struct ui *ui = s->ui;
    struct rect cap = rect_cut_left(at, key_room(s));
    float size = ui_leading(ui, TYPE_HEADING) + SPACE_1;
    struct rect box = {cap.x + SPACE_2, cap.y + (cap.h - size) / 2, size, size};
    draw_box(ui->draw, (struct box){.at = box, .radius = 6,
                                    .fill = ui_tone(ui, TONE_ACCENT)});
    ui_label_in(ui, box, TYPE_HEADING, ui_tone(ui, TONE_ON_ACCENT),
                ALIGN_CENTRE, ui_format(ui, "%d", i + 1));
}

/* "✓ right", "✗ chosen": never by colour alone. */
static void verdict_mark(struct scene *s, struct rect *at, int i)
{
    struct ui *ui = s->ui;
    enum mark m = mark_of(s, i);
    if (m == MARK_PLAIN)
        return;
    const char *text = word(m == MARK_RIGHT ? W_PREDICT_RIGHT : W_PREDICT_YOURS,
                            ui->lang);
    float line = ui_leading(ui, TYPE_STRONG);
    struct rect side =
        rect_cut_right(at, ui_width(ui, TYPE_STRONG, text) + line + SPACE_2);
    struct rect icon = rect_cut_left(&side, line);
    icon = rect_middle(icon, line - 4, line - 4);
    enum tone ink = m == MARK_RIGHT ? TONE_OK : TONE_ERROR;
    icon_draw(ui->draw, m == MARK_RIGHT ? ICON_CHECK : ICON_CROSS, icon,
              ui_tone(ui, ink));
    ui_label(ui, side, TYPE_STRONG, TONE_TEXT, text);
}

static void count_button(struct scene *s, struct rect at, int i, int by)
{
    ui_button(s->ui, (struct button){
                         .at = rect_inset(at, 2),
                         .id = ui_make_id("vote", i * 2 + (by > 0)),
                         .kind = BUTTON_QUIET,
                         .icon = by > 0 ? ICON_PLUS : ICON_MINUS,
                         .tip = word(by > 0 ? W_TIP_MORE : W_TIP_LESS,
                                     s->ui->lang),
                         .key = i != s->predict->vote_at ? NULL
                                : by > 0               ? "+"
                                                       : "−",
                         .off = by < 0 && !s->predict->vote[i],
                         .intent = {.what = DO_VOTE, .arg = i, .value = by}});
}

/* How many hands, with − and + while they are counted. */
static void count(struct scene *s, struct rect *at, int i)
{
    struct ui *ui = s->ui;
    float size = ui->theme->control, digits = ui_width(ui, TYPE_HEADING, "000");
    if (!s->predict->hands)
        return;
    if (!told(s))
        count_button(s, rect_cut_right(at, size), i, 1);
    ui_label_in(ui, rect_cut_right(at, digits), TYPE_HEADING,
                ui_tone(ui, TONE_TEXT), ALIGN_CENTRE,
                ui_format(ui, "%d", s->predict->vote[i]));
    if (!told(s))
        count_button(s, rect_cut_right(at, size), i, -1);
}

/* The share of all hands, at the foot. */
static void bar(struct scene *s, struct rect at, int i)
{
    struct ui *ui = s->ui;
    const struct predict *p = s->predict;
    int all = predict_hands(p);
    float part = all ? (float)p->vote[i] / (float)all : 0;
    bool right = told(s) && i == p->q.answer;
    draw_rect(ui->draw, at, ui_tone(ui, TONE_INSET));
    if (part > 0)
        draw_box(ui->draw,
                 (struct box){.at = {at.x, at.y, at.w * part, at.h},
                              .fill = ui_tone(ui, right ? TONE_OK : TONE_ACCENT),
                              .pattern = right ? PATTERN_HATCH : PATTERN_NONE,
                              .ink = ui_tone(ui, TONE_SURFACE)});
}

/* On a coloured ground a name has no colour of its own. */
static struct text_parts in_black(const struct scene *s, struct text_parts p)
{
    size_t n = 1;
    while (p.spans[n - 1].end < p.length)
        n++;
    struct text_span *spans = arena_alloc(&s->ui->frame, n * sizeof *spans);
    for (size_t i = 0; i < n; i++) {
        spans[i] = p.spans[i];
        spans[i].ink = ui_tone(s->ui, TONE_TEXT);
    }
    return (struct text_parts){p.text, p.length, spans};
}

static void draw_choice(struct scene *s, struct rect at, int i)
{
    struct ui *ui = s->ui;
    bool hands = s->predict->hands, asks = !told(s);
    ui_id id = ui_make_id("choice", i);
    struct rect take = at;
    if (hands && asks)
        rect_cut_right(&take, side_room(s)); /* its own buttons are there */
    bool hot = asks && ui_hover(ui, id, take);
    if (asks)
        ui_pressed(ui, id, take,
                   (struct intent){.what = hands ? DO_VOTE : DO_ANSWER,
                                   .arg = i, .value = 1});
    if (hot)
        ui->cursor = CURSOR_HAND;
    surface(s, at, i, hot);
    struct rect in = rect_inset_xy(at, EDGE, 0);
    if (hands)
        bar(s, rect_inset_xy(rect_cut_bottom(&in, HANDS_BAR + 2), 6, 1), i);
    key_cap(s, &in, i);
    rect_cut_right(&in, SPACE_2);
    verdict_mark(s, &in, i);
    count(s, &in, i);
    struct text_parts text = choice(s, i);
    if (mark_of(s, i) != MARK_PLAIN)
        text = in_black(s, text);
    float h = ui_parts_height(ui, in.w, TYPE_HEADING, &text);
    ui_parts(ui, rect_middle(in, in.w, fminf(h, in.h)), TYPE_HEADING, &text);
}

static void choices(struct scene *s, struct rect in)
{
    int n = s->predict->q.choices, columns = columns_of(s, in.w);
    float h = row_height(s, in.w, columns);
    for (int i = 0; i < n; i += columns) {
        struct rect row = rect_cut_top(&in, h);
        rect_cut_top(&in, SPACE_2);
        for (int c = 0; c < columns && i + c < n; c++)
            draw_choice(s, rect_column(row, c, columns, SPACE_2), i + c);
    }
}

/* ---- the card ---- */

static void big_text(struct scene *s, struct rect *in, const char *text)
{
    enum type t = head_type(s, in->w, text);
    struct text_parts parts = scene_marked(s, t, text);
    float h = ui_parts_height(s->ui, in->w, t, &parts);
    ui_parts(s->ui, rect_cut_top(in, h), t, &parts);
}

/* "Right!", "Not this time", "17 of 25 hands were right". */
static void verdict(struct scene *s, struct rect row)
{
    struct ui *ui = s->ui;
    const struct predict *p = s->predict;
    bool right = p->chosen == p->q.answer;
    const char *text = word(right ? W_PREDICT_WELL : W_PREDICT_WRONG, ui->lang);
    if (p->hands)
        text = scene_say(s, W_PREDICT_HANDS_RIGHT, p->vote[p->q.answer],
                         predict_hands(p));
    float line = ui_leading(ui, TYPE_TITLE);
    enum tone ink = right ? TONE_OK : TONE_ERROR;
    struct rect icon = rect_middle(rect_cut_left(&row, line), line - 6, line - 6);
    icon_draw(ui->draw, right ? ICON_CHECK : ICON_CROSS, icon, ui_tone(ui, ink));
    rect_cut_left(&row, SPACE_2);
    ui_label(ui, row, TYPE_TITLE, TONE_TEXT, text);
}

static void head(struct scene *s, struct rect in, bool tight)
{
    struct ui *ui = s->ui;
    struct rect first = in;
    tick t = told(s) ? s->predict->q.seen : s->predict->q.asked;
    float line = ui_leading(ui, TYPE_TITLE);
    struct rect side = rect_cut_right(&first, clock_room(s));
    ui_label_in(ui, rect_cut_top(&side, line), TYPE_TITLE,
                ui_tone(ui, TONE_ACCENT_TEXT), ALIGN_RIGHT,
                ui_format(ui, "t = %s", scene_number(s, t)));
    if (!told(s)) {
        big_text(s, &first, question(s));
        return;
    }
    struct text_parts asked = scene_marked(s, TYPE_BODY, question(s));
    float h = tight ? ui_leading(ui, TYPE_BODY)
                    : ui_parts_height(ui, first.w, TYPE_BODY, &asked);
    if (tight)
        ui_label_short(ui, rect_cut_top(&first, h), TYPE_BODY,
                       ui_tone(ui, TONE_TEXT), ALIGN_LEFT, question(s));
    else
        ui_parts(ui, rect_cut_top(&first, h), TYPE_BODY, &asked);
    rect_cut_top(&in, h + SPACE_1);
    struct rect row = rect_cut_top(&in, line);
    rect_cut_right(&row, clock_room(s));
    verdict(s, row);
    const char *why = reason(s);
    if (why[0])
        big_text(s, &in, why);
}

void predict_card_draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    draw_box(ui->draw, (struct box){.at = at,
                                    .radius = ui->theme->radius,
                                    .fill = ui_tone(ui, TONE_ACCENT_SOFT),
                                    .border = 2,
                                    .line = ui_tone(ui, TONE_ACCENT)});
    /* In a small window the margins are the first to go. */
    float lack = predict_card_height(s, at.w) - at.h;
    float margin = fmaxf(MARGIN - fmaxf(lack, 0) / 2, 1);
    struct rect in = rect_inset_xy(at, SPACE_4, margin);
    bool tight = lack > 2 * (MARGIN - 1);
    head(s, rect_cut_top(&in, head_height(s, in.w, tight)), tight);
    rect_cut_top(&in, SPACE_2);
    predict_strip_draw(s, rect_cut_bottom(&in, predict_strip_height(s)));
    choices(s, in);
}
