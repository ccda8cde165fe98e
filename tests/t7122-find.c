/* t7122-find.c: search, bookmarks, and what the window remembers. */
#include "render/stage_go.h"
#include "sim/model/explain.h"
#include "tests/stand.h"

#include <stdio.h>
#include <string.h>

static bool shows(struct stand *s, const char *text)
{
    const struct draw *d = &s->stage.ui.layers[0];
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind == DRAW_TEXT && c->text.run.length == strlen(text) &&
            memcmp(c->text.run.text, text, c->text.run.length) == 0)
            return true;
    }
    return false;
}

/* ---- search ---- */

static void type(struct stand *s, const char *text)
{
    snprintf(s->in.text, sizeof s->in.text, "%s", text);
    frame(s);
}

/* Positions before `end` whose sentence has `word`; at most 100. */
static size_t said(const struct stand *s, const char *word_of, size_t end,
                   size_t to[100])
{
    struct replay r;
    size_t n = 0, at = 0;
    replay_init(&r, s->run.scenario, s->run.trace);
    while (at < end && n < 100) {
        struct str text = {0};
        at = trace_step_after(s->run.trace, at);
        replay_seek(&r, at);
        explain_step(&r.world, s->run.trace, at, LANG_EN, &text);
        if (strstr(str_text(&text), word_of))
            to[n++] = at;
        str_free(&text);
    }
    replay_free(&r);
    return n;
}

TEST("Ctrl+F and Enter go from step to step that says so, Shift+Enter back")
{
    struct stand s;
    size_t at[100];
    NEED(stand_up(&s, stand_lesson));
    size_t n = said(&s, "running → blocked", s.run.trace->count, at);
    NEED(n >= 4 && n < 50);
    press(&s, KEY_END, 0);
    press(&s, KEY_HOME, 0);
    press(&s, 'f', MOD_CTRL);
    type(&s, "RUNNING → Blo");
    type(&s, "cked");
    for (size_t i = 0; i < n; i++) {
        test_case("hit %zu", i);
        press(&s, KEY_ENTER, 0);
        EXPECT_EQ_INT(cursor(&s), at[i]);
        EXPECT(shows(&s, scene_say(&(struct scene){.ui = &s.stage.ui},
                                   W_FIND_AT, ui_format(&s.stage.ui, "%zu", i + 1),
                                   ui_format(&s.stage.ui, "%zu", n))));
    }
    press(&s, KEY_ENTER, 0);
    EXPECT_EQ_INT(cursor(&s), at[0]);
    press(&s, KEY_ENTER, MOD_SHIFT);
    EXPECT_EQ_INT(cursor(&s), at[n - 1]);
    press(&s, KEY_ENTER, MOD_SHIFT);
    EXPECT_EQ_INT(cursor(&s), at[n - 2]);
    press(&s, KEY_ESCAPE, 0);
    EXPECT(!s.stage.view.finding && !s.stage.ui.focus);
    take_down(&s);
}

TEST("calls, errors and names are found too, and several words at once")
{
    static const char refused[] =
        "{'timeslice': 1, 'title': 'x', 'processes': [{'name': 'Adam',"
        " 'program': [{'cpu': 1}, {'pipe': 'p'}, {'close': 'p[0]'},"
        " {'signal': 'SIGPIPE', 'action': 'ignore'}, {'write': 'p[1]', 'text': 'x'},"
        " {'close': 'p[0]'}]}]}";
    static const char *const found[] = {"EPIPE", "epipe adam", "EBADF close",
                                        "write", "terminated"};
    static const char *const not_found[] = {"EPIPE eve", "sEBADF", "xyz"};
    struct stand s;
    NEED(stand_up(&s, refused));
    press(&s, KEY_END, 0);
    press(&s, '/', 0);
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        test_case("%s", found[i]);
        s.stage.view.find_text[0] = 0;
        type(&s, found[i]);
        EXPECT(s.stage.find.count > 0);
    }
    for (size_t i = 0; i < sizeof not_found / sizeof *not_found; i++) {
        test_case("%s", not_found[i]);
        s.stage.view.find_text[0] = 0;
        type(&s, not_found[i]);
        EXPECT_EQ_INT(s.stage.find.count, 0);
        EXPECT(shows(&s, "not found"));
    }
    take_down(&s);
}

TEST("only what has been shown is found; what playing adds is found then")
{
    struct stand s;
    size_t at[100];
    NEED(stand_up(&s, stand_lesson));
    for (int i = 0; i < 12; i++)
        press(&s, KEY_RIGHT, 0);
    press(&s, 'f', MOD_CTRL);
    type(&s, "`child`");
    s.stage.view.find_text[0] = 0;
    type(&s, "read(2)");
    EXPECT_EQ_INT(s.stage.find.count, said(&s, "read(2)", cursor(&s), at));
    travel_play(&s.stage.travel, true);
    for (int i = 0; i < 4000 && s.stage.travel.playing; i++) {
        s.in.now += 0.05;
        frame(&s);
    }
    EXPECT_EQ_INT(s.stage.find.count,
                  said(&s, "read(2)", s.run.trace->count, at));
    take_down(&s);
}

TEST("another branch is searched anew")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    press(&s, 'f', MOD_CTRL);
    type(&s, "killed");
    EXPECT_EQ_INT(s.stage.find.count, 0);
    travel_seek(&s.stage.travel, 6);
    travel_act(&s.stage.travel, ACTION_KILL, 1);
    frame(&s);
    EXPECT(s.stage.find.count > 0);
    take_down(&s);
}

