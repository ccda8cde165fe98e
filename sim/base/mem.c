#include "sim/base/mem.h"

#include "sim/base/promises.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn static void out_of_memory(size_t count, size_t size)
{
    fprintf(stderr,
            "timeslice: error: out of memory: %zu objects of %zu bytes are "
            "not to be had; use a smaller scenario or --until\n",
            count, size);
    exit(3);
}

void *mem_new(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        out_of_memory(count, size);
    return p;
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory(count, size);
    size_t bytes = count * size;
    void *p = realloc(old, bytes ? bytes : 1);
    if (!p)
        out_of_memory(count, size);
    return p;
}

void *mem_grow(void *old, size_t need, size_t *capacity, size_t size)
{
    require(capacity);
    if (need <= *capacity)
        return old;
    size_t room = *capacity ? *capacity : 16;
    while (room < need)
        room = room > SIZE_MAX / 2 ? need : room * 2;
    void *p = mem_resize(old, room, size);
    *capacity = room;
    return p;
}

/* ---- large pieces ---- */

static void give_plain(void *piece, size_t bytes)
{
    (void)bytes;
    free(piece);
}

static struct mem_source large = {malloc, give_plain};

void mem_set_source(struct mem_source source)
{
    require(source.take && source.give);
    large = source;
}

void *mem_large(size_t bytes)
{
    void *piece = large.take(bytes);
    if (!piece)
        out_of_memory(1, bytes);
    return piece;
}

void mem_large_free(void *piece, size_t bytes)
{
    if (piece)
        large.give(piece, bytes);
}
