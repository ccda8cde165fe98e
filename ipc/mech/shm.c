/* shm.c: shared memory between real processes.
 *
 * shmget(2) finds or makes a segment by its key, shmat(2) maps it into the
 * process, shmdt(2) takes it away again, shmctl(2) looks at it or marks it for
 * destruction. Between these calls the kernel has no part: a store is a store,
 * and another process that has the segment mapped sees it at once.
 *
 * The kernel chooses where a mapping lies, so the child keeps a table from the
 * model's addresses to real ones. A place that was detached is filled with
 * memory that nobody may touch. So it is never given to anything else, and
 * whoever still uses it really faults, as he deserves.
 *
 * See also shmop(2), sim/mech/shm.c for the same thing in the model, and
 * shm_look.c for what the lab sees of it. */
#define _GNU_SOURCE
#include "ipc/mech/shm.h"

#include "ipc/child.h"
#include "ipc/mech/ipc_key.h"
#include "ipc/mech/mech.h"

#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

/* ---- the table ---- */

const struct mapped *shm_mapped(const struct slot *slot, int64_t address)
{
    for (int i = 0; i < MAPPED_MAX; i++)
        if (slot->mapped[i].use == MAPPED_LIVE &&
            slot->mapped[i].address == address)
            return &slot->mapped[i];
    return NULL;
}

/* The entry that has this address, whatever its use; NULL: none has. */
static struct mapped *entry_at(int64_t address)
{
    struct mapped *all = child_mapped();
    for (int i = 0; i < MAPPED_MAX; i++)
        if (all[i].use != MAPPED_FREE && address >= all[i].address &&
            address - all[i].address < all[i].length)
            return &all[i];
    return NULL;
}

static int count_live(void)
{
    const struct mapped *all = child_mapped();
    int live = 0;
    for (int i = 0; i < MAPPED_MAX; i++)
        live += all[i].use == MAPPED_LIVE;
    return live;
}

static char *real_place(const struct mapped *m)
{
    return (char *)(uintptr_t)m->real;
}

/* A free entry; if there is none, the oldest hole is given up. */
static struct mapped *new_entry(void)
{
    struct mapped *all = child_mapped(), *oldest = NULL;
    for (int i = 0; i < MAPPED_MAX; i++) {
        if (all[i].use == MAPPED_FREE)
            return &all[i];
        if (all[i].use == MAPPED_HOLE &&
            (!oldest || all[i].address < oldest->address))
            oldest = &all[i];
    }
    if (oldest)
        munmap(real_place(oldest), (size_t)oldest->length);
    return oldest;
}

/* Memory that nobody may touch, for addresses at which nothing is mapped: what
 * lies there in the real process, if anything, is none of the lesson's. */
