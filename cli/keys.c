#include "cli/keys.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *policy, *keys;
} all[] = {
#define POLICY(name, quantum, keys) {#name, keys},
#include "sim/scenario/policies.def"
#undef POLICY
};

static bool is_among(const char *word, const char *list)
{
    size_t length = strlen(word);
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " ");
        if (n == length && strncmp(p, word, n) == 0)
            return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

bool policy_takes(const char *policy, const char *key)
{
    static const char object[] = "scheduler.";
    bool some = false;
    if (strncmp(key, object, sizeof object - 1) != 0)
        return true;
    key += sizeof object - 1;
    if (strcmp(key, "seed") == 0)
        return true; /* welcome to every policy */
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bool has = is_among(key, all[i].keys);
        if (has && strcmp(all[i].policy, policy) == 0)
            return true;
        some = some || has;
    }
    return !some;
}
