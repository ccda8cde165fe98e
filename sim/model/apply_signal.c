/* apply_signal.c: dispositions, masks, and handlers entered and left. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"

void apply_ACTION(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    w->handler[(int64_t)e->proc * w->head->handlers + e->obj - 1] =
        (struct handler){e->sub, e->aux};
}

void apply_MASK(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->proc[e->proc].mask = (uint64_t)e->val;
}

void apply_PENDING(struct world *w, const struct trace *tr,
                   const struct event *e)
{
    (void)tr;
    w->proc[e->proc].pending = (uint64_t)e->val;
}

void apply_HANDLE(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    struct task *t = &w->task[e->proc];
    struct proc *p = &w->proc[e->proc];
    require(p->frames < w->head->frames);
    tick left = t->work_left;
    if (t->state == RUNNING) {
        tick end = w->cpu[t->cpu].work_end;
        left = end == TICK_NEVER ? 0 : end - e->t;
    }
    w->frame[(int64_t)e->proc * w->head->frames + p->frames++] =
        (struct frame){.pc = t->pc,
                       .phase = t->phase,
                       .wait = t->wait,
                       .sig = e->sub,
                       .disposition = (uint8_t)e->val,
                       .work_left = left,
                       .wait_obj = t->wait_obj,
                       .wait_until = t->wait_until,
                       .mask = p->mask,
                       .done = p->done};
    queue_stop_waiting(w, e->proc);
    task_set_retry(w, e->proc, false);
    t->wait = WAIT_NOTHING;
    t->wait_obj = NONE;
    task_go_to(w, e->proc, e->aux + 1);
}

void apply_RETURN(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    struct task *t = &w->task[e->proc];
    struct proc *p = &w->proc[e->proc];
    require(p->frames > 0);
    struct frame f = w->frame[(int64_t)e->proc * w->head->frames + --p->frames];
    task_go_to(w, e->proc, f.pc);
    p->mask = f.mask;
    p->done = f.done;
    t->phase = f.phase;
    t->wait = f.wait;
    t->wait_obj = f.wait_obj;
    t->wait_until = f.wait_until;
    if (f.phase == PHASE_WORK)
        task_set_work(w, e->proc, e->t, f.work_left);
}
