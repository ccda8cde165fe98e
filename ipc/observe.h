/* Looking at a process from outside, as ps(1) does, without touching it.
 *
 * Never with ptrace(2) and never by opening its descriptors: both change what
 * is looked at. Where a system does not let us look, observe_none knows
 * nothing, and the lab then relies on what the children say themselves. */
#ifndef TIMESLICE_OBSERVE_H
#define TIMESLICE_OBSERVE_H

#include <stddef.h>
#include <stdint.h>

enum { WATCHED_FILES = 4 };

/* One process being watched. */
struct watched {
    int pid;
    int file[WATCHED_FILES]; /* -1: not open */
};

enum look {
    LOOK_UNKNOWN, /* this system does not tell */
    LOOK_BUSY,    /* on a CPU or about to be */
    LOOK_ASLEEP,  /* in a system call, and not about to leave it */
    LOOK_DYING    /* ending, or gone */
};

struct observer {
    const char *name;
    /* Begins to watch; `pid`, as /proc counts (sandbox_pid_outside), must be
     * alive and our own. */
    void (*begin)(struct watched *w, int pid);
    void (*end)(struct watched *w);
    /* Which system call it sleeps in, and the first argument. */
    enum look (*call)(struct watched *w, int64_t *number, int64_t *first);
    /* R S D T Z X as in ps(1), 0: not known. `exit_status` (may be NULL): of
     * a zombie, as wait(2) gives it; else untouched. */
    char (*letter)(struct watched *w, int *exit_status);
    /* The kernel function it sleeps in; "" if not known. */
    void (*wchan)(struct watched *w, char *to, size_t room);
    /* The pending signals, bit n-1 is signal n; -1: not known. */
    int64_t (*pending)(const struct watched *w);
    /* Nanoseconds on a CPU so far, -1: not known. */
    int64_t (*cpu)(struct watched *w);
};

extern const struct observer observe_none;
extern const struct observer observe_linux;

/* The one that works here: tries to look at the calling process. */
const struct observer *observe_choose(void);

#endif
