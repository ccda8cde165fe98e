/* object.c: which real System V object stands for which of the model.
 *
 * The kernel counts ids in its own way, and beside a lesson there may be other
 * objects on the machine. So the lab never foretells a real id: it remembers
 * the one that the first msgget, shmget or semget has returned, and from then
 * on one stands for the other. What no lesson's process has made cannot be
 * named by one. */
#define _GNU_SOURCE
#include "ipc/actor.h"

#include "ipc/mech/mech.h"
#include "ipc/sysv.h"
#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/model/semaphore.h"
#include "sim/model/shm.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

enum object_kind object_kind(const struct op *op)
{
    switch (op_about((enum verb)op->verb)->group) {
    case GROUP_QUEUE:
        return OBJECT_MSGQ;
    case GROUP_MEMORY:
        return OBJECT_SHM;
    case GROUP_SEMAPHORE:
        return OBJECT_SEM;
    default:
        return OBJECT_NONE;
    }
}

enum object_kind object_kind_of_step(const struct lab *lab)
{
    const struct step *st = lab->step;
    return st->kind == STEP_OP ? object_kind(st->call) : OBJECT_NONE;
}

int object_real(const struct lab *lab, enum object_kind kind, int64_t id)
{
    const struct objects *all = &lab->objects[kind];
    return id >= 0 && (size_t)id < all->count ? all->real[id] : -1;
}

int64_t object_id(const struct lab *lab, enum object_kind kind, int real)
{
    const struct objects *all = &lab->objects[kind];
    for (size_t i = all->count; i-- > 0;)
        if (all->real[i] == real)
            return (int64_t)i;
    return -1;
}

int64_t object_limits(const struct lab *lab, enum object_kind kind, int64_t id)
{
    const struct world *w = lab->world;
    if (!w || id < 0)
        return 0;
    if (kind == OBJECT_MSGQ && id < w->head->msgqs)
        return (int64_t)w->msgq[id].ipc.mode << 32 | w->msgq[id].qbytes;
    if (kind == OBJECT_SHM && id < w->head->shms)
        return (int64_t)w->shm[id].ipc.mode << 32;
    if (kind == OBJECT_SEM && id < w->head->semsets)
        return (int64_t)w->semset[id].ipc.mode << 32 | w->semset[id].nsems;
    return 0;
}

/* The number at that place of a line of /proc/sys; -1: there is none. */
static int64_t system_limit(const char *path, int place)
{
    long long limit = -1;
    FILE *f = fopen(path, "re");
    for (int i = 0; f && i <= place; i++)
        if (fscanf(f, "%lld", &limit) != 1)
            limit = -1;
    if (f)
        fclose(f);
    return limit;
}

static bool knows_our_limits(enum object_kind kind)
{
    if (kind == OBJECT_SEM)
        return system_limit("/proc/sys/kernel/sem", 1) == SEM_ALL_MAX;
    return system_limit("/proc/sys/kernel/shmmax", 0) == SHM_BYTES_MAX &&
           system_limit("/proc/sys/kernel/shmall", 0) == SHM_PAGES_ALL &&
           system_limit("/proc/sys/kernel/shmmni", 0) == SHM_SEGMENTS_MAX;
}

/* In namespaces of their own the limits can be set, and then the kernel itself
 * says no. Elsewhere no lesson may eat up the machine. */
int object_too_much(const struct op *op, enum errno_name model)
{
    bool large = op->verb == OP_shmget && model == E_EINVAL &&
                 op_arg(op, KEY_size) > SHM_BYTES_MAX;
    if ((!large && model != E_ENOSPC) || knows_our_limits(object_kind(op)))
        return 0;
    return large ? EINVAL : ENOSPC;
}

void object_bind(struct lab *lab, enum object_kind kind, int64_t id, int real)
{
    struct objects *all = &lab->objects[kind];
    require(id >= 0);
    all->real =
        mem_grow(all->real, (size_t)id + 1, &all->room, sizeof *all->real);
    while (all->count <= (size_t)id)
        all->real[all->count++] = -1;
    all->real[id] = real;
}

bool object_pid_is(const struct lab *lab, int pid, int proc)
{
    return pid == (proc == NONE ? 0 : pid_of_proc(lab, proc));
}

static bool ends_with_others(const struct step *st, int proc)
{
    return proc != NONE && proc != st->proc && proc != st->target &&
           dies(st, proc);
}

bool object_last_is_open(struct lab *lab, enum mechanism mech, int obj,
                         int proc, int model)
{
    const struct step *st = lab->step;
    if (!ends_with_others(st, proc) || !ends_with_others(st, model))
        return false;
    sight_add(lab, (struct event){.kind = EV_LAST, .sub = (uint8_t)mech,
                                  .proc = proc, .obj = obj});
    return true;
}

/* By enum object_kind: what the model and what the machine call it. */
static const enum mechanism of_model[OBJECT_KINDS] = {
    [OBJECT_MSGQ] = MECH_MSGQ, [OBJECT_SHM] = MECH_SHM, [OBJECT_SEM] = MECH_SEM};
static const enum sysv_kind of_machine[OBJECT_KINDS] = {
    [OBJECT_NONE] = SYSV_KINDS,
    [OBJECT_MSGQ] = SYSV_MSG,
    [OBJECT_SHM] = SYSV_SHM,
    [OBJECT_SEM] = SYSV_SEM};

void objects_each(struct lab *lab, enum object_kind kind, object_look *look)
{
    static const char *const names[OBJECT_KINDS] = {
        [OBJECT_MSGQ] = "message queue", [OBJECT_SHM] = "segment",
        [OBJECT_SEM] = "semaphore set"};
    int count = world_ipc_count(lab->world, of_model[kind]);
    for (int id = 0; id < count; id++) {
        int real = object_real(lab, kind, id);
        if (real < 0)
            continue;
        if (!world_ipc(lab->world, of_model[kind], id)->gone)
            look(lab, id, real);
        else if (sysv_exists(of_machine[kind], real))
            lab_trouble(lab, "%s %d is still there", names[kind], id);
    }
}

void objects_inspect(struct lab *lab)
{
    for (int m = 0; m < MECH_COUNT && lab->world && !lab->trouble[0]; m++)
        if (lab_inspects[m])
            lab_inspects[m](lab);
}

void objects_free(struct lab *lab)
{
    for (int k = 0; k < OBJECT_KINDS; k++) {
        struct objects *all = &lab->objects[k];
        for (size_t i = 0; i < all->count; i++)
            if (all->real[i] >= 0)
                sysv_remove(of_machine[k], all->real[i]);
        free(all->real);
    }
}
