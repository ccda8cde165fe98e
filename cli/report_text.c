/* report_text.c: a run for people: a chart, what happened in sentences, and
 * the figures. */
#include "cli/report.h"

#include "cli/chart.h"
#include "cli/questions.h"
#include "sim/model/explain.h"
#include "sim/model/figure.h"
#include "sim/model/metrics.h"
#include "sim/scenario/ops.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

enum { STEPS_MOST = 2000, HOLDERS_MOST = 8 };

static void text_event(struct report *r, const struct event *e)
{
    spans_take(&r->spans, &r->teller.world, e);
}

static void write_title(const struct report *r, struct str *out)
{
    const struct scenario *sc = r->scenario;
    enum lang lang = r->o->lang;
    str_addf(out, "%s\n", text_in(sc->title, lang));
    str_addf(out, word(W_CLI_T_POLICY, lang), sc->scheduler.policy);
    if (sc->scheduler.quantum)
        str_addf(out, word(W_CLI_T_QUANTUM, lang),
                 (long long)sc->scheduler.quantum);
    str_addf(out, word(W_CLI_T_CPUS, lang), sc->machine.cpus);
    str_addf(out, "%s\n\n",
             word(r->live ? W_CLI_T_LIVE : W_CLI_T_MODEL, lang));
}

/* ------------------------------------------------------- what happened */

/* Every step as a sentence, with its time where the time is a new one. */
static void write_steps(const struct report *r, struct str *out)
{
    const struct trace *tr = r->teller.trace;
    struct world w = {0};
    world_init(&w, r->scenario);
    int steps = 0;
    tick last = -1;
    for (size_t p = 0; p < tr->count && steps < STEPS_MOST; steps++) {
        size_t end = trace_step_after(tr, p);
        for (; p < end; p++)
            world_apply(&w, tr, trace_at(tr, p));
        struct str sentence = {0};
        explain_step(&w, tr, p, r->o->lang, &sentence);
        if (w.head->now != last)
            str_addf(out, "%6lld  ", (long long)w.head->now);
        else
            str_add(out, "        ");
        last = w.head->now;
        str_addf(out, "%s\n", str_text(&sentence));
        str_free(&sentence);
    }
    if (w.head->events < tr->count)
        str_addf(out, word(W_CLI_T_MORE_STEPS, r->o->lang), STEPS_MOST);
    world_free(&w);
}

/* ------------------------------------------------------------- the table */

enum { TIMES = 9, COLUMNS_MOST = TIMES + SHOWN_FIGURES + 1, CELL = 48 };

static const enum word heads[TIMES] = {
    W_CLI_T_PROCESS,    W_CLI_T_ARRIVAL,  W_CLI_T_FIRST_RUN, W_CLI_T_FINISH,
    W_CLI_T_TURNAROUND, W_CLI_T_RESPONSE, W_CLI_T_WAITING,   W_CLI_T_CPU,
    W_CLI_T_BLOCKED};

/* The name, the times, the policy's figures, and how it ended. */
struct table {
    const struct report *r;
    int64_t fair[CPUS_MAX];
    enum word head[COLUMNS_MOST];
    int columns, width[COLUMNS_MOST];
};

/* How it ended; of one that never did, where it stands. */
static void exit_text(const struct report *r, int proc, struct str *out)
{
    const struct world *w = &r->teller.world;
    const struct proc *p = &w->proc[proc];
    if (w->task[proc].state != TERMINATED)
        str_add(out, state_title((enum state)w->task[proc].state, r->o->lang));
    else if (p->exit_kind)
        str_add(out, signal_name(p->exit_value));
    else
        str_addf(out, "%d", (int)p->exit_value);
}

static void figure_text(const struct table *t, int proc, int i,
                        struct str *out)
{
    struct shown_figure f[SHOWN_FIGURES];
    int n = world_figures(moment_of(&t->r->teller.world, t->fair), proc, f);
    if (i < n)
        shown_write(&f[i], 3, out);
    else
        str_add_char(out, '-');
}

static void cell_text(const struct table *t, int proc, int column,
                      struct str *out)
{
    const struct world *w = &t->r->teller.world;
    struct process_metrics m = metrics_of(w, proc);
    const tick times[TIMES] = {0,          m.arrival,    m.first_run,
                               m.finish,   m.turnaround, m.response,
                               m.waiting,  m.cpu,        m.blocked};
    if (column == 0)
        world_write_name(w, proc, out);
    else if (column == t->columns - 1)
        exit_text(t->r, proc, out);
    else if (column >= TIMES)
        figure_text(t, proc, column - TIMES, out);
    else if (times[column] < 0)
        str_add_char(out, '-');
    else
        str_addf(out, "%lld", (long long)times[column]);
}

static int rows_of(const struct world *w)
{
    enum { MOST = 200 };
    return w->head->procs < MOST ? w->head->procs : MOST;
}

static int column_width(const struct table *t, int column)
{
    int width = utf8_columns(word(t->head[column], t->r->o->lang));
    for (int i = 0; i < rows_of(&t->r->teller.world); i++) {
        struct str s = {0};
        cell_text(t, i, column, &s);
        int n = utf8_columns(str_text(&s));
        width = n > width ? n : width;
        str_free(&s);
    }
    return width;
}

