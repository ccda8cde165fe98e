/* What a lab has made outside of its own processes, in a file that outlives it.
 *
 * The file is mapped by the lab, its children and the janitor (sweep.c), so an
 * entry is written by writing memory, and it is in the file whoever is killed
 * next. It says what is about to be made before it is made. Whoever starts
 * later finds the files of the dead and removes what they name. */
#ifndef TIMESLICE_LEASE_H
#define TIMESLICE_LEASE_H

#include "ipc/sysv.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LEASE_OBJECTS = 2048, LEASE_PATH = 256, LEASE_BOOT = 40 };

enum lease_state {
    LEASE_FREE,
    LEASE_FILLED, /* somebody is writing the entry */
    LEASE_MEANT,  /* one may be made at this moment: its id is not known */
    LEASE_OURS
};

struct lease_object {
    _Atomic int32_t state; /* enum lease_state */
    int32_t kind;          /* enum sysv_kind */
    int32_t key, id;       /* id: if it is OURS */
    int32_t maker;         /* pid, as the maker itself sees it */
    int32_t pad;
    int64_t since, changed; /* seconds: not made before, last changed by us */
};

/* A process, so that no later one with the same pid is taken for it. */
struct lease_process {
    int64_t pid, started; /* clock ticks after boot */
};

struct lease {
    char magic[16];
    char boot[LEASE_BOOT]; /* all numbers below belong to this boot … */
    uint64_t pids, objects_of; /* … and to these namespaces (st_ino) */
    uint64_t creator;      /* uid */
    struct lease_process owner, janitor;
    char place[LEASE_PATH]; /* a directory, "": none */
    struct lease_object object[LEASE_OBJECTS];
};

/* A lease of the calling process, in memory that it shares with its children.
 * NULL: no memory. */
struct lease *lease_new(void);
void lease_free(struct lease *l);

/* Puts the lease into a file, of which `path` (LEASE_PATH bytes) is the name
 * then, and returns it mapped from there; `l` is freed. If there is no place
 * for it, `path` is "" and `l` returned as it is. */
struct lease *lease_keep(struct lease *l, char *path);

/* Maps the lease that lies in that file. NULL: there is none. */
struct lease *lease_open(const char *path);

/* Fills in who the calling process is. */
void lease_sign(struct lease_process *p);

/* Removes the objects that the lease names, or its directory. */
void lease_sweep_objects(struct lease *l);
void lease_sweep_place(struct lease *l);

/* Removes the file of a lease, and the directory of leases if it is empty. */
void lease_forget(const char *path);

/* Where leases lie; makes it. False: nowhere. */
bool lease_directory(char *path, size_t room);

/* Sweeps the leases of the dead, and one of our own whose janitor is dead. */
void lease_sweep_dead(void);

#endif
