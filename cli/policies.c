#include "cli/policies.h"

#include "sim/policy/policy.h"

#define POLICY(name, quantum, keys) extern const struct policy policy_##name;
#include "sim/scenario/policies.def"
#undef POLICY

/* The table of policies knows of those that always have a quantum. */
#define KIND(name, quantum)                                                    \
    (POLICY_##name == POLICY_mlfq    ? QUANTUM_TOP                             \
     : POLICY_##name == POLICY_eevdf ? QUANTUM_SLICE                           \
     : POLICY_##name == POLICY_priority || POLICY_##name == POLICY_xv6         \
         ? QUANTUM_MAYBE                                                       \
     : (quantum) ? QUANTUM_ALWAYS                                              \
                 : QUANTUM_NONE)

const struct policy_entry policy_entries[POLICY_COUNT] = {
#define POLICY(name, quantum, keys)                                            \
    [POLICY_##name] = {#name, &policy_##name.title, &policy_##name.about,      \
                       KIND(name, quantum)},
#include "sim/scenario/policies.def"
#undef POLICY
};
