/* Between the files that apply events: one function a kind of event, and the
 * few steps that several of them share. Only world_apply calls these. */
#ifndef TIMESLICE_APPLY_H
#define TIMESLICE_APPLY_H

#include "sim/model/world.h"

#define EVENT(name, step, about)                                               \
    void apply_##name(struct world *w, const struct trace *tr,                 \
                      const struct event *e);
#include "sim/model/events.def"
#undef EVENT

/* The end of a line; anywhere in a line. */
void queue_join(struct world *w, struct queue *q, int proc);
void queue_leave(struct world *w, struct queue *q, int proc);

/* The line in which a sleeper of kind `wait` on `obj` waits; NULL: in none. */
struct queue *queue_waited_in(struct world *w, int wait, int32_t obj);
/* Takes a sleeper out of the line of what it waits for, if it is in one. */
void queue_stop_waiting(struct world *w, int proc);

/* The admission line. */
void queue_want(struct world *w, int proc);
void queue_want_no_more(struct world *w, int proc);

/* Whether the sleeping call of `proc` has to be tried again. */
void task_set_retry(struct world *w, int proc, bool on);
/* The op that `proc` is at needs `left` ticks of CPU from `now` on. */
void task_set_work(struct world *w, int proc, tick now, tick left);
/* `proc` is about to look at the op at `pc`. */
void task_go_to(struct world *w, int proc, int32_t pc);

#endif
