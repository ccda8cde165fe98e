/* breaks.c: a list of breakpoints, held against the events of a run. */
#include "render/breaks.h"

#include "render/lesson.h"
#include "sim/model/explain.h"

#include <string.h>

int breaks_place(const struct breaks *b, struct break_at at)
{
    for (int i = 0; i < b->count; i++)
        if (b->all[i].kind == at.kind && b->all[i].value == at.value)
            return i;
    return -1;
}

void breaks_remove(struct breaks *b, int place)
{
    if (place < 0 || place >= b->count)
        return;
    b->count--;
    memmove(b->all + place, b->all + place + 1,
            (size_t)(b->count - place) * sizeof *b->all);
}

bool breaks_toggle(struct breaks *b, struct break_at at)
{
    int place = breaks_place(b, at);
    if (place >= 0)
        breaks_remove(b, place);
    else if (b->count < BREAKS_MOST)
        b->all[b->count++] = at;
    else
        return false;
    return true;
}

static enum state state_of(const struct trace *tr, size_t i)
{
    return state_after(explain_state_before(tr, i),
                       (enum transition)trace_at(tr, i)->sub);
}

static bool stops(struct break_at at, const struct scenario *sc,
                  const struct trace *tr, size_t i)
{
    const struct event *e = trace_at(tr, i);
    switch (at.kind) {
    case BREAK_PROCESS:
        return e->proc == at.value && event_is_step(e);
    case BREAK_STATE:
        return e->kind == EV_STATE && (int)state_of(tr, i) == at.value;
    case BREAK_CALL:
        return e->kind == EV_OP && e->aux >= 0 &&
               (int)sc->ops[e->aux].verb == at.value;
    case BREAK_EVENT:
        return e->kind == at.value;
    case BREAK_DIVERGENCE:
        return e->kind == EV_DIVERGE;
    }
    return false;
}

size_t breaks_find(const struct breaks *b, const struct scenario *sc,
                   const struct trace *tr, size_t from, size_t to, int *which)
{
    for (size_t i = from; i < to && b->count; i++)
        for (int k = 0; k < b->count; k++)
            if (stops(b->all[k], sc, tr, i)) {
                *which = k;
                return i;
            }
    return SIZE_MAX;
}

struct break_at break_of_event(const struct scenario *sc,
                               const struct trace *tr, size_t i)
{
    const struct event *e = trace_at(tr, i);
    if (e->kind == EV_OP && e->aux >= 0)
        return (struct break_at){BREAK_CALL, (int)sc->ops[e->aux].verb};
    if (e->kind == EV_STATE)
        return (struct break_at){BREAK_STATE, (int)state_of(tr, i)};
    if (e->kind == EV_DIVERGE)
        return (struct break_at){BREAK_DIVERGENCE, 0};
    return (struct break_at){BREAK_EVENT, e->kind};
}

/* ---- what can be chosen from ---- */

enum { PROCESSES_OFFERED = 12 };

/* What is written in a program and is no call of anything ends nothing. */
static bool has_call(const struct scenario *sc, int verb)
{
    if (verb == OP_end || verb == OP_cpu || verb == OP_repeat ||
        verb == OP_set || verb == OP_add)
        return false;
    for (int i = 0; i < sc->op_count; i++)
        if ((int)sc->ops[i].verb == verb)
            return true;
    return false;
}

static bool has_deadlines(const struct scenario *sc)
{
    for (int i = 0; i < sc->process_count; i++)
        if (sc->processes[i].period)
            return true;
    return false;
}

/* Those that a step can be about, where the scenario may have them. */
static bool may_come(const struct scenario *sc, int kind)
{
    switch (kind) {
    case EV_CREATE:
    case EV_SLICE:
    case EV_SIGNAL:
    case EV_REAP:
    case EV_DEADLOCK: return true;
    case EV_SWITCH: return sc->machine.context_switch > 0;
    case EV_MIGRATE: return sc->machine.cpus > 1;
    case EV_JOB:
    case EV_MISS: return has_deadlines(sc);
    case EV_WANT: return sc->machine.memory > 0;
    default: return false;
    }
}

