/* expect_look.c: the expectations on commands about how the window looks, and
 * on files. */
#include "tests/desk/expect_in.h"

#include "render/menus.h"
#include "render/panel.h"
#include "render/panel/timeline.h"
#include "render/sdl_in.h"

#include <math.h>
#include <stdio.h>

const char *settings_text(void)
{
    return desk_output("cat timeslice/settings");
}

static double ticks_shown(const struct view *v)
{
    return v->lens.to - v->lens.from;
}

/* ---- the lens ---- */

/* What stays where it is: the time under the pointer, else the playhead. */
static void expect_zoom(struct desk *d, const struct snapshot *b, double factor)
{
    struct scene s = {.ui = &d->st->ui, .view = &d->st->view};
    struct rect plot = timeline_plot(&s, d->st->layout.at[PANEL_TIMELINE]);
    bool over = rect_has(plot, d->w->in.x, d->w->in.y);
    double t = b->clock;
    if (over)
        t = lens_time(&b->view.lens, plot, d->w->in.x);
    EXPECT(fabs(ticks_shown(&d->st->view) / ticks_shown(&b->view) - factor) <
           0.01);
    float was = lens_x(&b->view.lens, plot, t);
    float is = lens_x(&d->st->view.lens, plot, t);
    EXPECT(fabsf(was - is) < 1);
}

static void zooms_in(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    expect_zoom(d, b, 1 / 1.5);
}

static void zooms_out(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    expect_zoom(d, b, 1.5);
}

static void expect_pan(struct desk *d, const struct snapshot *b, int direction)
{
    double by = d->st->view.lens.from - b->view.lens.from;
    EXPECT(fabs(ticks_shown(&d->st->view) - ticks_shown(&b->view)) < 1e-6);
    EXPECT(direction < 0 ? by < -1 : by > 1);
    EXPECT(fabs(by) < ticks_shown(&b->view)); /* nothing is jumped over */
}

static void pans_left(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    expect_pan(d, b, -1);
}

static void pans_right(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    expect_pan(d, b, 1);
}

static void fits(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(d->st->view.lens.from <= 0);
    EXPECT(d->st->view.lens.to >= (double)d->run.world->head->now);
    EXPECT(d->st->view.lens.to < (double)d->run.world->head->now * 1.2);
}

static void focuses(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT(d->st->view.lens.from < b->clock && d->st->view.lens.to > b->clock);
    EXPECT(fabs(ticks_shown(&d->st->view) - 16) < 1e-6);
}

/* Each of them in turn, then again where something happens. */
static void next_tab(struct desk *d, const struct snapshot *b, int arg)
{
    const struct tabs *t = &d->st->layout.tabs;
    unsigned seen = 0;
    (void)b, (void)arg;
    EXPECT(t->count >= 2);
    for (int i = 0; i < t->count && d->st->view.tab != NONE; i++) {
        EXPECT_EQ_INT(t->panel[t->front], d->st->view.tab);
        seen |= 1u << t->front;
        desk_keys(d, "m");
    }
    EXPECT_EQ_INT(d->st->view.tab, NONE);
    seen |= 1u << t->front;
    EXPECT_EQ_INT(seen, (1u << t->count) - 1);
}

/* ---- how it looks, and that it is remembered ---- */

static void speaks_chinese(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_INT(d->st->view.lang, LANG_ZH);
    EXPECT(desk_shows(d, "播放"));
    EXPECT_CONTAINS(settings_text(), "language zh");
    EXPECT_CONTAINS(desk_output("xdotool getwindowname %lu", d->id),
                    "九个进程");
    desk_keys(d, "l");
    EXPECT(desk_shows(d, "Play"));
}

static void changes_theme(struct desk *d, const struct snapshot *b, int arg)
{
    static const enum theme_kind order[] = {THEME_DARK, THEME_CONTRAST,
                                            THEME_LIGHT};
    (void)b, (void)arg;
    for (int i = 0; i < 3; i++) {
        char line[32];
        EXPECT_EQ_INT(d->st->view.theme, order[i]);
        snprintf(line, sizeof line, "theme %s", theme_of(order[i])->name);
        EXPECT_CONTAINS(settings_text(), line);
        desk_keys(d, "t");
    }
}

static void projects(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT_EQ_INT(d->st->view.theme, THEME_PROJECTOR);
    EXPECT_CONTAINS(settings_text(), "theme projector");
    desk_keys(d, "F9");
    EXPECT_EQ_INT(d->st->view.theme, b->view.theme);
}

