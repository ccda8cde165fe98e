#include "cli/cli.h"

#include "sim/base/str.h"

#include <limits.h>
#include <string.h>

#define COMMAND(name) extern const struct command command_##name;
#include "cli/commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cli/commands.def"
#undef COMMAND
};

const int command_count = sizeof commands / sizeof *commands;

const struct command *command_named(const char *name)
{
    for (int i = 0; i < command_count; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

const char *nearest_name(const char *given, const char *const *names,
                         int count)
{
    const char *best = NULL;
    int least = INT_MAX;
    for (int i = 0; i < count; i++) {
        int distance = word_distance(given, names[i]);
        if (distance < least) {
            least = distance;
            best = names[i];
        }
    }
    size_t length = best ? strlen(best) : 0;
    int near = (int)(strlen(given) < length ? strlen(given) : length) / 3 + 1;
    return least <= near ? best : NULL;
}
