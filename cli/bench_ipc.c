/* bench_ipc.c: `timeslice bench-ipc`: how fast each mechanism is here, over
 * the size of the message, as text, CSV, JSON, picture or in the window. */
#include "cli/bench_ipc.h"

#include "cli/out.h"
#include "sim/base/figures_say.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* ---------------------------------------------------------------- measuring */

/* The one that is measured next. */
static void say_progress(const struct options *o, const struct figures *f)
{
    struct str size = {0}, line = {0};
    int done = figures_known(f), wanted = figures_wanted(f);
    for (int i = 0; i < f->size_count && !line.length; i++)
        for (int w = 0; w < WAY_COUNT && !line.length; w++) {
            if (!figures_want(f, (enum way)w) ||
                i >= figures_sizes(f, (enum way)w) || f->at[w][i].known)
                continue;
            figures_say_size(way_table[w].carries ? (double)f->sizes[i] : 0,
                             &size);
            str_addf(&line, word(W_CLI_B_PROGRESS, o->lang), done + 1, wanted,
                     way_table[w].name, str_text(&size));
        }
    fprintf(stderr, "\r\033[K%s", str_text(&line));
    fflush(stderr);
    str_free(&size);
    str_free(&line);
}

static enum status complain_trouble(const struct options *o,
                                    const struct bench_trouble *t)
{
    struct str why = {0};
    bench_say_trouble(o, t, &why);
    complain(o->lang, W_CLI_B_TROUBLE, str_text(&why));
    str_free(&why);
    return STATUS_MACHINE;
}

static enum status measure(const struct options *o,
                           const struct bench_settings *s, struct figures *f)
{
    bool terminal = isatty(STDERR_FILENO);
    struct bench_trouble trouble = {0};
    enum bench_news news = BENCH_FIGURE;
    struct bench *b = bench_start(s);
    if (!b)
        return fail(STATUS_MACHINE, o->lang, W_CLI_B_START, strerror(errno));
    *f = s->plan;
    for (bench_measure(b); news == BENCH_FIGURE;) {
        if (terminal)
            say_progress(o, f);
        news = bench_next(b, true, f, &trouble);
    }
    if (terminal)
        fputs("\r\033[K", stderr);
    bench_stop(b);
    return news == BENCH_OVER ? STATUS_WELL : complain_trouble(o, &trouble);
}

/* ----------------------------------------------------------------- writing */

static void write_results(const struct options *o, const struct figures *f,
                          struct str *out)
{
    if (strcmp(o->format, "csv") == 0)
        bench_write_csv(f, out);
    else if (strcmp(o->format, "json") == 0)
        bench_write_json(f, out);
    else
        bench_write_text(f, o, out);
}

/* The figures are there: everything that was asked for is written. */
static enum status write_all(const struct options *o, const struct figures *f)
{
    struct out out;
    enum status s = STATUS_WELL;
    if (option_given(o, OPTION_PNG))
        s = bench_png(o, f, o->value[OPTION_PNG]);
    if (s != STATUS_WELL)
        return s;
    if (!out_open(&out, o->value[OPTION_OUTPUT], o->lang))
        return STATUS_MACHINE;
    write_results(o, f, &out.text);
    return out_close(&out, STATUS_WELL);
}

static enum status show(const struct options *o, struct figures *f,
                        const struct bench_settings *s)
{
    struct bench *b = NULL;
    if (!option_given(o, OPTION_FROM)) {
        b = bench_start(s);
        if (!b)
            return fail(STATUS_MACHINE, o->lang, W_CLI_B_START,
                        strerror(errno));
        *f = s->plan;
    }
    enum status status = bench_window(o, f, b);
    bench_stop(b);
    return status;
}

/* ------------------------------------------------------------- the command */

/* Options that contradict each other: the window shows and writes nothing; what
 * has been measured cannot be measured otherwise. */
static bool fits(const struct options *o)
{
    static const enum option pairs[][2] = {
        {OPTION_WINDOW, OPTION_PNG},    {OPTION_WINDOW, OPTION_OUTPUT},
        {OPTION_WINDOW, OPTION_FORMAT}, {OPTION_FROM, OPTION_SIZES},
        {OPTION_FROM, OPTION_MECHANISMS}, {OPTION_FROM, OPTION_PIN},
        {OPTION_FROM, OPTION_QUICK}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (option_given(o, pairs[i][0]) && option_given(o, pairs[i][1])) {
            complain(o->lang, W_CLI_B_NOT_WITH, option_table[pairs[i][0]].name,
                     option_table[pairs[i][1]].name);
            return false;
        }
    return true;
}

static enum status bench_ipc_run(const struct options *o)
{
    struct bench_settings s;
    struct figures f;
    enum status status = STATUS_USAGE;
    if (!fits(o) || !bench_plan(o, &s, &status))
        return status;
    if (option_given(o, OPTION_FROM) &&
        !bench_read_csv(o, o->value[OPTION_FROM], &f))
        return STATUS_USAGE;
    if (option_given(o, OPTION_WINDOW))
        return show(o, &f, &s);
    if (!option_given(o, OPTION_FROM)) {
        status = measure(o, &s, &f);
        if (status != STATUS_WELL)
            return status;
    }
    return write_all(o, &f);
}

const struct command command_bench_ipc = {
    .name = "bench-ipc",
    .summary = W_CLI_BENCH_IPC,
    .operands = "",
    .options = OPTION_BIT(SIZES) | OPTION_BIT(MECHANISMS) | OPTION_BIT(PIN) |
               OPTION_BIT(QUICK) | OPTION_BIT(FROM) | OPTION_BIT(PNG) |
               OPTION_BIT(WINDOW) | OPTION_BIT(SIZE) | OPTION_BIT(THEME) |
               OPTION_BIT(FORMAT) | OPTION_BIT(OUTPUT),
    .formats = "text csv json",
    .run = bench_ipc_run,
};
