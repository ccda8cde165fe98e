/* A scenario: everything a lesson's file says, checked and ready to run.
 *
 * Whoever holds one may rely on every rule of SCENARIO.md §1: names resolve,
 * numbers are in range, bodies are closed, loops use time. It never changes
 * after loading. All memory lies in its arena. */
#ifndef TIMESLICE_SCENARIO_H
#define TIMESLICE_SCENARIO_H

#include "sim/base/arena.h"
#include "sim/base/diag.h"
#include "sim/base/lang.h"
#include "sim/scenario/program.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    CPUS_MAX = 64,
    SCENARIO_BYTES_MAX = 64 << 20, /* of a file */
    SCENARIO_DEPTH_MAX = 64,       /* of its JSON */
    LOOPS_MAX = 16                 /* repeats inside one another */
};

struct machine {
    int cpus;
    int64_t memory;        /* units; 0: unlimited */
    int64_t max_processes; /* slots; 0: unlimited */
    tick context_switch;
    tick op_cost;
    tick migration; /* ticks more if the process ran on another CPU before */
};

/* Which policies there are, which keys each has and which are built is said by
 * policies.def beside this file. */
struct mlfq_level {
    tick quantum, allotment; /* 0: none */
};

enum { MLFQ_LEVELS_MAX = 16, DRAWS_MAX = 4096, FRACTION_BITS_MOST = 20 };
#define SEED_MAX ((INT64_C(1) << 53) - 1) /* more, and JSON rounds */
enum { STRIDE_OF_ONE_TICKET = 10000 }; /* how far its pass goes in a quantum */

enum policy_name {
#define POLICY(name, quantum, keys) POLICY_##name,
#include "sim/scenario/policies.def"
#undef POLICY
    POLICY_COUNT
};

struct scheduler {
    const char *policy; /* as written; known to be one of the table … */
    enum policy_name name; /* … and which */
    tick quantum;       /* 0: none */
    bool expired_first;
    bool preemptive;
    bool estimate;      /* sjf, srtf guess by exponential averaging */
    double alpha;
    tick initial;
    tick aging_every, aging_by; /* 0: none */
    struct mlfq_level level[MLFQ_LEVELS_MAX];
    int levels;
    tick boost;
    bool io_keeps_slice, io_to_front, demote_alone;
    uint64_t seed;
    const int64_t *draws;
    int draw_count;
    tick latency, min_granularity, slice;
    bool per_cpu, steal;
    bool inherit; /* who holds a lock is as urgent as who waits for it */
    int fraction_bits; /* figures that are fractions count in 2^-n (figure.h) */
    /* stride: a pass counts in pass_ticks / (quantum * pass_steps) */
    int64_t pass_steps, pass_ticks;
};

struct process_def {
    const char *name;
    bool forked;  /* some fork names it: starts only when forked */
    tick arrival;
    int64_t priority; /* smaller is more urgent; default 0 */
    int nice;
    int64_t tickets; /* default 100 */
    int64_t memory;
    tick deadline, period; /* 0: none; with a period the deadline is given */
    int64_t jobs;          /* of a periodic process, 0: without end */
    uint64_t affinity;     /* bit per CPU; all ones: any */
    int32_t first, end;    /* ops[first … end]; ops[end] is its OP_end */
    int32_t line;          /* in the file */
};

enum action_kind {
    ACTION_SUSPEND,
    ACTION_ACTIVATE,
    ACTION_KILL,
    ACTION_POLICY /* another variant of the scheduler; only from the window */
};

/* Something a user does: from the file, or live in the window. */
struct action {
    tick at;
    enum action_kind kind;
    int64_t process; /* index of a process_def, number - 1 in bits 32… */
};

struct question {
    tick at;
    struct text ask, because;
    const struct text *choices;
    int choice_count, answer;
};

/* One line of `expect`, e.g. processes.child.exit = 0. What may be expected is
 * what `run --format json` prints; the loader keeps the value as JSON text and
 * sim/model/metrics.h compares. */
