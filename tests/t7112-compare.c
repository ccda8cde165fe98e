/* t7112-compare.c: the comparison in the window: which runs take part, what
 * they are, where they part, and that nothing of it is cut off. */
#include "tests/stand_open.h"

static const struct rivals *rivals(const struct stand_open *w)
{
    return w->s.feed->rivals;
}

static int place_of(const struct stand_open *w, const char *name)
{
    for (int i = 0; i < rivals(w)->count; i++)
        if (strcmp(rivals(w)->all[i]->name, name) == 0)
            return i;
    return NONE;
}

static const struct rival *named(const struct stand_open *w, const char *name)
{
    int i = place_of(w, name);
    return i == NONE ? NULL : rivals(w)->all[i];
}

/* The names of those that take part, in their order. */
static const char *those_on(const struct stand_open *w)
{
    static struct str text;
    str_cut(&text, 0);
    for (int i = 0; i < rivals(w)->count; i++)
        if (rivals(w)->all[i]->on)
            str_addf(&text, "%s%s", text.length ? ", " : "",
                     rivals(w)->all[i]->name);
    return str_text(&text);
}

static const char *parting(struct stand_open *w, enum lang lang)
{
    static struct str text;
    struct rivals *r = w->s.feed->rivals;
    str_cut(&text, 0);
    r->say_parting(r->self, lang, &text);
    return str_text(&text);
}

static void tick_run(struct stand_open *w, const char *name)
{
    stage_do(&w->s.stage,
             (struct intent){.what = DO_RIVAL, .arg = place_of(w, name)});
    settle(w);
}

TEST("C opens with the file's policy and some more, run to their ends")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPARE);
    EXPECT_EQ_STR(those_on(&w), "rr 1, fcfs, srtf, mlfq 1");
    EXPECT_EQ_STR(rival_gantt(&w, named(&w, "fcfs")),
                  "A:0-3 B:3-9 C:9-13 D:13-18 E:18-20");
    EXPECT_EQ_STR(rival_gantt(&w, named(&w, "srtf")),
                  "A:0-3 B:3-4 C:4-8 E:8-10 B:10-15 D:15-20");
    EXPECT_EQ_INT((int)(named(&w, "srtf")->measure[MEASURE_TURNAROUND] * 10), 72);
    EXPECT_EQ_INT((int)(named(&w, "fcfs")->measure[MEASURE_SWITCHES]), 4);
    EXPECT(!named(&w, "sjf")->over); /* nobody has asked for it */
    EXPECT_EQ_INT(w.s.feed->trace->count, 0); /* the window's run stands still */
    press_open(&w, 'c');
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_NONE);
    take_down_open(&w);
}

TEST("where two of them part is said in one sentence, and Enter goes there")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    EXPECT(rivals(&w)->compared && rivals(&w)->parted);
    EXPECT_EQ_INT(rivals(&w)->parting, 2);
    EXPECT_EQ_STR(parting(&w, LANG_EN),
                  "They first part at t = 2: rr 1, mlfq 1 take B, while fcfs, "
                  "srtf go on with A.\n");
    EXPECT_CONTAINS(parting(&w, LANG_ZH), "t = 2 时首次出现分歧");
    tick_run(&w, "rr 1");
    tick_run(&w, "mlfq 1");
    EXPECT_EQ_INT(rivals(&w)->parting, 4);
    EXPECT_EQ_STR(parting(&w, LANG_EN),
                  "They first part at t = 4: fcfs goes on with B, while srtf "
                  "takes C.\n");
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_NONE);
    EXPECT_EQ_INT((tick)w.s.stage.travel.clock, 4);
    take_down_open(&w);
}

TEST("runs that never part have nothing to go to; one alone has nobody")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    tick_run(&w, "rr 1");
    tick_run(&w, "mlfq 1");
    tick_run(&w, "srtf");
    EXPECT_EQ_STR(those_on(&w), "fcfs");
    EXPECT(!rivals(&w)->parted);
    tick_run(&w, "fcfs");
    EXPECT_EQ_STR(those_on(&w), "");
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPARE);
    take_down_open(&w);
}

