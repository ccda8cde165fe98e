/* What ops.def says, as tables: names, groups, arguments, texts.
 *
 * The loader, the schema, the handbook and the programs on screen read these;
 * nobody else needs to know how ops.def is written. */
#ifndef TIMESLICE_OPS_H
#define TIMESLICE_OPS_H

#include "sim/base/lang.h"
#include "sim/base/str.h"
#include "sim/scenario/program.h"

#include <stdbool.h>
#include <stddef.h>

enum op_group {
    GROUP_CPU,
    GROUP_PROCESS,
    GROUP_DESCRIPTOR,
    GROUP_QUEUE,
    GROUP_MEMORY,
    GROUP_SEMAPHORE
};

/* What a verb is in C, and what it returns. */
enum op_call {
    CALL_OWN,     /* no system call */
    CALL_LIBRARY, /* of the C library; does not return */
    CALL_NUMBER,  /* a system call that returns a number … */
    CALL_PROCESS, /* … a process id … */
    CALL_OBJECT,  /* … the id of a System V object … */
    CALL_ADDRESS, /* … the address of a mapping … */
    CALL_BYTES,   /* … how many bytes it has put into a buffer … */
    CALL_MESSAGE, /* … the same, and the message's type lies before them … */
    CALL_FILLS    /* … or that may fill a structure or an array (outs.def) */
};

enum arg_type {
    TAKES_COUNT, TAKES_FOREVER, TAKES_TRUE, TAKES_BOOL, TAKES_VAR, TAKES_TERM,
    TAKES_FDVAR, TAKES_IDVAR, TAKES_PROC, TAKES_PROCANY, TAKES_TEXT, TAKES_PATH, TAKES_CHOICE,
    TAKES_FLAGS, TAKES_SIG, TAKES_SIG0, TAKES_BODY, TAKES_NAME, TAKES_KEY,
    TAKES_COUNTS, TAKES_SEMOPS
};

enum arg_need { NEED_MUST, NEED_MAY, NEED_ONE };

/* Every argument name that occurs in ops.def, once: KEY_size, KEY_text … */
enum arg_key {
#define KEY(name) KEY_##name,
#include "sim/scenario/keys.def"
#undef KEY
    KEY_COUNT
};

struct arg_about {
    const char *name; /* as written in the file */
    uint8_t key;      /* enum arg_key */
    uint8_t type;     /* enum arg_type */
    uint8_t need;     /* enum arg_need */
    int64_t low, high;
    const char *words; /* CHOICE, FLAGS: blank-separated list */
};

struct op_about {
    const char *name; /* the verb; "" for OP_end */
    uint8_t group, mechanism, time, call;
    uint8_t args; /* how many */
    const char *c; /* the C statement's pattern */
    struct text about;
    struct arg_about arg[OP_ARGS_MAX];
};

/* One number of what a call fills in (outs.def). */
struct out_about {
    const char *name;
    enum out_what { OUT_NUMBER, OUT_PROCESS, OUT_MODE } what;
};

struct mechanism_about {
    const char *name; /* "PIPE" */
    struct text title;
};

extern const struct mechanism_about mechanisms[MECH_COUNT];

/* All there is to know about a verb. */
const struct op_about *op_about(enum verb v);

/* The verb of that name, or OP_end if there is none. */
enum verb op_named(const char *name);

/* An argument of `op`, ARG_ABSENT if the op was written without it (but `sig`
 * is then SIGTERM). The verb must have an argument of that name. */
int64_t op_arg(const struct op *op, enum arg_key key);

/* Whether an op of this verb may put its process to sleep (or ends it): a CPU
 * burst is over with it. */
bool op_may_sleep(enum verb verb);

/* Whether the k-th word of a FLAGS list is set: op_flag(op, "O_NONBLOCK").
 * False when the op has no flags. The word must be in the verb's list. */
bool op_flag(const struct op *op, const char *word);

/* The numbers that `v` fills in, in the order of its payload; their count 0 if
 * it fills none, or an array without names. */
const struct out_about *op_outs(enum verb v, int *count);

/* Whether `op` takes a text or bytes along: one of the arguments text, bytes. */
bool op_carries_bytes(const struct op *op);

/* Which word of the blank-separated list `words` is `word[0..length)`, counted
 * from 0, or -1. */
int word_place(const char *words, const char *word, size_t length);

struct scenario;

/* Appends the C statement that `op` stands for ("write(p[1], \"2\", 1);"),
 * with `vars` (may be NULL) filled into texts. OP_end gives "}". */
void op_write_c(const struct scenario *sc, const struct op *op,
                const int64_t *vars, struct str *out);

/* Names and numbers of signals; NULL / 0 when there is no such one. */
const char *signal_name(int number);
int signal_number(const char *name);
/* The signals of signals.def in its order, NULL behind the last. */
const char *signal_at(int place);

enum signal_default { SIG_DOES_TERM, SIG_DOES_IGNORE, SIG_DOES_STOP,
                      SIG_DOES_CONT };
enum signal_default signal_default(int number);

#endif
