/* t7145-edit.c: the lesson is changed in the window: each change is in the text,
 * the run is that of the text, all of it can be taken back, and nothing is lost
 * without a question. */
#include "render/stage_go.h"
#include "sim/base/rng.h"
#include "tests/stand_open.h"

#include <stdio.h>
#include <string.h>

static const struct edit *edit(const struct stand_open *w)
{
    return &w->s.stage.edit;
}

static const char *text(const struct stand_open *w)
{
    return str_text(&edit(w)->draft.text);
}

static const struct scenario *lesson(const struct stand_open *w)
{
    return w->open.loaded.scenario;
}

static const struct process_def *shown(const struct stand_open *w)
{
    return &lesson(w)->processes[edit(w)->process];
}

static void type(struct stand_open *w, const char *typed)
{
    while (w->s.stage.edit.typed[0])
        press(&w->s, KEY_BACKSPACE, 0);
    snprintf(w->s.in.text, sizeof w->s.in.text, "%s", typed);
    frame(&w->s);
    press(&w->s, KEY_ENTER, 0);
}

static bool refused(const struct stand_open *w)
{
    return edit(w)->refused.length > 0;
}

/* The window's run is the one that the text makes by itself. */
static void expect_run_of_text(struct stand_open *w)
{
    struct run r = run_json(text(w), w->o.until);
    struct world kept = {0};
    settle(w);
    tick t = travel_now(&w->s.stage.travel);
    travel_last(&w->s.stage.travel);
    settle(w);
    world_copy(&kept, world(&w->s));
    EXPECT(world_equal(&kept, r.world));
    world_free(&kept);
    run_free(&r);
    travel_seek(&w->s.stage.travel, t);
    settle(w);
}

static bool up(struct stand_open *w, const char *json)
{
    if (!stand_up_open(w, json, NULL, false))
        return false;
    press(&w->s, 'g', 0);
    snprintf(w->s.in.text, sizeof w->s.in.text, "7");
    frame(&w->s);
    press(&w->s, KEY_ENTER, 0);
    settle(w);
    press(&w->s, 'e', MOD_CTRL);
    return w->s.stage.view.overlay == OVERLAY_EDIT;
}

TEST("who arrives when: in the text, in the run, at the same moment; and back")
{
    struct stand_open w;
    NEED(up(&w, stand_five));
    struct str before = {0};
    str_add(&before, text(&w));
    tick at = travel_now(&w.s.stage.travel);
    press(&w.s, KEY_PAGE_DOWN, 0);
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, '+', 0);
    press(&w.s, KEY_RIGHT, MOD_SHIFT);
    EXPECT_EQ_INT(shown(&w)->arrival, 13);
    EXPECT_CONTAINS(text(&w), "{\"name\": \"B\", \"arrival\": 13, \"bursts\": [6]}");
    EXPECT_EQ_INT(travel_now(&w.s.stage.travel), at);
    expect_run_of_text(&w);
    press(&w.s, KEY_LEFT, MOD_SHIFT);
    press(&w.s, KEY_LEFT, MOD_SHIFT);
    EXPECT_EQ_INT(shown(&w)->arrival, 0);
    for (int i = 0; i < 4; i++)
        press(&w.s, 'z', MOD_CTRL);
    EXPECT_EQ_STR(text(&w), str_text(&before));
    EXPECT(!edit_unsaved(edit(&w)));
    press(&w.s, 'y', MOD_CTRL);
    EXPECT_EQ_INT(shown(&w)->arrival, 3);
    press(&w.s, 'z', MOD_CTRL | MOD_SHIFT);
    EXPECT_EQ_INT(shown(&w)->arrival, 13);
    str_free(&before);
    take_down_open(&w);
}

