/* apply.c: what each kind of event does to the world.
 *
 * This is the only code that writes to anything visible. One function a kind,
 * found through a table made from events.def; each does just what the event
 * says and never decides. Deciding is the engine's (sim/engine, sim/mech). */
#include "sim/base/promises.h"
#include "sim/model/areas.h"
#include "sim/scenario/ops.h"

#include <string.h>

/* ---- queues ---- */

static void join(struct world *w, struct queue *q, int proc)
{
    struct task *t = &w->task[proc];
    check(!(t->flags & TASK_QUEUED));
    t->prev = q->tail;
    t->next = NONE;
    if (q->tail == NONE)
        q->head = proc;
    else
        w->task[q->tail].next = proc;
    q->tail = proc;
    q->count++;
    t->flags |= TASK_QUEUED;
}

static void leave(struct world *w, struct queue *q, int proc)
{
    struct task *t = &w->task[proc];
    check(t->flags & TASK_QUEUED);
    if (t->prev == NONE)
        q->head = t->next;
    else
        w->task[t->prev].next = t->next;
    if (t->next == NONE)
        q->tail = t->prev;
    else
        w->task[t->next].prev = t->prev;
    q->count--;
    t->next = t->prev = NONE;
    t->flags &= (uint8_t)~TASK_QUEUED;
}

/* The queue a sleeper of kind `wait` on `obj` waits in; NULL: in none. */
static struct queue *wait_queue(struct world *w, int wait, int32_t obj)
{
    switch (wait) {
    case WAIT_DEVICE: return obj == NONE ? NULL : &w->device[obj].waiting;
    case WAIT_READ: return &w->pipe[obj].read_wait;
    case WAIT_WRITE: return &w->pipe[obj].write_wait;
    default: return NULL;
    }
}

/* Takes a sleeper out of the queue of what it waits for, if it is in one. */
static void stop_waiting(struct world *w, int proc)
{
    struct task *t = &w->task[proc];
    if (t->flags & TASK_QUEUED && t->state != READY)
        leave(w, wait_queue(w, t->wait, t->wait_obj), proc);
}

static void want(struct world *w, int proc)
{
    struct queue *q = &w->head->admission;
    struct proc *p = &w->proc[proc];
    p->wants_prev = q->tail;
    p->wants_next = NONE;
    if (q->tail == NONE)
        q->head = proc;
    else
        w->proc[q->tail].wants_next = proc;
    q->tail = proc;
    q->count++;
    w->task[proc].flags |= TASK_WANTS;
}

static void want_no_more(struct world *w, int proc)
{
    struct queue *q = &w->head->admission;
    struct proc *p = &w->proc[proc];
    if (!(w->task[proc].flags & TASK_WANTS))
        return;
    if (p->wants_prev == NONE)
        q->head = p->wants_next;
    else
        w->proc[p->wants_prev].wants_next = p->wants_next;
    if (p->wants_next == NONE)
        q->tail = p->wants_prev;
    else
        w->proc[p->wants_next].wants_prev = p->wants_prev;
    q->count--;
    p->wants_next = p->wants_prev = NONE;
    w->task[proc].flags &= (uint8_t)~TASK_WANTS;
}

static void set_retry(struct world *w, int proc, bool on)
{
    struct task *t = &w->task[proc];
    if (on == !!(t->flags & TASK_RETRY))
        return;
    t->flags ^= TASK_RETRY;
    w->head->retries += on ? 1 : -1;
}

/* ---- states ---- */

static void leave_cpu(struct world *w, const struct event *e)
{
    struct task *t = &w->task[e->proc];
    struct cpu *c = &w->cpu[t->cpu];
    check(c->proc == e->proc);
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
    w->head->memory_used += w->scenario->processes[w->proc[proc].def].memory;
}

static void give_memory(struct world *w, int proc)
{
    struct task *t = &w->task[proc];
    if (!(t->flags & TASK_HOLDS))
        return;
    t->flags &= (uint8_t)~TASK_HOLDS;
    w->head->memory_used -= w->scenario->processes[w->proc[proc].def].memory;
}

