/* t7103-window.c: the whole window without a window: keys go in, and the run
 * and the selection are looked at. */
#include "sim/model/explain.h"
#include "tests/stand.h"

#include <string.h>

TEST("stepping to the end goes through every step of the run, and ends")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    size_t at = 0, steps = 0;
    while (!travel_at_end(&s.stage.travel) && steps < 500) {
        press(&s, KEY_RIGHT, 0);
        at = trace_step_after(s.run.trace, at);
        steps++;
        EXPECT_EQ_INT(cursor(&s), at);
    }
    EXPECT_EQ_INT(at, s.run.trace->count);
    EXPECT(world_equal(world(&s), s.run.world));
    press(&s, KEY_RIGHT, 0);
    EXPECT_EQ_INT(cursor(&s), at);
    take_down(&s);
}

TEST("n steps back are the world n steps earlier")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    struct world kept[12] = {{0}};
    for (int i = 0; i < 12; i++) {
        world_copy(&kept[i], world(&s));
        press(&s, KEY_RIGHT, 0);
    }
    for (int i = 11; i >= 0; i--) {
        press(&s, KEY_LEFT, 0);
        test_case("%d steps before", 12 - i);
        EXPECT(world_equal(world(&s), &kept[i]));
        world_free(&kept[i]);
    }
    press(&s, KEY_LEFT, 0);
    EXPECT_EQ_INT(cursor(&s), 0);
    take_down(&s);
}

TEST("Home, End and G go to the beginning, the end and a time")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    EXPECT(travel_at_end(&s.stage.travel));
    EXPECT(world_equal(world(&s), s.run.world));
    press(&s, KEY_HOME, 0);
    EXPECT_EQ_INT(cursor(&s), 0);
    press(&s, 'g', 0);
    EXPECT_EQ_INT(s.stage.view.overlay, OVERLAY_GO_TO);
    EXPECT(s.stage.ui.focus != 0);
    s.in.text[0] = '1';
    s.in.text[1] = '1';
    s.in.text[2] = '\0';
    frame(&s);
    press(&s, KEY_ENTER, 0);
    EXPECT_EQ_INT((int64_t)s.stage.travel.clock, 11);
    EXPECT_EQ_INT(cursor(&s), trace_find(s.run.trace, 12));
    EXPECT_EQ_INT(s.stage.view.overlay, OVERLAY_NONE);
    take_down(&s);
}

TEST("keys do nothing while a field has the focus")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_RIGHT, 0);
    press(&s, 'g', 0);
    size_t at = cursor(&s);
    enum theme_kind theme = s.stage.view.theme;
    press(&s, 't', 0);
    press(&s, KEY_RIGHT, 0);
    press(&s, 'l', 0);
    EXPECT_EQ_INT(s.stage.view.theme, theme);
    EXPECT_EQ_INT(s.stage.view.lang, LANG_EN);
    EXPECT_EQ_INT(cursor(&s), at);
    take_down(&s);
}

TEST("playing follows the wall clock and stops by itself at the end")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, ' ', 0);
    EXPECT(s.stage.travel.playing);
    double speed = travel_speeds[s.stage.travel.speed];
    for (int i = 0; i < 100; i++) {
        s.in.now += 0.05;
        frame(&s);
    }
    EXPECT(fabs(s.stage.travel.clock - 5 * speed) < 0.5);
    EXPECT_EQ_INT(cursor(&s),
                  trace_find(s.run.trace, (tick)s.stage.travel.clock + 1));
    for (int i = 0; i < 2000 && s.stage.travel.playing; i++) {
        s.in.now += 0.05;
        frame(&s);
    }
    EXPECT(travel_at_end(&s.stage.travel));
    EXPECT(world_equal(world(&s), s.run.world));
    take_down(&s);
}

TEST("a click into the timeline goes to that time")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    struct scene scene = {.ui = &s.stage.ui, .view = &s.stage.view};

    struct rect plot = timeline_plot(&scene, s.stage.layout.at[PANEL_TIMELINE]);
    for (tick t = 3; t < 25; t += 7) {
        click(&s, lens_x(&s.stage.view.lens, plot, (double)t), plot.y + 8);
        EXPECT_EQ_INT((int64_t)s.stage.travel.clock, t);
        EXPECT_EQ_INT(cursor(&s), trace_find(s.run.trace, t + 1));
    }
    take_down(&s);
}

