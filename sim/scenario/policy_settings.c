/* policy_settings.c: the keys of a policy as values to be changed.
 *
 * A dialog that had a list of its own would forget the next key. So the list is
 * the loader's: which keys a policy takes stands in policies.def, and what a
 * number or a yes may be in the fields of `scheduler`. Only keys that are read
 * by a function of their own are known here by name. */
#include "sim/scenario/policy_settings.h"

#include "sim/scenario/load.h"

#include <math.h>
#include <string.h>

static const struct field *field_named(const struct object_about *about,
                                       const char *name, size_t length)
{
    for (int i = 0; i < about->count; i++)
        if (strlen(about->fields[i].name) == length &&
            memcmp(about->fields[i].name, name, length) == 0)
            return &about->fields[i];
    return NULL;
}

static const struct field *field_of(const struct setting *x)
{
    return field_named(&about_scheduler, x->key, strlen(x->key));
}

bool policy_may_lack_quantum(enum policy_name policy)
{
    return policy == POLICY_priority || policy == POLICY_xv6;
}

/* ---- keys with parts ---- */

static bool has_estimate(const struct scheduler *s)
{
    return s->estimate;
}

static bool has_aging(const struct scheduler *s)
{
    return s->aging_every != 0;
}

enum { AGING_EVERY = 5, AGING_BY = 1 };

static void put_aging(struct scheduler *s, bool on)
{
    s->aging_every = on ? AGING_EVERY : 0;
    s->aging_by = on ? AGING_BY : 0;
}

static void put_estimate(struct scheduler *s, bool on)
{
    s->estimate = on;
}

static const struct parted {
    const char *key;
    const struct object_about *about;
    bool (*has)(const struct scheduler *s);
    void (*put)(struct scheduler *s, bool on);
} parted[] = {
    {"estimate", &about_estimate, has_estimate, put_estimate},
    {"aging", &about_aging, has_aging, put_aging},
};

static const struct parted *parted_key(const char *key)
{
    for (size_t i = 0; i < sizeof parted / sizeof *parted; i++)
        if (strcmp(parted[i].key, key) == 0)
            return &parted[i];
    return NULL;
}

bool setting_has_parts(const struct setting *x)
{
    return parted_key(x->key) != NULL;
}

static bool is(const struct setting *x, const char *key)
{
    return strcmp(x->key, key) == 0;
}

/* ---- where a value lies ---- */

/* The number of a tick field, also of a part; NULL: it is no such one. */
static tick *number_in(struct scheduler *s, const struct setting *x)
{
    char *base = (char *)s;
    const struct field *f = field_of(x);
    const struct parted *p = parted_key(x->key);
    if (is(x, "quantum"))
        return &s->quantum;
    if (x->part && is(x, "levels")) {
        f = field_named(&about_level, x->part, strlen(x->part));
        base = (char *)&s->level[x->level];
    } else if (x->part && p) {
        f = field_named(p->about, x->part, strlen(x->part));
    }
    return f->type == FIELD_TICK ? (tick *)(void *)(base + f->offset) : NULL;
}

static bool *flag_in(struct scheduler *s, const struct setting *x)
{
    const struct field *f = field_of(x);
    if (is(x, "queues"))
        return &s->per_cpu;
    return f->type == FIELD_BOOL ? (bool *)(void *)((char *)s + f->offset)
                                 : NULL;
}

tick setting_value(const struct scheduler *s, const struct setting *x)
{
    struct scheduler copy = *s;
    const struct parted *p = parted_key(x->key);
    if (p && !x->part)
        return p->has(s);
    if (x->kind == SETTING_SHARE)
        return (tick)lround(s->alpha * 100);
    if (x->kind == SETTING_PARTS)
        return s->levels;
    if (is(x, "seed"))
        return (tick)s->seed;
    if (is(x, "draws"))
        return s->draw_count > 0;
    return x->kind == SETTING_YES_NO ? *flag_in(&copy, x)
                                     : *number_in(&copy, x);
}

/* ---- the list ---- */

struct rows {
    struct setting *to;
    int count;
};

static void add(struct rows *l, struct setting x)
{
    l->to[l->count++] = x;
}

static void add_number(struct rows *l, struct setting x, const struct field *f)
{
    x.kind = f->low ? SETTING_NUMBER : SETTING_OR_NONE;
    x.low = f->low ? f->low : 1;
    x.high = f->high;
    add(l, x);
}

static void add_parted(struct rows *l, const struct scheduler *s,
                       const struct parted *p)
{
    add(l, (struct setting){.key = p->key, .kind = SETTING_YES_NO, .high = 1});
    for (int i = 0; p->has(s) && i < p->about->count; i++) {
        const struct field *f = &p->about->fields[i];
        struct setting x = {.key = p->key, .part = f->name};
        if (f->type == FIELD_TICK) {
            add_number(l, x, f);
        } else {
            x.kind = SETTING_SHARE;
            x.high = 100;
            add(l, x);
        }
    }
}

