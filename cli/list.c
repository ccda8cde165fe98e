/* list.c: `timeslice list`: the built-in lessons. */
#include "cli/lessons.h"
#include "cli/load.h"
#include "cli/out.h"
#include "sim/scenario/ops.h"

#include <string.h>

/* Which mechanisms the programs of a lesson use, as bits. */
static unsigned mechanisms_of(const struct scenario *sc)
{
    unsigned used = 0;
    for (int i = 0; i < sc->op_count; i++)
        if (sc->ops[i].verb != OP_end)
            used |= 1u << op_about((enum verb)sc->ops[i].verb)->mechanism;
    return used;
}

/* "pipe, signals": all but the one that every lesson uses. */
static void write_titles(unsigned used, enum lang lang, struct str *out)
{
    bool first = true;
    for (int m = 0; m < MECH_COUNT; m++) {
        if (!(used >> m & 1) || m == MECH_PROC)
            continue;
        str_add(out, first ? "" : word(W_CLI_L_COMMA, lang));
        str_add(out, text_in(mechanisms[m].title, lang));
        first = false;
    }
}

static void list_text(const struct lesson *l, const struct scenario *sc,
                      enum lang lang, struct str *out)
{
    struct str used = {0};
    write_titles(mechanisms_of(sc), lang, &used);
    str_addf(out, "%3d  %s", l->number, text_in(sc->title, lang));
    if (used.length)
        str_addf(out, word(W_CLI_L_USES, lang), used.text);
    str_add_char(out, '\n');
    str_free(&used);
}

static void add_quoted(struct str *out, const char *text)
{
    str_add_char(out, '"');
    str_add_json(out, text, strlen(text));
    str_add_char(out, '"');
}

static void list_json(const struct lesson *l, const struct scenario *sc,
                      enum lang lang, struct str *out)
{
    unsigned used = mechanisms_of(sc);
    bool first = true;
    str_addf(out, "%s{\"number\": %d, \"name\": ",
             out->length ? ",\n " : "[\n ", l->number);
    add_quoted(out, l->name);
    str_add(out, ", \"title\": ");
    add_quoted(out, text_in(sc->title, lang));
    str_add(out, ", \"mechanisms\": [");
    for (int m = 0; m < MECH_COUNT; m++) {
        if (!(used >> m & 1))
            continue;
        str_add(out, first ? "" : ", ");
        add_quoted(out, mechanisms[m].name);
        first = false;
    }
    str_addf(out, "], \"live\": %s, \"path\": ", sc->live ? "true" : "false");
    add_quoted(out, l->path);
    str_add_char(out, '}');
}

static enum status list_run(const struct options *o)
{
    struct lessons l;
    struct out out;
    enum status s = STATUS_WELL;
    bool json = strcmp(o->format, "json") == 0;
    if (!lessons_find(&l))
        return fail(STATUS_MACHINE, o->lang, W_CLI_NO_LESSONS);
    out_open(&out, NULL, o->lang);
    for (int i = 0; i < l.count; i++) {
        struct loaded one;
        if (!load_operand(&one, o, l.all[i].path))
            s = STATUS_USAGE;
        else
            (json ? list_json : list_text)(&l.all[i], one.scenario, o->lang,
                                           &out.text);
        loaded_free(&one);
    }
    if (json)
        str_add(&out.text, out.text.length ? "\n]\n" : "[]\n");
    lessons_free(&l);
    enum status end = out_close(&out, STATUS_WELL);
    return s != STATUS_WELL ? s : end;
}

const struct command command_list = {
    .name = "list",
    .summary = W_CLI_LIST,
    .operands = "",
    .options = OPTION_BIT(FORMAT),
    .formats = "text json",
    .run = list_run,
};
