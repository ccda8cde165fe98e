/* lease.c: see lease.h, and sweep.c for who uses it.
 *
 * Three things must fit before anything is removed. The lease: its owner and
 * its janitor are dead, and it is of this boot and these namespaces, for else
 * its numbers mean nothing. The object: same id, same key, made by our user,
 * and not changed by anybody but us (ctime). The directory: ours, and called
 * as only we call them.
 *
 * Of an object that was just being made when everybody died, only the key is
 * known and when that was. It is removed if exactly one fits and nobody has
 * used it yet. */
#define _GNU_SOURCE
#include "ipc/lease.h"

#include "ipc/small_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[16] = "timeslice-lease";

/* ---- who is who ---- */

/* Whether the state behind a name in /proc/PID/stat is that of somebody who
 * still does something. Whoever is dead stays in /proc until his parent has
 * waited for him, and process 1 of a container may wait for nobody. */
static bool is_active(const char *behind)
{
    return behind[0] && behind[1] && !strchr("ZXx", behind[2]);
}

/* Field 22 of /proc/PID/stat; the name in brackets may hold anything. 0: there
 * is no such process, or only what is left of it. */
static int64_t started(int64_t pid)
{
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%lld/stat", (long long)pid);
    if (!small_file_line(path, text, sizeof text))
        return 0;
    const char *at = strrchr(text, ')');
    if (at && !is_active(at))
        return 0;
    for (int field = 2; at && field < 22; field++)
        at = strchr(at + 1, ' ');
    return at ? strtoll(at, NULL, 10) : 0;
}

void lease_sign(struct lease_process *p)
{
    p->pid = (int64_t)getpid();
    p->started = started(p->pid);
}

static bool lives(const struct lease_process *p)
{
    return p->pid > 0 && p->started > 0 && started(p->pid) == p->started;
}

static uint64_t namespace_of(const char *path)
{
    struct stat seen;
    return stat(path, &seen) == 0 ? (uint64_t)seen.st_ino : 0;
}

static void fill(struct lease *l)
{
    memcpy(l->magic, magic, sizeof magic);
    small_file_line("/proc/sys/kernel/random/boot_id", l->boot, sizeof l->boot);
    l->pids = namespace_of("/proc/self/ns/pid");
    l->objects_of = namespace_of("/proc/self/ns/ipc");
    l->creator = (uint64_t)geteuid();
    lease_sign(&l->owner);
}

/* ---- where leases lie ---- */

/* A directory that nobody else may enter, or nothing. */
static bool usable(const char *path)
{
    struct stat seen;
    if (mkdir(path, 0700) < 0 && errno != EEXIST)
        return false;
    return lstat(path, &seen) == 0 && S_ISDIR(seen.st_mode) &&
           seen.st_uid == geteuid() && (seen.st_mode & 0077) == 0;
}

bool lease_directory(char *path, size_t room)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    unsigned uid = (unsigned)geteuid();
    if (runtime && runtime[0] == '/' && strlen(runtime) < 150) {
        snprintf(path, room, "%s/timeslice", runtime);
        if (usable(path))
            return true;
    }
    snprintf(path, room, "/run/user/%u/timeslice", uid);
    if (usable(path))
        return true;
    snprintf(path, room, "/tmp/timeslice-%u", uid);
    return usable(path);
}

/* ---- making and forgetting ---- */

static struct lease *map(int fd)
{
    int kind = fd < 0 ? MAP_SHARED | MAP_ANONYMOUS : MAP_SHARED;
    void *at = mmap(NULL, sizeof(struct lease), PROT_READ | PROT_WRITE, kind,
                    fd, 0);
    return at == MAP_FAILED ? NULL : at;
}

struct lease *lease_new(void)
{
    struct lease *l = map(-1);
    if (l)
        fill(l);
    return l;
}

