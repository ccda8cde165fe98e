/* From an operand of the command line to a scenario.
 *
 * An operand is a file, "-" for standard input, or the number or name of a
 * built-in lesson. Everything that can be wrong with it is said here, on
 * stderr: the file itself in one sentence, its contents with every complaint
 * of the loader. */
#ifndef TIMESLICE_CLI_LOAD_H
#define TIMESLICE_CLI_LOAD_H

#include "cli/options.h"

/* NULL after the complaints: the caller ends with STATUS_USAGE. The overrides
 * of `o` are applied. The caller frees with scenario_free. */
struct scenario *load_scenario(const struct options *o, const char *operand);

/* Whether `operand` is a file or the name of a lesson, so that a bare
 * `timeslice OPERAND` means `timeslice view OPERAND`. */
bool load_would_find(const char *operand);

#endif
