/* Inside of the scenes: dice, and what their two files share. */
#ifndef TIMESLICE_TESTS_LEGAL_SCENES_H
#define TIMESLICE_TESTS_LEGAL_SCENES_H

#include "tests/legal/legal.h"

struct stage {
    const uint8_t *bytes; /* in parts; what decides as long as there are any; … */
    size_t length, left;  /* of all; of this part */
    const uint8_t *at;
    uint64_t dice; /* … then this */
    const char *policy;
    unsigned how;
    struct str *out;
    int procs, cpus;
    int who;       /* whose program is being written */
    int children;  /* the last of them, who come by fork */
    int locks;     /* semaphores of the only set; 0: no calls of that kind */
    bool calls;    /* programs may have calls, … */
    bool pipes;    /* … and use a pipe */
    int64_t scale; /* of all times */
    int bursts;    /* how long they are: all equal, short, or not */
    int spread;    /* of arrivals */
    bool extreme;  /* now and then a number is as large as can be */
    bool forever;  /* some process has jobs without end */
};

/* What follows belongs to part `k`. */
void scene_part(struct stage *s, size_t k);
enum { PART_MOOD, PART_MACHINE, PART_SCHEDULER, PART_ACTIONS, PART_PROCESS };

/* One of 0 … n - 1. */
int roll(struct stage *s, int n);
bool one_in(struct stage *s, int n);
/* Whether the policy is one of those. */
bool is(const struct stage *s, const char *policies);
bool may(const struct stage *s, unsigned how);
bool has_locks(const struct stage *s);
void add_time(struct stage *s, const char *key, int64_t ticks);

/* ---- scenes_processes.c ---- */
void add_processes(struct stage *s);
void add_actions(struct stage *s);

#endif
