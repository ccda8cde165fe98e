/* Why, in words: one sentence for a step of the run, cause first.
 *
 * "The pipe is empty and a writer is still open, so `child` sleeps in read(2):
 * running -> blocked." */
#ifndef TIMESLICE_EXPLAIN_H
#define TIMESLICE_EXPLAIN_H

#include "sim/base/lang.h"
#include "sim/base/str.h"
#include "sim/model/world.h"

/* The sentence for the step that ends before position `p` of the trace; `w`
 * is the world at p. If the step moved more than one process, the main one
 * comes first and a sentence for each of the others follows. For p = 0: what
 * the lesson begins with. */
void explain_step(const struct world *w, const struct trace *tr, size_t p,
                  enum lang lang, struct str *out);

/* The same without what else happened in the step: for where room is short. */
void explain_main(const struct world *w, const struct trace *tr, size_t p,
                  enum lang lang, struct str *out);

/* The reason alone, short, as `why` of the JSON output: always English. */
void explain_why(const struct world *w, const struct trace *tr, size_t event,
                 struct str *out);

/* The state that the process of STATE event number `event` was in before. */
enum state explain_state_before(const struct trace *tr, size_t event);

/* What a blocked, suspended or new process waits for, and who could end that:
 * "read p[0]" and the holders of the other end. Fills `holders` (at most
 * `room`) and returns how many there are. */
int explain_wait(const struct world *w, int proc, enum lang lang,
                 struct str *waits_for, int *holders, int room);

#endif
