/* t7145-edit.c: the lesson is changed in the window: each change is in the text, and
 * the run is that of the text. */
#include "tests/stand_edit.h"

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