struct lease *lease_open(const char *path)
{
    int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    struct lease *l = fd < 0 ? NULL : map(fd);
    if (fd >= 0)
        close(fd);
    return l;
}

/* What is not a lease yet is called after who is writing it. */
static void name_new(const char *dir, char *to, size_t room)
{
    struct lease_process me;
    lease_sign(&me);
    snprintf(to, room, "%s/new.%lld.%lld", dir, (long long)me.pid,
             (long long)me.started);
}

/* It gets its name when it is complete. */
static struct lease *write_file(const char *dir, const struct lease *from,
                                char *path)
{
    char new[LEASE_PATH + 64];
    name_new(dir, new, sizeof new);
    int fd = open(new, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
                  0600);
    struct lease *l = NULL;
    if (fd >= 0 && posix_fallocate(fd, 0, sizeof *l) == 0)
        l = map(fd);
    if (fd >= 0)
        close(fd);
    if (l) {
        memcpy(l, from, sizeof *l);
        snprintf(path, LEASE_PATH, "%s/lease.%lld.%llx", dir,
                 (long long)l->owner.pid, (unsigned long long)l->pids);
        if (rename(new, path) == 0)
            return l;
        munmap(l, sizeof *l);
    }
    unlink(new);
    path[0] = '\0';
    return NULL;
}

struct lease *lease_keep(struct lease *l, char *path)
{
    char dir[200];
    path[0] = '\0';
    /* Somebody else may remove the directory just now, for it was empty. */
    for (int tries = 0; tries < 3 && lease_directory(dir, sizeof dir);
         tries++) {
        struct lease *kept = write_file(dir, l, path);
        if (kept) {
            lease_free(l);
            return kept;
        }
        rmdir(dir);
    }
    return l;
}

void lease_free(struct lease *l)
{
    if (l)
        munmap(l, sizeof *l);
}

void lease_forget(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return;
    unlink(path);
    char dir[LEASE_PATH];
    snprintf(dir, sizeof dir, "%.*s", (int)(slash - path), path);
    rmdir(dir);
}

/* ---- sweeping objects ---- */

/* Looks for the object of one entry. */
struct search {
    const struct lease *lease;
    const struct lease_object *entry;
    int found, id;
};

static bool is_another_entry(const struct lease *l, enum sysv_kind kind,
                             int id)
{
    for (int i = 0; i < LEASE_OBJECTS; i++) {
        const struct lease_object *e = &l->object[i];
        if (atomic_load(&e->state) == LEASE_OURS &&
            e->kind == (int32_t)kind && e->id == id)
            return true;
    }
    return false;
}

/* A segment that is marked for destruction has lost its key. */
static bool fits(const struct search *s, const struct sysv_object *o)
{
    const struct lease_object *e = s->entry;
    if ((uint64_t)o->creator != s->lease->creator || o->changed < e->since)
        return false;
    if (atomic_load(&e->state) == LEASE_OURS)
        return o->id == e->id && o->changed <= e->changed + 1 &&
               (o->key == e->key || o->kind == SYSV_SHM);
    return o->key == e->key && !o->used &&
           (o->maker < 0 || o->maker == e->maker) &&
           !is_another_entry(s->lease, o->kind, o->id);
}

static bool search_one(void *ctx, const struct sysv_object *o)
{
    struct search *s = ctx;
    if (fits(s, o)) {
        s->found++;
        s->id = o->id;
    }
    return true;
}

static void sweep_object(const struct lease *l, struct lease_object *e)
{
    enum sysv_kind kind = (enum sysv_kind)e->kind;
    struct search s = {.lease = l, .entry = e};
    if (e->kind >= 0 && e->kind < SYSV_KINDS)
        sysv_each(kind, search_one, &s);
    if (s.found == 1)
        sysv_remove(kind, s.id);
    atomic_store(&e->state, LEASE_FREE);
}

/* ---- sweeping the directory ---- */