/* Presses at x, moves by `by` in two frames, and lets go. */
static void drag(struct stand *s, float x, float y, float by)
{
    s->in.x = x;
    s->in.y = y;
    frame(s);
    s->in.pressed[BUTTON_LEFT] = s->in.down[BUTTON_LEFT] = true;
    frame(s);
    s->in.x = x + by / 2;
    frame(s);
    s->in.x = x + by;
    frame(s);
    s->in.released[BUTTON_LEFT] = true;
    s->in.down[BUTTON_LEFT] = false;
    frame(s);
}

TEST("a drag takes the lanes along and leaves the time; on the ruler it seeks")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    press(&s, 'w', 0);
    press(&s, 'w', 0);
    struct scene scene = {.ui = &s.stage.ui, .view = &s.stage.view};
    struct rect plot = timeline_plot(&scene, s.stage.layout.at[PANEL_TIMELINE]);
    struct lens before = s.stage.view.lens;
    tick now = (tick)s.stage.travel.clock;
    float x = plot.x + plot.w / 3, y = plot.y + plot.h / 2;
    double under = lens_time(&before, plot, x);
    drag(&s, x, y, 60);
    EXPECT(fabs(lens_time(&s.stage.view.lens, plot, x + 60) - under) < 0.01);
    EXPECT(fabs(s.stage.view.lens.to - s.stage.view.lens.from -
                (before.to - before.from)) < 0.01);
    EXPECT_EQ_INT((tick)s.stage.travel.clock, now);
    /* A hand that trembles still clicks. */
    before = s.stage.view.lens;
    drag(&s, x, y, 3);
    EXPECT(fabs(s.stage.view.lens.from - before.from) < 0.001);
    EXPECT_EQ_INT((tick)s.stage.travel.clock,
                  floor(lens_time(&before, plot, x + 3) + 0.5));
    drag(&s, x, plot.y + 4, 60);
    EXPECT(fabs(s.stage.view.lens.from - before.from) < 0.001);
    EXPECT_EQ_INT((tick)s.stage.travel.clock,
                  floor(lens_time(&before, plot, x + 60) + 0.5));
    take_down(&s);
}

TEST("Tab, arrows and numbers select; Shift and an arrow go by its steps")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    for (int i = 0; i < 8; i++)
        press(&s, KEY_RIGHT, 0);
    EXPECT_EQ_INT(s.stage.view.selected, NONE);
    press(&s, KEY_TAB, 0);
    EXPECT_EQ_INT(s.stage.view.selected, 0);
    press(&s, KEY_DOWN, 0);
    EXPECT_EQ_INT(s.stage.view.selected, 1);
    press(&s, '1', 0);
    EXPECT_EQ_INT(s.stage.view.selected, 0);
    press(&s, '2', 0);
    press(&s, KEY_RIGHT, MOD_SHIFT);
    size_t from = trace_step_before(s.feed->trace, cursor(&s));
    bool own = false;
    for (size_t i = from; i < cursor(&s); i++)
        own |= trace_at(s.feed->trace, i)->proc == 1;
    EXPECT(own);
    take_down(&s);
}

TEST("U suspends and activates, K kills, and time can still go back")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    travel_seek(&s.stage.travel, 6);
    frame(&s);
    struct world before = {0};
    world_copy(&before, world(&s));
    press(&s, '1', 0);
    press(&s, 'u', 0);
    int state = world(&s)->task[0].state;
    EXPECT(state == READY_SUSPENDED || state == BLOCKED_SUSPENDED);
    press(&s, KEY_LEFT, 0);
    EXPECT(world_equal(world(&s), &before));
    press(&s, KEY_RIGHT, 0);
    press(&s, 'u', 0);
    state = world(&s)->task[0].state;
    EXPECT(state != READY_SUSPENDED && state != BLOCKED_SUSPENDED);
    press(&s, 'k', 0);
    for (int i = 0; i < 3 && world(&s)->task[0].state != TERMINATED; i++)
        press(&s, KEY_RIGHT, 0);
    EXPECT_EQ_INT(world(&s)->task[0].state, TERMINATED);
    world_free(&before);
    take_down(&s);
}

/* The kinds of event of the step that is told, and the sentence. */
static bool tells_of(const struct stand *s, int kind, const char *sentence)
{
    const struct travel *tv = &s->stage.travel;
    struct step_range told = travel_last_step(tv);
    struct str said = {0};
    bool has = false;
    for (size_t i = told.begin; i < told.end; i++)
        has |= trace_at(tv->feed->trace, i)->kind == kind;
    explain_step(travel_told_world(tv), tv->feed->trace, told.end, LANG_EN,
                 &said);
    bool contains = strstr(str_text(&said), sentence) != NULL;
    if (!contains)
        EXPECT_EQ_STR(str_text(&said), sentence);
    str_free(&said);
    return has && contains;
}

