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
};

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
