/* apply.c: what each kind of event does to the world.
 *
 * This is the only code that writes to anything visible. One function a kind,
 * found through a table made from events.def; each does just what the event
 * says and never decides. Deciding is the engine's (sim/engine, sim/mech). */
#include "sim/model/apply.h"

#include "sim/base/promises.h"
#include "sim/scenario/ops.h"

/* ---- the program ---- */

/* The op that `proc` is at needs `left` ticks from now on. */
void task_set_work(struct world *w, int proc, tick now, tick left)
{
    struct task *t = &w->task[proc];
    t->phase = PHASE_WORK;
    if (t->state == RUNNING)
        w->cpu[t->cpu].work_end = now + left;
    else
        t->work_left = left;
}

void task_go_to(struct world *w, int proc, int32_t pc)
{
    struct task *t = &w->task[proc];
    t->pc = pc;
    t->phase = PHASE_FETCH;
    if (t->state == RUNNING)
        w->cpu[t->cpu].work_end = TICK_NEVER;
    else
        t->work_left = 0;
}

void apply_AT(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->task[e->proc].pc = e->aux;
    task_set_work(w, e->proc, e->t, e->val);
}

void apply_LOOP(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    if (e->obj != NONE)
        w->loop[(int64_t)e->proc * w->head->loops + e->obj] = e->val;
    task_go_to(w, e->proc, e->aux);
}

void apply_VAR(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->var[(int64_t)e->proc * w->head->vars + e->obj] = e->val;
}

void apply_OP(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct proc *p = &w->proc[e->proc];
    struct task *t = &w->task[e->proc];
    p->last_op = e->aux;
    p->last_ret = e->val;
    p->last_errno = e->sub;
    queue_stop_waiting(w, e->proc);
    task_set_retry(w, e->proc, false);
    t->wait = WAIT_NOTHING;
    t->wait_obj = NONE;
    const struct op *op = &w->scenario->ops[e->aux];
    bool skips = op->verb == OP_signal && op->end > e->aux;
    task_go_to(w, e->proc, skips ? op->end + 1 : e->aux + 1);
}

/* ---- sleeping ---- */

void apply_BLOCK(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct task *t = &w->task[e->proc];
    t->pc = e->aux;
    t->phase = PHASE_ASLEEP;
    t->wait = e->sub;
    t->wait_obj = e->obj;
    t->wait_until = e->val;
    if (t->state == RUNNING)
        w->cpu[t->cpu].work_end = TICK_NEVER;
    w->proc[e->proc].asked = (int64_t)w->head->events;
    w->proc[e->proc].peers = 0;
    w->proc[e->proc].blocking = 0;
    struct queue *q = queue_waited_in(w, e->sub, e->obj);
    if (q)
        queue_join(w, q, e->proc);
    queue_noted(w, e->sub);
}

void apply_REQUEUE(struct world *w, const struct trace *tr,
                   const struct event *e)
{
    (void)tr;
    queue_stop_waiting(w, e->proc);
    task_set_retry(w, e->proc, false);
    w->task[e->proc].wait = e->sub;
    w->task[e->proc].wait_obj = e->obj;
    w->proc[e->proc].peers = 0;
    struct queue *q = queue_waited_in(w, e->sub, e->obj);
    if (q)
        queue_join(w, q, e->proc);
    queue_noted(w, e->sub);
}

void apply_UNQUEUE(struct world *w, const struct trace *tr,
                   const struct event *e)
{
    (void)tr;
    queue_stop_waiting(w, e->proc);
    task_set_retry(w, e->proc, true);
}

void apply_SERVE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    queue_stop_waiting(w, e->proc);
    w->device[e->obj].serving = e->proc;
    w->task[e->proc].wait_until = e->val;
}

void apply_FREE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->device[e->obj].serving = NONE;
}

void apply_PROGRESS(struct world *w, const struct trace *tr,
                    const struct event *e)
{
    (void)tr;
    w->proc[e->proc].done = e->val;
}

/* ---- the rest ---- */

void apply_NICE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->proc[e->proc].nice = (int32_t)e->val;
}

void apply_USER(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->head->actions += e->cpu == 1;
    w->head->stop = STOP_NOT;
    w->head->stuck = 0;
}

void apply_DEADLOCK(struct world *w, const struct trace *tr,
                    const struct event *e)
{
    (void)tr;
    (void)e;
    w->head->stuck = 1;
}

void apply_STOP(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->head->stop = e->sub;
}

void apply_REAL(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->head->evidence++;
    w->proc[e->proc].real_pid = (int32_t)e->val;
}

void apply_KERNEL(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    w->head->evidence++;
    if (e->sub == SEEN_LETTER)
        w->proc[e->proc].letter = (uint8_t)e->val;
}

void apply_CONFIRM(struct world *w, const struct trace *tr,
                   const struct event *e)
{
    (void)tr;
    (void)e;
    w->head->evidence++;
    w->head->confirmed++;
}

void apply_DIVERGE(struct world *w, const struct trace *tr,
                   const struct event *e)
{
    (void)tr;
    (void)e;
    w->head->diverged++;
}

/* The next two are told for people: what they cause are events of their own. */

void apply_SIGNAL(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)w;
    (void)tr;
    (void)e;
}

void apply_CHOICE(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)w;
    (void)tr;
    (void)e;
}

void apply_LAST(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    if (e->sub == MECH_SHM)
        w->shm[e->obj].last = e->proc;
    else
        w->sem[e->obj].pid = e->proc;
}

typedef void applier(struct world *, const struct trace *,
                     const struct event *);

static applier *const appliers[EVENT_COUNT] = {
#define EVENT(name, step, about) [EV_##name] = apply_##name,
#include "sim/model/events.def"
#undef EVENT
};

void world_apply(struct world *w, const struct trace *tr, const struct event *e)
{
    check(e->kind < EVENT_COUNT && e->t >= w->head->now);
    w->head->now = e->t;
    w->head->events++;
    if (e->kind == EV_STATE) /* by far the most frequent */
        apply_STATE(w, tr, e);
    else
        appliers[e->kind](w, tr, e);
}
