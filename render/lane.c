/* lane.c: stretches of time and their running sums. */
#include "render/lod.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

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

size_t lane_at(const struct lane *l, double t)
{
    if (!l->count || t < (double)l->start[0])
        return SIZE_MAX;
    size_t low = 0, high = l->count; /* start[low] <= t < start[high] */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if ((double)l->start[middle] <= t)
            low = middle;
        else
            high = middle;
    }
    return low;
}

tick lane_end(const struct lane *l, size_t i, tick end)
{
    return i + 1 < l->count ? l->start[i + 1] : end;
}

/* Adds `sign` times all the time before `t`. */
static void add_until(const struct lane *l, double t, double sign,
                      double *shares)
{
    size_t at = lane_at(l, t);
    if (at == SIZE_MAX)
        return;
    size_t block = at / LANE_BLOCK;
    for (int k = 0; k < LANE_KINDS; k++)
        shares[k] += sign * (double)l->sums[block][k];
    for (size_t i = block * LANE_BLOCK; i < at; i++)
        shares[lane_kind(l->what, l->value[i])] +=
            sign * (double)(l->start[i + 1] - l->start[i]);
    shares[lane_kind(l->what, l->value[at])] +=
        sign * (t - (double)l->start[at]);
}

double lane_shares(const struct lane *l, double a, double b, tick end,
                   double shares[LANE_KINDS])
{
    memset(shares, 0, LANE_KINDS * sizeof *shares);
    if (b > (double)end)
        b = (double)end;
    if (a >= b)
        return 0;
    size_t first = lane_at(l, a);
    if (first != SIZE_MAX && (double)lane_end(l, first, end) >= b) {
        shares[lane_kind(l->what, l->value[first])] = b - a;
        return b - a;
    }
    add_until(l, b, 1, shares);
    add_until(l, a, -1, shares);
    double sum = 0;
    for (int k = 0; k < LANE_KINDS; k++)
        sum += shares[k];
    return sum;
}

void lane_free(struct lane *l)
{
    free(l->start);
    free(l->value);
    free(l->sums);
    *l = (struct lane){.what = l->what};
}
