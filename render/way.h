/* A scheduler in a few words: its keys as they apply, not the policy's name. */
#ifndef TIMESLICE_WAY_H
#define TIMESLICE_WAY_H

#include "render/panel.h"

/* "quantum 3; a queue for each CPU", for this frame; "" if there is nothing to
 * say. */
const char *way_of(const struct scene *s, const struct scheduler *k);

/* The policy's title. */
const char *way_title(const struct scene *s, enum policy_name policy);

#endif
