/* The plot of a sweep as files. */
#ifndef TIMESLICE_CLI_SWEEP_PLOT_H
#define TIMESLICE_CLI_SWEEP_PLOT_H

#include "cli/cli.h"

struct sweep_picture {
    bool svg; /* else PNG */
    const char *path;
};

/* Carries out the sweep and draws all of the pictures. */
enum status sweep_plot(const struct options *o, const char *operand,
                       const struct sweep_picture *pictures, int count);

#endif
