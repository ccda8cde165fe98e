/* t7146-edit-kept.c: what is changed in the window can be taken back, all of it, and
 * nothing is lost without a question, whatever is pressed. */
#include "sim/base/rng.h"
#include "tests/stand_edit.h"

/* ---- nothing is lost ---- */

TEST("with changes that are in no file, whoever leaves is asked")
{
    struct stand_open w;
    struct stage *st = &w.s.stage;
    NEED(up(&w, stand_five));
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, '+', 0);
    EXPECT(edit_unsaved(edit(&w)));
    press(&w.s, KEY_ESCAPE, 0);
    press(&w.s, 'q', MOD_CTRL);
    EXPECT_EQ_INT(st->view.overlay, OVERLAY_UNSAVED);
    EXPECT(!st->quit);
    press(&w.s, ' ', 0); /* nothing goes on behind it */
    press(&w.s, 'q', MOD_CTRL);
    EXPECT(!st->quit && !st->travel.playing);
    press(&w.s, KEY_ESCAPE, 0);
    EXPECT_EQ_INT(st->view.overlay, OVERLAY_NONE);
    EXPECT(!st->quit);
    EXPECT(edit_unsaved(edit(&w)));
    stage_elsewhere(st);
    EXPECT_CONTAINS(str_text(&st->notice), "Your changes stay");
    press(&w.s, KEY_F5, 0);
    EXPECT_EQ_INT(st->view.overlay, OVERLAY_UNSAVED);
    press(&w.s, KEY_ESCAPE, 0);
    press(&w.s, 'q', MOD_CTRL);
    press(&w.s, 'd', 0);
    EXPECT(st->quit);
    take_down_open(&w);
}

/* On a busy machine several keys come before a frame is drawn. */
static void press_at_once(struct stand_open *w, const struct key_press *keys,
                          int count)
{
    for (int i = 0; i < count; i++)
        w->s.in.keys[w->s.in.key_count++] = keys[i];
    frame(&w->s);
}

TEST("keys that come at once: an Escape answers only the question before it")
{
    static const struct key_press leaves[] = {
        {KEY_ESCAPE, 0, false}, {'q', MOD_CTRL, false}};
    static const struct key_press stays[] = {
        {'q', MOD_CTRL, false}, {KEY_ESCAPE, 0, false}};
    static const struct key_press gives_up[] = {
        {KEY_ESCAPE, 0, false}, {'q', MOD_CTRL, false}, {'d', 0, false}};
    struct stand_open w;
    struct stage *st = &w.s.stage;
    NEED(up(&w, stand_five));
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, '+', 0);
    press_at_once(&w, leaves, 2);
    EXPECT_EQ_INT(st->view.overlay, OVERLAY_UNSAVED);
    press(&w.s, KEY_ESCAPE, 0);
    EXPECT_EQ_INT(st->view.overlay, OVERLAY_NONE);
    press_at_once(&w, stays, 2);
    EXPECT_EQ_INT(st->view.overlay, OVERLAY_NONE);
    EXPECT(!st->quit && edit_unsaved(edit(&w)));
    press(&w.s, 'e', MOD_CTRL);
    press_at_once(&w, gives_up, 3);
    EXPECT(st->quit);
    take_down_open(&w);
}

/* ---- any keys ---- */

/* A key somebody may press in the sheet, often one that changes something. */
static struct key_press any_key(uint64_t *dice)
{
    static const struct key_press keys[] = {
        {KEY_DOWN, 0, false},      {KEY_DOWN, 0, false},
        {KEY_UP, 0, false},        {KEY_PAGE_DOWN, 0, false},
        {KEY_END, 0, false},       {KEY_HOME, 0, false},
        {'+', 0, false},           {'-', 0, false},
        {KEY_RIGHT, MOD_SHIFT, false}, {KEY_LEFT, MOD_SHIFT, false},
        {KEY_ENTER, 0, false},     {KEY_ENTER, 0, false},
        {KEY_DELETE, 0, false},    {'i', 0, false},
        {'n', 0, false},           {KEY_UP, MOD_ALT, false},
        {KEY_DOWN, MOD_ALT, false}, {KEY_TAB, 0, false}};
    return keys[rng_next(dice) % (sizeof keys / sizeof *keys)];
}

static void any_text(struct stand_open *w, uint64_t *dice)
{
    static const char *const texts[] = {"3", "0", "x", "-1", "p[0]", "SIGTERM",
                                        "", "9999999999999999999", "\"", "{",
                                        "B", "[1, 2]", "用户"};
    snprintf(w->s.stage.edit.typed, sizeof w->s.stage.edit.typed, "%s",
             texts[rng_next(dice) % (sizeof texts / sizeof *texts)]);
    stage_do(&w->s.stage, (struct intent){.what = DO_EDIT_TYPED});
}

static bool is_lesson(const char *json)
{
    struct diag d = {.file = "x"};
    struct scenario *sc = scenario_read("x", json, strlen(json), NULL, 0, &d);
    diag_free(&d);
    if (sc)
        scenario_free(sc);
    return sc != NULL;
}

static void wander(const char *json, uint64_t seed, int keys)
{
    struct stand_open w;
    uint64_t dice = seed * 7919 + 1;
    NEED(up(&w, json));
    struct str before = {0}, after = {0};
    str_add(&before, text(&w));
    for (int i = 0; i < keys; i++) {
        struct key_press k = any_key(&dice);
        stage_edit_key(&w.s.stage, k);
        if (edit(&w)->typing)
            any_text(&w, &dice);
        if (i % 16 == 0)
            frame(&w.s);
        int rows = edit_rows(edit(&w), lesson(&w),
                             world_scheduler(world(&w.s)));
        EXPECT(edit(&w)->at >= 0 && edit(&w)->at < rows);
    }
    test_case("seed %d", (int)seed);
    EXPECT(is_lesson(text(&w)));
    EXPECT_EQ_STR(text(&w), str_text(&w.open.loaded.text));
    expect_run_of_text(&w);
    str_add(&after, text(&w));
    while (edit(&w)->draft.done)
        stage_do(&w.s.stage, (struct intent){.what = DO_UNDO});
    EXPECT_EQ_STR(text(&w), str_text(&before));
    while (edit(&w)->draft.done < edit(&w)->draft.count)
        stage_do(&w.s.stage, (struct intent){.what = DO_REDO});
    EXPECT_EQ_STR(text(&w), str_text(&after));
    frame(&w.s);
    str_free(&before);
    str_free(&after);
    take_down_open(&w);
}

TEST("whatever is pressed, the text is a lesson, and every change can be undone")
{
    static const char *const lessons[] = {stand_five, stand_inversion,
                                          stand_lesson};
    for (uint64_t seed = 1; seed <= 60; seed++)
        wander(lessons[seed % 3], seed, 80);
}
