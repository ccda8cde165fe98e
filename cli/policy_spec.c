#include "cli/policy_spec.h"

#include "cli/cli.h"
#include "cli/keys.h"
#include "sim/policy/policy.h"
#include "sim/scenario/ops.h"
#include "sim/scenario/policy_settings.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *policy_names(struct arena *a)
{
    struct str s = {0};
    for (int i = 0; i < POLICY_COUNT; i++)
        str_addf(&s, "%s%s", i ? ", " : "", policies_all[i]->name);
    const char *names = arena_copy(a, s.text, s.length);
    str_free(&s);
    return names;
}

/* One that is written otherwise, or almost right, is shown. */
static void no_policy(struct arena *a, enum lang lang, const char *given)
{
    const char *names[POLICY_COUNT], *near = NULL;
    for (int i = 0; i < POLICY_COUNT; i++) {
        names[i] = policies_all[i]->name;
        if (strcasecmp(names[i], given) == 0)
            near = names[i];
    }
    if (!near)
        near = nearest_name(given, names, POLICY_COUNT);
    if (!given[0])
        complain(lang, W_CLI_CMP_NO_NAME);
    else if (near)
        complain(lang, W_CLI_CMP_NO_POLICY_NEAR, given, near);
    else
        complain(lang, W_CLI_CMP_NO_POLICY, given, policy_names(a));
}

static int policy_named(const char *name)
{
    for (int i = 0; i < POLICY_COUNT; i++)
        if (strcmp(policies_all[i]->name, name) == 0)
            return i;
    return NONE;
}

/* ---------------------------------------------------------------- a setting */

/* What one is read with. */
struct reader {
    struct policy_spec *s;
    struct arena *a;
    enum lang lang;
    enum policy_name policy;
};

static bool put(struct reader *r, const char *key, const char *json)
{
    for (int i = 0; i < r->s->count; i++)
        if (strcmp(r->s->set[i].key, key) == 0) {
            complain(r->lang, W_CLI_SPEC_TWICE, r->s->name, key);
            return false;
        }
    if (r->s->count == SPEC_SETTINGS_MOST) {
        complain(r->lang, W_CLI_SPEC_MANY, r->s->name, SPEC_SETTINGS_MOST);
        return false;
    }
    r->s->set[r->s->count++] = (struct override){key, json};
    return true;
}

/* "4", "none". */
static bool read_quantum(struct reader *r, const char *item)
{
    bool none = strcmp(item, "none") == 0;
    char *end;
    errno = 0;
    long long n = strtoll(item, &end, 10);
    struct override o;
    if (!none && (errno || *end || n < 1 || n > TICK_MAX)) {
        complain(r->lang, W_CLI_CMP_BAD_QUANTUM, r->s->name,
                 (long long)TICK_MAX);
        return false;
    }
    if (!policy_quantum(r->a, r->s->policy, none ? 0 : n, &o)) {
        complain(r->lang, W_CLI_CMP_NO_QUANTUM, r->s->name, r->s->policy);
        return false;
    }
    if (none && !policy_may_lack_quantum(r->policy)) {
        complain(r->lang, W_CLI_SPEC_NEEDS_QUANTUM, r->s->name, r->s->policy);
        return false;
    }
    return put(r, o.key, o.json);
}

/* The keys that the policy has a use for, with blanks between. */
static void write_keys(enum policy_name policy, struct str *out)
{
    struct scheduler s = {.name = policy, .policy = policies_all[policy]->name,
                          .per_cpu = true, .draw_count = 1};
    struct setting all[SETTINGS_MOST];
    int n = settings_of(&s, all);
    for (int i = 0; i < n; i++)
        if (!all[i].part)
            str_addf(out, "%s%s", out->length ? " " : "", all[i].key);
}

/* "inherit", "preemptive=false", "levels=[…]". */
static bool read_key(struct reader *r, const char *item)
{
    const char *equals = strchr(item, '=');
    size_t length = equals ? (size_t)(equals - item) : strlen(item);
    const char *key = arena_printf(r->a, "scheduler.%.*s", (int)length, item);
    struct str has = {0};
    write_keys(r->policy, &has);
    bool known = word_place(str_text(&has), key + strlen("scheduler."),
                            strlen(key) - strlen("scheduler.")) >= 0;
    if (!known)
        complain(r->lang, W_CLI_SPEC_NO_KEY, r->s->name, r->s->policy,
                 key + strlen("scheduler."), str_text(&has));
    str_free(&has);
    return known && put(r, key, equals ? axis_json(r->a, equals + 1) : "true");
}

static bool read_setting(struct reader *r, const char *item)
{
    bool key = isalpha((unsigned char)item[0]) && strcmp(item, "none") != 0;
    const char *equals = strchr(item, '=');
    if (key && !(equals && !equals[1]))
        return read_key(r, item);
    return read_quantum(r, item[0] == '-' || isdigit((unsigned char)item[0]) ||
                                   strcmp(item, "none") == 0
                               ? item
                               : "0");
}

/* ----------------------------------------------------------------- the whole */

bool spec_read(struct policy_spec *s, struct arena *a, enum lang lang,
               const char *name)
{
    const char *end = name + strlen(name), *p = axis_item_end(name, end, ':');
    const char *bare = arena_copy(a, name, (size_t)(p - name));
    int policy = policy_named(bare);
    *s = (struct policy_spec){.name = name};
    if (policy == NONE) {
        no_policy(a, lang, bare);
        return false;
    }
    s->policy = policies_all[policy]->name;
    struct reader r = {s, a, lang, (enum policy_name)policy};
    while (p < end) {
        const char *to = axis_item_end(++p, end, ':');
        if (!read_setting(&r, arena_copy(a, p, (size_t)(to - p))))
            return false;
        p = to;
    }
    return true;
}
