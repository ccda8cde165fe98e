/* t7123-breaks.c: whatever the list of breakpoints offers can be set by keys and
 * stops where it says. */
#include "sim/model/explain.h"
#include "tests/stand.h"

#include <string.h>

static const char two[] =
    "{'timeslice': 1, 'title': 'Two', 'machine': {'cpus': 2, 'memory': 40,"
    " 'context_switch': 1}, 'scheduler': {'policy': 'rr', 'quantum': 2},"
    " 'processes': ["
    "  {'name': 'parent', 'memory': 5, 'program': [{'pipe': 'p'},"
    "   {'fork': 'child'}, {'cpu': 3}, {'write': 'p[1]', 'text': 'x'},"
    "   {'sleep': 4}, {'wait': 'child'}, {'kill': 'other', 'sig':"
    "   'SIGTERM'}]},"
    "  {'name': 'child', 'program': [{'read': 'p[0]', 'size': 9}, {'cpu': 1},"
    "   {'exit': 0}]},"
    "  {'name': 'other', 'memory': 5, 'program': [{'cpu': 9}, {'pause':"
    "   true}]},"
    "  {'name': 'third', 'memory': 5, 'bursts': [9]}]}";

/* Whether event i is what such a breakpoint is about, by the words of its
 * list. */
static bool is_about(const struct stand *s, size_t i, struct break_at at)
{
    const struct trace *tr = s->run.trace;
    const struct event *e = trace_at(tr, i);
    switch (at.kind) {
    case BREAK_PROCESS: return e->proc == at.value && event_is_step(e);
    case BREAK_STATE: {
        struct replay before, after;
        replay_init(&before, s->run.scenario, tr);
        replay_init(&after, s->run.scenario, tr);
        replay_seek(&before, i);
        replay_seek(&after, i + 1);
        bool comes = e->kind == EV_STATE && e->proc >= 0 &&
                     (int)after.world.task[e->proc].state == at.value;
        replay_free(&before);
        replay_free(&after);
        return comes;
    }
    case BREAK_CALL:
        return e->kind == EV_OP && e->aux >= 0 &&
               (int)s->run.scenario->ops[e->aux].verb == at.value;
    case BREAK_EVENT: return e->kind == at.value;
    case BREAK_DIVERGENCE: return e->kind == EV_DIVERGE;
    }
    return false;
}

/* Where End must stop from the beginning. */
static size_t first_stop(const struct stand *s, struct break_at at)
{
    const struct trace *tr = s->run.trace;
    for (size_t i = 0; i < tr->count; i++)
        if (is_about(s, i, at))
            return trace_step_after(tr, i);
    return tr->count;
}

static int offered(const struct stand *s, struct break_at to[BREAKS_OFFERED_MOST])
{
    return breaks_offered(s->feed->scenario, world(s)->head->procs, to);
}

TEST("each thing that is offered is set by keys, and End stops where it says")
{
    struct stand s;
    struct break_at all[BREAKS_OFFERED_MOST];
    unsigned kinds = 0;
    int stopped = 0;
    NEED(stand_up(&s, two));
    press(&s, KEY_END, 0);
    int n = offered(&s, all);
    EXPECT(n > 20 && n < BREAKS_OFFERED_MOST);
    for (int i = 0; i < n; i++) {
        struct break_at now[BREAKS_OFFERED_MOST];
        press(&s, KEY_END, 0);
        press(&s, 'b', MOD_ALT);
        for (int k = 0; k < i; k++)
            press(&s, KEY_DOWN, 0);
        press(&s, KEY_ENTER, 0);
        test_case("offer %d: kind %d, %d", i, (int)all[i].kind, all[i].value);
        EXPECT_EQ_INT(s.stage.travel.breaks.count, 1);
        EXPECT_EQ_INT(breaks_place(&s.stage.travel.breaks, all[i]), 0);
        /* The mark is still at what was chosen. */
        EXPECT_EQ_INT(s.stage.view.list_at, i + 1);
        EXPECT_EQ_INT(offered(&s, now), n);
        press(&s, KEY_ESCAPE, 0);
        press(&s, KEY_HOME, 0);
        press(&s, KEY_END, 0);
        EXPECT_EQ_INT(cursor(&s), first_stop(&s, all[i]));
        kinds |= 1u << all[i].kind;
        stopped += cursor(&s) < s.run.trace->count;
        breaks_remove(&s.stage.travel.breaks, 0);
    }
    EXPECT_EQ_INT(kinds, 0x1F);
    EXPECT(stopped > 15);
    take_down(&s);
}

TEST("Enter at one that is set, and at one that is offered again, takes it away")
{
    struct stand s;
    NEED(stand_up(&s, two));
    struct breaks *b = &s.stage.travel.breaks;
    press(&s, KEY_RIGHT, 0);
    press(&s, 'b', MOD_ALT);
    press(&s, KEY_END, 0);
    press(&s, ' ', 0);
    EXPECT_EQ_INT(b->count, 1);
    EXPECT_EQ_INT(b->all[0].kind, BREAK_DIVERGENCE);
    press(&s, ' ', 0);
    EXPECT_EQ_INT(b->count, 0);
    press(&s, ' ', 0);
    press(&s, KEY_HOME, 0);
    press(&s, KEY_ENTER, 0);
    EXPECT_EQ_INT(b->count, 0);
    take_down(&s);
}

TEST("in both languages each of them has words of its own")
{
    struct stand s;
    struct break_at all[BREAKS_OFFERED_MOST];
    NEED(stand_up(&s, two));
    press(&s, KEY_END, 0);
    int n = offered(&s, all);
    for (int l = 0; l < LANG_COUNT; l++)
        for (int i = 0; i < n; i++)
            for (int k = 0; k <= i; k++) {
                struct str a = {0}, c = {0};
                break_write(all[i], world(&s), (enum lang)l, &a);
                break_write(all[k], world(&s), (enum lang)l, &c);
                test_case("%s", str_text(&a));
                EXPECT(a.length > 0);
                EXPECT((strcmp(str_text(&a), str_text(&c)) == 0) == (i == k));
                str_free(&a);
                str_free(&c);
            }
    take_down(&s);
}
