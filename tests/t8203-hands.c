/* t8203-hands.c: what a mouse does besides pressing: wheel, drag, double click;
 * in the real window. */
#include "tests/desk/expect.h"

#include "render/panel.h"
#include "render/panel/timeline.h"

#include <math.h>
#include <stdio.h>

static const char *const at_30 = "Escape End g 3 0 Return";

static struct rect plot_of(struct desk *d)
{
    struct scene s = {.ui = &d->st->ui, .view = &d->st->view};
    return timeline_plot(&s, d->st->layout.at[PANEL_TIMELINE]);
}

static struct point at_time(struct desk *d, double t)
{
    struct rect plot = plot_of(d);
    return (struct point){lens_x(&d->st->view.lens, plot, t),
                          plot.y + plot.h * 0.6f};
}

static double time_at(struct desk *d, struct point p)
{
    return lens_time(&d->st->view.lens, plot_of(d), p.x);
}

static double ticks_shown(const struct desk *d)
{
    return d->st->view.lens.to - d->st->view.lens.from;
}

static bool near(double a, double b, double by)
{
    return fabs(a - b) <= by;
}

/* ---- wheel ---- */

static void turn_wheel(struct desk *d)
{
    desk_keys(d, at_30);
    for (int i = 1; i < 9; i += 3) {
        struct rect plot = plot_of(d);
        struct point p = {plot.x + plot.w * (float)i / 10,
                          plot.y + plot.h * 0.6f};
        desk_point(d, p.x, p.y);
        double under = time_at(d, p), before = ticks_shown(d);
        test_case("at %d tenths of the timeline, time %g", i, under);
        desk_do(d, "keydown ctrl click 4 click 4 click 4 keyup ctrl");
        EXPECT(ticks_shown(d) < before * 0.6);
        EXPECT(near(time_at(d, p), under, ticks_shown(d) / 400));
        double closer = ticks_shown(d);
        desk_do(d, "keydown ctrl click 5 click 5 keyup ctrl");
        EXPECT(ticks_shown(d) > closer * 1.4);
        double from = d->st->view.lens.from, all = ticks_shown(d);
        desk_do(d, "keydown shift click 5 keyup shift");
        EXPECT(d->st->view.lens.from > from);
        EXPECT(near(ticks_shown(d), all, 1e-9));
        desk_do(d, "keydown shift click 4 keyup shift");
        EXPECT(near(d->st->view.lens.from, from, 1e-6));
        desk_keys(d, "0");
    }
    EXPECT_EQ_INT(travel_now(&d->st->travel), 30);
}

TEST("Ctrl and the wheel zoom at the pointer, Shift and the wheel pan")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = turn_wheel});
}

static void keys_zoom_at_pointer(struct desk *d)
{
    desk_keys(d, at_30);
    struct rect plot = plot_of(d);
    struct point p = {plot.x + plot.w / 4, plot.y + plot.h / 2};
    desk_point(d, p.x, p.y);
    double under = time_at(d, p);
    desk_keys(d, "w w w");
    EXPECT(near(time_at(d, p), under, ticks_shown(d) / 400));
    desk_keys(d, "s s");
    EXPECT(near(time_at(d, p), under, ticks_shown(d) / 400));
}

TEST("W and S zoom at the pointer")
{
    desk_open((struct desk_setup){.lesson = desk_nine,
                                  .script = keys_zoom_at_pointer});
}

static void scroll_list(struct desk *d)
{
    int last = d->st->options.lesson_count - 1;
    const char *title = text_in(d->st->options.lessons[last].title, LANG_EN);
    desk_keys(d, "Escape ctrl+o Home");
    EXPECT(!desk_shows(d, title));
    desk_point(d, d->st->ui.all.w / 2, d->st->ui.all.h / 2);
    for (int i = 0; i < 60 && !desk_shows(d, title); i++)
        desk_do(d, "click --repeat 5 --delay 1 5");
    EXPECT(desk_shows(d, title));
    desk_keys(d, "Down");
    EXPECT(!desk_shows(d, title)); /* the mark is in sight again */
}

TEST("the wheel goes through a list, keys bring back where the mark is")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = scroll_list});
}

/* ---- time ---- */

