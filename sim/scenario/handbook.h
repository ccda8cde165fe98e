/* The handbook of the scenario language, in Markdown: what the loader's own
 * tables say, so that a word cannot be taught otherwise than it is read.
 *
 * The rest of the handbook is prose; whoever puts both together calls the
 * function of a part where the prose wants it. */
#ifndef TIMESLICE_HANDBOOK_H
#define TIMESLICE_HANDBOOK_H

#include "sim/base/str.h"

#include <stdint.h>

/* The objects of a file and their keys. */
void handbook_file(struct str *out);

/* The policies, and the keys of `scheduler`. */
void handbook_policies(struct str *out);

/* What `expect` may name. */
void handbook_expect(struct str *out);

/* The figures that the policies show of a process. */
void handbook_figures(struct str *out);

/* The signals, and what each does by default. */
void handbook_signals(struct str *out);

/* Every op: what it does in both languages, its arguments, examples and the C
 * that each example stands for. */
void handbook_ops(struct str *out);

/* What the parts share. */

/* "a whole number, 1 to 64"; 10^15 where there is no bound one would meet. */
void handbook_range(struct str *out, int64_t low, int64_t high);

/* Appends the text for a cell of a table: a | in it is escaped. */
void handbook_cell(struct str *out, const char *text);

/* A blank-separated list as "`a`, `b`". */
void handbook_words(struct str *out, const char *words);

#endif
