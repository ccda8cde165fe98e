/* eevdf.c: earliest eligible virtual deadline first, Linux since 6.6.
 *
 * The fair clock of a group is the mean of the virtual times of those who
 * compete, by their weights. Whoever is behind it is owed time (lag > 0) and
 * may run; whoever is ahead must wait. Of those who may, the one whose request
 * of `slice` ticks is due first in virtual time runs. So everybody is within a
 * slice of his share, and a short slice answers sooner without getting more
 * (Stoica, Abdel-Wahab: Earliest eligible virtual deadline first, ODU TR-95-22,
 * 1995). Who sleeps takes his lag along.
 *
 * Try: watch the lags: they always add up to nothing. */
#include "sim/policy/policy.h"

#include "sim/base/mem.h"
#include "sim/base/wide.h"
#include "sim/policy/tree.h"

#include <stdlib.h>

static int64_t weight_of(const struct world *w, int proc)
{
    return weight_of_nice(w->proc[proc].nice);
}

/* ---- the ready, by virtual time; of a group also the sums ---- */

struct ready {
    struct tree *tree;
    struct wide *sum; /* of weight * vruntime of the ready, by group */
};

static void *begin(const struct sched *s)
{
    struct ready *r = mem_new(1, sizeof *r);
    r->tree = tree_new(s->w->head->groups);
    r->sum = mem_new((size_t)s->w->head->groups, sizeof *r->sum);
    return r;
}

static void end(void *index)
{
    struct ready *r = index;
    tree_free(r->tree);
    free(r->sum);
    free(r);
}

static int group_of(const struct world *w, int proc)
{
    return world_group(w->task[proc].queue);
}

static void add(struct sched *s, int proc)
{
    struct ready *r = s->index;
    int group = group_of(s->w, proc);
    struct leaf leaf = {.key = world_figure(s->w, proc, EEVDF_VRUNTIME),
                        .weight = weight_of(s->w, proc),
                        .rank = world_figure(s->w, proc, EEVDF_DEADLINE)};
    tree_add(r->tree, group, proc, leaf);
    r->sum[group] =
        wide_sum(r->sum[group], wide_product(leaf.weight, leaf.key));
}

static void remove_one(struct sched *s, int proc)
{
    struct ready *r = s->index;
    int group = group_of(s->w, proc);
    struct leaf leaf = tree_leaf(r->tree, proc);
    tree_remove(r->tree, group, proc);
    r->sum[group] = wide_sum(
        r->sum[group], wide_negative(wide_product(leaf.weight, leaf.key)));
}

/* ---- the fair clock ---- */

struct fair {
    int64_t weight; /* of all that compete */
    int64_t time;   /* the mean of their virtual times */
};

static struct fair fair_of(const struct sched *s, int group)
{
    const struct world *w = s->w;
    const struct ready *r = s->index;
    struct wide sum = r->sum[group];
    struct fair f = {tree_weight(r->tree, group), w->group[group].clock};
    for (int c = 0; c < w->head->cpus; c++) {
        int proc = sched_on(s, c);
        if (proc == NONE || world_cpu_group(w, c) != group)
            continue;
        f.weight += weight_of(w, proc);
        sum = wide_sum(sum, wide_product(weight_of(w, proc),
                                         world_vruntime(w, proc, *s->now)));
    }
    if (f.weight)
        f.time = wide_quotient(sum, f.weight);
    return f;
}

/* ---- who runs ---- */

/* Due first; of equal ones the elder. */
static bool is_due_before(const struct ready *r, int a, int b)
{
    int64_t x = tree_leaf(r->tree, a).rank, y = tree_leaf(r->tree, b).rank;
    return x != y ? x < y : a < b;
}

static int best_of_all(struct sched *s, int group)
{
    const struct ready *r = s->index;
    int found = tree_least_rank(r->tree, group, fair_of(s, group).time);
    return found != NONE ? found
                         : tree_after(r->tree, group, INT64_MIN, NONE);
}

static int best(struct sched *s, int group, int cpu)
{
    const struct ready *r = s->index;
    int64_t time = fair_of(s, group).time;
    if (!s->affine)
        return best_of_all(s, group);
    int found = NONE, first = NONE;
    for (int p = tree_after(r->tree, group, INT64_MIN, NONE); p != NONE;
         p = tree_after(r->tree, group, tree_leaf(r->tree, p).key, p)) {
        if (!sched_allows(s, p, cpu))
            continue;
        first = first == NONE ? p : first;
        if (tree_leaf(r->tree, p).key <= time &&
            (found == NONE || is_due_before(r, p, found)))
            found = p;
    }
    return found != NONE ? found : first;
}

static int64_t request(const struct sched *s, int proc)
{
    return virtual_time(s->w, s->keys->slice, weight_of(s->w, proc));
}

/* The rest of its request. */
static tick slice(const struct sched *s, int proc, int cpu)
{
    (void)cpu;
    return s->keys->slice - world_figure(s->w, proc, EEVDF_USED);
}

static bool preempts(const struct sched *s, int a, int b)
{
    int64_t time = fair_of(s, group_of(s->w, a)).time;
    return world_figure(s->w, a, EEVDF_VRUNTIME) <= time &&
           world_figure(s->w, a, EEVDF_DEADLINE) <
               world_figure(s->w, b, EEVDF_DEADLINE);
}

static bool worse(const struct sched *s, int a, int b)
{
    return world_figure(s->w, a, EEVDF_DEADLINE) >
           world_figure(s->w, b, EEVDF_DEADLINE);
}

