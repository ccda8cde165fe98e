#include "cli/chrome.h"

#include "sim/base/mem.h"

#include <stdlib.h>

enum { APART = 2 /* places between neighbours: arrows go in between */ };

size_t chrome_add(struct chrome *c, tick t, char phase, const char *rest, ...)
{
    va_list args;
    size_t at = c->text.length;
    c->all = mem_grow(c->all, c->count + 1, &c->room, sizeof *c->all);
    va_start(args, rest);
    str_vaddf(&c->text, rest, args);
    va_end(args);
    c->place += APART;
    c->all[c->count] = (struct record){.t = t,
                                       .place = c->place,
                                       .at = at,
                                       .length = c->text.length - at,
                                       .phase = phase};
    return c->count++;
}

struct track *chrome_track(struct chrome *c, int proc)
{
    size_t need = (size_t)proc + 1;
    c->track = mem_grow(c->track, need, &c->track_room, sizeof *c->track);
    for (; c->tracks < need; c->tracks++)
        c->track[c->tracks] = (struct track){.closed = NO_RECORD};
    return &c->track[proc];
}

/* By time; at one instant by place, and then as they were added. Names of
 * tracks (M) have no time and come first. */
static int compare(const void *left, const void *right)
{
    const struct record *a = left, *b = right;
    bool first_a = a->phase == 'M', first_b = b->phase == 'M';
    if (first_a != first_b)
        return first_a ? -1 : 1;
    if (a->t != b->t)
        return a->t < b->t ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

void chrome_write(struct chrome *c, struct str *out)
{
    const char *between = "";
    if (c->count)
        qsort(c->all, c->count, sizeof *c->all, compare);
    for (size_t i = 0; i < c->count; i++) {
        const struct record *r = &c->all[i];
        if (r->dropped)
            continue;
        str_addf(out, "%s\n{\"ph\": \"%c\", \"ts\": %lld, ", between, r->phase,
                 (long long)r->t * TICK_US);
        str_add_bytes(out, c->text.text + r->at, r->length);
        str_add_char(out, '}');
        between = ",";
    }
}

void chrome_free(struct chrome *c)
{
    free(c->all);
    free(c->track);
    free(c->arrow);
    str_free(&c->text);
    *c = (struct chrome){0};
}
