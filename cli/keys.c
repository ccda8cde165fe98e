#include "cli/keys.h"

#include "sim/base/str.h"
#include "sim/scenario/ops.h"
#include "sim/scenario/policy_settings.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *policy, *keys;
} all[] = {
#define POLICY(name, quantum, keys) {#name, keys},
#include "sim/scenario/policies.def"
#undef POLICY
};

bool policy_takes(const char *policy, const char *key)
{
    static const char object[] = "scheduler.";
    bool some = false;
    if (strncmp(key, object, sizeof object - 1) != 0)
        return true;
    key += sizeof object - 1;
    if (strcmp(key, "seed") == 0)
        return true; /* welcome to every policy */
    if (strcmp(key, "quantum") == 0 &&
        (strcmp(policy, "mlfq") == 0 || strcmp(policy, "eevdf") == 0))
        return true; /* of its top level; its slice */
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bool has = word_place(all[i].keys, key, strlen(key)) >= 0;
        if (has && strcmp(all[i].policy, policy) == 0)
            return true;
        some = some || has;
    }
    return !some;
}

struct override *policy_overrides(struct arena *a, const struct options *o,
                                  const char *policy, int *count)
{
    struct override *to =
        arena_alloc(a, ((size_t)o->override_count + 2) * sizeof *to);
    int n = 0;
    for (int i = 0; i < o->override_count; i++)
        if (strcmp(o->overrides[i].key, "scheduler.policy") != 0 &&
            policy_takes(policy, o->overrides[i].key))
            to[n++] = o->overrides[i];
    to[n++] = (struct override){"scheduler.policy",
                                arena_printf(a, "\"%s\"", policy)};
    *count = n;
    return to;
}

struct override *scheduler_overrides(struct arena *a, const struct options *o,
                                     const struct scheduler *s, int *count)
{
    struct override *to = arena_alloc(
        a, ((size_t)o->override_count + SETTINGS_MOST) * sizeof *to);
    int n = settings_overrides(s, a, to);
    for (int i = 0; i < o->override_count; i++) {
        const char *key = o->overrides[i].key;
        bool draws = strcmp(key, "scheduler.draws") == 0 && s->draw_count;
        if (draws || strncmp(key, "scheduler.", 10) != 0)
            to[n++] = o->overrides[i];
    }
    *count = n;
    return to;
}

bool policy_quantum(struct arena *a, const char *policy, tick quantum,
                    struct override *to)
{
    to->key = "scheduler.quantum";
    to->json = quantum ? arena_printf(a, "%lld", (long long)quantum)
                       : "\"none\"";
    return policy_takes(policy, to->key);
}
