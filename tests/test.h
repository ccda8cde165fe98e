/* A small test kit. A test is a sentence that is true:
 *
 *     #include "tests/test.h"
 *
 *     TEST("only the running can block")
 *     {
 *         EXPECT_EQ_INT(state_after(READY, EV_BLOCK), NOWHERE);
 *     }
 *
 * A file of such tests is a program: main is in test.c and runs them in the
 * order they are written, one line of TAP each (testanything.org). It ends
 * with 0 if there was a test, all ran, every one expected something and none
 * failed. `program WORD` runs the tests whose sentence contains WORD.
 *
 * What was found comes first, what was wanted second. An EXPECT that fails is
 * reported and the test goes on; NEED returns from the function instead, for
 * what the rest of it stands on. The macros evaluate each argument once.
 *
 * A test has no way to skip itself: what it needs, `./run test` installs.
 *
 * Registering a test takes __attribute__((constructor)), which gcc and clang
 * have and ISO C does not; code outside tests/ needs nothing like it. */
#ifndef TIMESLICE_TEST_H
#define TIMESLICE_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct test {
    const char *sentence;
    void (*body)(void);
    struct test *next;
};

struct test_place {
    const char *file;
    int line;
    const char *what; /* the expression that was looked at */
};

#define TEST(sentence) TEST_AT_LINE(sentence, __LINE__)
#define TEST_AT_LINE(sentence, line) TEST_NAMED(sentence, line)
#define TEST_NAMED(sentence, line)                                             \
    static void test_body_##line(void);                                        \
    __attribute__((constructor)) static void test_enter_##line(void)           \
    {                                                                          \
        static struct test one = {sentence, test_body_##line, NULL};           \
        test_register(&one);                                                   \
    }                                                                          \
    static void test_body_##line(void)

#define TEST_HERE(what) ((struct test_place){__FILE__, __LINE__, what})

#define EXPECT(cond) test_expect(TEST_HERE(#cond), (cond))
#define EXPECT_EQ_INT(got, want)                                               \
    test_expect_int(TEST_HERE(#got), (intmax_t)(got), (intmax_t)(want))
#define EXPECT_EQ_HEX(got, want)                                               \
    test_expect_hex(TEST_HERE(#got), (uintmax_t)(got), (uintmax_t)(want))
#define EXPECT_EQ_STR(got, want) test_expect_str(TEST_HERE(#got), (got), (want))
#define EXPECT_CONTAINS(text, part)                                            \
    test_expect_contains(TEST_HERE(#text), (text), (part))
/* Two blocks of `size` bytes; the first byte that differs is named. */
#define EXPECT_EQ_BYTES(got, want, size)                                       \
    test_expect_bytes(TEST_HERE(#got), (got), (want), (size))

#define NEED(cond)                                                             \
    do {                                                                       \
        if (!test_expect(TEST_HERE(#cond), (cond)))                            \
            return;                                                            \
    } while (0)

/* Says which case of a loop or table is being looked at; it is printed with
 * every failure until the next call or the end of the test. */
void test_case(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The whole file at `path`, relative to the root of the source, with a zero
 * byte behind it; the caller frees. A file that is not there fails the test
 * and gives "". `length` may be NULL. */
char *test_read_file(const char *path, size_t *length);

/* Calls `look` for each file of `folder` whose name has that ending, with its
 * path ("tests/bad/x.json"; both relative to the root of the source). Returns
 * how many there are; a folder that is not there has none. */
int test_each_file(const char *folder, const char *ending,
                   void (*look)(const char *path, void *ctx), void *ctx);

/* What the macros above call; each returns whether all was well. */
void test_register(struct test *t);
bool test_expect(struct test_place at, bool ok);
bool test_expect_int(struct test_place at, intmax_t got, intmax_t want);
bool test_expect_hex(struct test_place at, uintmax_t got, uintmax_t want);
bool test_expect_str(struct test_place at, const char *got, const char *want);
bool test_expect_contains(struct test_place at, const char *text,
                          const char *part);
bool test_expect_bytes(struct test_place at, const void *got, const void *want,
                       size_t size);

#endif
