/* A program: what one process of a scenario does, op by op.
 *
 * All programs of a scenario lie one after the other in one array of ops, and
 * a place in it (`pc`) is an index into that array. A `repeat` is followed by
 * its body and an `OP_end`; a `signal … do` likewise by its handler. An
 * `OP_end` has the depth of the ops it ends. Every program ends with an
 * `OP_end` of depth 0: falling off it is exit(0).
 *
 * What an op means is not here: sim/mech/ says it for the model, ipc/mech/ for
 * the kernel. */
#ifndef TIMESLICE_PROGRAM_H
#define TIMESLICE_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

/* Time is a whole number of ticks. */
typedef int64_t tick;
#define SEM_OPS_LISTED 512 /* operations of a semop: more than Linux allows */
#define TICK_MAX 1000000000000000 /* 10^15: sums of many still fit */

/* Of two numbers of ticks; TICK_MAX stands for "or more". */
static inline tick ticks_sum(tick a, tick b)
{
    return a > TICK_MAX - b ? TICK_MAX : a + b;
}
#define MEMORY_MAX 1000000000000 /* 10^12 units: the sum of all processes fits */
#define TICK_NEVER INT64_MAX

enum verb {
    OP_end, /* end of a body or of a program; not a word of the language */
#define OP(verb, group, mech, time, call, c, en, zh) OP_##verb,
#define ARG(verb, key, type, need, low, high)
#include "sim/scenario/ops.def"
#undef OP
#undef ARG
    OP_COUNT
};

enum op_time { TIME_FREE, TIME_TIMED, TIME_WORK };

enum mechanism {
#define MECHANISM(name, en, zh) MECH_##name,
#include "sim/scenario/mechanisms.def"
#undef MECHANISM
    MECH_COUNT
};

enum { OP_ARGS_MAX = 6 };

/* An argument that was not given. */
#define ARG_ABSENT INT64_MIN
/* `repeat: "forever"`, `wait: "any"`. */
#define ARG_FOREVER (-1)
#define ARG_ANY (-1)
/* `until` as the loader adds it behind the program of a periodic process: until
 * its next job is released. */
#define ARG_NEXT_JOB (-2)

/* `arg[k]` is the k-th ARG of the verb in ops.def. How a type is kept:
 *   COUNT, TRUE, BOOL      the number
 *   FOREVER, PROCANY       the number or process, or ARG_FOREVER / ARG_ANY
 *   VAR, FDVAR, IDVAR      index of a variable (scenario.vars). A pipe's `p`
 *                          is the index of `p[0]`; `p[1]` is the next one
 *   TERM                   index in scenario.terms
 *   PROC                   index of a process_def; number - 1 in bits 32…
 *   TEXT                   index in scenario.templates
 *   PATH, NAME             index in scenario.names
 *   CHOICE                 0-based place in the list of words
 *   FLAGS                  bit k is the k-th word of the list; octal digits
 *                          are kept in bits 32…
 *   SIG, SIG0              Linux's number of the signal
 *   BODY                   index of the body's first op
 *   KEY                    index in scenario.keys
 *   COUNTS, SEMOPS         index in scenario.lists */
struct op {
    uint8_t verb;
    bool exit_on_error; /* "on_error": "exit" */
    int16_t depth;      /* how many bodies it is inside of */
    int32_t end;        /* repeat, signal-do: index of its OP_end;
                           OP_end: index of the op it ends, -1: program */
    tick cost;          /* ticks of CPU; filled in from op_cost by the loader */
    int32_t note;       /* index in scenario.texts, -1: none */
    int32_t line;       /* in the file, 0: made by us (bursts) */
    int32_t loop;       /* repeat: how many its program has before it */
    bool stretch_sleeps;
    tick stretch; /* ticks of CPU from here to the end of the body that it is
                     in, or up to the first op on the way that may put its
                     process to sleep, with that: then stretch_sleeps */
    int64_t arg[OP_ARGS_MAX];
};

/* The `key` of a System V object. */
enum ipc_key_kind { IPC_KEY_PRIVATE, IPC_KEY_NUMBER, IPC_KEY_FTOK };

struct ipc_key {
    enum ipc_key_kind kind;
    int64_t number; /* or, for ftok, the letter */
    int32_t path;   /* index in scenario.names */
};

/* One of `semop`'s operations. */
struct sem_op {
    int32_t num, op;
    int64_t flags; /* as FLAGS: bit 0 IPC_NOWAIT, bit 1 SEM_UNDO */
};

/* COUNTS: `numbers`; SEMOPS: `sem_ops`. The other is NULL. */
struct list {
    const int64_t *numbers;
    const struct sem_op *sem_ops;
    int32_t count;
};

/* A piece of a template: a literal, or a variable's value in decimal. */
struct template_piece {
    const char *literal; /* NULL: variable */
    int32_t length;      /* of the literal, bytes */
    int32_t var;
};

struct template {
    const struct template_piece *pieces;
    int32_t count;
};

/* The number or the variable of a TERM argument. */
struct term {
    bool is_var;
    int64_t number; /* or index of the variable */
};

#endif
