/* Names by number: each different name gets 0, 1, 2 … in the order in which
 * it first came. Finding one takes the same time however many there are. */
#ifndef TIMESLICE_NAMES_H
#define TIMESLICE_NAMES_H

#include "sim/base/arena.h"

#include <stddef.h>
#include <stdint.h>

struct names {
    const char **list; /* by number; the texts lie in `arena` */
    size_t count, capacity;
    int32_t *slots; /* hash table: number + 1, 0: free */
    size_t slot_count;
    struct arena *arena;
};

/* The number of `text`, which is entered if it is new. */
int32_t names_enter(struct names *n, const char *text);

/* The number of `text`, or -1 if it was never entered. */
int32_t names_find(const struct names *n, const char *text);

/* The name nearest to `text`, near enough to be a slip, or NULL. */
const char *names_near(const struct names *n, const char *text);

/* Frees the tables, not the texts. */
void names_free(struct names *n);

/* How likely `a` was meant to be `b`: 0 the same, more the less likely,
 * WORD_NO_SLIP: no slip of the finger. */
enum { WORD_NO_SLIP = 100 };
int word_slip(const char *a, const char *b);

#endif
