/* compare_plan.c: which policies are compared, each with which settings.
 *
 * `--policies rr:1,rr:4,mlfq`: a number behind a name is its quantum. Settings
 * of the command line go to the policies that have such a key. */
#include "cli/compare.h"

#include "cli/keys.h"
#include "sim/policy/policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CONTENDERS_MOST = 64 };

/* ------------------------------------------------------- what fits the file */

static bool some_periodic(const struct scenario *sc, bool deadline_too)
{
    for (int i = 0; i < sc->process_count; i++)
        if (sc->processes[i].period ||
            (deadline_too && sc->processes[i].deadline))
            return true;
    return false;
}

static bool priorities_differ(const struct scenario *sc)
{
    for (int i = 1; i < sc->process_count; i++)
        if (sc->processes[i].priority != sc->processes[0].priority)
            return true;
    return false;
}

/* Whether a policy finds in the file what it decides by. */
static bool fits(const char *policy, const struct scenario *sc)
{
    if (strcmp(policy, "edf") == 0)
        return some_periodic(sc, true);
    if (strcmp(policy, "rm") == 0)
        return some_periodic(sc, false);
    if (strcmp(policy, "priority") == 0)
        return priorities_differ(sc);
    return true;
}

/* ------------------------------------------------------------- settings */

static void put(struct contender *one, struct override o)
{
    one->options.overrides[one->options.override_count++] = o;
}

/* `quantum` 0: none was named. False after a sentence. */
static bool set_quantum(struct comparison *c, struct contender *one,
                        tick quantum)
{
    struct override o;
    if (!quantum)
        return true;
    bool has = policy_quantum(&c->arena, one->policy, quantum, &o);
    if (has)
        put(one, o);
    else
        complain(c->o->lang, W_CLI_CMP_NO_QUANTUM, one->name, one->policy);
    return has;
}

/* Those of the command line that the policy has a use for, and itself. */
static void set_policy(struct comparison *c, struct contender *one)
{
    one->options = *c->o;
    one->options.overrides = policy_overrides(&c->arena, c->o, one->policy,
                                              &one->options.override_count);
}

/* A setting that none of them has is not left out in silence. */
static bool every_setting_counts(const struct comparison *c)
{
    for (int i = 0; i < c->o->override_count; i++) {
        const char *key = c->o->overrides[i].key;
        bool counts = strcmp(key, "scheduler.policy") == 0;
        for (int k = 0; k < c->count; k++)
            counts = counts || policy_takes(c->all[k]->policy, key);
        if (!counts) {
            complain(c->o->lang, W_CLI_CMP_NOBODYS, key);
            return false;
        }
    }
    return true;
}

/* --------------------------------------------------------------- entries */

static const char *policy_names(struct arena *a)
{
    struct str s = {0};
    for (int i = 0; i < POLICY_COUNT; i++)
        str_addf(&s, "%s%s", i ? ", " : "", policies_all[i]->name);
    const char *names = arena_copy(a, s.text, s.length);
    str_free(&s);
    return names;
}

static const char *policy_named(const char *name)
{
    for (int i = 0; i < POLICY_COUNT; i++)
        if (strcmp(policies_all[i]->name, name) == 0)
            return policies_all[i]->name;
    return NULL;
}

static bool read_quantum(const struct comparison *c, const char *name,
                         const char *digits, tick *quantum)
{
    char *end;
    errno = 0;
    long long n = strtoll(digits, &end, 10);
    *quantum = n;
    if (digits[0] >= '0' && digits[0] <= '9' && !*end && !errno && n >= 1 &&
        n <= TICK_MAX)
        return true;
    complain(c->o->lang, W_CLI_CMP_BAD_QUANTUM, name, (long long)TICK_MAX);
    return false;
}

/* "rr" or "rr:4"; false after a sentence. */
static bool add_entry(struct comparison *c, const char *name)
{
    enum lang lang = c->o->lang;
    const char *colon = strchr(name, ':');
    size_t length = colon ? (size_t)(colon - name) : strlen(name);
    const char *bare = arena_copy(&c->arena, name, length);
    struct contender *one = arena_alloc(&c->arena, sizeof *one);
    *one = (struct contender){.name = name, .policy = policy_named(bare)};
    tick quantum = 0;
    if (!one->policy) {
        complain(lang, W_CLI_CMP_NO_POLICY, bare, policy_names(&c->arena));
        return false;
    }
    for (int k = 0; k < c->count; k++)
        if (strcmp(c->all[k]->name, name) == 0) {
            complain(lang, W_CLI_CMP_TWICE, name);
            return false;
        }
    if (c->count == CONTENDERS_MOST) {
        complain(lang, W_CLI_CMP_MANY, CONTENDERS_MOST);
        return false;
    }
    if (colon && !read_quantum(c, name, colon + 1, &quantum))
        return false;
    set_policy(c, one);
    if (!set_quantum(c, one, quantum))
        return false;
    c->all[c->count++] = one;
    return true;
}

static bool add_named(struct comparison *c, const char *list)
{
    for (const char *p = list;; p++) {
        size_t length = strcspn(p, ",");
        if (!add_entry(c, arena_copy(&c->arena, p, length)))
            return false;
        p += length;
        if (!*p)
            return true;
    }
}

static bool add_fitting(struct comparison *c)
{
    for (int i = 0; i < POLICY_COUNT; i++) {
        const char *name = policies_all[i]->name;
        bool there = c->count && strcmp(c->all[0]->name, name) == 0;
        if (!there && fits(name, c->file.scenario) && !add_entry(c, name))
            return false;
    }
    return true;
}

/* The file as rr would have it: what it says of quantum and levels, and every
 * complaint that has nothing to do with a policy. */
static bool read_file(struct comparison *c)
{
    struct contender rr = {.name = "rr", .policy = "rr"};
    set_policy(c, &rr);
    c->file.scenario = load_under(&c->file, c->o, rr.options.overrides,
                                  rr.options.override_count, NULL);
    return c->file.scenario != NULL;
}

static void begin(struct comparison *c)
{
    c->all = arena_alloc(&c->arena, CONTENDERS_MOST * sizeof *c->all);
}

bool compare_plan_fitting(struct comparison *c, const char *own)
{
    begin(c);
    return add_entry(c, own) && add_fitting(c);
}

bool compare_plan(struct comparison *c)
{
    const struct options *o = c->o;
    begin(c);
    if (!read_file(c))
        return false;
    if (option_given(o, OPTION_POLICY) &&
        !add_entry(c, o->value[OPTION_POLICY]))
        return false;
    if (option_given(o, OPTION_POLICIES)
            ? !add_named(c, o->value[OPTION_POLICIES])
            : !add_fitting(c))
        return false;
    return every_setting_counts(c);
}
