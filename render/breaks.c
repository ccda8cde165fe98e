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

void break_write(struct break_at at, const struct world *w, enum lang lang,
                 struct str *out)
{
    static const enum word words[] = {
        [BREAK_PROCESS] = W_BREAK_PROCESS,
        [BREAK_STATE] = W_BREAK_STATE,
        [BREAK_CALL] = W_BREAK_CALL,
        [BREAK_EVENT] = W_BREAK_EVENT,
        [BREAK_DIVERGENCE] = W_BREAK_DIVERGENCE,
    };
    struct str name = {0};
    if (at.kind == BREAK_PROCESS && at.value < w->head->procs)
        world_write_name(w, at.value, &name);
    else if (at.kind == BREAK_PROCESS)
        str_addf(&name, "%d", at.value + 1);
    else if (at.kind == BREAK_STATE)
        str_add(&name, state_title((enum state)at.value, lang));
    else if (at.kind == BREAK_CALL)
        str_add(&name, lesson_verb((enum verb)at.value));
    else if (at.kind == BREAK_EVENT)
        str_add(&name, event_kind_name((enum event_kind)at.value));
    str_addf(out, word(words[at.kind], lang), str_text(&name));
    str_free(&name);
}
