/* steps.c: see steps.h. The world is replayed from the start; at each step the
 * values are written anew and compared with what they were before. */
#include "render/export/steps.h"

#include "render/lesson.h"
#include "render/lod.h"
#include "sim/base/mem.h"
#include "sim/model/explain.h"
#include "sim/model/replay.h"
#include "sim/scenario/ops.h"

#include <stdlib.h>
#include <string.h>

static const char letters[STEP_KEYS] = {
    [KEY_PROCESS] = 'p', [KEY_CPU] = 'c',  [KEY_QUEUE] = 'q',
    [KEY_MACHINE] = 'w', [KEY_PIPE] = 'f', [KEY_FILE] = 'i',
    [KEY_MSGQ] = 'm',    [KEY_SHM] = 's',  [KEY_SEM] = 'e',
};

/* The values of one kind as they were last written. */
struct kept {
    struct str *all;
    size_t count, capacity;
};

struct writer {
    const struct run_told *run;
    struct replay replay;
    struct kept kept[STEP_KEYS];
    struct str value;
    struct str *out;
};

static const struct world *world_of(const struct writer *wr)
{
    return &wr->replay.world;
}

void steps_add_quoted(struct str *out, const char *text)
{
    str_add_char(out, '"');
    str_add_json(out, text, strlen(text));
    str_add_char(out, '"');
}

/* ---- what has changed ---- */

static bool is_known(const struct str *before, const struct str *now)
{
    return before->length == now->length &&
           memcmp(before->text, now->text, now->length) == 0;
}

/* Writes value `i` of that kind if it has changed. */
static void keep(struct writer *wr, enum step_key kind, int i)
{
    struct kept *k = &wr->kept[kind];
    while (k->count <= (size_t)i) {
        k->all = mem_grow(k->all, k->count + 1, &k->capacity, sizeof *k->all);
        k->all[k->count++] = (struct str){0};
    }
    str_cut(&wr->value, 0);
    steps_write_value(world_of(wr), kind, i, &wr->value);
    if (k->all[i].text && is_known(&k->all[i], &wr->value))
        return;
    char last = wr->out->text[wr->out->length - 1];
    str_addf(wr->out, "%s\"%c%d\":", last == '{' ? "" : ",", letters[kind], i);
    str_add_bytes(wr->out, wr->value.text, wr->value.length);
    struct str swap = k->all[i];
    k->all[i] = wr->value;
    wr->value = swap;
}

static void write_changes(struct writer *wr)
{
    str_add(wr->out, ",\"d\":{");
    for (int kind = 0; kind < STEP_KEYS; kind++) {
        int n = steps_objects(world_of(wr), (enum step_key)kind);
        for (int i = 0; i < n; i++)
            keep(wr, (enum step_key)kind, i);
    }
    str_add_char(wr->out, '}');
}

/* ---- a step ---- */

static void write_sentences(struct writer *wr, size_t p)
{
    str_add(wr->out, ",\"s\":[");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct str s = {0};
        explain_step(world_of(wr), wr->run->trace, p, (enum lang)lang, &s);
        str_add(wr->out, lang ? "," : "");
        steps_add_quoted(wr->out, str_text(&s));
        str_free(&s);
    }
    str_add_char(wr->out, ']');
}

/* The author's note on the statement that the step is about. */
static void write_note(struct writer *wr, size_t from, size_t to)
{
    const struct scenario *sc = wr->run->scenario;
    int32_t op = -1;
    for (size_t i = to; i > from; i--) {
        const struct event *e = trace_at(wr->run->trace, i - 1);
        if (e->kind == EV_OP || e->kind == EV_BLOCK || e->kind == EV_DIVERGE) {
            op = e->aux;
            break;
        }
        if (e->kind == EV_AT && op < 0)
            op = e->aux;
    }
    if (op < 0 || op >= sc->op_count || sc->ops[op].note < 0)
        return;
    struct text note = sc->texts[sc->ops[op].note];
    str_add(wr->out, ",\"n\":[");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        str_add(wr->out, lang ? "," : "");
        steps_add_quoted(wr->out, text_in(note, (enum lang)lang));
    }
    str_add_char(wr->out, ']');
}

