/* rival_run.c: a run beside the window's, read as it grows: spans for the
 * comparison, and a lane for each CPU for the picture. */
#include "cli/rival_run.h"

#include "cli/out.h"
#include "sim/base/mem.h"

#include <stdlib.h>

enum { EVENTS_A_PIECE = 1 << 14 };

/* ----------------------------------------------------------------- reading */

static void read_lanes(struct rival_run *run, const struct event *e)
{
    const struct world *w = &run->one->report.teller.world;
    if (e->cpu == NO_CPU || e->cpu >= w->head->cpus)
        return;
    struct lane *lane = &run->rival.cpu[e->cpu];
    if (e->kind == EV_SWITCH)
        lane_add(lane, e->t, LANE_SWITCHING);
    else if (e->kind == EV_STATE)
        lane_add(lane, e->t,
                 w->task[e->proc].state == RUNNING
                     ? rivals_row(run->rows, w->proc[e->proc].def,
                                  w->proc[e->proc].number)
                     : LANE_IDLE);
}

static int32_t row_of(struct rival_run *run, int proc)
{
    const struct proc *p = &run->one->report.teller.world.proc[proc];
    return rivals_row(run->rows, p->def, p->number);
}

static void add_miss(struct rival_run *run, const struct event *e)
{
    struct rival *r = &run->rival;
    r->misses = mem_grow(r->misses, r->miss_count + 1, &r->miss_room,
                         sizeof *r->misses);
    r->misses[r->miss_count++] =
        (struct rival_miss){e->val, TICK_NEVER, row_of(run, e->proc)};
}

/* The oldest of what `e`'s process has missed and not done is done now. */
static void end_miss(struct rival_run *run, const struct event *e)
{
    struct rival *r = &run->rival;
    int32_t row = row_of(run, e->proc);
    struct rival_miss *oldest = NULL;
    for (size_t i = r->miss_count; i > 0; i--) {
        struct rival_miss *m = &r->misses[i - 1];
        if (m->row == row && m->done != TICK_NEVER)
            break;
        if (m->row == row)
            oldest = m;
    }
    if (oldest)
        oldest->done = e->t;
}

static void read_event(struct report *r, const struct event *e)
{
    const struct world *w = &r->teller.world;
    struct rival_run *run = r->whose;
    spans_take(&r->spans, w, e);
    read_lanes(run, e);
    if (e->kind == EV_MISS)
        add_miss(run, e);
    if (e->kind == EV_JOB && !e->sub)
        end_miss(run, e);
    if (e->kind == EV_CREATE)
        rivals_row(run->rows, e->aux, (int32_t)e->val);
    if (e->kind == EV_POLICY && run->rival.turns < RIVAL_TURNS) {
        run->rival.turn[run->rival.turns].at = e->t;
        run->rival.turn[run->rival.turns++].by = world_scheduler(w);
    }
}

static const struct format format_lanes = {"lanes", false, false, read_event,
                                           NULL};

void rival_run_read(struct rival_run *run)
{
    report_take(&run->one->report, &format_lanes);
    run->rival.end = run->one->report.teller.world.head->now;
    run->rival.stop =
        (enum stop)run->one->report.teller.world.head->stop;
}

void rival_run_begin(struct rival_run *run, struct sim *sim, struct out *nowhere)
{
    const struct scenario *sc = run->one->loaded.scenario;
    int cpus = sc->machine.cpus;
    run->sim = sim;
    run->one->begun = true;
    report_begin(&run->one->report, &run->one->options, sc,
                 sim_trace(sim), nowhere);
    run->one->report.whose = run;
    run->rival.cpu = mem_new((size_t)cpus, sizeof *run->rival.cpu);
    for (int i = 0; i < cpus; i++) {
        run->rival.cpu[i].what = LANE_CPU;
        lane_add(&run->rival.cpu[i], 0, LANE_IDLE);
    }
}

/* A piece of the run. What is longer than can be shown is broken off. */
void rival_run_go_on(struct rival_run *run, tick until)
{
    struct sim *s = run->sim;
    bool more = sim_advance(s, until, EVENTS_A_PIECE);
    tick next = more ? sim_next(s) : TICK_NEVER;
    bool full = sim_trace(s)->count > RIVAL_EVENTS_MOST;
    if (more && (full || (next > until && next != TICK_NEVER))) {
        sim_stop_until(s, full ? sim_world(s)->head->now : until);
        more = false;
    }
    rival_run_read(run);
    if (more)
        return;
    run->rival.over = true;
    contender_end(run->one);
    for (int i = 0; i < MEASURE_COUNT; i++)
        run->rival.measure[i] = run->one->measure[i];
}

/* ------------------------------------------------------------------- names */

/* After a change: what the one before had otherwise, if the policy stayed. */
void rival_run_name(struct rival_run *run)
{
    struct rival *r = &run->rival;
    const struct scheduler *last = r->by;
    str_cut(&run->name, 0);
    if (run->asked)
        settings_name(&run->wish, &run->plain, &run->name);
    else if (r->by)
        settings_name(r->by, NULL, &run->name);
    else
        str_add(&run->name, run->one->policy);
    for (int i = 0; i < r->turns; i++) {
        str_add(&run->name, " → ");
        settings_name(r->turn[i].by, last, &run->name);
        last = r->turn[i].by;
    }
    r->name = run->one->name = str_text(&run->name);
}

void rival_run_free(struct rival_run *run)
{
    if (run->sim)
        sim_free(run->sim);
    for (int i = 0; run->rival.cpu && i < run->one->loaded.scenario->machine.cpus;
         i++)
        lane_free(&run->rival.cpu[i]);
    free(run->rival.cpu);
    free(run->rival.misses);
    if (run->one == &run->own)
        run->own.loaded.scenario = NULL; /* the window's */
    contender_free(run->one);
    str_free(&run->name);
    free(run);
}
