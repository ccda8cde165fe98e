/* From a cause to its effect in another process, and back: from the write to
 * the read that took its bytes, from a message to who got it, and from whoever
 * has woken a sleeper to the sleeper. */
#ifndef TIMESLICE_FOLLOW_H
#define TIMESLICE_FOLLOW_H

#include "render/lod.h"

struct passage {
    size_t cause, effect; /* events */
    int from, to;         /* processes */
};

/* The first cause of process `from` in event number `begin` or later, and what
 * came of it, as far as the lanes have been read. Where bytes went, the arrow
 * is the link, not the wake-up that came with it. False: there is none. */
bool follow_on(const struct lod *l, size_t begin, int from, struct passage *to);

/* The last effect on process `to` before event number `end`. */
bool follow_back(const struct lod *l, size_t end, int to, struct passage *from);

#endif
