/* habits.c: a list of moments, in their order. */
#include "render/habits.h"

#include <string.h>

/* Below 0: `a` comes before `b` in the run. */
static int order(struct bookmark a, struct bookmark b)
{
    if (a.events != b.events)
        return a.events < b.events ? -1 : 1;
    return a.t < b.t ? -1 : a.t > b.t;
}

int bookmarks_place(const struct bookmarks *b, struct bookmark at)
{
    for (int i = 0; i < b->count; i++)
        if (order(b->all[i], at) == 0)
            return i;
    return -1;
}

bool bookmarks_add(struct bookmarks *b, struct bookmark at)
{
    int i = 0;
    if (b->count >= BOOKMARKS_MOST)
        return false;
    while (i < b->count && order(b->all[i], at) < 0)
        i++;
    memmove(b->all + i + 1, b->all + i,
            (size_t)(b->count - i) * sizeof *b->all);
    b->all[i] = at;
    b->count++;
    return true;
}

void bookmarks_remove(struct bookmarks *b, int place)
{
    if (place < 0 || place >= b->count)
        return;
    b->count--;
    memmove(b->all + place, b->all + place + 1,
            (size_t)(b->count - place) * sizeof *b->all);
}

int bookmarks_next(const struct bookmarks *b, struct bookmark at, int direction)
{
    if (direction > 0) {
        for (int i = 0; i < b->count; i++)
            if (order(b->all[i], at) > 0)
                return i;
        return -1;
    }
    for (int i = b->count; i-- > 0;)
        if (order(b->all[i], at) < 0)
            return i;
    return -1;
}
