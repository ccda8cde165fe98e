/* virtual_time.c: the clock of the fair policies.
 *
 * A process's virtual time goes on while it runs, faster the less it weighs:
 * after t ticks by t * 1024 / weight. Who has the same virtual time has had the
 * same share of what is his due. */
#include "sim/base/wide.h"
#include "sim/model/figure.h"

int64_t virtual_time(const struct world *w, tick ran, int64_t weight)
{
    return wide_share(ran, 1024 * world_one(w), weight);
}

int64_t world_vruntime(const struct world *w, int proc, tick now)
{
    int64_t v = world_figure(w, proc, CFS_VRUNTIME);
    if (w->task[proc].state != RUNNING)
        return v;
    int64_t weight = weight_of_nice(w->proc[proc].nice);
    return clamped_sum(v, virtual_time(w, world_slice_used(w, proc, now), weight));
}

int64_t world_lag(const struct world *w, int proc, tick now)
{
    if (!world_competes(w, proc))
        return world_figure(w, proc, EEVDF_LAG);
    struct wide sum = {0, 0};
    int64_t all = 0;
    int group = world_group(w->task[proc].queue);
    for (int p = 0; p < w->head->procs; p++) {
        if (!world_competes(w, p) || world_group(w->task[p].queue) != group)
            continue;
        int64_t weight = weight_of_nice(w->proc[p].nice);
        sum = wide_sum(sum, wide_product(weight, world_vruntime(w, p, now)));
        all += weight;
    }
    return wide_quotient(sum, all) - world_vruntime(w, proc, now);
}
