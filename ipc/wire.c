/* wire.c: the shared memory and the futex calls on it. */
#define _GNU_SOURCE
#include "ipc/wire.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_BYTES = 4096 };

_Static_assert(sizeof(struct wire_head) <= HEAD_BYTES, "the head is one page");

static size_t wire_size(int slots)
{
    size_t each = SLOT_BYTES + (size_t)DEPTHS * CALL_ROOM;
    return HEAD_BYTES + (size_t)slots * each;
}

/* Address space costs nothing until it is touched; still, a machine that
 * never overcommits may refuse the whole. */
int wire_map(struct wire *w)
{
    for (int slots = SLOTS_MAX; slots >= 4; slots /= 2) {
        size_t size = wire_size(slots);
        unsigned char *at =
            mmap(NULL, size, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (at == MAP_FAILED)
            continue;
        *w = (struct wire){
            .head = (struct wire_head *)(void *)at,
            .slots = at + HEAD_BYTES,
            .bytes = at + HEAD_BYTES + (size_t)slots * SLOT_BYTES,
            .slot_count = slots,
            .mapped = size,
        };
        return 0;
    }
    return errno;
}

void wire_unmap(struct wire *w)
{
    if (w->head)
        munmap(w->head, w->mapped);
    *w = (struct wire){0};
}

struct slot *wire_slot(const struct wire *w, int slot)
{
    return (struct slot *)(void *)(w->slots + (size_t)slot * SLOT_BYTES);
}

unsigned char *wire_bytes(const struct wire *w, int slot, uint32_t depth)
{
    size_t room = (size_t)slot * DEPTHS + depth;
    return w->bytes + room * CALL_ROOM;
}

int futex_wait(_Atomic uint32_t *word, uint32_t seen, int64_t nanoseconds)
{
    struct timespec bound = {
        .tv_sec = (time_t)(nanoseconds / 1000000000),
        .tv_nsec = (long)(nanoseconds % 1000000000),
    };
    long r = syscall(SYS_futex, (void *)word, FUTEX_WAIT, seen,
                     nanoseconds < 0 ? NULL : &bound, NULL, 0);
    return r == 0 ? 0 : errno;
}

void futex_wake(_Atomic uint32_t *word)
{
    syscall(SYS_futex, (void *)word, FUTEX_WAKE, 1, NULL, NULL, 0);
}
