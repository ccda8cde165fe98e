/* event.c: events by name. */
#include "sim/model/event.h"

#include "sim/base/promises.h"

static const char *const kind_names[EVENT_COUNT] = {
#define EVENT(name, step, about) [EV_##name] = #name,
#include "sim/model/events.def"
#undef EVENT
};

static const bool kind_is_step[EVENT_COUNT] = {
#define EVENT(name, step, about) [EV_##name] = (step) != 0,
#include "sim/model/events.def"
#undef EVENT
};

static const char *const errno_names[ERRNO_COUNT] = {
    [E_OK] = "",
#define ERRNO(name) [E_##name] = #name,
#include "sim/model/errnos.def"
#undef ERRNO
};

const char *errno_text(enum errno_name e)
{
    require((int)e >= 0 && e < ERRNO_COUNT);
    return errno_names[e];
}

/* Some are one moment with what follows them: an op that had slept with its
 * process's getting ready, a broken write with its SIGPIPE, a signal that ends,
 * stops or continues somebody with that, what the user asked with what came of
 * it, the rest of a slice with the change of niceness that it is counted for. A
 * child is born in its parent's fork and reaped in its parent's wait; only what
 * init does stands alone. */
bool event_is_step(const struct event *e)
{
    require(e->kind < EVENT_COUNT);
    switch (e->kind) {
    case EV_OP:
        return e->cpu != 1 && e->sub != E_EPIPE;
    case EV_SIGNAL:
        return e->val != FATE_KILLS && e->val != FATE_STOPS &&
               e->val != FATE_CONTINUES;
    case EV_CREATE:
    case EV_REAP:
        return e->obj == INIT_PROC;
    case EV_USER:
        return e->val != REFUSED_NOT;
    case EV_SLICE:
        return e->sub != SLICE_REST;
    case EV_FIGURE:
        return e->aux != FIGURE_COUNTED;
    default:
        return kind_is_step[e->kind];
    }
}

bool event_is_evidence(const struct event *e)
{
    return e->kind == EV_REAL || e->kind == EV_KERNEL ||
           e->kind == EV_CONFIRM;
}

const char *event_kind_name(enum event_kind k)
{
    require((int)k >= 0 && k < EVENT_COUNT);
    return kind_names[k];
}
