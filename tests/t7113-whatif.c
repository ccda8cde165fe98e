/* t7113-whatif.c: changing the policy in the window, from any moment on: the
 * dialog, the new branch, and the one that was left beside it. */
#include "tests/stand_open.h"

static const char rr_1[] =
    "A:0-2 B:2-3 A:3-4 B:4-5 C:5-6 B:6-7 D:7-8 C:8-9 B:9-10 E:10-11 D:11-12 "
    "C:12-13 B:13-14 E:14-15 D:15-16 C:16-17 B:17-18 D:18-20";

static const struct scheduler *now(const struct stand_open *w)
{
    return world_scheduler(world(&w->s));
}

TEST("E shows what decides, and marks it; Escape and E leave it as it is")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    go_to_time(&w, 5);
    size_t at = cursor(&w.s), events = w.s.feed->trace->count;
    for (int i = 0; i < 2; i++) {
        press_open(&w, 'e');
        EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_SCHEDULER);
        EXPECT_EQ_INT(w.s.stage.view.wish.name, POLICY_rr);
        EXPECT_EQ_INT(scheduler_quantum(&w.s.stage.view.wish), 1);
        EXPECT(whatif_is_present(&w.s.stage.view, now(&w)));
        press_open(&w, KEY_ENTER); /* nothing is chosen: nothing happens */
        EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_SCHEDULER);
        press_open(&w, i ? 'e' : KEY_ESCAPE);
        EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_NONE);
    }
    EXPECT_EQ_INT(cursor(&w.s), at);
    EXPECT_EQ_INT(w.s.feed->trace->count, events);
    EXPECT_EQ_INT(w.s.feed->rivals->count, 0);
    take_down_open(&w);
}

TEST("another policy decides from the moment shown on, and the clock stays")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    for (tick t = 0; t < 20; t++) {
        struct stand_open v;
        NEED(stand_up_open(&v, stand_five, NULL, false));
        test_case("t = %d", (int)t);
        press_open(&v, KEY_END);
        go_to_time(&v, t);
        decide(&v, POLICY_srtf);
        EXPECT_EQ_INT(v.s.stage.view.overlay, OVERLAY_NONE);
        EXPECT_EQ_INT(now(&v)->name, POLICY_srtf);
        EXPECT_EQ_INT((tick)v.s.stage.travel.clock, t);
        expect_true_picture(&v);
        press_open(&v, KEY_END);
        expect_true_picture(&v);
        EXPECT_EQ_INT(world(&v.s)->head->stop, STOP_FINISHED);
        const struct rival *left = rival_of(&v, RIVAL_LEFT, 0);
        NEED(left != NULL);
        EXPECT_EQ_STR(rival_gantt(&v, left), rr_1);
        EXPECT_EQ_INT(left->left, t);
        take_down_open(&v);
    }
    take_down_open(&w);
}

TEST("the run that was left goes to its end, however little of it was known")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    go_to_time(&w, 7); /* nothing behind it is in the trace yet */
    decide(&w, POLICY_fcfs);
    const struct rival *left = rival_of(&w, RIVAL_LEFT, 0);
    NEED(left != NULL);
    EXPECT(left->over && left->on);
    EXPECT_EQ_INT(left->stop, STOP_FINISHED);
    EXPECT_EQ_STR(rival_gantt(&w, left), rr_1);
    EXPECT_EQ_STR(left->name, "rr 1");
    EXPECT(rivals_left(w.s.feed->rivals) == left);
    EXPECT((double)w.s.stage.view.lens.to > 20); /* all of it is in sight */
    take_down_open(&w);
}

