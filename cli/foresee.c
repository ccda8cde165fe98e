#include "cli/foresee.h"

#include <string.h>

/* Whether the copy still says what the feed's trace says up to `position`: a
 * live run has evidence that no copy foresees, and Linux may have chosen
 * otherwise. */
static bool holds(struct foresight *f, const struct foresee_from *from)
{
    const struct trace *own = f->sim ? sim_trace(f->sim) : NULL;
    if (!own || own->count < from->position)
        return false;
    while (f->same < from->position &&
           memcmp(trace_at(own, f->same), trace_at(from->trace, f->same),
                  sizeof(struct event)) == 0)
        f->same++;
    return f->same >= from->position;
}

void foresight_drop(struct foresight *f)
{
    sim_free(f->sim);
    *f = (struct foresight){0};
}

const struct trace *foresee(struct foresight *f, struct foresee_from from)
{
    if (!holds(f, &from)) {
        foresight_drop(f);
        f->sim = sim_take_up(from.scenario, from.trace, from.position);
        f->same = from.position;
    }
    const struct trace *tr = sim_trace(f->sim);
    bool goes_on = true;
    while (goes_on && tr->count - from.position < from.most &&
           sim_next(f->sim) <= from.until)
        goes_on = sim_advance(f->sim, from.until,
                              from.most - (tr->count - from.position));
    if (goes_on && tr->count - from.position < from.most) {
        goes_on = sim_advance(f->sim, from.until, 0);
        if (goes_on)
            sim_stop_until(f->sim, from.until);
    }
    return tr;
}
