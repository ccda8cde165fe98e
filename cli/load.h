/* From an operand of the command line to a scenario.
 *
 * An operand is a file, "-" for standard input, or the number or name of a
 * built-in lesson. Everything that can be wrong with it is said here, on
 * stderr: the file itself in one sentence, its contents with every complaint
 * of the loader. */
#ifndef TIMESLICE_CLI_LOAD_H
#define TIMESLICE_CLI_LOAD_H

#include "cli/options.h"
#include "sim/base/str.h"

/* A scenario, and the text it was read from: a live session reads it again,
 * in its own process, and so does whoever runs it under several policies. */
struct loaded {
    struct scenario *scenario;
    struct str text;
    struct str path; /* of the file, as complaints name it */
};

/* False after the complaints: the caller ends with STATUS_USAGE. The overrides
 * of `o` are applied. Free with loaded_free in any case. */
bool load_operand(struct loaded *l, const struct options *o,
                  const char *operand);

/* The same, with the complaints as lines of `to`. */
bool load_operand_to(struct loaded *l, const struct options *o,
                     const char *operand, struct str *to);

/* Only reads the text and finds the path; the scenario is NULL. */
bool load_text(struct loaded *l, const struct options *o, const char *operand);

/* The scenario that the text of `l` makes under other overrides than those of
 * `o`; NULL after the complaints (`to` NULL: on stderr). The caller frees it
 * with scenario_free, before `l`. */
struct scenario *load_under(const struct loaded *l, const struct options *o,
                            const struct override *overrides, int count,
                            struct str *to);

void loaded_free(struct loaded *l);

/* Whether `operand` is a file or the name of a lesson, so that a bare
 * `timeslice OPERAND` means `timeslice view OPERAND`. */
bool load_would_find(const char *operand);

#endif
