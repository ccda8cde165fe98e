/* t3034-sums.c: sums from the left against adding up one by one. */
#include "sim/base/rng.h"
#include "sim/policy/sums.h"
#include "tests/test.h"

#include <stdlib.h>

static void expect_sums(const struct sums *s, const int64_t *number, size_t n)
{
    int64_t before = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t rest = -1;
        EXPECT_EQ_INT(sums_before(s, i), before);
        if (number[i]) {
            EXPECT_EQ_INT(sums_find(s, before, &rest), i);
            EXPECT_EQ_INT(rest, 0);
            EXPECT_EQ_INT(sums_find(s, before + number[i] - 1, &rest), i);
            EXPECT_EQ_INT(rest, number[i] - 1);
        }
        before += number[i];
    }
    EXPECT_EQ_INT(sums_before(s, n), before);
    EXPECT_EQ_INT(sums_before(s, 100 * n), before);
    EXPECT_EQ_INT(sums_all(s), before);
}

TEST("places in any order, numbers that come and go, as many as there may be")
{
    static const size_t sizes[] = {1, 7, 8, 9, 16, 17, 64, 65, 511, 513, 5000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        size_t n = sizes[k];
        struct sums s = {0};
        uint64_t dice = n;
        int64_t *number = calloc(n, sizeof *number);
        NEED(number);
        test_case("%d places", (int)n);
        EXPECT_EQ_INT(sums_all(&s), 0);
        for (size_t i = 0; i < 4 * n; i++) {
            size_t at = rng_next(&dice) % n;
            int64_t more = number[at] && rng_next(&dice) % 3 == 0
                               ? -number[at]
                               : (int64_t)(rng_next(&dice) % 1000);
            number[at] += more;
            sums_add(&s, at, more);
        }
        expect_sums(&s, number, n);
        free(number);
        sums_free(&s);
    }
}
