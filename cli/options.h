/* The options: read once, checked once.
 *
 * options.def is the table; --help, the man page and the completions are made
 * from it. Everything that can be said about an option without looking at a
 * file is said here: an unknown one (with "did you mean"), one that the command
 * does not take, a missing or senseless argument. */
#ifndef TIMESLICE_OPTIONS_H
#define TIMESLICE_OPTIONS_H

#include "cli/axis.h"
#include "sim/base/arena.h"
#include "sim/base/lang.h"
#include "sim/scenario/scenario.h"

#include <stdbool.h>
#include <stdint.h>

enum option {
#define OPTION(name, letter, text, argument, about) OPTION_##name,
#include "cli/options.def"
#undef OPTION
    OPTION_COUNT
};

#define OPTION_BIT(name) (UINT64_C(1) << OPTION_##name)

/* What run, check, compare and view have in common. */
#define OPTIONS_OF_A_RUN                                                       \
    (OPTION_BIT(POLICY) | OPTION_BIT(QUANTUM) | OPTION_BIT(SET) |              \
     OPTION_BIT(SEED) | OPTION_BIT(UNTIL) | OPTION_BIT(LIVE) |                 \
     OPTION_BIT(MODEL) | OPTION_BIT(HOST_IPC))

/* Every command takes these. */
#define OPTIONS_OF_ALL                                                         \
    (OPTION_BIT(LANG) | OPTION_BIT(HELP) | OPTION_BIT(VERSION))

struct option_about {
    char letter;
    const char *name, *argument;
    enum word about;
};

extern const struct option_about option_table[OPTION_COUNT];

enum { UNTIL_DEFAULT = 1000000, SIZE_LEAST = 320, SIZE_MOST = 16384,
       FPS_MOST = 50,
       JOBS_MOST = 1024 };

struct command;

struct options {
    struct arena arena;             /* of what is below */
    const struct command *command;  /* NULL: none was named */
    uint64_t given;                 /* OPTION_BIT of all that were */
    const char *value[OPTION_COUNT]; /* as written; the last one counts */
    enum lang lang;
    tick until;    /* UNTIL_DEFAULT if not given */
    tick at;       /* TICK_NEVER if not given */
    int width, height; /* 0 if not given */
    int fps; /* frames a second, 0 if not given */
    const char *format; /* one of the command's */
    struct override *overrides; /* of --policy, --quantum, --seed, --set */
    int override_count;
    struct axis *axes; /* what is to have several values, one after another */
    int axis_count;
    int64_t part, parts; /* of --part; 1 of 1 if not given */
    int jobs; /* 0 if not given */
    const char **operands; /* ends with NULL */
    int operand_count;
};

static inline bool option_given(const struct options *o, enum option which)
{
    return o->given >> which & 1;
}

/* Reads the arguments. Returns false after one clear sentence on stderr.
 * Free with options_free in any case. */
bool options_read(struct options *o, int argc, char **argv);

/* Whether there is an option that only several runs have a use for, and there
 * are not several: true after a sentence. For when the file and all values have
 * been found well, so that the sentence hides nothing. */
bool options_only_of_sweeps(const struct options *o);

void options_free(struct options *o);

#endif
