/* schema.c: `timeslice schema`: the JSON schema of scenario files. */
#include "cli/cli.h"

static enum status schema_run(const struct options *o)
{
    return fail(STATUS_USAGE, o->lang, W_CLI_NOT_BUILT, "schema");
}

const struct command command_schema = {
    .name = "schema",
    .summary = W_CLI_SCHEMA,
    .operands = "",
    .options = OPTION_BIT(OUTPUT),
    .hidden = true,
    .run = schema_run,
};
