/* t7103-window.c: the whole window without a window: keys go in, and the run,
 * the selection and the picture are looked at. */
#include "cli/feed_model.h"
#include "render/panel/states.h"
#include "render/panel/timeline.h"
#include "render/stage.h"
#include "tests/run.h"
#include "tests/test.h"

#include <math.h>
#include <stdlib.h>

/* A window on a lesson. */
struct stand {
    struct run run; /* of the same lesson, for comparing */
    struct feed *feed;
    struct text *fonts;
    struct stage stage;
    struct input in;
    int width, height;
};

static const char lesson[] =
    "{'timeslice': 1, 'title': {'en': 'A pipe', 'zh': '管道'},"
    " 'scheduler': {'policy': 'rr', 'quantum': 3},"
    " 'processes': ["
    "  {'name': 'parent', 'program': [{'pipe': 'p'}, {'fork': 'child'},"
    "   {'close': 'p[0]'}, {'repeat': 3, 'as': 'i', 'do': [{'cpu': 2},"
    "    {'write': 'p[1]', 'text': '{i}',"
    "     'note': {'en': 'A byte goes in.', 'zh': '写入一个字节。'}},"
    "    {'sleep': 4}]}, {'close': 'p[1]'}, {'wait': 'child'}]},"
    "  {'name': 'child', 'program': [{'close': 'p[1]'},"
    "   {'repeat': 'forever', 'do': [{'read': 'p[0]', 'size': 100,"
    "    'at_eof': 'break'}]}, {'exit': 0}]}]}";

static const char crowd[] =
    "{'timeslice': 1, 'title': 'A crowd',"
    " 'machine': {'cpus': 8, 'memory': 30, 'context_switch': 1},"
    " 'scheduler': {'policy': 'rr', 'quantum': 3},"
    " 'processes': ["
    "  {'name': 'editor', 'memory': 5, 'bursts': [5, 3, 9]},"
    "  {'name': 'compiler', 'memory': 5, 'bursts': [9, 5, 9]},"
    "  {'name': 'backup', 'memory': 5, 'bursts': [2, 9, 2, 9, 2]},"
    "  {'name': 'mailer', 'memory': 5, 'arrival': 3, 'bursts': [7, 1, 7]},"
    "  {'name': 'game', 'memory': 9, 'arrival': 4, 'bursts': [20]},"
    "  {'name': 'indexer', 'memory': 9, 'arrival': 4, 'bursts': [8, 1, 4]}],"
    " 'actions': [{'at': 4, 'suspend': 'compiler'},"
    "  {'at': 6, 'suspend': 'backup'}, {'at': 20, 'activate': 'compiler'},"
    "  {'at': 21, 'activate': 'backup'}, {'at': 24, 'kill': 'game'}]}";

static bool stand_up(struct stand *s, const char *json)
{
    *s = (struct stand){.width = 1280, .height = 800};
    s->run = run_quoted(json, 1000);
    if (!s->run.scenario)
        return false;
    struct str why = {0};
    s->fonts = text_new(&why);
    EXPECT_EQ_STR(str_text(&why), "");
    str_free(&why);
    s->feed = feed_model_new(s->run.scenario, 1000, NULL);
    struct app_options o = {.lang = LANG_EN, .reduced_motion = true};
    stage_open(&s->stage, s->feed, &o, s->fonts);
    s->in.x = s->in.y = -1;
    return s->fonts != NULL;
}

static void take_down(struct stand *s)
{
    stage_close(&s->stage);
    feed_model_free(s->feed);
    text_free(s->fonts);
    run_free(&s->run);
}

/* One frame, and as many more as it takes until nothing moves. */
static void frame(struct stand *s)
{
    for (int i = 0; i < 1000; i++) {
        stage_update(&s->stage, s->in.now);
        stage_frame(&s->stage, &s->in, s->width, s->height);
        input_next(&s->in);
        if (s->stage.travel.playing || !travel_moves(&s->stage.travel))
            return;
    }
    EXPECT(!"it never rests");
}

static void press(struct stand *s, int key, int mods)
{
    s->in.keys[s->in.key_count++] = (struct key_press){.key = key, .mods = mods};
    frame(s);
}

static void click(struct stand *s, float x, float y)
{
    s->in.x = x;
    s->in.y = y;
    frame(s);
    s->in.pressed[BUTTON_LEFT] = s->in.down[BUTTON_LEFT] = true;
    s->in.clicks = 1;
    frame(s);
    s->in.released[BUTTON_LEFT] = true;
    s->in.down[BUTTON_LEFT] = false;
    frame(s);
}

static const struct world *world(const struct stand *s)
{
    return &s->stage.travel.replay.world;
}

static size_t cursor(const struct stand *s)
{
    return travel_cursor(&s->stage.travel);
}

