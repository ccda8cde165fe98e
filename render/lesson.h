/* What a lesson's program says, as far as the window asks. It stands between
 * the panels and sim/scenario/ops.h, which has names of its own for types. */
#ifndef TIMESLICE_LESSON_H
#define TIMESLICE_LESSON_H

#include "sim/model/world.h"

/* What a lesson is about, as far as panels care. */
struct lesson_about {
    bool uses[MECH_COUNT]; /* by enum mechanism; descriptors alone (close)
                              are no pipe */
    bool buffers;  /* of pipes, or of FIFOs that are opened: … */
    bool pipes, fifos; /* … there are such */
    bool files;    /* names in the lesson's directory */
    bool limits;   /* memory or process slots are limited */
    bool forks;
    bool suspends; /* somebody is suspended by the file or by a signal */
    int processes; /* definitions */
    int cpus;
};

struct lesson_about lesson_about(const struct scenario *sc);

/* The name of the FIFO that op number `op` makes, NONE: it makes none. */
int lesson_makes_file(const struct scenario *sc, int32_t op);

/* Marks in `computes` (sc->var_count of them) the variables with which the
 * program of definition `def` computes; descriptor variables are none. */
void lesson_numbers(const struct scenario *sc, int def, bool *computes);

/* "read": the name of the call. */
const char *lesson_verb(enum verb v);

/* Appends the C statement of op number `op`; `vars` as in op_write_c. */
void lesson_statement(const struct scenario *sc, int32_t op,
                      const int64_t *vars, struct str *out);

/* What a process that sleeps at a message queue wants there. */
struct lesson_message {
    bool receives;
    bool except;   /* MSG_EXCEPT */
    int64_t type;  /* as in the call */
    int64_t bytes; /* of the message that it sends */
};
struct lesson_message lesson_message(const struct world *w, int proc);

/* "1234", "IPC_PRIVATE", "ftok("file", 'a')": the key of an object, in memory
 * of `arena`. */
const char *lesson_key(const struct world *w, int64_t key,
                       struct arena *arena);

#endif
