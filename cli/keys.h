/* Which keys of `scheduler` belong to which policy: for commands that give one
 * setting to several policies. The table is policies.def. */
#ifndef TIMESLICE_KEYS_H
#define TIMESLICE_KEYS_H

#include "cli/options.h"

#include <stdbool.h>

/* Whether `key` ("scheduler.quantum") can be set for that policy. What is no
 * policy's own (machine.cpus, a word that means nothing) can be for all: the
 * loader has its say. */
bool policy_takes(const char *policy, const char *key);

/* What makes a scenario one under `policy`: of the settings of `o` those that
 * it has a use for, then itself. There is room for one more behind them. */
struct override *policy_overrides(struct arena *a, const struct options *o,
                                  const char *policy, int *count);

/* What makes a scenario one that decides as `s` does, and is in all else as `o`
 * says. */
struct override *scheduler_overrides(struct arena *a, const struct options *o,
                                     const struct scheduler *s, int *count);

/* The setting that gives it that quantum, 0: none. The loader knows what that
 * is where the key has another name: the top of three levels of mlfq, the slice
 * of eevdf. False: it has no such thing. */
bool policy_quantum(struct arena *a, const char *policy, tick quantum,
                    struct override *to);

#endif
