/* sweep_plot.c: `timeslice export FILE --set KEY=1..20 --to svg,png`: a sweep
 * as a picture. */
#include "cli/sweep_plot.h"

#ifdef TIMESLICE_HEADLESS

enum status sweep_plot(const struct options *o, const char *operand,
                       const struct sweep_picture *pictures, int count)
{
    (void)operand;
    (void)pictures;
    (void)count;
    return fail(STATUS_MACHINE, o->lang, W_CLI_V_HEADLESS);
}

#else

#include "cli/out.h"
#include "cli/sweep.h"
#include "cli/themes.h"
#include "cli/window.h"
#include "render/sweep_plot.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Rows, and then columns, of what is to be drawn. */
struct plot_points {
    const struct sweep *sweep;
    struct sweep_row *rows;
    size_t count, room;
    struct arena arena;
    double *x;
    double *y[SWEEP_LINES];
    const char **label;
};

static bool take_row(void *self, const struct sweep_row *row)
{
    struct plot_points *p = self;
    p->rows = mem_grow(p->rows, p->count + 1, &p->room, sizeof *p->rows);
    p->rows[p->count++] = *row;
    return true;
}

/* ------------------------------------------------------------------ numbers */

/* All values as numbers; false if some is none. */
static bool find_numbers(struct plot_points *p)
{
    p->x = mem_new(p->count + 1, sizeof *p->x);
    for (size_t i = 0; i < p->count; i++) {
        int64_t n;
        if (!axis_number(&p->sweep->axes[0], p->rows[i].run, &n))
            return false;
        p->x[i] = (double)n;
    }
    return true;
}

struct place {
    double x;
    struct sweep_row row;
};

static int by_x(const void *a, const void *b)
{
    double x = ((const struct place *)a)->x, y = ((const struct place *)b)->x;
    return (x > y) - (x < y);
}

/* A line goes from left to right, also where the values were not given so. */
static void sort_rows(struct plot_points *p)
{
    struct place *all = mem_new(p->count + 1, sizeof *all);
    for (size_t i = 0; i < p->count; i++)
        all[i] = (struct place){p->x[i], p->rows[i]};
    qsort(all, p->count, sizeof *all, by_x);
    for (size_t i = 0; i < p->count; i++) {
        p->x[i] = all[i].x;
        p->rows[i] = all[i].row;
    }
    free(all);
}

static void find_labels(struct plot_points *p)
{
    p->label = mem_new(p->count + 1, sizeof *p->label);
    for (size_t i = 0; i < p->count; i++) {
        struct str s = {0};
        axis_value(&p->sweep->axes[0], p->rows[i].run, &s);
        bool quoted = s.length >= 2 && s.text[0] == '"';
        p->label[i] = arena_copy(&p->arena, s.text + quoted,
                                 s.length - (quoted ? 2 : 0));
        str_free(&s);
    }
}

static void find_points(struct plot_points *p)
{
    static const enum measure of[SWEEP_LINES] = {
        [SWEEP_TURNAROUND] = MEASURE_TURNAROUND,
        [SWEEP_WAITING] = MEASURE_WAITING,
        [SWEEP_RESPONSE] = MEASURE_RESPONSE,
        [SWEEP_SWITCHES] = MEASURE_SWITCHES};
    if (find_numbers(p)) {
        sort_rows(p);
    } else {
        free(p->x);
        p->x = NULL;
        find_labels(p);
    }
    for (int k = 0; k < SWEEP_LINES; k++) {
        p->y[k] = mem_new(p->count + 1, sizeof *p->y[k]);
        for (size_t i = 0; i < p->count; i++)
            p->y[k][i] = p->rows[i].measure[of[k]];
    }
}

static void points_free(struct plot_points *p)
{
    free(p->rows);
    free(p->x);
    free(p->label);
    for (int k = 0; k < SWEEP_LINES; k++)
        free(p->y[k]);
    arena_free(&p->arena);
}

