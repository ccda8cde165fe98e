/* Memory that is always there.
 *
 * None of these returns NULL: when the machine has no more, one sentence goes
 * to stderr and the program ends with exit status 3 (SCENARIO.md: the machine
 * lacks something). Callers therefore never check, and nothing is half done. */
#ifndef TIMESLICE_MEM_H
#define TIMESLICE_MEM_H

#include <stddef.h>

/* `count` objects of `size` bytes, all zero; the caller frees with free().
 * The product is checked for overflow. */
void *mem_new(size_t count, size_t size);

/* `old` (from mem_new or mem_grow, or NULL) resized to `count` objects of
 * `size` bytes; what is new is not cleared. */
void *mem_resize(void *old, size_t count, size_t size);

/* Makes room for at least `need` objects in a growing array. `*capacity` is
 * doubled as often as it takes; returns the array's new place. */
void *mem_grow(void *old, size_t need, size_t *capacity, size_t size);

/* Where large pieces come from. Fresh memory costs as much as what most of it
 * is for: every page of 4 KiB is a way into the system and back. Who can have
 * larger pages says so here, before the first piece is asked for; else it is
 * malloc's. */
struct mem_source {
    void *(*take)(size_t bytes); /* NULL: there is no more */
    void (*give)(void *piece, size_t bytes);
};
void mem_set_source(struct mem_source source);

/* A piece of that memory, not cleared; mem_large_free gives it back, with the
 * same number of bytes (`piece` may be NULL). */
void *mem_large(size_t bytes);
void mem_large_free(void *piece, size_t bytes);

#endif
