/* inherit.c: priority inheritance.
 *
 * A semaphore that was taken is a lock, and whoever has taken it its holder.
 * While somebody more urgent sleeps in P for it, the holder is lent that
 * urgency, so that nobody between the two can keep both from going on (Sha,
 * Rajkumar, Lehoczky: Priority inheritance protocols, IEEE Trans. Computers
 * 39(9), 1990). The holder may itself sleep for another lock: the urgency goes
 * through the chain.
 *
 * Who is lent what follows from who holds and who sleeps, so it is found out
 * only when that has changed. The sleepers are taken in order of their urgency,
 * the most urgent first, as in Dijkstra's shortest paths: the first who comes to
 * a lock lends the most that its holders can get, and a holder who sleeps takes
 * his place among the sleepers anew. Each lock is come to once. */
#include "sim/policy/priority.h"

#include "sim/base/mem.h"
#include "sim/model/semaphore.h"

#include <stdlib.h>

/* What a holder of locks is lent, as far as it is found out. */
struct loan {
    int32_t proc, from; /* from NONE: nobody */
    int64_t lent;       /* <= 0 */
    int32_t before;     /* how many of those who give back must do so before */
    bool back;          /* it has more than that now, and gives back */
};

/* `loan` is that of a holder of `sem`; the next of its holders, NONE. */
struct lock {
    int32_t sem, loan, next;
    bool come; /* of the first: the most urgent sleeper has lent */
};

/* Kept from one time to the next: the memory, who has a loan now, and up to
 * which change of the locks that is right (-1: it has to be found out). Between
 * two times loan_of and first_of are NONE everywhere. */
struct loans {
    int64_t as_of;
    struct loan *loan; /* of each holder, in the order of the holds */
    struct lock *lock;
    size_t count, loan_room, locks, lock_room;
    int32_t *lent, *back; /* loans, in the order in which they are told */
    size_t lents, lent_room, backs, back_room;
    int32_t *loan_of;  /* by process */
    int32_t *first_of; /* by semaphore: the first lock of it */
    int64_t *set_seen; /* by set: at which change its line was looked at */
    size_t procs, proc_room, sems, sem_room, sets, set_room;
    struct heap sleepers; /* key: urgency; id: process */
    int64_t came;         /* sleepers so far: the order among equals */
    int32_t *debtor;      /* who has a loan */
    size_t debtors, debtor_room;
};

/* ---- memory ---- */

static size_t grow_none(int32_t **all, size_t had, size_t *room, int64_t want)
{
    size_t n = (size_t)want;
    if (n <= had)
        return had;
    *all = mem_grow(*all, n, room, sizeof **all);
    for (size_t i = had; i < n; i++)
        (*all)[i] = NONE;
    return n;
}

static void make_room(struct loans *l, const struct world *w)
{
    size_t holds = (size_t)w->head->holds, sets = (size_t)w->head->semsets;
    l->loan = mem_grow(l->loan, holds, &l->loan_room, sizeof *l->loan);
    l->lock = mem_grow(l->lock, holds, &l->lock_room, sizeof *l->lock);
    l->lent = mem_grow(l->lent, holds, &l->lent_room, sizeof *l->lent);
    l->back = mem_grow(l->back, holds, &l->back_room, sizeof *l->back);
    l->procs = grow_none(&l->loan_of, l->procs, &l->proc_room, w->head->procs);
    l->sems = grow_none(&l->first_of, l->sems, &l->sem_room, w->head->sems);
    l->set_seen = mem_grow(l->set_seen, sets, &l->set_room,
                           sizeof *l->set_seen);
    for (; l->sets < sets; l->sets++)
        l->set_seen[l->sets] = -1;
}

void inherit_forgets(struct sched *s)
{
    struct loans *l = s->own;
    free(l->loan);
    free(l->lock);
    free(l->lent);
    free(l->back);
    free(l->loan_of);
    free(l->first_of);
    free(l->set_seen);
    heap_free(&l->sleepers);
    free(l->debtor);
    free(l);
    s->own = NULL;
}

static void add_debtor(struct loans *l, int proc)
{
    l->debtor = mem_grow(l->debtor, l->debtors + 1, &l->debtor_room,
                         sizeof *l->debtor);
    l->debtor[l->debtors++] = proc;
}

