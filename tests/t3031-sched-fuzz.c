/* t3031-sched-fuzz.c: a taste of tests/fuzz/sched.c, the same every time. */
#include "sim/base/rng.h"
#include "tests/fuzz/sched.c" /* the harness itself */
#include "tests/test.h"

enum { INPUTS = 4000, LONGEST = 600 };

/* Bytes that are mostly small, or mostly all the same: all ties. */
static size_t make_up(uint64_t *random, uint8_t *bytes)
{
    size_t length = 1 + rng_below(random, LONGEST);
    uint64_t most = rng_below(random, 3) ? 256 : 1 + rng_below(random, 8);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)rng_below(random, most);
    bytes[0] = (uint8_t)rng_below(random, 256);
    return length;
}

TEST("whatever the bytes make up, it is scheduled, and legally")
{
    uint64_t random = 1;
    uint8_t bytes[LONGEST + 1];
    for (int i = 0; i < INPUTS; i++) {
        struct trial t = {0};
        size_t length = make_up(&random, bytes);
        test_case("input %d", i);
        trial_run_bytes(&t, bytes, length);
        EXPECT_EQ_STR(str_text(&t.why), "");
        trial_free(&t);
        EXPECT_EQ_INT(LLVMFuzzerTestOneInput(bytes, length / 2), 0);
    }
}