TEST("stepping to the end goes through every step of the run, and ends")
{
    struct stand s;
    NEED(stand_up(&s, lesson));
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
    NEED(stand_up(&s, lesson));
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
    NEED(stand_up(&s, lesson));
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
    NEED(stand_up(&s, lesson));
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
    NEED(stand_up(&s, lesson));
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
    NEED(stand_up(&s, lesson));
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

TEST("Tab, arrows and numbers select; Shift and an arrow go by its steps")
{
    struct stand s;
    NEED(stand_up(&s, lesson));
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
    NEED(stand_up(&s, lesson));
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

TEST("an action in the past begins a new branch, and nothing of the old stays")
{
    struct stand s;
    NEED(stand_up(&s, lesson));
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
    NEED(stand_up(&s, lesson));
    press(&s, KEY_RIGHT, 0);
    s.in.now += 10;
    frame(&s);
    EXPECT(isinf(stage_patience(&s.stage)));
    press(&s, ' ', 0);
    EXPECT(stage_patience(&s.stage) < 0.1);
    take_down(&s);
}

/* ---- the picture ---- */

static void expect_no_cuts(struct stand *s)
{
    for (size_t i = 0; i < s->stage.ui.cut_count; i++)
        EXPECT_EQ_STR(s->stage.ui.cuts[i].text, "");
}

/* Looks at one lesson in every theme, language and size, all the way. */
static void look(const char *json, int stride)
{
    static const int sizes[][2] = {{1024, 700}, {1280, 800}, {1920, 1080},
                                   {3840, 2160}};
    struct stand s;
    NEED(stand_up(&s, json));
    press(&s, KEY_END, 0);
    tick end = s.stage.travel.seen_time;
    for (int i = 0; i < 4 * THEME_COUNT * LANG_COUNT; i++) {
        s.width = sizes[i % 4][0];
        s.height = sizes[i % 4][1];
        s.stage.view.theme = (enum theme_kind)(i / 4 % THEME_COUNT);
        s.stage.view.lang = (enum lang)(i / 4 / THEME_COUNT);
        for (tick t = i % stride; t <= end; t += stride) {
            test_case("%d × %d, theme %d, language %d, t = %lld", s.width,
                      s.height, (int)s.stage.view.theme,
                      (int)s.stage.view.lang, (long long)t);
            travel_seek(&s.stage.travel, t);
            frame(&s);
            expect_no_cuts(&s);
        }
    }
    take_down(&s);
}

TEST("no text is cut in a pipe lesson, in any theme, language and size")
{
    look(lesson, 3);
}

TEST("no text is cut with eight CPUs and suspended processes")
{
    look(crowd, 5);
}

TEST("no text is cut in help, notes and the list of lessons")
{
    struct stand s;
    NEED(stand_up(&s, lesson));
    static const struct lesson_entry entries[] = {
        {"scenarios/01-five-states.json", {{"Five states", "五种状态"}}}};
    s.stage.options.lessons = entries;
    s.stage.options.lesson_count = 1;
    for (int i = 0; i < THEME_COUNT * LANG_COUNT * 5; i++) {
        s.stage.view.overlay = (enum overlay)(1 + i % 5);
        s.stage.view.theme = (enum theme_kind)(i / 5 % THEME_COUNT);
        s.stage.view.lang = (enum lang)(i / 5 / THEME_COUNT);
        test_case("overlay %d, theme %d, language %d",
                  (int)s.stage.view.overlay, (int)s.stage.view.theme,
                  (int)s.stage.view.lang);
        frame(&s);
        expect_no_cuts(&s);
    }
    take_down(&s);
}

/* ---- other lessons ---- */

static struct feed *open_bad(void *ctx, const char *path, struct str *complaints)
{
    (void)ctx;
    str_addf(complaints, "%s:3:7: error: /title: must be a text", path);
    return NULL;
}

TEST("a bad file is complained about, and the old lesson stays")
{
    struct stand s;
    NEED(stand_up(&s, lesson));
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

static struct feed *open_given(void *ctx, const char *path,
                               struct str *complaints)
{
    (void)path;
    (void)complaints;
    return ctx;
}

TEST("Ctrl+O, arrows and Enter open another lesson from its beginning")
{
    struct stand s;
    NEED(stand_up(&s, lesson));
    static const struct lesson_entry entries[] = {{"a.json", {{"A", NULL}}},
                                                  {"b.json", {{"B", NULL}}}};
    struct run other = run_quoted(crowd, 1000);
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

TEST("the diagram has an arrow for every transition of the state table")
{

    for (int from = 0; from < STATE_COUNT; from++)
        for (int how = 0; how < TRANSITION_COUNT; how++) {
            enum state to =
                state_after((enum state)from, (enum transition)how);
            test_case("%s, %s", state_name((enum state)from),
                      transition_name((enum transition)how));
            if (to != NOWHERE)
                EXPECT(states_draws((enum state)from, to));
        }
}
