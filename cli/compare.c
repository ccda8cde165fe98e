/* compare.c: `timeslice compare FILE --policies rr,sjf`: one table and one
 * chart for every policy. It comes with the policies. */
#include "cli/cli.h"

static enum status compare_run(const struct options *o)
{
    return fail(STATUS_USAGE, o->lang, W_CLI_NOT_BUILT, "compare");
}

const struct command command_compare = {
    .name = "compare",
    .summary = W_CLI_COMPARE,
    .operands = "FILE",
    .least = 0,
    .most = -1,
    .options = OPTIONS_OF_A_RUN | OPTION_BIT(POLICIES) | OPTION_BIT(FORMAT) |
               OPTION_BIT(OUTPUT),
    .formats = "text json",
    .run = compare_run,
};