int breaks_offered(const struct scenario *sc, int procs,
                   struct break_at to[BREAKS_OFFERED_MOST])
{
    int n = 0;
    for (int p = 0; p < procs && p < PROCESSES_OFFERED; p++)
        to[n++] = (struct break_at){BREAK_PROCESS, p};
    for (int i = 0; i < STATE_COUNT; i++)
        to[n++] = (struct break_at){BREAK_STATE, i};
    for (int v = 0; v < OP_COUNT; v++)
        if (has_call(sc, v) && n < BREAKS_OFFERED_MOST)
            to[n++] = (struct break_at){BREAK_CALL, v};
    for (int k = 0; k < EVENT_COUNT; k++)
        if (may_come(sc, k) && n < BREAKS_OFFERED_MOST)
            to[n++] = (struct break_at){BREAK_EVENT, k};
    if (n < BREAKS_OFFERED_MOST)
        to[n++] = (struct break_at){BREAK_DIVERGENCE, 0};
    return n;
}

/* ---- in words ---- */

static const char *event_text(int kind, enum lang lang)
{
    static const struct {
        int kind;
        enum word text;
    } steps[] = {
        {EV_CREATE, W_BREAK_ON_CREATE},   {EV_SWITCH, W_BREAK_ON_SWITCH},
        {EV_SLICE, W_BREAK_ON_SLICE},     {EV_MIGRATE, W_BREAK_ON_MIGRATE},
        {EV_BOOST, W_BREAK_ON_BOOST},     {EV_JOB, W_BREAK_ON_JOB},
        {EV_MISS, W_BREAK_ON_MISS},       {EV_POLICY, W_BREAK_ON_POLICY},
        {EV_WANT, W_BREAK_ON_WANT},       {EV_PARENT, W_BREAK_ON_PARENT},
        {EV_REAP, W_BREAK_ON_REAP},       {EV_SIGNAL, W_BREAK_ON_SIGNAL},
        {EV_RETURN, W_BREAK_ON_RETURN},   {EV_USER, W_BREAK_ON_USER},
        {EV_DEADLOCK, W_BREAK_ON_DEADLOCK}, {EV_STOP, W_BREAK_ON_STOP},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].kind == kind)
            return word(steps[i].text, lang);
    return event_kind_name((enum event_kind)kind);
}

void break_write_short(struct break_at at, const struct world *w,
                       enum lang lang, struct str *out)
{
    switch (at.kind) {
    case BREAK_PROCESS:
        if (at.value < w->head->procs)
            world_write_name(w, at.value, out);
        else
            str_addf(out, "%d", at.value + 1);
        break;
    case BREAK_STATE:
        str_add(out, state_title((enum state)at.value, lang));
        break;
    case BREAK_CALL:
        str_add(out, lesson_verb((enum verb)at.value));
        break;
    case BREAK_EVENT:
        str_add(out, event_text(at.value, lang));
        break;
    case BREAK_DIVERGENCE:
        str_add(out, word(W_BREAK_DIVERGENCE, lang));
        break;
    }
}

void break_write(struct break_at at, const struct world *w, enum lang lang,
                 struct str *out)
{
    static const enum word words[] = {
        [BREAK_PROCESS] = W_BREAK_PROCESS,
        [BREAK_STATE] = W_BREAK_STATE,
        [BREAK_CALL] = W_BREAK_CALL,
    };
    struct str name = {0};
    if (at.kind == BREAK_EVENT || at.kind == BREAK_DIVERGENCE) {
        break_write_short(at, w, lang, out);
        return;
    }
    break_write_short(at, w, lang, &name);
    str_addf(out, word(words[at.kind], lang), str_text(&name));
    str_free(&name);
}
