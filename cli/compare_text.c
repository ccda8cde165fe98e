/* compare_text.c: a comparison for people: where they part, a chart for each
 * policy on one time axis, and the figures, the best of them marked. */
#include "cli/compare.h"

#include "cli/table.h"
#include "sim/base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { PROCESSES_MOST = 200 /* columns of the tables */ };

static bool colours(const struct comparison *c)
{
    return !c->out->path && report_colours(STDOUT_FILENO);
}

static void add_strong(const struct comparison *c, const char *text,
                       struct str *out)
{
    bool strong = colours(c);
    str_addf(out, "%s%s%s", strong ? "\033[1m" : "", text,
             strong ? "\033[0m" : "");
}

/* ----------------------------------------------------------------- charts */

static void write_title(const struct comparison *c, struct str *out)
{
    const struct scenario *sc = c->file.scenario;
    enum lang lang = c->o->lang;
    add_strong(c, text_in(sc->title, lang), out);
    str_add_char(out, '\n');
    for (int k = 0; k < c->count; k++)
        str_addf(out, "%s%s", k ? word(W_CLI_L_COMMA, lang) : "",
                 c->all[k]->name);
    str_addf(out, word(W_CLI_T_CPUS, lang), sc->machine.cpus);
    str_addf(out, "%s\n\n",
             word(option_given(c->o, OPTION_LIVE) ? W_CLI_T_LIVE
                                                  : W_CLI_T_MODEL,
                  lang));
}

/* "rr:4, quantum 4" */
static void write_name(const struct comparison *c, const struct contender *one,
                       struct str *out)
{
    const struct scheduler *s = &one->loaded.scenario->scheduler;
    enum lang lang = c->o->lang;
    add_strong(c, one->name, out);
    if (s->quantum)
        str_addf(out, word(W_CLI_T_QUANTUM, lang), (long long)s->quantum);
    str_add_char(out, '\n');
}

static void write_charts(const struct comparison *c, struct str *out)
{
    const struct spans **all = mem_new((size_t)c->count, sizeof *all);
    struct chart chart = {.columns = report_columns(),
                          .colours = colours(c),
                          .lang = c->o->lang,
                          .rows = c->rows,
                          .row_count = c->row_count,
                          .end = c->end,
                          .pointed = c->parting.there,
                          .point = c->parting.t};
    for (int k = 0; k < c->count; k++) {
        const struct contender *one = c->all[k];
        for (int i = 0; i < c->row_count; i++)
            c->rows[i].proc = one->proc[i];
        all[k] = &one->report.spans;
        chart.spans = &one->report.spans;
        chart.world = &one->report.teller.world;
        write_name(c, one, out);
        chart_write_rows(&chart, out);
        str_add_char(out, '\n');
    }
    chart_write_legend(all, c->count, c->o->lang, out);
    free(all);
}

/* ----------------------------------------------------------------- tables */

/* The values of one column, and which are the best. */
struct ranking {
    double *value;
    bool *fair, *best;
};

static void ranking_begin(struct ranking *r, const struct comparison *c)
{
    size_t n = (size_t)c->count;
    r->value = mem_new(n, sizeof *r->value);
    r->fair = mem_new(n, sizeof *r->fair);
    r->best = mem_new(n, sizeof *r->best);
    for (int k = 0; k < c->count; k++)
        r->fair[k] = contender_finished(c->all[k]);
}

static void ranking_free(struct ranking *r)
{
    free(r->value);
    free(r->fair);
    free(r->best);
}

static void add_value(struct table *t, double x, bool best)
{
    struct str s = {0};
    measure_write(x, &s);
    table_add(t, str_text(&s), best);
    str_free(&s);
}

/* A table is filled from left to right, and ranked from top to bottom. */
static void write_ranked(const struct comparison *c, struct table *t,
                         const struct ranking *columns, int count,
                         struct str *out)
{
    for (int k = 0; k < c->count; k++) {
        table_add(t, c->all[k]->name, false);
        for (int i = 0; i < count; i++)
            add_value(t, columns[i].value[k], columns[i].best[k]);
    }
    table_end(t, report_columns(), colours(c), out);
}

/* One that no run has is no column. */
static bool some_have(const struct comparison *c, enum measure m)
{
    for (int k = 0; k < c->count; k++)
        if (!isnan(c->all[k]->measure[m]))
            return true;
    return false;
}

