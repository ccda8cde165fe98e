/* The priorities of `priority`: how they are aged and lent. */
#ifndef TIMESLICE_PRIORITY_H
#define TIMESLICE_PRIORITY_H

#include "sim/policy/policy.h"

/* proc's priority is its own and the lesser of `aged` and `lent` (both <= 0).
 * Says what has changed, and why; `from` is who is the reason, or NONE. */
void priority_set(struct sched *s, int proc, int64_t aged, int64_t lent,
                  enum figure_why why, int from);

/* aging.c, as struct policy's functions of that name. */
tick aging_next(struct sched *s);
void aging_acts(struct sched *s);
/* `proc` has become ready: it ages from now on. */
void aging_begin(struct sched *s, int proc);

/* inherit.c: who holds a lock is lent the urgency of those who wait for it. */
void inherit_settles(struct sched *s);
void inherit_forgets(struct sched *s);

#endif
