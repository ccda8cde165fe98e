/* A scenario is run to its end and reported: what run, check and export
 * share. */
#ifndef TIMESLICE_RUN_H
#define TIMESLICE_RUN_H

#include "cli/load.h"
#include "cli/report.h"

/* Runs what was loaded as the options say, and writes it to `out`. Differences
 * from its expect go to stderr, one a line; of a scenario that options have
 * changed, only how many there are, unless the command judges. */
enum status run_scenario(const struct options *o, const struct loaded *l,
                         const struct format *f, struct out *out);

/* The same for an operand of the command line and a path (NULL: stdout). */
enum status run_to(const struct options *o, const char *operand,
                   const struct format *f, const char *path);

#endif
