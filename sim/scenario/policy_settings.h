/* The keys of a policy, one by one: what each is now, between which bounds it
 * may lie, and the next value up or down. For dialogs, and for names of runs.
 *
 * The list is made of the loader's own tables: policies.def says which keys a
 * policy takes, the fields of `scheduler` what they are. `aging`, `estimate`
 * and `levels` have parts, each of which is a setting, too. */
#ifndef TIMESLICE_POLICY_SETTINGS_H
#define TIMESLICE_POLICY_SETTINGS_H

#include "sim/base/arena.h"
#include "sim/base/str.h"
#include "sim/scenario/scenario.h"

enum setting_kind {
    SETTING_YES_NO,  /* 0, 1 */
    SETTING_NUMBER,  /* low … high */
    SETTING_OR_NONE, /* the same, or 0: there is none */
    SETTING_PARTS,   /* how many there are, as of levels */
    SETTING_SHARE    /* hundredths, 0 … 100 */
};

struct setting {
    const char *key;  /* of `scheduler` */
    const char *part; /* of the key's object, NULL: the key itself */
    int level;        /* number in a list, 0 … */
    enum setting_kind kind;
    tick low, high;
};

enum { SETTINGS_MOST = 2 * MLFQ_LEVELS_MAX + 16 };

/* The settings that `s` has as it is (the parts of a key that is not given are
 * none), in the order of the table; returns how many. */
int settings_of(const struct scheduler *s, struct setting to[SETTINGS_MOST]);

/* Whether its key has parts that are settings of their own: aging, estimate. */
bool setting_has_parts(const struct setting *x);

tick setting_value(const struct scheduler *s, const struct setting *x);

/* Sets it, within its bounds. What begins to be there begins as the loader
 * would have it, a level with twice the quantum of the one above. */
void setting_put(struct scheduler *s, const struct setting *x, tick value);

/* `by` steps up or down; a yes or no turns. */
void setting_step(struct scheduler *s, const struct setting *x, tick by);

/* The policy of the same name with keys of its own, as far as they can be told
 * from `own`: its quantum and levels where `own` has such. */
void settings_under(const struct scheduler *own, enum policy_name policy,
                    struct scheduler *to);

/* Whether both decide in the same way. */
bool settings_same(const struct scheduler *a, const struct scheduler *b);

/* What makes a scenario of the same file one with that scheduler: policy and
 * all of its keys. Draws are the file's, or none. Returns how many; there is
 * room for SETTINGS_MOST. */
int settings_overrides(const struct scheduler *s, struct arena *a,
                   struct override *to);

/* "rr 4", "priority +inherit -preemptive", "mlfq 2 levels 2/4 boost 9": the
 * quantum, and what is not as `base` has it. `base` NULL, or of another
 * policy: no more than the quantum. */
void settings_name(const struct scheduler *s, const struct scheduler *base,
                   struct str *out);

/* Of that only what is not as `base` has it, with a blank before each:
 * " +inherit", nothing if the policy is another. */
void settings_differences(const struct scheduler *s,
                          const struct scheduler *base, struct str *out);

/* Whether `policy` can do without the quantum that it may have. */
bool policy_may_lack_quantum(enum policy_name policy);

#endif
