/* A feed (render/feed.h) from a live session (ipc/session.h).
 *
 * Where the machine allows no real processes the session runs the model alone,
 * and the feed's notice says why. */
#ifndef TIMESLICE_FEED_LIVE_H
#define TIMESLICE_FEED_LIVE_H

#include "cli/load.h"
#include "render/feed.h"

/* Starts a session (of `program`; NULL: this one) for what was loaded, which
 * must outlive the feed. NULL if no process is to be had (errno says why). */
struct feed *feed_live_new(const char *program, const struct options *o,
                           const struct loaded *l, tick until);

/* The loaded scenario has got another variant of its scheduler; so does the
 * session's. `overrides` are all that make it. */
void feed_live_vary(struct feed *f, const struct override *overrides,
                    int count);

void feed_live_free(struct feed *f);

#endif
