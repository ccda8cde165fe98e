/* Random numbers that are the same everywhere: splitmix64 (Steele, Lea,
 * Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
 * The state is one number, so it can lie in a world and be copied with it. */
#ifndef TIMESLICE_RNG_H
#define TIMESLICE_RNG_H

#include <stdint.h>

/* The next number; moves `*state` on. Any state is a good seed. */
uint64_t rng_next(uint64_t *state);

/* A number in 0 … bound − 1, without bias; `bound` must be above 0. */
uint64_t rng_below(uint64_t *state, uint64_t bound);

/* The state after `n` numbers from `state`, without drawing them; and how many
 * numbers lie between two states (a few: it counts). */
uint64_t rng_skip(uint64_t state, uint64_t n);
int rng_taken(uint64_t before, uint64_t after);

#endif
