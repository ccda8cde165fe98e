/* ops.c: ops.def, keys.def, mechanisms.def and signals.def as tables. */
#include "sim/scenario/ops.h"

#include "sim/base/promises.h"

#include <stddef.h>
#include <string.h>

/* Per verb a struct with one char per argument: its size counts them, and an
 * offset in it is the place of an argument. It is never used otherwise. */
#define OP(verb, group, mech, time, call, c, en, zh)                           \
    }                                                                          \
    ;                                                                          \
    struct args_of_##verb {                                                    \
        char none;
#define ARG(verb, key, type, need, low, high) char a_##key;
struct args_of_nothing {
    char none;
#include "sim/scenario/ops.def"
};
#undef OP
#undef ARG

#define PLACE(verb, key) (offsetof(struct args_of_##verb, a_##key) - 1)

/* What low and high are, by type. */
#define NUMBERS(l, h) .low = (l), .high = (h)
#define WORDS(l, h) .words = (l)
#define BOUNDS_COUNT NUMBERS
#define BOUNDS_FOREVER NUMBERS
#define BOUNDS_TRUE NUMBERS
#define BOUNDS_BOOL NUMBERS
#define BOUNDS_VAR NUMBERS
#define BOUNDS_TERM NUMBERS
#define BOUNDS_FDVAR NUMBERS
#define BOUNDS_IDVAR NUMBERS
#define BOUNDS_PROC NUMBERS
#define BOUNDS_PROCANY NUMBERS
#define BOUNDS_TEXT NUMBERS
#define BOUNDS_PATH NUMBERS
#define BOUNDS_CHOICE WORDS
#define BOUNDS_FLAGS WORDS
#define BOUNDS_SIG NUMBERS
#define BOUNDS_SIG0 NUMBERS
#define BOUNDS_BODY NUMBERS
#define BOUNDS_NAME NUMBERS
#define BOUNDS_KEY NUMBERS
#define BOUNDS_COUNTS NUMBERS
#define BOUNDS_SEMOPS NUMBERS

static const struct op_about ops[OP_COUNT] = {
    [OP_end].name = "", [OP_end].call = CALL_LIBRARY,
#define OP(verb, g, mech, t, what, pattern, en, zh)                            \
    [OP_##verb].name = #verb, [OP_##verb].group = GROUP_##g,                   \
    [OP_##verb].mechanism = MECH_##mech, [OP_##verb].time = TIME_##t,          \
    [OP_##verb].call = CALL_##what,                                            \
    [OP_##verb].args = sizeof(struct args_of_##verb) - 1,                      \
    [OP_##verb].c = pattern, [OP_##verb].about = {{en, zh}},
#define ARG(verb, k, t, n, l, h)                                               \
    [OP_##verb].arg[PLACE(verb, k)] = {.name = #k,                             \
                                       .key = KEY_##k,                         \
                                       .type = TAKES_##t,                      \
                                       .need = NEED_##n,                       \
                                       BOUNDS_##t(l, h)},
#include "sim/scenario/ops.def"
#undef OP
#undef ARG
};

/* Where in op.arg a key of a verb lies, plus 1; 0: the verb has no such key. */
static const uint8_t slots[OP_COUNT][KEY_COUNT] = {
#define OP(verb, group, mech, time, call, c, en, zh)
#define ARG(verb, k, type, need, low, high)                                    \
    [OP_##verb][KEY_##k] = PLACE(verb, k) + 1,
#include "sim/scenario/ops.def"
#undef OP
#undef ARG
};

#define OP(verb, group, mech, time, call, c, en, zh)                           \
    _Static_assert(sizeof(struct args_of_##verb) - 1 <= OP_ARGS_MAX,           \
                   #verb " has too many arguments");
#define ARG(verb, key, type, need, low, high)
#include "sim/scenario/ops.def"
#undef OP
#undef ARG

const struct mechanism_about mechanisms[MECH_COUNT] = {
#define MECHANISM(name, en, zh) {#name, {{en, zh}}},
#include "sim/scenario/mechanisms.def"
#undef MECHANISM
};

static const struct {
    const char *name;
    int number;
    enum signal_default does;
} signals[] = {
#define SIGNAL(name, number, action) {#name, number, SIG_DOES_##action},
#include "sim/scenario/signals.def"
#undef SIGNAL
};

enum { SIGNAL_COUNT = sizeof signals / sizeof *signals };

const struct op_about *op_about(enum verb v)
{
    require(v >= 0 && v < OP_COUNT);
    return &ops[v];
}

enum verb op_named(const char *name)
{
    for (int v = OP_end + 1; v < OP_COUNT; v++)
        if (ops[v].name[0] == name[0] && strcmp(ops[v].name, name) == 0)
            return (enum verb)v;
    return OP_end;
}

int64_t op_arg(const struct op *op, enum arg_key key)
{
    require(op->verb < OP_COUNT && key < KEY_COUNT);
    int slot = slots[op->verb][key];
    require(slot > 0);
    return op->arg[slot - 1];
}

static const struct out_about outs[] = {
#define OUT(verb, name, what) {#name, OUT_##what},
#include "sim/scenario/outs.def"
#undef OUT
};
static const uint8_t out_verbs[] = {
#define OUT(verb, name, what) OP_##verb,
#include "sim/scenario/outs.def"
#undef OUT
};

const struct out_about *op_outs(enum verb v, int *count)
{
    size_t i = 0, all = sizeof out_verbs;
    while (i < all && out_verbs[i] != v)
        i++;
    *count = 0;
    while (i + (size_t)*count < all && out_verbs[i + (size_t)*count] == v)
        ++*count;
    return outs + (i < all ? i : 0);
}

bool op_carries_bytes(const struct op *op)
{
    int slot = slots[op->verb][KEY_bytes];
    return slot && (op->arg[slot - 1] != ARG_ABSENT ||
                    op_arg(op, KEY_text) != ARG_ABSENT);
}

int word_place(const char *words, const char *word, size_t length)
{
    int place = 0;
    for (const char *p = words; *p; place++) {
        size_t n = strcspn(p, " ");
        if (n == length && memcmp(p, word, n) == 0)
            return place;
        p += n;
        p += strspn(p, " ");
    }
    return -1;
}

bool op_flag(const struct op *op, const char *word)
{
    int slot = slots[op->verb][KEY_flags];
    if (!slot || op->arg[slot - 1] == ARG_ABSENT)
        return false;
    int bit = word_place(ops[op->verb].arg[slot - 1].words, word, strlen(word));
    require(bit >= 0);
    return op->arg[slot - 1] >> bit & 1;
}

const char *signal_name(int number)
{
    for (int i = 0; i < SIGNAL_COUNT; i++)
        if (signals[i].number == number)
            return signals[i].name;
    return NULL;
}

int signal_number(const char *name)
{
    for (int i = 0; i < SIGNAL_COUNT; i++)
        if (strcmp(signals[i].name, name) == 0)
            return signals[i].number;
    return 0;
}

enum signal_default signal_default(int number)
{
    for (int i = 0; i < SIGNAL_COUNT; i++)
        if (signals[i].number == number)
            return signals[i].does;
    return SIG_DOES_TERM;
}

const char *signal_at(int place)
{
    return place >= 0 && place < SIGNAL_COUNT ? signals[place].name : NULL;
}
