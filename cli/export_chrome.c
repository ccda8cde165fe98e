/* export_chrome.c: what happens in a run, as records of a Chrome trace. */
#include "cli/chrome_count.h"
#include "cli/report.h"
#include "sim/base/mem.h"
#include "sim/model/explain.h"
#include "sim/model/metrics.h"
#include "sim/scenario/ops.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

static void add_json_text(struct str *out, const char *text)
{
    str_add_json(out, text, strlen(text));
}

static void add_name(const struct world *w, int proc, struct str *out)
{
    struct str name = {0};
    name_of(w, proc, &name);
    str_add_json(out, str_text(&name), name.length);
    str_free(&name);
}

/* "read p[0]" */
static void add_op_name(const struct world *w, int32_t op, struct str *out)
{
    const char *verb =
        op_about((enum verb)w->scenario->ops[op].verb)->name;
    struct str object = {0};
    op_object(w, op, &object);
    add_json_text(out, *verb ? verb : "exit");
    if (object.length) {
        str_add_char(out, ' ');
        str_add_json(out, object.text, object.length);
    }
    str_free(&object);
}

/* What is told of the event, and the sentence that says why. */
static void add_args(struct report *r, struct str *out)
{
    struct str why = {0};
    struct teller *t = &r->teller;
    explain_main(&t->world, t->trace, t->at, r->o->lang, &why);
    str_add(out, ", \"args\": ");
    size_t begin = out->length;
    if (t->line.count)
        line_write_json(&t->line, out);
    else
        str_add(out, "{}");
    if (why.length) {
        str_cut(out, out->length - 1);
        str_add(out, out->length > begin + 1 ? ", \"sentence\": \""
                                             : "\"sentence\": \"");
        str_add_json(out, why.text, why.length);
        str_add(out, "\"}");
    }
    str_free(&why);
}

/* ---- slices ---- */

static size_t add_on(struct chrome *c, tick t, char phase, int pid, int tid,
                     const struct str *rest)
{
    return chrome_add(c, t, phase, "\"pid\": %d, \"tid\": %d%s", pid, tid,
                      str_text(rest));
}

static void open_op(struct report *r, tick t, int proc, int32_t op)
{
    struct str s = {0};
    str_add(&s, ", \"cat\": \"op\", \"name\": \"");
    add_op_name(&r->teller.world, op, &s);
    str_add_char(&s, '"');
    add_on(r->chrome, t, 'B', PID_PROCESSES, proc + 1, &s);
    chrome_track(r->chrome, proc)->op = true;
    str_free(&s);
}

static void close_op(struct report *r, tick t, int proc, bool result)
{
    struct track *on = chrome_track(r->chrome, proc);
    struct str s = {0};
    if (!on->op)
        return;
    if (result)
        add_args(r, &s);
    on->closed = add_on(r->chrome, t, 'E', PID_PROCESSES, proc + 1, &s);
    on->op = false;
    str_free(&s);
}

static void open_state(struct report *r, tick t, int proc, const char *name)
{
    struct str s = {0};
    str_addf(&s, ", \"cat\": \"state\", \"name\": \"%s\"", name);
    add_args(r, &s);
    add_on(r->chrome, t, 'B', PID_PROCESSES, proc + 1, &s);
    chrome_track(r->chrome, proc)->state = true;
    str_free(&s);
}

static void close_state(struct report *r, tick t, int proc)
{
    struct track *on = chrome_track(r->chrome, proc);
    struct str none = {0};
    close_op(r, t, proc, false);
    if (!on->state)
        return;
    on->closed = add_on(r->chrome, t, 'E', PID_PROCESSES, proc + 1, &none);
    on->state = false;
}