/* In a world that was not followed: who has a loan is looked for. */
static struct loans *begin(const struct world *w)
{
    struct loans *l = mem_new(1, sizeof *l);
    l->as_of = -1;
    for (int p = 0; p < w->head->procs; p++)
        if (world_figure(w, p, PRIORITY_LENT))
            add_debtor(l, p);
    return l;
}

/* ---- who holds ---- */

static bool is_lock(const struct world *w, const struct hold *h)
{
    return h->proc != NONE && h->count > 0 && !w->sem[h->sem].signal;
}

static void find_holders(struct loans *l, const struct world *w)
{
    for (int64_t i = 0; i < w->head->holds; i++) {
        const struct hold *h = &w->hold[i];
        if (!is_lock(w, h))
            continue;
        if (l->loan_of[h->proc] == NONE) {
            l->loan_of[h->proc] = (int32_t)l->count;
            l->loan[l->count++] = (struct loan){.proc = h->proc, .from = NONE};
        }
        l->lock[l->locks] = (struct lock){h->sem, l->loan_of[h->proc],
                                          l->first_of[h->sem], false};
        l->first_of[h->sem] = (int32_t)l->locks++;
    }
}

static void forget_holders(struct loans *l)
{
    for (size_t i = 0; i < l->count; i++)
        l->loan_of[l->loan[i].proc] = NONE;
    for (size_t i = 0; i < l->locks; i++)
        l->first_of[l->lock[i].sem] = NONE;
    l->count = l->locks = l->lents = 0;
}

/* ---- who sleeps ---- */

static int64_t own_priority(const struct world *w, int proc)
{
    return w->scenario->processes[w->proc[proc].def].priority;
}

static void add_sleeper(struct loans *l, int proc, int64_t urgency)
{
    heap_push(&l->sleepers, (struct heap_entry){.key = urgency,
                                                .order = l->came++,
                                                .id = proc});
}

/* Those in a line who wait for a lock to be given back. */
static void find_sleepers(struct loans *l, const struct world *w, int head)
{
    for (int p = head; p != NONE; p = w->task[p].line.next)
        if (l->first_of[sem_awaited_where(w, p)] != NONE &&
            sem_awaited(w, p).op != 0)
            add_sleeper(l, p, own_priority(w, p) +
                                  world_figure(w, p, PRIORITY_AGED));
}

/* While somebody sleeps for several semaphores of the set at once, all stand in
 * the line of the set. */
static void find_all_sleepers(struct loans *l, const struct world *w)
{
    for (size_t i = 0; i < l->locks; i++) {
        int sem = l->lock[i].sem, set = w->sem[sem].set;
        if (l->first_of[sem] == (int32_t)i)
            find_sleepers(l, w, w->sem[sem].alter.head);
        if (l->set_seen[set] != w->head->lock_changes)
            find_sleepers(l, w, w->semset[set].alter.head);
        l->set_seen[set] = w->head->lock_changes;
    }
}

/* ---- lending ---- */

/* The first holder of the lock that `proc` sleeps for, NONE if it does not. */
static int32_t lock_awaited(const struct loans *l, const struct world *w,
                            int proc)
{
    const struct task *t = &w->task[proc];
    bool sleeps = t->flags & TASK_QUEUED && t->state != READY &&
                  (t->wait == WAIT_SEM || t->wait == WAIT_SEMS);
    return sleeps && sem_awaited(w, proc).op != 0
               ? l->first_of[sem_awaited_where(w, proc)]
               : NONE;
}

/* `from` lends to a holder of what it sleeps for. */
static void lend(struct loans *l, const struct world *w, struct loan *to,
                 int from, int64_t urgency)
{
    int64_t lent = urgency - own_priority(w, to->proc);
    if (to->proc == from || lent >= to->lent)
        return;
    to->lent = lent;
    to->from = from;
    l->lent[l->lents++] = l->loan_of[to->proc];
    int32_t lock = lock_awaited(l, w, to->proc);
    if (lock != NONE && !l->lock[lock].come)
        add_sleeper(l, to->proc, urgency);
}

/* Whoever lends after the first has not more to lend, so each is lent once, and
 * whoever is lent something before he lends it. */
