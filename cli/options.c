#include "cli/options.h"

#include "cli/cli.h"
#include "cli/load.h"
#include "cli/option_values.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

const struct option_about option_table[OPTION_COUNT] = {
#define OPTION(name, letter, text, argument, about)                            \
    [OPTION_##name] = {letter, text, argument, about},
#include "cli/options.def"
#undef OPTION
};

/* ---------------------------------------------------------- the arguments */

static bool unknown_option(struct options *o, const char *given)
{
    const char *names[OPTION_COUNT];
    for (int i = 0; i < OPTION_COUNT; i++)
        names[i] = option_table[i].name;
    size_t dashes = strspn(given, "-");
    size_t length = strcspn(given + dashes, "=");
    char *bare = arena_copy(&o->arena, given + dashes, length);
    const char *near = nearest_name(bare, names, OPTION_COUNT);
    if (near && dashes)
        complain(o->lang, W_CLI_UNKNOWN_OPTION_NEAR, given, near);
    else
        complain(o->lang, W_CLI_UNKNOWN_OPTION, given);
    return false;
}

/* "--name", "--name=value", "-o", "-ofile": which option, OPTION_COUNT if
 * none; `*value` is what stands behind it in the same argument, or NULL. */
static enum option option_of(const char *arg, const char **value)
{
    *value = NULL;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_about *a = &option_table[i];
        size_t length = strlen(a->name);
        if (arg[1] == '-' && strncmp(arg + 2, a->name, length) == 0 &&
            (!arg[2 + length] || arg[2 + length] == '=')) {
            *value = arg[2 + length] ? arg + 3 + length : NULL;
            return (enum option)i;
        }
        if (arg[1] != '-' && a->letter && arg[1] == a->letter) {
            *value = arg[2] ? arg + 2 : NULL;
            return (enum option)i;
        }
    }
    return OPTION_COUNT;
}

/* Reads argv[*i] and, if it needs it, the one behind it. */
static bool read_option(struct options *o, int argc, char **argv, int *i)
{
    const char *value;
    enum option which = option_of(argv[*i], &value);
    if (which == OPTION_COUNT)
        return unknown_option(o, argv[*i]);
    const struct option_about *a = &option_table[which];
    if (!a->argument[0] && value) {
        complain(o->lang, W_CLI_NO_ARGUMENT, a->name, value);
        return false;
    }
    if (a->argument[0] && !value) {
        if (*i + 1 >= argc) {
            complain(o->lang, W_CLI_NEEDS_ARGUMENT, a->name, a->argument);
            return false;
        }
        value = argv[++*i];
    }
    if (which == OPTION_POLICIES && option_given(o, which)) {
        complain(o->lang, W_CLI_CMP_LISTS);
        return false;
    }
    o->value[which] = value;
    o->given |= UINT64_C(1) << which;
    return option_take(o, which);
}

/* The first operand names the command, if it is one. */
static void add_operand(struct options *o, const char *arg, bool may_command)
{
    if (may_command && !o->command && !o->operand_count) {
        o->command = command_named(arg);
        if (o->command)
            return;
    }
    o->operands[o->operand_count++] = arg;
}

/* The language of the first sentences: what the environment says, in the
 * order of locale(7); no locale needs to be installed for it. */
static enum lang lang_around(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0])
            return strncmp(value, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
    }
    return LANG_EN;
}

/* A sentence about the first word is in the language that the last one names. */
static void look_for_lang(struct options *o, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value;
        if (argv[i][0] != '-' || option_of(argv[i], &value) != OPTION_LANG)
            continue;
        if (!value && i + 1 < argc)
            value = argv[i + 1];
        for (int k = 0; value && k < LANG_COUNT; k++)
            if (strcmp(lang_codes[k], value) == 0)
                o->lang = (enum lang)k;
    }
}

static bool read_all(struct options *o, int argc, char **argv)
{
    bool only_operands = false;
    look_for_lang(o, argc, argv);
    for (int i = 1; i < argc; i++) {
        if (!only_operands && strcmp(argv[i], "--") == 0)
            only_operands = true;
        else if (only_operands || argv[i][0] != '-' || !argv[i][1])
            add_operand(o, argv[i], !only_operands);
        else if (!read_option(o, argc, argv, &i))
            return false;
    }
    return true;
}

/* ----------------------------------------------- what fits the command */

