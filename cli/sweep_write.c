/* sweep_write.c: the rows of a sweep as text, json, ndjson or csv. The last
 * two are written as the runs end; the others all or not at all. */
#include "cli/sweep.h"

#include "cli/line.h"
#include "cli/out.h"
#include "cli/report.h"
#include "cli/table.h"
#include "sim/base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct writer;

struct sweep_format {
    const char *name;
    bool streams; /* what is written so far is worth something by itself */
    void (*begin)(struct writer *w); /* NULL: nothing to do */
    void (*row)(struct writer *w, const struct sweep_row *row);
    void (*end)(struct writer *w);
};

struct writer {
    const struct sweep *sweep;
    const struct sweep_format *format;
    struct out *out;
    int64_t rows;
    struct sweep_row *kept; /* text */
    size_t room;
};

/* -------------------------------------------------------------------- json */

static const char *stop_name(const struct sweep_row *row)
{
    return row->stop == STOP_FINISHED   ? "finished"
           : row->stop == STOP_DEADLOCK ? "deadlock"
                                        : "until";
}

static void write_set(const struct writer *w, const struct sweep_row *row,
                      struct str *out)
{
    struct combination c = sweep_combination(w->sweep, row->run);
    str_add(out, "\"set\": {");
    for (int a = 0; a < w->sweep->axis_count; a++) {
        str_addf(out, "%s\"", a ? ", " : "");
        str_add_json(out, w->sweep->axes[a].key,
                     strlen(w->sweep->axes[a].key));
        str_add(out, "\": ");
        if (c.value[a] == NONE)
            str_add(out, "null");
        else
            axis_value(&w->sweep->axes[a], c.value[a], out);
    }
    str_add_char(out, '}');
}

static void write_object(const struct writer *w, const struct sweep_row *row)
{
    struct str *out = &w->out->text;
    str_addf(out, "{\"run\": %lld, ", (long long)row->run + 1);
    write_set(w, row, out);
    str_addf(out, ", \"policy\": \"%s\", \"quantum\": ", row->policy);
    if (row->quantum)
        str_addf(out, "%lld", (long long)row->quantum);
    else
        str_add(out, "null");
    str_addf(out, ", \"cpus\": %d, \"end\": %lld, \"stopped\": \"%s\"",
             row->cpus, (long long)row->end, stop_name(row));
    str_addf(out, ", \"processes\": %d, \"finished\": %d, \"metrics\": {",
             row->processes, row->finished);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        str_addf(out, "%s\"%s\": ", m ? ", " : "", measures[m].name);
        metrics_write_number(row->measure[m], out);
    }
    str_add(out, "}}");
}

static void ndjson_row(struct writer *w, const struct sweep_row *row)
{
    write_object(w, row);
    str_add_char(&w->out->text, '\n');
}

static void json_row(struct writer *w, const struct sweep_row *row)
{
    str_add(&w->out->text, w->rows ? ",\n " : "[");
    write_object(w, row);
}

static void json_end(struct writer *w)
{
    str_add(&w->out->text, w->rows ? "]\n" : "[]\n");
}

/* --------------------------------------------------------------------- csv */

static void csv_begin(struct writer *w)
{
    struct str *out = &w->out->text;
    str_add(out, "run");
    for (int a = 0; a < w->sweep->axis_count; a++) {
        const char *key = w->sweep->axes[a].key;
        str_add_char(out, ',');
        csv_add(out, key, strlen(key));
    }
    str_add(out, ",policy,quantum,cpus,end,stopped,processes,finished");
    for (int m = 0; m < MEASURE_COUNT; m++)
        str_addf(out, ",%s", measures[m].name);
    str_add(out, "\r\n");
}

/* A value without the quotes that JSON has around a text. */
static void write_value(const struct sweep *s, int axis, int64_t value,
                        struct str *out)
{
    struct str json = {0};
    if (value == NONE)
        return;
    axis_value(&s->axes[axis], value, &json);
    size_t n = json.length;
    bool text = n >= 2 && json.text[0] == '"' && json.text[n - 1] == '"' &&
                !memchr(json.text, '\\', n);
    csv_add(out, json.text + text, text ? n - 2 : n);
    str_free(&json);
}

static void csv_row(struct writer *w, const struct sweep_row *row)
{
    struct str *out = &w->out->text;
    struct combination c = sweep_combination(w->sweep, row->run);
    str_addf(out, "%lld", (long long)row->run + 1);
    for (int a = 0; a < w->sweep->axis_count; a++) {
        str_add_char(out, ',');
        write_value(w->sweep, a, c.value[a], out);
    }
    str_addf(out, ",%s,", row->policy);
    if (row->quantum)
        str_addf(out, "%lld", (long long)row->quantum);
    str_addf(out, ",%d,%lld,%s,%d,%d", row->cpus, (long long)row->end,
             stop_name(row), row->processes, row->finished);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        double x = row->measure[m];
        str_add_char(out, ',');
        if (!isnan(x))
            metrics_write_number(x, out);
    }
    str_add(out, "\r\n");
}

/* -------------------------------------------------------------------- text */

static void text_row(struct writer *w, const struct sweep_row *row)
{
    w->kept = mem_grow(w->kept, (size_t)w->rows + 1, &w->room,
                       sizeof *w->kept);
    w->kept[w->rows] = *row;
}

