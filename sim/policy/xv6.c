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

#include "sim/base/mem.h"
#include "sim/policy/sums.h"

#include <stdlib.h>

/* By group: 1 for each process that is ready, in the order of the table. */
struct table {
    struct sums *ready;
    int groups;
};

static void *begin(const struct sched *s)
{
    struct table *t = mem_new(1, sizeof *t);
    t->groups = s->w->head->groups;
    t->ready = mem_new((size_t)t->groups, sizeof *t->ready);
    return t;
}

static void end(void *index)
{
    struct table *t = index;
    for (int g = 0; g < t->groups; g++)
        sums_free(&t->ready[g]);
    free(t->ready);
    free(t);
}

static struct sums *ready_in(const struct sched *s, int group)
{
    struct table *t = s->index;
    return &t->ready[group];
}

static void add(struct sched *s, int proc)
{
    int group = world_group(s->w->task[proc].queue);
    sums_add(ready_in(s, group), (size_t)proc, 1);
}

static void remove_one(struct sched *s, int proc)
{
    int group = world_group(s->w->task[proc].queue);
    sums_add(ready_in(s, group), (size_t)proc, -1);
}

/* The first ready one behind `from`; NONE. */
static int behind(const struct sched *s, int group, int from)
{
    const struct sums *ready = ready_in(s, group);
    int64_t before = sums_before(ready, (size_t)(from + 1)), rest;
    return before < sums_all(ready) ? (int)sums_find(ready, before, &rest)
                                    : NONE;
}

static int next_of(struct sched *s, int group, int cpu, int from)
{
    int p = behind(s, group, from);
    while (p != NONE && !sched_allows(s, p, cpu))
        p = behind(s, group, p);
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
    int found = behind(s, group, from);
    found = found != NONE ? found : behind(s, group, NONE);
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
