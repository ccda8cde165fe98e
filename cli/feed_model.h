/* A feed (render/feed.h) from the model alone, in this process.
 *
 * The model is asked for a bounded piece of work in each poll, so that the
 * window stays awake however long the run is. */
#ifndef TIMESLICE_FEED_MODEL_H
#define TIMESLICE_FEED_MODEL_H

#include "render/feed.h"

/* A feed over `sc`, which must outlive it; the run ends at `until` at the
 * latest. `notice` (may be NULL) is not copied. */
struct feed *feed_model_new(const struct scenario *sc, tick until,
                            const char *notice);

void feed_model_free(struct feed *f);

#endif
