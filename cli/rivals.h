/* The other runs of what is open in the window (render/rivals.h): contenders of
 * a comparison as `timeslice compare` has them, made a piece at a time. */
#ifndef TIMESLICE_CLI_RIVALS_H
#define TIMESLICE_CLI_RIVALS_H

#include "cli/load.h"
#include "render/feed.h"
#include "render/rivals.h"

/* Of the feed `f` of what was loaded; both must outlive them. Nothing is read
 * or run before somebody asks. */
struct rivals *rivals_new(const struct options *o, const struct loaded *l,
                          const struct feed *f);

void rivals_free(struct rivals *r);

#endif
