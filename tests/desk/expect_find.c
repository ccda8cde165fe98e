/* expect_find.c: the expectations on commands that find something in the run, or
 * mark it. */
#include "tests/desk/expect_in.h"

bool run_has_step(const struct desk *d, size_t from, size_t to, int proc)
{
    const struct trace *tr = d->run.trace;
    for (size_t i = from; i < to && i < tr->count; i++)
        if (trace_at(tr, i)->proc == proc && event_is_step(trace_at(tr, i)))
            return true;
    return false;
}

size_t run_behind(const struct desk *d, tick t)
{
    return trace_find(d->run.trace, t + 1);
}

static void bookmarks(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    const struct bookmarks *all = &d->st->view.bookmarks;
    EXPECT_EQ_INT(all->count, 1);
    EXPECT_EQ_INT(all->all[0].t, (tick)b->clock);
    EXPECT_CONTAINS(settings_text(), "bookmark 11 ");
    desk_keys(d, "ctrl+b");
    EXPECT_EQ_INT(all->count, 0);
    EXPECT(!strstr(settings_text(), "bookmark 11 "));
}

static void next_bookmark(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_INT(travel_now(&d->st->travel), 20);
    EXPECT_EQ_INT(desk_cursor(d), run_behind(d, 20));
}

static void bookmark_before(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_INT(travel_now(&d->st->travel), 5);
    EXPECT_EQ_INT(desk_cursor(d), run_behind(d, 5));
}

static void finds(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT(d->st->view.finding);
    desk_type(d, "child pipe");
    EXPECT_EQ_STR(d->st->view.find_text, "child pipe");
    EXPECT(d->st->find.count > 0);
    EXPECT_EQ_INT(desk_cursor(d), b->cursor);
    desk_keys(d, "Return");
    EXPECT(find_at(&d->st->find, desk_cursor(d)) != SIZE_MAX);
    desk_keys(d, "Escape");
    EXPECT(!d->st->view.finding);
}

static void finds_next(struct desk *d, const struct snapshot *b, int arg)
{
    const struct find *f = &d->st->find;
    (void)arg;
    EXPECT(find_at(f, desk_cursor(d)) != SIZE_MAX);
    EXPECT_EQ_INT(desk_cursor(d),
                  trace_step_after(d->run.trace, find_next(f, b->cursor, 1)));
}

static void finds_before(struct desk *d, const struct snapshot *b, int arg)
{
    const struct find *f = &d->st->find;
    (void)arg;
    EXPECT(find_at(f, desk_cursor(d)) != SIZE_MAX);
    EXPECT_EQ_INT(desk_cursor(d),
                  trace_step_after(d->run.trace, find_next(f, b->cursor, -1)));
}

static void breaks(struct desk *d, const struct snapshot *b, int arg)
{
    const struct breaks *all = &d->st->travel.breaks;
    (void)arg;
    EXPECT_EQ_INT(all->all[0].kind, BREAK_PROCESS);
    EXPECT_EQ_INT(all->all[0].value, b->view.selected);
    desk_keys(d, "End");
    size_t to = desk_cursor(d), last = trace_step_before(d->run.trace, to);
    EXPECT(run_has_step(d, last, to, b->view.selected));
    EXPECT(!run_has_step(d, b->cursor, last, b->view.selected));
    desk_keys(d, "b");
    EXPECT_EQ_INT(all->count, 0);
}

static void lists_breaks(struct desk *d, const struct snapshot *b, int arg)
{
    (void)b, (void)arg;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_BREAKS);
    EXPECT(desk_shows(d, "each step of poster"));
    desk_keys(d, "Delete");
    EXPECT_EQ_INT(d->st->travel.breaks.count, 0);
    desk_keys(d, "alt+b");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
}

/* Whether the step shown has such an event of that process. */
static bool step_is(const struct desk *d, int kind, int proc)
{
    size_t to = desk_cursor(d);
    for (size_t i = trace_step_before(d->run.trace, to); i < to; i++)
        if (trace_at(d->run.trace, i)->kind == kind &&
            trace_at(d->run.trace, i)->proc == proc)
            return true;
    return false;
}

static void follows_on(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT(desk_cursor(d) > b->cursor);
    int child = run_process(&d->run, "child");
    EXPECT_EQ_INT(d->st->view.selected, child);
    EXPECT(step_is(d, EV_GET, child));
}

static void follows_back(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    EXPECT(desk_cursor(d) < b->cursor);
    EXPECT_EQ_INT(d->st->view.selected, 0);
    EXPECT(step_is(d, EV_PUT, 0));
}

static void marks(struct desk *d, const struct snapshot *b, int mark, const char *keys)
{
    EXPECT_EQ_INT(d->st->view.mark[mark], (tick)b->clock);
    EXPECT(desk_shows(d, mark == MARK_A ? "A: t = 11" : "B: t = 11"));
    desk_keys(d, keys);
    EXPECT_EQ_INT(d->st->view.mark[mark], MARK_NONE);
}

static void marks_a(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    marks(d, b, MARK_A, "shift+a");
}

static void marks_b(struct desk *d, const struct snapshot *b, int arg)
{
    (void)arg;
    marks(d, b, MARK_B, "shift+b");
    desk_keys(d, "shift+b g 1 4 Return shift+a");
    EXPECT(desk_says(d, "3 ticks"));
}

/* ---- the table ---- */

static const struct command_test table[] = {
    {DO_BOOKMARK, CHANGES_BOOKMARKS, AT_11, bookmarks},
    {DO_BOOKMARK_NEXT, CHANGES_MOMENT,
     "g 5 Return ctrl+b g 2 0 Return ctrl+b " AT_11, next_bookmark},
    {DO_BOOKMARK_BEFORE, CHANGES_MOMENT,
     "g 5 Return ctrl+b g 2 0 Return ctrl+b " AT_11, bookmark_before},
    {DO_FIND, CHANGES_FINDING, "End " AT_11, finds},
    {DO_FIND_NEXT, CHANGES_FINDING | CHANGES_MOMENT,
     "End " AT_11 "ctrl+f r e a d Escape", finds_next},
    {DO_FIND_BEFORE, CHANGES_FINDING | CHANGES_MOMENT,
     "End g 2 5 Return ctrl+f r e a d Escape", finds_before},
    {DO_BREAK, CHANGES_BREAKS, AT_11 "5", breaks},
    {DO_BREAKS, CHANGES_OVERLAY, AT_11 "2 b", lists_breaks},
    {DO_FOLLOW_ON, CHANGES_MOMENT | CHANGES_SELECTED, "End Home Right 1",
     follows_on},
    {DO_FOLLOW_BACK, CHANGES_MOMENT | CHANGES_SELECTED,
     "End Home Right 1 bracketright", follows_back},
    {DO_MARK_A, CHANGES_MARKS, AT_11, marks_a},
    {DO_MARK_B, CHANGES_MARKS, AT_11, marks_b},
};

const struct command_test *command_test_find(enum wish what)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].what == what)
            return &table[i];
    return NULL;
}
