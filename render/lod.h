/* The timeline beside the trace: who was in which state when, for drawing.
 *
 * For each CPU and each process there is a lane: the stretches of time in
 * which it had the same value, one after the other. Beside every LANE_BLOCK-th
 * stretch stand the sums so far of the time spent in each kind, so the share
 * of time per kind between any two moments is two searches and a few
 * additions, however many stretches lie between. That is how a pixel column
 * into which a million slices fall is drawn exactly, and why only what is in
 * view costs anything.
 *
 * Lanes are read from the trace step by step (lod_read), so they know only
 * what has been seen. Nothing here draws. */
#ifndef TIMESLICE_LOD_H
#define TIMESLICE_LOD_H

#include "render/jobs.h"
#include "sim/model/trace.h"
#include "sim/model/world.h"

#include <stdbool.h>

enum { LANE_KINDS = 12, LANE_BLOCK = 32 };

enum lane_what {
    LANE_CPU,   /* value: process, LANE_IDLE, or LANE_SWITCHING */
    LANE_STATE, /* value: enum state, or LANE_REAPED: terminated and gone */
    LANE_KERNEL /* value: letter, plus the verb it sleeps in times 256 */
};

enum { LANE_IDLE = -1, LANE_SWITCHING = -2 };

/* TERMINATED is a zombie's time, until somebody has waited for it. */
enum { LANE_REAPED = STATE_COUNT };

/* Kinds of a CPU's time: tones of processes, then these. */
enum { KIND_IDLE = 10, KIND_SWITCHING = 11 };

struct lane {
    enum lane_what what;
    tick *start;
    int32_t *value;
    size_t count, room;
    tick (*sums)[LANE_KINDS]; /* before stretch number i * LANE_BLOCK */
    size_t sums_room;
};

void lane_add(struct lane *l, tick t, int32_t value);

/* The stretch that time `t` lies in; SIZE_MAX before the first one. */
size_t lane_at(const struct lane *l, double t);

/* Where stretch i ends; the last one ends at `end`. */
tick lane_end(const struct lane *l, size_t i, tick end);

/* `count` columns side by side, each of `each` ticks, the first one from
 * `from` on. */
struct lane_cut {
    double from, each;
    int count;
};

/* Ticks of each kind in each column; nothing is known from `end` on. A column
 * costs the logarithm of how many stretches it is behind the one before. */
void lane_columns(const struct lane *l, struct lane_cut cut, tick end,
                  double (*shares)[LANE_KINDS]);

int lane_kind(enum lane_what what, int32_t value);

void lane_free(struct lane *l);

/* Bytes that went from a write to a read, or a message to who took it. */
struct ipc_arrow {
    tick put, got;
    int32_t from, to; /* processes */
    int64_t bytes;
    size_t sent, taken; /* the events */
};

/* Bytes on their way: written, not yet read. */
struct parcel {
    tick put;
    int32_t from;
    int64_t bytes;
    size_t sent; /* the event */
};

struct parcels {
    struct parcel *all;
    size_t first, count, room;
};

struct in_transit {
    struct parcels *parcels; /* by pipe, or by message queue */
    size_t room;
};

struct lod {
    const struct trace *trace;
    size_t read; /* events */
    tick end;    /* time of the last of them */
    struct lane *cpu;
    int cpus;
    struct lane *state, *kernel; /* by process */
    int32_t *asleep_in;          /* verb the kernel showed it asleep in */
    struct jobs *jobs;           /* of those that have deadlines */
    struct born {
        int32_t def, number; /* as in struct proc */
    } *born;
    int procs;
    size_t proc_room;
    bool deadlines; /* some process has any */
    bool misses;    /* … and has missed one */
    bool evidence; /* some has been seen */
    bool zombies;  /* some process was a zombie for a while */
    bool switches; /* some CPU was between two processes for a while */
    bool ends;     /* some process has ended */
    struct ipc_arrow *arrows; /* by rising `got` */
    size_t arrow_count, arrow_room;
    struct in_transit pipes, queues;
    const struct scenario *scenario;
};

void lod_init(struct lod *l, const struct scenario *sc, const struct trace *tr);

/* Reads on up to `position`, at most `most` events. Returns whether all of it
 * has been read. */
bool lod_read(struct lod *l, size_t position, size_t most);

/* The trace was cut before `position`, or another branch has begun: starts
 * over when something of it had been read. */
void lod_cut(struct lod *l, size_t position);

/* The first arrow that arrives at `t` or later. */
size_t lod_arrow(const struct lod *l, tick t);

void lod_free(struct lod *l);

#endif
