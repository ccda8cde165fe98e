/* metrics.c: the figures of a run.
 *
 * The textbook's figures, for a process that arrived at A, first ran at S and
 * finished at F:
 *
 *   turnaround  F − A       everything, also what it spent blocked
 *   response    S − A       until it got the CPU for the first time
 *   waiting     its time in `ready`: able to run, and not allowed to
 *
 * The world keeps each process's time in each state; all of this is read off. */
#include "sim/model/metrics.h"

#include "sim/base/promises.h"
#include "sim/model/explain.h"
#include "sim/model/figure.h"
#include "sim/scenario/ops.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { HOLDERS_MOST = 64 };

struct process_metrics metrics_of(const struct world *w, int proc)
{
    require(proc >= 0 && proc < w->head->procs);
    const struct proc *p = &w->proc[proc];
    return (struct process_metrics){
        .arrival = p->arrival,
        .admitted = p->admitted,
        .first_run = p->first_run,
        .finish = p->finish,
        .turnaround = p->finish < 0 ? -1 : p->finish - p->arrival,
        .response = p->first_run < 0 ? -1 : p->first_run - p->arrival,
        .waiting = world_spent(w, proc, READY),
        .cpu = world_spent(w, proc, RUNNING),
        .blocked = world_spent(w, proc, BLOCKED),
        .suspended = world_spent(w, proc, READY_SUSPENDED) +
                     world_spent(w, proc, BLOCKED_SUSPENDED),
        .voluntary = p->switches_voluntary,
        .involuntary = p->switches_involuntary,
    };
}

/* a / b, and no number where there is nothing to divide by. */
static double share(double a, double b)
{
    return b > 0 ? a / b : (double)NAN;
}

/* Jain's index (DEC-TR-301, 1984): 1 if all got the same share of what they
 * wanted, 1/n if one got everything. Who never wanted the CPU is left out. */
static double jain(const struct world *w)
{
    double sum = 0, squares = 0;
    int n = 0;
    for (int i = 0; i < w->head->procs; i++) {
        struct process_metrics m = metrics_of(w, i);
        if (m.cpu + m.waiting == 0)
            continue;
        double x = (double)m.cpu / (double)(m.cpu + m.waiting);
        sum += x;
        squares += x * x;
        n++;
    }
    return share(sum * sum, n * squares);
}

static void add_cpus(const struct world *w, struct run_metrics *r)
{
    double busy = 0;
    for (int i = 0; i < w->head->cpus; i++) {
        const struct cpu *c = &w->cpu[i];
        busy += (double)c->busy;
        if (c->proc != NONE)
            busy += (double)(w->head->now - c->since);
        r->context_switches += c->switches;
    }
    r->cpu_utilization =
        share(busy, (double)w->head->now * (double)w->head->cpus);
}

struct run_metrics metrics_overall(const struct world *w)
{
    struct run_metrics r = {0};
    double finished = 0, ran = 0, turnaround = 0, waiting = 0, response = 0;
    for (int i = 0; i < w->head->procs; i++) {
        struct process_metrics m = metrics_of(w, i);
        if (m.finish < 0)
            continue;
        finished++;
        turnaround += (double)m.turnaround;
        waiting += (double)m.waiting;
        if (m.response < 0)
            continue; /* killed before it ever ran */
        ran++;
        response += (double)m.response;
    }
    r.avg_turnaround = share(turnaround, finished);
    r.avg_waiting = share(waiting, finished);
    r.avg_response = share(response, ran);
    r.throughput = share(finished, (double)w->head->now);
    r.fairness = jain(w);
    add_cpus(w, &r);
    return r;
}

void metrics_write_number(double x, struct str *out)
{
    char digits[40];
    if (!isfinite(x)) {
        str_add(out, "null");
        return;
    }
    if (fabs(x) < 1e15 && (double)(int64_t)x == x) {
        str_addf(out, "%lld", (long long)x);
        return;
    }
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, x);
        if (strtod(digits, NULL) == x)
            break;
    }
    str_add(out, digits);
}

static void write_tick(struct str *out, const char *name, tick t)
{
    if (t < 0)
        str_addf(out, ", \"%s\": null", name);
    else
        str_addf(out, ", \"%s\": %lld", name, (long long)t);
}

