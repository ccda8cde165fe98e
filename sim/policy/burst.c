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

int64_t burst_key(const struct sched *s, int proc)
{
    return world_burst_known(s->w, proc, *s->now);
}

/* The present guess: what is kept is how far it is from `initial`. */
static double guess_of(const struct sched *s, int proc)
{
    return (double)s->keys->initial +
           (double)world_figure(s->w, proc, SJF_ESTIMATE) /
               (double)world_one(s->w);
}

static void guess_again(struct sched *s, int proc, tick burst)
{
    double alpha = s->keys->alpha;
    double next = alpha * (double)burst + (1 - alpha) * guess_of(s, proc);
    double kept =
        (next - (double)s->keys->initial) * (double)world_one(s->w);
    const double most = 9e18; /* below INT64_MAX */
    kept = kept > most ? most : kept < -most ? -most : kept;
    sched_figure(s, proc, SJF_ESTIMATE, llround(kept));
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
