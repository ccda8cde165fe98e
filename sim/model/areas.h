/* Between world.c and apply.c: how the block grows. */
#ifndef TIMESLICE_AREAS_H
#define TIMESLICE_AREAS_H

#include "sim/model/world.h"

/* Makes room for `need` elements of an area (of all areas that have one
 * element a process, if it is one of those). The block may move: what is in
 * use is copied, so count the new elements only afterwards. */
void world_make_room(struct world *w, enum area a, int64_t need);

#endif