TEST("the arrow keys go through the runs and Space takes one in")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    press_open(&w, ' ');
    EXPECT_EQ_STR(those_on(&w), "fcfs, srtf, mlfq 1");
    press_open(&w, KEY_RIGHT);
    press_open(&w, KEY_RIGHT);
    press_open(&w, ' ');
    EXPECT_EQ_STR(those_on(&w), "fcfs, sjf, srtf, mlfq 1");
    press_open(&w, KEY_LEFT);
    press_open(&w, KEY_LEFT);
    press_open(&w, KEY_LEFT); /* round, to the one for another run */
    press_open(&w, KEY_LEFT);
    press_open(&w, ' ');
    EXPECT_EQ_STR(those_on(&w), "fcfs, sjf, srtf, mlfq 1, xv6 1");
    EXPECT(named(&w, "xv6 1")->over);
    take_down_open(&w);
}

/* When process `name` last runs in `r`. */
static tick last_of(const struct stand_open *w, const struct rival *r,
                    const char *name)
{
    const struct lane *l = &r->cpu[0];
    tick last = 0;
    for (size_t i = 0; i < l->count; i++)
        if (l->value[i] >= 0 &&
            strcmp(rivals(w)->names[l->value[i]], name) == 0)
            last = lane_end(l, i, r->end);
    return last;
}

TEST("priority with and without inheritance, side by side, by the keys")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_inversion, NULL, false));
    press_open(&w, 'c');
    press_open(&w, 'e');
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_SCHEDULER);
    EXPECT_EQ_INT(w.s.stage.view.wish.name, POLICY_priority);
    mark_row(&w, row_of(&w, "inherit", NULL, 0));
    press_open(&w, ' ');
    press_open(&w, KEY_ENTER);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPARE);
    EXPECT_EQ_INT(w.s.stage.view.rival_at, place_of(&w, "priority +inherit"));
    EXPECT_EQ_INT(place_of(&w, "priority +inherit"),
                  place_of(&w, "priority") + 1);
    EXPECT_EQ_INT(last_of(&w, named(&w, "priority"), "H"), 21);
    EXPECT_EQ_INT(last_of(&w, named(&w, "priority +inherit"), "H"), 13);
    /* From the one that is marked: without preemption as well. */
    press_open(&w, 'e');
    EXPECT(w.s.stage.view.wish.inherit);
    mark_row(&w, row_of(&w, "preemptive", NULL, 0));
    press_open(&w, ' ');
    press_open(&w, KEY_ENTER);
    const struct rival *r = named(&w, "priority -preemptive +inherit");
    NEED(r != NULL);
    EXPECT_EQ_STR(rival_gantt(&w, r), "L:0-8 H:8-13 M:13-21");
    tick_run(&w, "fcfs");
    EXPECT_CONTAINS(parting(&w, LANG_EN), "priority, priority +inherit");
    EXPECT_EQ_INT(w.s.feed->trace->count, 0);
    take_down_open(&w);
}

TEST("rr 1 beside rr 4, by the mouse; one that is there is not added again")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    int before = rivals(&w)->count;
    for (int i = 0; i < 2; i++) {
        EXPECT(click_label(&w, "other settings …"));
        EXPECT(click_label(&w, "Round robin"));
        while (w.s.stage.view.wish.quantum != 4)
            whatif_setting(&w.s.stage, row_of(&w, "quantum", NULL, 0),
                           w.s.stage.view.wish.quantum < 4 ? 1 : -1);
        EXPECT(click_label(&w, "Compare it"));
        EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPARE);
        EXPECT_EQ_INT(rivals(&w)->count, before + 1);
    }
    EXPECT_EQ_STR(those_on(&w), "rr 1, rr 4, fcfs, srtf, mlfq 1");
    EXPECT_EQ_STR(rival_gantt(&w, named(&w, "rr 4")),
                  "A:0-3 B:3-7 C:7-11 D:11-15 B:15-17 E:17-19 D:19-20");
    /* Escape, a click beside it and E leave the comparison as it was. */
    press_open(&w, 'e');
    press_open(&w, KEY_ESCAPE);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPARE);
    press_open(&w, 'e');
    press_open(&w, 'e');
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPARE);
    EXPECT_EQ_INT(rivals(&w)->count, before + 1);
    press_open(&w, KEY_ESCAPE);
    press_open(&w, 'c'); /* they are still there */
    EXPECT_EQ_INT(rivals(&w)->count, before + 1);
    take_down_open(&w);
}

