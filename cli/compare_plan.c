/* compare_plan.c: which policies are compared, each with which settings.
 *
 * `--policies rr:1,rr:4,priority:inherit`: each has settings of its own
 * (policy_spec.h). Settings of the command line go to the policies that have
 * such a key; one with several values makes a contender for each. */
#include "cli/compare.h"

#include "cli/keys.h"
#include "cli/policy_spec.h"
#include "sim/policy/policy.h"

#include <stdlib.h>
#include <string.h>

enum { CONTENDERS_MOST = 64 };

static const char policy_key[] = "scheduler.policy";
static const char scheduler_dot[] = "scheduler.";

/* ------------------------------------------------------- what fits the file */

static bool some_deadline(const struct scenario *sc)
{
    for (int i = 0; i < sc->process_count; i++)
        if (sc->processes[i].deadline)
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
        return some_deadline(sc);
    if (strcmp(policy, "rm") == 0)
        return measures_jobs(sc);
    if (strcmp(policy, "priority") == 0)
        return priorities_differ(sc);
    return true;
}

/* ------------------------------------------------------------- settings */

static void put(struct contender *one, struct override o)
{
    one->options.overrides[one->options.override_count++] = o;
}

/* Its overrides become a list of its own, with room for what stands in its name
 * and for keys with several values. */
static void make_room(struct comparison *c, struct contender *one)
{
    const struct override *all = one->options.overrides;
    size_t n = (size_t)one->options.override_count;
    one->options.overrides = arena_alloc(
        &c->arena, (n + SPEC_SETTINGS_MOST + AXES_MOST) * sizeof *all);
    memcpy(one->options.overrides, all, n * sizeof *all);
}

/* Those of the command line that the policy has a use for, and itself. */
static void set_policy(struct comparison *c, struct contender *one)
{
    one->options = *c->o;
    one->options.overrides = policy_overrides(&c->arena, c->o, one->policy,
                                              &one->options.override_count);
    make_room(c, one);
}

static bool somebody_takes(const struct comparison *c, const char *key)
{
    bool counts = strcmp(key, policy_key) == 0;
    for (int k = 0; k < c->count; k++)
        counts = counts || policy_takes(c->all[k]->policy, key);
    if (!counts)
        complain(c->o->lang, W_CLI_CMP_NOBODYS, key);
    return counts;
}

/* A setting that none of them has is not left out in silence. */
static bool every_setting_counts(const struct comparison *c)
{
    for (int i = 0; i < c->o->override_count; i++)
        if (!somebody_takes(c, c->o->overrides[i].key))
            return false;
    for (int i = 0; i < c->o->axis_count; i++)
        if (!somebody_takes(c, c->o->axes[i].key))
            return false;
    return true;
}

/* --------------------------------------------------------------- entries */

/* The value that counts in the end, NULL if that key is not set. */
static const char *value_of(const struct contender *one, const char *key)
{
    const char *value = NULL;
    for (int i = 0; i < one->options.override_count; i++)
        if (strcmp(one->options.overrides[i].key, key) == 0)
            value = one->options.overrides[i].json;
    return value;
}

/* Also where they write a number differently: 0.5 and .50. */
static bool same_value(const char *a, const char *b)
{
    char *end_a, *end_b;
    if (!a || !b || strcmp(a, b) == 0)
        return a == b || (a && b);
    double x = strtod(a, &end_a), y = strtod(b, &end_b);
    return end_a > a && end_b > b && !*end_a && !*end_b && x == y;
}

static bool has_all_of(const struct contender *one, const struct contender *other)
{
    for (int i = 0; i < other->options.override_count; i++) {
        const char *key = other->options.overrides[i].key;
        if (!same_value(value_of(one, key), value_of(other, key)))
            return false;
    }
    return true;
}

static bool add_contender(struct comparison *c, const struct contender *one)
{
    for (int k = 0; k < c->count; k++)
        if (has_all_of(c->all[k], one) && has_all_of(one, c->all[k])) {
            complain(c->o->lang, W_CLI_CMP_TWICE, c->all[k]->name, one->name);
            return false;
        }
    if (c->count == CONTENDERS_MOST) {
        complain(c->o->lang, W_CLI_CMP_MANY, CONTENDERS_MOST);
        return false;
    }
    c->all[c->count] = arena_alloc(&c->arena, sizeof *one);
    *c->all[c->count++] = *one;
    return true;
}

static bool says(const struct policy_spec *s, const char *key)
{
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->set[i].key, key) == 0)
            return true;
    return false;
}

/* "rr" with a value of an axis is "rr:4", "priority:inherit=true". */
static const char *named_with(struct comparison *c, const char *name,
                              const char *key, const char *json)
{
    size_t quote = *json == '"';
    key += strlen(scheduler_dot);
    if (strcmp(key, "quantum") == 0)
        return arena_printf(&c->arena, "%s:%.*s", name,
                            (int)(strlen(json) - 2 * quote), json + quote);
    return arena_printf(&c->arena, "%s:%s=%s", name, key, json);
}