static void drag_time(struct desk *d)
{
    desk_keys(d, at_30);
    /* A click in the lanes goes there; a drag takes them along. */
    struct point p = at_time(d, 21);
    desk_click(d, p.x, p.y);
    EXPECT_EQ_INT(travel_now(&d->st->travel), 21);
    double under = time_at(d, p);
    desk_keys(d, "w w w");
    p = at_time(d, 22);
    struct point to = {p.x + 90, p.y};
    under = time_at(d, p);
    desk_drag(d, p, to);
    EXPECT(near(time_at(d, to), under, ticks_shown(d) / 300));
    EXPECT_EQ_INT(travel_now(&d->st->travel), 21);
    /* The ruler and the playhead are pulled. */
    desk_keys(d, "0");
    struct rect plot = plot_of(d);
    struct point ruler = {at_time(d, 12).x, plot.y + 6};
    struct point ruler_to = {at_time(d, 33).x, plot.y + 6};
    desk_drag(d, ruler, ruler_to);
    EXPECT_EQ_INT(travel_now(&d->st->travel), 33);
    desk_drag(d, at_time(d, 33), at_time(d, 17));
    EXPECT_EQ_INT(travel_now(&d->st->travel), 17);
    /* Shift and a drag measure. */
    p = at_time(d, 5);
    to = at_time(d, 40);
    desk_do(d, "keydown shift");
    desk_drag(d, p, to);
    desk_do(d, "keyup shift");
    EXPECT(d->st->view.mark[MARK_A] != MARK_NONE);
    EXPECT(d->st->view.mark[MARK_B] - d->st->view.mark[MARK_A] >= 32);
    EXPECT_EQ_INT(travel_now(&d->st->travel), 17);
}

TEST("lanes, ruler and playhead are dragged, Shift measures")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = drag_time});
}

/* The slider lies between the buttons and the speed. */
static void drag_slider(struct desk *d)
{
    struct rect bar = d->st->layout.at[PANEL_TRANSPORT];
    struct point p = {bar.x + bar.w * 0.55f, bar.y + 22};
    desk_keys(d, "Escape End");
    tick end = travel_now(&d->st->travel);
    desk_click(d, p.x, p.y);
    tick there = travel_now(&d->st->travel);
    EXPECT(there > end / 5 && there < end);
    desk_drag(d, p, (struct point){p.x - 150, p.y});
    EXPECT(travel_now(&d->st->travel) < there);
    EXPECT(travel_now(&d->st->travel) > 0);
}

TEST("the slider goes where it is pressed, and follows the pointer")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = drag_slider});
}

/* ---- minimap ---- */

static void press_minimap(struct desk *d)
{
    desk_keys(d, at_30);
    desk_keys(d, "f");
    struct rect panel = d->st->layout.at[PANEL_TIMELINE], plot = plot_of(d);
    struct point at = {plot.x + plot.w * 0.75f, panel.y + panel.h - 18};
    double whole = ticks_shown(d), now = (double)travel_now(&d->st->travel);
    desk_click(d, at.x, at.y);
    double right = d->st->view.lens.from;
    struct point to = {plot.x + plot.w * 0.25f, at.y};
    desk_drag(d, at, to);
    EXPECT(near(ticks_shown(d), whole, 1e-6));
    EXPECT(d->st->view.lens.from < right - whole / 2);
    EXPECT(near((double)travel_now(&d->st->travel), now, 0));
}

TEST("the minimap shows what is pressed in it, and leaves the time")
{
    desk_open((struct desk_setup){.lesson = desk_nine,
                                  .script = press_minimap});
}

/* ---- splitters ---- */

static void drag_splitters(struct desk *d)
{
    unsigned seen = 0;
    desk_keys(d, "Escape g 1 1 Return");
    EXPECT(d->st->layout.grips >= SPLITS);
    for (int i = 0; i < d->st->layout.grips; i++) {
        struct grip g = d->st->layout.grip[i];
        struct point p = desk_middle(g.at), to = p;
        test_case("line %d", (int)g.split);
        float *along = g.side_by_side ? &to.x : &to.y, now = g.first;
        /* As far as both sides have what they need: there is room on one. */
        for (int way = -1; way <= 1 && fabsf(now - g.first) < 20; way += 2) {
            p = desk_middle(d->st->layout.grip[i].at);
            /* Elsewhere than before, or it were a double click. */
            *(g.side_by_side ? &p.y : &p.x) += 60 * (float)way;
            to = p;
            *along += 60 * (float)way;
            desk_drag(d, p, to);
            now = d->st->layout.grip[i].first;
            EXPECT(way > 0 ? now >= g.first - 1 : now <= g.first + 1);
        }
        EXPECT(d->st->view.split[g.split] > 0);
        if (fabsf(now - g.first) >= 20)
            seen |= 1u << g.split;
        char line[64];
        static const char *const names[SPLITS] = {"rows", "states", "programs",
                                                  "corner"};
        snprintf(line, sizeof line, "split %s", names[g.split]);
        EXPECT_CONTAINS(desk_output("cat timeslice/settings"), line);
        p = desk_middle(d->st->layout.grip[i].at);
        desk_point(d, p.x, p.y);
        desk_do(d, "click --repeat 2 --delay 40 1");
        EXPECT(fabsf(d->st->view.split[g.split]) < 1e-6f);
        EXPECT(fabsf(d->st->layout.grip[i].first - g.first) < 1.5f);
        EXPECT(!strstr(desk_output("cat timeslice/settings"), line));
    }
    EXPECT_EQ_INT(seen, (1u << SPLITS) - 1);
}

TEST("each line between panels is dragged, remembered, and put back by a double "
     "click")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .args = "--model --size 1920x1080",
                                  .script = drag_splitters});
}
