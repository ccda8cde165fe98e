/* apply_kin.c: who is whose child, and who is of the same definition.
 *
 * A process stands in two lists from its birth until somebody has waited for
 * it: among its parent's children and among those of its definition, in both
 * behind its elders. So ending and waiting cost as much as there are children,
 * however many processes there ever were. */
#include "sim/model/apply.h"

void kin_join(struct world *w, int proc)
{
    struct proc *p = &w->proc[proc];
    struct instances *all = &w->instances[p->def];
    if (p->parent != INIT_PROC)
        list_join(&w->proc[p->parent].children, &w->proc->sibling, sizeof *p,
                  proc);
    if (all->oldest == NONE)
        all->oldest = proc;
    list_join(&all->here, &w->proc->same, sizeof *p, proc);
}

void kin_leave_parent(struct world *w, int proc)
{
    int parent = w->proc[proc].parent;
    if (parent != INIT_PROC)
        list_leave(&w->proc[parent].children, &w->proc->sibling,
                   sizeof *w->proc, proc);
}

void kin_leave(struct world *w, int proc)
{
    kin_leave_parent(w, proc);
    list_leave(&w->instances[w->proc[proc].def].here, &w->proc->same,
               sizeof *w->proc, proc);
}
