#include "sim/base/arena.h"

#include "sim/base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 64 * 1024 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size;
    max_align_t bytes[];
};

static size_t aligned(size_t n)
{
    const size_t a = sizeof(max_align_t);
    return (n + a - 1) / a * a;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t need = aligned(size ? size : 1);
    struct arena_chunk *c = a->head;
    if (!c || c->size - c->used < need) {
        size_t room = need > CHUNK_BYTES ? need : CHUNK_BYTES;
        c = mem_resize(NULL, 1, sizeof *c + room);
        c->next = a->head;
        c->used = 0;
        c->size = room;
        a->head = c;
    }
    char *p = (char *)c->bytes + c->used;
    c->used += need;
    return memset(p, 0, need);
}

char *arena_copy(struct arena *a, const char *text, size_t length)
{
    char *p = arena_alloc(a, length + 1);
    if (length)
        memcpy(p, text, length);
    return p;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = arena_alloc(a, n < 0 ? 1 : (size_t)n + 1);
    if (n >= 0)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

void arena_clear(struct arena *a)
{
    while (a->head && a->head->next) {
        struct arena_chunk *old = a->head;
        a->head = old->next;
        free(old);
    }
    if (a->head)
        a->head->used = 0;
}

void arena_free(struct arena *a)
{
    arena_clear(a);
    free(a->head);
    a->head = NULL;
}
