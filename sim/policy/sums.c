#include "sim/policy/sums.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdbool.h>
#include <stdlib.h>

enum { SHIFT = 3, EIGHT = 1 << SHIFT };

void sums_free(struct sums *s)
{
    for (int k = 0; k < s->levels; k++)
        free(s->level[k]);
    *s = (struct sums){0};
}

/* How long level `k` is over so many places, in whole eights. */
static size_t length(size_t places, int k)
{
    size_t n = places;
    for (; k; k--)
        n = (n + EIGHT - 1) / EIGHT;
    return (n + EIGHT - 1) / EIGHT * EIGHT;
}

static void stretch(struct sums *s, int k, size_t had, size_t places)
{
    size_t from = k < s->levels ? length(had, k) : 0;
    size_t to = length(places, k);
    s->level[k] = mem_resize(k < s->levels ? s->level[k] : NULL, to,
                             sizeof *s->level[k]);
    for (size_t i = from; i < to; i++)
        s->level[k][i] = 0;
}

/* A level that was not there begins with the sum of all that was. */
static void grow(struct sums *s)
{
    size_t had = s->places, places = had ? 2 * had : 2 * EIGHT;
    int k = 0;
    do {
        bool new = k >= s->levels;
        stretch(s, k, had, places);
        if (new)
            s->level[k][0] = s->all;
    } while (length(places, k++) > EIGHT);
    s->levels = k;
    s->places = places;
}

void sums_add(struct sums *s, size_t place, int64_t more)
{
    while (place >= s->places)
        grow(s);
    for (int k = 0; k < s->levels; k++, place >>= SHIFT)
        s->level[k][place] += more;
    s->all += more;
}

int64_t sums_before(const struct sums *s, size_t place)
{
    int64_t sum = 0;
    if (place >= s->places)
        return s->all;
    for (int k = 0; k < s->levels; k++, place >>= SHIFT)
        for (size_t i = place & ~(size_t)(EIGHT - 1); i < place; i++)
            sum += s->level[k][i];
    return sum;
}

int64_t sums_all(const struct sums *s)
{
    return s->all;
}

size_t sums_find(const struct sums *s, int64_t sum, int64_t *rest)
{
    require(sum >= 0 && sum < s->all);
    size_t place = 0;
    for (int k = s->levels - 1; k >= 0; k--) {
        const int64_t *at = s->level[k];
        for (place <<= SHIFT; at[place] <= sum; place++)
            sum -= at[place];
    }
    *rest = sum;
    return place;
}
