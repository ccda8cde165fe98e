/* shm_look.c: what the lab sees of shared memory from outside.
 *
 * To attach would be to disturb: nattch would be one more, and lpid somebody
 * else, for good. So the lab asks the kernel what it counts (IPC_STAT) and
 * reads the bytes through the address space of a child that has the segment
 * mapped (process_vm_readv(2)), which changes nothing at all.
 *
 * That two address spaces have one and the same frame can be seen, too:
 * /proc/PID/maps shows the segment's id in the place of a file's number, and
 * /proc/PID/pagemap the number of the frame, or, to those who may not know
 * it, that the page is not the process's own alone (proc_pid_pagemap(5)). */
#define _GNU_SOURCE
#include "ipc/mech/shm.h"

#include "ipc/actor.h"
#include "ipc/mech/mech.h"
#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/model/shm.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LOOK_ALWAYS = 16 /* pages: what is larger is compared less often */ };

static void differs(struct lab *lab, int shm, const char *what, int64_t kernel,
                    int64_t model)
{
    lab_trouble(lab, "segment %d has %s %lld, not %lld", shm, what,
                (long long)kernel, (long long)model);
}

/* ---- what the kernel counts ---- */

static void told_nattch(struct lab *lab, int shm, int64_t nattch)
{
    size_t old = lab->nattch_room;
    lab->nattch = mem_grow(lab->nattch, (size_t)shm + 1, &lab->nattch_room,
                           sizeof *lab->nattch);
    for (size_t i = old; i < lab->nattch_room; i++)
        lab->nattch[i] = -1;
    if (lab->nattch[shm] == nattch)
        return;
    lab->nattch[shm] = nattch;
    sight_kernel(lab, lab->step->proc, SEEN_NATTCH,
                 (struct event){.aux = shm, .val = nattch});
}

/* Keys are compared as found or not: the model's are another kind of number. */
static void compare(struct lab *lab, int shm, const struct shmid_ds *now)
{
    const struct shm *m = &lab->world->shm[shm];
    bool dest = now->shm_perm.mode & SHM_DEST;
    int mode = now->shm_perm.mode & 0777;
    bool has_key = now->shm_perm.__key != IPC_PRIVATE;
    if ((int64_t)now->shm_nattch != m->nattch)
        differs(lab, shm, "nattch", (int64_t)now->shm_nattch, m->nattch);
    if ((int64_t)now->shm_segsz != m->size)
        differs(lab, shm, "segsz", (int64_t)now->shm_segsz, m->size);
    if (dest != m->dest)
        differs(lab, shm, "dest", dest, m->dest);
    if (mode != m->ipc.mode)
        differs(lab, shm, "mode", mode, m->ipc.mode);
    if (has_key != (m->ipc.key != KEY_PRIVATE))
        differs(lab, shm, "a key", has_key, !has_key);
    if (!object_pid_is(lab, now->shm_cpid, m->ipc.maker))
        differs(lab, shm, "cpid", now->shm_cpid, m->ipc.maker + 1);
    if (!object_pid_is(lab, now->shm_lpid, m->last) &&
        !object_last_is_open(lab, MECH_SHM, shm,
                             proc_with_pid(lab, now->shm_lpid), m->last))
        differs(lab, shm, "lpid", now->shm_lpid, m->last + 1);
    told_nattch(lab, shm, (int64_t)now->shm_nattch);
}

/* ---- the bytes ---- */

/* A mapping of a segment that can be looked at. */
struct view {
    int proc, mapping; /* NONE: there is none */
    int pid, shown; /* inside, and for /proc */
    uint64_t real;
};

/* The first one from (proc, mapping) on. */
static struct view next_view(struct lab *lab, int shm, struct view v)
{
    const struct world *w = lab->world;
    for (; v.proc < w->head->procs; v.proc++, v.mapping = 0) {
        const struct actor *a = actor_of(lab, v.proc);
        if (!a || a->dead || !a->pid)
            continue;
        for (; v.mapping < w->head->attaches; v.mapping++) {
            const struct attach *at = world_attach(w, v.proc, v.mapping);
            const struct mapped *m =
                at->shm == shm ? shm_mapped(actor_slot(lab, a), at->address)
                               : NULL;
            if (!m)
                continue;
            v.pid = a->pid;
            v.shown = a->shown;
            v.real = m->real;
            return v;
        }
    }
    v.proc = NONE;
    return v;
}

static void compare_page(struct lab *lab, int shm, int64_t page,
                         const struct view *v)
{
    unsigned char real[PIPE_PAGE];
    struct iovec here = {real, sizeof real};
    struct iovec there = {(void *)(uintptr_t)(v->real +
                                              (uint64_t)page * PIPE_PAGE),
                          sizeof real};
    const unsigned char *model =
        lab->world->mem_frame +
        (int64_t)world_frame(lab->world, shm, page) * PIPE_PAGE;
    if (process_vm_readv(v->pid, &here, 1, &there, 1, 0) != PIPE_PAGE)
        return; /* this machine does not let us look */
    if (memcmp(real, model, sizeof real) != 0)
        lab_trouble(lab, "segment %d holds other bytes in page %d", shm,
                    (int)page);
}

static bool is_memory_step(const struct lab *lab)
{
    return lab->step->kind == STEP_OP &&
           object_kind(lab->step->call) == OBJECT_SHM;
}

/* Who is touched by nobody cannot be looked at, and cannot change. */
static void compare_bytes(struct lab *lab, int shm)
{
    const struct shm *m = &lab->world->shm[shm];
    struct view v = next_view(lab, shm, (struct view){0});
    if (v.proc == NONE || (m->pages > LOOK_ALWAYS && !is_memory_step(lab)))
        return;
    for (int32_t page = 0; page < m->pages; page++)
        if (world_frame(lab->world, shm, page) != NONE)
            compare_page(lab, shm, page, &v);
}