static void stands_still(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(d->st->view.reduced_motion);
    EXPECT_CONTAINS(settings_text(), "motion ");
    EXPECT(!strstr(settings_text(), "motion full"));
    desk_keys(d, "shift+m");
    EXPECT(!d->st->view.reduced_motion);
    EXPECT_CONTAINS(settings_text(), "motion full");
}

static void is_larger(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(fabsf(d->st->view.text_scale - 1.125f) < 1e-4f);
    EXPECT_CONTAINS(settings_text(), "text 1.125");
}

static void is_smaller(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(fabsf(d->st->view.text_scale - 1 / 1.125f) < 1e-4f);
    EXPECT_CONTAINS(settings_text(), "text 0.88");
}

static void is_normal(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(fabsf(d->st->view.text_scale - 1) < 1e-6f);
}

/* ---- what lies over the window ---- */

void opens_score(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_SCORE);
    desk_keys(d, "Escape");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
}

static void opens_lessons(struct desk *d, const struct snapshot *b, int arg)
{
    char title[256], of[256];
    (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_LESSONS);
    int at = d->st->view.list_at;
    desk_keys(d, "Down Return");
    EXPECT_EQ_STR(str_text(&d->st->path), d->st->options.lessons[at + 1].path);
    EXPECT(strcmp(b->path, str_text(&d->st->path)) != 0);
    snprintf(of, sizeof of, "%s – Timeslice",
             text_in(d->st->options.lessons[at + 1].title, LANG_EN));
    snprintf(title, sizeof title, "%s",
             desk_output("xdotool getwindowname %lu", d->id));
    EXPECT_EQ_STR(title, of);
}

static void shows_notes(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NOTES);
    EXPECT(desk_says(d, "Nine processes."));
    desk_keys(d, "n");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
}

/* The file has it, and what is open now is that file. */
static void saves(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_STR(desk_output("jq -c .scheduler lesson.json"),
                  "{\"policy\":\"rr\",\"quantum\":3}");
    EXPECT_EQ_INT(d->st->travel.feed->scenario->scheduler.quantum, 3);
    EXPECT_EQ_INT(travel_now(&d->st->travel), 0);
    EXPECT(desk_says(d, "Saved as"));
    desk_keys(d, "ctrl+s");
    EXPECT(desk_says(d, "Nothing to save"));
}

/* Where one was, and whom one had selected. */
static void reloads(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT(d->st->travel.feed != b->feed);
    EXPECT_EQ_STR(str_text(&d->st->path), b->path);
    EXPECT_EQ_INT(desk_cursor(d), b->cursor);
    EXPECT_EQ_INT(d->st->view.selected, 2);
    EXPECT(desk_shows(d, word(W_RELOADED, LANG_EN)));
}

static bool is_full(const struct desk *d)
{
    Uint32 flags = SDL_GetWindowFlags(d->w->sdl->window);
    return (flags & SDL_WINDOW_FULLSCREEN_DESKTOP) ==
           SDL_WINDOW_FULLSCREEN_DESKTOP;
}

/* No window manager is there to give the screen; it is asked for. */
/* Each line in its turn, by the arrows that go across it. */
static void holds_line(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(d->st->layout.grips > 0);
    for (int i = 0; i < d->st->layout.grips; i++) {
        struct grip g = d->st->layout.grip[i];
        EXPECT_EQ_INT(d->st->view.held, i);
        size_t cursor = desk_cursor(d);
        desk_keys(d, g.side_by_side ? "Right" : "Down");
        float moved = d->st->layout.grip[i].first;
        desk_keys(d, g.side_by_side ? "Left Left" : "Up Up");
        EXPECT(d->st->layout.grip[i].first < moved || moved <= g.first);
        EXPECT(d->st->view.split[g.split] > 0);
        EXPECT_EQ_INT(desk_cursor(d), cursor);
        desk_keys(d, "Delete");
        EXPECT(!(d->st->view.split[g.split] > 0));
        desk_keys(d, "F6");
    }
    EXPECT_EQ_INT(d->st->view.held, NONE);
    desk_keys(d, "F6 Escape");
    EXPECT_EQ_INT(d->st->view.held, NONE);
}

static void fills_screen(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(is_full(d));
    desk_keys(d, "F11");
    EXPECT(!is_full(d) && !d->st->view.full_screen);
}

/* The picture is what X shows: taken by another program at a time when no
 * notice lies over it. */
