/* Where the window's events come from: a run of the model in this process, or
 * a live session beside it. The window does not know which.
 *
 * A feed owns a scenario and a growing trace. The window keeps its own world
 * (sim/model/replay.h), reads the trace, and asks for more. */
#ifndef TIMESLICE_FEED_H
#define TIMESLICE_FEED_H

#include "sim/base/lang.h"
#include "sim/model/figure.h"
#include "sim/model/trace.h"

#include <stdbool.h>

/* A policy, for people. */
struct policy_entry {
    const char *name;
    const struct text *title, *about;
};

struct rivals;

struct feed {
    void *self;
    const struct scenario *scenario;
    struct rivals *rivals; /* other runs of the scenario (rivals.h); NULL: none
                              are to be had */
    const struct policy_entry *policies; /* POLICY_COUNT, by enum policy_name */
    const struct trace *trace; /* grows in poll() */
    bool live;                 /* real processes take part */
    bool ended;                /* its session is gone: nothing more will come */
    const char *notice; /* NULL, or a sentence for the title bar: why it is not
                           live, or that the lab has died */

    /* Wants events up to time `t` (TICK_MAX: to the end of the run), and no
     * longer those that were wanted before and have not come yet. Returns at
     * once; they appear in the trace during later polls. */
    void (*want)(void *self, tick t);
    /* Whether time passes: real running processes then compute. */
    void (*play)(void *self, bool playing);
    /* Takes what has come; true if the trace has grown. Never waits. */
    bool (*poll)(void *self);
    /* The first event that the last poll has put in the place of another, as a
     * new branch of a live run does even with its past; SIZE_MAX: none. */
    size_t cut_at;
    /* True while something that was wanted has not come yet. */
    bool (*busy)(const void *self);
    /* The furthest time that is known to be complete. */
    tick (*reached)(const void *self);
    /* The user acts: at the end of the trace this goes on; earlier it starts a
     * new branch, and the trace is cut to the end of that instant
     * (trace_instant_end) before act returns. */
    void (*act)(void *self, struct deed deed);
    /* Writes who is ready in `group`, in the order in which they would be chosen
     * at that moment (policy_order); at most `room`, returns how many. */
    int (*order)(const void *self, struct moment at, int group, int *to,
                 int room);
    /* The model's own idea of what follows the first `position` events: a trace
     * that begins with those and goes on for `most` more, or to the end of the
     * run. It is made on a copy: nothing of it has happened to real processes,
     * or is in `trace`. Valid until the next call and the next act(). */
    const struct trace *(*foresee)(void *self, size_t position, size_t most);
    /* A descriptor that becomes readable when poll() has work, -1: none. */
    int (*descriptor)(const void *self);
};

#endif
