/* gif_palette.c: median cut (P. Heckbert, Color image quantization for frame
 * buffer display, 1982), but for the colours that cover most: grounds and
 * states are not to be mixed with anything. */
#include "render/export/gif_palette.h"

#include "sim/base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the colours that there are ---- */

static size_t place_of(const struct tints *t, uint32_t rgb)
{
    size_t at = (size_t)(rgb * UINT32_C(2654435761)) & (t->room - 1);
    while (t->all[at].count && t->all[at].rgb != rgb)
        at = (at + 1) & (t->room - 1);
    return at;
}

static void grow(struct tints *t)
{
    struct tints larger = {.room = t->room ? t->room * 2 : 4096};
    larger.all = mem_new(larger.room, sizeof *larger.all);
    memset(larger.all, 0, larger.room * sizeof *larger.all);
    for (size_t i = 0; i < t->room; i++)
        if (t->all[i].count)
            tints_add(&larger, t->all[i].rgb, t->all[i].count);
    free(t->all);
    *t = larger;
}

void tints_add(struct tints *t, uint32_t rgb, uint64_t pixels)
{
    if (2 * (t->count + 1) > t->room)
        grow(t);
    struct tint *at = &t->all[place_of(t, rgb)];
    t->count += !at->count;
    at->rgb = rgb;
    at->count += pixels;
}

void tints_free(struct tints *t)
{
    free(t->all);
    *t = (struct tints){0};
}

uint8_t tints_index(const struct tints *t, uint32_t rgb)
{
    return (uint8_t)t->all[place_of(t, rgb)].index;
}

/* ---- boxes of colours ---- */

struct box_of_tints {
    size_t from, to; /* in the list */
    int channel;     /* in which it is longest: its shift, 16, 8 or 0 */
    double weight;   /* how much it wants to be cut */
};

static int part(uint32_t rgb, int channel)
{
    return (int)(rgb >> channel & 255);
}

static struct box_of_tints box_around(const struct tint *list, size_t from,
                                      size_t to)
{
    struct box_of_tints b = {.from = from, .to = to};
    double pixels = 0;
    int longest = 0;
    for (size_t i = from; i < to; i++)
        pixels += (double)list[i].count;
    for (int channel = 0; channel <= 16; channel += 8) {
        int least = 255, most = 0;
        for (size_t i = from; i < to; i++) {
            int v = part(list[i].rgb, channel);
            least = v < least ? v : least;
            most = v > most ? v : most;
        }
        if (most - least > longest) {
            longest = most - least;
            b.channel = channel;
        }
    }
    b.weight = longest * sqrt(pixels);
    return b;
}

/* The order of a sort: by how many pixels, or by a channel; then by colour, so
 * that it is the same everywhere. */
static int compare_rgb(const struct tint *a, const struct tint *b)
{
    return a->rgb < b->rgb ? -1 : a->rgb > b->rgb;
}

static int by_count(const void *x, const void *y)
{
    const struct tint *a = x, *b = y;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return compare_rgb(a, b);
}

static int by_channel(const struct tint *a, const struct tint *b, int channel)
{
    int d = part(a->rgb, channel) - part(b->rgb, channel);
    return d ? d : compare_rgb(a, b);
}

static int by_red(const void *a, const void *b)
{
    return by_channel(a, b, 16);
}

static int by_green(const void *a, const void *b)
{
    return by_channel(a, b, 8);
}

static int by_blue(const void *a, const void *b)
{
    return by_channel(a, b, 0);
}

/* Cuts a box in two with about as many pixels each. */
static size_t cut(struct tint *list, const struct box_of_tints *b)
{
    double all = 0, half = 0;
    qsort(list + b->from, b->to - b->from, sizeof *list,
          b->channel == 16 ? by_red : b->channel == 8 ? by_green : by_blue);
    for (size_t i = b->from; i < b->to; i++)
        all += (double)list[i].count;
    for (size_t i = b->from; i + 1 < b->to; i++) {
        half += (double)list[i].count;
        if (2 * half >= all)
            return i + 1;
    }
    return b->to - 1;
}

/* What stands for a box: its commonest colour. */
static uint32_t commonest(const struct tint *list, const struct box_of_tints *b)
{
    const struct tint *best = &list[b->from];
    for (size_t i = b->from + 1; i < b->to; i++)
        if (by_count(&list[i], best) < 0)
            best = &list[i];
    return best->rgb;
}

static int cut_boxes(struct tint *list, size_t count, int room,
                     uint32_t *palette)
{
    struct box_of_tints box[PALETTE_ROOM] = {box_around(list, 0, count)};
    int n = 1;
    while (n < room) {
        int best = 0;
        for (int i = 1; i < n; i++)
            if (box[i].weight > box[best].weight)
                best = i;
        if (!(box[best].weight > 0))
            break;
        struct box_of_tints old = box[best];
        size_t middle = cut(list, &old);
        box[best] = box_around(list, old.from, middle);
        box[n++] = box_around(list, middle, old.to);
    }
    for (int i = 0; i < n; i++)
        palette[i] = commonest(list, &box[i]);
    return n;
}

/* ---- the palette ---- */

static int distance(uint32_t a, uint32_t b)
{
    int r = part(a, 16) - part(b, 16), g = part(a, 8) - part(b, 8);
    int l = part(a, 0) - part(b, 0);
    return 3 * r * r + 4 * g * g + 2 * l * l;
}

static uint32_t nearest(const uint32_t *palette, int count, uint32_t rgb)
{
    int best = 0;
    for (int i = 1; i < count; i++)
        if (distance(palette[i], rgb) < distance(palette[best], rgb))
            best = i;
    return (uint32_t)best;
}

/* The colours as a list, the commonest first. */
static struct tint *listed(const struct tints *t)
{
    struct tint *list = mem_new(t->count + 1, sizeof *list);
    size_t n = 0;
    for (size_t i = 0; i < t->room; i++)
        if (t->all[i].count)
            list[n++] = t->all[i];
    qsort(list, n, sizeof *list, by_count);
    return list;
}

int tints_choose(struct tints *t, uint32_t palette[PALETTE_ROOM])
{
    struct tint *list = listed(t);
    int exact = t->count <= PALETTE_ROOM ? (int)t->count : PALETTE_EXACT;
    int n = exact;
    for (int i = 0; i < exact; i++)
        palette[i] = list[i].rgb;
    if ((size_t)exact < t->count)
        n += cut_boxes(list + exact, t->count - (size_t)exact,
                       PALETTE_ROOM - exact, palette + exact);
    for (size_t i = 0; i < t->room; i++)
        if (t->all[i].count)
            t->all[i].index = nearest(palette, n, t->all[i].rgb);
    free(list);
    return n;
}
