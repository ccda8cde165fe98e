/* compare.c: `timeslice compare FILE --policies rr,sjf`: the same scenario
 * under several policies, on one time axis. */
#include "cli/compare.h"

#include "cli/run.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ runs */

static void take_event(struct report *r, const struct event *e)
{
    spans_take(&r->spans, &r->teller.world, e);
}

static void end_spans(struct report *r)
{
    spans_end(&r->spans, r->teller.world.head->now);
}

static const struct format format_spans = {"spans", false, false, take_event,
                                           end_spans};

void contender_end(struct contender *one)
{
    end_spans(&one->report);
    measure_all(&one->report.teller.world, one->measure);
}

static enum status run_contender(struct comparison *c, struct contender *one)
{
    struct source from;
    enum status s = run_report(&one->report, &from, &one->options,
                               &one->loaded, &format_spans, c->out);
    if (s != STATUS_WELL)
        return s;
    one->begun = true;
    s = run_judge(&one->report, &from, false);
    from.close(from.self);
    contender_end(one);
    tick end = one->report.teller.world.head->now;
    c->end = end > c->end ? end : c->end;
    return s;
}

bool contender_finished(const struct contender *one)
{
    return one->report.teller.world.head->stop == STOP_FINISHED;
}

/* ------------------------------------------------------------------ rows */

/* Where the processes of each definition begin in a list of all that any run
 * has had; the last entry is how many there are. */
static size_t *places_of(const struct comparison *c)
{
    int defs = c->file.scenario->process_count;
    size_t *place = mem_new((size_t)defs + 1, sizeof *place);
    for (int k = 0; k < c->count; k++) {
        const struct world *w = &c->all[k]->report.teller.world;
        for (int i = 0; i < w->head->procs; i++) {
            size_t *most = &place[w->proc[i].def + 1];
            size_t number = (size_t)w->proc[i].number;
            *most = number > *most ? number : *most;
        }
    }
    for (int d = 0; d < defs; d++)
        place[d + 1] += place[d];
    return place;
}

static void add_row(struct comparison *c, const struct world *w, int proc)
{
    struct str name = {0};
    world_write_name(w, proc, &name);
    c->rows[c->row_count++] = (struct chart_row){
        NONE, arena_copy(&c->arena, name.text, name.length)};
    str_free(&name);
}

/* The same process has the same definition and number in every run, but not
 * the same index: they may be forked in another order. */
void compare_find_rows(struct comparison *c)
{
    size_t *place = places_of(c);
    size_t all = place[c->file.scenario->process_count];
    int *row = mem_new(all + 1, sizeof *row);
    c->rows = arena_alloc(&c->arena, (all + 1) * sizeof *c->rows);
    for (int k = 0; k < c->count; k++) {
        const struct world *w = &c->all[k]->report.teller.world;
        c->all[k]->proc =
            arena_alloc(&c->arena, (all + 1) * sizeof *c->all[k]->proc);
        c->all[k]->row = arena_alloc(
            &c->arena, ((size_t)w->head->procs + 1) * sizeof *c->all[k]->row);
        for (size_t i = 0; i < all; i++)
            c->all[k]->proc[i] = NONE;
        for (int i = 0; i < w->head->procs; i++) {
            size_t at = place[w->proc[i].def] + (size_t)w->proc[i].number - 1;
            if (!row[at]) {
                add_row(c, w, i);
                row[at] = c->row_count;
            }
            c->all[k]->proc[row[at] - 1] = i;
            c->all[k]->row[i] = row[at] - 1;
        }
    }
    free(row);
    free(place);
}

/* --------------------------------------------------------------- command */

static enum status run_all(struct comparison *c)
{
    enum status worst = STATUS_WELL;
    for (int k = 0; k < c->count && worst < STATUS_USAGE; k++) {
        enum status s = run_contender(c, c->all[k]);
        worst = s > worst ? s : worst;
    }
    if (worst >= STATUS_USAGE)
        return worst;
    compare_find_rows(c);
    compare_find_parting(c);
    if (strcmp(c->o->format, "json") == 0)
        compare_write_json(c, &c->out->text);
    else
        compare_write_text(c, &c->out->text);
    return worst;
}

bool contender_load(const struct comparison *c, struct contender *one,
                    struct str *to)
{
    one->loaded = c->file;
    one->loaded.scenario = load_under(&c->file, &one->options,
                                      one->options.overrides,
                                      one->options.override_count, to);
    return one->loaded.scenario != NULL;
}

static bool load_all(struct comparison *c)
{
    for (int k = 0; k < c->count; k++)
        if (!contender_load(c, c->all[k], NULL))
            return false;
    return true;
}

void contender_free(struct contender *one)
{
    if (one->begun)
        report_free(&one->report);
    if (one->loaded.scenario)
        scenario_free(one->loaded.scenario);
    one->begun = false;
    one->loaded.scenario = NULL;
}

static void comparison_free(struct comparison *c)
{
    for (int k = 0; k < c->count; k++)
        contender_free(c->all[k]);
    loaded_free(&c->file);
    arena_free(&c->arena);
}

static enum status compare_run(const struct options *o)
{
    struct out out;
    struct comparison c = {.o = o, .out = &out};
    enum status s = STATUS_USAGE;
    if (load_text(&c.file, o, o->operands[0]) && compare_plan(&c) &&
        load_all(&c))
        s = out_open(&out, o->value[OPTION_OUTPUT], o->lang)
                ? out_close(&out, run_all(&c))
                : STATUS_MACHINE;
    comparison_free(&c);
    return s;
}

const struct command command_compare = {
    .name = "compare",
    .summary = W_CLI_COMPARE,
    .operands = "FILE",
    .least = 1,
    .most = 1,
    .options = OPTIONS_OF_A_RUN | OPTION_BIT(POLICIES) | OPTION_BIT(FORMAT) |
               OPTION_BIT(OUTPUT),
    .formats = "text json",
    .sweeps = true,
    .run = compare_run,
};
