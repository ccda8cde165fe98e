/* transport.c: going through time: buttons, the slider, the speed, the keys. */
#include "render/panel.h"

#include <math.h>

static void button(struct scene *s, struct rect *row, enum wish what,
                   enum icon icon, bool off)
{
    struct ui *ui = s->ui;
    struct button b =
        command_button(ui, what, rect_cut_left(row, ui->theme->control * 1.15f));
    b.icon = icon;
    b.off = off;
    ui_button(ui, b);
    rect_cut_left(row, SPACE_2);
}

static void play(struct scene *s, struct rect *row)
{
    struct ui *ui = s->ui;
    bool on = s->travel->playing;
    const char *both[] = {word(W_PLAY, ui->lang), word(W_PAUSE, ui->lang)};
    struct button b = command_button(ui, DO_PLAY, *row);
    b.kind = BUTTON_PRIMARY;
    float w = 0;
    for (int i = 0; i < 2; i++) {
        b.label = both[i];
        b.icon = ICON_PLAY;
        w = fmaxf(w, ui_button_width(ui, b));
    }
    b.at = rect_cut_left(row, w + SPACE_2);
    b.icon = on ? ICON_PAUSE : ICON_PLAY;
    b.label = both[on];
    b.off = travel_at_end(s->travel);
    ui_button(ui, b);
    rect_cut_left(row, SPACE_2);
}

/* "2 ticks/s", between its two buttons. */
static void speed(struct scene *s, struct rect *row)
{
    struct ui *ui = s->ui;
    double v = travel_speeds[s->travel->speed];
    const char *text = v < 1 ? scene_say(s, W_SPEED_PART, v)
                             : scene_say(s, W_SPEED, (long long)v);
    float w = ui_width(ui, TYPE_BODY, scene_say(s, W_SPEED, 4096LL)) + SPACE_2;
    struct rect all = rect_cut_right(row, w + 2 * ui->theme->control * 0.8f);
    rect_cut_right(row, SPACE_4);
    struct button less = command_button(
        ui, DO_SLOWER, rect_cut_left(&all, ui->theme->control * 0.8f));
    struct button more = command_button(
        ui, DO_FASTER, rect_cut_right(&all, ui->theme->control * 0.8f));
    less.kind = more.kind = BUTTON_QUIET;
    less.icon = ICON_MINUS;
    more.icon = ICON_PLUS;
    less.off = s->travel->speed == 0;
    more.off = s->travel->speed == SPEEDS - 1;
    ui_button(ui, less);
    ui_button(ui, more);
    ui_label_in(ui, all, TYPE_BODY, ui_tone(ui, TONE_TEXT), ALIGN_CENTRE, text);
}

/* How many breakpoints there are, and the way to their list. */
static void breaks(struct scene *s, struct rect *row)
{
    struct ui *ui = s->ui;
    int n = s->travel->breaks.count;
    if (!n)
        return;
    struct button b = command_button(ui, DO_BREAKS, *row);
    b.kind = BUTTON_QUIET;
    b.icon = ICON_STOP;
    b.label = scene_number(s, n);
    b.at = rect_cut_right(row, ui_button_width(ui, b));
    ui_button(ui, b);
    rect_cut_right(row, SPACE_2);
}

/* The slider reaches as far as the run is known to go, or a bit further. */
static void slider(struct scene *s, struct rect at)
{
    struct lens whole;
    lens_fit(&whole, (double)s->travel->seen_time, 0);
    bool known = travel_known(s->travel) && !s->predict->on;
    double most = known
                      ? (double)trace_at(s->trace, s->trace->count - 1)->t
                      : whole.to;
    ui_slider(s->ui, (struct slider){.at = rect_inset_xy(at, SPACE_2, 0),
                                     .id = ui_make_id("time", 0),
                                     .value = floor(s->travel->clock),
                                     .least = 0,
                                     .most = fmax(most, 1),
                                     .step = 1,
                                     .intent = {.what = DO_SEEK},
                                     .tip = word(W_SEEK, s->ui->lang),
                                     .key = "G"});
}

/* The keys that matter most, as many as there is room for. */
static void legend(struct scene *s, struct rect row)
{
    static const struct {
        const char *key;
        enum word what;
    } keys[] = {
        {"Space", W_LEGEND_PLAY},   {"← →", W_LEGEND_STEP},
        {"Tab", W_LEGEND_SELECT},   {"U", W_LEGEND_SUSPEND},
        {"K", W_LEGEND_KILL},       {"E", W_LEGEND_POLICY},
        {"C", W_LEGEND_COMPARE},    {"P", W_LEGEND_PREDICT},
        {"Ctrl+E", W_LEGEND_EDIT},  {"Ctrl+O", W_LEGEND_OPEN},
        {"F1", W_LEGEND_HELP},      {"W S", W_LEGEND_ZOOM},
        {"A D", W_LEGEND_PAN},      {"0", W_LEGEND_FIT},
    };
    struct ui *ui = s->ui;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        bool pauses = keys[i].what == W_LEGEND_PLAY && s->travel->playing;
        const char *what =
            word(pauses ? W_LEGEND_PAUSE : keys[i].what, ui->lang);
        float need = ui_width(ui, TYPE_CAPTION, keys[i].key) + 18 +
                     ui_width(ui, TYPE_CAPTION, what) + SPACE_4;
        if (need > row.w)
            return;
        ui_key(ui, row, keys[i].key, what);
        rect_cut_left(&row, need);
    }
}

/* The projector has no room to spare for it unless it is large. */
static bool with_legend(const struct scene *s)
{
    return !s->ui->theme->big || s->ui->all.h >= 1000;
}

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    const struct travel *tv = s->travel;
    draw_rect(ui->draw, at, ui_tone(ui, TONE_SURFACE));
    draw_rect(ui->draw, (struct rect){at.x, at.y, at.w, 1},
              ui_tone(ui, TONE_HAIRLINE));
    struct rect in = rect_inset_xy(at, SPACE_4, SPACE_2);
    struct rect row = rect_cut_top(&in, ui->theme->control);
    bool start = travel_cursor(tv) == 0, end = travel_at_end(tv);
    button(s, &row, DO_FIRST, ICON_FIRST, start);
    button(s, &row, DO_BACK, ICON_BACK, start);
    play(s, &row);
    button(s, &row, DO_STEP, ICON_STEP, end);
    button(s, &row, DO_LAST, ICON_LAST, end);
    speed(s, &row);
    breaks(s, &row);
    slider(s, row);
    rect_cut_top(&in, 6);
    if (with_legend(s))
        legend(s, in);
}

static struct extent least(const struct scene *s)
{
    float keys = with_legend(s) ? ui_leading(s->ui, TYPE_CAPTION) + 16 : 0;
    return (struct extent){600, s->ui->theme->control + 16 + keys};
}

const struct panel panel_transport = {
    .title = W_PANEL_TRANSPORT,
    .wanted = panel_always,
    .least = least,
    .draw = draw,
};