TEST("twice in a row, in the past of that, and back to what the file says")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    go_to_time(&w, 9);
    decide(&w, POLICY_mlfq);
    decide(&w, POLICY_srtf); /* at the same moment */
    EXPECT_EQ_INT(now(&w)->name, POLICY_srtf);
    EXPECT_EQ_STR(rival_of(&w, RIVAL_LEFT, 1)->name, "rr 1 → mlfq 1");
    go_to_time(&w, 5);
    EXPECT_EQ_INT(now(&w)->name, POLICY_rr);
    decide(&w, POLICY_fcfs);
    EXPECT_EQ_STR(rival_of(&w, RIVAL_LEFT, 2)->name,
                  "rr 1 → mlfq 1 → srtf");
    go_to_time(&w, 8);
    EXPECT_EQ_INT(now(&w)->name, POLICY_fcfs);
    int variants = w.s.feed->scenario->later_count;
    decide(&w, POLICY_rr);
    EXPECT_EQ_INT(world(&w.s)->head->variant, 0); /* the file's own again */
    EXPECT_EQ_INT(w.s.feed->scenario->later_count, variants);
    EXPECT_EQ_INT(now(&w)->quantum, 1);
    EXPECT_EQ_STR(rival_of(&w, RIVAL_LEFT, 3)->name, "rr 1 → fcfs");
    press_open(&w, KEY_END);
    expect_true_picture(&w);
    EXPECT_EQ_INT(world(&w.s)->head->stop, STOP_FINISHED);
    take_down_open(&w);
}

TEST("of many branches that were left the last six are kept")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    for (int i = 0; i < 9; i++) {
        go_to_time(&w, 1 + i);
        decide(&w, i % 2 ? POLICY_fcfs : POLICY_srtf);
    }
    EXPECT(rival_of(&w, RIVAL_LEFT, 5) != NULL);
    EXPECT(rival_of(&w, RIVAL_LEFT, 6) == NULL);
    EXPECT_EQ_INT(rival_of(&w, RIVAL_LEFT, 0)->left, 4);
    EXPECT_EQ_INT(rival_of(&w, RIVAL_LEFT, 5)->left, 9);
    take_down_open(&w);
}

TEST("the quantum is changed by keys and by mouse, and kept within its bounds")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    go_to_time(&w, 3);
    press_open(&w, 'e');
    press_open(&w, '-');
    EXPECT_EQ_INT(scheduler_quantum(&w.s.stage.view.wish), 1); /* not 0 */
    press_open(&w, '+');
    press_open(&w, KEY_RIGHT);
    EXPECT_EQ_INT(scheduler_quantum(&w.s.stage.view.wish), 3);
    EXPECT_EQ_INT(w.s.stage.view.wish.quantum, 3);
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_INT(now(&w)->name, POLICY_rr);
    EXPECT_EQ_INT(now(&w)->quantum, 3);
    press_open(&w, 'e');
    EXPECT_EQ_INT(scheduler_quantum(&w.s.stage.view.wish), 3);
    stage_do(&w.s.stage, (struct intent){.what = DO_POLICY,
                                         .arg = POLICY_priority});
    EXPECT_EQ_INT(scheduler_quantum(&w.s.stage.view.wish), 0); /* it may have none */
    stage_do(&w.s.stage, (struct intent){.what = DO_POLICY,
                                         .arg = POLICY_cfs});
    press_open(&w, KEY_ENTER);
    press_open(&w, 'e');
    stage_do(&w.s.stage, (struct intent){.what = DO_POLICY,
                                         .arg = POLICY_xv6});
    EXPECT(scheduler_quantum(&w.s.stage.view.wish) > 0); /* as by itself */
    stage_do(&w.s.stage, (struct intent){.what = DO_POLICY,
                                         .arg = POLICY_priority});
    press_open(&w, '-');
    EXPECT_EQ_INT(scheduler_quantum(&w.s.stage.view.wish), 0);
    stage_do(&w.s.stage, (struct intent){.what = DO_POLICY,
                                         .arg = POLICY_fcfs});
    press_open(&w, '+');
    EXPECT_EQ_INT(scheduler_quantum(&w.s.stage.view.wish), 0); /* it never has one */
    take_down_open(&w);
}

TEST("the mouse does all of it: a policy, the button, and nothing beside it")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    go_to_time(&w, 6);
    press_open(&w, 'e');
    EXPECT(click_label(&w, "First come, first served"));
    EXPECT_EQ_INT(w.s.stage.view.wish.name, POLICY_fcfs);
    EXPECT(click_label(&w, "From t = 6 on"));
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_NONE);
    EXPECT_EQ_INT(now(&w)->name, POLICY_fcfs);
    press_open(&w, 'e');
    click(&w.s, 5, 5);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_NONE);
    EXPECT_EQ_INT(rival_of(&w, RIVAL_LEFT, 1) != NULL, 0);
    take_down_open(&w);
}

