/* export.c: `timeslice export FILE --to KIND,…`: pictures and data of a run.
 *
 * A kind is a row of the table below. Its file is named after the scenario
 * and the kind, in the current directory, unless -o says otherwise. */
#include "cli/export.h"

#include "cli/cli.h"
#include "cli/files.h"
#include "cli/load.h"
#include "cli/run.h"
#include "cli/sweep.h"
#include "cli/sweep_plot.h"

#include <string.h>

static enum status export_csv(const struct options *o, const char *operand,
                              const char *path)
{
    return run_to(o, operand, &format_events_csv, path);
}

static enum status export_metrics(const struct options *o, const char *operand,
                                  const char *path)
{
    return run_to(o, operand, &format_metrics_csv, path);
}

static enum status export_chrome(const struct options *o, const char *operand,
                                 const char *path)
{
    return run_to(o, operand, &format_chrome, path);
}

static enum status export_c(const struct options *o, const char *operand,
                            const char *path)
{
    return run_to(o, operand, &format_c, path);
}

static const struct {
    const char *name;
    enum status (*write)(const struct options *o, const char *operand,
                         const char *path); /* NULL: not built yet */
    bool sweep; /* a sweep can be written so, too */
} kinds[] = {
    {"png", export_png, true}, {"svg", export_svg, true},
    {"gif", export_gif, false}, {"csv", export_csv, true},
    {"chrome", export_chrome, false}, {"c", export_c, false},
    {"html", export_html, false}, {"metrics", export_metrics, false},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

const char *export_built(int i)
{
    for (int k = 0; k < KINDS; k++)
        if ((kinds[k].write || kinds[k].sweep) && i-- == 0)
            return kinds[k].name;
    return NULL;
}

static const char *kinds_text(struct arena *a)
{
    struct str s = {0};
    for (int i = 0; i < KINDS; i++)
        str_addf(&s, "%s%s", i ? ", " : "", kinds[i].name);
    char *text = arena_copy(a, s.text, s.length);
    str_free(&s);
    return text;
}

static int kind_named(const char *name, size_t length)
{
    for (int i = 0; i < KINDS; i++)
        if (strlen(kinds[i].name) == length &&
            strncmp(kinds[i].name, name, length) == 0)
            return i;
    return -1;
}

/* Whether it can be written; false after a sentence. */
static bool is_built(const struct options *o, int kind)
{
    if (o->axis_count ? kinds[kind].sweep : kinds[kind].write != NULL)
        return true;
    complain(o->lang, o->axis_count ? W_CLI_SWEEP_KIND : W_CLI_NOT_BUILT,
             kinds[kind].name);
    return false;
}

/* Reads "png,csv" into `list`; gives how many, 0 after a complaint. */
static int read_kinds(const struct options *o, struct arena *a,
                      int list[KINDS])
{
    int count = 0;
    const char *p = o->value[OPTION_TO];
    if (!p) {
        complain(o->lang, W_CLI_EXPORT_WHAT, kinds_text(a));
        return 0;
    }
    for (;;) {
        size_t length = strcspn(p, ",");
        int kind = kind_named(p, length);
        const char *name = arena_copy(a, p, length);
        if (kind < 0)
            complain(o->lang, W_CLI_EXPORT_UNKNOWN, name, kinds_text(a));
        if (kind < 0 || !is_built(o, kind))
            return 0;
        bool again = false;
        for (int i = 0; i < count; i++)
            again = again || list[i] == kind;
        if (!again)
            list[count++] = kind;
        if (!p[length])
            return count;
        p += length + 1;
    }
}

/* "lessons/11-pipe.json" gives "11-pipe.png". A trace is JSON, and says so. */
static const char *path_for(struct arena *a, const char *operand,
                            const char *kind)
{
    const char *base = file_name(operand);
    const char *end = strstr(base, ".json");
    if (strcmp(kind, "chrome") == 0)
        kind = "trace.json";
    int length = (int)(end ? (size_t)(end - base) : strlen(base));
    const char *more = strcmp(kind, "metrics") == 0 ? ".csv" : "";
    if (strcmp(base, "-") == 0)
        return arena_printf(a, "timeslice.%s%s", kind, more);
    return arena_printf(a, "%.*s.%s%s", length, base, kind, more);
}

/* All pictures are of one sweep; a table is one of its own. */
static enum status write_sweep(const struct options *o, struct arena *a,
                               const int *list, int count)
{
    const char *operand = o->operands[0];
    struct sweep_picture pictures[KINDS];
    enum status s = STATUS_WELL;
    int n = 0;
    for (int i = 0; i < count && s < STATUS_USAGE; i++) {
        const char *name = kinds[list[i]].name;
        const char *path = o->value[OPTION_OUTPUT];
        path = path ? path : path_for(a, operand, name);
        if (strcmp(name, "csv") == 0)
            s = sweep_to(o, operand, "csv", path);
        else
            pictures[n++] =
                (struct sweep_picture){strcmp(name, "svg") == 0, path};
    }
    if (!n || s >= STATUS_USAGE)
        return s;
    enum status drawn = sweep_plot(o, operand, pictures, n);
    return drawn > s ? drawn : s;
}

static enum status write_kinds(const struct options *o, struct arena *a)
{
    int list[KINDS];
    int count = read_kinds(o, a, list);
    if (!count)
        return STATUS_USAGE;
    const char *path = o->value[OPTION_OUTPUT];
    if (path && count > 1)
        return fail(STATUS_USAGE, o->lang, W_CLI_EXPORT_ONE_OUTPUT, count);
    if (count > 1 && strcmp(o->operands[0], "-") == 0)
        return fail(STATUS_USAGE, o->lang, W_CLI_EXPORT_ONE_STDIN, count);
    if (o->axis_count)
        return write_sweep(o, a, list, count);
    enum status worst = STATUS_WELL;
    for (int i = 0; i < count && worst < STATUS_USAGE; i++) {
        const char *name = kinds[list[i]].name;
        const char *file = path ? path : path_for(a, o->operands[0], name);
        enum status s = kinds[list[i]].write(o, o->operands[0], file);
        worst = s > worst ? s : worst;
    }
    return worst;
}

static enum status export_run(const struct options *o)
{
    struct arena a = {0};
    enum status s = write_kinds(o, &a);
    arena_free(&a);
    return s;
}

const struct command command_export = {
    .name = "export",
    .summary = W_CLI_EXPORT,
    .operands = "FILE",
    .least = 1,
    .most = 1,
    .options = OPTIONS_OF_A_RUN | OPTION_BIT(TO) | OPTION_BIT(AT) |
               OPTION_BIT(SIZE) | OPTION_BIT(THEME) | OPTION_BIT(PANEL) |
               OPTION_BIT(FPS) | OPTION_BIT(OUTPUT) | OPTION_BIT(JOBS),
    .sweeps = true,
    .run = export_run,
};
