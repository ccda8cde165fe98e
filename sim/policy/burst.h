/* What sjf and srtf share: the length of the next CPU burst, known or guessed.
 */
#ifndef TIMESLICE_BURST_H
#define TIMESLICE_BURST_H

#include "sim/policy/policy.h"

/* As struct policy's functions of that name. */
int64_t burst_key(const struct sched *s, int proc);
void burst_leaves(struct sched *s, int proc, enum transition how);

#endif