static const char own_mlfq[] =
    "{'timeslice': 1, 'title': 'Levels', 'machine': {'cpus': 2},"
    " 'scheduler': {'policy': 'mlfq', 'levels': [{'quantum': 1},"
    "  {'quantum': 3, 'allotment': 6}, {'quantum': 5}, {'quantum': 8}],"
    "  'boost': 15, 'queues': 'per-cpu', 'steal': true}, 'processes': ["
    "  {'name': 'A', 'bursts': [9, 1, 9]}, {'name': 'B', 'bursts': [9]},"
    "  {'name': 'C', 'bursts': [5, 5, 5]}, {'name': 'D', 'bursts': [12]},"
    "  {'name': 'E', 'arrival': 4, 'bursts': [1, 3, 1, 3, 1]}]}";

TEST("from many levels with queues of their own to another policy and back")
{
    static const enum policy_name to[] = {POLICY_cfs, POLICY_eevdf,
                                          POLICY_lottery, POLICY_xv6,
                                          POLICY_priority, POLICY_hrrn};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
        struct stand_open w;
        NEED(stand_up_open(&w, own_mlfq, NULL, false));
        test_case("to policy %d", to[i]);
        go_to_time(&w, 11);
        decide(&w, to[i]);
        EXPECT_EQ_INT(now(&w)->name, to[i]);
        EXPECT(now(&w)->per_cpu && now(&w)->steal);
        go_to_time(&w, 16);
        decide(&w, POLICY_mlfq);
        EXPECT_EQ_INT(world(&w.s)->head->variant, 0);
        EXPECT_EQ_INT(now(&w)->levels, 4);
        press_open(&w, KEY_END);
        expect_true_picture(&w);
        EXPECT_EQ_INT(world(&w.s)->head->stop, STOP_FINISHED);
        take_down_open(&w);
    }
}

TEST("levels, allotments and boost are changed one by one, and decide")
{
    struct stand_open w;
    NEED(stand_up_open(&w, own_mlfq, NULL, false));
    const struct scheduler *wish = &w.s.stage.view.wish;
    go_to_time(&w, 4);
    press_open(&w, 'e');
    EXPECT_EQ_INT(scheduler_quantum(wish), 1);
    press_open(&w, '+'); /* the mark is on the policy: the top quantum */
    EXPECT_EQ_INT(wish->level[0].quantum, 2);
    EXPECT_EQ_INT(wish->levels, 4);
    EXPECT_EQ_INT(wish->level[1].allotment, 6);
    mark_row(&w, row_of(&w, "levels", NULL, 0));
    press_open(&w, '+');
    EXPECT_EQ_INT(wish->levels, 5);
    EXPECT_EQ_INT(wish->level[4].quantum, 16); /* twice the one above */
    mark_row(&w, row_of(&w, "levels", "allotment", 2));
    press_open(&w, '+');
    press_open(&w, '+');
    EXPECT_EQ_INT(wish->level[2].allotment, 2);
    mark_row(&w, row_of(&w, "boost", NULL, 0));
    press_open(&w, KEY_PAGE_DOWN);
    EXPECT_EQ_INT(wish->boost, 5);
    press_open(&w, KEY_PAGE_DOWN);
    EXPECT_EQ_INT(wish->boost, 0); /* never */
    mark_row(&w, row_of(&w, "io_keeps_slice", NULL, 0));
    press_open(&w, ' ');
    EXPECT(wish->io_keeps_slice);
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_INT(now(&w)->levels, 5);
    EXPECT_EQ_INT(now(&w)->level[0].quantum, 2);
    EXPECT_EQ_INT(now(&w)->level[2].allotment, 2);
    EXPECT_EQ_INT(now(&w)->boost, 0);
    EXPECT(now(&w)->io_keeps_slice && now(&w)->demote_alone);
    press_open(&w, KEY_END);
    expect_true_picture(&w);
    EXPECT_EQ_INT(world(&w.s)->head->stop, STOP_FINISHED);
    take_down_open(&w);
}