/* One contender for each combination of values, from axis `at` on, that the
 * policy has a use for and does not settle itself. */
static bool add_each(struct comparison *c, const struct policy_spec *s,
                     const struct contender *so_far, int at)
{
    const struct options *o = c->o;
    while (at < o->axis_count &&
           (strcmp(o->axes[at].key, policy_key) == 0 ||
            !policy_takes(s->policy, o->axes[at].key) ||
            says(s, o->axes[at].key)))
        at++;
    if (at == o->axis_count)
        return add_contender(c, so_far);
    const struct axis *x = &o->axes[at];
    for (int64_t i = 0; i < x->count; i++) {
        struct contender one = *so_far;
        struct str json = {0};
        make_room(c, &one);
        axis_value(x, i, &json);
        const char *value = arena_copy(&c->arena, json.text, json.length);
        str_free(&json);
        put(&one, (struct override){x->key, value});
        one.name = named_with(c, so_far->name, x->key, value);
        if (!add_each(c, s, &one, at + 1))
            return false;
    }
    return true;
}

/* "rr", "rr:4", "priority:inherit"; false after a sentence. */
static bool add_entry(struct comparison *c, const char *name)
{
    struct policy_spec s;
    if (!spec_read(&s, &c->arena, c->o->lang, name))
        return false;
    struct contender one = {.name = name, .policy = s.policy};
    set_policy(c, &one);
    for (int i = 0; i < s.count; i++)
        put(&one, s.set[i]);
    return add_each(c, &s, &one, 0);
}

static bool add_named(struct comparison *c, const char *list)
{
    const char *end = list + strlen(list);
    for (const char *p = list;; p++) {
        const char *to = axis_item_end(p, end, ',');
        size_t blanks = strspn(p, " ");
        p += blanks < (size_t)(to - p) ? blanks : (size_t)(to - p);
        size_t n = (size_t)(to - p);
        while (n && p[n - 1] == ' ')
            n--;
        if (!add_entry(c, arena_copy(&c->arena, p, n)))
            return false;
        p = to;
        if (p == end)
            return true;
    }
}

/* Jobs that come again and again are a matter of their own: whoever names no
 * policy wants to see those that know of them. */
static bool add_for_jobs(struct comparison *c)
{
    static const char *const names[] = {"edf", "rm"};
    for (int i = 0; i < 2; i++) {
        bool there = false;
        for (int k = 0; k < c->count; k++)
            there = there || strcmp(c->all[k]->policy, names[i]) == 0;
        if (!there && !add_entry(c, names[i]))
            return false;
    }
    return true;
}

static bool add_fitting(struct comparison *c)
{
    const char *first = c->count ? c->all[0]->policy : "";
    for (int i = 0; i < POLICY_COUNT; i++) {
        const char *name = policies_all[i]->name;
        bool there = strcmp(first, name) == 0;
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

/* Those of --policy, one or several. */
static bool add_policies(struct comparison *c)
{
    const struct options *o = c->o;
    for (int a = 0; a < o->axis_count; a++)
        for (int64_t i = 0; strcmp(o->axes[a].key, policy_key) == 0 &&
                            i < o->axes[a].count; i++) {
            struct str json = {0};
            axis_value(&o->axes[a], i, &json);
            size_t quote = str_text(&json)[0] == '"';
            const char *name = arena_copy(&c->arena, json.text + quote,
                                          json.length - 2 * quote);
            str_free(&json);
            if (!add_entry(c, name))
                return false;
        }
    return !option_given(o, OPTION_POLICY) || c->count ||
           add_entry(c, o->value[OPTION_POLICY]);
}

/* Charts and table are of one machine. */
static bool same_machine(const struct comparison *c)
{
    for (int a = 0; a < c->o->axis_count; a++)
        if (strncmp(c->o->axes[a].key, scheduler_dot,
                    sizeof scheduler_dot - 1) != 0) {
            complain(c->o->lang, W_CLI_CMP_AXIS, c->o->axes[a].key,
                     c->o->axes[a].given);
            return false;
        }
    return true;
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

/* What --policy is compared with, unless several were asked for there. */
static bool add_others(struct comparison *c)
{
    if (option_given(c->o, OPTION_POLICIES))
        return add_named(c, c->o->value[OPTION_POLICIES]);
    if (c->count > 1)
        return true;
    return measures_jobs(c->file.scenario) ? add_for_jobs(c) : add_fitting(c);
}

bool compare_plan(struct comparison *c)
{
    begin(c);
    if (!same_machine(c) || !read_file(c) || !add_policies(c))
        return false;
    return add_others(c) && every_setting_counts(c);
}
