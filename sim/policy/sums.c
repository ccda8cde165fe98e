#include "sim/policy/sums.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>

void sums_free(struct sums *s)
{
    free(s->part);
    *s = (struct sums){0};
}

/* The last part is the sum of all, so twice as many places need only that. */
static void grow(struct sums *s)
{
    size_t had = s->places;
    int64_t all = sums_all(s);
    s->places = had ? 2 * had : 16;
    s->part = mem_resize(s->part, s->places + 1, sizeof *s->part);
    for (size_t i = had ? had + 1 : 0; i < s->places; i++)
        s->part[i] = 0;
    s->part[s->places] = all;
}

void sums_add(struct sums *s, size_t place, int64_t more)
{
    while (place >= s->places)
        grow(s);
    for (size_t i = place + 1; i <= s->places; i += i & -i)
        s->part[i] += more;
}

int64_t sums_before(const struct sums *s, size_t place)
{
    int64_t sum = 0;
    for (size_t i = place < s->places ? place : s->places; i; i -= i & -i)
        sum += s->part[i];
    return sum;
}

int64_t sums_all(const struct sums *s)
{
    return s->places ? s->part[s->places] : 0;
}

size_t sums_find(const struct sums *s, int64_t sum, int64_t *rest)
{
    require(sum >= 0 && sum < sums_all(s));
    size_t place = 0;
    for (size_t step = s->places / 2; step; step /= 2)
        if (s->part[place + step] <= sum) {
            place += step;
            sum -= s->part[place];
        }
    *rest = sum;
    return place;
}