/* The transitions that do more than change the state. */
static void admit(struct world *w, const struct event *e)
{
    want_no_more(w, e->proc);
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
    want_no_more(w, e->proc);
    w->task[e->proc].flags &= (uint8_t)~TASK_STOPPED;
    take_memory(w, e->proc);
}

static void terminate(struct world *w, const struct event *e)
{
    struct task *t = &w->task[e->proc];
    want_no_more(w, e->proc);
    set_retry(w, e->proc, false);
    t->flags &= (uint8_t)~TASK_STOPPED;
    t->flags |= TASK_ZOMBIE;
    t->wait = WAIT_NOTHING;
    t->phase = PHASE_FETCH;
    t->work_left = t->slice_left = 0;
    w->proc[e->proc].finish = e->t;
    w->head->alive--;
    w->head->zombies++;
    give_memory(w, e->proc);
}

static int32_t *counter(struct world_head *h, int state)
{
    static int32_t nobody;
    switch (state) {
    case READY: return &h->ready_count;
    case RUNNING: return &h->running_count;
    case BLOCKED: return &h->blocked_count;
    default: return &nobody;
    }
}

static void apply_STATE(struct world *w, const struct trace *tr,
                        const struct event *e)
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
            leave(w, &w->ready[t->queue], e->proc);
        if (to != RUNNING)
            stop_switch(w, e);
    } else if (to != BLOCKED && to != BLOCKED_SUSPENDED) {
        stop_waiting(w, e->proc);
    }
    p->spent[from] += e->t - t->since;
    t->since = e->t;
    --*counter(w->head, from);
    ++*counter(w->head, to);
    if (from == RUNNING) {
        if (e->sub == T_SLICE_OVER || e->sub == T_PREEMPT)
            p->switches_involuntary++;
        else
            p->switches_voluntary++;
    }
    switch ((enum transition)e->sub) {
    case T_ADMIT: admit(w, e); break;
    case T_DISPATCH: enter_cpu(w, e); break;
    case T_SUSPEND: suspend(w, e); break;
    case T_ACTIVATE:
    case T_RESLEEP: activate(w, e); break;
    case T_EXIT:
    case T_KILL: terminate(w, e); break;
    default: break;
    }
    t->state = (uint8_t)to;
    if (to == READY)
        join(w, &w->ready[t->queue], e->proc);
}

static void apply_SWITCH(struct world *w, const struct trace *tr,
                         const struct event *e)
{
    (void)tr;
    struct cpu *c = &w->cpu[e->cpu];
    leave(w, &w->ready[w->task[e->proc].queue], e->proc);
    c->next = e->proc;
    c->switched = e->val;
    c->switching += e->val - e->t;
    w->task[e->proc].cpu = (int16_t)e->cpu;
}

static void apply_SLICE(struct world *w, const struct trace *tr,
                        const struct event *e)
{
    (void)tr;
    struct cpu *c = &w->cpu[e->cpu];
    c->slice_length = e->val;
    c->slice_end = e->t + e->val;
}

/* ---- coming and going ---- */