static bool compares(const struct command *c)
{
    return c->options & OPTION_BIT(POLICIES);
}

bool options_only_of_sweeps(const struct options *o)
{
    bool part = option_given(o, OPTION_PART);
    if (o->axis_count || (!part && !option_given(o, OPTION_JOBS)))
        return false;
    complain(o->lang, W_CLI_ONLY_SWEEP,
             option_table[part ? OPTION_PART : OPTION_JOBS].name);
    return true;
}

/* Several values are for commands that make a run of each. */
static bool fits_sweep(const struct options *o)
{
    const struct command *c = o->command;
    if (o->axis_count && !c->sweeps)
        complain(o->lang, W_CLI_NO_SWEEP, c->name, o->axes[0].key,
                 o->axes[0].given);
    else if (o->axis_count && option_given(o, OPTION_LIVE) && !compares(c))
        complain(o->lang, W_CLI_SWEEP_LIVE);
    else if (o->axis_count && option_given(o, OPTION_AT))
        complain(o->lang, W_CLI_SWEEP_AT);
    else
        return true;
    return false;
}

static bool fits_command(struct options *o)
{
    const struct command *c = o->command;
    uint64_t wrong = o->given & ~(c->options | OPTIONS_OF_ALL);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (wrong >> i & 1) {
            complain(o->lang, W_CLI_NOT_FOR_COMMAND, c->name,
                     option_table[i].name, c->name);
            return false;
        }
    if (option_given(o, OPTION_POLICY) && strchr(o->value[OPTION_POLICY], ':') &&
        !compares(c)) {
        complain(o->lang, W_CLI_POLICY_ALONE, o->value[OPTION_POLICY]);
        return false;
    }
    if (option_given(o, OPTION_HOST_IPC) && option_given(o, OPTION_MODEL)) {
        complain(o->lang, W_CLI_HOST_AND_MODEL);
        return false;
    }
    if (option_given(o, OPTION_HOST_IPC))
        o->given |= OPTION_BIT(LIVE);
    if (option_given(o, OPTION_LIVE) && option_given(o, OPTION_MODEL)) {
        complain(o->lang, W_CLI_LIVE_AND_MODEL);
        return false;
    }
    if (c->formats && option_given(o, OPTION_FORMAT) &&
        !option_choice(o, OPTION_FORMAT, c->formats))
        return false;
    if (c->formats)
        o->format = option_given(o, OPTION_FORMAT)
                        ? o->value[OPTION_FORMAT]
                        : arena_copy(&o->arena, c->formats,
                                     strcspn(c->formats, " "));
    return true;
}

static bool fits_count(struct options *o)
{
    const struct command *c = o->command;
    if (o->operand_count < c->least)
        complain(o->lang, W_CLI_TOO_FEW, c->name, c->operands, c->name);
    else if (c->most >= 0 && o->operand_count > c->most)
        complain(o->lang, W_CLI_TOO_MANY, c->name,
                 o->operands[c->most], c->name);
    else
        return true;
    return false;
}

/* `timeslice FILE` is `timeslice view FILE`, and so is `timeslice` alone. */
static bool find_command(struct options *o)
{
    if (o->command)
        return true;
    const char *first = o->operands[0];
    if (!first || load_would_find(first)) {
        o->command = command_named("view");
        return true;
    }
    const char *names[64];
    int count = 0;
    for (int i = 0; i < command_count && count < 64; i++)
        if (!commands[i]->hidden)
            names[count++] = commands[i]->name;
    const char *near = nearest_name(first, names, count);
    if (near)
        complain(o->lang, W_CLI_UNKNOWN_COMMAND_NEAR, first, near);
    else
        complain(o->lang, W_CLI_UNKNOWN_COMMAND, first);
    return false;
}

bool options_read(struct options *o, int argc, char **argv)
{
    *o = (struct options){
        .lang = lang_around(), .until = UNTIL_DEFAULT, .at = TICK_NEVER,
        .part = 1, .parts = 1};
    o->operands = mem_new((size_t)argc + 1, sizeof *o->operands);
    if (!read_all(o, argc, argv))
        return false;
    if (option_given(o, OPTION_HELP) || option_given(o, OPTION_VERSION))
        return true;
    return find_command(o) && fits_command(o) && fits_sweep(o) && fits_count(o);
}

void options_free(struct options *o)
{
    free(o->operands);
    arena_free(&o->arena);
    *o = (struct options){0};
}
