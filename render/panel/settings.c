/* settings.c: every key that the policy takes, a row each: what it is called,
 * its name in a file, and what it is, with buttons to change it.
 *
 * Which rows there are is the loader's to say (policy_settings.h); here are only
 * their words. */
#include "render/panel/settings.h"

#include <math.h>
#include <string.h>

/* Of a row, what is neither label nor buttons. */
enum { ROW_EDGES = 4 * SPACE_2 };

static const struct {
    const char *key, *part;
    enum word label;
} labels[] = {
    {"quantum", NULL, W_SETTING_QUANTUM},
    {"slice", NULL, W_SETTING_SLICE},
    {"preemptive", NULL, W_SETTING_PREEMPTIVE},
    {"inherit", NULL, W_SETTING_INHERIT},
    {"aging", NULL, W_SETTING_AGING},
    {"aging", "every", W_SETTING_AGING_EVERY},
    {"aging", "by", W_SETTING_AGING_BY},
    {"estimate", NULL, W_SETTING_ESTIMATE},
    {"estimate", "alpha", W_SETTING_ALPHA},
    {"estimate", "initial", W_SETTING_INITIAL},
    {"levels", NULL, W_SETTING_LEVELS},
    {"levels", "quantum", W_SETTING_LEVEL_QUANTUM},
    {"levels", "allotment", W_SETTING_ALLOTMENT},
    {"boost", NULL, W_SETTING_BOOST},
    {"io_keeps_slice", NULL, W_SETTING_IO_KEEPS},
    {"io_to_front", NULL, W_SETTING_IO_FRONT},
    {"demote_alone", NULL, W_SETTING_DEMOTE},
    {"seed", NULL, W_SETTING_SEED},
    {"draws", NULL, W_SETTING_DRAWS},
    {"latency", NULL, W_SETTING_LATENCY},
    {"min_granularity", NULL, W_SETTING_GRANULARITY},
    {"expired_first", NULL, W_SETTING_EXPIRED},
    {"queues", NULL, W_SETTING_QUEUES},
    {"steal", NULL, W_SETTING_STEAL},
};

static bool is_named(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* A key without words of its own has its name in a file. */
const char *setting_label(const struct scene *s, const struct setting *x)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels[i].key, x->key) == 0 &&
            is_named(labels[i].part, x->part))
            return scene_say(s, labels[i].label, scene_number(s, x->level));
    return x->part ? x->part : x->key;
}

static const char *value_text(const struct scene *s, const struct setting *x)
{
    tick value = setting_value(&s->view->wish, x);
    if (x->kind == SETTING_YES_NO)
        return word(value ? W_SETTING_YES : W_SETTING_NO, s->ui->lang);
    if (x->kind == SETTING_SHARE)
        return ui_format(s->ui, "%lld.%02lld", (long long)(value / 100),
                         (long long)(value % 100));
    if (x->kind == SETTING_OR_NONE && !value)
        return word(x->part ? W_SETTING_AS_QUANTUM : W_SCHEDULER_NO_QUANTUM,
                    s->ui->lang);
    return scene_number(s, value);
}

float setting_height(const struct scene *s)
{
    return floorf(s->ui->theme->control * 0.86f);
}

/* Of all rows the same, so that buttons stand below each other. */
static float value_width(const struct scene *s)
{
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(s->view, s->scenario, all);
    float w = ui_width(s->ui, TYPE_STRONG, "0 000");
    for (int i = 0; i < n; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_STRONG, value_text(s, &all[i])));
    return ceilf(w) + SPACE_4;
}

static float buttons_width(const struct scene *s)
{
    return value_width(s) + 2 * setting_height(s);
}

float settings_width(const struct scene *s)
{
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(s->view, s->scenario, all);
    float w = 0;
    for (int i = 0; i < n; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_BODY, setting_label(s, &all[i])));
    return ceilf(w) + 2 * SPACE_3 + buttons_width(s);
}

