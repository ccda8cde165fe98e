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

/* An op that had slept and now completes is one moment together with the
 * process's getting ready, which follows it. */
bool event_is_step(const struct event *e)
{
    require(e->kind < EVENT_COUNT);
    if (e->kind == EV_OP && e->cpu == 1)
        return false;
    return kind_is_step[e->kind];
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