TEST("the buttons of a row change it; so many runs, and no more")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    int before = rivals(&w)->count, added = 0;
    for (int i = 0; i < 20; i++) {
        press_open(&w, 'e');
        press_open(&w, '+'); /* from the one marked: always one more */
        press_open(&w, KEY_ENTER);
        EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPARE);
    }
    added = rivals(&w)->count - before;
    EXPECT_EQ_INT(added, 16);
    EXPECT(named(&w, "rr 17") && named(&w, "rr 17")->over);
    EXPECT(!named(&w, "rr 18"));
    EXPECT_CONTAINS(str_text(&w.s.stage.notice), "too many");
    tick_run(&w, "rr 9");
    w.s.stage.view.rival_at = place_of(&w, "rr 17");
    press_open(&w, 'e');
    press_open(&w, '+');
    press_open(&w, KEY_ENTER);
    EXPECT(!named(&w, "rr 9")); /* it has made room */
    EXPECT(named(&w, "rr 18") && named(&w, "rr 18")->over);
    EXPECT_EQ_INT(rivals(&w)->count - before, 16);
    press_open(&w, 'e');
    EXPECT(click_label(&w, "no")); /* a slice ends before arrivals */
    EXPECT(w.s.stage.view.wish.expired_first);
    take_down_open(&w);
}

static const char periodic[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'rm'},"
    " 'processes': [{'name': 'a', 'period': 7, 'jobs': 60, 'bursts': [3]},"
    "  {'name': 'b', 'period': 12, 'jobs': 35, 'bursts': [3]},"
    "  {'name': 'c', 'period': 20, 'jobs': 21, 'bursts': [5]}]}";

static bool shows(const struct stand_open *w, const char *text)
{
    const struct draw *d = &w->s.stage.ui.layers[0];
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind == DRAW_TEXT && strlen(text) == c->text.run.length &&
            memcmp(text, c->text.run.text, c->text.run.length) == 0)
            return true;
    }
    return false;
}

/* The worst responses are those of Burns and Wellings (see t9020). */
TEST("of periodic jobs edf and rm are taken, and what is in time is shown")
{
    struct stand_open w;
    NEED(stand_up_open(&w, periodic, NULL, false));
    press_open(&w, 'c');
    EXPECT_EQ_STR(those_on(&w), "rm, edf");
    EXPECT_EQ_INT((int)named(&w, "rm")->measure[MEASURE_WORST], 20);
    EXPECT(shows(&w, "worst response") && shows(&w, "missed"));
    EXPECT(!shows(&w, "avg turnaround"));
    take_down_open(&w);
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    EXPECT(shows(&w, "avg turnaround") && !shows(&w, "worst response"));
    take_down_open(&w);
}

TEST("what was left by what-if is listed, and the window's own run comes first")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    go_to_time(&w, 11);
    decide(&w, POLICY_srtf);
    press_open(&w, 'c');
    EXPECT_EQ_INT(rivals(&w)->all[0]->kind, RIVAL_HERE);
    EXPECT_EQ_INT(rivals(&w)->all[1]->kind, RIVAL_LEFT);
    EXPECT_EQ_STR(those_on(&w), "rr 1 → srtf, rr 1, fcfs, srtf");
    EXPECT_EQ_INT(rivals(&w)->all[0]->turn[0].at, 11);
    tick_run(&w, "fcfs");
    tick_run(&w, "srtf");
    EXPECT_EQ_INT(rivals(&w)->parting, 11);
    EXPECT_EQ_STR(parting(&w, LANG_EN),
                  "They first part at t = 11: rr 1 → srtf goes on with E, "
                  "while rr 1 takes D.\n");
    /* The window's run goes on as it is shown there. */
    press_open(&w, KEY_ESCAPE);
    press_open(&w, KEY_END);
    press_open(&w, 'c');
    EXPECT_EQ_INT(rivals(&w)->all[0]->end, world(&w.s)->head->now);
    take_down_open(&w);
}