/* What has too little room for one line has more. */
static float row_height(const struct scene *s, const struct setting *x,
                        float width)
{
    float room = width - buttons_width(s) - ROW_EDGES;
    float text = ui_paragraph_height(s->ui, room, TYPE_BODY,
                                     setting_label(s, x));
    return fmaxf(setting_height(s), ceilf(text) + SPACE_1);
}

float settings_top(const struct scene *s, float width, int row)
{
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(s->view, s->scenario, all);
    float y = 0;
    for (int i = 0; i < n && i < row; i++)
        y += row_height(s, &all[i], width);
    return y;
}

static void step_button(struct scene *s, struct rect at, int i, int by, bool off)
{
    ui_button(s->ui,
              (struct button){.at = at,
                              .id = ui_make_id(by < 0 ? "less" : "more", i),
                              .icon = by < 0 ? ICON_MINUS : ICON_PLUS,
                              .tip = word(by < 0 ? W_TIP_LESS : W_TIP_MORE,
                                          s->ui->lang),
                              .key = by < 0 ? "−" : "+",
                              .off = off,
                              .intent = {.what = DO_SETTING, .arg = i,
                                         .value = by}});
}

static void yes_no(struct scene *s, struct rect at, int i,
                   const struct setting *x, bool fixed)
{
    bool yes = setting_value(&s->view->wish, x) != 0;
    ui_button(s->ui,
              (struct button){.at = at,
                              .id = ui_make_id("turn", i),
                              .icon = yes ? ICON_CHECK : ICON_NONE,
                              .label = value_text(s, x),
                              .tip = fixed ? word(W_SETTING_FIXED, s->ui->lang)
                                           : NULL,
                              .on = yes,
                              .off = fixed,
                              .intent = {.what = DO_SETTING, .arg = i,
                                         .value = 1}});
}

static void number(struct scene *s, struct rect at, int i,
                   const struct setting *x)
{
    tick value = setting_value(&s->view->wish, x);
    tick least = x->kind == SETTING_OR_NONE ? 0 : x->low;
    float side = at.h;
    step_button(s, rect_cut_left(&at, side), i, -1, value <= least);
    step_button(s, rect_cut_right(&at, side), i, 1, value >= x->high);
    ui_label_in(s->ui, at, TYPE_STRONG, ui_tone(s->ui, TONE_TEXT), ALIGN_CENTRE,
                value_text(s, x));
}

static void draw_row(struct scene *s, struct rect at, int i,
                     const struct setting *x)
{
    struct ui *ui = s->ui;
    bool marked = s->view->setting_at == i;
    if (marked)
        draw_box(ui->draw, (struct box){.at = at, .radius = 6,
                                        .fill = ui_tone(ui, TONE_ACCENT_SOFT)});
    struct rect side = rect_cut_right(&at, buttons_width(s) + SPACE_2);
    side.w -= SPACE_2;
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = at,
                              .id = ui_make_id("setting", i),
                              .selected = marked,
                              .intent = {.what = DO_SETTING, .arg = i}});
    ui_tip(ui, ui_make_id("setting", i), at,
           scene_say(s, W_SETTING_KEY, x->key), NULL);
    in.w = at.x + at.w - in.x - SPACE_2;
    const char *label = setting_label(s, x);
    float h = ui_paragraph_height(ui, in.w, TYPE_BODY, label);
    ui_paragraph(ui, rect_middle(in, in.w, h), TYPE_BODY, TONE_TEXT, label);
    side = rect_middle(side, side.w, setting_height(s) - 4);
    if (x->kind == SETTING_YES_NO)
        yes_no(s, side, i, x, whatif_is_fixed(s->view, x));
    else
        number(s, side, i, x);
}

void settings_draw(struct scene *s, struct rect at)
{
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(s->view, s->scenario, all);
    for (int i = 0; i < n; i++)
        draw_row(s, rect_cut_top(&at, row_height(s, &all[i], at.w)), i,
                 &all[i]);
}
