/* The rules of Linux that the mechanisms follow, by name (rules.def). */
#ifndef TIMESLICE_RULES_H
#define TIMESLICE_RULES_H

enum rule {
#define RULE(name, about) RULE_##name,
#include "sim/model/rules.def"
#undef RULE
    RULE_COUNT
};

/* "P17", and what it says. */
const char *rule_name(enum rule r);
const char *rule_about(enum rule r);

#endif
