/* compare_json.c: a comparison for other programs. Each of `policies` is what
 * `run --format json` prints, but for its events, and with a name. */
#include "cli/compare.h"

#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

static void add_quoted(struct str *out, const char *text)
{
    str_add_char(out, '"');
    str_add_json(out, text, strlen(text));
    str_add_char(out, '"');
}

static void write_contender(const struct contender *one, struct str *out)
{
    str_add(out, "  {\"name\": ");
    add_quoted(out, one->name);
    for (int m = MEASURE_MISSED; m <= MEASURE_WORST; m++) {
        str_addf(out, ", \"%s\": ", measures[m].name);
        metrics_write_number(one->measure[m], out);
    }
    str_add(out, ", ");
    json_write_head(&one->report, out);
    str_add(out, ",\n ");
    json_write_processes(&one->report, "\n   ", out);
    str_add(out, ",\n ");
    json_write_metrics(&one->report, out);
    str_add(out, ",\n ");
    json_write_gantt(&one->report, out);
    if (one->report.live) {
        str_add(out, ",\n ");
        json_write_live(&one->report, out);
    }
    str_add_char(out, '}');
}

static void write_best(const struct comparison *c, enum measure m,
                       struct str *out)
{
    size_t n = (size_t)c->count;
    double *x = mem_new(n, sizeof *x);
    bool *fair = mem_new(n, sizeof *fair), *best = mem_new(n, sizeof *best);
    for (int k = 0; k < c->count; k++) {
        x[k] = c->all[k]->measure[m];
        fair[k] = contender_finished(c->all[k]);
    }
    measure_mark(x, fair, c->count, measures[m].more, best);
    str_addf(out, "%s\"%s\": [", m ? ", " : "", measures[m].name);
    for (int k = 0, some = 0; k < c->count; k++) {
        if (!best[k])
            continue;
        str_add(out, some++ ? ", " : "");
        add_quoted(out, c->all[k]->name);
    }
    str_add_char(out, ']');
    free(x);
    free(fair);
    free(best);
}

static void write_group(const struct comparison *c, const int *group,
                        int which, struct str *out)
{
    int one = 0, some = 0;
    str_add(out, which ? ", {\"policies\": [" : "{\"policies\": [");
    for (int k = 0; k < c->count; k++) {
        if (group[k] != which)
            continue;
        str_add(out, some++ ? ", " : "");
        add_quoted(out, c->all[k]->name);
        one = k;
    }
    struct doing d = contender_doing(c, one, c->parting.cpu, c->parting.t);
    str_add(out, "], \"process\": ");
    if (d.row == NONE)
        str_add(out, "null");
    else
        add_quoted(out, c->rows[d.row].name);
    str_addf(out, ", \"goes_on\": %s}", d.goes_on ? "true" : "false");
}

static void write_parting(const struct comparison *c, struct str *out)
{
    if (!c->parting.there) {
        str_add(out, "null");
        return;
    }
    int *group = mem_new((size_t)c->count, sizeof *group);
    int groups = compare_groups(c, group);
    struct str sentence = {0};
    str_addf(out, "{\"t\": %lld, \"cpu\": %d, \"groups\": [",
             (long long)c->parting.t, c->parting.cpu);
    for (int g = 0; g < groups; g++)
        write_group(c, group, g, out);
    str_add(out, "], \"why\": ");
    compare_say_parting(c, false, &sentence);
    while (sentence.length && sentence.text[sentence.length - 1] == '\n')
        str_cut(&sentence, sentence.length - 1);
    add_quoted(out, str_text(&sentence));
    str_add_char(out, '}');
    str_free(&sentence);
    free(group);
}

void compare_write_json(const struct comparison *c, struct str *out)
{
    const char *title = text_in(c->file.scenario->title, c->o->lang);
    str_add(out, "{\"timeslice\": 1, \"title\": ");
    add_quoted(out, title);
    str_add(out, ",\n \"parting\": ");
    write_parting(c, out);
    str_add(out, ",\n \"best\": {");
    for (int m = 0; m < MEASURE_COUNT; m++)
        write_best(c, (enum measure)m, out);
    str_add(out, "},\n \"policies\": [\n");
    for (int k = 0; k < c->count; k++) {
        str_add(out, k ? ",\n" : "");
        write_contender(c->all[k], out);
    }
    str_add(out, "]}\n");
}