static void add_levels(struct rows *l, const struct scheduler *s)
{
    add(l, (struct setting){.key = "levels", .kind = SETTING_PARTS, .low = 1,
                            .high = MLFQ_LEVELS_MAX});
    for (int i = 0; i < s->levels; i++)
        for (int k = 0; k < about_level.count; k++) {
            const struct field *f = &about_level.fields[k];
            struct setting x = {.key = "levels", .part = f->name, .level = i,
                                .kind = f->must ? SETTING_NUMBER
                                                : SETTING_OR_NONE,
                                .low = f->low, .high = f->high};
            add(l, x);
        }
}

static void add_key(struct rows *l, const struct scheduler *s,
                    const struct field *f)
{
    struct setting x = {.key = f->name, .kind = SETTING_YES_NO, .high = 1};
    const struct parted *p = parted_key(f->name);
    if (p) {
        add_parted(l, s, p);
    } else if (is(&x, "levels")) {
        add_levels(l, s);
    } else if (is(&x, "quantum")) {
        x.kind = policy_may_lack_quantum(s->name) ? SETTING_OR_NONE
                                                  : SETTING_NUMBER;
        x.low = 1;
        x.high = TICK_MAX;
        add(l, x);
    } else if (is(&x, "seed")) {
        x.kind = SETTING_NUMBER;
        x.high = SEED_MAX;
        add(l, x);
    } else if (f->type == FIELD_TICK) {
        add_number(l, x, f);
    } else if ((!is(&x, "draws") || s->draw_count) &&
               (!is(&x, "steal") || s->per_cpu)) {
        add(l, x);
    }
}

/* Calls back for each key of the policy but `policy` itself. */
static void each_key(enum policy_name policy, void *ctx,
                     void (*take)(void *ctx, const struct field *f))
{
    const char *const lists[] = {policies[policy].keys, policy_keys};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const char *k = lists[i]; *k;) {
            size_t n = strcspn(k, " ");
            const struct field *f = field_named(&about_scheduler, k, n);
            if (strcmp(f->name, "policy") != 0)
                take(ctx, f);
            k += n;
            k += strspn(k, " ");
        }
}

struct listing {
    struct rows list;
    const struct scheduler *s;
};

static void list_key(void *ctx, const struct field *f)
{
    struct listing *l = ctx;
    add_key(&l->list, l->s, f);
}

int settings_of(const struct scheduler *s, struct setting to[SETTINGS_MOST])
{
    struct listing l = {{to, 0}, s};
    each_key(s->name, &l, list_key);
    return l.list.count;
}

/* ---- changing ---- */

static tick doubled(tick quantum)
{
    return quantum > TICK_MAX / 2 ? TICK_MAX : 2 * quantum;
}

static void put_levels(struct scheduler *s, int count)
{
    for (; s->levels < count; s->levels++) {
        tick above = s->levels ? s->level[s->levels - 1].quantum
                               : policies[POLICY_rr].quantum / 2;
        s->level[s->levels] = (struct mlfq_level){doubled(above), 0};
    }
    s->levels = count;
}

void setting_put(struct scheduler *s, const struct setting *x, tick value)
{
    const struct parted *p = parted_key(x->key);
    bool none = x->kind == SETTING_OR_NONE && value < x->low;
    value = none           ? 0
            : value < x->low  ? x->low
            : value > x->high ? x->high
                              : value;
    if (p && !x->part)
        p->put(s, value != 0);
    else if (x->kind == SETTING_SHARE)
        s->alpha = (double)value / 100;
    else if (x->kind == SETTING_PARTS)
        put_levels(s, (int)value);
    else if (is(x, "seed"))
        s->seed = (uint64_t)value;
    else if (is(x, "draws"))
        s->draw_count = 0;
    else if (x->kind == SETTING_YES_NO)
        *flag_in(s, x) = value != 0;
    else
        *number_in(s, x) = value;
}

void setting_step(struct scheduler *s, const struct setting *x, tick by)
{
    tick now = setting_value(s, x);
    if (x->kind == SETTING_YES_NO)
        setting_put(s, x, !now);
    else if (x->kind == SETTING_SHARE)
        setting_put(s, x, now + 5 * by);
    else if (x->kind == SETTING_OR_NONE && !now)
        setting_put(s, x, by > 0 ? x->low + by - 1 : 0);
    else
        setting_put(s, x, by > x->high - now ? x->high : now + by);
}

void settings_under(const struct scheduler *own, enum policy_name policy,
                    struct scheduler *to)
{
    const struct policy_about *p = &policies[policy];
    *to = *own;
    to->policy = p->name;
    to->name = policy;
    if (word_place(p->keys, "quantum", 7) < 0 || !own->quantum)
        to->quantum = p->quantum;
    if (policy == POLICY_mlfq && !own->levels) {
        to->level[0] = (struct mlfq_level){
            own->quantum ? own->quantum : policies[POLICY_rr].quantum, 0};
        to->levels = 1;
        put_levels(to, 3);
    }
}