struct expectation {
    const char *process; /* NULL: of the whole run */
    const char *field;   /* "exit", "finish", "stopped", "avg_waiting" … */
    const char *json;    /* the expected value, compact JSON */
    int32_t line, column;
};

struct scenario {
    struct arena arena;
    const char *path; /* as the user wrote it */
    struct text title, notes;
    struct machine machine;
    struct scheduler scheduler;
    /* By which it may go on from some moment (event POLICY); NULL: none. */
    const struct scheduler *later;
    int later_count;
    bool live; /* false: "live": false in the file */

    const struct process_def *processes;
    int process_count;
    const int32_t *by_name; /* indices of processes, in the order of strcmp */
    const struct op *ops;
    int op_count;

    const struct action *actions; /* sorted by time, ties as in the file */
    int action_count;
    const struct question *questions;
    int question_count;
    const struct expectation *expects;
    int expect_count;

    const char *const *vars; /* of all kinds */
    const bool *var_is_id;   /* it holds an id or an address: -1 at first */
    int var_count;
    const char *const *names; /* devices and paths */
    const bool *name_is_file; /* an empty file from the beginning, for
                                 ftok(3); NULL: none is */
    int name_count;
    const struct text *texts; /* notes of ops */
    int text_count;
    const struct template *templates;
    int template_count;
    const struct term *terms;
    int term_count;
    const struct ipc_key *keys;
    int key_count;
    const struct list *lists;
    int list_count;

    int loop_depth;    /* deepest nesting of repeat */
    int handler_count; /* different signals that have a `do` */
    bool uses_fds;     /* some op touches a descriptor … */
    bool uses_memory;  /* … shared memory */
    bool is_affine;    /* some process may not run on every CPU */
};

/* What the command line puts over the file. Strings are JSON values
 * ("3", "\"rr\""); the loader treats them as if the file said so. */
struct override {
    const char *key; /* "scheduler.quantum", "machine.cpus" */
    const char *json;
};

/* Reads a scenario from `text[0..length)`. `path` is for complaints. Returns
 * NULL and fills `d` with every complaint that can be found, or the scenario
 * and no complaint. The caller frees it with scenario_free. */
struct scenario *scenario_read(const char *path, const char *text,
                               size_t length, const struct override *overrides,
                               int override_count, struct diag *d);

/* Adds a variant of the scheduler: what the same file says with `overrides`
 * ("scheduler.policy", "scheduler.quantum" …) put over it. Returns its number,
 * or 0 and fills `d`. This is the one thing that is ever added to a scenario
 * after loading; what it had stays as it was. */
int scenario_vary(struct scenario *sc, const char *text, size_t length,
                  const struct override *overrides, int override_count,
                  struct diag *d);

/* The one number that such a change sets: the quantum; of mlfq that of the top
 * level, of eevdf the slice. 0: none. */
tick scheduler_quantum(const struct scheduler *s);

void scenario_free(struct scenario *sc);

/* Fills in what struct op says of stretches and loops, in all programs. (The
 * loader has done so.) */
void scenario_measure(const struct process_def *defs, int count,
                      struct op *ops);

/* How fine the figures of its scheduler may be: 20 bits behind the point, fewer
 * where the times that the policy counts are very long. */
int scenario_fraction_bits(const struct scenario *sc);
/* Of stride, into how many steps a tick is divided: so many that each stride is a
 * whole number of them, if there is room for that; else many. */
int64_t scenario_pass_steps(const struct scenario *sc);
/* … and where a quantum is so long that one step a tick is too many, how many
 * ticks there are to a step; else 1. */
int64_t scenario_pass_ticks(const struct scenario *sc);

/* The index of the process definition of that name, or -1. */
int scenario_process(const struct scenario *sc, const char *name);

/* Which process_def the op at `pc` belongs to. */
int scenario_owner(const struct scenario *sc, int32_t pc);

#endif
