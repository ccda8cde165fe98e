/* t7120-navigate.c: finding one's way in a run: markers, arrows, breakpoints. */
#include "tests/stand.h"

#include <string.h>

static struct rect plot_of(struct stand *s)
{
    struct scene scene = {.ui = &s->stage.ui, .view = &s->stage.view};
    return timeline_plot(&scene, s->stage.layout.at[PANEL_TIMELINE]);
}

static float x_of(struct stand *s, double t)
{
    return lens_x(&s->stage.view.lens, plot_of(s), t);
}

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

static void hold(struct stand *s, float x, float y)
{
    s->in.x = x;
    s->in.y = y;
    frame(s);
    s->in.pressed[BUTTON_LEFT] = s->in.down[BUTTON_LEFT] = true;
    frame(s);
}

static void let_go(struct stand *s, float x)
{
    s->in.x = x;
    frame(s);
    s->in.released[BUTTON_LEFT] = true;
    s->in.down[BUTTON_LEFT] = false;
    frame(s);
}

/* ---- markers ---- */

TEST("Shift+A and Shift+B set markers, the same key again takes one away")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    travel_seek(&s.stage.travel, 4);
    press(&s, 'a', MOD_SHIFT);
    EXPECT(shows(&s, "A: t = 4"));
    travel_seek(&s.stage.travel, 11);
    press(&s, 'b', MOD_SHIFT);
    EXPECT_EQ_INT(s.stage.view.mark[MARK_A], 4);
    EXPECT_EQ_INT(s.stage.view.mark[MARK_B], 11);
    EXPECT(shows(&s, "A to B: 7 ticks"));
    travel_seek(&s.stage.travel, 3);
    press(&s, 'b', MOD_SHIFT);
    EXPECT(shows(&s, "A to B: -1 tick"));
    press(&s, 'b', MOD_SHIFT);
    EXPECT_EQ_INT(s.stage.view.mark[MARK_B], MARK_NONE);
    EXPECT(!shows(&s, "A to B: -1 tick"));
    take_down(&s);
}

TEST("where the timeline has no heading the difference stands in the ruler")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    s.stage.view.theme = THEME_PROJECTOR;
    s.stage.view.mark[MARK_A] = 4;
    s.stage.view.mark[MARK_B] = 12;
    frame(&s);
    EXPECT(!shows(&s, "Timeline"));
    EXPECT(shows(&s, "A to B: 8 ticks"));
    take_down(&s);
}

/* Every time at which a bar of the lanes begins. */
static bool is_edge(const struct stand *s, tick t)
{
    const struct lod *l = &s->stage.travel.lod;
    for (int p = 0; p < l->procs; p++)
        for (size_t i = 0; i < l->state[p].count; i++)
            if (l->state[p].start[i] == t)
                return true;
    for (size_t i = 0; i < l->cpu[0].count; i++)
        if (l->cpu[0].start[i] == t)
            return true;
    return t == s->stage.travel.seen_time;
}

TEST("Shift and a drag measure from edge to edge, and leave time and lanes")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    for (int i = 0; i < 5; i++)
        press(&s, 'w', 0);
    struct rect plot = plot_of(&s);
    struct lens before = s.stage.view.lens;
    tick now = (tick)s.stage.travel.clock, edge = 0, plain = 0;
    for (tick t = (tick)before.from + 1; t < (tick)before.to; t++)
        *(is_edge(&s, t) ? &edge : &plain) = t;
    NEED(edge > 0 && plain > 0);
    s.in.mods = MOD_SHIFT;
    hold(&s, x_of(&s, (double)edge) + 5, plot.y + plot.h / 2);
    EXPECT_EQ_INT(s.stage.view.mark[MARK_A], edge);
    EXPECT_EQ_INT(s.stage.view.mark[MARK_B], MARK_NONE);
    let_go(&s, x_of(&s, (double)plain) + 1);
    s.in.mods = 0;
    EXPECT_EQ_INT(s.stage.view.mark[MARK_B], plain);
    EXPECT_EQ_INT((tick)s.stage.travel.clock, now);
    EXPECT(fabs(s.stage.view.lens.from - before.from) < 1e-9);
    take_down(&s);
}

