/* expect.c: the expectations on commands that go through the run and act on it;
 * the others are in expect_find.c and expect_look.c. */
#include "tests/desk/expect.h"

#include "render/link.h"
#include "tests/desk/expect_in.h"

#include <math.h>
#include <string.h>

const char desk_nine[] =
    "{'timeslice': 1, 'title': {'en': 'Nine', 'zh': '九个进程'},"
    " 'notes': {'en': 'Nine processes.', 'zh': '九个进程。'},"
    " 'scheduler': {'policy': 'rr', 'quantum': 2}, 'processes': ["
    "  {'name': 'parent', 'program': [{'pipe': 'p'}, {'fork': 'child'},"
    "   {'close': 'p[0]'}, {'repeat': 3, 'as': 'i', 'do': [{'cpu': 2},"
    "    {'write': 'p[1]', 'text': '{i}'}, {'sleep': 4}]},"
    "   {'close': 'p[1]'}, {'wait': 'child'}]},"
    "  {'name': 'child', 'program': [{'close': 'p[1]'},"
    "   {'repeat': 'forever', 'do': [{'read': 'p[0]', 'size': 100,"
    "    'at_eof': 'break'}]}]},"
    "  {'name': 'poster', 'program': [{'msgget': 'q', 'key': 7, 'flags':"
    "   'IPC_CREAT|0600'}, {'cpu': 3}, {'msgsnd': 'q', 'type': 1, 'text':"
    "   'hello'}, {'cpu': 9}]},"
    "  {'name': 'P4', 'bursts': [9]}, {'name': 'P5', 'bursts': [9, 2, 3]},"
    "  {'name': 'P6', 'bursts': [7]}, {'name': 'P7', 'bursts': [8]},"
    "  {'name': 'P8', 'bursts': [4, 3, 2]}, {'name': 'P9', 'bursts': [9]},"
    "  {'name': 'P10', 'bursts': [5]}]}";

static enum state state_of(const struct desk *d, int proc)
{
    return (enum state)desk_world(d)->task[proc].state;
}

/* ---- through time ---- */

static bool a_tick_later(struct desk *d)
{
    const struct snapshot *before = d->ctx;
    return d->st->travel.clock > before->clock + 1;
}

static void plays(struct desk *d, const struct snapshot *b, int arg)
{
    struct snapshot before = *b;
    (void)arg;
    EXPECT(d->st->travel.playing);
    d->ctx = &before;
    desk_until(d, a_tick_later);
    desk_keys(d, "space");
    double stopped = d->st->travel.clock;
    desk_settle(d);
    EXPECT(!d->st->travel.playing);
    EXPECT(fabs(d->st->travel.clock - stopped) < 1e-9);
}

static void steps(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT_EQ_INT(desk_cursor(d), trace_step_after(d->run.trace, b->cursor));
}

static void steps_back(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT_EQ_INT(desk_cursor(d), trace_step_before(d->run.trace, b->cursor));
    EXPECT(desk_cursor(d) < b->cursor);
}

static void steps_own(struct desk *d, const struct snapshot *b, int arg)
{
    const struct trace *tr = d->run.trace;
    size_t to = desk_cursor(d), last = trace_step_before(tr, to);
    (void)arg;
    EXPECT(to > b->cursor);
    EXPECT(run_has_step(d, last, to, b->view.selected));
    EXPECT(!run_has_step(d, b->cursor, last, b->view.selected));
}

static void steps_own_back(struct desk *d, const struct snapshot *b, int arg)
{
    const struct trace *tr = d->run.trace;
    size_t to = desk_cursor(d);
    (void)arg;
    EXPECT(to < b->cursor);
    EXPECT(run_has_step(d, trace_step_before(tr, to), to, b->view.selected));
    EXPECT(!run_has_step(d, to, trace_step_before(tr, b->cursor),
                     b->view.selected));
}

static void is_first(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_INT(desk_cursor(d), 0);
    EXPECT(fabs(d->st->travel.clock) < 1e-9);
}

static void is_last(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(travel_at_end(&d->st->travel));
    EXPECT_EQ_INT(desk_cursor(d), d->run.trace->count);
    EXPECT(world_equal(desk_world(d), d->run.world));
}