TEST("a value is typed; what the loader does not take is not done, and why")
{
    struct stand_open w;
    NEED(up(&w, stand_five));
    struct str before = {0};
    str_add(&before, text(&w));
    press(&w.s, KEY_ENTER, 0);
    EXPECT(edit(&w)->typing);
    type(&w, "Anna");
    EXPECT_EQ_STR(shown(&w)->name, "Anna");
    EXPECT_CONTAINS(text(&w), "\"expect\": {\"processes\": {\"Anna\":");
    expect_run_of_text(&w);
    press(&w.s, KEY_ENTER, 0);
    type(&w, "B"); /* somebody has that name */
    EXPECT(refused(&w));
    EXPECT_CONTAINS(str_text(&edit(&w)->refused), "/processes/");
    EXPECT_EQ_STR(shown(&w)->name, "Anna");
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, KEY_ENTER, 0);
    type(&w, "soon");
    EXPECT(refused(&w));
    EXPECT(!strstr(str_text(&edit(&w)->refused), "error: "));
    EXPECT_EQ_INT(shown(&w)->arrival, 0);
    press(&w.s, KEY_ENTER, 0);
    type(&w, "5");
    EXPECT(!refused(&w));
    EXPECT_EQ_INT(shown(&w)->arrival, 5);
    press(&w.s, KEY_ENTER, 0);
    press(&w.s, KEY_ESCAPE, 0); /* only from the field */
    EXPECT(!edit(&w)->typing);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_EDIT);
    press(&w.s, 'z', MOD_CTRL);
    press(&w.s, 'z', MOD_CTRL);
    EXPECT_EQ_STR(text(&w), str_text(&before));
    press(&w.s, KEY_ESCAPE, 0);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_NONE);
    str_free(&before);
    take_down_open(&w);
}

/* Name, arrival, then `bursts` as the program that they stand for. */
TEST("ops: their numbers, one put in, moved, taken out")
{
    struct stand_open w;
    NEED(up(&w, stand_five));
    struct str before = {0};
    str_add(&before, text(&w));
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, '+', 0);
    EXPECT_CONTAINS(text(&w), "\"program\": [{\"cpu\": 4}]");
    expect_run_of_text(&w);
    press(&w.s, 'i', 0);
    EXPECT(edit(&w)->offering);
    EXPECT(edit(&w)->offer_count > 10);
    int sleeps = NONE;
    for (int i = 0; i < edit(&w)->offer_count; i++)
        if (edit(&w)->offers[i].verb == OP_sleep)
            sleeps = i;
    NEED(sleeps >= 0);
    for (int i = 0; i < sleeps; i++)
        press(&w.s, KEY_DOWN, 0);
    press(&w.s, KEY_ENTER, 0);
    EXPECT(!edit(&w)->offering && !refused(&w));
    EXPECT_EQ_INT(lesson(&w)->ops[shown(&w)->first].verb, OP_sleep);
    EXPECT_EQ_INT(edit(&w)->open, shown(&w)->first);
    expect_run_of_text(&w);
    press(&w.s, KEY_DOWN, 0); /* its argument */
    press(&w.s, KEY_ENTER, 0);
    type(&w, "2");
    EXPECT_CONTAINS(text(&w), "{\"sleep\": 2}");
    press(&w.s, KEY_UP, 0);
    press(&w.s, KEY_DOWN, MOD_ALT);
    EXPECT_EQ_INT(lesson(&w)->ops[shown(&w)->first].verb, OP_cpu);
    EXPECT_EQ_INT(lesson(&w)->ops[shown(&w)->first + 1].verb, OP_sleep);
    expect_run_of_text(&w);
    press(&w.s, KEY_UP, MOD_ALT);
    press(&w.s, KEY_DELETE, 0);
    EXPECT_EQ_INT(lesson(&w)->ops[shown(&w)->first].verb, OP_cpu);
    expect_run_of_text(&w);
    for (int i = 0; i < 6; i++)
        press(&w.s, 'z', MOD_CTRL);
    EXPECT_EQ_STR(text(&w), str_text(&before));
    str_free(&before);
    take_down_open(&w);
}

