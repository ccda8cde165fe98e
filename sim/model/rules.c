/* rules.c: rules.def as tables. */
#include "sim/model/rules.h"

static const struct {
    const char *name, *about;
} rules[RULE_COUNT] = {
#define RULE(name, about) {#name, about},
#include "sim/model/rules.def"
#undef RULE
};

const char *rule_name(enum rule r)
{
    return rules[r].name;
}

const char *rule_about(enum rule r)
{
    return rules[r].about;
}