/* -------------------------------------------------------------------- words */

/* "quantum (ticks)" */
static void write_axis(const struct sweep *s, struct str *out)
{
    static const char *const ticks[] = {"quantum", "slice",       "boost",
                                        "latency", "op_cost",     "migration",
                                        "min_granularity",        "context_switch"};
    const char *name = strchr(s->axes[0].key, '.') + 1;
    bool in_ticks = false;
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++)
        in_ticks = in_ticks || strcmp(ticks[i], name) == 0;
    str_addf(out, word(in_ticks ? W_SWEEP_AXIS_TICKS : W_SWEEP_AXIS,
                       s->o->lang), name);
}

/* What all runs have in common. */
static void write_remark(const struct sweep *s, struct str *out)
{
    const struct scenario *sc = s->file.scenario;
    const char *key = s->axes[0].key;
    enum lang lang = s->o->lang;
    if (!s->by_policy)
        str_addf(out, word(W_CLI_T_POLICY, lang), sc->scheduler.policy);
    if (!s->by_policy && sc->scheduler.quantum &&
        strcmp(key, "scheduler.quantum") != 0)
        str_addf(out, word(W_CLI_T_QUANTUM, lang),
                 (long long)sc->scheduler.quantum);
    if (strcmp(key, "machine.cpus") == 0)
        return;
    if (out->length)
        str_addf(out, word(W_CLI_T_CPUS, lang), sc->machine.cpus);
    else
        str_addf(out, word(W_SWEEP_CPUS, lang), sc->machine.cpus);
}

/* ----------------------------------------------------------------- pictures */

static enum status draw(const struct options *o, const struct sweep_figures *f,
                        bool svg, struct out *out)
{
    const struct sweep_look look = {o->lang, theme_wanted(o), o->width,
                                    o->height};
    struct str why = {0};
    enum status s = STATUS_WELL;
    if (!sweep_plot_shot(f, &look, svg ? NULL : out_path(out),
                         &out->text, &why))
        s = fail(STATUS_MACHINE, o->lang, W_CLI_PNG_FAILED,
                 out->path ? out->path : "-", str_text(&why));
    str_free(&why);
    return s;
}

static enum status draw_all(const struct plot_points *p,
                            const struct sweep_picture *pictures, int count)
{
    const struct options *o = p->sweep->o;
    struct str axis = {0}, remark = {0};
    enum status s = STATUS_WELL;
    write_axis(p->sweep, &axis);
    write_remark(p->sweep, &remark);
    struct sweep_figures f = {
        .title = text_in(p->sweep->file.scenario->title, o->lang),
        .remark = str_text(&remark),
        .axis = str_text(&axis),
        .count = p->count,
        .x = p->x,
        .label = p->label};
    for (int k = 0; k < SWEEP_LINES; k++)
        f.y[k] = p->y[k];
    for (int i = 0; i < count && s == STATUS_WELL; i++) {
        struct out out;
        s = out_open(&out, pictures[i].path, o->lang)
                ? out_close(&out, draw(o, &f, pictures[i].svg, &out))
                : STATUS_MACHINE;
    }
    str_free(&axis);
    str_free(&remark);
    return s;
}

enum status sweep_plot(const struct options *o, const char *operand,
                       const struct sweep_picture *pictures, int count)
{
    struct sweep sweep;
    struct plot_points p = {.sweep = &sweep};
    enum status s = STATUS_USAGE;
    if (o->axis_count > 1)
        return fail(STATUS_USAGE, o->lang, W_CLI_PLOT_ONE, o->axis_count);
    if (sweep_plan(&sweep, o, operand)) {
        s = sweep_work(&sweep, take_row, &p);
        if (s < STATUS_USAGE) {
            find_points(&p);
            enum status drawn = draw_all(&p, pictures, count);
            s = drawn > s ? drawn : s;
        }
    }
    points_free(&p);
    sweep_free(&sweep);
    return s;
}

#endif