TEST("a process more, and one less; but never none, nor one that is named")
{
    struct stand_open w;
    NEED(up(&w, "{'timeslice': 1, 'title': 'x', 'processes': ["
                " {'name': 'a', 'program': [{'fork': 'c'}, {'cpu': 3}]},"
                " {'name': 'c', 'program': [{'cpu': 2}]}]}"));
    press(&w.s, 'n', 0);
    EXPECT(refused(&w) || lesson(&w)->process_count == 3);
    bool more = lesson(&w)->process_count == 3;
    if (more)
        expect_run_of_text(&w);
    while (edit(&w)->process != 1)
        press(&w.s, KEY_PAGE_DOWN, 0);
    int n = lesson(&w)->process_count;
    press(&w.s, KEY_HOME, 0);
    press(&w.s, KEY_DELETE, 0);
    EXPECT(refused(&w)); /* `a` forks it */
    EXPECT_EQ_INT(lesson(&w)->process_count, n);
    take_down_open(&w);
    NEED(up(&w, stand_five));
    press(&w.s, 'n', 0);
    EXPECT_EQ_INT(lesson(&w)->process_count, 6);
    EXPECT_EQ_INT(edit(&w)->process, 5);
    EXPECT_EQ_STR(shown(&w)->name, "A2");
    expect_run_of_text(&w);
    while (edit(&w)->process != 0)
        press(&w.s, KEY_PAGE_DOWN, 0);
    EXPECT_CONTAINS(text(&w), "{\"finish\": 4}"); /* of A */
    press(&w.s, KEY_DELETE, 0);
    EXPECT(!strstr(text(&w), "finish"));
    for (int i = 0; i < 3; i++)
        press(&w.s, KEY_DELETE, 0);
    EXPECT_EQ_INT(lesson(&w)->process_count, 2);
    expect_run_of_text(&w);
    take_down_open(&w);
    NEED(up(&w, "{'timeslice': 1, 'title': 'x', 'processes': ["
                " {'name': 'a', 'program': [{'cpu': 3}]}]}"));
    press(&w.s, KEY_DELETE, 0);
    EXPECT(refused(&w));
    EXPECT_EQ_INT(lesson(&w)->process_count, 1);
    take_down_open(&w);
}

/* ---- with E ---- */

static int64_t quantum(const struct stand_open *w)
{
    return world_scheduler(world(&w->s))->quantum;
}

static void choose_quantum(struct stand_open *w)
{
    press(&w->s, KEY_ESCAPE, 0);
    press(&w->s, 'e', 0);
    press(&w->s, KEY_RIGHT, 0);
    press(&w->s, KEY_ENTER, 0);
    settle(w);
}

static const char with_quantum[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'rr', 'quantum': 3},"
    " 'processes': [{'name': 'a', 'bursts': [30]},"
    " {'name': 'b', 'bursts': [30]}]}";

TEST("what E has chosen decides in the changed lesson, too, and is undone for itself")
{
    struct stand_open w;
    NEED(up(&w, with_quantum));
    struct str before = {0}, both = {0};
    str_add(&before, text(&w));
    choose_quantum(&w);
    EXPECT_EQ_INT(quantum(&w), 4);
    EXPECT_EQ_STR(text(&w), str_text(&before)); /* a branch changes no text */
    press(&w.s, 'e', MOD_CTRL);
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, KEY_ENTER, 0);
    type(&w, "soon"); /* refused: nothing of it stays */
    EXPECT(refused(&w));
    EXPECT_EQ_STR(text(&w), str_text(&before));
    EXPECT_EQ_INT(quantum(&w), 4);
    press(&w.s, '+', 0);
    EXPECT_EQ_INT(shown(&w)->arrival, 1);
    EXPECT_EQ_INT(quantum(&w), 4);
    EXPECT_CONTAINS(text(&w), "\"quantum\": 4");
    expect_run_of_text(&w);
    str_add(&both, text(&w));
    press(&w.s, 'z', MOD_CTRL);
    EXPECT_EQ_INT(shown(&w)->arrival, 0);
    EXPECT_EQ_INT(quantum(&w), 4);
    press(&w.s, 'z', MOD_CTRL);
    EXPECT_EQ_INT(quantum(&w), 3);
    EXPECT_EQ_STR(text(&w), str_text(&before));
    EXPECT(!edit_unsaved(edit(&w)));
    press(&w.s, 'y', MOD_CTRL);
    press(&w.s, 'y', MOD_CTRL);
    EXPECT_EQ_STR(text(&w), str_text(&both));
    str_free(&before);
    str_free(&both);
    take_down_open(&w);
}

