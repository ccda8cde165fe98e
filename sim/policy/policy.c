#include "sim/policy/policy.h"

#include <stddef.h>
#include <string.h>

#define POLICY(name) extern const struct policy policy_##name;
#include "sim/policy/policies.def"
#undef POLICY

static const struct policy *const policies[] = {
#define POLICY(name) &policy_##name,
#include "sim/policy/policies.def"
#undef POLICY
};

const struct policy *policy_named(const char *name)
{
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++)
        if (strcmp(policies[i]->name, name) == 0)
            return policies[i];
    return NULL;
}

int policy_first(const struct world *w, int queue)
{
    return w->ready[queue].head;
}
