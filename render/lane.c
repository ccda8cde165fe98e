/* lane.c: stretches of time and their running sums. */
#include "render/lod.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int lane_kind(enum lane_what what, int32_t value)
{
    static const char letters[] = ".RSDTZX";
    if (what == LANE_STATE)
        return value;
    if (what == LANE_CPU)
        return value == LANE_IDLE        ? KIND_IDLE
               : value == LANE_SWITCHING ? KIND_SWITCHING
                                         : value % KIND_IDLE;
    const char *at = strchr(letters, value & 255);
    return at && value ? (int)(at - letters) : LANE_KINDS - 1;
}

/* Stretch number `count` begins a block: its sums are those of the block
 * before and the stretches since. */
static void begin_block(struct lane *l)
{
    size_t block = l->count / LANE_BLOCK;
    l->sums = mem_grow(l->sums, block + 1, &l->sums_room, sizeof *l->sums);
    tick *to = l->sums[block];
    if (!block) {
        memset(to, 0, sizeof *l->sums);
        return;
    }
    memcpy(to, l->sums[block - 1], sizeof *l->sums);
    for (size_t i = l->count - LANE_BLOCK; i < l->count; i++)
        to[lane_kind(l->what, l->value[i])] += l->start[i + 1] - l->start[i];
}

void lane_add(struct lane *l, tick t, int32_t value)
{
    size_t n = l->count;
    if (n && l->start[n - 1] == t) {
        l->value[n - 1] = value;
        return;
    }
    if (n && l->value[n - 1] == value)
        return;
    size_t room = l->room;
    l->start = mem_grow(l->start, n + 1, &room, sizeof *l->start);
    l->value = mem_grow(l->value, n + 1, &l->room, sizeof *l->value);
    l->start[n] = t;
    l->value[n] = value;
    if (n % LANE_BLOCK == 0)
        begin_block(l);
    l->count++;
}

/* The stretch of `t` in [low, high), where start[low] <= t < start[high]. What
 * begins how often is mostly even, so the guess by proportion is near; every
 * other one halves what is left, however uneven it is. */
static size_t between(const struct lane *l, double t, size_t low, size_t high)
{
    for (bool guess = true; high - low > 1; guess = !guess) {
        size_t middle = low + (high - low) / 2;
        if (guess && high < l->count) {
            double from = (double)l->start[low], to = (double)l->start[high];
            double part = (t - from) / (to - from) * (double)(high - low);
            middle = low + 1 + (size_t)part;
            middle = middle < high ? middle : high - 1;
        }
        if ((double)l->start[middle] <= t)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t lane_at(const struct lane *l, double t)
{
    if (!l->count || t < (double)l->start[0])
        return SIZE_MAX;
    if (t >= (double)l->start[l->count - 1])
        return l->count - 1;
    return between(l, t, 0, l->count - 1);
}

tick lane_end(const struct lane *l, size_t i, tick end)
{
    return i + 1 < l->count ? l->start[i + 1] : end;
}

/* Where a moment lies, and the time of each kind before it. */
struct before {
    size_t stretch; /* SIZE_MAX: it is before the first one */
    double kinds[LANE_KINDS];
};

/* For a moment `t` that is not before the one of `*b`. */
static void advance(const struct lane *l, double t, struct before *b)
{
    if (!l->count || t < (double)l->start[0])
        return;
    size_t at = b->stretch == SIZE_MAX ? 0 : b->stretch, reach = at;
    for (size_t step = 1; reach + 1 < l->count; step *= 2) {
        reach = reach + step < l->count ? reach + step : l->count - 1;
        if ((double)l->start[reach] > t)
            break;
        at = reach;
    }
    b->stretch = at = reach > at ? between(l, t, at, reach) : at;
    size_t block = at / LANE_BLOCK;
    for (int k = 0; k < LANE_KINDS; k++)
        b->kinds[k] = (double)l->sums[block][k];
    for (size_t i = block * LANE_BLOCK; i < at; i++)
        b->kinds[lane_kind(l->what, l->value[i])] +=
            (double)(l->start[i + 1] - l->start[i]);
    b->kinds[lane_kind(l->what, l->value[at])] += t - (double)l->start[at];
}

void lane_columns(const struct lane *l, struct lane_cut cut, tick end,
                  double (*shares)[LANE_KINDS])
{
    struct before a = {.stretch = SIZE_MAX}, b;
    advance(l, fmin(cut.from, (double)end), &a);
    for (int i = 0; i < cut.count; i++, a = b) {
        double from = fmin(cut.from + cut.each * i, (double)end);
        double to = fmin(cut.from + cut.each * (i + 1), (double)end);
        b = a;
        advance(l, to, &b);
        bool one = a.stretch == b.stretch && a.stretch != SIZE_MAX;
        for (int k = 0; k < LANE_KINDS; k++)
            shares[i][k] = one ? 0 : b.kinds[k] - a.kinds[k];
        if (one)
            shares[i][lane_kind(l->what, l->value[a.stretch])] = to - from;
    }
}

void lane_free(struct lane *l)
{
    free(l->start);
    free(l->value);
    free(l->sums);
    *l = (struct lane){.what = l->what};
}
