/* Is what the why line says so? A sentence is taken apart by the patterns of
 * assets/words that it was made of, and each claim in it is held against the
 * worlds before and after the step, by looking at everybody. */
#ifndef TIMESLICE_TESTS_TRUTH_H
#define TIMESLICE_TESTS_TRUTH_H

#include "sim/base/lang.h"
#include "sim/model/world.h"

enum { HOLES_MOST = 5, HOLE_ROOM = 100, CLAIMS_MOST = 24 };

/* A pattern that was found, and what stands in its places. */
struct claim {
    enum word word;
    int parent; /* the claim in which it stands; −1: none */
    char hole[HOLES_MOST][HOLE_ROOM];
};

struct claims {
    int count;
    struct claim all[CLAIMS_MOST];
};

/* Takes a sentence about a decision apart; false: it is none. */
bool truth_parse(const char *sentence, enum lang lang, struct claims *to);

/* A decision: the main event of a step, and the worlds around the step. */
struct decision {
    const struct trace *trace;
    const struct event *event;
    size_t end; /* the position behind the step */
    const struct world *before, *after;
};

/* The first claim that is not so; NULL: all are. */
const struct claim *truth_find_lie(const struct decision *d,
                                   const struct claims *claims);

#endif