/* The op that `proc` is at, where its state has something to do with it. */
static void show_op(struct report *r, tick t, int proc)
{
    const struct task *task = &r->teller.world.task[proc];
    bool at_it = task->state == RUNNING || task->state == BLOCKED ||
                 task->state == BLOCKED_SUSPENDED;
    if (at_it && (task->phase == PHASE_WORK || task->phase == PHASE_ASLEEP) &&
        r->teller.world.scenario->ops[task->pc].verb != OP_end)
        open_op(r, t, proc, task->pc);
}

/* ---- CPUs ---- */

static void close_cpu(struct report *r, tick t, int cpu)
{
    struct str none = {0};
    if (r->chrome->cpu_open[cpu])
        add_on(r->chrome, t, 'E', PID_CPUS, cpu + 1, &none);
    r->chrome->cpu_open[cpu] = false;
}

static void open_cpu(struct report *r, tick t, int cpu, int proc,
                     const char *what)
{
    struct str s = {0};
    close_cpu(r, t, cpu);
    str_addf(&s, ", \"cat\": \"cpu\", \"name\": \"%s", what);
    add_name(&r->teller.world, proc, &s);
    str_add_char(&s, '"');
    add_on(r->chrome, t, 'B', PID_CPUS, cpu + 1, &s);
    r->chrome->cpu_open[cpu] = true;
    str_free(&s);
}

/* ---- one kind of event, one function ---- */

/* Who was woken by whom, where no arrow of bytes or messages says it. */
static bool is_wake_up(enum why why)
{
    return why == WHY_CHILD_ENDED || why == WHY_ROOM_CAME ||
           why == WHY_NO_WRITER_LEFT || why == WHY_NO_READER_LEFT ||
           why == WHY_QUEUE_ROOM || why == WHY_QUEUE_SET ||
           why == WHY_REMOVED || why == WHY_READER_CAME ||
           why == WHY_WRITER_CAME || why == WHY_SEM_CHANGED;
}

static void on_state(struct report *r, const struct event *e)
{
    const struct world *w = &r->teller.world;
    const struct task *task = &w->task[e->proc];
    if (e->sub == T_WAKE && is_wake_up((enum why)e->obj) && e->aux >= 0 &&
        e->aux < w->head->procs)
        chrome_point(r->chrome, e->t, e->aux, e->proc, "wakes", "");
    close_state(r, e->t, e->proc);
    if (r->teller.before == RUNNING)
        close_cpu(r, e->t, e->cpu);
    if (task->state == RUNNING)
        open_cpu(r, e->t, e->cpu, e->proc, "");
    if (task->state != TERMINATED)
        open_state(r, e->t, e->proc, state_name((enum state)task->state));
    else if (task->flags & TASK_ZOMBIE)
        open_state(r, e->t, e->proc, "zombie");
    show_op(r, e->t, e->proc);
    chrome_count_ready(r, e->t);
}

static void on_create(struct report *r, const struct event *e)
{
    const struct world *w = &r->teller.world;
    const struct proc *p = &w->proc[e->proc];
    struct str s = {0};
    add_name(w, e->proc, &s);
    chrome_add(r->chrome, 0, 'M',
               "\"pid\": %d, \"tid\": %d, \"name\": \"thread_name\", "
               "\"args\": {\"name\": \"%s\"}",
               PID_PROCESSES, e->proc + 1, str_text(&s));
    chrome_add(r->chrome, 0, 'M',
               "\"pid\": %d, \"tid\": %d, \"name\": \"thread_sort_index\", "
               "\"args\": {\"sort_index\": %lld}",
               PID_PROCESSES, e->proc + 1,
               (long long)p->def * 1000 + p->number);
    str_free(&s);
    open_state(r, e->t, e->proc, state_name(NEW));
    if (e->obj >= 0)
        chrome_point(r->chrome, e->t, e->obj, e->proc, "fork", "");
}

static void on_op(struct report *r, const struct event *e)
{
    if (!chrome_track(r->chrome, e->proc)->op)
        open_op(r, e->t, e->proc, e->aux);
    close_op(r, e->t, e->proc, true);
}

