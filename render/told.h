/* The step that the window tells of: its sentence, its note, its arrow.
 *
 * Who goes step by step sees the last one. Who comes by the clock (playing, or
 * by seeking) arrives behind a whole instant, and of that the step is told that
 * says most: that everybody is stuck rather than that the run stops, that
 * somebody fell asleep rather than that the next got the CPU. */
#ifndef TIMESLICE_TOLD_H
#define TIMESLICE_TOLD_H

#include "sim/model/replay.h"

/* The events [begin, end). */
struct step_range {
    size_t begin, end;
};

/* Zero: nothing has been chosen. */
struct told {
    bool chosen;
    struct step_range step;
    bool apart; /* … and `world` is the one at its end; else the cursor's is */
    struct world world;
};

/* Goes to `position` and chooses among the steps of the instant that ends
 * there. */
void told_seek(struct told *t, struct replay *r, size_t position);

/* Nothing is chosen any more. Keeps the memory. */
void told_drop(struct told *t);

void told_free(struct told *t);

#endif
