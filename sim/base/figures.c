#include "sim/base/figures.h"

#include <math.h>
#include <string.h>

const struct way_about way_table[WAY_COUNT] = {
    [WAY_PIPE] = {"pipe", 2, true, W_WAY_PIPE},
    [WAY_FIFO] = {"fifo", 2, true, W_WAY_FIFO},
    [WAY_MSGQ] = {"msgq", 2, true, W_WAY_MSGQ},
    [WAY_SHM_COPY] = {"shm-copy", 2, true, W_WAY_SHM_COPY},
    [WAY_SHM_ONCE] = {"shm-once", 1, true, W_WAY_SHM_ONCE},
    [WAY_SHM] = {"shm", 0, true, W_WAY_SHM},
    [WAY_SEM] = {"sem", 0, false, W_WAY_SEM},
};

const char *const pin_names[PIN_COUNT] = {"apart", "same", "none"};

const double figures_noise = 1.05;

enum way way_named(const char *name, int length)
{
    for (int w = 0; w < WAY_COUNT; w++)
        if ((int)strlen(way_table[w].name) == length &&
            strncmp(way_table[w].name, name, (size_t)length) == 0)
            return (enum way)w;
    return WAY_COUNT;
}

int figures_sizes(const struct figures *f, enum way w)
{
    return way_table[w].carries ? f->size_count : 1;
}

static int count(const struct figures *f, bool known)
{
    int n = 0;
    for (int w = 0; w < WAY_COUNT; w++)
        for (int i = 0; i < figures_sizes(f, (enum way)w); i++)
            n += figures_want(f, (enum way)w) &&
                 (!known || f->at[w][i].known);
    return n;
}

int figures_known(const struct figures *f)
{
    return count(f, true);
}

int figures_wanted(const struct figures *f)
{
    return count(f, false);
}

bool figures_unsteady(const struct figures *f)
{
    int late = 0;
    for (int w = 0; w < WAY_COUNT; w++)
        for (int i = 0; i < figures_sizes(f, (enum way)w); i++)
            late += f->at[w][i].known &&
                    f->at[w][i].late >= 10 * f->at[w][i].latency;
    return 3 * late > figures_known(f);
}

double figures_ratio(const struct figures *f, enum way a, enum way b, int i)
{
    const struct figure *x = &f->at[a][i], *y = &f->at[b][i];
    if (!x->known || !y->known || x->rate <= 0 || y->rate <= 0)
        return 0;
    return x->rate / y->rate;
}

/* --------------------------------------------------------------- crossing */

/* +1: ahead, -1: behind, 0: even or not known. */
static int side(double ratio)
{
    if (ratio > figures_noise)
        return 1;
    return ratio > 0 && ratio < 1 / figures_noise ? -1 : 0;
}

/* The lines between sizes number `i` and `j`, of which one is ahead at `i` and
 * the other at `j`, meet in between; sizes that lie there are even. */
static void meet(const struct figures *f, const enum way ways[2], int i, int j,
                 struct crossing *c)
{
    double before = log(figures_ratio(f, ways[0], ways[1], i));
    double after = log(figures_ratio(f, ways[0], ways[1], j));
    double share = before / (before - after);
    double low = log((double)f->sizes[i]), high = log((double)f->sizes[j]);
    double slow = log(f->at[ways[0]][i].rate);
    double fast = log(f->at[ways[0]][j].rate);
    c->size = exp(low + share * (high - low));
    c->rate = exp(slow + share * (fast - slow));
    c->kind = after > 0 ? CROSSING_UP : CROSSING_DOWN;
    c->times++;
}

struct crossing figures_cross(const struct figures *f, enum way first,
                              enum way second)
{
    const enum way ways[2] = {first, second};
    struct crossing c = {CROSSING_UNKNOWN, 0, 0, 0};
    int last = -1, known = 0;
    for (int i = 0; i < f->size_count; i++) {
        double ratio = figures_ratio(f, first, second, i);
        int now = side(ratio);
        known += ratio > 0;
        if (!now)
            continue;
        if (last < 0)
            c.kind = now > 0 ? CROSSING_AHEAD : CROSSING_BEHIND;
        else if (now != side(figures_ratio(f, first, second, last)))
            meet(f, ways, last, i, &c);
        last = i;
    }
    if (last < 0 && known)
        c.kind = CROSSING_EVEN;
    return c;
}

/* ---------------------------------------------------------------- verdict */

enum verdict figures_verdict(const struct figures *f)
{
    int last = f->size_count - 1;
    if (last < 0)
        return VERDICT_UNKNOWN;
    static const enum way calls[] = {WAY_PIPE, WAY_MSGQ};
    int ahead = 0, always = 0;
    for (int i = 0; i < 2; i++) {
        double ratio = figures_ratio(f, WAY_SHM, calls[i], last);
        if (ratio <= 0)
            return VERDICT_UNKNOWN;
        ahead += side(ratio) > 0;
        struct crossing c = figures_cross(f, WAY_SHM, calls[i]);
        always += c.kind == CROSSING_AHEAD &&
                  side(figures_ratio(f, WAY_SHM, calls[i], 0)) > 0;
    }
    if (ahead < 2)
        return ahead ? VERDICT_PARTLY : VERDICT_NOT;
    return always == 2 ? VERDICT_ALWAYS : VERDICT_HOLDS;
}