/* Appends the step's events of one kind as a list under `name`, if it has any;
 * `write` says how, and whether it is one of them. */
static void write_events(struct writer *wr, size_t from, size_t to,
                         const char *name,
                         bool (*write)(const struct writer *, size_t,
                                       struct str *))
{
    struct str list = {0};
    for (size_t i = from; i < to; i++) {
        size_t before = list.length;
        if (list.length)
            str_add_char(&list, ',');
        if (!write(wr, i, &list))
            str_cut(&list, before);
    }
    if (list.length)
        str_addf(wr->out, ",\"%s\":[%s]", name, list.text);
    str_free(&list);
}

/* [process, from, to, transition]. */
static bool write_move(const struct writer *wr, size_t i, struct str *out)
{
    const struct event *e = trace_at(wr->run->trace, i);
    if (e->kind != EV_STATE)
        return false;
    enum state from = explain_state_before(wr->run->trace, i);
    str_addf(out, "[%d,%d,%d,%d]", (int)e->proc, (int)from,
             (int)state_after(from, (enum transition)e->sub), e->sub);
    return true;
}

/* [process, op, returned, "errno"]. */
static bool write_return(const struct writer *wr, size_t i, struct str *out)
{
    const struct event *e = trace_at(wr->run->trace, i);
    if (e->kind != EV_OP)
        return false;
    str_addf(out, "[%d,%d,%lld,\"%s\"]", (int)e->proc, (int)e->aux,
             (long long)e->val, errno_text((enum errno_name)e->sub));
    return true;
}

/* Whose step it is. */
static bool write_own(const struct writer *wr, size_t i, struct str *out)
{
    const struct event *e = trace_at(wr->run->trace, i);
    if (e->proc == NO_PROC || !event_is_step(e))
        return false;
    str_addf(out, "%d", (int)e->proc);
    return true;
}

/* Something is wrong for good: a divergence, or a deadlock. */
static bool is_grave(const struct trace *tr, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        int kind = trace_at(tr, i)->kind;
        if (kind == EV_DIVERGE || kind == EV_DEADLOCK)
            return true;
    }
    return false;
}

static void write_step(struct writer *wr, size_t from, size_t to)
{
    replay_seek(&wr->replay, to);
    str_addf(wr->out, "{\"t\":%lld", (long long)world_of(wr)->head->now);
    write_sentences(wr, to);
    write_note(wr, from, to);
    write_events(wr, from, to, "m", write_move);
    write_events(wr, from, to, "r", write_return);
    write_events(wr, from, to, "w", write_own);
    if (is_grave(wr->run->trace, from, to))
        str_add(wr->out, ",\"bad\":1");
    write_changes(wr);
    str_add_char(wr->out, '}');
}

/* ---- what does not change ---- */

static void write_names(struct writer *wr)
{
    const struct world *w = world_of(wr);
    str_add(wr->out, "\"procs\":[");
    for (int i = 0; i < w->head->procs; i++) {
        struct str name = {0};
        world_write_name(w, i, &name);
        str_addf(wr->out, "%s{", i ? "," : "");
        steps_add_text(wr->out, "name", str_text(&name), name.length);
        const struct process_def *d =
            &w->scenario->processes[w->proc[i].def];
        str_addf(wr->out, ",\"def\":%d,\"priority\":%lld}",
                 (int)w->proc[i].def, (long long)d->priority);
        str_free(&name);
    }
    str_add(wr->out, "]");
}

static int depth_of(const struct scenario *sc, int32_t op)
{
    const struct op *o = &sc->ops[op];
    if (o->verb != OP_end)
        return o->depth;
    return o->end >= 0 ? sc->ops[o->end].depth : 0;
}

