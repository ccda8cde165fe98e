/* Other runs of the scenario that is open, to be held against the one in the
 * window: the same file under other policies, the window's own run as it would
 * go on, and those that the user has left by changing the policy (what-if).
 *
 * The model makes them, a bounded piece whenever it is asked to; a live lesson's
 * as well, for that needs no real processes. Whoever makes them is in cli/; here
 * is what the window sees of them and may ask for. */
#ifndef TIMESLICE_RIVALS_H
#define TIMESLICE_RIVALS_H

#include "render/lod.h"
#include "sim/base/lang.h"
#include "sim/base/str.h"
#include "sim/model/measures.h"

enum rival_kind {
    RIVAL_POLICY, /* the file under a policy */
    RIVAL_HERE,   /* the window's run, with all that the user has done in it */
    RIVAL_LEFT    /* … as it was before he changed the policy */
};

enum { RIVAL_TURNS = 4 /* changes of the policy in one run that are told */ };

/* A deadline that somebody has missed. */
struct rival_miss {
    tick due, done; /* done TICK_NEVER: not yet, or never */
    int32_t row;    /* of `names` */
};

struct rival {
    enum rival_kind kind;
    const char *name; /* short: "rr 3", "rr 3 → srtf" */
    enum policy_name policy;    /* that decides first … */
    const struct scheduler *by; /* … with its keys; NULL: not read yet … */
    struct {
        tick at;
        const struct scheduler *by;
    } turn[RIVAL_TURNS]; /* … and from then on */
    int turns;
    tick left;  /* RIVAL_LEFT: when the user left it */
    bool on;    /* takes part in the comparison */
    bool over;  /* it is at its end, or as far as it will go */
    enum stop stop;
    tick end;   /* so far */
    struct lane *cpu; /* by CPU: the rows of `names` that ran there */
    struct rival_miss *misses; /* in their order */
    size_t miss_count, miss_room;
    double measure[MEASURE_COUNT]; /* when it is over */
};

struct rivals {
    void *self;
    struct rival *const *all; /* the window's own run or the file's first */
    int count;
    const char *const *names; /* of all processes of all runs, by row; the rows
                                 of the window's own run are its processes */
    int rows;
    bool compared; /* all that are on are over, and it is known whether … */
    bool parted;   /* … two of them do different things at some moment, first … */
    tick parting;  /* … at this one, on this CPU: */
    int parting_cpu;
    /* The comparison opens: the window's own run is as it is now. False: there
     * is nothing to compare (the file takes too long to be read again). */
    bool (*begin)(void *self);
    void (*choose)(void *self, int which, bool on);
    /* One more, of the file under `by`, that takes part; `plain` is what the
     * file makes of the policy, and names what differs. One like it that is
     * there is taken. Of many that were added one that takes no part makes room.
     * Returns its place, NONE: all of them take part. */
    int (*add)(void *self, const struct scheduler *by,
               const struct scheduler *plain);
    /* The user is about to leave the window's run, at time `t`; and does not
     * after all. */
    void (*leave)(void *self, tick t);
    void (*stay)(void *self);
    /* Whether a run that is on, or was left, is not over yet; and a piece of
     * it. */
    bool (*busy)(const void *self);
    void (*work)(void *self);
    /* "They first part at t = 4: …", once they have been compared. */
    void (*say_parting)(void *self, enum lang lang, struct str *out);
};

/* The run that was left last and is on: it is seen in the timeline, too. */
const struct rival *rivals_left(const struct rivals *r);

#endif
