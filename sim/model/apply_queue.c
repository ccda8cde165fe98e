/* apply_queue.c: processes stand in lines.
 *
 * A ready or sleeping process is in at most one line (ready queue, device,
 * pipe, message queue, semaphore …), linked through its task; whoever waits for memory is in the
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
    case WAIT_OPEN_READ:
        return &w->inode[obj].open_read;
    case WAIT_OPEN_WRITE:
        return &w->inode[obj].open_write;
    case WAIT_MSGSND:
        return &w->msgq[obj].senders;
    case WAIT_MSGRCV:
        return &w->msgq[obj].receivers;
    case WAIT_SEM:
        return &w->sem[obj].alter;
    case WAIT_SEM_ZERO:
        return &w->sem[obj].zero;
    case WAIT_SEMS:
        return &w->semset[obj].alter;
    case WAIT_SEMS_ZERO:
        return &w->semset[obj].zero;
    default:
        return NULL;
    }
}

void queue_noted(struct world *w, int wait)
{
    w->head->lock_changes += wait == WAIT_SEM || wait == WAIT_SEMS ||
                             wait == WAIT_SEM_ZERO || wait == WAIT_SEMS_ZERO;
}

/* Takes a sleeper out of the queue of what it waits for, if it is in one. */
void queue_stop_waiting(struct world *w, int proc)
{
    struct task *t = &w->task[proc];
    if (!(t->flags & TASK_QUEUED) || t->state == READY)
        return;
    queue_leave(w, queue_waited_in(w, t->wait, t->wait_obj), proc);
    queue_noted(w, t->wait);
}

void queue_want(struct world *w, int proc)
{
    list_join(&w->head->admission, &w->proc->wants, sizeof *w->proc, proc);
    w->task[proc].flags |= TASK_WANTS;
}

void queue_want_no_more(struct world *w, int proc)
{
    if (!(w->task[proc].flags & TASK_WANTS))
        return;
    list_leave(&w->head->admission, &w->proc->wants, sizeof *w->proc, proc);
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
