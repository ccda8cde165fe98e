/* Products that do not fit into 64 bits.
 *
 * Times go up to 10^15 ticks, weights up to 10^5 and figures are kept in parts
 * of a tick, so shares and fractions are counted with twice as many bits: an
 * answer is exact, or the largest number there is. */
#ifndef TIMESLICE_WIDE_H
#define TIMESLICE_WIDE_H

#include <stdint.h>

/* A signed number of 128 bits, two's complement. */
struct wide {
    uint64_t high, low;
};

struct wide wide_of(int64_t n);
struct wide wide_product(int64_t a, int64_t b);
struct wide wide_sum(struct wide a, struct wide b);
struct wide wide_negative(struct wide a);

/* < 0, 0, > 0: a is less than b, the same, more. */
int wide_compare(struct wide a, struct wide b);

/* a / by, rounded down, for by > 0; INT64_MAX or INT64_MIN if it does not fit.
 */
int64_t wide_quotient(struct wide a, int64_t by);

/* a * b / c, rounded down, for c > 0; INT64_MAX or INT64_MIN if it does not
 * fit. */
int64_t wide_share(int64_t a, int64_t b, int64_t c);

/* The product and the sum, or the nearest number that fits. */
int64_t clamped_product(int64_t a, int64_t b);
int64_t clamped_sum(int64_t a, int64_t b);

#endif
