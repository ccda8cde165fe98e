/* t7104-picture.c: what the window shows: nothing cut, nothing overlapping, in
 * every theme, language and size. */
#include "render/panel/states.h"
#include "tests/stand.h"

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
    look(stand_lesson, 3);
}

TEST("no text is cut with eight CPUs and suspended processes")
{
    look(stand_crowd, 5);
}

static bool overlap(struct rect a, struct rect b)
{
    return a.w > 0 && b.w > 0 && a.x < b.x + b.w && b.x < a.x + a.w &&
           a.y < b.y + b.h && b.y < a.y + a.h;
}

/* Every panel shown lies in the window and beside all others. */
static void expect_apart(struct stand *s)
{
    const struct rect *at = s->stage.layout.at;
    struct rect all = s->stage.ui.all;
    for (int i = 0; i < PANEL_COUNT; i++) {
        EXPECT(at[i].x >= 0 && at[i].x + at[i].w <= all.w + 0.5f);
        EXPECT(at[i].y >= 0 && at[i].y + at[i].h <= all.h + 0.5f);
        for (int j = 0; j < i; j++)
            EXPECT(!overlap(at[i], at[j]));
    }
}

TEST("panels never overlap, and a lesson opens with those it is about")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    for (int i = 0; i < 60; i++) {
        s.width = 1024 + i * 47;
        s.height = 700 + i * 24;
        s.stage.view.theme = (enum theme_kind)(i % THEME_COUNT);
        test_case("%d × %d, theme %d", s.width, s.height, i % THEME_COUNT);
        frame(&s);
        expect_apart(&s);
        EXPECT(s.stage.layout.at[PANEL_PIPE].w > 0);
        EXPECT(s.stage.layout.at[PANEL_WHY].h > 40);
    }
    take_down(&s);
    NEED(stand_up(&s, stand_crowd));
    frame(&s);
    EXPECT(s.stage.layout.at[PANEL_PIPE].w <= 0);
    EXPECT(s.stage.layout.at[PANEL_CPU].w > 0);
    take_down(&s);
}

TEST("no text is cut in help, notes and the list of lessons")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
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
