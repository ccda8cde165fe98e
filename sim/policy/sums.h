/* Numbers at places 0, 1, 2 …, and their sums from the left.
 *
 * Over the numbers lie the sums of each eight of them, over those the sums of
 * each eight, and so on: to change a number, to sum up, and to find the place at
 * which the sum exceeds something each takes O(log n), and looks at a cache line
 * or two a level, which is what counts where there are a million. */
#ifndef TIMESLICE_SUMS_H
#define TIMESLICE_SUMS_H

#include <stddef.h>
#include <stdint.h>

enum { SUMS_LEVELS_MOST = 22 }; /* 8^21 is more than there are bytes */

/* Zeros everywhere at first: struct sums s = {0}. */
struct sums {
    int64_t *level[SUMS_LEVELS_MOST]; /* 0: the numbers; each as many eights as
                                         it needs, the last one eight */
    int levels;
    size_t places; /* eights of them; those behind are 0 */
    int64_t all;
};

void sums_free(struct sums *s);

void sums_add(struct sums *s, size_t place, int64_t more);

/* Of the places before `place`; of all. */
int64_t sums_before(const struct sums *s, size_t place);
int64_t sums_all(const struct sums *s);

/* The first place with which the sum exceeds `sum` (0 <= sum < sums_all; no
 * number may be negative). *rest is by how much `sum` exceeds the sum before
 * it. */
size_t sums_find(const struct sums *s, int64_t sum, int64_t *rest);

#endif
