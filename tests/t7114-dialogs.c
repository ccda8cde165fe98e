/* t7114-dialogs.c: what lies open over the window has the keys. */
#include "tests/stand_open.h"

/* Behind a dialog nothing plays, moves, is selected or killed. */
static void expect_nothing_behind(struct stand_open *w, enum overlay over)
{
    static const int keys[] = {' ', KEY_RIGHT, KEY_LEFT, KEY_HOME, KEY_END, 'g',
                               '-', '+', '=', KEY_TAB, KEY_DOWN, KEY_UP, '1',
                               'u', 'k', 'w', 's', 'a', 'd', '0', 'f', 'm',
                               KEY_PAGE_DOWN, '/', KEY_F3, 'b', '[', ']'};
    static const int mods[] = {0, MOD_SHIFT, MOD_CTRL, MOD_ALT};
    struct stage *st = &w->s.stage;
    const struct travel *tv = &st->travel;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        for (size_t k = 0; k < sizeof mods / sizeof *mods; k++) {
            if (mods[k] == MOD_CTRL && strchr("+-=0", keys[i]))
                continue; /* the size of text */
            st->view.overlay = over;
            size_t at = travel_cursor(tv), events = w->s.feed->trace->count;
            int speed = tv->speed, selected = st->view.selected;
            int tab = st->view.tab, breaks = tv->breaks.count;
            struct lens lens = st->view.lens;
            w->s.in.keys[w->s.in.key_count++] =
                (struct key_press){.key = keys[i], .mods = mods[k]};
            settle(w);
            test_case("overlay %d, key %d, modifiers %d", over, keys[i],
                      mods[k]);
            EXPECT_EQ_INT(travel_cursor(tv), at);
            EXPECT_EQ_INT(w->s.feed->trace->count, events);
            EXPECT_EQ_INT(tv->speed, speed);
            EXPECT(!tv->playing);
            EXPECT_EQ_INT(st->view.selected, selected);
            EXPECT_EQ_INT(st->view.tab, tab);
            EXPECT(over == OVERLAY_BREAKS || tv->breaks.count == breaks);
            EXPECT(memcmp(&lens, &st->view.lens, sizeof lens) == 0);
            EXPECT(!st->view.finding);
            EXPECT(st->view.mark[MARK_A] == MARK_NONE);
            st->ui.focus = 0;
        }
}

TEST("no key goes through a dialog to what lies behind it")
{
    static const enum overlay all[] = {OVERLAY_HELP, OVERLAY_LESSONS,
                                       OVERLAY_COMPLAINTS, OVERLAY_SCHEDULER,
                                       OVERLAY_BREAKS, OVERLAY_COMPARE};
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    press_open(&w, KEY_ESCAPE);
    go_to_time(&w, 5);
    press_open(&w, 'e');
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        expect_nothing_behind(&w, all[i]);
    take_down_open(&w);
}

TEST("Shift and = is +, in the dialog as outside of it")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    int speed = w.s.stage.travel.speed;
    struct key_press plus = {.key = '=', .mods = MOD_SHIFT};
    go_to_time(&w, 3);
    press_open(&w, 'e');
    w.s.in.keys[w.s.in.key_count++] = plus;
    settle(&w);
    EXPECT_EQ_INT(w.s.stage.view.wish.quantum, 2);
    EXPECT_EQ_INT(w.s.stage.travel.speed, speed);
    press_open(&w, KEY_ESCAPE);
    w.s.in.keys[w.s.in.key_count++] = plus;
    settle(&w);
    EXPECT_EQ_INT(w.s.stage.travel.speed, speed + 1);
    take_down_open(&w);
}

/* Turned off, draws are no row any more. */
static const char drawn[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'lottery',"
    " 'draws': [3, 150, 77]}, 'processes': ["
    "  {'name': 'A', 'bursts': [9]}, {'name': 'B', 'bursts': [9]}]}";

TEST("a row that goes leaves the mark on one that is there")
{
    struct stand_open w;
    NEED(stand_up_open(&w, drawn, NULL, false));
    go_to_time(&w, 3);
    press_open(&w, 'e');
    mark_row(&w, row_of(&w, "draws", NULL, 0));
    stage_do(&w.s.stage,
             (struct intent){.what = DO_SETTING,
                             .arg = row_of(&w, "draws", NULL, 0), .value = 1});
    settle(&w);
    EXPECT_EQ_INT(row_of(&w, "draws", NULL, 0), NONE);
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(&w.s.stage.view, w.s.feed->scenario, all);
    EXPECT(w.s.stage.view.setting_at < n);
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_INT(world_scheduler(world(&w.s))->draw_count, 0);
    press_open(&w, KEY_END);
    expect_true_picture(&w);
    go_to_time(&w, 2);
    EXPECT_EQ_INT(world_scheduler(world(&w.s))->draw_count, 3);
    take_down_open(&w);
}

TEST("seeds and numbers of many digits are changed, too, and shown whole")
{
    struct stand_open w;
    NEED(stand_up_open(&w, drawn, NULL, false));
    go_to_time(&w, 3);
    press_open(&w, 'e');
    int seed = row_of(&w, "seed", NULL, 0);
    whatif_setting(&w.s.stage, seed, 123456789012345);
    settle(&w);
    EXPECT_EQ_INT(w.s.stage.view.wish.seed, 123456789012345);
    EXPECT_EQ_INT(w.s.stage.ui.cut_count, 0);
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_INT(world_scheduler(world(&w.s))->seed, 123456789012345);
    take_down_open(&w);
}