TEST("who took out the left run in the comparison does not see it beside")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    go_to_time(&w, 11);
    decide(&w, POLICY_srtf);
    EXPECT(rivals_left(rivals(&w)) != NULL);
    press_open(&w, 'c');
    stage_do(&w.s.stage, (struct intent){.what = DO_RIVAL, .arg = 1});
    EXPECT(rivals_left(rivals(&w)) == NULL);
    take_down_open(&w);
}

/* Somebody is killed and somebody suspended: that is the window's run, not the
 * file's. */
TEST("what else the user did is in the window's run, and in no policy's")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    go_to_time(&w, 5);
    travel_act(&w.s.stage.travel, ACTION_KILL, 1);
    settle(&w);
    press_open(&w, 'c');
    EXPECT_EQ_INT(rivals(&w)->all[0]->kind, RIVAL_HERE);
    EXPECT_EQ_INT(rivals(&w)->all[0]->end, 16); /* B's 4 ticks are missing */
    EXPECT_EQ_INT(named(&w, "fcfs")->end, 20);
    take_down_open(&w);
}

TEST("a click on the axis goes to that time in the window")
{
    struct stand_open w;
    NEED(stand_up_open(&w, stand_five, NULL, false));
    press_open(&w, 'c');
    click(&w.s, 700, 300);
    settle(&w);
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_NONE);
    tick t = (tick)w.s.stage.travel.clock;
    EXPECT(t >= 8 && t <= 11);
    take_down_open(&w);
}

static const char endless[] =
    "{'timeslice': 1, 'title': 'x', 'processes': ["
    "  {'name': 'a', 'program': [{'repeat': 'forever', 'do': [{'cpu': 1},"
    "   {'sleep': 1}]}]}, {'name': 'b', 'program': [{'repeat': 'forever',"
    "   'do': [{'cpu': 3}]}]}]}";

TEST("a run without an end is broken off in pieces, and is not the best")
{
    struct options o = {.until = 30000};
    struct stand_open w;
    NEED(stand_up_open(&w, endless, &o, false));
    w.s.in.keys[w.s.in.key_count++] = (struct key_press){.key = 'c'};
    stage_update(&w.s.stage, 0);
    stage_frame(&w.s.stage, &w.s.in, 1280, 800);
    input_next(&w.s.in);
    EXPECT(rivals_busy(&w.s.stage));
    EXPECT_EQ_INT((int)stage_patience(&w.s.stage), 0);
    int frames = 0;
    for (; rivals_busy(&w.s.stage) && frames < 1000; frames++)
        stage_update(&w.s.stage, 0);
    EXPECT(frames > 6); /* never all at once */
    const struct rival *r = named(&w, "rr 4");
    NEED(r != NULL);
    EXPECT(r->over);
    EXPECT_EQ_INT(r->stop, STOP_UNTIL);
    EXPECT_EQ_INT(r->end, 30000);
    frame(&w.s);
    take_down_open(&w);
}

TEST("without other runs C says that there are none")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, 'c', 0);
    EXPECT_EQ_INT(s.stage.view.overlay, OVERLAY_NONE);
    EXPECT_CONTAINS(str_text(&s.stage.notice), "timeslice compare");
    take_down(&s);
}

/* The same process has the same row, and the window's colour, in every run,
 * though another policy forks in another order. */
static const char forks[] =
    "{'timeslice': 1, 'title': 'x', 'processes': ["
    "  {'name': 'p', 'program': [{'cpu': 2}, {'fork': 'x'}, {'cpu': 6},"
    "   {'wait': 'x'}]},"
    "  {'name': 'q', 'program': [{'cpu': 1}, {'fork': 'y'}, {'fork': 'y'},"
    "   {'cpu': 1}]},"
    "  {'name': 'x', 'program': [{'cpu': 3}]},"
    "  {'name': 'y', 'program': [{'cpu': 2}]}]}";

