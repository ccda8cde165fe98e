/* title.c: the bar on top: which lesson, under which rules, and whether the
 * real kernel takes part. */
#include "render/panel.h"

#include <math.h>

static const char *policy_title(const struct scene *s)
{
    enum policy_name name = world_scheduler(s->world)->name;
    return text_in(*s->feed->policies[name].title, s->ui->lang);
}

static float pill_width(const struct scene *s, float height, enum icon icon,
                        const char *text)
{
    float body = s->ui->theme->types[TYPE_BODY].size;
    return ceilf(ui_width(s->ui, TYPE_STRONG, text)) + 2 * height * 0.42f +
           (icon ? body * 1.4f * 0.8f + 5 : 0) + 1;
}

/* Takes a pill's width off the right end of the bar and draws it there. */
static void pill_right(struct scene *s, struct rect *row, enum icon icon,
                       const char *text, enum tone ground, enum tone ink)
{
    struct ui *ui = s->ui;
    float w = pill_width(s, row->h, icon, text);
    ui_pill(ui, rect_cut_right(row, w), icon, text, ground, ink);
    rect_cut_right(row, SPACE_2);
}

static void button_right(struct scene *s, struct rect *row, enum wish what,
                         enum icon icon, const char *label)
{
    struct button b = command_button(s->ui, what, *row);
    b.kind = BUTTON_BAR;
    b.icon = icon;
    b.label = label;
    b.at = rect_cut_right(row, ui_button_width(s->ui, b));
    ui_button(s->ui, b);
    rect_cut_right(row, 6);
}

/* The menus, at the left; a projector has no room for what few use there: F10
 * calls them. */
static void menu_button(struct scene *s, struct rect *row)
{
    struct ui *ui = s->ui;
    if (ui->theme->big)
        return;
    struct button b = command_button(ui, DO_MENU, *row);
    b.kind = BUTTON_BAR;
    b.icon = ICON_MENU;
    b.at = rect_cut_left(row, ui_button_width(ui, b));
    ui_button(ui, b);
    rect_cut_left(row, SPACE_2);
}

static void badge(struct scene *s, struct rect *row)
{
    const struct world_head *h = s->world->head;
    long long steps = (long long)(h->confirmed + h->diverged);
    float right = row->x + row->w;
    if (h->diverged)
        pill_right(s, row, ICON_WARNING,
                   scene_say(s, W_BADGE_DIVERGED, (long long)h->diverged, steps),
                   TONE_ERROR_SOFT, TONE_ERROR);
    else if (s->feed->live)
        pill_right(s, row, ICON_LIVE,
                   scene_say(s, W_BADGE_LIVE, (long long)h->confirmed, steps),
                   TONE_OK_SOFT, TONE_OK);
    else if (s->feed->notice)
        pill_right(s, row, ICON_WARNING, word(W_BADGE_MODEL, s->ui->lang),
                   TONE_WARN_SOFT, TONE_WARN);
    else
        pill_right(s, row, ICON_NONE, word(W_BADGE_MODEL, s->ui->lang),
                   TONE_BAR_INSET, TONE_BAR_TEXT);
    struct rect at = {row->x + row->w + SPACE_2, row->y,
                      right - row->x - row->w - SPACE_2, row->h};
    ui_id id = ui_make_id("badge", 0);
    ui_hover(s->ui, id, at);
    ui_tip(s->ui, id, at,
           s->feed->notice ? s->feed->notice
                           : word(s->feed->live ? W_TIP_LIVE : W_TIP_MODEL,
                                  s->ui->lang),
           NULL);
}

/* A rule of the lesson, where it leaves the title its room. */
static void rule(struct scene *s, struct rect *row, enum icon icon,
                 const char *text)
{
    const char *title = text_in(s->scenario->title, s->ui->lang);
    float room = ui_width(s->ui, TYPE_STRONG, title) + SPACE_4;
    if (row->w - pill_width(s, row->h, icon, text) >= room)
        pill_right(s, row, icon, text, TONE_BAR_INSET, TONE_BAR_TEXT);
}

static void rules(struct scene *s, struct rect *row)
{
    int cpus = s->scenario->machine.cpus;
    tick q = world_scheduler(s->world)->quantum;
    rule(s, row, ICON_CPU,
         scene_say(s, cpus == 1 ? W_TITLE_CPU : W_TITLE_CPUS, cpus));
    rule(s, row, ICON_NONE,
         q ? scene_say(s, W_TITLE_QUANTUM, policy_title(s), (long long)q)
           : policy_title(s));
}

/* The lesson's title; it may be cut, for the list has the whole of it. */
static void lesson(struct scene *s, struct rect row)
{
    struct ui *ui = s->ui;
    const char *title = text_in(s->scenario->title, ui->lang);
    if (!ui->theme->big && row.w > 420) {
        float used = ui_label_in(ui, row, TYPE_TITLE,
                                 ui_tone(ui, TONE_BAR_TEXT), ALIGN_LEFT,
                                 "Timeslice");
        rect_cut_left(&row, used + SPACE_4);
    }
    ui_id id = ui_make_id("lesson", 0);
    ui_pressed(ui, id, row, (struct intent){.what = DO_NOTES});
    if (ui->hot == id)
        ui->cursor = CURSOR_HAND;
    enum type type = ui->theme->big ? TYPE_HEADING : TYPE_TITLE;
    if (ui_width(ui, type, title) > row.w)
        type = TYPE_STRONG;
    ui_label_short(ui, row, type, ui_tone(ui, TONE_BAR_MUTED), ALIGN_LEFT,
                   title);
    ui_tip(ui, id, row, title, command_about(DO_NOTES)->label);
}

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    draw_rect(ui->draw, at, ui_tone(ui, TONE_BAR));
    struct rect row = rect_inset_xy(at, SPACE_4, at.h * 0.19f);
    button_right(s, &row, DO_HELP, ICON_HELP, NULL);
    button_right(s, &row, DO_THEME,
                 ui->theme->dark ? ICON_SUN : ICON_MOON, NULL);
    button_right(s, &row, DO_LANGUAGE, ICON_GLOBE,
                 ui->lang == LANG_EN ? "中文" : "EN");
    button_right(s, &row, DO_LESSONS, ICON_FOLDER, NULL);
    button_right(s, &row, DO_FIND, ICON_SEARCH, NULL);
    rect_cut_right(&row, SPACE_2);
    badge(s, &row);
    rules(s, &row);
    rect_cut_right(&row, SPACE_2);
    menu_button(s, &row);
    lesson(s, row);
}

static struct extent least(const struct scene *s)
{
    return (struct extent){600, ui_leading(s->ui, TYPE_TITLE) * (s->ui->theme->big ? 1.65f : 1.9f)};
}

const struct panel panel_title = {
    .title = W_PANEL_TITLE,
    .wanted = panel_always,
    .least = least,
    .draw = draw,
};