static void on_at(struct report *r, const struct event *e)
{
    close_op(r, e->t, e->proc, false);
    if (r->teller.world.scenario->ops[e->aux].verb != OP_end && e->val > 0)
        open_op(r, e->t, e->proc, e->aux);
}

/* A new pipe may have the number of one that is gone. */
static void on_pipe(struct report *r, const struct event *e)
{
    if (r->teller.world.pipe[e->obj].bytes == 0)
        chrome_forget(r->chrome, MECH_PIPE, e->obj);
    chrome_count_pipe(r, e);
}

static void on_put(struct report *r, const struct event *e)
{
    struct str name = {0};
    chrome_pipe_name(&r->teller.world, e->obj, &name);
    chrome_send(r->chrome, e->t, MECH_PIPE, e->obj, e->proc, e->aux,
                str_text(&name));
    str_free(&name);
    chrome_count_pipe(r, e);
}

static void on_get(struct report *r, const struct event *e)
{
    chrome_take_bytes(r->chrome, e->t, e->obj, e->proc, e->aux + e->val);
    chrome_count_pipe(r, e);
}

static void on_send(struct report *r, const struct event *e)
{
    const struct world *w = &r->teller.world;
    struct str name = {0};
    chrome_object_name(w, "queue", &w->msgq[e->obj].ipc, -1, &name);
    chrome_send(r->chrome, e->t, MECH_MSGQ, e->obj, e->proc, 1,
                str_text(&name));
    str_free(&name);
    chrome_count_queue(r, e);
}

static void on_take(struct report *r, const struct event *e)
{
    chrome_take_message(r->chrome, e->t, e->obj, e->proc, e->aux);
    chrome_count_queue(r, e);
}

static void on_hand(struct report *r, const struct event *e)
{
    const struct world *w = &r->teller.world;
    chrome_point(r->chrome, e->t, e->aux, e->proc, "queue",
                 w->scenario->vars[w->msgq[e->obj].ipc.var]);
}

static void on_signal(struct report *r, const struct event *e)
{
    if (e->obj >= 0)
        chrome_point(r->chrome, e->t, e->obj, e->proc, "signal",
                     signal_name(e->sub));
}

static void on_handle(struct report *r, const struct event *e)
{
    close_op(r, e->t, e->proc, false);
}

static void on_reap(struct report *r, const struct event *e)
{
    close_state(r, e->t, e->proc);
}

static void on_switch(struct report *r, const struct event *e)
{
    open_cpu(r, e->t, e->cpu, e->proc, "switch to ");
}

static void (*const on[EVENT_COUNT])(struct report *, const struct event *) = {
    [EV_CREATE] = on_create, [EV_STATE] = on_state,   [EV_OP] = on_op,
    [EV_AT] = on_at,         [EV_PUT] = on_put,       [EV_GET] = on_get,
    [EV_SEND] = on_send,     [EV_TAKE] = on_take,     [EV_HAND] = on_hand,
    [EV_SEM] = chrome_count_semaphore,                       [EV_PIPE] = on_pipe,
    [EV_SIGNAL] = on_signal, [EV_HANDLE] = on_handle, [EV_REAP] = on_reap,
    [EV_SWITCH] = on_switch,
};

/* ---- moments ---- */

static const char *kind_of(const struct line *l, size_t *length)
{
    for (int i = 0; i < l->count; i++)
        if (strcmp(l->field[i].name, "event") == 0) {
            *length = l->field[i].length;
            return l->text.text + l->field[i].at;
        }
    return NULL;
}

/* Whatever is told and has no slice is a mark on the track of its process, or
 * across all of them. */