TEST("who comes by the clock is told what says most, who steps the last step")
{
    static const char stuck[] =
        "{'timeslice': 1, 'title': 'x', 'processes': [{'name': 'A', 'program':"
        " [{'pipe': 'p'}, {'cpu': 3}, {'read': 'p[0]', 'size': 1}]},"
        " {'name': 'B', 'program': [{'cpu': 4}]}]}";
    struct stand s;
    NEED(stand_up(&s, stuck));
    press(&s, KEY_END, 0);
    EXPECT(tells_of(&s, EV_DEADLOCK, "`A` itself has the other end open"));
    travel_seek(&s.stage.travel, 5); /* A falls asleep, B gets the CPU */
    frame(&s);
    EXPECT(tells_of(&s, EV_BLOCK, "running → blocked"));
    EXPECT_EQ_INT(travel_told_world(&s.stage.travel)->task[1].state, READY);
    EXPECT_EQ_INT(world(&s)->task[1].state, RUNNING);
    press(&s, KEY_LEFT, 0);
    press(&s, KEY_RIGHT, 0);
    EXPECT(tells_of(&s, EV_STATE, "ready → running"));
    EXPECT(travel_told_world(&s.stage.travel) == world(&s));
    take_down(&s);
}

TEST("a refused request is where the cursor stops, also when the run was over")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    bool over = false;
    for (int i = 0; i < 200 && !over; i++) {
        press(&s, KEY_RIGHT, 0);
        over = world(&s)->head->stop != STOP_NOT;
        tick now = world(&s)->head->now;
        travel_act(&s.stage.travel, ACTION_ACTIVATE, 0);
        frame(&s);
        EXPECT_EQ_INT(world(&s)->head->now, now);
        struct step_range last = travel_last_step(&s.stage.travel);
        int refused = 0;
        for (size_t j = last.begin; j < last.end; j++) {
            const struct event *e = trace_at(s.stage.travel.feed->trace, j);
            refused += e->kind == EV_USER && e->val != REFUSED_NOT;
        }
        EXPECT_EQ_INT(refused, 1);
    }
    EXPECT(over);
    press(&s, KEY_RIGHT, 0);
    EXPECT(world(&s)->head->stop != STOP_NOT);
    take_down(&s);
}

TEST("an action in the past begins a new branch, and nothing of the old stays")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    tick end = s.stage.travel.seen_time;
    for (int i = 0; i < 20; i++)
        press(&s, KEY_LEFT, 0);
    press(&s, '2', 0);
    press(&s, 'k', 0);
    EXPECT(s.stage.travel.seen_time < end);
    EXPECT_EQ_INT(s.stage.travel.lod.read, s.stage.travel.seen);
    press(&s, KEY_END, 0);
    EXPECT_EQ_INT(world(&s)->proc[1].exit_kind, 1);
    take_down(&s);
}

TEST("a paused window asks to be left alone")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_RIGHT, 0);
    s.in.now += 10;
    frame(&s);
    EXPECT(isinf(stage_patience(&s.stage)));
    press(&s, ' ', 0);
    EXPECT(stage_patience(&s.stage) < 0.1);
    take_down(&s);
}

/* ---- other lessons ---- */

static struct feed *open_bad(void *ctx, const char *path, enum lang lang,
                             struct str *complaints)
{
    (void)ctx;
    str_addf(complaints, "%s:3:7: %s/title: must be a text", path,
             word(W_DIAG_ERROR, lang));
    return NULL;
}

TEST("a bad file is complained about, and the old lesson stays")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    for (int i = 0; i < 6; i++)
        press(&s, KEY_RIGHT, 0);
    s.stage.options.open = open_bad;
    size_t at = cursor(&s);
    memcpy(s.in.dropped, "bad.json", 9);
    frame(&s);
    EXPECT_EQ_INT(s.stage.view.overlay, OVERLAY_COMPLAINTS);
    EXPECT_CONTAINS(str_text(&s.stage.complaints), "bad.json:3:7: error");
    EXPECT_EQ_INT(cursor(&s), at);
    press(&s, KEY_ESCAPE, 0);
    EXPECT_EQ_INT(s.stage.view.overlay, OVERLAY_NONE);
    take_down(&s);
}

