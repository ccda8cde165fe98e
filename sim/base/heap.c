#include "sim/base/heap.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>

/* Each entry has four children: half as many levels as with two, and those of a
 * large heap are what costs, since each is in another cache line. */
enum { WAYS = 4 };

static bool before(const struct heap_entry *a, const struct heap_entry *b)
{
    return a->key != b->key ? a->key < b->key : a->order < b->order;
}

void heap_push(struct heap *h, struct heap_entry e)
{
    h->entries =
        mem_grow(h->entries, h->count + 1, &h->capacity, sizeof *h->entries);
    size_t i = h->count++;
    while (i > 0 && before(&e, &h->entries[(i - 1) / WAYS])) {
        h->entries[i] = h->entries[(i - 1) / WAYS];
        i = (i - 1) / WAYS;
    }
    h->entries[i] = e;
}

/* The least child of entry `i`; h->count if it has none. */
static size_t least_child(const struct heap *h, size_t i)
{
    size_t first = WAYS * i + 1, end = first + WAYS, least = first;
    if (first >= h->count)
        return h->count;
    end = end > h->count ? h->count : end;
    for (size_t c = first + 1; c < end; c++)
        if (before(&h->entries[c], &h->entries[least]))
            least = c;
    return least;
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
        size_t child = least_child(h, i);
        if (child == h->count || !before(&h->entries[child], &last))
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