/* [op, depth, "statement", says: its value is worth showing]. */
static void write_statement(const struct scenario *sc, int32_t op,
                            struct str *out)
{
    struct str c = {0};
    int call = op_about((enum verb)sc->ops[op].verb)->call;
    lesson_statement(sc, op, NULL, &c);
    str_addf(out, "[%d,%d,", (int)op, depth_of(sc, op));
    steps_add_quoted(out, str_text(&c));
    str_addf(out, ",%d]", call == CALL_OWN || call == CALL_LIBRARY ? 0
                          : call == CALL_ADDRESS                    ? 2
                                                                    : 1);
    str_free(&c);
}

static void write_programs(struct writer *wr)
{
    const struct scenario *sc = wr->run->scenario;
    str_add(wr->out, ",\n\"programs\":[");
    for (int d = 0; d < sc->process_count; d++) {
        const struct process_def *def = &sc->processes[d];
        str_add(wr->out, d ? ",[" : "[");
        for (int32_t op = def->first; op < def->end; op++) {
            str_add(wr->out, op > def->first ? "," : "");
            write_statement(sc, op, wr->out);
        }
        str_add_char(wr->out, ']');
    }
    str_add_char(wr->out, ']');
}

/* [released, due, done or -1, missed] of each, as far as the run goes. */
static void write_jobs(const struct jobs *j, tick end, struct str *out)
{
    str_add_char(out, '[');
    for (int64_t i = 0; jobs_any(j) && jobs_has(j, i) &&
                        jobs_release(j, i) <= end; i++) {
        struct job job = jobs_at(j, i);
        str_addf(out, "%s[%lld,%lld,%lld,%d]", i ? "," : "",
                 (long long)jobs_release(j, i), (long long)jobs_deadline(j, i),
                 job.done == TICK_NEVER ? -1LL : (long long)job.done,
                 job.missed);
    }
    str_add_char(out, ']');
}

/* What the timeline has besides its bars. */
static void write_marks(struct writer *wr)
{
    struct lod lod;
    lod_init(&lod, wr->run->scenario, wr->run->trace);
    lod_read(&lod, wr->run->trace->count, SIZE_MAX);
    str_add(wr->out, ",\n\"jobs\":[");
    for (int p = 0; p < world_of(wr)->head->procs; p++) {
        str_add(wr->out, p ? "," : "");
        write_jobs(&lod.jobs[p], world_of(wr)->head->now, wr->out);
    }
    str_add_char(wr->out, ']');
    str_add(wr->out, ",\n\"arrows_of_bytes\":[");
    for (size_t i = 0; i < lod.arrow_count; i++) {
        const struct ipc_arrow *a = &lod.arrows[i];
        str_addf(wr->out, "%s[%lld,%lld,%d,%d,%lld]", i ? "," : "",
                 (long long)a->put, (long long)a->got, (int)a->from,
                 (int)a->to, (long long)a->bytes);
    }
    str_add_char(wr->out, ']');
    lod_free(&lod);
}

/* ---- the run ---- */

size_t steps_count(const struct trace *tr)
{
    size_t n = 0;
    for (size_t p = 0; p < tr->count && n <= STEPS_MOST; n++)
        p = trace_step_after(tr, p);
    return n;
}

static void write_all(struct writer *wr)
{
    const struct trace *tr = wr->run->trace;
    str_add(wr->out, "\"steps\":[\n");
    write_step(wr, 0, 0);
    for (size_t p = 0; p < tr->count;) {
        size_t next = trace_step_after(tr, p);
        str_add(wr->out, ",\n");
        write_step(wr, p, next);
        p = next;
    }
    str_add(wr->out, "],\n");
    write_names(wr);
    write_programs(wr);
    write_marks(wr);
}

void steps_write(const struct run_told *run, struct str *out)
{
    struct writer wr = {.run = run, .out = out};
    replay_init(&wr.replay, run->scenario, run->trace);
    write_all(&wr);
    for (int kind = 0; kind < STEP_KEYS; kind++) {
        for (size_t i = 0; i < wr.kept[kind].count; i++)
            str_free(&wr.kept[kind].all[i]);
        free(wr.kept[kind].all);
    }
    str_free(&wr.value);
    replay_free(&wr.replay);
}
