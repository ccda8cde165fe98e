/* inherit.c: priority inheritance.
 *
 * A semaphore that was taken is a lock, and whoever has taken it its holder.
 * While somebody more urgent sleeps in P for it, the holder is lent that
 * urgency, so that nobody between the two can keep both from going on (Sha,
 * Rajkumar, Lehoczky: Priority inheritance protocols, IEEE Trans. Computers
 * 39(9), 1990). The holder may itself sleep for another lock: the urgency goes
 * through the chain. */
#include "sim/policy/priority.h"

#include "sim/base/mem.h"
#include "sim/model/semaphore.h"

#include <stdlib.h>

/* What a holder of locks is lent, as far as it is found out. */
struct loan {
    int32_t proc, from; /* from NONE: nobody */
    int64_t lent;       /* <= 0 */
};

struct loans {
    struct loan *all;
    int count;
};

static int loan_of(const struct loans *l, int proc)
{
    for (int i = 0; i < l->count; i++)
        if (l->all[i].proc == proc)
            return i;
    return NONE;
}

static bool is_lock(const struct world *w, const struct hold *h)
{
    return h->proc != NONE && h->count > 0 && !w->sem[h->sem].signal;
}

static struct loans find_holders(const struct world *w)
{
    struct loans l = {mem_new((size_t)w->head->holds + 1, sizeof *l.all), 0};
    for (int64_t i = 0; i < w->head->holds; i++)
        if (is_lock(w, &w->hold[i]) && loan_of(&l, w->hold[i].proc) == NONE)
            l.all[l.count++] = (struct loan){w->hold[i].proc, NONE, 0};
    return l;
}

/* How urgent `proc` is with what it is lent so far. */
static int64_t urgency(const struct world *w, const struct loans *l, int proc)
{
    int64_t own = w->scenario->processes[w->proc[proc].def].priority;
    int64_t more = world_figure(w, proc, PRIORITY_AGED);
    int i = loan_of(l, proc);
    if (i != NONE && l->all[i].lent < more)
        more = l->all[i].lent;
    return own + more;
}

/* Those in a line who wait for `sem` to rise lend to its holder. Returns whether
 * that is more than it had. */
static bool lend_line(const struct world *w, struct loans *l, struct loan *to,
                      int sem, int head)
{
    int64_t own = w->scenario->processes[w->proc[to->proc].def].priority;
    bool more = false;
    for (int p = head; p != NONE; p = w->task[p].line.next) {
        int64_t lent = urgency(w, l, p) - own;
        if (p == to->proc || lent >= to->lent ||
            sem_awaited_where(w, p) != sem || sem_awaited(w, p).op == 0)
            continue;
        to->lent = lent;
        to->from = p;
        more = true;
    }
    return more;
}

/* While somebody sleeps for several semaphores of the set at once, all stand in
 * the line of the set. */
static bool lend(const struct world *w, struct loans *l, struct loan *to,
                 int sem)
{
    const struct semset *set = &w->semset[w->sem[sem].set];
    bool more = lend_line(w, l, to, sem, w->sem[sem].alter.head);
    return lend_line(w, l, to, sem, set->alter.head) || more;
}

/* Through chains: until nobody is lent more. A holder's urgency only grows, and
 * only to that of somebody who sleeps, so this ends. */
static void lend_all(const struct world *w, struct loans *l)
{
    bool more = true;
    while (more) {
        more = false;
        for (int64_t i = 0; i < w->head->holds; i++)
            if (is_lock(w, &w->hold[i]))
                more |= lend(w, l, &l->all[loan_of(l, w->hold[i].proc)],
                             w->hold[i].sem);
    }
}

static void settle(struct sched *s, struct loan to)
{
    int64_t had = world_figure(s->w, to.proc, PRIORITY_LENT);
    if (to.lent != had)
        priority_set(s, to.proc, world_figure(s->w, to.proc, PRIORITY_AGED),
                     to.lent, to.lent < had ? FIGURE_LENT : FIGURE_BACK,
                     to.lent < had ? to.from : NONE);
}

void inherit_settles(struct sched *s)
{
    const struct world *w = s->w;
    if (!s->keys->inherit)
        return;
    struct loans l = find_holders(w);
    lend_all(w, &l);
    for (int p = 0; p < w->head->procs; p++)
        if (world_figure(w, p, PRIORITY_LENT) && loan_of(&l, p) == NONE)
            settle(s, (struct loan){p, NONE, 0});
    for (int i = 0; i < l.count; i++)
        settle(s, l.all[i]);
    free(l.all);
}