/* Deadlines are a column only where there are any. */
static int measures_shown(const struct writer *w)
{
    for (int64_t i = 0; i < w->rows; i++)
        if (!isnan(w->kept[i].measure[MEASURE_MISSED]))
            return MEASURE_COUNT;
    return MEASURE_MISSED;
}

static bool all_finished(const struct writer *w)
{
    for (int64_t i = 0; i < w->rows; i++)
        if (w->kept[i].stop != STOP_FINISHED)
            return false;
    return true;
}

/* By row and measure, which are the best. */
static bool *find_best(const struct writer *w)
{
    size_t n = (size_t)w->rows + 1;
    bool *best = mem_new(n * MEASURE_COUNT, sizeof *best);
    bool *fair = mem_new(n, sizeof *fair);
    double *x = mem_new(n, sizeof *x);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        for (int64_t i = 0; i < w->rows; i++) {
            x[i] = w->kept[i].measure[m];
            fair[i] = w->kept[i].stop == STOP_FINISHED;
        }
        measure_mark(x, fair, (int)w->rows, measures[m].more,
                     &best[n * (size_t)m]);
    }
    free(fair);
    free(x);
    return best;
}

static void text_heads(const struct writer *w, struct table *t, int shown,
                       bool stops)
{
    enum lang lang = w->sweep->o->lang;
    for (int a = 0; a < w->sweep->axis_count; a++)
        table_add(t, strchr(w->sweep->axes[a].key, '.') + 1, false);
    for (int m = 0; m < shown; m++)
        table_add(t, word(measures[m].head, lang), false);
    table_add(t, word(W_CLI_M_END, lang), false);
    if (stops)
        table_add(t, word(W_CLI_SWEEP_STOPPED, lang), false);
}

static void text_line(const struct writer *w, struct table *t, int64_t i,
                      const bool *best, int shown)
{
    const struct sweep_row *row = &w->kept[i];
    struct combination c = sweep_combination(w->sweep, row->run);
    size_t n = (size_t)w->rows + 1;
    struct str s = {0};
    for (int a = 0; a < w->sweep->axis_count; a++) {
        str_cut(&s, 0);
        if (c.value[a] == NONE)
            str_add_char(&s, '-');
        else
            write_value(w->sweep, a, c.value[a], &s);
        table_add(t, str_text(&s), false);
    }
    for (int m = 0; m < shown; m++) {
        str_cut(&s, 0);
        measure_write(row->measure[m], &s);
        table_add(t, str_text(&s), best[n * (size_t)m + (size_t)i]);
    }
    str_cut(&s, 0);
    str_addf(&s, "%lld", (long long)row->end);
    table_add(t, str_text(&s), false);
    if (t->columns > w->sweep->axis_count + shown + 1)
        table_add(t, stop_name(row), false);
    str_free(&s);
}

static void text_end(struct writer *w)
{
    struct str *out = &w->out->text;
    enum lang lang = w->sweep->o->lang;
    int axes = w->sweep->axis_count;
    bool colours = !w->out->path && report_colours(STDOUT_FILENO);
    bool stops = !all_finished(w);
    int shown = measures_shown(w);
    bool *best = find_best(w);
    struct table t;
    str_addf(out, "%s\n",
             text_in(w->sweep->file.scenario->title, lang));
    if (w->rows == 1)
        str_add(out, word(W_CLI_SWEEP_HEAD_ONE, lang));
    else
        str_addf(out, word(W_CLI_SWEEP_HEAD, lang), (long long)w->rows);
    str_add_char(out, '\n');
    table_begin(&t, axes + shown + 1 + stops, axes);
    text_heads(w, &t, shown, stops);
    for (int64_t i = 0; i < w->rows; i++)
        text_line(w, &t, i, best, shown);
    table_end(&t, report_columns(), colours, out);
    str_add(out, word(W_CLI_CMP_BEST, lang));
    free(best);
}

/* ------------------------------------------------------------------- whole */

static const struct sweep_format formats[] = {
    {"text", false, NULL, text_row, text_end},
    {"json", false, NULL, json_row, json_end},
    {"ndjson", true, NULL, ndjson_row, NULL},
    {"csv", true, csv_begin, csv_row, NULL},
};

static bool take_row(void *self, const struct sweep_row *row)
{
    struct writer *w = self;
    w->format->row(w, row);
    w->rows++;
    if (w->format->streams) /* who reads a pipe is not kept waiting */
        out_flush(w->out, !w->out->path);
    return out_wanted(w->out);
}

static const struct sweep_format *format_of(const char *name)
{
    size_t i = 0;
    while (strcmp(formats[i].name, name) != 0)
        i++;
    return &formats[i];
}

static enum status write_all(struct writer *w)
{
    if (w->format->begin)
        w->format->begin(w);
    enum status s = sweep_work(w->sweep, take_row, w);
    bool well = s == STATUS_WELL;
    if (well && w->format->end)
        w->format->end(w);
    if (!well && !w->format->streams)
        str_cut(&w->out->text, 0);
    free(w->kept);
    return s;
}

enum status sweep_to(const struct options *o, const char *operand,
                     const char *format, const char *path)
{
    struct sweep sweep;
    struct out out;
    enum status s = STATUS_USAGE;
    if (sweep_plan(&sweep, o, operand)) {
        struct writer w = {.sweep = &sweep,
                           .format = format_of(format),
                           .out = &out};
        s = out_open(&out, path, o->lang) ? out_close(&out, write_all(&w))
                                          : STATUS_MACHINE;
    }
    sweep_free(&sweep);
    return s;
}
