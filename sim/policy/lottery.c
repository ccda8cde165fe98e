/* lottery.c: shares by dice.
 *
 * Everybody holds tickets; for each quantum one ticket is drawn of those that
 * the ready hold, and its owner runs. In the long run everybody's share is that
 * of his tickets, in the short run it is luck: after n draws a share p is off by
 * about sqrt(p (1 - p) / n) (Waldspurger, Weihl: Lottery scheduling, OSDI
 * 1994). Nobody with a ticket starves, and a newcomer needs no bookkeeping.
 *
 * Try: the same seed twice, then another; `draws` says which numbers come. */
#include "sim/policy/policy.h"

#include "sim/base/rng.h"
#include "sim/policy/tree.h"

#include <stddef.h>

/* The order of the file, in which tickets are counted. */
static int64_t place_in_file(const struct world *w, int proc)
{
    const struct proc *p = &w->proc[proc];
    return (int64_t)p->def << 32 | p->number;
}

static int64_t tickets_of(const struct world *w, int proc)
{
    return w->scenario->processes[w->proc[proc].def].tickets;
}

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
             (struct leaf){.key = place_in_file(s->w, proc),
                           .weight = tickets_of(s->w, proc)});
}

static void remove_one(struct sched *s, int proc)
{
    tree_remove(s->index, world_group(s->w->task[proc].queue), proc);
}

static int first(struct sched *s, int group)
{
    return tree_after(s->index, group, -1, NONE);
}

static int behind(struct sched *s, int group, int proc)
{
    return tree_after(s->index, group, place_in_file(s->w, proc), proc);
}

/* The tickets of those who may run on `cpu`. */
static int64_t live_tickets(struct sched *s, int group, int cpu)
{
    int64_t live = 0;
    if (!s->affine)
        return tree_weight(s->index, group);
    for (int p = first(s, group); p != NONE; p = behind(s, group, p))
        live += sched_allows(s, p, cpu) ? tickets_of(s->w, p) : 0;
    return live;
}

static int holder(struct sched *s, int group, int cpu, int64_t number)
{
    if (!s->affine)
        return tree_at_weight(s->index, group, number);
    int p = first(s, group);
    for (;; p = behind(s, group, p)) {
        int64_t has = sched_allows(s, p, cpu) ? tickets_of(s->w, p) : 0;
        if (number < has)
            return p;
        number -= has;
    }
}

/* The number that is drawn of `live` tickets; *took is how many random numbers
 * that took, 0: it is the next of the list. The dice are splitmix64, whose state
 * after n numbers is known without counting through them. */
static int64_t draw(const struct sched *s, int64_t live, int *took)
{
    const struct world_head *h = s->w->head;
    if (h->draws < s->keys->draw_count) {
        *took = 0;
        return s->keys->draws[h->draws] % live;
    }
    uint64_t begun = rng_skip(s->keys->seed, h->random), state = begun;
    int64_t number = (int64_t)rng_below(&state, (uint64_t)live);
    *took = rng_taken(begun, state);
    return number;
}

static int best(struct sched *s, int group, int cpu)
{
    int64_t live = live_tickets(s, group, cpu);
    int took;
    if (live == 0)
        return NONE;
    return holder(s, group, cpu, draw(s, live, &took));
}

/* Says which number was drawn. */
static void chosen(struct sched *s, int proc, int cpu)
{
    int64_t live =
        live_tickets(s, world_group(s->w->task[proc].queue), cpu);
    int took;
    int64_t number = draw(s, live, &took);
    s->say(s->to, (struct event){.kind = EV_DRAW,
                                 .cpu = (uint16_t)cpu,
                                 .proc = proc,
                                 .sub = (uint8_t)took,
                                 .aux = live > INT32_MAX ? -1 : (int32_t)live,
                                 .val = number});
}

static const struct index_kind by_ticket = {
    .begin = begin,
    .end = end,
    .add = add,
    .remove = remove_one,
    .best = best,
};

extern const struct policy policy_lottery;

const struct policy policy_lottery = {
    .name = "lottery",
    .title = {{"Lottery", "彩票调度"}},
    .about = {{"A ticket is drawn for each quantum; whoever holds it runs.",
               "每个时间片抽一张彩票，持有者运行。"}},
    .index = &by_ticket,
    .slice = sched_quantum,
    .chosen = chosen,
    .tells = true,
};