TEST("inherit is switched on in the middle, and only its holder is lifted")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_inversion, NULL, false));
    go_to_time(&w, 8); /* M runs, H sleeps, L is ready */
    press_open(&w, 'e');
    mark_row(&w, row_of(&w, "inherit", NULL, 0));
    press_open(&w, ' ');
    EXPECT(!whatif_is_present(&w.s.stage.view, now(&w)));
    press_open(&w, KEY_ENTER);
    EXPECT(now(&w)->inherit);
    press_open(&w, KEY_END);
    expect_true_picture(&w);
    EXPECT_EQ_STR(rival_of(&w, RIVAL_LEFT, 0)->name, "priority");
    go_to_time(&w, 9);
    press_open(&w, 'e');
    mark_row(&w, row_of(&w, "preemptive", NULL, 0));
    press_open(&w, KEY_RIGHT);
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_STR(rival_of(&w, RIVAL_LEFT, 1)->name,
                  "priority → priority +inherit");
    EXPECT(now(&w)->inherit && !now(&w)->preemptive);
    take_down_open(&w);
}

TEST("what the command line says of a policy is the policy's again")
{
    struct override all[] = {{"scheduler.policy", "\"mlfq\""},
                             {"scheduler.levels", "[{\"quantum\": 2}]"},
                             {"scheduler.boost", "9"}};
    struct options o = {.overrides = all, .override_count = 3};
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, &o, false));
    go_to_time(&w, 4);
    decide(&w, POLICY_rr);
    EXPECT_EQ_INT(now(&w)->name, POLICY_rr);
    go_to_time(&w, 6);
    press_open(&w, 'e');
    stage_do(&w.s.stage, (struct intent){.what = DO_POLICY,
                                         .arg = POLICY_mlfq});
    press_open(&w, '+');
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_INT(now(&w)->levels, 1);
    EXPECT_EQ_INT(now(&w)->level[0].quantum, 3);
    EXPECT_EQ_INT(now(&w)->boost, 9);
    press_open(&w, KEY_END);
    EXPECT_EQ_INT(world(&w.s)->head->stop, STOP_FINISHED);
    take_down_open(&w);
}

static int no_variant(void *ctx, const struct scheduler *wish, enum lang lang,
                      struct str *complaints)
{
    (void)ctx;
    (void)wish;
    (void)lang;
    str_add(complaints, "x:1:1: error: no\n");
    return NONE;
}

TEST("a complaint is shown, and the run goes on as it was")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    w.s.stage.options.vary = no_variant;
    go_to_time(&w, 4);
    size_t events = w.s.feed->trace->count;
    decide(&w, POLICY_srtf);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPLAINTS);
    EXPECT_CONTAINS(str_text(&w.s.stage.complaints), "error: no");
    EXPECT_EQ_INT(w.s.feed->trace->count, events);
    EXPECT_EQ_INT(w.s.feed->rivals->count, 0);
    take_down_open(&w);
}

TEST("at the end of a run there is nothing to decide, and E says so")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, KEY_END);
    press_open(&w, 'e');
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_NONE);
    EXPECT_CONTAINS(str_text(&w.s.stage.notice), "The run is over");
    take_down_open(&w);
}

/* Every no becomes a yes: then all rows are there. */
static void turn_all(struct stand_open *w)
{
    struct setting all[SETTINGS_MOST];
    struct view *v = &w->s.stage.view;
    int n = whatif_settings(v, w->s.feed->scenario, all);
    for (int i = 0; i < n; i++) {
        if (all[i].kind == SETTING_YES_NO && !setting_value(&v->wish, &all[i]))
            whatif_setting(&w->s.stage, i, 1);
        n = whatif_settings(v, w->s.feed->scenario, all);
    }
}

