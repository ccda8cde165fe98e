#include "sim/policy/contest.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/base/wide.h"
#include "sim/model/world_objects.h"

#include <stdlib.h>

/* A knock-out tree in an array: match i is played between 2i and 2i+1; the
 * places from `size` on are the runners themselves. */
struct match {
    int32_t winner; /* place of a runner, NONE: nobody */
    tick until;     /* this and all matches below stand through that moment */
};

struct knockout {
    struct match *match;  /* 1 … 2 * size - 1 */
    struct runner *runner; /* by place */
    int32_t *proc;         /* who has a place; NONE: it is free */
    int32_t size;          /* places, a power of two; 0: none yet */
    int32_t used, *spare;  /* places that were ever used; those free again */
    int32_t spares;
    tick now;
};

struct contest {
    struct knockout *groups;
    int group_count;
    int32_t *place; /* of each process in its group */
    size_t places;
};

struct contest *contest_new(int groups)
{
    struct contest *c = mem_new(1, sizeof *c);
    c->groups = mem_new((size_t)groups, sizeof *c->groups);
    c->group_count = groups;
    return c;
}

static void free_group(struct knockout *k)
{
    free(k->match);
    free(k->runner);
    free(k->proc);
    free(k->spare);
}

void contest_free(struct contest *c)
{
    for (int g = 0; g < c->group_count; g++)
        free_group(&c->groups[g]);
    free(c->groups);
    free(c->place);
    free(c);
}

/* The sign of ratio(a) - ratio(b): (now - since) / need is compared, since the 1
 * is the same. */
static int compare(tick now, struct runner a, struct runner b)
{
    if (a.need == 0 || b.need == 0)
        return (a.need == 0) - (b.need == 0);
    return wide_compare(wide_product(now - a.since, b.need),
                        wide_product(now - b.since, a.need));
}

bool contest_leads(tick now, struct runner a, int proc_a, struct runner b,
                   int proc_b)
{
    int sign = compare(now, a, b);
    return sign ? sign > 0 : proc_a < proc_b;
}

/* Until when `a`, who leads now, stays ahead of `b`: for ever if he needs less
 * (his ratio grows faster), else up to where the lines meet. */
static tick stays_until(tick now, struct runner a, int proc_a,
                        struct runner b, int proc_b)
{
    if (a.need <= b.need || b.need == 0)
        return TICK_NEVER;
    /* (t - sa) / na = (t - sb) / nb at t = (sb * na - sa * nb) / (na - nb) */
    struct wide sum =
        wide_sum(wide_product(b.since, a.need),
                 wide_negative(wide_product(a.since, b.need)));
    int64_t meet = wide_quotient(sum, a.need - b.need);
    meet = meet < now ? now : meet;
    /* Rounded down: at `meet` itself, and if they meet there exactly, ask. */
    return contest_leads(meet, a, proc_a, b, proc_b) ? meet : meet - 1;
}

static void play(struct knockout *k, int32_t i)
{
    const struct match *l = &k->match[2 * i], *r = &k->match[2 * i + 1];
    struct match *m = &k->match[i];
    tick until = l->until < r->until ? l->until : r->until;
    if (l->winner == NONE || r->winner == NONE) {
        m->winner = l->winner == NONE ? r->winner : l->winner;
        m->until = until;
        return;
    }
    int32_t a = l->winner, b = r->winner;
    if (!contest_leads(k->now, k->runner[a], k->proc[a], k->runner[b],
                       k->proc[b])) {
        a = r->winner;
        b = l->winner;
    }
    tick stays = stays_until(k->now, k->runner[a], k->proc[a], k->runner[b],
                             k->proc[b]);
    m->winner = a;
    m->until = stays < until ? stays : until;
}

static void play_up_from(struct knockout *k, int32_t place)
{
    for (int32_t i = (k->size + place) / 2; i >= 1; i /= 2)
        play(k, i);
}

static void set_place(struct knockout *k, int32_t place, int proc)
{
    k->proc[place] = proc;
    k->match[k->size + place] =
        (struct match){proc == NONE ? NONE : place, TICK_NEVER};
}

static void grow(struct knockout *k)
{
    int32_t size = k->size ? 2 * k->size : 16;
    size_t n = (size_t)size;
    k->match = mem_resize(k->match, 2 * n, sizeof *k->match);
    k->runner = mem_resize(k->runner, n, sizeof *k->runner);
    k->proc = mem_resize(k->proc, n, sizeof *k->proc);
    k->spare = mem_resize(k->spare, n, sizeof *k->spare);
    for (int32_t i = k->size; i < size; i++)
        k->proc[i] = NONE;
    k->size = size;
    for (int32_t i = 0; i < size; i++)
        set_place(k, i, k->proc[i]);
    for (int32_t i = size - 1; i >= 1; i--)
        play(k, i);
}

/* Plays the matches that have run out by `now`. */
static void play_again(struct knockout *k, int32_t i)
{
    if (k->match[i].until >= k->now || i >= k->size)
        return;
    play_again(k, 2 * i);
    play_again(k, 2 * i + 1);
    play(k, i);
}

static void go_to(struct knockout *k, tick now)
{
    require(now >= k->now);
    k->now = now;
    if (k->size)
        play_again(k, 1);
}

void contest_add(struct contest *c, int group, int proc, struct runner r)
{
    struct knockout *k = &c->groups[group];
    c->place = mem_grow(c->place, (size_t)proc + 1, &c->places,
                        sizeof *c->place);
    if (r.since > k->now)
        go_to(k, r.since);
    if (!k->spares && k->used == k->size)
        grow(k);
    int32_t place = k->spares ? k->spare[--k->spares] : k->used++;
    c->place[proc] = place;
    k->runner[place] = r;
    set_place(k, place, proc);
    play_up_from(k, place);
}

void contest_remove(struct contest *c, int group, int proc)
{
    struct knockout *k = &c->groups[group];
    int32_t place = c->place[proc];
    require(k->proc[place] == proc);
    k->spare[k->spares++] = place;
    set_place(k, place, NONE);
    play_up_from(k, place);
}

int contest_winner(struct contest *c, int group, tick now)
{
    struct knockout *k = &c->groups[group];
    go_to(k, now);
    int32_t place = k->size ? k->match[1].winner : NONE;
    return place == NONE ? NONE : k->proc[place];
}

int contest_second(const struct contest *c, int group, int but)
{
    const struct knockout *k = &c->groups[group];
    int32_t won = k->size ? k->match[1].winner : NONE, best = NONE;
    if (won == NONE || k->proc[won] != but)
        return NONE;
    for (int32_t i = k->size + won; i > 1; i /= 2) {
        int32_t other = k->match[i ^ 1].winner;
        if (other != NONE &&
            (best == NONE ||
             contest_leads(k->now, k->runner[other], k->proc[other],
                           k->runner[best], k->proc[best])))
            best = other;
    }
    return best == NONE ? NONE : k->proc[best];
}
