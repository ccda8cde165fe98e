/* commands.c: the table of commands, read in three ways. */
#include "render/commands.h"

#include "sim/base/promises.h"

const struct command_about commands_all[] = {
#define COMMAND(name, group, key, mods, label, word)                           \
    {DO_##name, COMMANDS_##group, label, word},
#define ALSO(name, key, mods, arg)
#include "render/commands.def"
#undef COMMAND
#undef ALSO
};
const int commands_count = sizeof commands_all / sizeof *commands_all;

static const struct {
    enum wish what;
    int key, mods, arg;
} keys[] = {
#define COMMAND(name, group, key, mods, label, word) {DO_##name, key, mods, 0},
#define ALSO(name, key, mods, arg) {DO_##name, key, mods, arg},
#include "render/commands.def"
#undef COMMAND
#undef ALSO
};

const struct command_about *command_about(enum wish what)
{
    int i = 0;
    while (i < commands_count && commands_all[i].what != what)
        i++;
    require(i < commands_count);
    return &commands_all[i];
}

struct intent command_of_key(struct key_press press)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].key == press.key && keys[i].mods == press.mods)
            return (struct intent){.what = (int)keys[i].what, .arg = keys[i].arg};
    return (struct intent){0};
}

enum word command_group_title(enum command_group g)
{
    static const enum word titles[COMMAND_GROUPS] = {
        [COMMANDS_PLAY] = W_KEYS_PLAY,
        [COMMANDS_PROCESS] = W_KEYS_PROCESS,
        [COMMANDS_LOOK] = W_KEYS_LOOK,
        [COMMANDS_FIND] = W_KEYS_FIND,
        [COMMANDS_WINDOW] = W_KEYS_WINDOW,
    };
    return titles[g];
}

struct button command_button(const struct ui *ui, enum wish what,
                             struct rect at)
{
    const struct command_about *c = command_about(what);
    return (struct button){.at = at,
                           .id = ui_make_id("command", what),
                           .tip = word(c->about, ui->lang),
                           .key = c->label,
                           .intent = {.what = (int)what}};
}