/* ---- what they have come to ---- */

static void set_vruntime(struct sched *s, int proc, int64_t v, int64_t deadline)
{
    if (v != world_figure(s->w, proc, EEVDF_VRUNTIME))
        sched_figure(s, proc, EEVDF_VRUNTIME, v);
    if (deadline != world_figure(s->w, proc, EEVDF_DEADLINE))
        sched_figure(s, proc, EEVDF_DEADLINE, deadline);
}

/* What it ran counts; a request that is used up is followed by the next. */
static void count(struct sched *s, int proc, bool used_up)
{
    int64_t v = world_vruntime(s->w, proc, *s->now);
    int64_t deadline = world_figure(s->w, proc, EEVDF_DEADLINE);
    tick had = world_figure(s->w, proc, EEVDF_USED);
    tick used = used_up ? 0 : had + world_slice_used(s->w, proc, *s->now);
    set_vruntime(s, proc, v, used_up ? clamped_sum(v, request(s, proc))
                                     : deadline);
    if (used != had)
        sched_figure(s, proc, EEVDF_USED, used);
}

static void renews(struct sched *s, int proc)
{
    count(s, proc, true);
}

static void reweighs(struct sched *s, int proc)
{
    count(s, proc, false);
}

static int64_t clamp(int64_t n, int64_t most)
{
    return n > most ? most : n < -most ? -most : n;
}

/* What it is owed: at most what two requests come to. */
static int64_t lag_of(const struct sched *s, int proc, struct fair f)
{
    int64_t lag = f.time - world_vruntime(s->w, proc, *s->now);
    return clamp(lag, clamped_product(request(s, proc), 2));
}

static void take_lag_along(struct sched *s, int proc)
{
    struct fair f = fair_of(s, group_of(s->w, proc));
    sched_figure(s, proc, EEVDF_LAG, lag_of(s, proc, f));
    fair_leave_clock(s, proc, f.time);
}

static void withdraws(struct sched *s, int proc)
{
    take_lag_along(s, proc);
}

static void leaves(struct sched *s, int proc, enum transition how)
{
    if (fair_is_newcomer(how))
        take_lag_along(s, proc);
    count(s, proc, how == T_SLICE_OVER || how == T_YIELD);
}

/* Where `proc` has to come into `group` to have such a lag in it. Whoever comes
 * moves the mean away from himself, so he has to come from further away. */
static int64_t place(const struct sched *s, int proc, int group, int64_t lag)
{
    struct fair f = fair_of(s, group);
    int64_t away = f.weight ? wide_share(lag, f.weight + weight_of(s->w, proc),
                                         f.weight)
                            : 0;
    return clamped_sum(f.time, -away);
}

static void joins(struct sched *s, int proc, enum transition how)
{
    if (!fair_is_newcomer(how))
        return;
    int64_t v = place(s, proc, group_of(s->w, proc),
                      world_figure(s->w, proc, EEVDF_LAG));
    set_vruntime(s, proc, v, clamped_sum(v, request(s, proc)));
    if (world_figure(s->w, proc, EEVDF_USED))
        sched_figure(s, proc, EEVDF_USED, 0);
}

/* Its lag and the rest of its request go along. */
static void moves(struct sched *s, int proc, int to)
{
    struct fair f = fair_of(s, group_of(s->w, proc));
    int64_t had = world_figure(s->w, proc, EEVDF_VRUNTIME);
    int64_t due = world_figure(s->w, proc, EEVDF_DEADLINE);
    int64_t v = place(s, proc, to, lag_of(s, proc, f));
    fair_leave_clock(s, proc, f.time);
    set_vruntime(s, proc, v, clamped_sum(v, clamped_sum(due, -had)));
}

/* Its request is used up. It goes on with the next if it is still owed time,
 * and no one else who is owed time is due before it. */
static bool goes_on(struct sched *s, int proc, int cpu)
{
    const struct world *w = s->w;
    int group = group_of(w, proc);
    int64_t time = fair_of(s, group).time, v = world_vruntime(w, proc, *s->now);
    int next = best(s, group, cpu);
    if (next == NONE)
        return true;
    bool owed = world_figure(w, next, EEVDF_VRUNTIME) <= time;
    int64_t due = clamped_sum(v, request(s, proc));
    return v <= time &&
           (!owed || due < world_figure(w, next, EEVDF_DEADLINE));
}

static int second(struct sched *s, int group, int but)
{
    return but == NONE ? best_of_all(s, group) : NONE;
}

static const struct index_kind by_virtual_time = {
    .begin = begin,
    .end = end,
    .add = add,
    .remove = remove_one,
    .best = best,
    .second = second,
};

extern const struct policy policy_eevdf;

const struct policy policy_eevdf = {
    .name = "eevdf",
    .title = {{"Earliest eligible virtual deadline first",
               "最早合格虚拟截止时间优先"}},
    .about = {{"Of those who are owed time, whoever's request is due first runs.",
               "在应得时间者中，虚拟截止时间最早者运行。"}},
    .index = &by_virtual_time,
    .slice = slice,
    .preempts = preempts,
    .only_newcomers = true,
    .worse = worse,
    .goes_on = goes_on,
    .renews = renews,
    .leaves = leaves,
    .withdraws = withdraws,
    .joins = joins,
    .moves = moves,
    .reweighs = reweighs,
    .tells = true,
};