/* Those who have a deadline have figures that others have not, behind theirs. */
static void choose_columns(struct table *t)
{
    const struct world *w = &t->r->teller.world;
    for (int c = 0; c < TIMES; c++)
        t->head[c] = heads[c];
    for (int i = 0; i < rows_of(w); i++) {
        struct shown_figure f[SHOWN_FIGURES];
        int n = world_figures(moment_of(w, t->fair), i, f);
        for (int k = t->columns - TIMES - 1; k < n; k++)
            t->head[TIMES + k] = f[k].title;
        t->columns = t->columns > TIMES + n + 1 ? t->columns : TIMES + n + 1;
    }
    t->head[t->columns - 1] = W_CLI_T_EXIT;
    for (int c = 0; c < t->columns; c++)
        t->width[c] = column_width(t, c);
}

/* Row -1 is the headings. */
static void table_row(const struct table *t, int row, struct str *out)
{
    for (int c = 0; c < t->columns; c++) {
        struct str s = {0};
        if (row < 0)
            str_add(&s, word(t->head[c], t->r->o->lang));
        else
            cell_text(t, row, c, &s);
        str_add(out, "  ");
        add_cell(out, str_text(&s), t->width[c], c > 0);
        str_free(&s);
    }
    str_add_char(out, '\n');
}

static void write_table(const struct report *r, struct str *out)
{
    const struct world *w = &r->teller.world;
    struct table t = {.r = r, .columns = TIMES + 1};
    world_fair_times(w, w->head->now, t.fair);
    choose_columns(&t);
    for (int row = -1; row < rows_of(w); row++)
        table_row(&t, row, out);
    int more = w->head->procs - rows_of(w);
    if (more > 0)
        str_addf(out, word(W_CLI_T_MORE_PROCESSES, r->o->lang), more);
    str_add_char(out, '\n');
}

/* ------------------------------------------------------ the last lines */

static void add_figure(const struct report *r, enum word label, double x,
                       struct str *out)
{
    char number[CELL];
    if (isnan(x))
        snprintf(number, sizeof number, "-");
    else if (fabs(x) < 1e15 && x == floor(x))
        snprintf(number, sizeof number, "%.0f", x);
    else
        snprintf(number, sizeof number, "%.3f", x);
    str_addf(out, "  %s %s\n", word(label, r->o->lang), number);
}

static void write_figures(const struct report *r, struct str *out)
{
    struct run_metrics m = metrics_overall(&r->teller.world);
    add_figure(r, W_CLI_T_AVG_TURNAROUND, m.avg_turnaround, out);
    add_figure(r, W_CLI_T_AVG_WAITING, m.avg_waiting, out);
    add_figure(r, W_CLI_T_AVG_RESPONSE, m.avg_response, out);
    add_figure(r, W_CLI_T_THROUGHPUT, m.throughput, out);
    add_figure(r, W_CLI_T_UTILIZATION, m.cpu_utilization, out);
    add_figure(r, W_CLI_T_SWITCHES, (double)m.context_switches, out);
    add_figure(r, W_CLI_T_FAIRNESS, m.fairness, out);
}

static void write_stuck(const struct report *r, struct str *out)
{
    const struct world *w = &r->teller.world;
    for (int i = 0; i < w->head->procs; i++) {
        int holder[HOLDERS_MOST];
        struct str name = {0}, what = {0}, by = {0};
        if (w->task[i].state == TERMINATED)
            continue;
        int n = explain_wait(w, i, r->o->lang, &what, holder, HOLDERS_MOST);
        world_write_name(w, i, &name);
        for (int k = 0; k < n && k < HOLDERS_MOST; k++) {
            str_add(&by, k ? word(W_CLI_L_COMMA, r->o->lang) : "");
            name_of(w, holder[k], &by);
        }
        str_addf(out, word(by.length ? W_CLI_T_STUCK_BY : W_CLI_T_STUCK,
                           r->o->lang),
                 str_text(&name), str_text(&what), str_text(&by));
        str_free(&name);
        str_free(&what);
        str_free(&by);
    }
}

static void write_stop(const struct report *r, struct str *out)
{
    static const enum word how[] = {[STOP_NOT] = W_CLI_T_STOP_NOT,
                                    [STOP_FINISHED] = W_CLI_T_STOP_FINISHED,
                                    [STOP_DEADLOCK] = W_CLI_T_STOP_DEADLOCK,
                                    [STOP_UNTIL] = W_CLI_T_STOP_UNTIL,
                                    [STOP_ENDLESS] = W_CLI_T_STOP_ENDLESS};
    const struct world_head *h = r->teller.world.head;
    str_addf(out, word(how[h->stop], r->o->lang), (long long)h->now);
    if (h->stop == STOP_DEADLOCK)
        write_stuck(r, out);
    if (r->live)
        str_addf(out, word(W_CLI_T_CONFIRMED, r->o->lang),
                 (long long)h->confirmed, (long long)(h->confirmed + h->diverged),
                 (long long)h->diverged);
}

static void text_end(struct report *r)
{
    struct str *out = &r->out->text;
    const struct chart chart = {
        .spans = &r->spans,
        .world = &r->teller.world,
        .columns = report_columns(),
        .colours = !r->out->path && report_colours(STDOUT_FILENO),
        .lang = r->o->lang};
    spans_end(&r->spans, r->teller.world.head->now);
    bool asks = option_given(r->o, OPTION_PREDICT);
    write_title(r, out);
    if (asks)
        questions_write(r, out);
    chart_write(&chart, out);
    str_add_char(out, '\n');
    write_steps(r, out);
    str_add_char(out, '\n');
    write_table(r, out);
    write_figures(r, out);
    str_add_char(out, '\n');
    write_stop(r, out);
    if (asks)
        questions_write_answers(r, out);
}

const struct format format_text = {"text", false, true, text_event, text_end};
