/* The kinds of export that need a file of their own. */
#ifndef TIMESLICE_EXPORT_H
#define TIMESLICE_EXPORT_H

#include "cli/cli.h"

/* The window's picture at time --at, --size pixels large, or its --panel. */
enum status export_png(const struct options *o, const char *operand,
                       const char *path);
enum status export_svg(const struct options *o, const char *operand,
                       const char *path);

/* … from --at to --until, as it moves. */
enum status export_gif(const struct options *o, const char *operand,
                       const char *path);

/* A page that replays the run. */
enum status export_html(const struct options *o, const char *operand,
                        const char *path);

/* The names of the kinds that are built, i from 0 up; NULL behind the last. */
const char *export_built(int i);

#endif
