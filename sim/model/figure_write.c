/* figure_write.c: figures as people and programs read them. */
#include "sim/model/figure.h"

#include "sim/base/promises.h"

bool figure_is_none(enum figure_kind kind, int64_t value)
{
    return kind == FIGURE_FRACTION ? value == INT64_MAX : value == TICK_NEVER;
}

static uint64_t power_of_ten(int n)
{
    uint64_t power = 1;
    for (; n > 0; n--)
        power *= 10;
    return power;
}

static void add_decimals(uint64_t n, int digits, struct str *out)
{
    if (!n)
        return;
    for (; n % 10 == 0; n /= 10)
        digits--;
    str_addf(out, ".%0*llu", digits, (unsigned long long)n);
}

void figure_write(enum figure_kind kind, int64_t value, int decimals,
                  struct str *out)
{
    require(decimals >= 0 && decimals <= 6);
    if (figure_is_none(kind, value)) {
        str_add_char(out, '-');
        return;
    }
    if (kind != FIGURE_FRACTION) {
        str_addf(out, "%lld", (long long)value);
        return;
    }
    uint64_t n = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t one = (uint64_t)FIGURE_ONE, unit = power_of_ten(decimals);
    uint64_t whole = n / one, part = (n % one * unit + one / 2) / one;
    whole += part / unit;
    part %= unit;
    str_addf(out, "%s%llu", value < 0 && (whole || part) ? "-" : "",
             (unsigned long long)whole);
    add_decimals(part, decimals, out);
}
