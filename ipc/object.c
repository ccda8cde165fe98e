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
#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>

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

void objects_inspect(struct lab *lab)
{
    for (int m = 0; m < MECH_COUNT && lab->world && !lab->trouble[0]; m++)
        if (lab_inspects[m])
            lab_inspects[m](lab);
}

void objects_free(struct lab *lab)
{
    for (int k = 0; k < OBJECT_KINDS; k++)
        free(lab->objects[k].real);
}
