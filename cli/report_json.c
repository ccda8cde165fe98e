/* report_json.c: what other programs read. SCENARIO.md §3 is the contract:
 * keys, their order and what they mean. One entry of a list is one line. */
#include "cli/questions.h"
#include "sim/model/figure.h"
#include "sim/model/metrics.h"

#include <string.h>

static void add_quoted(struct str *out, const char *text, size_t length)
{
    str_add_char(out, '"');
    str_add_json(out, text, length);
    str_add_char(out, '"');
}

static void add_name(const struct world *w, int proc, struct str *out)
{
    struct str name = {0};
    name_of(w, proc, &name);
    add_quoted(out, str_text(&name), name.length);
    str_free(&name);
}

void json_write_head(const struct report *r, struct str *out)
{
    const struct scenario *sc = r->scenario;
    const struct world *w = &r->teller.world;
    const char *title = text_in(sc->title, r->o->lang);
    str_add(out, "\"timeslice\": 1, \"title\": ");
    add_quoted(out, title, strlen(title));
    str_addf(out, ", \"policy\": \"%s\", \"quantum\": ", sc->scheduler.policy);
    if (sc->scheduler.quantum)
        str_addf(out, "%lld", (long long)sc->scheduler.quantum);
    else
        str_add(out, "null");
    str_addf(out, ", \"cpus\": %d, \"end\": %lld, \"stopped\": \"%s\"",
             sc->machine.cpus, (long long)w->head->now, metrics_stopped(w));
    if (w->head->stop == STOP_DEADLOCK) {
        str_add(out, ", \"deadlock\": ");
        metrics_write_deadlock(w, out);
    }
}

/* What separates the entries of a list: a line each, or nothing. */
void json_write_processes(const struct report *r, const char *between,
                          struct str *out)
{
    const struct world *w = &r->teller.world;
    int64_t fair[CPUS_MAX];
    world_fair_times(w, w->head->now, fair);
    str_add(out, "\"processes\": [");
    for (int i = 0; i < w->head->procs; i++) {
        str_addf(out, "%s%s{\"name\": ", i ? "," : "",
                 i || *between == '\n' ? between : "");
        add_name(w, i, out);
        str_addf(out, ", \"id\": %d, \"parent\": ", i + 1);
        add_name(w, w->proc[i].parent, out);
        str_add(out, ", ");
        metrics_write_process(w, i, out);
        metrics_write_scheduling(w, fair, i, ", ", out);
        str_add_char(out, '}');
    }
    str_add(out, "]");
}

void json_write_metrics(const struct report *r, struct str *out)
{
    str_add(out, "\"metrics\": {");
    metrics_write_overall(&r->teller.world, out);
    str_add_char(out, '}');
}

void json_write_live(const struct report *r, struct str *out)
{
    const struct world_head *h = r->teller.world.head;
    str_addf(out, "\"live\": {\"steps\": %lld, \"confirmed\": %lld, "
                  "\"divergences\": [%s]}",
             (long long)(h->confirmed + h->diverged), (long long)h->confirmed,
             str_text(&r->divergences));
}

void json_write_gantt(const struct report *r, struct str *out)
{
    bool first = true;
    str_add(out, "\"gantt\": [");
    for (size_t i = 0; i < r->spans.count; i++) {
        const struct span *s = &r->spans.all[i];
        if (s->state != RUNNING || s->start == s->end)
            continue;
        str_addf(out, "%s\n   {\"cpu\": %d, \"process\": ", first ? "" : ",",
                 s->cpu);
        add_name(&r->teller.world, s->proc, out);
        str_addf(out, ", \"start\": %lld, \"end\": %lld}",
                 (long long)s->start, (long long)s->end);
        first = false;
    }
    str_add_char(out, ']');
}

static void json_event(struct report *r, const struct event *e)
{
    spans_take(&r->spans, &r->teller.world, e);
    if (!r->teller.line.count)
        return;
    str_add(&r->events, r->events.length ? ",\n   " : "\n   ");
    line_write_json(&r->teller.line, &r->events);
}

static void json_end(struct report *r)
{
    struct str *out = &r->out->text;
    spans_end(&r->spans, r->teller.world.head->now);
    str_add_char(out, '{');
    json_write_head(r, out);
    str_add(out, ",\n ");
    json_write_processes(r, "\n   ", out);
    str_add(out, ",\n ");
    json_write_metrics(r, out);
    str_add(out, ",\n ");
    json_write_gantt(r, out);
    str_add(out, ",\n \"events\": [");
    str_add_bytes(out, str_text(&r->events), r->events.length);
    str_add_char(out, ']');
    if (r->live) {
        str_add(out, ",\n ");
        json_write_live(r, out);
    }
    if (option_given(r->o, OPTION_PREDICT)) {
        str_add(out, ",\n ");
        questions_write_json(r, out);
    }
    str_add(out, "}\n");
}

static void ndjson_event(struct report *r, const struct event *e)
{
    (void)e;
    if (!r->teller.line.count)
        return;
    line_write_json(&r->teller.line, &r->out->text);
    str_add_char(&r->out->text, '\n');
}

static void ndjson_end(struct report *r)
{
    struct str *out = &r->out->text;
    str_add(out, "{\"summary\": {");
    json_write_head(r, out);
    str_add(out, ", ");
    json_write_processes(r, " ", out);
    str_add(out, ", ");
    json_write_metrics(r, out);
    if (r->live) {
        str_add(out, ", ");
        json_write_live(r, out);
    }
    str_add(out, "}}\n");
}

const struct format format_json = {"json", true, false, json_event, json_end};
const struct format format_ndjson = {"ndjson", true, false, ndjson_event, ndjson_end};