void lease_sweep_place(struct lease *l)
{
    const char *name = strrchr(l->place, '/');
    struct stat seen;
    if (!name || strncmp(name, "/timeslice-", 11) != 0)
        return;
    int fd = open(l->place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool ours = fd >= 0 && fstat(fd, &seen) == 0 &&
                (uint64_t)seen.st_uid == l->creator;
    DIR *dir = ours ? fdopendir(fd) : NULL;
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(fd, e->d_name, 0);
    if (dir) {
        closedir(dir);
        rmdir(l->place);
    } else if (fd >= 0) {
        close(fd);
    }
    l->place[0] = '\0';
}

void lease_sweep_objects(struct lease *l)
{
    for (int i = 0; i < LEASE_OBJECTS; i++) {
        int32_t state = atomic_load(&l->object[i].state);
        if (state == LEASE_MEANT || state == LEASE_OURS)
            sweep_object(l, &l->object[i]);
    }
}

/* ---- the dead ---- */

static bool is_dead(const struct lease *l, const struct lease *us)
{
    if (memcmp(l->boot, us->boot, sizeof l->boot) != 0)
        return true; /* the whole machine was */
    bool ours = l->owner.pid == us->owner.pid &&
                l->owner.started == us->owner.started;
    return l->pids == us->pids && l->objects_of == us->objects_of &&
           (ours || !lives(&l->owner)) && !lives(&l->janitor);
}

/* After a new start of the machine the numbers of objects mean others. */
static void sweep_one(int dir, const char *name, const struct lease *us)
{
    int fd = openat(dir, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    struct stat seen;
    if (fd < 0)
        return;
    bool whole = fstat(fd, &seen) == 0 && S_ISREG(seen.st_mode) &&
                 seen.st_size == (off_t)sizeof(struct lease);
    struct lease *l = whole ? map(fd) : NULL;
    close(fd);
    if (!l)
        return;
    l->place[LEASE_PATH - 1] = '\0';
    if (memcmp(l->magic, magic, sizeof magic) == 0 && is_dead(l, us)) {
        if (memcmp(l->boot, us->boot, sizeof l->boot) == 0)
            lease_sweep_objects(l);
        lease_sweep_place(l);
        unlinkat(dir, name, 0);
    }
    lease_free(l);
}

/* One that never became a lease: its maker was killed. */
static void sweep_new(int dir, const char *name)
{
    char *rest;
    struct lease_process maker = {0};
    maker.pid = strtoll(name + strlen("new."), &rest, 10);
    maker.started = *rest == '.' ? strtoll(rest + 1, NULL, 10) : 0;
    if (!lives(&maker))
        unlinkat(dir, name, 0);
}

static void sweep_directory(const char *path)
{
    struct stat seen;
    DIR *dir = lstat(path, &seen) == 0 && S_ISDIR(seen.st_mode) &&
                       seen.st_uid == geteuid()
                   ? opendir(path) : NULL;
    if (!dir)
        return;
    struct lease *us = lease_new();
    for (struct dirent *e; us && (e = readdir(dir));) {
        if (strncmp(e->d_name, "lease.", 6) == 0)
            sweep_one(dirfd(dir), e->d_name, us);
        else if (strncmp(e->d_name, "new.", 4) == 0)
            sweep_new(dirfd(dir), e->d_name);
    }
    lease_free(us);
    closedir(dir);
    rmdir(path); /* unless there are others */
}

/* In all places where they may lie: whoever left them may have had another
 * environment. */
void lease_sweep_dead(void)
{
    char path[200];
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    if (runtime && strlen(runtime) < 150) {
        snprintf(path, sizeof path, "%s/timeslice", runtime);
        sweep_directory(path);
    }
    snprintf(path, sizeof path, "/run/user/%u/timeslice",
             (unsigned)geteuid());
    sweep_directory(path);
    snprintf(path, sizeof path, "/tmp/timeslice-%u", (unsigned)geteuid());
    sweep_directory(path);
}
