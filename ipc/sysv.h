/* The System V objects that there are in our IPC namespace, whoever made them,
 * as ipcs(1) lists them. */
#ifndef TIMESLICE_SYSV_H
#define TIMESLICE_SYSV_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* In the order of enum object_kind, without its first (actor.h). */
enum sysv_kind { SYSV_MSG, SYSV_SHM, SYSV_SEM, SYSV_KINDS };

struct sysv_object {
    enum sysv_kind kind;
    int32_t key, id;
    uid_t owner, creator;
    int maker;      /* shm: pid of who made it; else -1 */
    bool used;      /* somebody has sent, received, operated, attached */
    int64_t changed; /* ctime, seconds */
};

/* Calls `see` for each object of `kind`, until it returns false. Returns false
 * if the machine does not let us look. */
typedef bool sysv_see(void *ctx, const struct sysv_object *o);
bool sysv_each(enum sysv_kind kind, sysv_see *see, void *ctx);

/* Whether there is an object of that kind and id, even one that is not ours to
 * look at. */
bool sysv_exists(enum sysv_kind kind, int id);

/* Removes the object. */
void sysv_remove(enum sysv_kind kind, int id);

/* Removes all objects that there are. For a namespace of our own. */
void sysv_remove_all(void);

#endif