static void goes_to(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_GO_TO);
    desk_keys(d, "7 Return");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
    EXPECT_EQ_INT(travel_now(&d->st->travel), 7);
    EXPECT_EQ_INT(desk_cursor(d), run_behind(d, 7));
}

static void is_slower(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT(travel_speeds[d->st->travel.speed] < travel_speeds[b->speed]);
    EXPECT(desk_says(d, "1 tick"));
}

static void is_faster(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT(travel_speeds[d->st->travel.speed] > travel_speeds[b->speed]);
    EXPECT(desk_says(d, "4 ticks"));
}

/* ---- processes ---- */

static void selects_next(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT_EQ_INT(d->st->view.selected, b->view.selected + 1);
}

static void selects_before(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT_EQ_INT(d->st->view.selected, b->view.selected - 1);
}

/* In a menu it has no number: the first. */
static void selects(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b;
    EXPECT_EQ_INT(d->st->view.selected, arg);
}

/* The pipe, then the queue in front of those that share its place, then none. */
static void selects_object(struct desk *d, const struct snapshot *b, int arg)
{
    const struct tabs *t = &d->st->layout.tabs;
    int64_t pipe = d->st->view.object;
    (void)b, (void)arg;
    EXPECT_EQ_INT(pipe, link_object(PANEL_PIPE, 0));
    desk_keys(d, "o");
    EXPECT_EQ_INT(d->st->view.object, link_object(PANEL_MSGQ, 0));
    EXPECT_EQ_INT(t->panel[t->front], PANEL_MSGQ);
    desk_keys(d, "o");
    EXPECT_EQ_INT(d->st->view.object, 0);
    desk_keys(d, "Home o");
    EXPECT_EQ_INT(d->st->view.object, 0);
    EXPECT(desk_shows(d, word(W_OBJECT_NONE, LANG_EN)));
}

static void suspends(struct desk *d, const struct snapshot *b, int arg)
{
    int p = b->view.selected;
    (void)arg;
    EXPECT(state_of(d, p) == READY_SUSPENDED ||
           state_of(d, p) == BLOCKED_SUSPENDED);
    desk_keys(d, "u");
    EXPECT(state_of(d, p) != READY_SUSPENDED &&
           state_of(d, p) != BLOCKED_SUSPENDED && state_of(d, p) != TERMINATED);
}

static void kills(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT_EQ_INT(state_of(d, b->view.selected), TERMINATED);
}

static void reschedules(struct desk *d, const struct snapshot *b, int arg)
{
    enum policy_name was = world_scheduler(desk_world(d))->name;
    (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_SCHEDULER);
    desk_keys(d, "Down Return");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
    EXPECT(world_scheduler(desk_world(d))->name != was);
    EXPECT(fabs(d->st->travel.clock - b->clock) < 1e-9);
}

/* Who arrives later is changed at the same moment of the run. */
static void edits(struct desk *d, const struct snapshot *b, int arg)
{
    const struct scenario *sc = d->st->travel.feed->scenario;
    tick arrival = sc->processes[d->st->edit.process].arrival;
    (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_EDIT);
    EXPECT(desk_shows(d, word(W_EDIT_ARRIVAL, LANG_EN)));
    desk_keys(d, "Down plus");
    sc = d->st->travel.feed->scenario;
    EXPECT_EQ_INT(sc->processes[d->st->edit.process].arrival, arrival + 1);
    EXPECT(fabs(d->st->travel.clock - b->clock) < 1e-9);
    EXPECT(edit_unsaved(&d->st->edit));
    EXPECT(strncmp(desk_output("xdotool getwindowname %lu", d->id), "• ",
                   strlen("• ")) == 0);
    desk_keys(d, "ctrl+z ctrl+e");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
    EXPECT(!edit_unsaved(&d->st->edit));
}

static void undoes(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(!edit_unsaved(&d->st->edit));
    desk_keys(d, "ctrl+z");
    EXPECT(desk_shows(d, word(W_UNDO_NOTHING, LANG_EN)));
}

static void redoes(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(edit_unsaved(&d->st->edit));
    desk_keys(d, "ctrl+y");
    EXPECT(desk_shows(d, word(W_REDO_NOTHING, LANG_EN)));
    desk_keys(d, "ctrl+z");
}

