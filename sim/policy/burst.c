/* burst.c: what sjf and srtf know of the next CPU burst.
 *
 * A scheduler cannot look into the future, so real ones guess: the next burst
 * will be like the last ones, the more recent the more so. With `estimate` the
 * guess after a burst of n ticks is alpha * n + (1 - alpha) * the old guess
 * (exponential averaging; Silberschatz, Operating System Concepts, ch. 5).
 * Without it they are told the truth, as in a textbook's exercise. */
#include "sim/policy/burst.h"

#include "sim/base/wide.h"

#include <math.h>

enum { ALPHA_BITS = 62 };

int64_t burst_key(const struct sched *s, int proc)
{
    return world_burst_known(s->w, proc, *s->now);
}

/* The guess moves by alpha of the way from the old one to the burst, in steps, to
 * the nearest; what is kept is how far it is from `initial`. Alpha is counted in
 * 2^-62, so that no machine's way to round has a say. */
static void guess_again(struct sched *s, int proc, tick burst)
{
    int64_t alpha = (int64_t)ldexp(s->keys->alpha, ALPHA_BITS);
    int64_t kept = world_figure(s->w, proc, SJF_ESTIMATE);
    int64_t far = clamped_product(burst - s->keys->initial, world_one(s->w));
    struct wide way = wide_product(clamped_sum(far, -kept), alpha);
    struct wide half = wide_of(INT64_C(1) << (ALPHA_BITS - 1));
    int64_t step = wide_quotient(wide_sum(way, half),
                                 INT64_C(1) << ALPHA_BITS);
    sched_figure(s, proc, SJF_ESTIMATE, clamped_sum(kept, step));
}

void burst_leaves(struct sched *s, int proc, enum transition how)
{
    if (!s->keys->estimate)
        return;
    tick used = clamped_sum(world_figure(s->w, proc, SJF_USED),
                            world_slice_used(s->w, proc, *s->now));
    bool over = how == T_BLOCK || how == T_EXIT;
    if (over && used > 0)
        guess_again(s, proc, used);
    sched_figure(s, proc, SJF_USED, over ? 0 : used);
}
