/* apply_state.c: processes get CPUs and give them back.
 *
 * A decision of the scheduler is two changes of state, off the CPU and on to
 * it, and a run is mostly that: these two have quick ways of their own here.
 * All the other arrows are in apply_change.c. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"

static inline void enter_cpu(struct cpu *c, struct task *t, struct proc *p,
                             const struct event *e)
{
    check(c->proc == NONE);
    c->switches += c->last != NONE && c->last != e->proc;
    c->proc = e->proc;
    c->next = NONE;
    c->since = e->t;
    c->slice_length = e->val;
    c->slice_end = e->val ? e->t + e->val : TICK_NEVER;
    c->work_end = t->phase == PHASE_WORK ? e->t + t->work_left : TICK_NEVER;
    t->cpu = (int16_t)e->cpu;
    if (p->spent[RUNNING] == 0 && p->first_run < 0)
        p->first_run = e->t;
}

static inline void dispatch(struct world *w, const struct event *e)
{
    struct task *t = &w->task[e->proc];
    struct proc *p = &w->proc[e->proc];
    if (t->flags & TASK_QUEUED) /* else it was chosen before, at a SWITCH */
        ready_leave(w, e->proc);
    w->head->rested = 0;
    state_pass(w->head, t, p, e->t, READY, RUNNING);
    enter_cpu(&w->cpu[e->cpu], t, p, e);
}

static inline void undispatch(struct world *w, const struct event *e)
{
    struct task *t = &w->task[e->proc];
    struct proc *p = &w->proc[e->proc];
    cpu_leave(&w->cpu[t->cpu], t, e);
    p->switches_involuntary++;
    state_pass(w->head, t, p, e->t, RUNNING, READY);
    ready_join(w, e->proc);
}

void apply_STATE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    enum state from = (enum state)w->task[e->proc].state;
    bool off = e->sub == T_SLICE_OVER || e->sub == T_PREEMPT;
    if (e->sub == T_DISPATCH && from == READY)
        dispatch(w, e);
    else if (off && from == RUNNING && !w->head->era)
        undispatch(w, e); /* its figures are of the only era there is */
    else
        state_change(w, e, from, state_after(from, (enum transition)e->sub));
}

void apply_SWITCH(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    struct cpu *c = &w->cpu[e->cpu];
    ready_leave(w, e->proc);
    c->next = e->proc;
    c->switched = e->val;
    c->switching += e->val - e->t;
}

void apply_SLICE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct cpu *c = &w->cpu[e->cpu];
    c->slice_length = e->val;
    c->slice_end = e->val || e->sub == SLICE_REST ? e->t + e->val : TICK_NEVER;
}
