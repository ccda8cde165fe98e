/* run.c: `timeslice run FILE`: a run to its end, without a window. */
#include "cli/run.h"

#include "cli/sweep.h"
#include "sim/base/diag.h"
#include "sim/model/metrics.h"

#include <string.h>

/* Whether the options make another run of it than the file's own: --until does
 * only where it has broken the run off. */
static bool changed(const struct report *r)
{
    return r->o->override_count > 0 ||
           (option_given(r->o, OPTION_UNTIL) &&
            r->teller.world.head->stop == STOP_UNTIL);
}

/* Whoever changes a scenario knows that the figures change. */
static bool is_judged(const struct report *r)
{
    return r->o->command->judges || !changed(r);
}

static void say_differences(const struct report *r, int count, struct diag *d)
{
    struct str lines = {0};
    if (count && !is_judged(r)) {
        note(r->o->lang, W_CLI_EXPECT_CHANGED, r->scenario->path, count,
             r->scenario->expect_count);
        return;
    }
    diag_write(d, &lines);
    fputs(str_text(&lines), stderr);
    str_free(&lines);
}

/* What the loader could not see: the file asks for what never ends. */
static enum status say_endless(const struct report *r)
{
    const struct trace *tr = r->teller.trace;
    const struct event *e = trace_at(tr, tr->count - 1);
    return fail(STATUS_USAGE, r->o->lang, W_CLI_ENDLESS, r->scenario->path,
                (int)r->scenario->ops[e->aux].line, (long long)e->t);
}

/* Holds a finished run against its expect. Every difference is a line, and the
 * status; of a scenario that options have changed one line says how many there
 * are. A run that did not come to an end has no figures. */
static enum status judge(const struct report *r, bool expected)
{
    const struct world *w = &r->teller.world;
    struct diag d = {.file = r->scenario->path, .lang = r->o->lang};
    int differences =
        w->head->stop == STOP_NOT || !expected ? 0 : metrics_expect(w, &d);
    say_differences(r, differences, &d);
    diag_free(&d);
    if (w->head->stop == STOP_ENDLESS)
        return say_endless(r);
    if (w->head->diverged)
        complain(r->o->lang, W_CLI_DIVERGED, r->scenario->path,
                 (long long)w->head->diverged);
    return (differences && is_judged(r)) || w->head->diverged ? STATUS_DIFFERS
                                                              : STATUS_WELL;
}

/* Sentences and reasons look a few events back, never this many. */
enum { LOOK_BACK = TRACE_CHUNK };

static void forget(const struct report *r, const struct format *f,
                   const struct source *from)
{
    bool whole = f->whole || option_given(r->o, OPTION_PREDICT);
    if (from->forget && !whole && r->teller.at > LOOK_BACK)
        from->forget(from->self, r->teller.at - LOOK_BACK);
}

static void go(struct report *r, const struct format *f, struct source *from)
{
    struct progress p;
    bool more = true;
    progress_begin(&p, r->o->lang);
    while (more && out_wanted(r->out)) {
        more = from->work(from->self, r->o->until);
        report_take(r, f);
        forget(r, f, from);
        progress_say(&p, r->teller.world.head->now, r->teller.at);
    }
    progress_end(&p);
}

/* The real processes are lost. Where that came of their doing something else
 * than the model, it is a difference; else the machine's fault. */
static enum status say_lost(const struct report *r, enum status so_far,
                            const char *why)
{
    complain(r->o->lang, W_CLI_LIVE_TROUBLE, why);
    return r->teller.world.head->diverged ? so_far : STATUS_MACHINE;
}

enum status run_report(struct report *r, struct source *from,
                       const struct options *o, const struct loaded *l,
                       const struct format *f, struct out *out)
{
    enum status s = source_open(from, o, l);
    if (s != STATUS_WELL)
        return s;
    report_begin(r, o, l->scenario, from->trace, out);
    r->live = option_given(o, OPTION_LIVE);
    go(r, f, from);
    return STATUS_WELL;
}

enum status run_judge(const struct report *r, const struct source *from,
                      bool expected)
{
    enum status s = out_wanted(r->out) ? judge(r, expected) : STATUS_WELL;
    const char *trouble = from->trouble(from->self);
    return trouble ? say_lost(r, s, trouble) : s;
}

enum status run_scenario(const struct options *o, const struct loaded *l,
                         const struct format *f, struct out *out)
{
    struct source from;
    struct report r;
    enum status s = run_report(&r, &from, o, l, f, out);
    if (s != STATUS_WELL)
        return s;
    if (out_wanted(out))
        f->end(&r);
    s = run_judge(&r, &from, true);
    s = r.failed > s ? r.failed : s;
    report_free(&r);
    from.close(from.self);
    return s;
}

enum status run_to(const struct options *o, const char *operand,
                   const struct format *f, const char *path)
{
    struct out out;
    struct loaded l;
    enum status s = STATUS_USAGE;
    if (load_operand(&l, o, operand))
        s = out_open(&out, path, o->lang)
                ? out_close(&out, run_scenario(o, &l, f, &out))
                : STATUS_MACHINE;
    loaded_free(&l);
    return s;
}

/* Questions are for people, or whole. */
static bool can_ask(const struct options *o)
{
    return !o->axis_count && (strcmp(o->format, "text") == 0 ||
                              strcmp(o->format, "json") == 0);
}

static enum status run_run(const struct options *o)
{
    if (option_given(o, OPTION_PREDICT) && !can_ask(o))
        return fail(STATUS_USAGE, o->lang, W_CLI_PREDICT_FORMAT);
    if (o->axis_count)
        return sweep_to(o, o->operands[0], o->format,
                        o->value[OPTION_OUTPUT]);
    return run_to(o, o->operands[0], format_named(o->format),
                  o->value[OPTION_OUTPUT]);
}

const struct command command_run = {
    .name = "run",
    .summary = W_CLI_RUN,
    .operands = "FILE",
    .least = 1,
    .most = 1,
    .options = OPTIONS_OF_A_RUN | OPTION_BIT(FORMAT) | OPTION_BIT(OUTPUT) |
               OPTION_BIT(PART) | OPTION_BIT(JOBS) | OPTION_BIT(PREDICT),
    .formats = "text json ndjson csv",
    .sweeps = true,
    .run = run_run,
};