TEST("complaints are asked for in the language the window is in")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    s.stage.options.open = open_bad;
    press(&s, 'l', 0);
    memcpy(s.in.dropped, "bad.json", 9);
    frame(&s);
    EXPECT_CONTAINS(str_text(&s.stage.complaints), "bad.json:3:7: 错误");
    press(&s, KEY_ESCAPE, 0);
    press(&s, 'l', 0);
    memcpy(s.in.dropped, "bad.json", 9);
    frame(&s);
    EXPECT_CONTAINS(str_text(&s.stage.complaints), "bad.json:3:7: error");
    take_down(&s);
}

static struct feed *open_given(void *ctx, const char *path, enum lang lang,
                               struct str *complaints)
{
    (void)path;
    (void)lang;
    (void)complaints;
    return ctx;
}

TEST("Ctrl+O, arrows and Enter open another lesson from its beginning")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    static const struct lesson_entry entries[] = {{"a.json", {{"A", NULL}}},
                                                  {"b.json", {{"B", NULL}}}};
    struct run other = run_quoted(stand_crowd, 1000);
    struct feed *feed = feed_model_new(other.scenario, 1000, NULL);
    s.stage.options.lessons = entries;
    s.stage.options.lesson_count = 2;
    s.stage.options.open = open_given;
    s.stage.options.ctx = feed;
    press(&s, KEY_RIGHT, 0);
    press(&s, 'o', MOD_CTRL);
    EXPECT_EQ_INT(s.stage.view.overlay, OVERLAY_LESSONS);
    press(&s, KEY_DOWN, 0);
    EXPECT_EQ_INT(s.stage.view.list_at, 1);
    press(&s, KEY_ENTER, 0);
    EXPECT(s.stage.travel.feed == feed);
    EXPECT_EQ_INT(cursor(&s), 0);
    EXPECT_EQ_STR(str_text(&s.stage.path), "b.json");
    press(&s, KEY_END, 0);
    EXPECT(world_equal(world(&s), other.world));
    stage_close(&s.stage);
    feed_model_free(feed);
    feed_model_free(s.feed);
    text_free(s.fonts);
    run_free(&other);
    run_free(&s.run);
}

static const char *const two =
    "{'timeslice': 1, 'title': 'Two', 'processes': ["
    " {'name': 'a', 'program': [{'cpu': 5}]},"
    " {'name': 'b', 'arrival': 1, 'program': [{'cpu': 5}]}]}";
static const char *const three =
    "{'timeslice': 1, 'title': 'Three', 'processes': ["
    " {'name': 'b', 'arrival': 2, 'program': [{'cpu': 5}]},"
    " {'name': 'new', 'program': [{'cpu': 5}]},"
    " {'name': 'a', 'arrival': 1, 'program': [{'cpu': 5}]}]}";

TEST("after a reload the same process is selected, whatever its number is now")
{
    struct stand s;
    NEED(stand_up(&s, two));
    struct run other = run_quoted(three, 1000);
    struct feed *feed = feed_model_new(other.scenario, 1000, NULL);
    s.stage.options.open = open_given;
    s.stage.options.ctx = feed;
    for (int i = 0; i < 9; i++)
        press(&s, KEY_RIGHT, 0);
    s.stage.view.selected = 1;
    tick now = world(&s)->head->now;
    press(&s, KEY_F5, 0);
    EXPECT(s.stage.travel.feed == feed);
    EXPECT_EQ_INT(world(&s)->head->now, now);
    struct str name = {0};
    NEED(s.stage.view.selected >= 0);
    world_write_name(world(&s), s.stage.view.selected, &name);
    EXPECT_EQ_STR(str_text(&name), "b");
    EXPECT(s.stage.view.selected != 1);
    str_free(&name);
    stage_close(&s.stage);
    feed_model_free(feed);
    feed_model_free(s.feed);
    text_free(s.fonts);
    run_free(&other);
    run_free(&s.run);
}

/* ---- tables ---- */

TEST("no two commands have the same key, and every command is carried out")
{
    static const int keys[][3] = {
#define COMMAND(name, group, key, mods, label, word) {DO_##name, key, mods},
#define ALSO(name, key, mods, arg) {DO_##name, key, mods},
#include "render/commands.def"
#undef COMMAND
#undef ALSO
    };
    size_t n = sizeof keys / sizeof *keys;
    EXPECT(n > 40);
    for (size_t i = 0; i < n; i++) {
        test_case("key %d, modifiers %d", keys[i][1], keys[i][2]);
        struct key_press k = {.key = keys[i][1], .mods = keys[i][2]};
        EXPECT_EQ_INT(command_of_key(k).what, keys[i][0]);
        EXPECT(stage_does(keys[i][0]));
    }
}
