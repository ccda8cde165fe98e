/* list.c: the facts of a run, one after the other. */
#include "sim/base/mem.h"
#include "sim/model/state.h"
#include "tests/legal/legal.h"

#include <stdlib.h>

static bool is_fact(const struct event *e)
{
    return e->kind == EV_CREATE || e->kind == EV_STATE || e->kind == EV_EXIT ||
           e->kind == EV_BLOCK || e->kind == EV_SLICE ||
           e->kind == EV_SWITCH || e->kind == EV_OP || e->kind == EV_SEM ||
           e->kind == EV_SEMSET;
}

void facts_add(struct facts *f, struct event e)
{
    if (f->count == f->room) {
        f->room = f->room ? 2 * f->room : 256;
        f->fact = mem_resize(f->fact, f->room, sizeof *f->fact);
    }
    f->fact[f->count++] = e;
}

void facts_take(struct facts *f, const struct trace *tr)
{
    for (size_t i = 0; i < tr->count; i++)
        if (is_fact(trace_at(tr, i)))
            facts_add(f, *trace_at(tr, i));
}

void facts_free(struct facts *f)
{
    free(f->fact);
    *f = (struct facts){0};
}

/* The stretch that ends at `t`. */
static void end_stretch(const struct scenario *sc, int def, tick since, tick t,
                        struct str *out)
{
    if (def >= 0 && t > since)
        str_addf(out, " %s %lld-%lld", sc->processes[def].name,
                 (long long)since, (long long)t);
}

static void gantt_of(const struct scenario *sc, const struct facts *f, int cpu,
                     struct str *out)
{
    int def[LEGAL_PROCS_MAX], last = -1;
    tick since = 0, until = -1, on = 0;
    for (size_t i = 0; i < f->count; i++) {
        const struct event *e = &f->fact[i];
        if (e->kind == EV_CREATE)
            def[e->proc] = e->aux;
        if (e->kind != EV_STATE || e->cpu != cpu)
            continue;
        if (e->sub == T_DISPATCH) {
            on = e->t;
        } else if (e->t > on) { /* else it ran for no time at all */
            if (last != def[e->proc] || until != on) {
                end_stretch(sc, last, since, until, out);
                since = on;
            }
            last = def[e->proc];
            until = e->t;
        }
    }
    end_stretch(sc, last, since, until, out);
}

void facts_gantt(const struct scenario *sc, const struct facts *f, int cpus,
                 struct str *out)
{
    for (int c = 0; c < cpus; c++) {
        str_addf(out, "%d:", c);
        gantt_of(sc, f, c, out);
        str_add(out, "\n");
    }
}
