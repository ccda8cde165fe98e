/* apply_state.c: processes change their states, come and go. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"
#include "sim/model/areas.h"

#include <string.h>

static void leave_cpu(struct world *w, const struct event *e)
{
    struct task *t = &w->task[e->proc];
    struct cpu *c = &w->cpu[t->cpu];
    check(c->proc == e->proc);
    if (w->proc[e->proc].era != w->head->era)
        task_renew(w, e->proc);
    t->work_left = c->work_end == TICK_NEVER ? 0 : c->work_end - e->t;
    t->slice_left = c->slice_end == TICK_NEVER ? 0 : c->slice_end - e->t;
    c->busy += e->t - c->since;
    c->proc = NONE;
    c->last = e->proc;
    c->work_end = c->slice_end = TICK_NEVER;
}

static void enter_cpu(struct world *w, const struct event *e)
{
    struct task *t = &w->task[e->proc];
    struct cpu *c = &w->cpu[e->cpu];
    check(c->proc == NONE);
    if (c->last != NONE && c->last != e->proc)
        c->switches++;
    w->head->rested = 0;
    c->proc = e->proc;
    c->next = NONE;
    c->since = e->t;
    c->slice_length = e->val;
    c->slice_end = e->val ? e->t + e->val : TICK_NEVER;
    c->work_end = t->phase == PHASE_WORK ? e->t + t->work_left : TICK_NEVER;
    t->cpu = (int16_t)e->cpu;
    struct proc *p = &w->proc[e->proc];
    if (p->first_run < 0)
        p->first_run = e->t;
}

/* A CPU that was switching to `proc` does so no longer. */
static void stop_switch(struct world *w, const struct event *e)
{
    const struct task *t = &w->task[e->proc];
    if (t->cpu < 0 || w->cpu[t->cpu].next != e->proc)
        return;
    struct cpu *c = &w->cpu[t->cpu];
    c->switching -= c->switched - e->t;
    c->next = NONE;
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

void apply_STATE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct task *t = &w->task[e->proc];
    struct proc *p = &w->proc[e->proc];
    enum state from = (enum state)t->state;
    enum state to = state_after(from, (enum transition)e->sub);
    require(to != NOWHERE);
    if (from == RUNNING) {
        leave_cpu(w, e);
    } else if (from == READY) {
        if (t->flags & TASK_QUEUED)
            ready_leave(w, e->proc);
        if (to != RUNNING)
            stop_switch(w, e);
    } else if (to != BLOCKED && to != BLOCKED_SUSPENDED) {
        queue_stop_waiting(w, e->proc);
    }
    p->spent[from] += e->t - t->since;
    t->since = e->t;
    w->head->in_state[from]--;
    w->head->in_state[to]++;
    if (e->sub == T_DISPATCH)
        enter_cpu(w, e);
    else if (e->sub != T_SLICE_OVER && e->sub != T_PREEMPT)
        settle_transition(w, e);
    if (from == RUNNING) {
        bool own = e->sub == T_BLOCK || e->sub == T_YIELD || e->sub == T_EXIT;
        p->switches_voluntary += own;
        p->switches_involuntary += !own;
    }
    t->state = (uint8_t)to;
    if (to == READY)
        ready_join(w, e->proc);
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
    w->task[e->proc].cpu = (int16_t)e->cpu;
}

void apply_SLICE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct cpu *c = &w->cpu[e->cpu];
    c->slice_length = e->val;
    c->slice_end = e->val || e->sub == SLICE_REST ? e->t + e->val : TICK_NEVER;
}

/* ---- coming and going ---- */

static void inherit(struct world *w, int parent, int child)
{
    const struct world_head *h = w->head;
    w->proc[child].nice = w->proc[parent].nice;
    w->proc[child].mask = w->proc[parent].mask;
    w->proc[child].next_address = w->proc[parent].next_address;
    memcpy(w->var + (int64_t)child * h->vars,
           w->var + (int64_t)parent * h->vars,
           sizeof *w->var * (size_t)h->vars);
    memcpy(w->handler + (int64_t)child * h->handlers,
           w->handler + (int64_t)parent * h->handlers,
           sizeof *w->handler * (size_t)h->handlers);
    for (int f = 0; f < h->fds; f++) {
        struct fd fd = w->fd[(int64_t)parent * h->fds + f];
        w->fd[(int64_t)child * h->fds + f] = fd;
        if (fd.desc != NONE)
            w->desc[fd.desc].refs++;
    }
}

/* Such a variable is -1 until it has been given one, as a careful C program
 * would have it. (A scenario that was not loaded has none.) */
static bool holds_id(const struct scenario *sc, int var)
{
    return sc->var_is_id && sc->var_is_id[var];
}

static void start_fresh(struct world *w, int proc)
{
    const struct world_head *h = w->head;
    w->proc[proc].nice = w->scenario->processes[w->proc[proc].def].nice;
    for (int f = 0; f < h->fds; f++)
        w->fd[(int64_t)proc * h->fds + f] = (struct fd){NONE, 0};
    for (int a = 0; a < h->attaches; a++)
        w->attach[(int64_t)proc * h->attaches + a] =
            (struct attach){NONE, 0, 0};
    for (int v = 0; v < h->vars; v++)
        w->var[(int64_t)proc * h->vars + v] = holds_id(w->scenario, v) ? -1 : 0;
    for (int s = 0; s < h->handlers; s++)
        w->handler[(int64_t)proc * h->handlers + s] =
            (struct handler){SIG_DEFAULT, NONE};
}

void apply_CREATE(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    require(e->proc == w->head->procs);
    world_make_room(w, AREA_TASK, w->head->procs + 1);
    w->head->procs++;
    w->head->alive++;
    w->head->in_state[NEW]++;
    const struct process_def *def = &w->scenario->processes[e->aux];
    w->task[e->proc] = (struct task){.line = {NONE, NONE},
                                     .state = NEW,
                                     .cpu = NONE,
                                     .pc = def->first,
                                     .wait_obj = NONE,
                                     .since = e->t};
    w->proc[e->proc] = (struct proc){.def = e->aux,
                                     .number = (int32_t)e->val,
                                     .parent = e->obj,
                                     .children = {NONE, NONE, 0},
                                     .sibling = {NONE, NONE},
                                     .same = {NONE, NONE},
                                     .wants = {NONE, NONE},
                                     .last_op = NONE,
                                     .arrival = e->t,
                                     .admitted = -1,
                                     .first_run = -1,
                                     .finish = -1};
    kin_join(w, e->proc);
    start_fresh(w, e->proc);
    if (e->obj != INIT_PROC)
        inherit(w, e->obj, e->proc);
    queue_want(w, e->proc);
}

void apply_WANT(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    queue_want(w, e->proc);
}

void apply_EXIT(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->proc[e->proc].exit_kind = e->sub;
    w->proc[e->proc].exit_value = (int32_t)e->val;
}

void apply_PARENT(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    kin_leave_parent(w, e->proc);
    w->proc[e->proc].parent = e->obj;
}

void apply_REAP(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct task *t = &w->task[e->proc];
    require(t->flags & TASK_ZOMBIE);
    t->flags &= (uint8_t)~TASK_ZOMBIE;
    kin_leave(w, e->proc);
    w->head->zombies--;
    if (t->flags & TASK_ADMITTED)
        w->head->slots_used--;
}