static void add_moment(struct report *r, const struct event *e)
{
    size_t length = 0;
    const char *kind = kind_of(&r->teller.line, &length);
    struct str s = {0};
    if (!kind || e->kind == EV_STATE || e->kind == EV_OP ||
        e->kind == EV_BLOCK || e->kind == EV_SWITCH)
        return;
    str_addf(&s, ", \"s\": \"%s\", \"cat\": \"event\", \"name\": \"%.*s\"",
             e->proc == NO_PROC ? "g" : "t", (int)length, kind);
    add_args(r, &s);
    add_on(r->chrome, e->t, 'i', PID_PROCESSES,
           e->proc == NO_PROC ? 0 : e->proc + 1, &s);
    str_free(&s);
}

/* ---- the format ---- */

static void name_track(struct chrome *c, int pid, const char *name, int sort)
{
    chrome_add(c, 0, 'M',
               "\"pid\": %d, \"tid\": 0, \"name\": \"process_name\", "
               "\"args\": {\"name\": \"%s\"}",
               pid, name);
    chrome_add(c, 0, 'M',
               "\"pid\": %d, \"tid\": 0, \"name\": \"process_sort_index\", "
               "\"args\": {\"sort_index\": %d}",
               pid, sort);
}

static void name_tracks(struct report *r)
{
    struct chrome *c = r->chrome;
    enum lang lang = r->o->lang;
    name_track(c, PID_CPUS, word(W_CHROME_CPUS, lang), 0);
    name_track(c, PID_PROCESSES, word(W_CHROME_PROCESSES, lang), 1);
    name_track(c, PID_OBJECTS, word(W_CHROME_OBJECTS, lang), 2);
    for (int i = 0; i < r->scenario->machine.cpus; i++) {
        chrome_add(c, 0, 'M',
                   "\"pid\": %d, \"tid\": %d, \"name\": \"thread_name\", "
                   "\"args\": {\"name\": \"CPU %d\"}",
                   PID_CPUS, i + 1, i);
        chrome_add(c, 0, 'M',
                   "\"pid\": %d, \"tid\": %d, \"name\": "
                   "\"thread_sort_index\", \"args\": {\"sort_index\": %d}",
                   PID_CPUS, i + 1, i);
    }
}

static void chrome_begin(struct report *r)
{
    if (r->chrome)
        return;
    r->chrome = mem_new(1, sizeof *r->chrome);
    r->chrome->ready = NO_RECORD;
    name_tracks(r);
}

static void chrome_event(struct report *r, const struct event *e)
{
    chrome_begin(r);
    if (e->kind == EV_SIGNAL || e->kind == EV_EXIT)
        add_moment(r, e); /* what it does comes behind it */
    if (on[e->kind])
        on[e->kind](r, e);
    if (e->kind != EV_SIGNAL && e->kind != EV_EXIT)
        add_moment(r, e);
}

static void close_all(struct report *r)
{
    const struct world *w = &r->teller.world;
    for (int p = 0; p < w->head->procs; p++)
        close_state(r, w->head->now, p);
    for (int cpu = 0; cpu < CPUS_MAX; cpu++)
        close_cpu(r, w->head->now, cpu);
    chrome_arrows_end(r->chrome);
}

static void chrome_end(struct report *r)
{
    struct str *out = &r->out->text;
    const struct world *w = &r->teller.world;
    chrome_begin(r);
    close_all(r);
    str_addf(out, "{\"displayTimeUnit\": \"ms\",\n\"otherData\": "
                  "{\"program\": \"timeslice " TIMESLICE_VERSION "\", "
                  "\"microseconds_per_tick\": %d, \"title\": \"",
             TICK_US);
    add_json_text(out, text_in(r->scenario->title, r->o->lang));
    str_addf(out, "\", \"policy\": \"%s\", \"end\": %lld, \"stopped\": \"%s\"}",
             r->scenario->scheduler.policy, (long long)w->head->now,
             metrics_stopped(w));
    str_add(out, ",\n\"traceEvents\": [");
    chrome_write(r->chrome, out);
    str_add(out, "\n]}\n");
}

const struct format format_chrome = {"chrome", true, false, chrome_event,
                                     chrome_end};
