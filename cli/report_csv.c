/* report_csv.c: tables for a spreadsheet (RFC 4180): one row a process, or
 * (export --to csv) one row an event. A cell without a value is empty. */
#include "cli/report.h"

#include "sim/model/figure.h"
#include "sim/model/metrics.h"
#include "sim/scenario/ops.h"

#include <math.h>
#include <string.h>

static void add_time(struct str *out, tick t)
{
    if (t >= 0)
        str_addf(out, "%lld", (long long)t);
    str_add_char(out, ',');
}

static void add_name(const struct world *w, int proc, struct str *out)
{
    struct str name = {0};
    name_of(w, proc, &name);
    csv_add(out, str_text(&name), name.length);
    str_add_char(out, ',');
    str_free(&name);
}

static void add_exit(const struct world *w, int proc, struct str *out)
{
    const struct proc *p = &w->proc[proc];
    if (w->task[proc].state != TERMINATED)
        return;
    if (p->exit_kind)
        str_add(out, signal_name(p->exit_value));
    else
        str_addf(out, "%d", (int)p->exit_value);
}

/* The names of the policy's figures that somebody has, in their order. */
static int find_figures(const struct world *w, const int64_t *fair,
                        struct shown_figure found[SHOWN_FIGURES])
{
    int most = 0;
    for (int i = 0; i < w->head->procs; i++) {
        struct shown_figure f[SHOWN_FIGURES];
        int n = world_figures(moment_of(w, fair), i, f);
        if (n > most) {
            most = n;
            memcpy(found, f, sizeof f);
        }
    }
    return most;
}

/* Who has fewer of them has those that all have, which come first. */
static void add_figures(const struct world *w, const int64_t *fair, int proc,
                        int columns, struct str *out)
{
    struct shown_figure f[SHOWN_FIGURES];
    int n = world_figures(moment_of(w, fair), proc, f);
    for (int i = 0; i < columns; i++) {
        str_add_char(out, ',');
        if (i < n && !figure_is_none(f[i].kind, f[i].value))
            shown_write(&f[i], 6, out);
    }
}

static void write_row(const struct world *w, int proc, struct str *out)
{
    struct process_metrics m = metrics_of(w, proc);
    const tick times[] = {m.arrival,    m.admitted, m.first_run, m.finish,
                          m.turnaround, m.response, m.waiting,   m.cpu,
                          m.blocked,    m.suspended};
    add_name(w, proc, out);
    str_addf(out, "%d,", proc + 1);
    add_name(w, w->proc[proc].parent, out);
    str_addf(out, "%s,", state_name((enum state)w->task[proc].state));
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        add_time(out, times[i]);
    add_exit(w, proc, out);
    str_addf(out, ",%d,%d", m.voluntary, m.involuntary);
}

static void csv_end(struct report *r)
{
    const struct world *w = &r->teller.world;
    struct str *out = &r->out->text;
    str_add(out, "name,id,parent,state,arrival,admitted,first_run,finish,"
                 "turnaround,response,waiting,cpu,blocked,suspended,exit,"
                 "voluntary_switches,involuntary_switches");
    int64_t fair[CPUS_MAX];
    struct shown_figure f[SHOWN_FIGURES];
    world_fair_times(w, w->head->now, fair);
    int figures = find_figures(w, fair, f);
    for (int i = 0; i < figures; i++)
        str_addf(out, ",%s", f[i].name);
    str_add(out, "\r\n");
    for (int i = 0; i < w->head->procs; i++) {
        write_row(w, i, out);
        add_figures(w, fair, i, figures, out);
        str_add(out, "\r\n");
    }
}

static const char *const columns[] = {"t",  "process", "event", "from",
                                      "to", "why",     "op",    "object",
                                      "ret", "errno",  "data"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void events_header(struct str *out)
{
    for (int i = 0; i < COLUMNS; i++)
        str_addf(out, "%s,", columns[i]);
    str_add(out, "more\r\n");
}

static void events_event(struct report *r, const struct event *e)
{
    (void)e;
    if (r->teller.at == 1)
        events_header(&r->out->text);
    if (r->teller.line.count)
        line_write_csv(&r->teller.line, columns, COLUMNS, &r->out->text);
}

static void events_end(struct report *r)
{
    if (r->teller.at == 0)
        events_header(&r->out->text);
}

/* ---- metrics: one row a figure, of the run and of each process ---- */

static void metrics_run(const struct world *w, struct str *out)
{
    struct run_metrics m = metrics_overall(w);
    const struct {
        const char *name;
        double value;
    } figures[] = {{"avg_turnaround", m.avg_turnaround},
                   {"avg_waiting", m.avg_waiting},
                   {"avg_response", m.avg_response},
                   {"throughput", m.throughput},
                   {"cpu_utilization", m.cpu_utilization},
                   {"context_switches", (double)m.context_switches},
                   {"fairness", m.fairness}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        str_addf(out, "run,,%s,", figures[i].name);
        if (!isnan(figures[i].value))
            metrics_write_number(figures[i].value, out);
        str_add(out, "\r\n");
    }
}

static void metrics_process(const struct world *w, int proc, struct str *out)
{
    struct process_metrics m = metrics_of(w, proc);
    const struct {
        const char *name;
        tick value; /* negative: never */
    } figures[] = {{"arrival", m.arrival},       {"admitted", m.admitted},
                   {"first_run", m.first_run},   {"finish", m.finish},
                   {"turnaround", m.turnaround}, {"response", m.response},
                   {"waiting", m.waiting},       {"cpu", m.cpu},
                   {"blocked", m.blocked},       {"suspended", m.suspended},
                   {"voluntary_switches", m.voluntary},
                   {"involuntary_switches", m.involuntary}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        str_add(out, "process,");
        add_name(w, proc, out);
        str_addf(out, "%s,", figures[i].name);
        if (figures[i].value >= 0)
            str_addf(out, "%lld", (long long)figures[i].value);
        str_add(out, "\r\n");
    }
}

static void metrics_end(struct report *r)
{
    const struct world *w = &r->teller.world;
    struct str *out = &r->out->text;
    str_add(out, "of,name,metric,value\r\n");
    metrics_run(w, out);
    for (int i = 0; i < w->head->procs; i++)
        metrics_process(w, i, out);
}

const struct format format_metrics_csv = {"metrics", false, false, NULL,
                                          metrics_end};
const struct format format_csv = {"csv", false, false, NULL, csv_end};
const struct format format_events_csv = {"events", true, false, events_event,
                                         events_end};