TEST("a marker is pulled by its flag, and snaps")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    travel_seek(&s.stage.travel, 6);
    press(&s, 'a', MOD_SHIFT);
    travel_seek(&s.stage.travel, 20);
    frame(&s);
    struct rect plot = plot_of(&s);
    tick to = s.stage.travel.lod.state[1].start[1];
    hold(&s, x_of(&s, 6), plot.y + 4);
    let_go(&s, x_of(&s, (double)to) + 4);
    EXPECT_EQ_INT(s.stage.view.mark[MARK_A], to);
    EXPECT_EQ_INT((tick)s.stage.travel.clock, 20);
    take_down(&s);
}

/* ---- along arrows ---- */

/* Whether the step shown has such an event of that process. */
static bool step_has(const struct stand *s, int kind, int proc)
{
    struct step_range r = travel_last_step(&s->stage.travel);
    for (size_t i = r.begin; i < r.end; i++) {
        const struct event *e = trace_at(s->feed->trace, i);
        if (e->kind == kind && e->proc == proc)
            return true;
    }
    return false;
}

TEST("] goes from each write to the read that took its bytes, [ back again")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    press(&s, KEY_HOME, 0);
    press(&s, KEY_RIGHT, 0);
    int letters = 0;
    for (; letters < 5; letters++) {
        press(&s, '1', 0);
        size_t from = cursor(&s);
        press(&s, ']', 0);
        if (!step_has(&s, EV_GET, 1))
            break;
        size_t there = cursor(&s);
        EXPECT(there > from);
        EXPECT_EQ_INT(s.stage.view.selected, 1);
        press(&s, '[', 0);
        EXPECT_EQ_INT(s.stage.view.selected, 0);
        EXPECT(step_has(&s, EV_PUT, 0));
        size_t sent = cursor(&s);
        EXPECT(sent < there);
        press(&s, ']', 0);
        EXPECT_EQ_INT(cursor(&s), there);
    }
    EXPECT_EQ_INT(letters, 3);
    /* Then the end of the pipe wakes the child, and its end the parent. */
    EXPECT(step_has(&s, EV_STATE, 1));
    EXPECT_EQ_INT(s.stage.view.selected, 1);
    press(&s, ']', 0);
    EXPECT_EQ_INT(s.stage.view.selected, 0);
    EXPECT(step_has(&s, EV_STATE, 0));
    press(&s, '[', 0);
    EXPECT_EQ_INT(s.stage.view.selected, 1);
    take_down(&s);
}

TEST("nothing is followed into what has not been seen, and it is said")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_RIGHT, 0);
    press(&s, '1', 0);
    size_t at = cursor(&s);
    press(&s, ']', 0);
    EXPECT_EQ_INT(cursor(&s), at);
    EXPECT_CONTAINS(str_text(&s.stage.notice), "Nothing more that parent");
    press(&s, '[', 0);
    EXPECT_EQ_INT(cursor(&s), at);
    EXPECT_CONTAINS(str_text(&s.stage.notice), "Nothing has come to parent");
    take_down(&s);
}

/* ---- breakpoints ---- */

static void play(struct stand *s)
{
    press(s, ' ', 0);
    for (int i = 0; i < 4000 && s->stage.travel.playing; i++) {
        s->in.now += 0.05;
        frame(s);
    }
    EXPECT(!s->stage.travel.playing);
}

TEST("B on a selected process: playing, End and G stop at its next step")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_RIGHT, 0);
    for (int i = 0; i < 8; i++)
        press(&s, KEY_RIGHT, 0);
    press(&s, '2', 0);
    press(&s, 'b', 0);
    EXPECT_CONTAINS(str_text(&s.stage.notice), "each step of child");
    for (int i = 0; i < 6; i++) {
        size_t from = cursor(&s), next = SIZE_MAX;
        for (size_t k = from; k < s.run.trace->count && next == SIZE_MAX; k++)
            if (trace_at(s.run.trace, k)->proc == 1 &&
                event_is_step(trace_at(s.run.trace, k)))
                next = trace_step_after(s.run.trace, k);
        test_case("stop %d", i);
        if (i % 3 == 0)
            play(&s);
        else if (i % 3 == 1)
            press(&s, KEY_END, 0);
        else {
            press(&s, 'g', 0);
            memcpy(s.in.text, "28", 3);
            frame(&s);
            press(&s, KEY_ENTER, 0);
        }
        EXPECT_EQ_INT(cursor(&s), next);
        EXPECT_CONTAINS(str_text(&s.stage.notice), "Stopped at a breakpoint");
    }
    press(&s, 'b', 0);
    EXPECT_EQ_INT(s.stage.travel.breaks.count, 0);
    press(&s, KEY_END, 0);
    EXPECT(travel_at_end(&s.stage.travel));
    take_down(&s);
}

