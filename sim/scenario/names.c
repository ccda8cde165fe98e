#include "sim/scenario/names.h"

#include "sim/base/mem.h"
#include "sim/base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static size_t hash(const char *text)
{
    uint64_t h = 14695981039346656037u;
    for (const char *p = text; *p; p++)
        h = (h ^ (unsigned char)*p) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

/* Where `text` is in the table, or the free slot where it would be. */
static size_t slot_of(const struct names *n, const char *text)
{
    size_t mask = n->slot_count - 1;
    size_t i = hash(text) & mask;
    while (n->slots[i] && strcmp(n->list[n->slots[i] - 1], text) != 0)
        i = (i + 1) & mask;
    return i;
}

/* Keeps the table at most half full, its size a power of two. */
static void make_room(struct names *n)
{
    if ((n->count + 1) * 2 <= n->slot_count)
        return;
    n->slot_count = n->slot_count ? n->slot_count * 2 : 64;
    free(n->slots);
    n->slots = mem_new(n->slot_count, sizeof *n->slots);
    for (size_t k = 0; k < n->count; k++)
        n->slots[slot_of(n, n->list[k])] = (int32_t)k + 1;
}

int32_t names_enter(struct names *n, const char *text)
{
    make_room(n);
    size_t slot = slot_of(n, text);
    if (!n->slots[slot]) {
        n->list =
            mem_grow(n->list, n->count + 1, &n->capacity, sizeof *n->list);
        n->list[n->count++] = arena_copy(n->arena, text, strlen(text));
        n->slots[slot] = (int32_t)n->count;
    }
    return n->slots[slot] - 1;
}

int32_t names_find(const struct names *n, const char *text)
{
    return n->count ? n->slots[slot_of(n, text)] - 1 : -1;
}

/* "RR" for "rr". */
static bool differs_in_case(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return false;
    return !*a && !*b;
}

int word_slip(const char *a, const char *b)
{
    if (differs_in_case(a, b))
        return strcmp(a, b) != 0;
    size_t n = strlen(a), m = strlen(b);
    size_t shorter = n < m ? n : m, longer = n < m ? m : n;
    if (shorter >= 3 && strncmp(a, b, shorter) == 0)
        return n != m;
    int distance = word_distance(a, b);
    int most = longer < 2 ? 0 : longer < 3 ? 1 : longer < 7 ? 2 : 3;
    return distance <= most ? distance : WORD_NO_SLIP;
}

const char *names_near(const struct names *n, const char *text)
{
    enum { LOOKED_AT = 1000 }; /* a complaint need not be clever for ever */
    const char *best = NULL;
    int least = WORD_NO_SLIP;
    for (size_t i = 0; i < n->count && i < LOOKED_AT; i++)
        if (n->list[i][0] != '#' && word_slip(text, n->list[i]) < least) {
            best = n->list[i];
            least = word_slip(text, best);
        }
    return best;
}

void names_free(struct names *n)
{
    free(n->list);
    free(n->slots);
    *n = (struct names){0};
}
