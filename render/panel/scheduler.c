/* scheduler.c: the dialog in which the policy and its settings are chosen.
 *
 * What is chosen decides from the moment shown on: the past stays as it was,
 * and the run takes another branch there; the one that was left stays to be
 * seen beside it. So "what would have happened if" is two clicks away. Opened
 * from the comparison, it makes one more run to compare, from the beginning. */
#include "render/panel/settings.h"

#include "render/layout.h"

#include <math.h>

enum { WIDTH_MOST = 1160, TEXT_LEAST = 380 };

/* The dot of the one that decides now. */
static float dot(const struct scene *s)
{
    return s->ui->theme->types[TYPE_BODY].size * 0.7f;
}

static const struct policy_entry *chosen(const struct scene *s)
{
    return &s->feed->policies[s->view->wish.name];
}

static const char *title_of(const struct scene *s, int i)
{
    return text_in(*s->feed->policies[i].title, s->ui->lang);
}

/* Keeps the piece [from, to) of a list in sight after a key. */
static void reveal(const struct scene *s, float *scroll, float from, float to,
                   float room)
{
    if (!s->view->reveal)
        return;
    *scroll = fmaxf(*scroll, to - room);
    *scroll = fminf(*scroll, from);
}

/* ---- the policies ---- */

static float policy_height(const struct scene *s)
{
    return setting_height(s) + SPACE_1;
}

static float policies_width(const struct scene *s)
{
    float w = 0;
    for (int i = 0; i < POLICY_COUNT; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_STRONG, title_of(s, i)));
    return ceilf(w) + 2 * (dot(s) + SPACE_3) + 14;
}

static void policy_button(struct scene *s, struct rect at, int i)
{
    struct ui *ui = s->ui;
    bool now = !s->view->for_rival && i == (int)world_scheduler(s->world)->name;
    bool on = i == (int)s->view->wish.name;
    ui_button(ui, (struct button){
                      .at = at,
                      .id = ui_make_id("policy", i),
                      .label = title_of(s, i),
                      .tip = text_in(*s->feed->policies[i].about, ui->lang),
                      .on = on,
                      .intent = {.what = DO_POLICY, .arg = i}});
    if (on && s->view->setting_at == NONE)
        draw_box(ui->draw,
                 (struct box){.at = rect_inset(at, 1), .radius = 8, .border = 2,
                              .line = ui_tone(ui, TONE_FOCUS)});
    if (now)
        draw_circle(ui->draw,
                    (struct point){at.x + SPACE_2 + dot(s) / 2,
                                   at.y + at.h / 2},
                    dot(s) / 2, ui_tone(ui, TONE_OK), 1.5f,
                    ui_tone(ui, TONE_SURFACE));
}

static void policy_list(struct scene *s, struct rect in)
{
    float h = policy_height(s), top = h * (float)s->view->wish.name;
    if (s->view->setting_at == NONE)
        reveal(s, &s->view->overlay_scroll, top, top + h, in.h);
    struct rect all = ui_scroll_begin(s->ui, ui_make_id("scheduler", 1), in,
                                      h * POLICY_COUNT,
                                      &s->view->overlay_scroll);
    for (int i = 0; i < POLICY_COUNT; i++) {
        struct rect row = rect_cut_top(&all, h);
        row.h -= SPACE_1;
        policy_button(s, row, i);
    }
    ui_scroll_end(s->ui);
}

/* ---- the one chosen ---- */

static void setting_list(struct scene *s, struct rect in)
{
    int at = s->view->setting_at;
    float width = in.w;
    if (settings_top(s, width, SETTINGS_MOST) > in.h)
        width -= 14; /* the bar's */
    if (at != NONE)
        reveal(s, &s->view->setting_scroll, settings_top(s, width, at),
               settings_top(s, width, at + 1), in.h);
    struct rect all = ui_scroll_begin(
        s->ui, ui_make_id("scheduler", 2), in,
        settings_top(s, width, SETTINGS_MOST), &s->view->setting_scroll);
    settings_draw(s, all);
    ui_scroll_end(s->ui);
}

