/* t0007-figures.c: where one line overtakes another, and what that says. */
#include "sim/base/figures.h"
#include "sim/base/figures_say.h"
#include "tests/test.h"

#include <math.h>
#include <string.h>

/* Sizes 100, 1000, 10000 …, the rates of shm and pipe; 0: not known. */
static struct figures two_lines(int n, const double *shm, const double *pipe)
{
    struct figures f = {.ways = 1u << WAY_SHM | 1u << WAY_PIPE,
                        .size_count = n};
    for (int i = 0; i < n; i++) {
        f.sizes[i] = (int64_t)pow(10, i + 2);
        f.at[WAY_SHM][i] = (struct figure){shm[i] > 0, 0, shm[i], 1, 1};
        f.at[WAY_PIPE][i] = (struct figure){pipe[i] > 0, 1, pipe[i], 1, 1};
    }
    return f;
}

static struct crossing cross(int n, const double *shm, const double *pipe)
{
    struct figures f = two_lines(n, shm, pipe);
    return figures_cross(&f, WAY_SHM, WAY_PIPE);
}

TEST("lines cross where both axes are logarithmic")
{
    /* From half to twice: in the middle of 1000 and 10000. */
    struct crossing c = cross(4, (double[]){1, 10, 40, 100},
                              (double[]){10, 20, 20, 20});
    EXPECT_EQ_INT(c.kind, CROSSING_UP);
    EXPECT_EQ_INT(c.times, 1);
    EXPECT(fabs(c.size - 3162.28) < 0.1);
    EXPECT(fabs(c.rate - 20) < 1e-9);
    /* From a half to eight times: after a quarter of the way. */
    c = cross(2, (double[]){5, 80}, (double[]){10, 10});
    EXPECT(fabs(c.size - 177.83) < 0.1);
    EXPECT(fabs(c.rate - 10) < 1e-9);
}

TEST("the other way round it falls behind at the same place")
{
    double a[] = {1, 10, 40, 100}, b[] = {10, 20, 20, 20};
    struct crossing up = cross(4, a, b), down = cross(4, b, a);
    EXPECT_EQ_INT(down.kind, CROSSING_DOWN);
    EXPECT(fabs(up.size - down.size) < 1e-6);
    EXPECT(fabs(up.rate - down.rate) < 1e-6);
}

TEST("lines that never cross are ahead, behind or even")
{
    double low[] = {1, 2, 3}, high[] = {2, 4, 6}, near[] = {1.04, 1.95, 3.1};
    EXPECT_EQ_INT(cross(3, high, low).kind, CROSSING_AHEAD);
    EXPECT_EQ_INT(cross(3, low, high).kind, CROSSING_BEHIND);
    EXPECT_EQ_INT(cross(3, low, near).kind, CROSSING_EVEN);
    EXPECT_EQ_INT(cross(3, high, low).times, 0);
    EXPECT(cross(3, high, low).size <= 0);
}

TEST("a difference within the noise is no crossing")
{
    struct crossing c = cross(4, (double[]){8, 10.2, 9.9, 12},
                              (double[]){10, 10, 10, 10});
    EXPECT_EQ_INT(c.kind, CROSSING_UP);
    EXPECT_EQ_INT(c.times, 1);
    c = cross(4, (double[]){12, 9.8, 10.2, 12}, (double[]){10, 10, 10, 10});
    EXPECT_EQ_INT(c.kind, CROSSING_AHEAD);
    EXPECT_EQ_INT(c.times, 0);
}

TEST("of several crossings the last one counts, and all are counted")
{
    struct crossing c = cross(4, (double[]){20, 5, 5, 20},
                              (double[]){10, 10, 10, 10});
    EXPECT_EQ_INT(c.kind, CROSSING_UP);
    EXPECT_EQ_INT(c.times, 2);
    EXPECT(c.size > 10000 && c.size < 100000);
}

TEST("what is not known is stepped over, and nothing known is nothing said")
{
    struct str s = {0};
    struct crossing c = cross(3, (double[]){5, 0, 20}, (double[]){10, 3, 10});
    EXPECT_EQ_INT(c.kind, CROSSING_UP);
    EXPECT(fabs(c.size - 1000) < 0.1);
    struct figures none = two_lines(2, (double[]){0, 0}, (double[]){1, 1});
    EXPECT_EQ_INT(figures_cross(&none, WAY_SHM, WAY_PIPE).kind,
                  CROSSING_UNKNOWN);
    EXPECT(!figures_say_crossing(&none, WAY_SHM, WAY_PIPE, LANG_EN, &s));
    EXPECT_EQ_INT(s.length, 0);
    EXPECT_EQ_INT(figures_verdict(&none), VERDICT_UNKNOWN);
}

