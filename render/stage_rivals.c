/* stage_rivals.c: what other runs lack is made piece by piece while the window
 * goes on. */
#include "render/stage.h"

static struct rivals *rivals_of(const struct stage *st)
{
    return st->travel.feed->rivals;
}

const struct rival *rivals_left(const struct rivals *r)
{
    for (int i = r ? r->count : 0; i > 0; i--)
        if (r->all[i - 1]->kind == RIVAL_LEFT && r->all[i - 1]->on)
            return r->all[i - 1];
    return NULL;
}

bool rivals_busy(const struct stage *st)
{
    const struct rivals *r = rivals_of(st);
    return r && r->busy(r->self);
}

bool rivals_update(struct stage *st)
{
    struct rivals *r = rivals_of(st);
    if (!rivals_busy(st))
        return false;
    r->work(r->self);
    return true;
}
