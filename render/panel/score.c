/* score.c: the dialog of predict mode: how well each kind of question went and
 * whether it is asked, how often, and the moments that were wrong. */
#include "render/panel.h"

#include "render/stage_predict.h"

#include <math.h>

static float line_height(const struct scene *s)
{
    return s->ui->theme->row + 8;
}

static struct rect row_of(struct scene *s, struct rect at, int row)
{
    return ui_list_row(
        s->ui, (struct list_row){.at = at,
                                 .id = ui_make_id("score", row),
                                 .selected = row == s->view->list_at,
                                 .intent = {.what = DO_SCORE_ROW, .arg = row,
                                            .value = 1}});
}

static float numbers_room(const struct scene *s)
{
    return ui_width(s->ui, TYPE_BODY, scene_say(s, W_SCORE_KIND, 999, 999)) +
           ui_width(s->ui, TYPE_BODY, scene_say(s, W_SCORE_SKIPPED, 99)) +
           SPACE_3;
}

/* A kind: asked or not, its title, how it went. */
static void kind_row(struct scene *s, struct rect at, int k)
{
    struct ui *ui = s->ui;
    const struct score *sc = &s->predict->score;
    bool wanted = s->predict->wish.kinds >> k & 1;
    struct rect in = row_of(s, at, k);
    struct rect box = rect_cut_left(&in, in.h);
    box = rect_middle(box, 18, 18);
    draw_box(ui->draw, (struct box){.at = box, .radius = 4,
                                    .fill = ui_tone(ui, TONE_INSET),
                                    .border = 1.5f,
                                    .line = ui_tone(ui, TONE_LINE)});
    if (wanted)
        icon_draw(ui->draw, ICON_CHECK, rect_inset(box, 2),
                  ui_tone(ui, TONE_ACCENT_TEXT));
    const char *text =
        sc->asked[k] ? scene_say(s, W_SCORE_KIND, sc->right[k], sc->asked[k])
                     : "–";
    if (sc->skipped[k])
        text = ui_format(ui, "%s%s", text,
                         scene_say(s, W_SCORE_SKIPPED, sc->skipped[k]));
    ui_label_in(ui, rect_cut_right(&in, numbers_room(s)), TYPE_BODY,
                ui_tone(ui, TONE_TEXT), ALIGN_RIGHT, text);
    ui_label(ui, in, TYPE_BODY, wanted ? TONE_TEXT : TONE_MUTED,
             question_kind_title((enum question_kind)k, ui->lang));
}

static void every_row(struct scene *s, struct rect at)
{
    struct rect in = row_of(s, at, SCORE_ROW_EVERY);
    int every = s->predict->wish.every;
    ui_label(s->ui, in, TYPE_BODY, TONE_TEXT,
             every == 1 ? word(W_SCORE_EVERY, s->ui->lang)
                        : scene_say(s, W_SCORE_EVERY_N, every));
}

static void miss_row(struct scene *s, struct rect at, int i)
{
    const struct miss *m = &s->predict->score.miss[i];
    struct rect in = row_of(s, at, SCORE_ROW_MISSES + i);
    float line = ui_leading(s->ui, TYPE_BODY);
    struct rect icon = rect_middle(rect_cut_left(&in, in.h), line - 6, line - 6);
    icon_draw(s->ui->draw, ICON_CROSS, icon, ui_tone(s->ui, TONE_ERROR));
    ui_label(s->ui, in, TYPE_BODY, TONE_TEXT,
             scene_say(s, W_SCORE_MISS, scene_number(s, m->t),
                       question_kind_title(m->kind, s->ui->lang)));
}

/* "12 of 15 right · 4 in a row at best · hands: 60 of 75". */
static const char *all_in_all(const struct scene *s)
{
    const struct score *sc = &s->predict->score;
    enum lang lang = s->ui->lang;
    struct str out = {0};
    str_addf(&out, word(W_SCORE_RIGHT, lang), score_right(sc), score_asked(sc));
    if (sc->best > 1)
        str_addf(&out, word(W_SCORE_BEST, lang), sc->best);
    if (sc->votes)
        str_addf(&out, word(W_SCORE_HANDS, lang), sc->votes_right, sc->votes);
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return text;
}

static void rows(struct scene *s, struct rect in, float line)
{
    int misses = s->predict->score.misses;
    for (int k = 0; k < QUESTION_KINDS; k++)
        kind_row(s, rect_cut_top(&in, line), k);
    every_row(s, rect_cut_top(&in, line));
    ui_label(s->ui, rect_cut_top(&in, line), TYPE_STRONG, TONE_MUTED,
             word(misses ? W_SCORE_MISSES : W_SCORE_NO_MISSES, s->ui->lang));
    for (int i = 0; i < misses; i++)
        miss_row(s, rect_cut_top(&in, line), i);
}

void score_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    float line = line_height(s);
    float width = fminf(ui->theme->big ? 1000 : 640, ui->all.w - 32);
    float inner = width - 2 * SPACE_6, control = ui->theme->control;
    const char *keys = word(W_SCORE_KEYS, ui->lang);
    float foot = ui_paragraph_height(ui, inner, TYPE_CAPTION, keys);
    float list = line * (float)(QUESTION_KINDS + 2 + s->predict->score.misses);
    float top = ui_leading(ui, TYPE_HEADING) + SPACE_2;
    float rest = top + foot + control + 2 * SPACE_3 +
                 ui_leading(ui, TYPE_TITLE) + SPACE_4 + 2 * SPACE_6;
    struct rect in = ui_dialog(ui, ui_make_id("score", 100), width, list + rest,
                               word(W_SCORE_TITLE, ui->lang),
                               (struct intent){.what = DO_CLOSE});
    ui_label(ui, rect_cut_top(&in, top), TYPE_HEADING, TONE_TEXT, all_in_all(s));
    ui_paragraph(ui, rect_cut_bottom(&in, foot), TYPE_CAPTION, TONE_MUTED, keys);
    rect_cut_bottom(&in, SPACE_3);
    struct button clear = {.id = ui_make_id("score", 101),
                           .icon = ICON_RELOAD,
                           .label = word(W_SCORE_CLEAR, ui->lang),
                           .key = "Delete",
                           .intent = {.what = DO_SCORE_CLEAR}};
    struct rect row = rect_cut_bottom(&in, control);
    clear.at = rect_cut_left(&row, ui_button_width(ui, clear));
    ui_button(ui, clear);
    rect_cut_bottom(&in, SPACE_3);
    struct rect all = ui_scroll_begin(ui, ui_make_id("score", 102), in, list,
                                      &s->view->overlay_scroll);
    rows(s, all, line);
    ui_scroll_end(ui);
    ui_dialog_end(ui);
}
