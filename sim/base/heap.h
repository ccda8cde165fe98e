/* A heap of what will happen next, least key first.
 *
 * An entry is (key, order, id): equal keys come out in rising `order`, so
 * every tie has an answer. Entries are not looked up or changed in the middle:
 * whoever cancels one lets it come out and ignores it. O(log n) each way. */
#ifndef TIMESLICE_HEAP_H
#define TIMESLICE_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_entry {
    int64_t key;
    int64_t order;
    int32_t id;
    int32_t tag; /* the caller's; not compared */
};

struct heap {
    struct heap_entry *entries;
    size_t count, capacity;
};

void heap_push(struct heap *h, struct heap_entry e);

/* The least entry; the heap must not be empty. */
struct heap_entry heap_least(const struct heap *h);
struct heap_entry heap_pop(struct heap *h);

void heap_free(struct heap *h);

#endif
