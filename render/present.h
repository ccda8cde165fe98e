/* What has to be looked up of everybody for the moment shown: once, however many
 * frames show it. */
#ifndef TIMESLICE_PRESENT_H
#define TIMESLICE_PRESENT_H

#include "render/travel.h"
#include "sim/model/figure.h"

enum { ORDER_SHOWN = 64 /* of a ready queue, from its head on */ };

struct present_order {
    int count; /* -1: not looked up yet */
    int who[ORDER_SHOWN];
};

struct present {
    const struct travel *of; /* NULL: nothing is known */
    size_t cursor;
    tick now;
    unsigned cuts;
    int64_t fair[CPUS_MAX]; /* only under a policy that has such times */
    struct present_order order[CPUS_MAX]; /* by group */
};

/* What is not of the moment `now` at the cursor of `tv` is forgotten. */
void present_be(struct present *p, const struct travel *tv, tick now);
/* After `tv` has been opened anew. */
void present_forget(struct present *p);

/* That moment. */
struct moment present_moment(const struct present *p);
/* Who is ready in `group`, the next first. Valid until the moment is another. */
const struct present_order *present_ready(struct present *p, int group);

#endif
