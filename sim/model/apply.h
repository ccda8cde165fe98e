/* Between the files that apply events: one function a kind of event, and the
 * few steps that several of them share. Only world_apply calls these. */
#ifndef TIMESLICE_APPLY_H
#define TIMESLICE_APPLY_H

#include "sim/base/promises.h"
#include "sim/model/world.h"

#define EVENT(name, step, about)                                               \
    void apply_##name(struct world *w, const struct trace *tr,                 \
                      const struct event *e);
#include "sim/model/events.def"
#undef EVENT

/* The lists of processes: `links` is where the first process has its link for
 * that list, and each of the others has it `stride` bytes further on. */
static inline struct link *link_of(struct link *links, size_t stride, int proc)
{
    return (struct link *)((unsigned char *)links + (size_t)proc * stride);
}

static inline void list_join(struct queue *q, struct link *links, size_t stride,
                             int proc)
{
    *link_of(links, stride, proc) = (struct link){.next = NONE, .prev = q->tail};
    if (q->tail == NONE)
        q->head = proc;
    else
        link_of(links, stride, q->tail)->next = proc;
    q->tail = proc;
    q->count++;
}

static inline void list_join_first(struct queue *q, struct link *links,
                                   size_t stride, int proc)
{
    *link_of(links, stride, proc) = (struct link){.next = q->head, .prev = NONE};
    if (q->head == NONE)
        q->tail = proc;
    else
        link_of(links, stride, q->head)->prev = proc;
    q->head = proc;
    q->count++;
}

static inline void list_leave(struct queue *q, struct link *links,
                              size_t stride, int proc)
{
    struct link *l = link_of(links, stride, proc);
    if (l->prev == NONE)
        q->head = l->next;
    else
        link_of(links, stride, l->prev)->next = l->next;
    if (l->next == NONE)
        q->tail = l->prev;
    else
        link_of(links, stride, l->next)->prev = l->prev;
    q->count--;
    *l = (struct link){NONE, NONE};
}

/* Joins the end of a line, or its head; leaves a line from anywhere in it. */
static inline void queue_join(struct world *w, struct queue *q, int proc)
{
    struct task *t = &w->task[proc];
    check(!(t->flags & TASK_QUEUED));
    list_join(q, &w->task->line, sizeof *w->task, proc);
    t->flags |= TASK_QUEUED;
}

static inline void queue_join_first(struct world *w, struct queue *q, int proc)
{
    struct task *t = &w->task[proc];
    check(!(t->flags & TASK_QUEUED));
    list_join_first(q, &w->task->line, sizeof *w->task, proc);
    t->flags |= TASK_QUEUED;
}

static inline void queue_leave(struct world *w, struct queue *q, int proc)
{
    struct task *t = &w->task[proc];
    check(t->flags & TASK_QUEUED);
    list_leave(q, &w->task->line, sizeof *w->task, proc);
    t->flags &= (uint8_t)~TASK_QUEUED;
}

/* The time in the old state is counted, and the new one begins. */
static inline void state_pass(struct world_head *h, struct task *t,
                              struct proc *p, tick now, enum state from,
                              enum state to)
{
    p->spent[from] += now - t->since;
    t->since = now;
    t->state = (uint8_t)to;
    h->in_state[from]--;
    h->in_state[to]++;
}

/* The process of `e`, whose task is `t`, leaves its CPU. */
static inline void cpu_leave(struct cpu *c, struct task *t,
                             const struct event *e)
{
    check(c->proc == e->proc);
    t->work_left = c->work_end == TICK_NEVER ? 0 : c->work_end - e->t;
    t->slice_left = c->slice_end == TICK_NEVER ? 0 : c->slice_end - e->t;
    c->busy += e->t - c->since;
    c->proc = NONE;
    c->last = e->proc;
    c->work_end = c->slice_end = TICK_NEVER;
}

/* What any change of state does, whichever it is. */
void state_change(struct world *w, const struct event *e, enum state from,
                  enum state to);

/* Figures and slice of `proc` are of the present era. */
void task_renew(struct world *w, int proc);

/* `proc` joins the ready queue that it stands in, or leaves it. */
static inline void ready_join(struct world *w, int proc)
{
    struct task *t = &w->task[proc];
    w->group[world_group(t->queue)].ready++;
    if (t->flags & TASK_FIRST)
        queue_join_first(w, &w->ready[t->queue], proc);
    else
        queue_join(w, &w->ready[t->queue], proc);
    t->flags &= (uint8_t)~TASK_FIRST;
}

static inline void ready_leave(struct world *w, int proc)
{
    const struct task *t = &w->task[proc];
    w->group[world_group(t->queue)].ready--;
    queue_leave(w, &w->ready[t->queue], proc);
}

/* The line in which a sleeper of kind `wait` on `obj` waits; NULL: in none. */
struct queue *queue_waited_in(struct world *w, int wait, int32_t obj);
/* Somebody has come into such a line, or left it: that may change who waits for
 * a lock (head.lock_changes). */
void queue_noted(struct world *w, int wait);
/* Takes a sleeper out of the line of what it waits for, if it is in one. */
void queue_stop_waiting(struct world *w, int proc);

/* The admission line. */
void queue_want(struct world *w, int proc);
void queue_want_no_more(struct world *w, int proc);

/* A process that has been made joins its siblings and its definition's; gets
 * init as its parent; has been waited for. */
void kin_join(struct world *w, int proc);
void kin_leave_parent(struct world *w, int proc);
void kin_leave(struct world *w, int proc);

/* Whether the sleeping call of `proc` has to be tried again. */
void task_set_retry(struct world *w, int proc, bool on);
/* The op that `proc` is at needs `left` ticks of CPU from `now` on. */
void task_set_work(struct world *w, int proc, tick now, tick left);
/* `proc` is about to look at the op at `pc`. */
void task_go_to(struct world *w, int proc, int32_t pc);

/* What `proc` has taken from semaphores is held by nobody any more. */
void sem_forget_holds(struct world *w, int proc);

#endif
