#include "sim/base/rng.h"

#include "sim/base/promises.h"

static const uint64_t step = 0x9e3779b97f4a7c15u; /* 2^64 / golden ratio */

uint64_t rng_skip(uint64_t state, uint64_t n)
{
    return state + n * step;
}

int rng_taken(uint64_t before, uint64_t after)
{
    int n = 0;
    for (; before != after; before += step)
        n++;
    return n;
}

uint64_t rng_next(uint64_t *state)
{
    uint64_t z = *state += step;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint64_t rng_below(uint64_t *state, uint64_t bound)
{
    require(bound > 0);
    uint64_t spare = (0 - bound) % bound; /* 2^64 mod bound */
    uint64_t r = rng_next(state);
    while (r < spare)
        r = rng_next(state);
    return r % bound;
}
