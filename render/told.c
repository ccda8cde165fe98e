#include "render/told.h"

/* An instant may have a million steps; then the first of them decide. */
enum { STEPS_MOST = 2000, DEADLOCK = 9 /* a weight */ };

/* What a transition says: how it comes that somebody does not run any more is
 * told before who runs instead, and that before who has come: it is what is
 * still so when the clock goes on. */
static int weight_of_transition(enum transition how)
{
    switch (how) {
    case T_DISPATCH:
        return 4;
    case T_ADMIT:
        return 3;
    case T_SLICE_OVER:
    case T_PREEMPT:
    case T_YIELD:
        return 5;
    default:
        return 7;
    }
}

static int weight(const struct scenario *sc, const struct event *e)
{
    switch (e->kind) {
    case EV_DIVERGE:
        return 10;
    case EV_DEADLOCK:
        return DEADLOCK;
    case EV_STOP:
        return 8;
    case EV_USER:
        return 8;
    case EV_STATE:
        return weight_of_transition((enum transition)e->sub);
    case EV_OP:
        return sc->ops[e->aux].verb == OP_cpu ? 4 : 6;
    case EV_SIGNAL:
    case EV_RETURN:
    case EV_WANT:
    case EV_PARENT:
        return 6;
    case EV_CREATE:
        return 2;
    default:
        return event_is_step(e) ? 1 : 0;
    }
}

static int heaviest(const struct replay *r, struct step_range step)
{
    int most = 0;
    for (size_t i = step.begin; i < step.end; i++) {
        int w = weight(r->world.scenario, trace_at(r->trace, i));
        most = w > most ? w : most;
    }
    return most;
}

/* Where the instant of the last event before `p` that is not evidence begins.
 */
static size_t instant_of(const struct trace *tr, size_t p)
{
    while (p > 0 && event_is_evidence(trace_at(tr, p - 1)))
        p--;
    return p ? trace_find(tr, trace_at(tr, p - 1)->t) : 0;
}

/* The heaviest step that ends in the instant, the first of several; of those
 * in a deadlock the last: a parent that only waits for its children stands
 * before them. */
static struct step_range choose(const struct replay *r, size_t position)
{
    const struct trace *tr = r->trace;
    struct step_range best = {0, 0};
    int most = 0;
    size_t at = instant_of(tr, position);
    for (int n = 0; at < position && n < STEPS_MOST; n++) {
        size_t end = trace_step_after(tr, at);
        if (end > position)
            break;
        struct step_range step = {trace_step_before(tr, end), end};
        int w = heaviest(r, step);
        if (w > most || (w == most && w == DEADLOCK)) {
            most = w;
            best = step;
        }
        at = end;
    }
    return best;
}

void told_seek(struct told *t, struct replay *r, size_t position)
{
    told_drop(t);
    struct step_range best = choose(r, position);
    t->chosen = best.end > 0;
    t->step = best;
    t->apart = t->chosen && best.end < position;
    if (t->apart) {
        replay_seek(r, best.end);
        world_copy(&t->world, &r->world);
    }
    replay_seek(r, position);
}

void told_drop(struct told *t)
{
    t->chosen = t->apart = false;
}

void told_free(struct told *t)
{
    world_free(&t->world);
    *t = (struct told){0};
}
