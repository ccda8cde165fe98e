#include "cli/policies.h"

#include "sim/policy/policy.h"

#define POLICY(name, quantum, keys) extern const struct policy policy_##name;
#include "sim/scenario/policies.def"
#undef POLICY

const struct policy_entry policy_entries[POLICY_COUNT] = {
#define POLICY(name, quantum, keys)                                            \
    [POLICY_##name] = {#name, &policy_##name.title, &policy_##name.about},
#include "sim/scenario/policies.def"
#undef POLICY
};
