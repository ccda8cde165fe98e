/* apply_kin.c: who is whose child, and who is of the same definition.
 *
 * A process stands in two lists from its birth until somebody has waited for
 * it: among its parent's children and among those of its definition, in both
 * behind its elders. So ending and waiting cost as much as there are children,
 * however many processes there ever were. */
#include "sim/model/apply.h"

static void join_siblings(struct world *w, int proc)
{
    struct proc *p = &w->proc[proc];
    p->child_first = p->child_last = NONE;
    p->sibling_next = p->sibling_prev = NONE;
    if (p->parent == INIT_PROC)
        return;
    struct proc *parent = &w->proc[p->parent];
    p->sibling_prev = parent->child_last;
    if (parent->child_last == NONE)
        parent->child_first = proc;
    else
        w->proc[parent->child_last].sibling_next = proc;
    parent->child_last = proc;
}

static void join_instances(struct world *w, int proc)
{
    struct proc *p = &w->proc[proc];
    struct instances *all = &w->instances[p->def];
    p->same_next = NONE;
    p->same_prev = all->last;
    if (all->oldest == NONE)
        all->oldest = proc;
    if (all->last == NONE)
        all->first = proc;
    else
        w->proc[all->last].same_next = proc;
    all->last = proc;
}

void kin_join(struct world *w, int proc)
{
    join_siblings(w, proc);
    join_instances(w, proc);
}

void kin_leave_parent(struct world *w, int proc)
{
    struct proc *p = &w->proc[proc];
    if (p->parent == INIT_PROC)
        return;
    struct proc *parent = &w->proc[p->parent];
    if (p->sibling_prev == NONE)
        parent->child_first = p->sibling_next;
    else
        w->proc[p->sibling_prev].sibling_next = p->sibling_next;
    if (p->sibling_next == NONE)
        parent->child_last = p->sibling_prev;
    else
        w->proc[p->sibling_next].sibling_prev = p->sibling_prev;
    p->sibling_next = p->sibling_prev = NONE;
}

void kin_leave(struct world *w, int proc)
{
    struct proc *p = &w->proc[proc];
    struct instances *all = &w->instances[p->def];
    kin_leave_parent(w, proc);
    if (p->same_prev == NONE)
        all->first = p->same_next;
    else
        w->proc[p->same_prev].same_next = p->same_next;
    if (p->same_next == NONE)
        all->last = p->same_prev;
    else
        w->proc[p->same_next].same_prev = p->same_prev;
    p->same_next = p->same_prev = NONE;
}
