/* virtual_time.c: the clocks of the fair policies.
 *
 * A process's virtual time goes on while it runs, faster the less it weighs:
 * after t ticks by t * 1024 / weight. Who has the same virtual time has had the
 * same share of what is his due. Under stride it is the pass: it goes on by a
 * stride for each quantum, which is the shorter, the more tickets he has. */
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

struct exact_pass world_exact_pass(const struct world *w, int proc, tick now)
{
    struct exact_pass p = {world_figure(w, proc, STRIDE_PASS),
                           world_figure(w, proc, STRIDE_REST)};
    if (w->task[proc].state != RUNNING)
        return p;
    const struct scheduler *s = world_scheduler(w);
    int64_t tickets = w->scenario->processes[w->proc[proc].def].tickets;
    int64_t parts = tickets * s->pass_ticks; /* of a step */
    tick ran = world_slice_used(w, proc, now);
    struct wide all = wide_sum(
        wide_product(STRIDE_OF_ONE_TICKET * s->pass_steps, ran), wide_of(p.rest));
    int64_t whole = wide_quotient(all, parts);
    p.whole = clamped_sum(p.whole, whole);
    p.rest = (int64_t)(all.low - (uint64_t)whole * (uint64_t)parts);
    return p;
}

int64_t world_pass(const struct world *w, int proc, tick now)
{
    return world_exact_pass(w, proc, now).whole;
}

/* The sum of weight * virtual time of those who compete, and their weight. */
struct contest_sum {
    struct wide sum;
    int64_t weight;
};

static void add_to(struct contest_sum *s, const struct world *w, int proc,
                   tick now)
{
    int64_t weight = weight_of_nice(w->proc[proc].nice);
    s->sum = wide_sum(s->sum,
                      wide_product(weight, world_vruntime(w, proc, now)));
    s->weight += weight;
}

void world_fair_times(const struct world *w, tick now, int64_t to[CPUS_MAX])
{
    struct contest_sum all[CPUS_MAX] = {{{0, 0}, 0}};
    for (int p = 0; p < w->head->procs; p++)
        if (world_competes(w, p))
            add_to(&all[world_group(w->task[p].queue)], w, p, now);
    for (int g = 0; g < w->head->groups; g++)
        to[g] = all[g].weight ? wide_quotient(all[g].sum, all[g].weight)
                              : w->group[g].clock;
}

int64_t world_lag(const struct world *w, int proc, tick now)
{
    struct contest_sum all = {{0, 0}, 0};
    if (!world_competes(w, proc))
        return world_figure(w, proc, EEVDF_LAG);
    int group = world_group(w->task[proc].queue);
    for (int p = 0; p < w->head->procs; p++)
        if (world_competes(w, p) && world_group(w->task[p].queue) == group)
            add_to(&all, w, p, now);
    return wide_quotient(all.sum, all.weight) - world_vruntime(w, proc, now);
}
