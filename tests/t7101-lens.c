/* t7101-lens.c: the window onto time is arithmetic. */
#include "render/lens.h"
#include "tests/test.h"

#include <math.h>

static const struct rect plot = {100, 0, 800, 50};

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-6 * (1 + fabs(b));
}

TEST("a time goes to its pixel and back")
{
    struct lens l;
    lens_show(&l, 10, 50);
    EXPECT(near(lens_x(&l, plot, 10), 100));
    EXPECT(near(lens_x(&l, plot, 30), 500));
    EXPECT(near(lens_x(&l, plot, 50), 900));
    for (double t = 10; t < 50; t += 0.25)
        EXPECT(fabs(lens_time(&l, plot, lens_x(&l, plot, t)) - t) < 0.01);
}

TEST("zooming keeps the moment under the pointer where it is")
{
    struct lens l;
    lens_show(&l, 0, 100);
    float before = lens_x(&l, plot, 70);
    for (int i = 0; i < 12; i++) {
        lens_zoom(&l, 70, 1.25, 1000);
        EXPECT(fabsf(lens_x(&l, plot, 70) - before) < 0.01f);
    }
    EXPECT(l.to - l.from < 10);
}

TEST("nothing shorter than a tick and nothing longer than allowed")
{
    struct lens l;
    lens_show(&l, 0, 100);
    for (int i = 0; i < 100; i++)
        lens_zoom(&l, 50, 2, 1000);
    EXPECT(near(l.to - l.from, LENS_LEAST));
    for (int i = 0; i < 100; i++)
        lens_zoom(&l, 50, 0.5, 1000);
    EXPECT(near(l.to - l.from, 1000));
    EXPECT(l.from >= 0);
}

TEST("panning stops at the beginning and keeps the end in sight")
{
    struct lens l;
    lens_show(&l, 10, 30);
    lens_pan(&l, -100, 500);
    EXPECT(near(l.from, 0));
    EXPECT(near(l.to, 20));
    lens_pan(&l, 1e9, 500);
    EXPECT(l.from < 500);
    EXPECT(near(l.to - l.from, 20));
}

TEST("the whole run fits, with room, in lengths from a ladder")
{
    struct lens l, again;
    for (double seen = 0; seen < 1e6; seen = seen * 1.3 + 1) {
        lens_fit(&l, seen, 20);
        EXPECT(l.to >= seen);
        EXPECT(l.to >= 20);
        EXPECT(l.to <= fmax(seen * 3, 40));
    }
    lens_fit(&l, 101, 0);
    lens_fit(&again, 115, 0);
    EXPECT(near(l.to, again.to));
}

TEST("following moves only when it has to")
{
    struct lens l;
    lens_show(&l, 0, 100);
    EXPECT(!lens_follow(&l, 50));
    EXPECT(lens_follow(&l, 120));
    EXPECT(l.from < 120 && 120 < l.to);
    EXPECT(lens_follow(&l, 3));
    EXPECT(l.from <= 3 && 3 < l.to);
}

TEST("the marks of a ruler are 1, 2 or 5 times a power of ten, and apart")
{
    struct lens l;
    for (double span = 2; span < 1e12; span *= 1.7) {
        lens_show(&l, 0, span);
        tick step = lens_marks(&l, plot, 60), digits = step;
        EXPECT((double)step / lens_ticks(&l, plot) >= 60 || span < 2);
        while (digits >= 10 && digits % 10 == 0)
            digits /= 10;
        EXPECT(digits == 1 || digits == 2 || digits == 5);
    }
}
