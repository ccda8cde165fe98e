/* t7115-deadlines.c: releases, deadlines and misses: what is read off a trace is
 * what periods say, and the timeline and the comparison show it, in words too. */
#include "sim/base/rng.h"
#include "tests/stand_open.h"

#include <string.h>

enum { ROUNDS = 60, MANY = 5 };

static int roll(uint64_t *state, int n)
{
    return (int)rng_below(state, (uint64_t)n);
}

static void make(uint64_t seed, struct str *json)
{
    static const char *const policies[] = {"edf", "rm", "fcfs"};
    int n = 1 + roll(&seed, MANY);
    str_addf(json, "{'timeslice': 1, 'scheduler': {'policy': '%s'}, "
                   "'processes': [", policies[seed % 3]);
    for (int i = 0; i < n; i++) {
        int period = 4 + roll(&seed, 20), arrival = roll(&seed, 9);
        int deadline = 2 + roll(&seed, period), work = 1 + roll(&seed, 6);
        str_addf(json, "%s{'name': 'p%d', 'arrival': %d, 'period': %d, "
                       "'deadline': %d, 'jobs': %d, 'program': [{'cpu': %d}]}",
                 i ? ", " : "", i, arrival, period,
                 deadline < period ? deadline : period, 1 + roll(&seed, 8), work);
    }
    str_add(json, "]}");
}

/* A job is late if it was done after release + deadline; nothing else counts. */
static void expect_jobs(const struct run *r, const struct lod *lod, int p,
                        size_t *late)
{
    const struct process_def *def =
        &r->scenario->processes[r->world->proc[p].def];
    const struct jobs *jobs = &lod->jobs[p];
    size_t before = 0;
    for (int64_t k = 0; k < def->jobs; k++) {
        tick release = r->world->proc[p].arrival + k * def->period;
        struct job job = jobs_at(jobs, k);
        EXPECT(jobs_has(jobs, k));
        EXPECT_EQ_INT(jobs_release(jobs, k), release);
        EXPECT_EQ_INT(jobs_deadline(jobs, k), release + def->deadline);
        EXPECT_EQ_INT(jobs_due(jobs, release + def->deadline), k);
        EXPECT_EQ_INT(jobs_due(jobs, release + def->deadline + 1), k + 1);
        EXPECT(job.done >= release && job.done != TICK_NEVER);
        EXPECT_EQ_INT(job.missed, job.done > release + def->deadline);
        EXPECT_EQ_INT((int64_t)jobs_missed_before(jobs, k), (int64_t)before);
        before += job.missed;
    }
    EXPECT(!jobs_has(jobs, def->jobs));
    EXPECT_EQ_INT((int64_t)before, r->world->proc[p].missed);
    *late += before;
}

TEST("jobs are released by their periods, and late if they are done too late")
{
    size_t late = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct str json = {0};
        make(seed, &json);
        struct run r = run_quoted(str_text(&json), 4000);
        test_case("%s", str_text(&json));
        NEED(r.sim);
        EXPECT_EQ_INT(r.world->head->stop, STOP_FINISHED);
        struct lod lod;
        lod_init(&lod, r.scenario, r.trace);
        lod_read(&lod, r.trace->count, r.trace->count);
        EXPECT(lod.deadlines);
        for (int p = 0; p < r.world->head->procs; p++)
            expect_jobs(&r, &lod, p, &late);
        lod_free(&lod);
        run_free(&r);
        str_free(&json);
    }
    EXPECT(late > ROUNDS);
}

/* ---- in the window ---- */

/* B is released at 0 and 16, due 16 later, and done at 17 and 29. */
static const char two[] =
    "{'timeslice': 1, 'scheduler': {'policy': 'rm'}, 'processes': ["
    "{'name': 'A', 'period': 10, 'jobs': 3, 'program': [{'cpu': 5}]},"
    "{'name': 'B', 'period': 16, 'jobs': 2, 'program': [{'cpu': 7}]}]}";

static bool says(const struct stand *s, const char *text)
{
    for (int layer = 0; layer < LAYER_COUNT; layer++) {
        const struct draw *d = &s->stage.ui.layers[layer];
        for (size_t i = 0; i < d->count; i++) {
            const struct draw_command *c = &d->commands[i];
            if (c->kind == DRAW_TEXT &&
                c->text.run.length == strlen(text) &&
                memcmp(c->text.run.text, text, c->text.run.length) == 0)
                return true;
        }
    }
    return false;
}

