#include "render/present.h"

static const struct world *world_of(const struct present *p)
{
    return &p->of->replay.world;
}

/* What only one policy asks for. */
static bool has_fair_times(const struct present *p)
{
    return world_scheduler(world_of(p))->name == POLICY_eevdf;
}

void present_be(struct present *p, const struct travel *tv, tick now)
{
    size_t cursor = travel_cursor(tv);
    if (p->of == tv && p->cursor == cursor && p->now == now &&
        p->cuts == tv->cuts)
        return;
    p->of = tv;
    p->cursor = cursor;
    p->now = now;
    p->cuts = tv->cuts;
    for (int g = 0; g < CPUS_MAX; g++)
        p->order[g].count = -1;
    if (has_fair_times(p))
        world_fair_times(world_of(p), now, p->fair);
}

void present_forget(struct present *p)
{
    p->of = NULL;
}

struct moment present_moment(const struct present *p)
{
    return (struct moment){.w = world_of(p),
                           .now = p->now,
                           .fair = has_fair_times(p) ? p->fair : NULL};
}

const struct present_order *present_ready(struct present *p, int group)
{
    struct present_order *o = &p->order[group];
    const struct feed *f = p->of->feed;
    if (o->count < 0)
        o->count = f->order(f->self, present_moment(p), group, o->who,
                            ORDER_SHOWN);
    return o;
}