TEST("a process is the same in every run, whoever was forked first")
{
    struct stand_open w;
    NEED(stand_up_open(&w, forks, NULL, false));
    press_open(&w, KEY_END);
    press_open(&w, 'c');
    for (int i = 0; i < rivals(&w)->count; i++)
        if (!rivals(&w)->all[i]->on)
            tick_run(&w, rivals(&w)->all[i]->name);
    const struct world *at = world(&w.s);
    EXPECT_EQ_INT(rivals(&w)->rows, at->head->procs);
    for (int p = 0; p < at->head->procs; p++) {
        struct str name = {0};
        world_write_name(at, p, &name);
        EXPECT_EQ_STR(rivals(&w)->names[p], str_text(&name));
        str_free(&name);
    }
    for (int i = 0; i < rivals(&w)->count; i++) {
        const struct rival *r = rivals(&w)->all[i];
        tick of_x = 0;
        for (size_t k = 0; k < r->cpu[0].count; k++)
            if (r->cpu[0].value[k] >= 0 &&
                strcmp(rivals(&w)->names[r->cpu[0].value[k]], "x") == 0)
                of_x += lane_end(&r->cpu[0], k, r->end) - r->cpu[0].start[k];
        test_case("%s", r->name);
        EXPECT_EQ_INT(of_x, 3);
    }
    take_down_open(&w);
}

static const char crowded[] =
    "{'timeslice': 1, 'title': {'en': 'Periodic', 'zh': '周期'},"
    " 'machine': {'cpus': 4, 'context_switch': 1}, 'scheduler':"
    " {'policy': 'priority', 'quantum': 3, 'inherit': true,"
    "  'aging': {'every': 10, 'by': 2}}, 'processes': ["
    "  {'name': 'sensor', 'priority': 1, 'period': 20, 'deadline': 10,"
    "   'jobs': 3, 'program': [{'cpu': 4}]},"
    "  {'name': 'compiler', 'priority': 4, 'bursts': [9, 5, 9]},"
    "  {'name': 'backup', 'priority': 9, 'bursts': [2, 9, 2, 9, 2]},"
    "  {'name': 'mailer', 'arrival': 3, 'bursts': [7, 1, 7]},"
    "  {'name': 'game', 'priority': 2, 'arrival': 4, 'bursts': [20]},"
    "  {'name': 'indexer', 'arrival': 4, 'bursts': [8, 1, 4]}]}";

TEST("nothing is cut off: with some, with none, with all, and what was left")
{
    struct stand_open w;
    NEED(stand_up_open(&w, crowded, NULL, false));
    press_open(&w, 'c');
    expect_no_cuts(&w, "some");
    EXPECT_EQ_INT(w.s.stage.view.overlay, OVERLAY_COMPARE);
    for (int i = 0; i < rivals(&w)->count; i++)
        if (rivals(&w)->all[i]->on)
            tick_run(&w, rivals(&w)->all[i]->name);
    expect_no_cuts(&w, "none");
    for (int i = 0; i < rivals(&w)->count; i++)
        tick_run(&w, rivals(&w)->all[i]->name);
    expect_no_cuts(&w, "all");
    w.s.stage.view.rival_at = place_of(&w, "priority 3");
    press_open(&w, 'e');
    expect_no_cuts(&w, "another run");
    mark_row(&w, row_of(&w, "queues", NULL, 0));
    press_open(&w, ' ');
    mark_row(&w, row_of(&w, "steal", NULL, 0));
    press_open(&w, ' ');
    mark_row(&w, row_of(&w, "preemptive", NULL, 0));
    press_open(&w, ' ');
    press_open(&w, KEY_ENTER);
    EXPECT(named(&w, "priority 3 -preemptive per-cpu +steal") != NULL);
    expect_no_cuts(&w, "with another");
    press_open(&w, KEY_ESCAPE);
    go_to_time(&w, 9);
    decide(&w, POLICY_mlfq);
    decide(&w, POLICY_edf);
    expect_no_cuts(&w, "beside the timeline");
    press_open(&w, 'c');
    expect_no_cuts(&w, "left");
    take_down_open(&w);
}
