/* An arena: many small allocations with one lifetime, freed at a stroke.
 *
 * A scenario lives in one, a frame of the window in another. Pointers into an
 * arena stay valid until arena_clear or arena_free. */
#ifndef TIMESLICE_ARENA_H
#define TIMESLICE_ARENA_H

#include "sim/base/gnu.h"

#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *head; /* newest first; NULL: nothing yet */
};

/* `size` bytes, zeroed, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);

/* A zero-terminated copy of `length` bytes of `text`. */
char *arena_copy(struct arena *a, const char *text, size_t length);

/* A string made as printf makes it. */
char *arena_printf(struct arena *a, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Forgets everything but keeps one chunk for the next round. */
void arena_clear(struct arena *a);

/* Gives all memory back; the arena is then empty and usable. */
void arena_free(struct arena *a);

#endif
