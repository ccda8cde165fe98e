/* t7121-hands.c: what a hand does to the window: wheel, minimap, lines between
 * panels; and that nothing is cut off whatever it has done. */
#include "render/stage_go.h"
#include "tests/stand.h"

#include <string.h>

static struct rect plot_of(struct stand *s)
{
    struct scene scene = {.ui = &s->stage.ui, .view = &s->stage.view};
    return timeline_plot(&scene, s->stage.layout.at[PANEL_TIMELINE]);
}

static void expect_no_cuts(struct stand *s)
{
    for (size_t i = 0; i < s->stage.ui.cut_count; i++)
        EXPECT_EQ_STR(s->stage.ui.cuts[i].text, "");
}

/* Presses at (x, y), goes to (x + dx, y + dy), lets go. */
static void drag(struct stand *s, float x, float y, float dx, float dy)
{
    s->in.x = x;
    s->in.y = y;
    frame(s);
    s->in.pressed[BUTTON_LEFT] = s->in.down[BUTTON_LEFT] = true;
    s->in.clicks = 1;
    frame(s);
    for (int i = 1; i <= 4; i++) {
        s->in.x = x + dx * (float)i / 4;
        s->in.y = y + dy * (float)i / 4;
        frame(s);
    }
    s->in.released[BUTTON_LEFT] = true;
    s->in.down[BUTTON_LEFT] = false;
    frame(s);
}

static void wheel(struct stand *s, float by, int mods)
{
    s->in.wheel_y = by;
    s->in.mods = mods;
    frame(s);
    s->in.mods = 0;
}

/* ---- the wheel ---- */

TEST("Ctrl and the wheel zoom at the pointer: what is under it stays there")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    struct rect plot = plot_of(&s);
    const struct lens *lens = &s.stage.view.lens;
    for (int i = 1; i < 8; i++) {
        test_case("place %d", i);
        s.in.x = plot.x + plot.w * (float)i / 8;
        s.in.y = plot.y + plot.h / 2;
        double under = lens_time(lens, plot, s.in.x), span = lens->to - lens->from;
        wheel(&s, 1, MOD_CTRL);
        EXPECT(lens->to - lens->from < span);
        EXPECT(fabs(lens_time(lens, plot, s.in.x) - under) < 0.01);
        wheel(&s, -1, MOD_CTRL);
        EXPECT(fabs(lens->to - lens->from - span) < 0.01);
    }
    /* By W and S likewise. */
    double under = lens_time(lens, plot, s.in.x);
    press(&s, 'w', 0);
    EXPECT(fabs(lens_time(lens, plot, s.in.x) - under) < 0.01);
    take_down(&s);
}

TEST("Shift and the wheel pan: down is later, and the zoom stays")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    for (int i = 0; i < 3; i++)
        press(&s, 'w', 0);
    struct rect plot = plot_of(&s);
    s.in.x = plot.x + plot.w / 2;
    s.in.y = plot.y + plot.h / 2;
    struct lens before = s.stage.view.lens;
    double now = s.stage.travel.clock;
    wheel(&s, 1, MOD_SHIFT);
    struct lens after = s.stage.view.lens;
    EXPECT(after.from < before.from);
    EXPECT(fabs((after.to - after.from) - (before.to - before.from)) < 1e-6);
    wheel(&s, -1, MOD_SHIFT);
    EXPECT(fabs(s.stage.view.lens.from - before.from) < 1e-6);
    EXPECT(fabs(s.stage.travel.clock - now) < 1e-9);
    take_down(&s);
}

TEST("F shows the surroundings of the moment, 0 the whole run")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    travel_seek(&s.stage.travel, 14);
    press(&s, 'f', 0);
    const struct lens *lens = &s.stage.view.lens;
    EXPECT(fabs((lens->from + lens->to) / 2 - 14) < 0.5);
    EXPECT(lens->to - lens->from < 20);
    press(&s, '0', 0);
    EXPECT(lens->from <= 0 && lens->to >= 28);
    take_down(&s);
}

TEST("the window in the minimap is pulled")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    for (int i = 0; i < 4; i++)
        press(&s, 'w', 0);
    struct rect plot = plot_of(&s);
    const struct lens *lens = &s.stage.view.lens;
    double span = lens->to - lens->from, now = s.stage.travel.clock;
    float y = plot.y + plot.h + 14;
    drag(&s, plot.x + plot.w * 0.9f, y, -plot.w * 0.5f, 0);
    double whole = fmax((double)s.stage.travel.seen_time, lens->to);
    EXPECT(fabs((lens->from + lens->to) / 2 - whole * 0.4) < 2);
    EXPECT(fabs(lens->to - lens->from - span) < 1e-6);
    EXPECT(fabs(s.stage.travel.clock - now) < 1e-9);
    take_down(&s);
}

/* ---- lines between panels ---- */

static const struct grip *grip_of(const struct stand *s, enum split split)
{
    const struct layout *l = &s->stage.layout;
    for (int i = l->grips; i-- > 0;)
        if (l->grip[i].split == split)
            return &l->grip[i];
    return NULL;
}

static int kept_times;
static struct habits kept;

static void keep(void *ctx, const struct habits *h, const char *path,
                 const struct bookmarks *b, struct str *complaint)
{
    (void)ctx;
    (void)path;
    (void)b;
    (void)complaint;
    kept = *h;
    kept_times++;
}

