/* view.c: `timeslice view [FILE]`: the window. */
#include "cli/cli.h"

static enum status view_run(const struct options *o)
{
    return fail(STATUS_USAGE, o->lang, W_CLI_NOT_BUILT, "view");
}

const struct command command_view = {
    .name = "view",
    .summary = W_CLI_VIEW,
    .operands = "[FILE]",
    .most = 1,
    .options = OPTIONS_OF_A_RUN | OPTION_BIT(AT) | OPTION_BIT(SIZE) |
               OPTION_BIT(THEME),
    .run = view_run,
};
