/* apply_life.c: processes come and go. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"
#include "sim/model/areas.h"

#include <string.h>

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
