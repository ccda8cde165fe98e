#include "sim/base/wide.h"

#include "sim/base/promises.h"

#include <stdbool.h>

static bool is_negative(struct wide a)
{
    return a.high >> 63;
}

struct wide wide_of(int64_t n)
{
    return (struct wide){n < 0 ? UINT64_MAX : 0, (uint64_t)n};
}

struct wide wide_negative(struct wide a)
{
    uint64_t low = ~a.low + 1;
    return (struct wide){~a.high + (low == 0), low};
}

struct wide wide_sum(struct wide a, struct wide b)
{
    uint64_t low = a.low + b.low;
    return (struct wide){a.high + b.high + (low < a.low), low};
}

static uint64_t magnitude(int64_t n)
{
    return n < 0 ? ~(uint64_t)n + 1 : (uint64_t)n;
}

static struct wide product(uint64_t a, uint64_t b)
{
    uint64_t mask = UINT32_MAX;
    uint64_t low = (a & mask) * (b & mask);
    uint64_t one = (a >> 32) * (b & mask) + (low >> 32);
    uint64_t two = (a & mask) * (b >> 32) + (one & mask);
    return (struct wide){(a >> 32) * (b >> 32) + (one >> 32) + (two >> 32),
                         two << 32 | (low & mask)};
}

struct wide wide_product(int64_t a, int64_t b)
{
    struct wide p = product(magnitude(a), magnitude(b));
    return (a < 0) != (b < 0) ? wide_negative(p) : p;
}

int wide_compare(struct wide a, struct wide b)
{
    if (is_negative(a) != is_negative(b))
        return is_negative(a) ? -1 : 1;
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

/* Long division, by digits of 32 bits where `by` has only one, else a bit at a
 * time; *rest is what remains. The quotient fits into 64 bits: a.high < by. */
static uint64_t divide(struct wide a, uint64_t by, uint64_t *rest)
{
    if (a.high == 0) {
        *rest = a.low % by;
        return a.low / by;
    }
    if (by <= UINT32_MAX) {
        uint64_t top = a.high << 32 | a.low >> 32;
        uint64_t next = top % by << 32 | (a.low & UINT32_MAX);
        *rest = next % by;
        return top / by << 32 | next / by;
    }
    uint64_t left = a.high, quotient = 0;
    for (int bit = 63; bit >= 0; bit--) {
        bool carry = left >> 63;
        left = left << 1 | (a.low >> bit & 1);
        quotient <<= 1;
        if (carry || left >= by) {
            left -= by;
            quotient |= 1;
        }
    }
    *rest = left;
    return quotient;
}

int64_t wide_quotient(struct wide a, int64_t by)
{
    require(by > 0);
    bool below = is_negative(a);
    struct wide m = below ? wide_negative(a) : a;
    uint64_t rest, q = UINT64_MAX;
    if (m.high < (uint64_t)by)
        q = divide(m, (uint64_t)by, &rest);
    else
        rest = 0;
    if (q > INT64_MAX)
        return below ? INT64_MIN : INT64_MAX;
    return below ? -(int64_t)q - (rest != 0) : (int64_t)q;
}

int64_t wide_share(int64_t a, int64_t b, int64_t c)
{
    return wide_quotient(wide_product(a, b), c);
}

int64_t clamped_product(int64_t a, int64_t b)
{
    return wide_quotient(wide_product(a, b), 1);
}

int64_t clamped_sum(int64_t a, int64_t b)
{
    if (b > 0 && a > INT64_MAX - b)
        return INT64_MAX;
    if (b < 0 && a < INT64_MIN - b)
        return INT64_MIN;
    return a + b;
}
