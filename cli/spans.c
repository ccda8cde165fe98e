#include "cli/spans.h"

#include "sim/base/mem.h"

#include <stdlib.h>

static void close_span(struct spans *s, int proc, tick t)
{
    if ((size_t)proc < s->open_room && s->open[proc])
        s->all[s->open[proc] - 1].end = t;
}

static void add(struct spans *s, struct span one)
{
    s->all = mem_grow(s->all, s->count + 1, &s->room, sizeof *s->all);
    s->all[s->count++] = one;
}

static void open_span(struct spans *s, struct span one)
{
    size_t had = s->open_room;
    close_span(s, one.proc, one.start);
    s->open = mem_grow(s->open, (size_t)one.proc + 1, &s->open_room,
                       sizeof *s->open);
    for (size_t i = had; i < s->open_room; i++)
        s->open[i] = 0;
    add(s, one);
    s->open[one.proc] = s->count;
}

void spans_take(struct spans *s, const struct world *w, const struct event *e)
{
    struct span one = {.proc = e->proc, .cpu = -1, .start = e->t,
                       .end = TICK_NEVER};
    switch (e->kind) {
    case EV_SWITCH:
        one.cpu = (int16_t)e->cpu;
        one.state = SWITCHING;
        one.end = e->val;
        add(s, one);
        break;
    case EV_CREATE:
    case EV_STATE:
    case EV_SLICE:
        one.state = w->task[e->proc].state;
        if (one.state == RUNNING)
            one.cpu = w->task[e->proc].cpu;
        open_span(s, one);
        break;
    case EV_REAP:
        close_span(s, e->proc, e->t);
        s->open[e->proc] = 0;
        break;
    default:
        break;
    }
}

void spans_end(struct spans *s, tick t)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->all[i].end > t)
            s->all[i].end = t > s->all[i].start ? t : s->all[i].start;
}

void spans_free(struct spans *s)
{
    free(s->all);
    free(s->open);
    *s = (struct spans){0};
}