static bool legend_says(struct stand *s, const char *text, tick t)
{
    travel_seek(&s->stage.travel, t);
    frame(s);
    return says(s, text);
}

TEST("the legend has the marks that have occurred")
{
    struct stand s;
    NEED(stand_up(&s, two));
    EXPECT(legend_says(&s, "deadline", 15) && says(&s, "released"));
    size_t cursor_at = cursor(&s);
    EXPECT(!s.stage.travel.lod.misses);
    EXPECT(legend_says(&s, "missed", 17));
    EXPECT(cursor(&s) > cursor_at && s.stage.travel.lod.misses);
    EXPECT(!says(&s, "switching"));
    take_down(&s);
    NEED(stand_up(&s, stand_crowd));
    EXPECT(legend_says(&s, "switching", 20));
    EXPECT(!says(&s, "released"));
    take_down(&s);
}

/* Whether the pointer, somewhere at time `t` in the timeline, is told `text`. */
static bool tells(struct stand *s, tick t, const char *text)
{
    struct scene of = {.ui = &s->stage.ui, .view = &s->stage.view,
                       .travel = &s->stage.travel, .feed = s->feed,
                       .scenario = s->feed->scenario,
                       .world = world(s)};
    struct rect plot = timeline_plot(&of, s->stage.layout.at[PANEL_TIMELINE]);
    s->in.x = lens_x(&s->stage.view.lens, plot, (double)t);
    for (s->in.y = plot.y; s->in.y < plot.y + plot.h; s->in.y += 6)
        for (int i = 0; i < 3; i++) {
            s->in.now += 1;
            frame(s);
            if (says(s, text))
                return true;
        }
    return false;
}

TEST("the arrows say which job they are of, and what became of it")
{
    static const char b_late[] =
        "B, job 1: released at 0, due at 16, done at 17, 1 too late";
    static const char a_met[] = "A, job 1: released at 0, due at 10, done at 5";
    struct stand s;
    NEED(stand_up(&s, two));
    travel_seek(&s.stage.travel, 30);
    frame(&s);
    EXPECT(tells(&s, 16, b_late));
    EXPECT(tells(&s, 0, b_late));
    EXPECT(tells(&s, 0, a_met));
    EXPECT(!tells(&s, 13, b_late));
    EXPECT(!tells(&s, 16, a_met));
    take_down(&s);
}

/* ---- in the comparison ---- */

/* X comes at 1 and makes everybody late by one under edf. */
static const char dominoes[] =
    "{'timeslice': 1, 'scheduler': {'policy': 'edf'}, 'processes': ["
    "{'name': 'A', 'deadline': 4, 'program': [{'cpu': 3}]},"
    "{'name': 'B', 'deadline': 7, 'program': [{'cpu': 3}]},"
    "{'name': 'C', 'deadline': 10, 'program': [{'cpu': 3}]},"
    "{'name': 'X', 'arrival': 1, 'deadline': 2, 'program': [{'cpu': 2}]}]}";

static const struct rival *rival(const struct stand_open *w, const char *name)
{
    const struct rivals *r = w->s.feed->rivals;
    for (int i = 0; i < r->count; i++)
        if (strcmp(r->all[i]->name, name) == 0)
            return r->all[i];
    return NULL;
}

TEST("a comparison has what was missed in each of its runs")
{
    static const tick due[] = {4, 7, 10};
    struct stand_open w;
    NEED(stand_up_open(&w, dominoes, NULL, false));
    press_open(&w, 'c');
    const struct rival *edf = rival(&w, "edf"), *fcfs = rival(&w, "fcfs");
    NEED(edf && fcfs && edf->over && fcfs->over);
    EXPECT_EQ_INT((int)edf->miss_count, 3);
    for (size_t i = 0; i < edf->miss_count && i < 3; i++) {
        EXPECT_EQ_INT(edf->misses[i].due, due[i]);
        EXPECT_EQ_INT(edf->misses[i].done, due[i] + 1);
        EXPECT_EQ_INT(edf->misses[i].row, (int)i);
    }
    EXPECT_EQ_INT((int)fcfs->miss_count, 1);
    EXPECT_EQ_INT(fcfs->misses[0].due, 3);
    EXPECT_EQ_INT(fcfs->misses[0].done, 11);
    for (int i = 0; i < w.s.feed->rivals->count; i++) {
        const struct rival *r = w.s.feed->rivals->all[i];
        if (r->over)
            EXPECT_EQ_INT((int)r->measure[MEASURE_MISSED], (int)r->miss_count);
    }
    EXPECT(says(&w.s, "missed"));
    take_down_open(&w);
}