static char *nowhere(void)
{
    static char *page;
    if (!page) {
        void *p = mmap(NULL, PIPE_PAGE, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        page = p == MAP_FAILED ? NULL : p;
    }
    return page;
}

/* Where `address` really is, and how many bytes follow it there. */
static char *place(int64_t address, int64_t *left)
{
    const struct mapped *m = entry_at(address);
    *left = m ? m->address + m->length - address : 0;
    return m ? real_place(m) + (address - m->address) : nowhere();
}

/* ---- the calls ---- */

void lab_shmget(const struct order *o, struct answer *a)
{
    key_t key;
    if (child_refused(o, a))
        return;
    bool known = ipc_key(o, &key);
    size_t size = (size_t)op_arg(&o->op, KEY_size);
    child_returned(a, known ? shmget(key, size, ipc_get_flags(o)) : -1);
}

/* Addresses at which nothing is mapped in the real process just now. */
static char *free_place(size_t length)
{
    void *p = mmap(NULL, length, PROT_NONE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED)
        return NULL;
    munmap(p, length);
    return p;
}

/* The entry in `use` that has a byte of [address, address + length). */
static struct mapped *entry_within(int64_t use, int64_t address, int64_t length)
{
    struct mapped *all = child_mapped();
    for (int i = 0; i < MAPPED_MAX; i++)
        if (all[i].use == use && all[i].address < address + length &&
            address < all[i].address + all[i].length)
            return &all[i];
    return NULL;
}

/* Where the program wants it. What is mapped in the model is mapped somewhere
 * else in the real process, but it is just as occupied. What is nothing in the
 * model is the same nothing for the kernel. */
static char *wanted_place(const struct order *o)
{
    int64_t at = op_arg(&o->op, KEY_at) == ARG_ABSENT ? 0 : o->number;
    if (at < PIPE_PAGE)
        return (char *)(uintptr_t)at;
    int64_t length = o->length ? (int64_t)o->length : PIPE_PAGE;
    int64_t within = at & (PIPE_PAGE - 1), page = at - within;
    struct mapped *m = entry_within(MAPPED_LIVE, page, length);
    if (!m)
        return free_place((size_t)length) + within;
    return real_place(m) + (page > m->address ? page - m->address : 0) + within;
}

/* What was replaced keeps its entry; holes that the new mapping covers in the
 * model are filled. */
static struct mapped *entry_for(int64_t address, int64_t length)
{
    struct mapped *m = entry_within(MAPPED_LIVE, address, length);
    if (m)
        return m;
    while ((m = entry_within(MAPPED_HOLE, address, length)) != NULL) {
        munmap(real_place(m), (size_t)m->length);
        m->use = MAPPED_FREE;
    }
    return new_entry();
}

void lab_shmat(const struct order *o, struct answer *a)
{
    int flags = (op_flag(&o->op, "SHM_RDONLY") ? SHM_RDONLY : 0) |
                (op_flag(&o->op, "SHM_RND") ? SHM_RND : 0) |
                (op_flag(&o->op, "SHM_REMAP") ? SHM_REMAP : 0);
    if (count_live() >= ATTACHES_MAX) { /* Linux itself has no such limit */
        errno = EMFILE;
        child_returned(a, -1);
        return;
    }
    if (child_refused(o, a))
        return;
    void *p = shmat((int)o->id, wanted_place(o), flags);
    child_returned(a, (int64_t)(intptr_t)p);
    if (p == (void *)-1 || o->address < 0)
        return;
    struct mapped *m = entry_for(o->address, (int64_t)o->length);
    *m = (struct mapped){.use = MAPPED_LIVE,
                         .address = o->address,
                         .length = (int64_t)o->length,
                         .real = (uint64_t)(uintptr_t)p};
}

/* An address that was never one stays a wrong one of its kind: whether it is
 * the beginning of a page counts. */
void lab_shmdt(const struct order *o, struct answer *a)
{
    int64_t left;
    struct mapped *m = entry_at(o->id);
    char *p = m ? place(o->id, &left) : nowhere() + (o->id & (PIPE_PAGE - 1));
    int ret = shmdt(p);
    child_returned(a, ret);
    if (ret < 0 || !m)
        return;
    m->use = MAPPED_HOLE;
    void *hole = mmap(p, (size_t)m->length, PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
                          MAP_FIXED_NOREPLACE,
                      -1, 0);
    if (hole != (void *)p)
        m->use = MAPPED_FREE;
}

static int stat_segment(const struct order *o, struct answer *a)
{
    struct shmid_ds now;
    int ret = shmctl((int)o->id, IPC_STAT, &now);
    if (ret < 0)
        return ret;
    const int64_t out[] = {(int64_t)now.shm_nattch,
                           (now.shm_perm.mode & SHM_DEST) != 0,
                           (int64_t)now.shm_segsz,
                           now.shm_cpid,
                           now.shm_lpid,
                           now.shm_perm.mode & 0777};
    memcpy(child_bytes(), out, sizeof out);
    a->filled = sizeof out;
    return ret;
}

static int set_segment(const struct order *o)
{
    struct shmid_ds now;
    memset(&now, 0, sizeof now);
    int64_t mode = op_arg(&o->op, KEY_mode);
    if (mode == ARG_ABSENT)
        mode = o->number;
    now.shm_perm.uid = geteuid();
    now.shm_perm.gid = getegid();
    now.shm_perm.mode = (unsigned short)(mode >> 32);
    return shmctl((int)o->id, IPC_SET, &now);
}

void lab_shmctl(const struct order *o, struct answer *a)
{
    enum { RMID, STAT };
    switch (op_arg(&o->op, KEY_cmd)) {
    case RMID:
        child_returned(a, shmctl((int)o->id, IPC_RMID, NULL));
        break;
    case STAT:
        child_returned(a, stat_segment(o, a));
        break;
    default:
        child_returned(a, set_segment(o));
    }
}

/* ---- no calls ---- */

struct __attribute__((packed)) loose {
    int32_t value;
};

/* Where an int is, all of it; if it goes over an end, where it faults. */
static volatile struct loose *place_of_int(int64_t address)
{
    int64_t left;
    char *p = place(address, &left);
    if (left > 0 && left < 4)
        p = nowhere();
    return (volatile struct loose *)(void *)p;
}

static int64_t address_of(const struct order *o)
{
    int64_t offset = op_arg(&o->op, KEY_offset);
    return o->id + (offset == ARG_ABSENT ? 0 : offset);
}

/* One byte after the other, each only once: what lies before a fault is done,
 * and nothing else. */
static void copy(int64_t address, unsigned char *own, int64_t length,
                 bool stores)
{
    while (length > 0) {
        int64_t left;
        volatile char *p = place(address, &left);
        int64_t n = left > 0 && left < length ? left : length;
        for (int64_t i = 0; i < n; i++) {
            if (stores)
                p[i] = (char)own[i];
            else
                own[i] = (unsigned char)p[i];
        }
        address += n;
        own += n;
        length -= n;
    }
}

void lab_store(const struct order *o, struct answer *a)
{
    int64_t value = op_arg(&o->op, KEY_int);
    if (op_arg(&o->op, KEY_from) != ARG_ABSENT)
        value = o->number;
    if (value == ARG_ABSENT)
        copy(address_of(o), child_bytes(), (int64_t)o->length, true);
    else
        place_of_int(address_of(o))->value = (int32_t)(uint32_t)value;
    child_returned(a, 0);
}

void lab_load(const struct order *o, struct answer *a)
{
    unsigned char *to = child_bytes();
    int64_t size = op_arg(&o->op, KEY_size);
    if (size == ARG_ABSENT) {
        struct loose n = {place_of_int(address_of(o))->value};
        size = sizeof n;
        memcpy(to, &n, sizeof n);
    } else {
        copy(address_of(o), to, size, false);
    }
    a->filled = size;
    child_returned(a, 0);
}
