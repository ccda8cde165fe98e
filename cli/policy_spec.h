/* A policy with settings of its own, as --policies names it:
 *
 *     rr:4   xv6:none   priority:inherit   priority:preemptive=false:2
 *
 * Behind each colon stands a quantum ("none": it has none), a key that is a yes
 * or no, or a key with its value in JSON (a bare word stands for that text). */
#ifndef TIMESLICE_POLICY_SPEC_H
#define TIMESLICE_POLICY_SPEC_H

#include "cli/options.h"

enum { SPEC_SETTINGS_MOST = 16 };

struct policy_spec {
    const char *name;   /* as written */
    const char *policy; /* its name alone, of the table */
    struct override set[SPEC_SETTINGS_MOST];
    int count;
};

/* Reads it; everything lies in `a`. False after a sentence. */
bool spec_read(struct policy_spec *s, struct arena *a, enum lang lang,
               const char *name);

#endif
