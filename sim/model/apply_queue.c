/* apply_queue.c: processes stand in lines.
 *
 * A ready or sleeping process is in at most one line (ready queue, device,
 * end of a pipe), linked through its task; whoever waits for memory is in the
 * admission line besides, linked through its proc. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"

/* The queue a sleeper of kind `wait` on `obj` waits in; NULL: in none. */
struct queue *queue_waited_in(struct world *w, int wait, int32_t obj)
{
    switch (wait) {
    case WAIT_DEVICE:
        return obj == NONE ? NULL : &w->device[obj].waiting;
    case WAIT_READ:
        return &w->pipe[obj].read_wait;
    case WAIT_WRITE:
        return &w->pipe[obj].write_wait;
    default:
        return NULL;
    }
}

/* Takes a sleeper out of the queue of what it waits for, if it is in one. */
void queue_stop_waiting(struct world *w, int proc)
{
    struct task *t = &w->task[proc];
    if (t->flags & TASK_QUEUED && t->state != READY)
        queue_leave(w, queue_waited_in(w, t->wait, t->wait_obj), proc);
}

void queue_want(struct world *w, int proc)
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

void queue_want_no_more(struct world *w, int proc)
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

void task_set_retry(struct world *w, int proc, bool on)
{
    struct task *t = &w->task[proc];
    if (on == !!(t->flags & TASK_RETRY))
        return;
    t->flags ^= TASK_RETRY;
    w->head->retries += on ? 1 : -1;
}
