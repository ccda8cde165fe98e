/* The policies as the window shows them. */
#ifndef TIMESLICE_CLI_POLICIES_H
#define TIMESLICE_CLI_POLICIES_H

#include "render/feed.h"

extern const struct policy_entry policy_entries[POLICY_COUNT];

#endif