TEST("typing in the search field fires no command, whatever the key")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    for (int i = 0; i < 8; i++)
        press(&s, KEY_RIGHT, 0);
    press(&s, '2', 0);
    press(&s, 'f', MOD_CTRL);
    struct view before = s.stage.view;
    size_t at = cursor(&s), events = s.feed->trace->count;
    static const int keys[][2] = {
#define COMMAND(name, group, key, mods, label, word) {key, mods},
#define ALSO(name, key, mods, arg) {key, mods},
#include "render/commands.def"
#undef COMMAND
#undef ALSO
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != KEY_ESCAPE)
            press(&s, keys[i][0], keys[i][1]);
    EXPECT_EQ_INT(cursor(&s), at);
    EXPECT_EQ_INT(s.feed->trace->count, events);
    EXPECT(memcmp(&s.stage.view, &before, sizeof before) == 0);
    EXPECT(!s.stage.quit && !s.stage.wants_screenshot);
    take_down(&s);
}

/* ---- bookmarks ---- */

static int kept_times;
static struct bookmarks kept;
static struct habits habits;

static void keep(void *ctx, const struct habits *h, const char *path,
                 const struct bookmarks *b, struct str *complaint)
{
    (void)ctx;
    (void)path;
    kept = *b;
    habits = *h;
    kept_times++;
    if (kept_times == 3)
        str_add(complaint, "the disk is full");
}

TEST("Ctrl+B sets a bookmark, PgDn and PgUp show one after the other")
{
    struct stand s;
    struct world at[3] = {{0}};
    NEED(stand_up(&s, stand_lesson));
    s.stage.options.keep = keep;
    kept_times = 0;
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 7; k++)
            press(&s, KEY_RIGHT, 0);
        press(&s, i == 1 ? '2' : '1', 0);
        press(&s, 'b', MOD_CTRL);
        world_copy(&at[i], world(&s));
        EXPECT_EQ_INT(kept_times, i + 1);
        EXPECT_EQ_INT(kept.count, i + 1);
    }
    EXPECT_EQ_STR(str_text(&s.stage.notice), "the disk is full");
    press(&s, KEY_HOME, 0);
    press(&s, KEY_PAGE_UP, 0);
    EXPECT_CONTAINS(str_text(&s.stage.notice), "No bookmark there");
    for (int i = 0; i < 3; i++) {
        test_case("bookmark %d", i);
        press(&s, KEY_PAGE_DOWN, 0);
        EXPECT(world_equal(world(&s), &at[i]));
        EXPECT_EQ_INT(s.stage.view.selected, i == 1);
    }
    press(&s, KEY_PAGE_DOWN, 0);
    EXPECT(world_equal(world(&s), &at[2]));
    press(&s, KEY_PAGE_UP, 0);
    EXPECT(world_equal(world(&s), &at[1]));
    press(&s, 'b', MOD_CTRL);
    EXPECT_EQ_INT(kept.count, 2);
    press(&s, KEY_PAGE_UP, 0);
    EXPECT(world_equal(world(&s), &at[0]));
    for (int i = 0; i < 3; i++)
        world_free(&at[i]);
    take_down(&s);
}

static void recall(void *ctx, const char *path, struct bookmarks *to)
{
    (void)path;
    *to = *(struct bookmarks *)ctx;
}

TEST("a lesson that is opened has its bookmarks, also where it was not yet")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    /* Two moments of one instant, and one between two events. */
    size_t first = trace_find(s.run.trace, 5);
    size_t steps[2] = {trace_step_after(s.run.trace, first)};
    steps[1] = trace_step_after(s.run.trace, steps[0]);
    tick t = trace_at(s.run.trace, steps[0] - 1)->t;
    NEED(trace_at(s.run.trace, steps[1] - 1)->t == t);
    struct bookmarks b = {.count = 0};
    for (int i = 0; i < 2; i++)
        bookmarks_add(&b, (struct bookmark){t, (int64_t)steps[i], NONE});
    bookmarks_add(&b, (struct bookmark){
                          27, (int64_t)trace_find(s.run.trace, 28), 1});
    s.stage.options.recall = recall;
    s.stage.options.ctx = &b;
    stage_recall(&s.stage);
    for (int i = 0; i < 2; i++) {
        press(&s, KEY_PAGE_DOWN, 0);
        EXPECT_EQ_INT(cursor(&s), steps[i]);
        EXPECT_EQ_INT(s.stage.travel.seen, steps[i]);
    }
    press(&s, KEY_PAGE_DOWN, 0);
    EXPECT_EQ_INT((tick)s.stage.travel.clock, 27);
    take_down(&s);
}

TEST("the window begins as it was left, and tells how it is left")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    stage_close(&s.stage);
    struct habits before = {.text_scale = 1.25f, .speed = 6,
                            .split = {[SPLIT_ROWS] = 0.4f}};
    struct app_options o = {.lang = LANG_ZH, .theme = THEME_DARK,
                            .habits = &before, .keep = keep,
                            .remark = "line 3 is not understood"};
    stage_open(&s.stage, s.feed, &o, s.fonts);
    frame(&s);
    EXPECT_EQ_STR(str_text(&s.stage.notice), "line 3 is not understood");
    stage_keep(&s.stage);
    EXPECT_EQ_INT(habits.lang, LANG_ZH);
    EXPECT_EQ_INT(habits.theme, THEME_DARK);
    EXPECT(fabsf(habits.text_scale - 1.25f) < 0.001f);
    EXPECT_EQ_INT(habits.speed, 6);
    EXPECT_EQ_INT(habits.width, 1280);
    EXPECT_EQ_INT(habits.height, 800);
    EXPECT(fabsf(habits.split[SPLIT_ROWS] - 0.4f) < 0.001f);
    take_down(&s);
}