/* The end of the runs is one more. */
static void rank(const struct comparison *c, int m, struct ranking *r)
{
    ranking_begin(r, c);
    for (int k = 0; k < c->count; k++)
        r->value[k] = m < MEASURE_COUNT
                          ? c->all[k]->measure[m]
                          : (double)c->all[k]->report.teller.world.head->now;
    measure_mark(r->value, r->fair, c->count,
                 m < MEASURE_COUNT && measures[m].more, r->best);
}

static void write_overall(const struct comparison *c, struct str *out)
{
    struct ranking all[MEASURE_COUNT + 1];
    enum word head[MEASURE_COUNT + 1];
    enum lang lang = c->o->lang;
    bool jobs = measures_jobs(c->file.scenario);
    struct table t;
    int n = 0;
    for (int m = 0; m <= MEASURE_COUNT; m++) {
        if (m < MEASURE_COUNT && (!some_have(c, (enum measure)m) ||
                                  !measure_fits((enum measure)m, jobs)))
            continue;
        head[n] = m < MEASURE_COUNT ? measures[m].head : W_CLI_M_END;
        rank(c, m, &all[n++]);
    }
    table_begin(&t, n + 1, 1);
    table_add(&t, word(W_CLI_CMP_AVERAGES, lang), false);
    for (int i = 0; i < n; i++)
        table_add(&t, word(head[i], lang), false);
    write_ranked(c, &t, all, n, out);
    for (int i = 0; i < n; i++)
        ranking_free(&all[i]);
}

/* NaN if it has none. */
static double of_process(const struct contender *one, int row, enum measure m)
{
    return one->proc[row] == NONE ? (double)NAN
                                  : measure_of(&one->report.teller.world,
                                               one->proc[row], m);
}

static void write_processes(const struct comparison *c, enum measure m,
                            struct str *out)
{
    int n = c->row_count < PROCESSES_MOST ? c->row_count : PROCESSES_MOST;
    struct ranking *all = mem_new((size_t)n + 1, sizeof *all);
    struct table t;
    table_begin(&t, n + 1, 1);
    table_add(&t, word(measures[m].head, c->o->lang), false);
    for (int i = 0; i < n; i++) {
        table_add(&t, c->rows[i].name, false);
        ranking_begin(&all[i], c);
        for (int k = 0; k < c->count; k++)
            all[i].value[k] = of_process(c->all[k], i, m);
        measure_mark(all[i].value, all[i].fair, c->count, false, all[i].best);
    }
    write_ranked(c, &t, all, n, out);
    if (c->row_count > n)
        str_addf(out, word(W_CLI_T_MORE_PROCESSES, c->o->lang),
                 c->row_count - n);
    for (int i = 0; i < n; i++)
        ranking_free(&all[i]);
    free(all);
}

/* Runs that did not come to their end. */
static void write_unfinished(const struct comparison *c, struct str *out)
{
    static const enum word how[STOP_COUNT] = {
        [STOP_NOT] = W_CLI_T_STOP_NOT,
        [STOP_DEADLOCK] = W_CLI_T_STOP_DEADLOCK,
        [STOP_UNTIL] = W_CLI_T_STOP_UNTIL,
        [STOP_ENDLESS] = W_CLI_T_STOP_ENDLESS};
    for (int k = 0; k < c->count; k++) {
        const struct world_head *h = c->all[k]->report.teller.world.head;
        if (h->stop == STOP_FINISHED)
            continue;
        str_addf(out, "  %s%s", c->all[k]->name,
                 word(W_CLI_CMP_COLON, c->o->lang));
        str_addf(out, word(how[h->stop], c->o->lang), (long long)h->now);
    }
}

void compare_write_text(const struct comparison *c, struct str *out)
{
    write_title(c, out);
    compare_say_parting(c, true, out);
    str_add_char(out, '\n');
    write_charts(c, out);
    str_add_char(out, '\n');
    write_overall(c, out);
    bool jobs = measures_jobs(c->file.scenario);
    int first = jobs ? MEASURE_MISSED : MEASURE_TURNAROUND;
    int last = jobs ? MEASURE_WORST : MEASURE_RESPONSE;
    for (int m = first; m <= last; m++) {
        str_add_char(out, '\n');
        write_processes(c, (enum measure)m, out);
    }
    str_add(out, word(W_CLI_CMP_BEST, c->o->lang));
    write_unfinished(c, out);
}
