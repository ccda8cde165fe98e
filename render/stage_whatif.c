/* stage_whatif.c: the dialog on the scheduler carried out: what is chosen in it,
 * and the branch that begins with it. */
#include "render/stage.h"

static const struct scheduler *present(const struct stage *st)
{
    return world_scheduler(&st->travel.replay.world);
}

static const struct policy_entry *entry(const struct stage *st)
{
    return &st->travel.feed->policies[st->view.policy];
}

static struct variant_wish wish(const struct stage *st)
{
    return (struct variant_wish){(enum policy_name)st->view.policy,
                                 st->view.quantum};
}

/* What has been chosen decides already. */
bool whatif_is_present(const struct view *v, const struct scheduler *now)
{
    return v->policy == (int)now->name && v->quantum == scheduler_quantum(now);
}

static void look_ahead(struct stage *st)
{
    st->view.would_known =
        st->options.would &&
        st->options.would(st->options.ctx, wish(st), &st->view.would);
}

/* The quantum to begin with: a policy's own where it decides now or in the
 * file, else the one there is, so that only the policy differs. */
static tick first_quantum(const struct stage *st, enum policy_name policy)
{
    const struct scheduler *now = present(st);
    const struct scheduler *own = &st->travel.feed->scenario->scheduler;
    tick there = now->quantum ? now->quantum : own->quantum;
    switch (st->travel.feed->policies[policy].kind) {
    case QUANTUM_NONE:
        return 0;
    case QUANTUM_SLICE:
        return policy == now->name ? now->slice : own->slice;
    case QUANTUM_MAYBE:
        return policy == now->name   ? now->quantum
               : policy == own->name ? own->quantum
                                     : 0;
    case QUANTUM_TOP:
        if (policy != now->name && own->levels)
            return own->level[0].quantum;
        break;
    case QUANTUM_ALWAYS:
        break;
    }
    if (policy == now->name || policy == own->name)
        return scheduler_quantum(policy == now->name ? now : own);
    return there ? there : 4;
}

void whatif_begin(struct stage *st)
{
    const struct scheduler *now = present(st);
    if (!st->options.vary)
        return;
    if (st->view.overlay == OVERLAY_SCHEDULER) {
        st->view.overlay = OVERLAY_NONE;
        return;
    }
    if (travel_at_end(&st->travel)) {
        stage_say(st, word(W_SCHEDULER_OVER, st->view.lang));
        return;
    }
    travel_play(&st->travel, false);
    st->view.overlay = OVERLAY_SCHEDULER;
    st->view.overlay_scroll = 0;
    st->view.policy = (int)now->name;
    st->view.quantum = scheduler_quantum(now);
    look_ahead(st);
}

void whatif_policy(struct stage *st, int64_t policy)
{
    if (policy < 0 || policy >= POLICY_COUNT || policy == st->view.policy)
        return;
    st->view.policy = (int)policy;
    st->view.quantum = first_quantum(st, (enum policy_name)policy);
    look_ahead(st);
}

void whatif_quantum(struct stage *st, tick by)
{
    tick to = st->view.quantum + by;
    tick least = entry(st)->kind == QUANTUM_MAYBE ? 0 : 1;
    if (entry(st)->kind == QUANTUM_NONE || to < least || to > TICK_MAX)
        return;
    st->view.quantum = to;
    look_ahead(st);
}

void whatif_decide(struct stage *st)
{
    struct str complaints = {0};
    struct rivals *r = st->travel.feed->rivals;
    if (whatif_is_present(&st->view, present(st)) || st->travel.acting)
        return;
    if (r)
        r->leave(r->self, (tick)st->travel.clock);
    int variant = st->options.vary(st->options.ctx, wish(st), st->view.lang,
                                   &complaints);
    st->view.overlay = OVERLAY_NONE;
    if (variant == NONE) {
        if (r)
            r->stay(r->self);
        str_cut(&st->complaints, 0);
        str_add(&st->complaints, str_text(&complaints));
        st->view.overlay = OVERLAY_COMPLAINTS;
    } else {
        travel_act(&st->travel, ACTION_POLICY, variant);
    }
    str_free(&complaints);
}