static void inherit(struct world *w, int parent, int child)
{
    const struct world_head *h = w->head;
    w->proc[child].nice = w->proc[parent].nice;
    w->proc[child].mask = w->proc[parent].mask;
    memcpy(w->var + (int64_t)child * h->vars, w->var + (int64_t)parent * h->vars,
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

static void start_fresh(struct world *w, int proc)
{
    const struct world_head *h = w->head;
    w->proc[proc].nice = w->scenario->processes[w->proc[proc].def].nice;
    for (int f = 0; f < h->fds; f++)
        w->fd[(int64_t)proc * h->fds + f] = (struct fd){NONE, 0};
    for (int v = 0; v < h->vars; v++)
        w->var[(int64_t)proc * h->vars + v] = 0;
    for (int s = 0; s < h->handlers; s++)
        w->handler[(int64_t)proc * h->handlers + s] =
            (struct handler){SIG_DEFAULT, NONE};
}

static void apply_CREATE(struct world *w, const struct trace *tr,
                         const struct event *e)
{
    (void)tr;
    require(e->proc == w->head->procs);
    world_make_room(w, AREA_TASK, w->head->procs + 1);
    w->head->procs++;
    w->head->alive++;
    const struct process_def *def = &w->scenario->processes[e->aux];
    w->task[e->proc] = (struct task){.next = NONE, .prev = NONE, .state = NEW,
                                     .cpu = NONE, .pc = def->first,
                                     .wait_obj = NONE, .since = e->t};
    w->proc[e->proc] = (struct proc){
        .def = e->aux, .number = (int32_t)e->val, .parent = e->obj,
        .wants_next = NONE, .wants_prev = NONE, .last_op = NONE, .arrival = e->t, .admitted = -1, .first_run = -1,
        .finish = -1};
    start_fresh(w, e->proc);
    if (e->obj != INIT_PROC)
        inherit(w, e->obj, e->proc);
    want(w, e->proc);
}

static void apply_WANT(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    want(w, e->proc);
}

static void apply_EXIT(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->proc[e->proc].exit_kind = e->sub;
    w->proc[e->proc].exit_value = (int32_t)e->val;
}

static void apply_PARENT(struct world *w, const struct trace *tr,
                         const struct event *e)
{
    (void)tr;
    w->proc[e->proc].parent = e->obj;
}

static void apply_REAP(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    struct task *t = &w->task[e->proc];
    require(t->flags & TASK_ZOMBIE);
    t->flags &= (uint8_t)~TASK_ZOMBIE;
    w->head->zombies--;
    if (t->flags & TASK_ADMITTED)
        w->head->slots_used--;
}

/* ---- the program ---- */

/* The op that `proc` is at needs `left` ticks from now on. */
static void set_work(struct world *w, int proc, tick now, tick left)
{
    struct task *t = &w->task[proc];
    t->phase = PHASE_WORK;
    if (t->state == RUNNING)
        w->cpu[t->cpu].work_end = now + left;
    else
        t->work_left = left;
}

static void go_to(struct world *w, int proc, int32_t pc)
{
    struct task *t = &w->task[proc];
    t->pc = pc;
    t->phase = PHASE_FETCH;
    if (t->state == RUNNING)
        w->cpu[t->cpu].work_end = TICK_NEVER;
    else
        t->work_left = 0;
}

static void apply_AT(struct world *w, const struct trace *tr,
                     const struct event *e)
{
    (void)tr;
    w->task[e->proc].pc = e->aux;
    set_work(w, e->proc, e->t, e->val);
}

static void apply_LOOP(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->loop[(int64_t)e->proc * w->head->loops + e->obj] = e->val;
    go_to(w, e->proc, e->aux);
}

static void apply_VAR(struct world *w, const struct trace *tr,
                      const struct event *e)
{
    (void)tr;
    w->var[(int64_t)e->proc * w->head->vars + e->obj] = e->val;
}

static void apply_OP(struct world *w, const struct trace *tr,
                     const struct event *e)
{
    (void)tr;
    struct proc *p = &w->proc[e->proc];
    struct task *t = &w->task[e->proc];
    p->last_op = e->aux;
    p->last_ret = e->val;
    p->last_errno = e->sub;
    stop_waiting(w, e->proc);
    set_retry(w, e->proc, false);
    t->wait = WAIT_NOTHING;
    t->wait_obj = NONE;
    const struct op *op = &w->scenario->ops[e->aux];
    bool skips = op->verb == OP_signal && op->end > e->aux;
    go_to(w, e->proc, skips ? op->end + 1 : e->aux + 1);
}

/* ---- sleeping ---- */

static void apply_BLOCK(struct world *w, const struct trace *tr,
                        const struct event *e)
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
    struct queue *q = wait_queue(w, e->sub, e->obj);
    if (q)
        join(w, q, e->proc);
}

static void apply_REQUEUE(struct world *w, const struct trace *tr,
                          const struct event *e)
{
    (void)tr;
    stop_waiting(w, e->proc);
    set_retry(w, e->proc, false);
    struct queue *q = wait_queue(w, e->sub, e->obj);
    if (q)
        join(w, q, e->proc);
}

static void apply_UNQUEUE(struct world *w, const struct trace *tr,
                          const struct event *e)
{
    (void)tr;
    stop_waiting(w, e->proc);
    set_retry(w, e->proc, true);
}

static void apply_SERVE(struct world *w, const struct trace *tr,
                        const struct event *e)
{
    (void)tr;
    stop_waiting(w, e->proc);
    w->device[e->obj].serving = e->proc;
    w->task[e->proc].wait_until = e->val;
}

static void apply_FREE(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->device[e->obj].serving = NONE;
}

static void apply_PROGRESS(struct world *w, const struct trace *tr,
                           const struct event *e)
{
    (void)tr;
    w->proc[e->proc].done = e->val;
}

/* ---- descriptors and pipes ---- */

static int32_t *openers(struct world *w, const struct desc *d)
{
    struct pipe *p = &w->pipe[d->object];
    return d->kind == DESC_PIPE_READ ? &p->readers : &p->writers;
}

static void apply_DESC(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    world_make_room(w, AREA_DESC, e->obj + 1);
    if (e->obj == w->head->descs)
        w->head->descs++;
    struct desc *d = &w->desc[e->obj];
    if (d->kind == DESC_NONE) {
        *d = (struct desc){.kind = e->sub, .object = e->aux};
        ++*openers(w, d);
    }
    d->nonblock = (int32_t)e->val;
}

static void apply_FD(struct world *w, const struct trace *tr,
                     const struct event *e)
{
    (void)tr;
    struct fd *fd = &w->fd[(int64_t)e->proc * w->head->fds + e->obj];
    if (fd->desc != NONE) {
        struct desc *d = &w->desc[fd->desc];
        if (--d->refs == 0) {
            --*openers(w, d);
            *d = (struct desc){0};
        }
    }
    *fd = (struct fd){(int32_t)e->val, e->sub};
    if (e->val != NONE)
        w->desc[e->val].refs++;
}

static int32_t power_of_two(int64_t n)
{
    int32_t p = 1;
    while (p < n)
        p *= 2;
    return p;
}

/* Gives pipe `i` a new ring with room for `slots` pages and moves its pages. */
static void new_ring(struct world *w, int i, int64_t slots)
{
    int32_t room = power_of_two(slots);
    int64_t ring = w->head->pages;
    world_make_room(w, AREA_PAGE, ring + room);
    w->head->pages += room;
    memset(w->page + ring, 0, sizeof *w->page * (size_t)room);
    struct pipe *p = &w->pipe[i];
    for (int k = 0; k < p->used; k++) {
        int64_t from = p->ring + ((p->first + k) & (p->room - 1));
        w->page[ring + k] = w->page[from];
        memcpy(w->byte + (ring + k) * PIPE_PAGE, w->byte + from * PIPE_PAGE,
               PIPE_PAGE);
    }
    p->ring = ring;
    p->first = 0;
    p->room = room;
}

static void apply_PIPE(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    world_make_room(w, AREA_PIPE, e->obj + 1);
    struct pipe *p = &w->pipe[e->obj];
    bool fresh = e->obj == w->head->pipes;
    if (fresh)
        w->head->pipes++;
    bool resized = !fresh && (p->readers || p->writers);
    if (!resized) {
        int32_t room = fresh ? 0 : p->room;
        int64_t ring = fresh ? 0 : p->ring;
        *p = (struct pipe){.maker = e->proc, .var = e->aux, .room = room,
                           .ring = ring, .read_wait = {NONE, NONE, 0},
                           .write_wait = {NONE, NONE, 0}};
    }
    p->slots = (int32_t)e->val;
    if (p->slots > p->room)
        new_ring(w, e->obj, e->val);
}

static void apply_PUT(struct world *w, const struct trace *tr,
                      const struct event *e)
{
    struct pipe *p = &w->pipe[e->obj];
    if (!e->sub) {
        int64_t at = p->ring + ((p->first + p->used) & (p->room - 1));
        w->page[at] = (struct pipe_page){0, 0};
        p->used++;
    }
    int64_t at = p->ring + ((p->first + p->used - 1) & (p->room - 1));
    struct pipe_page *page = &w->page[at];
    require(page->end + e->aux <= PIPE_PAGE && p->used <= p->room);
    memcpy(w->byte + at * PIPE_PAGE + page->end, tr->bytes + e->val,
           (size_t)e->aux);
    page->end = (uint16_t)(page->end + e->aux);
    p->bytes += e->aux;
    p->in += e->aux;
}

static void apply_GET(struct world *w, const struct trace *tr,
                      const struct event *e)
{
    (void)tr;
    struct pipe *p = &w->pipe[e->obj];
    require(e->aux <= p->bytes);
    p->bytes -= e->aux;
    p->out += e->aux;
    for (int32_t left = e->aux; left > 0;) {
        struct pipe_page *page = &w->page[p->ring + p->first];
        int32_t n = page->end - page->start;
        n = n < left ? n : left;
        page->start = (uint16_t)(page->start + n);
        left -= n;
        if (page->start == page->end) {
            p->first = (p->first + 1) & (p->room - 1);
            p->used--;
        }
    }
}

/* ---- signals ---- */

static void apply_ACTION(struct world *w, const struct trace *tr,
                         const struct event *e)
{
    (void)tr;
    w->handler[(int64_t)e->proc * w->head->handlers + e->obj - 1] =
        (struct handler){e->sub, e->aux};
}

static void apply_MASK(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->proc[e->proc].mask = (uint64_t)e->val;
}

static void apply_PENDING(struct world *w, const struct trace *tr,
                          const struct event *e)
{
    (void)tr;
    w->proc[e->proc].pending = (uint64_t)e->val;
}

static void apply_HANDLE(struct world *w, const struct trace *tr,
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
    w->frame[(int64_t)e->proc * w->head->frames + p->frames++] = (struct frame){
        .pc = t->pc, .phase = t->phase, .wait = t->wait, .sig = e->sub,
        .disposition = (uint8_t)e->val, .work_left = left,
        .wait_obj = t->wait_obj, .wait_until = t->wait_until, .mask = p->mask,
        .done = p->done};
    stop_waiting(w, e->proc);
    set_retry(w, e->proc, false);
    t->wait = WAIT_NOTHING;
    t->wait_obj = NONE;
    go_to(w, e->proc, e->aux + 1);
}

static void apply_RETURN(struct world *w, const struct trace *tr,
                         const struct event *e)
{
    (void)tr;
    struct task *t = &w->task[e->proc];
    struct proc *p = &w->proc[e->proc];
    require(p->frames > 0);
    struct frame f =
        w->frame[(int64_t)e->proc * w->head->frames + --p->frames];
    go_to(w, e->proc, f.pc);
    p->mask = f.mask;
    p->done = f.done;
    t->phase = f.phase;
    t->wait = f.wait;
    t->wait_obj = f.wait_obj;
    t->wait_until = f.wait_until;
    if (f.phase == PHASE_WORK)
        set_work(w, e->proc, e->t, f.work_left);
}

/* ---- the rest ---- */

static void apply_NICE(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->proc[e->proc].nice = (int32_t)e->val;
}

static void apply_USER(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->head->actions += e->cpu == 1;
    w->head->stop = STOP_NOT;
    w->head->stuck = 0;
}

static void apply_DEADLOCK(struct world *w, const struct trace *tr,
                           const struct event *e)
{
    (void)tr;
    (void)e;
    w->head->stuck = 1;
}

static void apply_STOP(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->head->stop = e->sub;
}

static void apply_REAL(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->proc[e->proc].real_pid = (int32_t)e->val;
}

static void apply_KERNEL(struct world *w, const struct trace *tr,
                         const struct event *e)
{
    (void)tr;
    if (e->sub == SEEN_LETTER)
        w->proc[e->proc].letter = (uint8_t)e->val;
}

static void apply_CONFIRM(struct world *w, const struct trace *tr,
                          const struct event *e)
{
    (void)tr;
    (void)e;
    w->head->confirmed++;
}

static void apply_DIVERGE(struct world *w, const struct trace *tr,
                          const struct event *e)
{
    (void)tr;
    (void)e;
    w->head->diverged++;
}

static void apply_SIGNAL(struct world *w, const struct trace *tr,
                         const struct event *e)
{
    (void)w; /* told for people; what it causes are events of their own */
    (void)tr;
    (void)e;
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
    appliers[e->kind](w, tr, e);
    w->head->events++;
}
