/* follow.c: arrows stand in the lanes already; wake-ups are read from the
 * trace, when somebody asks. */
#include "render/follow.h"

/* Who has woken the process of that event, NO_PROC: nobody else has. */
static int waker(const struct event *e)
{
    if (e->kind != EV_STATE || (e->sub != T_WAKE && e->sub != T_ACTIVATE &&
                                e->sub != T_SUSPEND))
        return NO_PROC;
    switch ((enum why)e->obj) {
    case WHY_CHILD_ENDED:
    case WHY_DATA_CAME:
    case WHY_ROOM_CAME:
    case WHY_NO_WRITER_LEFT:
    case WHY_NO_READER_LEFT:
    case WHY_STOP_SIGNAL:
    case WHY_CONT_SIGNAL:
    case WHY_MSG_CAME:
    case WHY_QUEUE_ROOM:
    case WHY_QUEUE_SET:
    case WHY_REMOVED:
    case WHY_READER_CAME:
    case WHY_WRITER_CAME:
    case WHY_SEM_CHANGED:
        return e->aux == e->proc ? NO_PROC : e->aux;
    default:
        return NO_PROC;
    }
}

/* The last thing that `proc` did before event `i`. */
static size_t deed_before(const struct trace *tr, size_t i, int proc)
{
    size_t at = i;
    while (at > 0)
        if (trace_at(tr, --at)->proc == proc)
            return at;
    return i;
}

/* Whether an arrow says the same as the wake-up, and more. */
static bool has_arrow(const struct lod *l, tick t, int from, int to)
{
    for (size_t i = lod_arrow(l, t); i < l->arrow_count; i++) {
        const struct ipc_arrow *a = &l->arrows[i];
        if (a->put == t && a->from == from && a->to == to)
            return true;
    }
    return false;
}

static bool wake_up(const struct lod *l, size_t i, struct passage *to)
{
    const struct event *e = trace_at(l->trace, i);
    int from = waker(e);
    if (from < 0)
        return false;
    *to = (struct passage){deed_before(l->trace, i, from), i, from, e->proc};
    return true;
}

/* The first arrow from `from`, by when it was sent. */
static bool first_arrow(const struct lod *l, size_t begin, int from,
                        struct passage *to)
{
    bool found = false;
    for (size_t i = 0; i < l->arrow_count; i++) {
        const struct ipc_arrow *a = &l->arrows[i];
        if (a->from != from || a->from == a->to || a->sent < begin ||
            (found && a->sent >= to->cause))
            continue;
        *to = (struct passage){a->sent, a->taken, a->from, a->to};
        found = true;
    }
    return found;
}

bool follow_on(const struct lod *l, size_t begin, int from, struct passage *to)
{
    bool found = first_arrow(l, begin, from, to);
    size_t end = found ? to->cause : l->read;
    for (size_t i = begin; i < end; i++) {
        struct passage w;
        if (!wake_up(l, i, &w) || w.from != from || w.cause < begin)
            continue;
        if (has_arrow(l, trace_at(l->trace, i)->t, w.from, w.to))
            continue;
        *to = w;
        return true;
    }
    return found;
}

static bool last_arrow(const struct lod *l, size_t end, int to,
                       struct passage *from)
{
    for (size_t i = l->arrow_count; i-- > 0;) {
        const struct ipc_arrow *a = &l->arrows[i];
        if (a->to != to || a->from == a->to || a->taken >= end)
            continue;
        *from = (struct passage){a->sent, a->taken, a->from, a->to};
        return true;
    }
    return false;
}

bool follow_back(const struct lod *l, size_t end, int to, struct passage *from)
{
    bool found = last_arrow(l, end, to, from);
    size_t first = found ? from->effect : 0;
    for (size_t i = end < l->read ? end : l->read; i-- > first;) {
        struct passage w;
        if (!wake_up(l, i, &w) || w.to != to)
            continue;
        *from = w;
        return true;
    }
    return found;
}
