/* lab.c: `timeslice lab`: the far side of a live session. */
#include "cli/cli.h"

static enum status lab_run(const struct options *o)
{
    return fail(STATUS_USAGE, o->lang, W_CLI_NOT_BUILT, "lab");
}

const struct command command_lab = {
    .name = "lab",
    .summary = W_CLI_LAB,
    .operands = "",
    .hidden = true,
    .run = lab_run,
};
