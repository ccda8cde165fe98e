/* apply_change.c: processes change their states, in all the ways there are. */
#include "sim/model/apply.h"

/* A CPU that was switching to `proc` does so no longer. */
static void stop_switch(struct world *w, const struct event *e)
{
    for (int i = 0; i < w->head->cpus; i++) {
        struct cpu *c = &w->cpu[i];
        if (c->next != e->proc)
            continue;
        c->switching -= c->switched - e->t;
        c->next = NONE;
    }
}

static void take_memory(struct world *w, int proc)
{
    struct task *t = &w->task[proc];
    if (t->flags & TASK_HOLDS)
        return;
    t->flags |= TASK_HOLDS;
    w->head->memory_used += world_need(w, proc);
}

static void give_memory(struct world *w, int proc)
{
    struct task *t = &w->task[proc];
    if (!(t->flags & TASK_HOLDS))
        return;
    t->flags &= (uint8_t)~TASK_HOLDS;
    w->head->memory_used -= world_need(w, proc);
}

static void admit(struct world *w, const struct event *e)
{
    queue_want_no_more(w, e->proc);
    w->task[e->proc].flags |= TASK_ADMITTED;
    w->proc[e->proc].admitted = e->t;
    w->head->slots_used++;
    take_memory(w, e->proc);
}

static void suspend(struct world *w, const struct event *e)
{
    if (e->obj == WHY_STOP_SIGNAL)
        w->task[e->proc].flags |= TASK_STOPPED;
    else
        give_memory(w, e->proc);
}

static void activate(struct world *w, const struct event *e)
{
    queue_want_no_more(w, e->proc);
    w->task[e->proc].flags &= (uint8_t)~TASK_STOPPED;
    take_memory(w, e->proc);
}

static void terminate(struct world *w, const struct event *e)
{
    struct task *t = &w->task[e->proc];
    queue_want_no_more(w, e->proc);
    task_set_retry(w, e->proc, false);
    t->flags &= (uint8_t)~TASK_STOPPED;
    t->flags |= TASK_ZOMBIE;
    t->wait = WAIT_NOTHING;
    t->phase = PHASE_FETCH;
    t->work_left = t->slice_left = 0;
    sem_forget_holds(w, e->proc);
    w->proc[e->proc].finish = e->t;
    w->head->alive--;
    w->head->zombies++;
    give_memory(w, e->proc);
}

/* The transitions that do more than change the state. */
static void settle_transition(struct world *w, const struct event *e)
{
    switch ((enum transition)e->sub) {
    case T_ADMIT:
        admit(w, e);
        break;
    case T_SUSPEND:
        suspend(w, e);
        break;
    case T_ACTIVATE:
    case T_RESLEEP:
        activate(w, e);
        break;
    case T_EXIT:
    case T_KILL:
        terminate(w, e);
        break;
    default:
        break;
    }
}

void state_change(struct world *w, const struct event *e, enum state from,
                  enum state to)
{
    require(to != NOWHERE);
    struct task *t = &w->task[e->proc];
    struct proc *p = &w->proc[e->proc];
    if (from == RUNNING) {
        bool own = e->sub == T_BLOCK || e->sub == T_YIELD || e->sub == T_EXIT;
        task_renew(w, e->proc);
        cpu_leave(&w->cpu[t->cpu], t, e);
        p->switches_voluntary += own;
        p->switches_involuntary += !own;
    } else if (from == READY) {
        if (t->flags & TASK_QUEUED)
            ready_leave(w, e->proc);
        stop_switch(w, e);
    } else if (to != BLOCKED && to != BLOCKED_SUSPENDED) {
        queue_stop_waiting(w, e->proc);
    }
    settle_transition(w, e);
    state_pass(w->head, t, p, e->t, from, to);
    if (to == READY)
        ready_join(w, e->proc);
}
