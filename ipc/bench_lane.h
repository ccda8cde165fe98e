/* A lane: one direction from one process to another, for bench-ipc.
 *
 * Whatever carries the bytes, the two sides do the same four things, so that
 * what is measured differs in nothing but the carrying:
 *
 *     sender                          receiver
 *     m = lane_room(l)   may sleep    m = lane_next(l)   may sleep
 *     …makes the message in m…        …reads all of m…
 *     lane_send(l)       may sleep    lane_done(l)
 *
 * A lane is made before the fork; both sides then use their own copy of it.
 * Calls that fail return false or NULL, with errno and `failed` set. */
#ifndef TIMESLICE_BENCH_LANE_H
#define TIMESLICE_BENCH_LANE_H

#include "sim/base/figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* System V objects that somebody must remove; -1: none. */
struct bench_objects {
    int queue, sems;
};

struct lane {
    enum way way;
    size_t size;        /* bytes of a message */
    int fd[2];          /* pipe, FIFO: reading end, writing end */
    int queue;          /* message queue, and the type of our messages */
    long type;
    size_t piece;       /* bytes of a message that one call takes */
    int sems;           /* two of the set are ours: */
    unsigned short empty, full;
    char *slots;        /* shared memory: a ring of them */
    int slot_count;
    int at;             /* the slot whose turn it is, on this side */
    char *own;          /* this process's private buffer */
    const char *failed; /* the call that failed */
};

/* Makes both directions of a way for messages of `size` bytes. What must be
 * removed later is in `left`, also after a failure (false). Shared memory is
 * marked for destruction as soon as it is attached, and a FIFO has no name any
 * more as soon as both its ends are open. */
bool lanes_open(struct lane lanes[2], enum way w, size_t size,
                struct bench_objects *left);

/* Closes the descriptors and frees the memory, in this process. */
void lanes_close(struct lane lanes[2]);

void bench_objects_remove(struct bench_objects *o);

/* How many calls one message of `size` bytes takes on this kernel, 0 if it is
 * no call that carries it. A write to a pipe is one call whatever its size,
 * but the kernel does it in as many parts as the pipe has to be emptied. */
int64_t lane_pieces(enum way w, size_t size);

void *lane_room(struct lane *l);
bool lane_send(struct lane *l);
void *lane_next(struct lane *l);
bool lane_done(struct lane *l);

#endif