/* The most that the text on any policy takes: the rows keep their place. */
static float about_height(const struct scene *s, float width)
{
    float most = 0;
    for (int i = 0; i < POLICY_COUNT; i++) {
        const char *text = text_in(*s->feed->policies[i].about, s->ui->lang);
        most = fmaxf(most, ui_paragraph_height(s->ui, width, TYPE_BODY, text));
    }
    return most;
}

static void right_side(struct scene *s, struct rect in)
{
    const char *about = text_in(*chosen(s)->about, s->ui->lang);
    struct rect text = rect_cut_top(&in, about_height(s, in.w));
    ui_paragraph(s->ui, text, TYPE_BODY, TONE_MUTED, about);
    rect_cut_top(&in, SPACE_3);
    setting_list(s, in);
}

/* ---- below ---- */

static struct button go_button(struct scene *s)
{
    enum lang lang = s->ui->lang;
    bool same = whatif_is_present(s->view, world_scheduler(s->world));
    return (struct button){
        .kind = BUTTON_PRIMARY,
        .id = ui_make_id("reschedule", 0),
        .label = s->view->for_rival
                     ? word(W_COMPARE_ADD_THIS, lang)
                     : scene_say(s, W_SCHEDULER_FROM_NOW,
                                 scene_number(s, scene_now(s))),
        .tip = same ? word(W_SCHEDULER_SAME, lang) : NULL,
        .key = "Enter",
        .off = same,
        .intent = {.what = DO_RESCHEDULE}};
}

static void last_row(struct scene *s, struct rect row)
{
    struct ui *ui = s->ui;
    struct button go = go_button(s);
    go.at = rect_cut_right(&row, ui_button_width(ui, go));
    ui_button(ui, go);
    rect_cut_right(&row, SPACE_3);
    if (s->view->for_rival)
        return;
    draw_circle(ui->draw,
                (struct point){row.x + dot(s) / 2, row.y + row.h / 2},
                dot(s) / 2, ui_tone(ui, TONE_OK), 0, 0);
    rect_cut_left(&row, dot(s) + SPACE_2);
    ui_label(ui, row, TYPE_BODY, TONE_MUTED, word(W_SCHEDULER_NOW, ui->lang));
}

static void keys(struct scene *s, struct rect row)
{
    static const struct key_about all[] = {
        {"↑ ↓", W_SCHEDULER_KEY_CHOOSE},
        {"Tab", W_SCHEDULER_KEY_SETTINGS},
        {"− +", W_SCHEDULER_KEY_CHANGE},
        {"PgUp PgDn", W_SCHEDULER_KEY_TEN},
        {"Esc", W_COMPARE_KEY_BACK}};
    scene_keys(s, row, all, sizeof all / sizeof *all);
}

void scheduler_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    bool rival = s->view->for_rival;
    float control = ui->theme->control, left = policies_width(s);
    float wide = fmaxf(settings_width(s) + 14, TEXT_LEAST);
    float width = fminf(left + SPACE_6 + wide + 2 * SPACE_6, WIDTH_MOST);
    width = fminf(fmaxf(width, WIDTH_MOST * 0.66f), ui->all.w - 32);
    float caption = ui_leading(ui, TYPE_CAPTION) + 6;
    float foot = control + caption + SPACE_3 + SPACE_2;
    float height = policy_height(s) * POLICY_COUNT + foot +
                   ui_leading(ui, TYPE_TITLE) + SPACE_4 + 2 * SPACE_6;
    struct rect in = ui_dialog(
        ui, ui_make_id("scheduler", 0), width, height,
        word(rival ? W_COMPARE_ADD_TITLE : W_SCHEDULER_TITLE, ui->lang),
        (struct intent){.what = DO_CLOSE});
    struct rect below = rect_cut_bottom(&in, foot);
    policy_list(s, rect_cut_left(&in, left));
    rect_cut_left(&in, SPACE_6);
    right_side(s, in);
    keys(s, rect_cut_bottom(&below, caption));
    rect_cut_bottom(&below, SPACE_2);
    last_row(s, rect_cut_bottom(&below, control));
    ui_dialog_end(ui);
}