static void predicts(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT(d->st->predict.on);
    for (int i = 0; i < 40 && d->st->predict.phase != PREDICT_ASKS; i++)
        desk_keys(d, "Right");
    EXPECT_EQ_INT(d->st->predict.phase, PREDICT_ASKS);
    desk_keys(d, "1");
    EXPECT_EQ_INT(d->st->predict.phase, PREDICT_TOLD);
    EXPECT_EQ_INT(score_asked(&d->st->predict.score), 1);
    desk_keys(d, "p");
    EXPECT(!d->st->predict.on);
}

static void compares(struct desk *d, const struct snapshot *b, int arg)
{
    const struct rivals *r = d->st->travel.feed->rivals;
    int over = 0;
    (void)b, (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_COMPARE);
    for (int i = 0; r && i < r->count; i++)
        over += r->all[i]->on && r->all[i]->over;
    EXPECT(over >= 2);
    desk_keys(d, "c");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
}

/* ---- the table ---- */

static const struct command_test table[] = {
    {DO_PLAY, CHANGES_PLAYING | CHANGES_MOMENT, AT_11, plays},
    {DO_STEP, CHANGES_MOMENT, AT_11, steps},
    {DO_BACK, CHANGES_MOMENT, AT_11, steps_back},
    {DO_STEP_OWN, CHANGES_MOMENT, AT_11 "5", steps_own},
    {DO_BACK_OWN, CHANGES_MOMENT, AT_11 "1", steps_own_back},
    {DO_FIRST, CHANGES_MOMENT, AT_11, is_first},
    {DO_LAST, CHANGES_MOMENT, AT_11, is_last},
    {DO_GO_TO, CHANGES_OVERLAY, AT_11, goes_to},
    {DO_SLOWER, CHANGES_SPEED, AT_11, is_slower},
    {DO_FASTER, CHANGES_SPEED, AT_11, is_faster},
    {DO_SELECT_NEXT, CHANGES_SELECTED, AT_11 "3", selects_next},
    {DO_SELECT_BEFORE, CHANGES_SELECTED, AT_11 "3", selects_before},
    {DO_SELECT_NUMBER, CHANGES_SELECTED, AT_11, selects},
    {DO_OBJECT_NEXT, CHANGES_SELECTED, AT_11, selects_object},
    {DO_SUSPEND, CHANGES_RUN | CHANGES_MOMENT, "End " AT_11 "4", suspends},
    {DO_KILL, CHANGES_RUN | CHANGES_MOMENT, "End " AT_11 "4", kills},
    {DO_SCHEDULER, CHANGES_OVERLAY, AT_11, reschedules},
    {DO_EDIT, CHANGES_OVERLAY, AT_11, edits},
    /* Who comes later has done less by then. */
    {DO_UNDO, CHANGES_LESSON | CHANGES_MOMENT, AT_11 "ctrl+e Down plus Escape", undoes},
    {DO_REDO, CHANGES_LESSON | CHANGES_MOMENT,
     AT_11 "ctrl+e Down plus Escape ctrl+z", redoes},
    {DO_PREDICT, CHANGES_PREDICT, AT_11, predicts},
    {DO_SCORE, CHANGES_OVERLAY, AT_11, opens_score},
    {DO_COMPARE, CHANGES_OVERLAY, AT_11, compares},
};

const struct command_test *command_test_of(enum wish what)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].what == what)
            return &table[i];
    const struct command_test *t = command_test_find(what);
    return t ? t : command_test_look(what);
}

void command_test_scene(struct desk *d, const struct command_test *e)
{
    desk_keys(d, "Escape");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
    desk_keys(d, e->scene);
}

void command_test_check(struct desk *d, const struct command_test *e,
                       const struct snapshot *before, int arg)
{
    struct snapshot now = snapshot_of(d);
    unsigned changes = snapshot_changes(before, &now);
    struct str want = {0};
    str_add(&want, aspects_name(e->changes));
    EXPECT_EQ_STR(aspects_name(changes), str_text(&want));
    str_free(&want);
    e->holds(d, before, arg);
}
