/* steps_values.c: processes, CPUs, queues and the machine of a moment. */
#include "render/export/steps.h"

#include "render/lesson.h"
#include "sim/base/mem.h"
#include "sim/model/explain.h"
#include "sim/scenario/ops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ticks in each state, up to when it came into the one it is in. */
static void add_spent(const struct task *t, const struct proc *p,
                      struct str *out)
{
    str_addf(out, "{\"s\":%d,\"since\":%lld,\"spent\":[", t->state,
             (long long)t->since);
    for (int s = 0; s < STATE_COUNT; s++)
        str_addf(out, "%s%lld", s ? "," : "", (long long)p->spent[s]);
    str_add_char(out, ']');
}

/* How it has ended: a code, or the name of a signal. */
static void add_end(const struct proc *p, struct str *out)
{
    if (p->exit_kind)
        str_addf(out, ",\"end\":\"%s\"", signal_name(p->exit_value));
    else
        str_addf(out, ",\"end\":\"%d\"", (int)p->exit_value);
}

/* What it waits for, in both languages. */
static void add_wait(const struct world *w, int proc, struct str *out)
{
    str_add(out, ",\"wait\":[");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct str what = {0};
        int holder[1];
        explain_wait(w, proc, (enum lang)lang, &what, holder, 1);
        str_add(out, lang ? "," : "");
        steps_add_quoted(out, str_text(&what));
        str_free(&what);
    }
    str_add_char(out, ']');
}

static void add_descriptors(const struct world *w, int proc, struct str *out)
{
    const struct fd *fd = &w->fd[(int64_t)proc * w->head->fds];
    bool any = false;
    for (int i = 3; i < w->head->fds; i++) {
        if (fd[i].desc == NONE)
            continue;
        str_addf(out, "%s%d", any ? "," : ",\"fds\":[", i);
        any = true;
    }
    str_add(out, any ? "]" : "");
}

/* The statement it is at, if it looks other than in its program: with the
 * values of its variables. */
static void add_statement(const struct world *w, int proc, struct str *out)
{
    struct str with = {0}, plain = {0};
    int32_t op = w->task[proc].pc;
    const int64_t *vars = w->var + (int64_t)proc * w->head->vars;
    lesson_statement(w->scenario, op, vars, &with);
    lesson_statement(w->scenario, op, NULL, &plain);
    if (strcmp(str_text(&with), str_text(&plain)) != 0)
        steps_add_text(out, "c", str_text(&with), with.length);
    str_free(&with);
    str_free(&plain);
}

/* "x = 5  i = 2": the numbers with which its program computes. */
static void add_variables(const struct world *w, int proc, struct str *out)
{
    const struct scenario *sc = w->scenario;
    bool *own = mem_new((size_t)sc->var_count + 1, sizeof *own);
    struct str text = {0};
    lesson_numbers(sc, w->proc[proc].def, own);
    for (int v = 0; v < sc->var_count; v++)
        if (own[v])
            str_addf(&text, "%s%s = %lld", text.length ? "  " : "",
                     sc->vars[v], (long long)world_var(w, proc, v));
    if (text.length)
        steps_add_text(out, "v", text.text, text.length);
    str_free(&text);
    free(own);
}

static bool waits(const struct task *t)
{
    return t->state == NEW || t->state == BLOCKED ||
           t->state >= READY_SUSPENDED;
}

static void write_process(const struct world *w, int i, struct str *out)
{
    const struct task *t = &w->task[i];
    const struct proc *p = &w->proc[i];
    bool ended = t->state == TERMINATED;
    add_spent(t, p, out);
    str_addf(out, ",\"parent\":%d,\"nice\":%d", (int)p->parent, (int)p->nice);
    if (t->state == RUNNING)
        str_addf(out, ",\"cpu\":%d", t->cpu);
    if (t->state != NEW && !ended) {
        str_addf(out, ",\"at\":%d", (int)t->pc);
        add_statement(w, i, out);
    }
    if (t->phase == PHASE_ASLEEP && !ended)
        str_add(out, ",\"asleep\":1");
    if (p->real_pid)
        str_addf(out, ",\"pid\":%d", (int)p->real_pid);
    bool zombie = ended && t->flags & TASK_ZOMBIE;
    if (p->letter && (!ended || (zombie && p->letter == 'Z')))
        str_addf(out, ",\"letter\":\"%c\"", p->letter);
    if (zombie)
        str_add(out, ",\"zombie\":1");
    if (ended)
        add_end(p, out);
    if (waits(t))
        add_wait(w, i, out);
    if (w->scenario->uses_fds && !ended)
        add_descriptors(w, i, out);
    add_variables(w, i, out);
    str_add_char(out, '}');
}

static void write_cpu(const struct world *w, int i, struct str *out)
{
    const struct cpu *c = &w->cpu[i];
    str_addf(out, "{\"proc\":%d,\"since\":%lld", (int)c->proc,
             (long long)c->since);
    if (c->next != NONE)
        str_addf(out, ",\"next\":%d,\"switched\":%lld", (int)c->next,
                 (long long)c->switched);
    if (c->proc != NONE && c->slice_end != TICK_NEVER)
        str_addf(out, ",\"end\":%lld,\"length\":%lld", (long long)c->slice_end,
                 (long long)c->slice_length);
    str_add_char(out, '}');
}

/* A ready queue: its lines, one behind the other. */
static void write_queue(const struct world *w, int i, struct str *out)
{
    str_addf(out, "{\"count\":%d", (int)w->group[i].ready);
    for (int k = 0; k < READY_LINES; k++) {
        char name[16];
        snprintf(name, sizeof name, "%d", k);
        steps_add_queue(w, name, &w->ready[i * READY_LINES + k], out);
    }
    str_add_char(out, '}');
}

static void write_machine(const struct world *w, struct str *out)
{
    const struct world_head *h = w->head;
    str_addf(out, "{\"memory\":%lld,\"slots\":%lld,\"stop\":%d,"
                  "\"confirmed\":%lld,\"diverged\":%lld",
             (long long)h->memory_used, (long long)h->slots_used, h->stop,
             (long long)h->confirmed, (long long)h->diverged);
    const struct scheduler *s = world_scheduler(w);
    str_addf(out, ",\"policy\":\"%s\",\"quantum\":%lld}", s->policy,
             (long long)s->quantum);
}

void steps_write_value(const struct world *w, enum step_key kind, int i,
                       struct str *out)
{
    switch (kind) {
    case KEY_PROCESS:
        write_process(w, i, out);
        break;
    case KEY_CPU:
        write_cpu(w, i, out);
        break;
    case KEY_QUEUE:
        write_queue(w, i, out);
        break;
    case KEY_MACHINE:
        write_machine(w, out);
        break;
    default:
        steps_write_object(w, kind, i, out);
        break;
    }
}
