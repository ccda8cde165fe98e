/* Numbers at places 0, 1, 2 …, and their sums from the left.
 *
 * To change a number, to sum up, and to find the place at which the sum exceeds
 * something: each takes O(log n), in an array that is just as long as there are
 * places (Fenwick: A new data structure for cumulative frequency tables,
 * Software: Practice and Experience 24, 1994). */
#ifndef TIMESLICE_SUMS_H
#define TIMESLICE_SUMS_H

#include <stddef.h>
#include <stdint.h>

/* Zeros everywhere at first: struct sums s = {0}. */
struct sums {
    int64_t *part; /* part[i]: of the places i - (i & -i) … i - 1; from 1 on */
    size_t places; /* a power of two; those behind are 0 */
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
