/* A scenario is run to its end and reported: what run, check and export
 * share. */
#ifndef TIMESLICE_RUN_H
#define TIMESLICE_RUN_H

#include "cli/load.h"
#include "cli/report.h"
#include "cli/source.h"

/* Runs what was loaded as the options say, and writes it to `out`. Differences
 * from its expect go to stderr, one a line; of a scenario that options have
 * changed, only how many there are, and they are no difference to the status,
 * unless the command judges. */
enum status run_scenario(const struct options *o, const struct loaded *l,
                         const struct format *f, struct out *out);

/* The parts of it, for whoever runs several: the source is opened and read to
 * its end into `r`. Anything but STATUS_WELL comes after a sentence, with
 * nothing left to free. */
enum status run_report(struct report *r, struct source *from,
                       const struct options *o, const struct loaded *l,
                       const struct format *f, struct out *out);

/* What has come of it: `expected` also holds it against its expect. */
enum status run_judge(const struct report *r, const struct source *from,
                      bool expected);

/* The same for an operand of the command line and a path (NULL: stdout). */
enum status run_to(const struct options *o, const char *operand,
                   const struct format *f, const char *path);

#endif
