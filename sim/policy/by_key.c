/* by_key.c: the ready sorted by a number.
 *
 * A heap for each group, and for each process its place in it, so that
 * anybody can be taken out: a kill or a stop may hit whoever waits. What the
 * process is sorted by is asked when it comes and kept here; when
 * it changes meanwhile (aging), ready_rekey says so. Each way O(log n). */
#include "sim/policy/policy.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>

struct entry {
    int64_t key;
    int64_t order; /* among equals */
    int32_t proc;
};

struct group {
    struct entry *heap;
    size_t count, room;
    int64_t weight; /* of all in it, by their niceness */
};

struct by_key {
    struct group *groups;
    int group_count;
    int32_t *place; /* of each process in its heap; -1: in none */
    size_t places, place_room;
    int64_t came; /* how many have come so far */
};

/* Children of an entry: the more, the fewer levels, and in a large heap each
 * level is in another cache line. */
enum { WAYS = 4 };

static bool before(const struct entry *a, const struct entry *b)
{
    return a->key != b->key ? a->key < b->key : a->order < b->order;
}

static void put(struct by_key *k, struct group *g, size_t at, struct entry e)
{
    g->heap[at] = e;
    k->place[e.proc] = (int32_t)at;
}

static void rise(struct by_key *k, struct group *g, size_t at, struct entry e)
{
    for (; at > 0 && before(&e, &g->heap[(at - 1) / WAYS]);
         at = (at - 1) / WAYS)
        put(k, g, at, g->heap[(at - 1) / WAYS]);
    put(k, g, at, e);
}

/* The least child of the entry at `at`; g->count if it has none. */
static size_t least_child(const struct group *g, size_t at)
{
    size_t first = WAYS * at + 1, end = first + WAYS, least = first;
    if (first >= g->count)
        return g->count;
    end = end > g->count ? g->count : end;
    for (size_t c = first + 1; c < end; c++)
        if (before(&g->heap[c], &g->heap[least]))
            least = c;
    return least;
}

static void sink(struct by_key *k, struct group *g, size_t at, struct entry e)
{
    for (;;) {
        size_t child = least_child(g, at);
        if (child == g->count || !before(&g->heap[child], &e))
            break;
        put(k, g, at, g->heap[child]);
        at = child;
    }
    put(k, g, at, e);
}

static void *begin(const struct sched *s)
{
    struct by_key *k = mem_new(1, sizeof *k);
    k->group_count = s->w->head->groups;
    k->groups = mem_new((size_t)k->group_count, sizeof *k->groups);
    return k;
}

static void end(void *index)
{
    struct by_key *k = index;
    for (int g = 0; g < k->group_count; g++)
        free(k->groups[g].heap);
    free(k->groups);
    free(k->place);
    free(k);
}

static struct group *sorted_of(const struct sched *s, int proc)
{
    struct by_key *k = s->index;
    return &k->groups[world_group(s->w->task[proc].queue)];
}

static void make_places(struct by_key *k, int procs)
{
    size_t n = (size_t)procs;
    k->place = mem_grow(k->place, n, &k->place_room, sizeof *k->place);
    while (k->places < n)
        k->place[k->places++] = -1;
}

static void add(struct sched *s, int proc)
{
    struct by_key *k = s->index;
    struct group *g = sorted_of(s, proc);
    make_places(k, s->w->head->procs);
    g->heap = mem_grow(g->heap, g->count + 1, &g->room, sizeof *g->heap);
    struct entry e = {.key = s->policy->key(s, proc),
                      .order = s->policy->ties_in_line ? k->came++ : proc,
                      .proc = proc};
    g->weight += weight_of_nice(s->w->proc[proc].nice);
    rise(k, g, g->count++, e);
    if (s->policy->waits)
        s->policy->waits(s, proc);
}

/* `e` goes into the place `at`, and from there up or down. */
static void settle(struct by_key *k, struct group *g, size_t at,
                   struct entry e)
{
    if (at > 0 && before(&e, &g->heap[(at - 1) / WAYS]))
        rise(k, g, at, e);
    else
        sink(k, g, at, e);
}

static void remove_from(struct by_key *k, struct group *g, int proc)
{
    size_t at = (size_t)k->place[proc];
    struct entry last = g->heap[--g->count];
    k->place[proc] = -1;
    if (last.proc != proc)
        settle(k, g, at, last);
}

void ready_rekey(struct sched *s, int proc)
{
    struct by_key *k = s->index;
    struct group *g = sorted_of(s, proc);
    size_t at = (size_t)k->place[proc];
    struct entry e = g->heap[at];
    e.key = s->policy->key(s, proc);
    settle(k, g, at, e);
}

static void remove_one(struct sched *s, int proc)
{
    struct by_key *k = s->index;
    require((size_t)proc < k->places && k->place[proc] >= 0);
    struct group *g = sorted_of(s, proc);
    g->weight -= weight_of_nice(s->w->proc[proc].nice);
    remove_from(k, g, proc);
}

/* The least of those below `at` that may run on `cpu`: the heap is looked
 * through only as far down as nobody may. */
static int allowed(const struct sched *s, const struct group *g, size_t at,
                   int cpu, int best)
{
    const struct by_key *k = s->index;
    if (at >= g->count ||
        (best != NONE && !before(&g->heap[at], &g->heap[k->place[best]])))
        return best;
    if (sched_allows(s, g->heap[at].proc, cpu))
        return g->heap[at].proc;
    for (size_t c = WAYS * at + 1; c <= WAYS * at + WAYS; c++)
        best = allowed(s, g, c, cpu, best);
    return best;
}

static int best_for(struct sched *s, int group, int cpu)
{
    const struct by_key *k = s->index;
    return allowed(s, &k->groups[group], 0, cpu, NONE);
}

static int second(struct sched *s, int group, int but)
{
    const struct by_key *k = s->index;
    const struct group *g = &k->groups[group];
    if (g->count == 0)
        return NONE;
    if (g->heap[0].proc != but)
        return g->heap[0].proc;
    size_t next = least_child(g, 0);
    return next == g->count ? NONE : g->heap[next].proc;
}

int64_t ready_least_key(const struct sched *s, int group, int64_t none)
{
    const struct by_key *k = s->index;
    const struct group *g = &k->groups[group];
    return g->count ? g->heap[0].key : none;
}

int64_t ready_weight(const struct sched *s, int group)
{
    const struct by_key *k = s->index;
    return k->groups[group].weight;
}

const struct index_kind ready_by_key = {
    .begin = begin,
    .end = end,
    .add = add,
    .remove = remove_one,
    .best = best_for,
    .second = second,
};