static void write_exit(const struct world *w, int proc, struct str *out)
{
    const struct proc *p = &w->proc[proc];
    const char *signal = signal_name(p->exit_value);
    str_add(out, ", \"exit\": ");
    if (w->task[proc].state != TERMINATED)
        str_add(out, "null");
    else if (!p->exit_kind)
        str_addf(out, "{\"code\": %d}", (int)p->exit_value);
    else if (signal)
        str_addf(out, "{\"signal\": \"%s\"}", signal);
    else
        str_addf(out, "{\"signal\": %d}", (int)p->exit_value);
}

void metrics_write_process(const struct world *w, int proc, struct str *out)
{
    struct process_metrics m = metrics_of(w, proc);
    str_addf(out, "\"state\": \"%s\"",
             state_name((enum state)w->task[proc].state));
    write_tick(out, "arrival", m.arrival);
    write_tick(out, "admitted", m.admitted);
    write_tick(out, "first_run", m.first_run);
    write_tick(out, "finish", m.finish);
    write_tick(out, "turnaround", m.turnaround);
    write_tick(out, "response", m.response);
    write_tick(out, "waiting", m.waiting);
    write_tick(out, "cpu", m.cpu);
    write_tick(out, "blocked", m.blocked);
    write_tick(out, "suspended", m.suspended);
    write_exit(w, proc, out);
    str_addf(out, ", \"switches\": {\"voluntary\": %d, \"involuntary\": %d}",
             m.voluntary, m.involuntary);
}

void metrics_write_scheduling(const struct world *w, const int64_t *fair,
                              int proc, const char *before, struct str *out)
{
    struct shown_figure f[SHOWN_FIGURES];
    int n = world_figures(moment_of(w, fair), proc, f);
    if (n)
        str_addf(out, "%s\"scheduling\": {", before);
    for (int i = 0; i < n; i++) {
        str_addf(out, "%s\"%s\": ", i ? ", " : "", f[i].name);
        if (figure_is_none(f[i].kind, f[i].value))
            str_add(out, "null");
        else
            shown_write(&f[i], 6, out);
    }
    str_add(out, n ? "}" : "");
}

void metrics_write_overall(const struct world *w, struct str *out)
{
    struct run_metrics r = metrics_overall(w);
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"avg_turnaround", r.avg_turnaround},
        {"avg_waiting", r.avg_waiting},
        {"avg_response", r.avg_response},
        {"throughput", r.throughput},
        {"cpu_utilization", r.cpu_utilization},
        {"context_switches", (double)r.context_switches},
        {"fairness", r.fairness},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        str_addf(out, "%s\"%s\": ", i ? ", " : "", figures[i].name);
        metrics_write_number(figures[i].value, out);
    }
}

const char *metrics_stopped(const struct world *w)
{
    static const char *const names[STOP_COUNT] = {
        [STOP_NOT] = "",
        [STOP_FINISHED] = "finished",
        [STOP_DEADLOCK] = "deadlock",
        [STOP_UNTIL] = "until",
        [STOP_ENDLESS] = "endless",
    };
    require(w->head->stop < STOP_COUNT);
    return names[w->head->stop];
}

static void write_quoted(struct str *out, const struct str *s)
{
    str_add_char(out, '"');
    str_add_json(out, str_text(s), s->length);
    str_add_char(out, '"');
}

static void write_name(const struct world *w, int proc, struct str *out)
{
    struct str name = {0};
    if (proc == INIT_PROC)
        str_add(&name, "init");
    else
        world_write_name(w, proc, &name);
    write_quoted(out, &name);
    str_free(&name);
}

/* {"process": "b", "waits_for": "read p[0]", "held_by": ["a"]} */
static void write_stuck(const struct world *w, int proc, struct str *out)
{
    struct str what = {0};
    int holders[HOLDERS_MOST];
    int n = explain_wait(w, proc, LANG_EN, &what, holders, HOLDERS_MOST);
    str_add(out, "{\"process\": ");
    write_name(w, proc, out);
    str_add(out, ", \"waits_for\": ");
    write_quoted(out, &what);
    str_add(out, ", \"held_by\": [");
    for (int i = 0; i < n && i < HOLDERS_MOST; i++) {
        str_add(out, i ? ", " : "");
        write_name(w, holders[i], out);
    }
    str_add(out, "]}");
    str_free(&what);
}

void metrics_write_deadlock(const struct world *w, struct str *out)
{
    int n = 0;
    str_add_char(out, '[');
    for (int i = 0; w->head->stuck && i < w->head->procs; i++) {
        if (w->task[i].state == TERMINATED)
            continue;
        str_add(out, n++ ? ", " : "");
        write_stuck(w, i, out);
    }
    str_add_char(out, ']');
}
