/* Questions about shared memory: mappings of processes, bytes of segments. */
#ifndef TIMESLICE_SHM_H
#define TIMESLICE_SHM_H

#include "sim/model/world.h"

/* The lesson's machine has so much shared memory (kernel.shmmax, shmall and
 * shmni). Linux's own limits are so large that no lesson would ever meet them;
 * a lesson's real processes are held to ours (ipc/object.c). */
enum {
    SHM_BYTES_MAX = 1 << 24, /* of one segment */
    SHM_PAGES_ALL = 4096,    /* of all segments */
    SHM_SEGMENTS_MAX = 4096
};

/* Addresses that a program may name: from vm.mmap_min_addr to the end of what
 * x86-64 has for programs. */
#define SHM_LOWEST INT64_C(65536)
#define SHM_END ((INT64_C(1) << 47) - PIPE_PAGE)

/* What EV_ATTACH says in `sub`. */
enum {
    ATTACH_READ_ONLY = 1,
    ATTACH_FORKED = 2, /* a copy made by the fork of its parent */
    ATTACH_FIXED = 4   /* the program has named the place */
};

/* The mapping of `proc` that has this address, NONE: none; and it itself. */
int world_mapping(const struct world *w, int proc, int64_t address);
static inline const struct attach *world_attach(const struct world *w,
                                                int proc, int mapping)
{
    return &w->attach[(int64_t)proc * w->head->attaches + mapping];
}

/* Copies `count` bytes of a segment, which has that many from `from` on; what
 * nobody has touched is 0. */
void world_shm_bytes(const struct world *w, int shm, int64_t from,
                     unsigned char *to, int64_t count);

/* The frame of a page of a segment, NONE: nobody has touched it yet. */
static inline int32_t world_frame(const struct world *w, int shm, int64_t page)
{
    return w->shm_page[w->shm[shm].first + page];
}

#endif
