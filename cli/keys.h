/* Which keys of `scheduler` belong to which policy: for commands that give one
 * setting to several policies. The table is policies.def. */
#ifndef TIMESLICE_KEYS_H
#define TIMESLICE_KEYS_H

#include <stdbool.h>

/* Whether `key` ("scheduler.quantum") can be set for that policy. What is no
 * policy's own (machine.cpus, a word that means nothing) can be for all: the
 * loader has its say. */
bool policy_takes(const char *policy, const char *key);

#endif