static void lend_all(struct loans *l, const struct world *w)
{
    while (l->sleepers.count) {
        struct heap_entry e = heap_pop(&l->sleepers);
        int32_t first = l->first_of[sem_awaited_where(w, e.id)];
        if (l->lock[first].come)
            continue;
        for (int32_t i = first; i != NONE; i = l->lock[i].next)
            lend(l, w, &l->loan[l->lock[i].loan], e.id, e.key);
        l->lock[first].come = true;
    }
}

/* ---- saying so ----
 *
 * What is said of a loan is about the priority of whoever lends it, and must be
 * so at that moment: along a chain of locks sleepers come before holders. */

static void settle(struct sched *s, struct loan to)
{
    int64_t had = world_figure(s->w, to.proc, PRIORITY_LENT);
    if (to.lent != had)
        priority_set(s, to.proc, world_figure(s->w, to.proc, PRIORITY_AGED),
                     to.lent, to.lent < had ? FIGURE_LENT : FIGURE_BACK,
                     to.lent < had ? to.from : NONE);
}

static int by_number(const void *a, const void *b)
{
    int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
    return (p > q) - (p < q);
}

/* Those who hold nothing any more give back, in the order of their age. */
static void settle_debtors(struct sched *s, struct loans *l)
{
    qsort(l->debtor, l->debtors, sizeof *l->debtor, by_number);
    for (size_t i = 0; i < l->debtors; i++) {
        int p = l->debtor[i];
        if ((size_t)p >= l->procs || l->loan_of[p] == NONE)
            settle(s, (struct loan){.proc = p, .from = NONE});
    }
    l->debtors = 0;
}

/* Adds `n` to what those who give back, and hold what `proc` sleeps for, have to
 * wait for; who has nobody to wait for any more comes into the order. */
static void hold_back(struct loans *l, const struct world *w, int proc, int n)
{
    for (int32_t i = lock_awaited(l, w, proc); i != NONE; i = l->lock[i].next) {
        struct loan *holder = &l->loan[l->lock[i].loan];
        if (!holder->back || holder->proc == proc)
            continue;
        holder->before += n;
        if (n < 0 && holder->before == 0)
            l->back[l->backs++] = l->lock[i].loan;
    }
}

/* Those who hold something, and are lent less than before. Where they wait for
 * each other in a circle, in the order of the holds. */
static void give_back(struct sched *s, struct loans *l)
{
    l->backs = 0;
    for (size_t i = 0; i < l->count; i++)
        if (l->loan[i].back)
            hold_back(l, s->w, l->loan[i].proc, 1);
    for (size_t i = 0; i < l->count; i++)
        if (l->loan[i].back && l->loan[i].before == 0)
            l->back[l->backs++] = (int32_t)i;
    for (size_t at = 0; at < l->backs; at++) {
        struct loan *next = &l->loan[l->back[at]];
        settle(s, *next);
        next->back = false;
        hold_back(l, s->w, next->proc, -1);
    }
    for (size_t i = 0; i < l->count; i++)
        if (l->loan[i].back)
            settle(s, l->loan[i]);
}

/* First those who give back: then nobody has more than there is to lend. */
static void settle_all(struct sched *s, struct loans *l)
{
    bool any = false;
    if (l->debtors)
        settle_debtors(s, l);
    for (size_t i = 0; i < l->count; i++) {
        struct loan *one = &l->loan[i];
        one->back = one->lent > world_figure(s->w, one->proc, PRIORITY_LENT);
        any |= one->back;
        if (one->lent)
            add_debtor(l, one->proc);
    }
    if (any)
        give_back(s, l);
    for (size_t i = 0; i < l->lents; i++)
        settle(s, l->loan[l->lent[i]]);
}

void inherit_settles(struct sched *s)
{
    const struct world *w = s->w;
    if (!s->keys->inherit)
        return;
    struct loans *l = s->own ? s->own : begin(w);
    s->own = l;
    if (l->as_of == w->head->lock_changes)
        return;
    l->as_of = w->head->lock_changes;
    make_room(l, w);
    find_holders(l, w);
    find_all_sleepers(l, w);
    lend_all(l, w);
    settle_all(s, l);
    forget_holders(l);
}
