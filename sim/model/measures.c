#include "sim/model/measures.h"

#include <math.h>

const struct measure_about measures[MEASURE_COUNT] = {
    [MEASURE_TURNAROUND] = {"avg_turnaround", W_CLI_T_TURNAROUND, false},
    [MEASURE_WAITING] = {"avg_waiting", W_CLI_T_WAITING, false},
    [MEASURE_RESPONSE] = {"avg_response", W_CLI_T_RESPONSE, false},
    [MEASURE_THROUGHPUT] = {"throughput", W_CLI_M_THROUGHPUT, true},
    [MEASURE_UTILIZATION] = {"cpu_utilization", W_CLI_M_UTILIZATION, true},
    [MEASURE_SWITCHES] = {"context_switches", W_CLI_M_SWITCHES, false},
    [MEASURE_FAIRNESS] = {"fairness", W_CLI_M_FAIRNESS, true},
    [MEASURE_MISSED] = {"deadlines_missed", W_CLI_M_MISSED, false},
    [MEASURE_WORST] = {"worst_response", W_CLI_M_WORST, false},
};

/* NaN: it has no deadline, or has not done a job yet. */
static double worst_of(const struct world *w, int proc)
{
    const struct proc *p = &w->proc[proc];
    bool some = w->scenario->processes[p->def].deadline && p->job;
    return some ? (double)p->worst : (double)NAN;
}

static double worst(const struct world *w)
{
    double most = NAN;
    for (int i = 0; i < w->head->procs; i++)
        most = fmax(most, worst_of(w, i)); /* fmax leaves NaN out */
    return most;
}

bool measures_jobs(const struct scenario *sc)
{
    for (int i = 0; i < sc->process_count; i++)
        if (sc->processes[i].period)
            return true;
    return false;
}

bool measure_fits(enum measure m, bool jobs)
{
    return jobs ? m > MEASURE_RESPONSE : m != MEASURE_WORST;
}

static double or_none(tick t)
{
    return t < 0 ? (double)NAN : (double)t;
}

double measure_of(const struct world *w, int proc, enum measure m)
{
    struct process_metrics p = metrics_of(w, proc);
    switch (m) {
    case MEASURE_TURNAROUND: return or_none(p.turnaround);
    case MEASURE_WAITING: return or_none(p.waiting);
    case MEASURE_RESPONSE: return or_none(p.response);
    case MEASURE_MISSED: return (double)w->proc[proc].missed;
    case MEASURE_WORST: return worst_of(w, proc);
    default: return NAN;
    }
}

static double missed(const struct world *w)
{
    int64_t n = 0;
    bool some = false;
    for (int i = 0; i < w->head->procs; i++) {
        n += w->proc[i].missed;
        some = some || w->scenario->processes[w->proc[i].def].deadline;
    }
    return some ? (double)n : (double)NAN;
}

void measure_all(const struct world *w, double all[MEASURE_COUNT])
{
    struct run_metrics m = metrics_overall(w);
    all[MEASURE_TURNAROUND] = m.avg_turnaround;
    all[MEASURE_WAITING] = m.avg_waiting;
    all[MEASURE_RESPONSE] = m.avg_response;
    all[MEASURE_THROUGHPUT] = m.throughput;
    all[MEASURE_UTILIZATION] = m.cpu_utilization;
    all[MEASURE_SWITCHES] = (double)m.context_switches;
    all[MEASURE_FAIRNESS] = m.fairness;
    all[MEASURE_MISSED] = missed(w);
    all[MEASURE_WORST] = worst(w);
}

void measure_write(double x, struct str *out)
{
    if (isnan(x))
        str_add_char(out, '-');
    else if (fabs(x) < 1e15 && x == floor(x))
        str_addf(out, "%.0f", x);
    else
        str_addf(out, "%.3f", x);
}

/* Rounding in the ninth digit makes nobody better. */
static bool even(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

void measure_mark(const double *x, const bool *fair, int n, bool more,
                  bool *best)
{
    double top = NAN;
    bool differ = false;
    for (int i = 0; i < n; i++) {
        best[i] = false;
        if (isnan(x[i]) || (fair && !fair[i]))
            continue;
        if (isnan(top))
            top = x[i];
        differ = differ || !even(x[i], top);
        if (more ? x[i] > top : x[i] < top)
            top = x[i];
    }
    for (int i = 0; i < n && differ; i++)
        best[i] = !isnan(x[i]) && (!fair || fair[i]) && even(x[i], top);
}
