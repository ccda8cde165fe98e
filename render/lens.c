/* lens.c: the arithmetic of a window onto time. */
#include "render/lens.h"

#include <math.h>

void lens_show(struct lens *l, double from, double to)
{
    if (to - from < LENS_LEAST) {
        double middle = (from + to) / 2;
        from = middle - LENS_LEAST / 2;
        to = from + LENS_LEAST;
    }
    if (from < 0) {
        to -= from;
        from = 0;
    }
    l->from = from;
    l->to = to;
}

float lens_x(const struct lens *l, struct rect plot, double t)
{
    double x = plot.x + (t - l->from) / (l->to - l->from) * plot.w;
    /* far outside is far enough: floats that large lose the picture */
    double far = 1e5;
    return (float)(x < -far ? -far : x > far ? far : x);
}

double lens_time(const struct lens *l, struct rect plot, float x)
{
    return l->from + (x - plot.x) / plot.w * (l->to - l->from);
}

double lens_ticks(const struct lens *l, struct rect plot)
{
    return (l->to - l->from) / plot.w;
}

void lens_zoom(struct lens *l, double at, double factor, double most)
{
    double span = l->to - l->from;
    double wanted = span / factor;
    if (wanted < LENS_LEAST)
        wanted = LENS_LEAST;
    if (wanted > most)
        wanted = most > LENS_LEAST ? most : LENS_LEAST;
    double share = (at - l->from) / span;
    double from = at - share * wanted;
    lens_show(l, from, from + wanted);
}

void lens_pan(struct lens *l, double ticks, double end)
{
    double span = l->to - l->from;
    double from = l->from + ticks;
    if (from > end - span / 10)
        from = end - span / 10;
    if (from < 0)
        from = 0;
    l->from = from;
    l->to = from + span;
}

void lens_fit(struct lens *l, double seen, double least)
{
    static const double ladder[] = {2, 3, 4, 6, 8, 10, 15};
    enum { RUNGS = sizeof ladder / sizeof *ladder };
    double length = 20;
    for (int i = 0; length < seen * 1.1 || length < least; i++)
        length = 10 * pow(10, i / RUNGS) * ladder[i % RUNGS];
    l->from = 0;
    l->to = length;
}

bool lens_follow(struct lens *l, double t)
{
    double span = l->to - l->from;
    if (t >= l->from && t <= l->to - span / 20)
        return false;
    double from = t < l->from ? t - span / 5 : t - span * 3 / 4;
    lens_show(l, from, from + span);
    return true;
}

tick lens_marks(const struct lens *l, struct rect plot, float least)
{
    double wanted = lens_ticks(l, plot) * least;
    for (tick step = 1; step < TICK_MAX; step *= 10) {
        if ((double)step >= wanted)
            return step;
        if ((double)(step * 2) >= wanted)
            return step * 2;
        if ((double)(step * 5) >= wanted)
            return step * 5;
    }
    return TICK_MAX;
}
