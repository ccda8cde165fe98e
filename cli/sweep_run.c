/* sweep_run.c: one run of a sweep, to its end and into a row. */
#include "cli/sweep.h"

#include "sim/base/diag.h"
#include "sim/sim.h"

#include <string.h>

enum { EVENTS_A_PIECE = 1 << 14 };

static void run_to_end(struct sim *sim, tick until, bool (*wanted)(void))
{
    const struct trace *tr = sim_trace(sim);
    while (wanted() && sim_advance(sim, until, EVENTS_A_PIECE)) {
        tick next = sim_next(sim);
        if (next > until && next != TICK_NEVER) {
            sim_stop_until(sim, until);
            return;
        }
        if (tr->count > TRACE_CHUNK) /* nobody will read it */
            sim_forget(sim, tr->count - TRACE_CHUNK);
    }
}

static int differences(const struct sweep *s, const struct world *w)
{
    struct diag d = {.file = str_text(&s->file.path), .lang = s->o->lang};
    int n = metrics_expect(w, &d);
    diag_free(&d);
    return n;
}

/* The run has stopped in an op that goes round and round. */
static int line_of(const struct scenario *sc, const struct trace *tr)
{
    return sc->ops[trace_at(tr, tr->count - 1)->aux].line;
}

static void fill_row(const struct sweep *s, const struct sim *sim,
                     struct sweep_row *row)
{
    const struct world *w = sim_world(sim);
    row->end = w->head->now;
    row->stop = (enum stop)w->head->stop;
    row->processes = w->head->procs;
    for (int i = 0; i < w->head->procs; i++)
        row->finished += w->proc[i].finish >= 0;
    measure_all(w, row->measure);
    if (row->stop == STOP_ENDLESS) {
        row->kind = ROW_ENDLESS;
        row->line = line_of(w->scenario, sim_trace(sim));
    } else if (row->stop != STOP_NOT) {
        row->differences = differences(s, w);
    }
}

void sweep_run(const struct sweep *s, int64_t run, bool (*wanted)(void),
               struct sweep_row *row)
{
    struct combination c = sweep_combination(s, run);
    struct str complaints = {0};
    memset(row, 0, sizeof *row); /* it is sent: no byte may be anything */
    row->run = run;
    struct scenario *sc = sweep_scenario(s, &c, &complaints);
    str_free(&complaints);
    if (!sc) {
        row->kind = ROW_BAD;
        return;
    }
    size_t n = strlen(sc->scheduler.policy);
    n = n < POLICY_NAME_MOST ? n : POLICY_NAME_MOST - 1;
    memcpy(row->policy, sc->scheduler.policy, n);
    row->quantum = sc->scheduler.quantum;
    row->cpus = sc->machine.cpus;
    struct sim *sim = sim_new(sc);
    run_to_end(sim, s->o->until, wanted);
    fill_row(s, sim, row);
    sim_free(sim);
    scenario_free(sc);
}