static void saves_picture(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_STR(desk_output("identify -format %%wx%%h timeslice-11.png"),
                  "1280x800");
    EXPECT(desk_shows(d, "Saved as timeslice-11.png"));
    d->st->notice_until = 0; /* as if its time were over */
    desk_settle(d);
    EXPECT_EQ_STR(desk_output("import -window %lu screen.png && compare -metric"
                              " AE timeslice-11.png screen.png null: 2>&1",
                              d->id), "0");
    remove("timeslice-11.png");
}

/* Every command with its key and what it does, by scrolling if need be. */
static void helps(struct desk *d, const struct snapshot *b, int arg)
{
    bool seen[128] = {false};
    (void)b, (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_HELP);
    desk_point(d, d->st->ui.all.w / 2, d->st->ui.all.h / 2);
    for (int page = 0; page < 20; page++) {
        for (int i = 0; i < commands_count; i++)
            seen[i] |= desk_shows(d, commands_all[i].label) &&
                       desk_shows(d, word(commands_all[i].about, LANG_EN));
        desk_do(d, "click 5");
    }
    for (int i = 0; i < commands_count; i++) {
        test_case("help on %s", commands_all[i].label);
        EXPECT(seen[i]);
    }
    desk_keys(d, "F1");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
}

/* From within a menu it closes it. */
static void opens_menu(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b;
    EXPECT_EQ_INT(d->st->view.menu, arg ? arg - 1 : 0);
    EXPECT(desk_shows(d, word(menu_title((enum menu)d->st->view.menu), LANG_EN)));
    desk_keys(d, "Escape");
    EXPECT_EQ_INT(d->st->view.menu, MENU_NONE);
}

static void escapes(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(!d->st->travel.playing);
    desk_keys(d, "F1 Escape");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
    desk_keys(d, "ctrl+f Escape");
    EXPECT(!d->st->view.finding);
}

static void quits(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(window_done(d->w));
}

/* ---- the table ---- */

static const struct command_test table[] = {
    {DO_ZOOM_IN, CHANGES_LENS, AT_11 "f", zooms_in},
    {DO_ZOOM_OUT, CHANGES_LENS, "End g 3 0 Return f", zooms_out},
    {DO_PAN_LEFT, CHANGES_LENS, "End g 3 0 Return f", pans_left},
    {DO_PAN_RIGHT, CHANGES_LENS, "End g 3 0 Return f", pans_right},
    {DO_FIT, CHANGES_LENS, "End f", fits},
    {DO_FOCUS, CHANGES_LENS, "End g 3 0 Return", focuses},
    {DO_TAB_NEXT, CHANGES_TAB, AT_11, next_tab},
    {DO_SPLIT_NEXT, 0, AT_11, holds_line},
    {DO_LANGUAGE, CHANGES_LANGUAGE, AT_11, speaks_chinese},
    {DO_THEME, CHANGES_THEME, AT_11, changes_theme},
    {DO_PROJECTOR, CHANGES_THEME, AT_11 "t", projects},
    {DO_MOTION, CHANGES_MOTION, AT_11, stands_still},
    {DO_TEXT_LARGER, CHANGES_SIZE, AT_11, is_larger},
    {DO_TEXT_SMALLER, CHANGES_SIZE, AT_11, is_smaller},
    {DO_TEXT_NORMAL, CHANGES_SIZE, AT_11 "ctrl+KP_Add ctrl+KP_Add", is_normal},
    {DO_LESSONS, CHANGES_OVERLAY, AT_11, opens_lessons},
    {DO_NOTES, CHANGES_OVERLAY, AT_11, shows_notes},
    /* What was done at the moment shown is no event any more. */
    {DO_SAVE, CHANGES_LESSON | CHANGES_MOMENT, "Home e Tab plus Return", saves},
    {DO_RELOAD, CHANGES_LESSON, AT_11 "3", reloads},
    {DO_FULL_SCREEN, CHANGES_FULL_SCREEN, AT_11, fills_screen},
    {DO_SCREENSHOT, 0, AT_11, saves_picture},
    {DO_HELP, CHANGES_OVERLAY, AT_11, helps},
    {DO_MENU, CHANGES_MENU, AT_11, opens_menu},
    {DO_ESCAPE, CHANGES_PLAYING | CHANGES_MOMENT, AT_11 "minus minus space",
     escapes},
    {DO_QUIT, CHANGES_CLOSED, AT_11, quits},
};

const struct command_test *command_test_look(enum wish what)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].what == what)
            return &table[i];
    return NULL;
}