TEST("each line between panels follows the hand, is kept, and goes back")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    s.width = 1920;
    s.height = 1200;
    s.stage.options.keep = keep;
    frame(&s);
    for (int i = 0; i < SPLITS; i++) {
        test_case("line %d", i);
        const struct grip *g = grip_of(&s, (enum split)i);
        NEED(g);
        bool side = g->side_by_side;
        float first = g->first, second = g->second;
        float by = i == SPLIT_ROWS || i == SPLIT_CORNER ? -30 : 25;
        kept_times = 0;
        drag(&s, g->at.x + g->at.w / 2, g->at.y + g->at.h / 2, side ? by : 0,
             side ? 0 : by);
        g = grip_of(&s, (enum split)i);
        EXPECT(fabsf(g->first - first - by) < 1.5f);
        EXPECT(fabsf(g->second - second + by) < 1.5f);
        EXPECT_EQ_INT(kept_times, 1);
        EXPECT(fabsf(kept.split[i] - s.stage.view.split[i]) < 1e-6f &&
               kept.split[i] > 0);
        s.in.x = g->at.x + g->at.w / 2;
        s.in.y = g->at.y + g->at.h / 2;
        frame(&s);
        s.in.pressed[BUTTON_LEFT] = s.in.down[BUTTON_LEFT] = true;
        s.in.clicks = 2;
        frame(&s);
        s.in.released[BUTTON_LEFT] = true;
        s.in.down[BUTTON_LEFT] = false;
        frame(&s);
        EXPECT(fabsf(grip_of(&s, (enum split)i)->first - first) < 1.5f);
    }
    take_down(&s);
}

/* Every panel lies in the window and beside all others, and has what it needs.
 */
static void expect_apart(struct stand *s)
{
    const struct rect *at = s->stage.layout.at;
    struct rect all = s->stage.ui.all;
    for (int i = 0; i < PANEL_COUNT; i++) {
        EXPECT(at[i].x >= 0 && at[i].x + at[i].w <= all.w + 0.5f);
        EXPECT(at[i].y >= 0 && at[i].y + at[i].h <= all.h + 0.5f);
        for (int j = 0; j < i; j++) {
            struct rect both = rect_meet(at[i], at[j]);
            EXPECT(both.w <= 0 || both.h <= 0);
        }
    }
}

static const int sizes[][2] = {{1024, 700}, {1280, 800},  {1366, 768},
                               {1600, 900}, {1920, 1080}, {3840, 2160}};
static const float scales[] = {1, 1.25f, 1.6f};

enum { SIZES = sizeof sizes / sizeof *sizes, SCALES = 3 };

/* All sizes, languages and text scales, one after the other. */
static bool next_look(struct stand *s, int i)
{
    s->width = sizes[i % SIZES][0];
    s->height = sizes[i % SIZES][1];
    s->stage.view.lang = (enum lang)(i / SIZES % LANG_COUNT);
    s->stage.view.text_scale = scales[i / SIZES / LANG_COUNT % SCALES];
    test_case("%d × %d, language %d, text %g", s->width, s->height,
              (int)s->stage.view.lang, (double)s->stage.view.text_scale);
    return i < SIZES * LANG_COUNT * SCALES;
}

TEST("wherever the lines are dragged, nothing is cut and nothing overlaps")
{
    static const float far[] = {0.02f, 0.98f, 0.35f};
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    for (int f = 0; f < 3; f++)
        for (int i = 0; next_look(&s, i); i++) {
            for (int k = 0; k < SPLITS; k++)
                s.stage.view.split[k] = k % 2 ? 1 - far[f] : far[f];
            travel_seek(&s.stage.travel, 3 + i % 25);
            frame(&s);
            expect_apart(&s);
            expect_no_cuts(&s);
        }
    take_down(&s);
}

TEST("markers, bookmarks, breakpoints and search leave no text cut")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    s.stage.view.mark[MARK_A] = 3;
    s.stage.view.mark[MARK_B] = 24;
    bookmarks_add(&s.stage.view.bookmarks, (struct bookmark){9, 40, NONE});
    for (int i = 0; i < STATE_COUNT; i++)
        breaks_toggle(&s.stage.travel.breaks, (struct break_at){BREAK_STATE, i});
    for (int i = 0; next_look(&s, i); i++)
        for (int theme = 0; theme < THEME_COUNT; theme++) {
            s.stage.view.theme = (enum theme_kind)theme;
            s.stage.view.overlay = OVERLAY_NONE;
            s.stage.view.finding = true;
            memcpy(s.stage.view.find_text, i % 2 ? "read" : "xyzzy", 6);
            frame(&s);
            expect_no_cuts(&s);
            s.stage.view.overlay = i % 2 ? OVERLAY_BREAKS : OVERLAY_HELP;
            frame(&s);
            expect_no_cuts(&s);
        }
    take_down(&s);
}

/* ---- the table of commands ---- */

TEST("every command stands in the help, in both languages, and in a group")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    s.width = 1920;
    s.height = 1200;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        s.stage.view.lang = (enum lang)lang;
        s.stage.view.overlay = OVERLAY_HELP;
        frame(&s);
        const struct draw *d = &s.stage.ui.layers[0];
        for (int i = 0; i < commands_count; i++) {
            const char *about = word(commands_all[i].about, (enum lang)lang);
            bool found = false;
            test_case("%s", commands_all[i].label);
            for (size_t k = 0; k < d->count && !found; k++)
                found = d->commands[k].kind == DRAW_TEXT &&
                        d->commands[k].text.run.length == strlen(about) &&
                        memcmp(d->commands[k].text.run.text, about,
                               strlen(about)) == 0;
            EXPECT(found);
            EXPECT(commands_all[i].group < COMMAND_GROUPS);
        }
    }
    take_down(&s);
}
