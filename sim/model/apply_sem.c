/* apply_sem.c: semaphores, what will be undone, and who holds what.
 *
 * The semaphores of a set lie one behind the other. What a set leaves behind
 * when it goes is taken by the next one that fits into it; the rest stays for
 * others. Free places among `undo` and `hold` are all alike. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"
#include "sim/model/areas.h"

static const struct undo no_undo = {NONE, NONE, NONE, 0};
static const struct hold no_hold = {NONE, NONE, 0};

/* ---- sets ---- */

/* A set that is gone and leaves room for `nsems`; NONE: there is none. */
static int left_over(const struct world *w, int nsems)
{
    for (int i = 0; i < w->head->semsets; i++)
        if (w->semset[i].ipc.gone && w->semset[i].room >= nsems)
            return i;
    return NONE;
}

static void give_memory(struct world *w, struct semset *set)
{
    int old = left_over(w, set->nsems);
    if (old != NONE) {
        struct semset *o = &w->semset[old];
        set->first = o->first;
        set->room = set->nsems;
        o->first += set->nsems;
        o->room -= set->nsems;
        return;
    }
    set->first = w->head->sems;
    set->room = set->nsems;
    world_make_room(w, AREA_SEM, set->first + set->nsems);
    w->head->sems += set->nsems;
}

void apply_SEMSET(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    require(e->obj == w->head->semsets);
    struct semset set = {
        .ipc = {.key = e->val, .maker = e->proc, .var = e->aux},
        .nsems = e->cpu,
        .alter = {NONE, NONE, 0},
        .zero = {NONE, NONE, 0}};
    give_memory(w, &set);
    world_make_room(w, AREA_SEMSET, e->obj + 1);
    w->head->semsets++;
    w->semset[e->obj] = set;
    for (int i = 0; i < set.room; i++)
        w->sem[set.first + i] = (struct sem){.pid = NONE,
                                             .set = e->obj,
                                             .alter = {NONE, NONE, 0},
                                             .zero = {NONE, NONE, 0}};
}

void apply_SEMSET_MODE(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->semset[e->obj].ipc.mode = (int32_t)e->val;
}

/* Its sleepers stand in its lines until they are told. */
void apply_SEMSET_GONE(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->semset[e->obj].ipc.gone = 1;
    w->head->lock_changes++;
    for (int64_t i = 0; i < w->head->undos; i++)
        if (w->undo[i].set == e->obj)
            w->undo[i] = no_undo;
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].proc != NONE && w->sem[w->hold[i].sem].set == e->obj)
            w->hold[i] = no_hold;
}

/* ---- who holds what ---- */

/* The place of what `proc` holds of `sem`; NONE: it holds nothing. */
static int64_t find_hold(const struct world *w, int proc, int sem)
{
    int64_t i = 0;
    while (i < w->head->holds &&
           (w->hold[i].proc != proc || w->hold[i].sem != sem))
        i++;
    return i < w->head->holds ? i : NONE;
}

static int64_t free_hold(struct world *w)
{
    int64_t i = 0;
    while (i < w->head->holds && w->hold[i].proc != NONE)
        i++;
    if (i == w->head->holds) {
        world_make_room(w, AREA_HOLD, i + 1);
        w->head->holds++;
    }
    return i;
}

static void hold_change(struct world *w, int64_t i, int count)
{
    w->hold[i].count += count;
    if (w->hold[i].count <= 0)
        w->hold[i] = no_hold;
}

static void sem_take(struct world *w, int proc, int sem, int count)
{
    int64_t i = find_hold(w, proc, sem);
    if (i == NONE) {
        i = free_hold(w);
        w->hold[i] = (struct hold){proc, sem, 0};
    }
    hold_change(w, i, count);
}

/* The place of the only one that holds `sem`; NONE: nobody does, or several. */
static int64_t only_hold(const struct world *w, int sem)
{
    int64_t found = NONE;
    for (int64_t i = 0; i < w->head->holds; i++) {
        if (w->hold[i].proc == NONE || w->hold[i].sem != sem)
            continue;
        if (found != NONE)
            return NONE;
        found = i;
    }
    return found;
}

static void forget_holders(struct world *w, int sem)
{
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].sem == sem)
            w->hold[i] = no_hold;
}

/* A lock comes back from who has it, or from who ends the work for the one
 * that has it (the last reader). Where more comes than that, `sem` is no lock
 * but counts what happened; unless its maker gives it its first value so. */
static void sem_give(struct world *w, int proc, int sem, int count)
{
    int64_t i = find_hold(w, proc, sem);
    if (i == NONE)
        i = only_hold(w, sem);
    if (i != NONE && w->hold[i].count >= count) {
        hold_change(w, i, -count);
        return;
    }
    if (i == NONE && w->semset[w->sem[sem].set].ipc.maker == proc)
        return;
    w->sem[sem].signal = 1;
    forget_holders(w, sem);
}

void sem_forget_holds(struct world *w, int proc)
{
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].proc == proc)
            w->hold[i] = no_hold;
    w->head->lock_changes += w->head->holds > 0;
}

/* ---- semaphores ---- */

void apply_SEM(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->head->lock_changes++;
    w->sem[e->obj].value = (int32_t)e->val;
    w->sem[e->obj].pid = e->proc;
    if (e->sub == SEM_BY_SETTING) {
        w->sem[e->obj].signal = 0;
        forget_holders(w, e->obj);
    } else if (e->sub == SEM_BY_OPERATION && !w->sem[e->obj].signal) {
        if (e->aux < 0)
            sem_take(w, e->proc, e->obj, -e->aux);
        else if (e->aux > 0)
            sem_give(w, e->proc, e->obj, e->aux);
    }
}

void apply_SEM_AT(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    w->proc[e->proc].blocking = (int32_t)e->val;
    w->head->lock_changes++;
}

/* ---- what will be undone ---- */

static int64_t find_undo(const struct world *w, const struct event *e)
{
    int64_t i = 0;
    while (i < w->head->undos &&
           (w->undo[i].proc != e->proc || w->undo[i].set != e->aux ||
            w->undo[i].sem != e->obj))
        i++;
    return i < w->head->undos ? i : NONE;
}

static int64_t free_undo(struct world *w)
{
    int64_t i = 0;
    while (i < w->head->undos && w->undo[i].proc != NONE)
        i++;
    if (i == w->head->undos) {
        world_make_room(w, AREA_UNDO, i + 1);
        w->head->undos++;
    }
    return i;
}

static void forget(struct world *w, const struct event *e)
{
    for (int64_t i = 0; i < w->head->undos; i++)
        if (w->undo[i].proc == e->proc && w->undo[i].set == e->aux)
            w->undo[i] = no_undo;
}

void apply_UNDO(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    if (e->sub == UNDO_OVER) {
        forget(w, e);
        return;
    }
    int64_t i = find_undo(w, e);
    if (i == NONE)
        i = free_undo(w);
    if (e->sub == UNDO_ADJUST && e->val == 0)
        w->undo[i] = no_undo;
    else
        w->undo[i] = (struct undo){e->proc, e->aux, e->obj, (int32_t)e->val};
}