TEST("B with nobody selected stops at such a call again")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    while (!step_has(&s, EV_OP, 0) || !step_has(&s, EV_PUT, 0))
        press(&s, KEY_RIGHT, 0);
    size_t first = cursor(&s);
    press(&s, 'b', 0);
    EXPECT_CONTAINS(str_text(&s.stage.notice), "each write");
    press(&s, KEY_END, 0);
    EXPECT(step_has(&s, EV_PUT, 0));
    EXPECT(cursor(&s) > first && !travel_at_end(&s.stage.travel));
    take_down(&s);
}

TEST("a breakpoint on a state stops where somebody comes into it, also when "
     "the run is known")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    breaks_toggle(&s.stage.travel.breaks,
                  (struct break_at){BREAK_STATE, BLOCKED});
    size_t blocks = 0, stops[2] = {0, 0};
    for (size_t i = 0; i < s.run.trace->count; i++) {
        const struct event *e = trace_at(s.run.trace, i);
        blocks += e->kind == EV_STATE && e->sub == T_BLOCK;
    }
    NEED(blocks > 3);
    for (int round = 0; round < 2; round++) {
        press(&s, KEY_HOME, 0);
        for (int i = 0; i < 100; i++) {
            press(&s, KEY_END, 0);
            if (travel_at_end(&s.stage.travel))
                break;
            stops[round]++;
            struct step_range r = travel_last_step(&s.stage.travel);
            bool blocked = false;
            for (size_t k = r.begin; k < r.end; k++) {
                const struct event *e = trace_at(s.feed->trace, k);
                blocked |= e->kind == EV_STATE && e->sub == T_BLOCK;
            }
            EXPECT(blocked);
        }
        EXPECT_EQ_INT(stops[round], blocks);
    }
    take_down(&s);
}

TEST("the slider, a click and steps pass breakpoints")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    breaks_toggle(&s.stage.travel.breaks,
                  (struct break_at){BREAK_STATE, BLOCKED});
    press(&s, KEY_HOME, 0);
    stage_do(&s.stage, (struct intent){.what = DO_SEEK, .value = 20});
    frame(&s);
    EXPECT_EQ_INT((tick)s.stage.travel.clock, 20);
    take_down(&s);
}

TEST("Alt+B lists breakpoints: arrows choose, Delete removes, a click adds")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    struct breaks *b = &s.stage.travel.breaks;
    press(&s, KEY_RIGHT, 0);
    breaks_toggle(b, (struct break_at){BREAK_STATE, READY});
    breaks_toggle(b, (struct break_at){BREAK_DIVERGENCE, 0});
    press(&s, 'b', MOD_ALT);
    EXPECT_EQ_INT(s.stage.view.overlay, OVERLAY_BREAKS);
    EXPECT(shows(&s, "somebody becomes ready"));
    press(&s, KEY_DOWN, 0);
    press(&s, KEY_DELETE, 0);
    EXPECT_EQ_INT(b->count, 1);
    EXPECT_EQ_INT(b->all[0].kind, BREAK_STATE);
    press(&s, KEY_DELETE, 0);
    EXPECT_EQ_INT(b->count, 0);
    stage_do(&s.stage, (struct intent){.what = DO_BREAK_AT,
                                       .arg = BREAK_PROCESS * 65536});
    EXPECT_EQ_INT(b->count, 1);
    EXPECT_EQ_INT(b->all[0].kind, BREAK_PROCESS);
    press(&s, KEY_ESCAPE, 0);
    EXPECT_EQ_INT(s.stage.view.overlay, OVERLAY_NONE);
    take_down(&s);
}
