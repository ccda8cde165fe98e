/* figure_write.c: figures as people and programs read them. */
#include "sim/model/figure.h"

#include "sim/base/promises.h"
#include "sim/base/wide.h"

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

/* `n` < `one`, in units of 1/unit, to the nearest. */
static uint64_t part_of(int64_t n, int64_t one, int64_t unit)
{
    struct wide half = wide_of(one / 2);
    return (uint64_t)wide_quotient(wide_sum(wide_product(n, unit), half), one);
}

void shown_write(const struct shown_figure *f, int decimals, struct str *out)
{
    require(decimals >= 0 && decimals <= 6);
    if (figure_is_none(f->kind, f->value)) {
        str_add_char(out, '-');
        return;
    }
    if (f->kind != FIGURE_FRACTION) {
        str_addf(out, "%lld", (long long)f->value);
        return;
    }
    bool below = f->value < 0;
    uint64_t n = below ? 0 - (uint64_t)f->value : (uint64_t)f->value;
    uint64_t one = (uint64_t)f->one, unit = power_of_ten(decimals);
    uint64_t whole = n / one;
    uint64_t part = part_of((int64_t)(n % one), f->one, (int64_t)unit);
    whole += part / unit;
    part %= unit;
    str_addf(out, "%s%llu", below && (whole || part) ? "-" : "",
             (unsigned long long)whole);
    add_decimals(part, decimals, out);
}

void figure_write(enum figure_kind kind, int64_t value, int decimals,
                  struct str *out)
{
    struct shown_figure f = {.kind = kind, .value = value, .one = FIGURE_ONE};
    shown_write(&f, decimals, out);
}
