/* world_process.c: questions about a process: how long it was in a state, who a
 * name means, how it answers a signal, who stands in a line. */
#include "sim/base/promises.h"
#include "sim/base/str.h"
#include "sim/model/world.h"

tick world_spent(const struct world *w, int proc, enum state s)
{
    const struct task *t = &w->task[proc];
    tick now = t->state == s ? w->head->now - t->since : 0;
    return w->proc[proc].spent[s] + now;
}

tick world_slice_left(const struct world *w, int proc)
{
    const struct task *t = &w->task[proc];
    if (t->state != RUNNING)
        return t->slice_left;
    tick end = w->cpu[t->cpu].slice_end;
    return end == TICK_NEVER ? TICK_NEVER : end - w->head->now;
}

void world_write_name(const struct world *w, int proc, struct str *out)
{
    const struct proc *p = &w->proc[proc];
    str_add(out, w->scenario->processes[p->def].name);
    if (p->number > 1)
        str_addf(out, ".%d", (int)p->number);
}

/* The number-th of a definition, reaped or not. */
static int numbered(const struct world *w, int32_t def, int32_t number)
{
    for (int i = w->instances[def].here.head; i != NONE;
         i = w->proc[i].same.next)
        if (w->proc[i].number == number)
            return i;
    for (int i = 0; i < w->head->procs; i++)
        if (w->proc[i].def == def && w->proc[i].number == number)
            return i;
    return NONE;
}

/* The oldest of a definition that was ever a child of `parent`. */
static int oldest_child(const struct world *w, int32_t def, int parent)
{
    for (int i = w->instances[def].oldest; i != NONE && i < w->head->procs; i++)
        if (w->proc[i].def == def && w->proc[i].parent == parent)
            return i;
    return NONE;
}

int world_process(const struct world *w, int64_t ref, int caller)
{
    int32_t def = (int32_t)(ref & 0xffffffff);
    int32_t number = (int32_t)(ref >> 32) + 1;
    const struct instances *all = &w->instances[def];
    if (number > 1)
        return numbered(w, def, number);
    if (caller == NONE)
        return all->here.count ? all->here.head : all->oldest;
    for (int i = w->proc[caller].children.head; i != NONE;
         i = w->proc[i].sibling.next)
        if (w->proc[i].def == def)
            return i;
    return oldest_child(w, def, caller);
}

struct handler world_handler(const struct world *w, int proc, int sig)
{
    require(sig > 0 && sig <= SIGNALS);
    if (!w->head->handlers)
        return (struct handler){SIG_DEFAULT, NONE};
    return w->handler[(int64_t)proc * w->head->handlers + sig - 1];
}

bool world_handles(const struct world *w, int proc, int sig)
{
    int d = world_handler(w, proc, sig).disposition;
    return d == SIG_HANDLED || d == SIG_HANDLED_RESTART;
}

int world_queue(const struct world *w, const struct queue *q, int *to, int room)
{
    int n = 0;
    for (int i = q->head; i != NONE && n < room; i = w->task[i].line.next)
        to[n++] = i;
    return n;
}
