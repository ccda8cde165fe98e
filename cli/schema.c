/* schema.c: `timeslice schema`: the JSON schema of scenario files, made from
 * the loader's own tables. assets/scenario.schema.json is what this prints. */
#include "sim/scenario/schema.h"

#include "cli/cli.h"
#include "cli/out.h"

static enum status schema_run(const struct options *o)
{
    struct out out;
    if (!out_open(&out, o->value[OPTION_OUTPUT], o->lang))
        return STATUS_MACHINE;
    schema_write(&out.text);
    return out_close(&out, STATUS_WELL);
}

const struct command command_schema = {
    .name = "schema",
    .summary = W_CLI_SCHEMA,
    .operands = "",
    .options = OPTION_BIT(OUTPUT),
    .hidden = true,
    .run = schema_run,
};
