/* What lies in a shared segment, as runs of bytes that belong together: an int
 * that was stored as one, or what follows each other and is not zero. */
#ifndef TIMESLICE_SEGMENT_H
#define TIMESLICE_SEGMENT_H

#include "sim/model/world.h"

struct segment_run {
    int64_t at;
    int length; /* 0: there is none */
    bool is_int;
};

/* The first run from byte `at` on. */
struct segment_run segment_next_run(const struct world *w, int shm, int64_t at);

/* The int of a run that is one. */
int segment_int(const struct world *w, int shm, struct segment_run r);

/* Copies the run's bytes as text, at most `room` − 1 of them; what is not ASCII
 * that can be seen becomes a dot. Ends with a zero. */
void segment_text(const struct world *w, int shm, struct segment_run r,
                  char *to, size_t room);

#endif