TEST("nothing of the dialog is cut off, whatever is chosen")
{
    struct stand_open w;
    NEED(stand_up_open(&w, own_mlfq, NULL, false));
    go_to_time(&w, 6);
    press_open(&w, 'e');
    for (int p = 0; p < POLICY_COUNT; p++) {
        stage_do(&w.s.stage, (struct intent){.what = DO_POLICY, .arg = p});
        turn_all(&w);
        expect_no_cuts(&w, w.s.feed->policies[w.s.stage.view.wish.name].name);
        EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_SCHEDULER);
    }
    take_down_open(&w);
}

/* ---- live ---- */

static const char shared_pipe[] =
    "{'timeslice': 1, 'title': 'x', 'machine': {'cpus': 1}, 'scheduler':"
    " {'policy': 'rr', 'quantum': 3}, 'processes': ["
    "  {'name': 'a', 'program': [{'pipe': 'p'}, {'fork': 'b'},"
    "   {'repeat': 4, 'do': [{'cpu': 2}, {'write': 'p[1]', 'text': 'x'},"
    "    {'sleep': 3}]}, {'close': 'p[1]'}, {'wait': 'b'}]},"
    "  {'name': 'b', 'program': [{'close': 'p[1]'},"
    "   {'repeat': 'forever', 'do': [{'read': 'p[0]', 'size': 9,"
    "    'at_eof': 'break'}]}]},"
    "  {'name': 'c', 'arrival': 3, 'bursts': [8, 2, 8]}]}";

/* The same deeds with real processes and without: the model's events are the
 * same. */
static void do_deeds(struct stand_open *w, bool live)
{
    NEED(stand_up_open(w, shared_pipe, NULL, live));
    go_to_time(w, 9);
    decide(w, POLICY_mlfq);
    decide(w, POLICY_priority);
    press_open(w, KEY_RIGHT);
    press_open(w, KEY_END);
    go_to_time(w, 6);
    decide(w, POLICY_srtf);
    go_to_time(w, 14);
    decide(w, POLICY_rr);
    press_open(w, KEY_END);
    expect_true_picture(w);
}

/* The next event that is no evidence. */
static const struct event *next_of_model(const struct trace *tr, size_t *p)
{
    while (*p < tr->count && event_is_evidence(trace_at(tr, *p)))
        ++*p;
    return *p < tr->count ? trace_at(tr, (*p)++) : NULL;
}

static void expect_same_events(const struct trace *a, const struct trace *b)
{
    size_t p = 0, q = 0;
    for (;;) {
        const struct event *x = next_of_model(a, &p);
        const struct event *y = next_of_model(b, &q);
        EXPECT_EQ_INT(x != NULL, y != NULL);
        if (!x || !y)
            return;
        test_case("events %zu and %zu: %s at %d, %s at %d", p - 1, q - 1,
                  event_kind_name((enum event_kind)x->kind), (int)x->t,
                  event_kind_name((enum event_kind)y->kind), (int)y->t);
        bool place = x->kind == EV_PUT; /* val: among all payloads */
        NEED(x->kind == y->kind && x->t == y->t && x->proc == y->proc &&
             x->sub == y->sub && x->cpu == y->cpu &&
             (place || x->val == y->val));
    }
}

TEST("real processes follow, into the past as well, and the kernel agrees")
{
    struct stand_open live, model;
    do_deeds(&model, false);
    do_deeds(&live, true);
    NEED(live.s.feed && live.s.feed->live);
    EXPECT_EQ_INT(world(&live.s)->head->diverged, 0);
    EXPECT(world(&live.s)->head->confirmed > 20);
    EXPECT_EQ_INT(world(&live.s)->head->stop, STOP_FINISHED);
    expect_same_events(live.s.feed->trace, model.s.feed->trace);
    for (int i = 0; i < 4; i++) {
        const struct rival *a = rival_of(&live, RIVAL_LEFT, i);
        const struct rival *b = rival_of(&model, RIVAL_LEFT, i);
        NEED(a && b);
        test_case("branch %d", i);
        EXPECT(a->over && a->stop == STOP_FINISHED);
        struct str other = {0};
        str_add(&other, rival_gantt(&model, b));
        EXPECT_EQ_STR(rival_gantt(&live, a), str_text(&other));
        str_free(&other);
    }
    take_down_open(&live);
    take_down_open(&model);
}
