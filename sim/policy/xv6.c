/* xv6.c: the scheduler of a teaching system.
 *
 * xv6 has a table of processes and looks through it in a circle, from the one
 * behind the last it ran: the first that is ready runs, until the next tick of
 * the clock. There is no queue, so nobody's place depends on when he became
 * ready, only on where he stands in the table (Cox, Kaashoek, Morris: xv6, a
 * simple, Unix-like teaching operating system, ch. 7).
 *
 * Try: the same file under rr with quantum 1, with sleepers that wake. */
#include "sim/policy/policy.h"

#include "sim/policy/tree.h"

#include <stddef.h>

static void *begin(const struct sched *s)
{
    return tree_new(s->w->head->groups);
}

static void end(void *index)
{
    tree_free(index);
}

static void add(struct sched *s, int proc)
{
    tree_add(s->index, world_group(s->w->task[proc].queue), proc,
             (struct leaf){.key = proc});
}

static void remove_one(struct sched *s, int proc)
{
    tree_remove(s->index, world_group(s->w->task[proc].queue), proc);
}

static int next_of(struct sched *s, int group, int cpu, int from)
{
    int p = tree_after(s->index, group, from, from);
    while (p != NONE && !sched_allows(s, p, cpu))
        p = tree_after(s->index, group, p, p);
    return p;
}

static int best(struct sched *s, int group, int cpu)
{
    int found = next_of(s, group, cpu, s->w->cpu[cpu].last);
    return found != NONE ? found : next_of(s, group, cpu, NONE);
}

static int second(struct sched *s, int group, int but)
{
    int cpu = s->w->head->groups > 1 ? group : 0;
    int from = but == NONE ? s->w->cpu[cpu].last : but;
    int found = tree_after(s->index, group, from, from);
    found = found != NONE ? found : tree_after(s->index, group, NONE, NONE);
    return found == but ? NONE : found;
}

static const struct index_kind by_table = {
    .begin = begin,
    .end = end,
    .add = add,
    .remove = remove_one,
    .best = best,
    .second = second,
};

extern const struct policy policy_xv6;

const struct policy policy_xv6 = {
    .name = "xv6",
    .title = {{"The scan of xv6", "xv6 循环扫描"}},
    .about = {{"The next ready one in the table of processes, in a circle.",
               "在进程表中循环扫描，运行下一个就绪进程。"}},
    .index = &by_table,
    .slice = sched_quantum,
    .tells = true,
};
