#include "sim/policy/policy.h"

#include "sim/base/promises.h"

#include <stddef.h>
#include <string.h>

/* The format knows more policies than are built. */
#define BUILT_0(...)
#define BUILT_1(...) __VA_ARGS__

#define POLICY(name, built, quantum, keys)                                     \
    BUILT_##built(extern const struct policy policy_##name;)
#include "sim/scenario/policies.def"
#undef POLICY

const struct policy *const policies_built[] = {
#define POLICY(name, built, quantum, keys) BUILT_##built(&policy_##name,)
#include "sim/scenario/policies.def"
#undef POLICY
};

const int policies_built_count = sizeof policies_built / sizeof *policies_built;

const struct policy *policy_of(const struct scenario *sc)
{
    const struct policy *found = NULL;
    for (int i = 0; i < policies_built_count; i++)
        if (strcmp(policies_built[i]->name, sc->scheduler.policy) == 0)
            found = policies_built[i];
    require(found);
    return found;
}

int policy_first(const struct world *w, int queue)
{
    return w->ready[queue].head;
}
