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
#include "sim/policy/urn.h"

static int64_t tickets_of(const struct world *w, int proc)
{
    return w->scenario->processes[w->proc[proc].def].tickets;
}

static void *begin(const struct sched *s)
{
    return urn_new(s->w);
}

static void end(void *index)
{
    urn_free(index);
}

static void add(struct sched *s, int proc)
{
    urn_add(s->index, s->w, proc);
}

static void remove_one(struct sched *s, int proc)
{
    urn_remove(s->index, s->w, proc);
}

/* The tickets of those who may run on `cpu`. */
static int64_t live_tickets(struct sched *s, int group, int cpu)
{
    int64_t all = urn_tickets(s->index, group), live = 0, has;
    if (!s->affine)
        return all;
    for (int64_t t = 0; t < all; t += has) {
        int p = urn_holder(s->index, s->w, group, t);
        has = tickets_of(s->w, p);
        live += sched_allows(s, p, cpu) ? has : 0;
    }
    return live;
}

/* Who holds number `number` of those. */
static int holder(struct sched *s, int group, int cpu, int64_t number)
{
    if (!s->affine)
        return urn_holder(s->index, s->w, group, number);
    for (int64_t t = 0;;) {
        int p = urn_holder(s->index, s->w, group, t);
        int64_t has = tickets_of(s->w, p);
        bool allowed = sched_allows(s, p, cpu);
        if (allowed && number < has)
            return p;
        number -= allowed ? has : 0;
        t += has;
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

static int listed(struct sched *s, int group, int *to, int room)
{
    int64_t all = urn_tickets(s->index, group), t = 0;
    int n = 0;
    for (; n < room && t < all; n++) {
        to[n] = urn_holder(s->index, s->w, group, t);
        t += tickets_of(s->w, to[n]);
    }
    return n;
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
    .listed = listed,
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
