/* Who has the highest response ratio, while all ratios grow.
 *
 * A runner that has stood in line since `since` and needs `need` ticks has the
 * ratio (now - since + need) / need: a straight line over time. Two such lines
 * cross at most once. So in a knock-out tree the winner of every match is known
 * together with the moment until which he stays the winner, and when time goes
 * on only the matches that have run out are played again: a kinetic tournament
 * (Basch, Guibas, Hershberger: Data structures for mobile data, SODA 1997). */
#ifndef TIMESLICE_CONTEST_H
#define TIMESLICE_CONTEST_H

#include "sim/scenario/program.h"

struct contest;

struct runner {
    tick since, need;
};

struct contest *contest_new(int groups);
void contest_free(struct contest *c);

void contest_add(struct contest *c, int group, int proc, struct runner r);
void contest_remove(struct contest *c, int group, int proc);

/* Who leads at time `now`, which must not go back; NONE: nobody runs. */
int contest_winner(struct contest *c, int group, tick now);
/* Who would lead if the winner were not there, at the time that was last asked
 * about; NONE: nobody, or `but` is not the winner. */
int contest_second(const struct contest *c, int group, int but);

/* Whether `a` is ahead of `b` at `now`: a higher ratio, exactly; of equal ones
 * the elder process. Who needs nothing has the highest of all. */
bool contest_leads(tick now, struct runner a, int proc_a, struct runner b,
                   int proc_b);

#endif
