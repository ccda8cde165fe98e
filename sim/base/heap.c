#include "sim/base/heap.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>

static bool before(const struct heap_entry *a, const struct heap_entry *b)
{
    return a->key != b->key ? a->key < b->key : a->order < b->order;
}

void heap_push(struct heap *h, struct heap_entry e)
{
    h->entries =
        mem_grow(h->entries, h->count + 1, &h->capacity, sizeof *h->entries);
    size_t i = h->count++;
    while (i > 0 && before(&e, &h->entries[(i - 1) / 2])) {
        h->entries[i] = h->entries[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h->entries[i] = e;
}

struct heap_entry heap_least(const struct heap *h)
{
    require(h->count > 0);
    return h->entries[0];
}

struct heap_entry heap_pop(struct heap *h)
{
    require(h->count > 0);
    struct heap_entry least = h->entries[0];
    struct heap_entry last = h->entries[--h->count];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= h->count)
            break;
        if (child + 1 < h->count &&
            before(&h->entries[child + 1], &h->entries[child]))
            child++;
        if (!before(&h->entries[child], &last))
            break;
        h->entries[i] = h->entries[child];
        i = child;
    }
    if (h->count)
        h->entries[i] = last;
    return least;
}

void heap_free(struct heap *h)
{
    free(h->entries);
    *h = (struct heap){0};
}