/* Three lines over two sizes; queue and pipe carry 10. */
static enum verdict verdict(double shm_small, double shm_large,
                            double queue_large)
{
    struct figures f = two_lines(2, (double[]){shm_small, shm_large},
                                 (double[]){10, 10});
    f.ways |= 1u << WAY_MSGQ;
    f.at[WAY_MSGQ][0] = (struct figure){true, 1, 10, 1, 1};
    f.at[WAY_MSGQ][1] = (struct figure){true, 2, queue_large, 1, 1};
    return figures_verdict(&f);
}

TEST("the lecture's claim holds where shared memory wins at the largest size")
{
    EXPECT_EQ_INT(verdict(5, 30, 10), VERDICT_HOLDS);
    EXPECT_EQ_INT(verdict(10, 30, 10), VERDICT_HOLDS);
    EXPECT_EQ_INT(verdict(20, 30, 10), VERDICT_ALWAYS);
    EXPECT_EQ_INT(verdict(20, 30, 50), VERDICT_PARTLY);
    EXPECT_EQ_INT(verdict(20, 10.1, 10), VERDICT_NOT);
    EXPECT_EQ_INT(verdict(20, 3, 10), VERDICT_NOT);
}

TEST("figures are unsteady if many were disturbed, not if a few were")
{
    struct figures f = two_lines(3, (double[]){1, 2, 3}, (double[]){4, 5, 6});
    EXPECT(!figures_unsteady(&f));
    f.at[WAY_PIPE][0].late = f.at[WAY_PIPE][1].late = 10;
    EXPECT(!figures_unsteady(&f));
    f.at[WAY_SHM][2].late = 11;
    EXPECT(figures_unsteady(&f));
    EXPECT(!figures_unsteady(&(struct figures){.size_count = 0}));
}

static void expect_size(double bytes, const char *want)
{
    struct str s = {0};
    figures_say_size(bytes, &s);
    EXPECT_EQ_STR(str_text(&s), want);
    str_free(&s);
}

static void expect_number(double n, const char *want)
{
    struct str s = {0};
    figures_say_number(n, &s);
    EXPECT_EQ_STR(str_text(&s), want);
    str_free(&s);
}

TEST("sizes and numbers have three digits that say something")
{
    expect_size(64, "64 B");
    expect_size(1000, "1000 B");
    expect_size(1024, "1 KiB");
    expect_size(1536, "1.5 KiB");
    expect_size(8800, "8.59 KiB");
    expect_size(262144, "256 KiB");
    expect_size(1048575, "1 MiB");
    expect_size(16777216, "16 MiB");
    expect_number(0.0421, "0.042");
    expect_number(0.9999, "1.00");
    expect_number(9.999, "10.0");
    expect_number(99.96, "100");
    expect_number(12345.6, "12346");
}

TEST("every kind of crossing and verdict has its sentence in both languages")
{
    static const double ten[] = {10, 10, 10};
    static const double lines[][3] = {
        {5, 20, 20}, {20, 5, 5}, {20, 20, 20}, {5, 5, 5}, {10, 10, 10}};
    static const char *const says[][LANG_COUNT] = {
        {"carries more than `pipe` from about 316 B on", "约从 316 B 起"},
        {"carries less than `pipe` from about 316 B on", "低于 `pipe`"},
        {"carries more than `pipe` at every size", "始终高于 `pipe`"},
        {"carries less than `pipe` at every size", "始终低于 `pipe`"},
        {"never more than a twentieth apart", "不超过二十分之一"}};
    for (int i = 0; i < 5; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct figures f = two_lines(3, lines[i], ten);
            struct str s = {0};
            test_case("line %d, language %d", i, lang);
            EXPECT(figures_say_crossing(&f, WAY_SHM, WAY_PIPE,
                                        (enum lang)lang, &s));
            EXPECT_CONTAINS(str_text(&s), says[i][lang]);
            str_free(&s);
        }
}

TEST("a mechanism is found by its whole name")
{
    for (int w = 0; w < WAY_COUNT; w++)
        EXPECT_EQ_INT(way_named(way_table[w].name,
                                (int)strlen(way_table[w].name)), w);
    EXPECT_EQ_INT(way_named("shm-co", 6), WAY_COUNT);
    EXPECT_EQ_INT(way_named("", 0), WAY_COUNT);
    EXPECT_EQ_INT(way_named("pipe,fifo", 4), WAY_PIPE);
}