TEST("chosen by E after a change, it is what is taken back first")
{
    struct stand_open w;
    NEED(up(&w, with_quantum));
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, '+', 0);
    choose_quantum(&w);
    EXPECT_EQ_INT(quantum(&w), 4);
    press(&w.s, 'z', MOD_CTRL);
    EXPECT_EQ_INT(quantum(&w), 3);
    EXPECT_EQ_INT(lesson(&w)->processes[0].arrival, 1);
    press(&w.s, 'z', MOD_CTRL);
    EXPECT_EQ_INT(lesson(&w)->processes[0].arrival, 0);
    EXPECT(!edit_unsaved(edit(&w)));
    take_down_open(&w);
}

TEST("on which CPUs: typed, refused, and on all again")
{
    struct stand_open w;
    NEED(up(&w, "{'timeslice': 1, 'title': 'x', 'machine': {'cpus': 3},"
                " 'processes': [{'name': 'a', 'bursts': [9]},"
                " {'name': 'b', 'bursts': [9]}]}"));
    struct str before = {0};
    str_add(&before, text(&w));
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, KEY_ENTER, 0);
    EXPECT_EQ_STR(edit(&w)->typed, "");
    type(&w, "0, 2");
    EXPECT_EQ_INT((long long)shown(&w)->affinity, 5);
    EXPECT_CONTAINS(text(&w), "\"affinity\": [0, 2]");
    expect_run_of_text(&w);
    static const char *const wrong[] = {"3", "x", "1 1", "-1"};
    for (int i = 0; i < 4; i++) {
        press(&w.s, KEY_ENTER, 0);
        EXPECT_EQ_STR(edit(&w)->typed, "0 2");
        type(&w, wrong[i]);
        EXPECT(refused(&w));
        EXPECT_EQ_INT((long long)shown(&w)->affinity, 5);
    }
    press(&w.s, KEY_ENTER, 0);
    type(&w, "");
    EXPECT(!refused(&w));
    EXPECT_EQ_STR(text(&w), str_text(&before));
    press(&w.s, KEY_ENTER, 0);
    type(&w, ""); /* nothing is other than it was */
    EXPECT_EQ_INT((long long)edit(&w)->draft.done, 2);
    str_free(&before);
    take_down_open(&w);
}

TEST("the machine, also where the file says nothing of it")
{
    struct stand_open w;
    NEED(up(&w, stand_five));
    struct str before = {0};
    str_add(&before, text(&w));
    press(&w.s, KEY_PAGE_UP, 0); /* behind the last process */
    EXPECT_EQ_INT(edit(&w)->process, NONE);
    press(&w.s, '+', 0);
    EXPECT_EQ_INT(lesson(&w)->machine.cpus, 2);
    press(&w.s, KEY_DOWN, 0);
    press(&w.s, '+', 0);
    EXPECT_EQ_INT(lesson(&w)->machine.context_switch, 1);
    EXPECT_CONTAINS(text(&w), "\"machine\": {\"cpus\": 2");
    expect_run_of_text(&w);
    press(&w.s, KEY_DELETE, 0);
    EXPECT_EQ_INT(lesson(&w)->machine.context_switch, 0);
    press(&w.s, 'i', 0);
    EXPECT(!edit(&w)->offering);
    press(&w.s, KEY_END, 0);
    press(&w.s, '-', 0); /* no limit is no number */
    press(&w.s, KEY_ENTER, 0);
    type(&w, "3");
    EXPECT_EQ_INT(lesson(&w)->machine.max_processes, 3);
    expect_run_of_text(&w);
    press(&w.s, 'n', 0);
    EXPECT_EQ_INT(lesson(&w)->process_count, 6);
    EXPECT_EQ_INT(edit(&w)->process, 5);
    while (edit(&w)->draft.done)
        press(&w.s, 'z', MOD_CTRL);
    EXPECT_EQ_STR(text(&w), str_text(&before));
    press(&w.s, KEY_PAGE_DOWN, 0);
    EXPECT_EQ_INT(edit(&w)->process, NONE);
    press(&w.s, KEY_PAGE_DOWN, 0);
    EXPECT_EQ_INT(edit(&w)->process, 0);
    str_free(&before);
    take_down_open(&w);
}

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