/* ---- where it is mapped ---- */

/* One line of /proc/PID/maps. */
struct line {
    uint64_t from, to, inode;
    char rights[5];
};

static bool find_line(int pid, uint64_t real, struct line *l)
{
    char path[SIGHT_TEXT], text[512];
    snprintf(path, sizeof path, "/proc/%d/maps", pid);
    FILE *f = fopen(path, "re");
    bool found = false;
    while (f && !found && fgets(text, sizeof text, f))
        found = sscanf(text, "%" SCNx64 "-%" SCNx64 " %4s %*x %*s %" SCNu64,
                       &l->from, &l->to, l->rights, &l->inode) == 4 &&
                l->from == real;
    if (f)
        fclose(f);
    return found;
}

/* The mapping that the step has made lies where shmat has said, is as long and
 * allows as much as the model says, and is of the segment. */
static void look_at_mapping(struct lab *lab)
{
    const struct world *w = lab->world;
    const struct step *st = lab->step;
    const struct actor *a = actor_of(lab, st->proc);
    int mapping = world_mapping(w, st->proc, st->result[0].ret);
    if (!a || a->dead || mapping == NONE)
        return;
    const struct attach *at = world_attach(w, st->proc, mapping);
    const struct mapped *m = shm_mapped(actor_slot(lab, a), at->address);
    struct line l;
    if (!m || access("/proc/self/maps", R_OK) < 0)
        return;
    if (!find_line(a->shown, m->real, &l)) {
        lab_trouble(lab, "segment %d is not where shmat says", at->shm);
        return;
    }
    if ((int64_t)(l.to - l.from) != (int64_t)w->shm[at->shm].pages * PIPE_PAGE)
        differs(lab, at->shm, "mapped bytes", (int64_t)(l.to - l.from),
                (int64_t)w->shm[at->shm].pages * PIPE_PAGE);
    if (strcmp(l.rights, at->readonly ? "r--s" : "rw-s") != 0)
        lab_trouble(lab, "segment %d is mapped %s", at->shm, l.rights);
    if ((int)l.inode != object_real(lab, OBJECT_SHM, at->shm))
        lab_trouble(lab, "something else than segment %d is mapped", at->shm);
    sight_kernel(lab, st->proc, SEEN_ADDRESS,
                 (struct event){.aux = at->shm, .obj = mapping,
                                .val = (int64_t)m->real});
}

/* ---- one frame ---- */

enum { FRAME_HIDDEN = 0, FRAME_ALONE = -1, FRAME_NOT_THERE = -2 };

/* The number of the frame behind a page of a process, or one of the above. */
static int64_t frame_of(int pid, uint64_t real)
{
    const uint64_t present = UINT64_C(1) << 63, alone = UINT64_C(1) << 56;
    char path[SIGHT_TEXT];
    uint64_t entry = 0;
    snprintf(path, sizeof path, "/proc/%d/pagemap", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return FRAME_NOT_THERE;
    ssize_t n = pread(fd, &entry, sizeof entry, (off_t)(real / PIPE_PAGE * 8));
    close(fd);
    if (n != (ssize_t)sizeof entry || !(entry & present))
        return FRAME_NOT_THERE;
    uint64_t frame = entry & ((UINT64_C(1) << 55) - 1);
    if (frame)
        return (int64_t)frame;
    return entry & alone ? FRAME_ALONE : FRAME_HIDDEN;
}

/* All who have touched the page have the same frame. */
static void look_at_frame(struct lab *lab, int shm, int64_t page)
{
    int64_t first = FRAME_NOT_THERE;
    struct view v = {0};
    int many = 0;
    for (v = next_view(lab, shm, v); v.proc != NONE;
         v.mapping++, v = next_view(lab, shm, v)) {
        int64_t frame = frame_of(v.shown, v.real + (uint64_t)page * PIPE_PAGE);
        if (frame == FRAME_NOT_THERE || frame == FRAME_ALONE)
            continue;
        many++;
        if (first == FRAME_NOT_THERE)
            first = frame;
        else if (first != frame)
            return; /* it is being moved just now; bytes are compared anyway */
    }
    if (many > 1)
        sight_kernel(lab, lab->step->proc, SEEN_FRAME,
                     (struct event){.aux = shm, .obj = (int32_t)page,
                                    .val = first});
}

static void look_at_access(struct lab *lab)
{
    const struct step *st = lab->step;
    int64_t offset = op_arg(st->call, KEY_offset);
    int64_t address = st->id + (offset == ARG_ABSENT ? 0 : offset);
    int mapping = world_mapping(lab->world, st->proc, address);
    if (mapping == NONE)
        return;
    const struct attach *at = world_attach(lab->world, st->proc, mapping);
    look_at_frame(lab, at->shm, (address - at->address) / PIPE_PAGE);
}

/* ---- all of it ---- */

static void inspect(struct lab *lab, int shm, int real)
{
    struct shmid_ds now;
    if (shmctl(real, IPC_STAT, &now) == 0)
        compare(lab, shm, &now);
    else if (errno != EACCES) /* its permissions may keep us out, too */
        lab_trouble(lab, "segment %d is not there", shm);
    compare_bytes(lab, shm);
}

void inspect_shm(struct lab *lab)
{
    objects_each(lab, OBJECT_SHM, inspect);
    if (!is_memory_step(lab) || lab->step->results != 1)
        return;
    enum verb verb = (enum verb)lab->step->call->verb;
    if (verb == OP_shmat && lab->step->result[0].ret >= 0)
        look_at_mapping(lab);
    else if (verb == OP_store || verb == OP_load)
        look_at_access(lab);
}
