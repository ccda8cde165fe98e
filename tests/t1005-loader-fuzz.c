/* t1005-loader-fuzz.c: a taste of tests/fuzz/loader.c, the same every time.
 *
 * The fuzzer's harness looks at every lesson, every broken file and its own
 * seeds, whole, cut off at some place, and with some bytes changed. */
#include "sim/base/rng.h"
#include "tests/fuzz/loader.c" /* the harness itself */
#include "tests/test.h"

#include <stdio.h>

enum { CHANGES = 12, BIG = 20000 };

static void change(unsigned char *bytes, size_t length, uint64_t *random)
{
    static const char often[] = "{}[]\",:0-\\/.e ";
    for (int i = 0; i < 3; i++) {
        size_t at = rng_below(random, length);
        bytes[at] = rng_below(random, 2)
                        ? (unsigned char)often[rng_below(random, 14)]
                        : (unsigned char)rng_below(random, 256);
    }
}

static void taste(const char *path, void *ctx)
{
    uint64_t *random = ctx;
    size_t length = 0;
    char *text = test_read_file(path, &length);
    test_case("%s", path);
    EXPECT_EQ_INT(LLVMFuzzerTestOneInput((uint8_t *)text, length), 0);
    for (int i = 0; i < CHANGES && length && length < BIG; i++) {
        unsigned char *copy = malloc(length);
        NEED(copy);
        memcpy(copy, text, length);
        LLVMFuzzerTestOneInput(copy, rng_below(random, length));
        change(copy, length, random);
        LLVMFuzzerTestOneInput(copy, length);
        free(copy);
    }
    free(text);
}

TEST("the broken files, whole, cut and changed, break nothing")
{
    uint64_t random = 1;
    EXPECT(test_each_file("tests/bad", ".json", taste, &random) >= 60);
}

TEST("the fuzzer's seeds and the lessons, whole, cut and changed, likewise")
{
    uint64_t random = 2;
    int files = test_each_file("scenarios", ".json", taste, &random);
    files += test_each_file("tests/fuzz/loader", ".json", taste, &random);
    EXPECT(files >= 2);
}
