#include "cli/options.h"

#include "cli/cli.h"
#include "cli/load.h"
#include "sim/base/mem.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const struct option_about option_table[OPTION_COUNT] = {
#define OPTION(name, letter, text, argument, about)                            \
    [OPTION_##name] = {letter, text, argument, about},
#include "cli/options.def"
#undef OPTION
};

/* ------------------------------------------------- the values of options */

/* A whole number from `low` to `high`, and nothing behind it. */
static bool whole_number(const char *text, int64_t low, int64_t high,
                         int64_t *number)
{
    char *end;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (!isdigit((unsigned char)text[0]) || *end || errno)
        return false;
    *number = n;
    return n >= low && n <= high;
}

static bool number_value(struct options *o, enum option which, int64_t low,
                         int64_t *number)
{
    if (whole_number(o->value[which], low, TICK_MAX, number))
        return true;
    complain(o->lang, W_CLI_BAD_NUMBER, option_table[which].name,
             (long long)low, (long long)TICK_MAX, o->value[which]);
    return false;
}

static void add_override(struct options *o, const char *key, const char *json)
{
    struct override *more =
        arena_alloc(&o->arena, ((size_t)o->override_count + 1) * sizeof *more);
    if (o->override_count)
        memcpy(more, o->overrides, (size_t)o->override_count * sizeof *more);
    more[o->override_count++] = (struct override){key, json};
    o->overrides = more;
}

static bool take_policy(struct options *o)
{
    struct str json = {0};
    const char *name = o->value[OPTION_POLICY];
    str_add_char(&json, '"');
    str_add_json(&json, name, strlen(name));
    str_add_char(&json, '"');
    add_override(o, "scheduler.policy",
                 arena_copy(&o->arena, json.text, json.length));
    str_free(&json);
    return true;
}

static bool take_quantum(struct options *o)
{
    int64_t n;
    if (!number_value(o, OPTION_QUANTUM, 1, &n))
        return false;
    add_override(o, "scheduler.quantum", o->value[OPTION_QUANTUM]);
    return true;
}

static bool take_seed(struct options *o)
{
    int64_t n;
    if (!number_value(o, OPTION_SEED, 0, &n))
        return false;
    add_override(o, "scheduler.seed", o->value[OPTION_SEED]);
    return true;
}

/* The value itself is JSON; the loader reads it and complains. */
static bool take_set(struct options *o)
{
    const char *text = o->value[OPTION_SET];
    const char *equals = strchr(text, '=');
    bool known = strncmp(text, "scheduler.", 10) == 0 ||
                 strncmp(text, "machine.", 8) == 0;
    if (!equals || !equals[1] || !known) {
        complain(o->lang, W_CLI_BAD_SET, text);
        return false;
    }
    add_override(o, arena_copy(&o->arena, text, (size_t)(equals - text)),
                 equals + 1);
    return true;
}

static bool take_until(struct options *o)
{
    return number_value(o, OPTION_UNTIL, 0, &o->until);
}

static bool take_at(struct options *o)
{
    return number_value(o, OPTION_AT, 0, &o->at);
}

static bool take_size(struct options *o)
{
    const char *text = o->value[OPTION_SIZE];
    const char *x = strchr(text, 'x');
    int64_t w = 0, h = 0;
    char *first = arena_copy(&o->arena, text, x ? (size_t)(x - text) : 0);
    if (!x || !whole_number(first, SIZE_LEAST, SIZE_MOST, &w) ||
        !whole_number(x + 1, SIZE_LEAST, SIZE_MOST, &h)) {
        complain(o->lang, W_CLI_BAD_SIZE, text, SIZE_LEAST, SIZE_MOST);
        return false;
    }
    o->width = (int)w;
    o->height = (int)h;
    return true;
}

static bool is_one_of(const char *word, const char *list)
{
    size_t length = strlen(word);
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " ");
        if (n == length && strncmp(p, word, n) == 0)
            return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

static bool choice_value(struct options *o, enum option which, const char *list)
{
    if (is_one_of(o->value[which], list))
        return true;
    complain(o->lang, W_CLI_BAD_CHOICE, option_table[which].name, list,
             o->value[which]);
    return false;
}

static bool take_lang(struct options *o)
{
    if (!choice_value(o, OPTION_LANG, "en zh"))
        return false;
    for (int i = 0; i < LANG_COUNT; i++)
        if (strcmp(lang_codes[i], o->value[OPTION_LANG]) == 0)
            o->lang = (enum lang)i;
    return true;
}

static bool take_theme(struct options *o)
{
    return choice_value(o, OPTION_THEME, "light dark projector");
}

static bool take_pin(struct options *o)
{
    return choice_value(o, OPTION_PIN, "apart same none");
}

static bool take_name(struct options *o, enum option which)
{
    if (o->value[which][0])
        return true;
    complain(o->lang, W_CLI_NO_NAME, option_table[which].name);
    return false;
}

static bool take_output(struct options *o)
{
    return take_name(o, OPTION_OUTPUT);
}

static bool take_png(struct options *o)
{
    return take_name(o, OPTION_PNG);
}

static bool take_from(struct options *o)
{
    return take_name(o, OPTION_FROM);
}

/* Whose value is looked at as soon as it is read. */
static bool (*const take[OPTION_COUNT])(struct options *o) = {
    [OPTION_POLICY] = take_policy, [OPTION_QUANTUM] = take_quantum,
    [OPTION_SET] = take_set,       [OPTION_SEED] = take_seed,
    [OPTION_UNTIL] = take_until,   [OPTION_AT] = take_at,
    [OPTION_SIZE] = take_size,     [OPTION_LANG] = take_lang,
    [OPTION_THEME] = take_theme,   [OPTION_OUTPUT] = take_output,
    [OPTION_PIN] = take_pin,       [OPTION_PNG] = take_png,
    [OPTION_FROM] = take_from,
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
    o->value[which] = value;
    o->given |= UINT64_C(1) << which;
    return !take[which] || take[which](o);
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

static bool read_all(struct options *o, int argc, char **argv)
{
    bool only_operands = false;
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
        !choice_value(o, OPTION_FORMAT, c->formats))
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
        .lang = lang_around(), .until = UNTIL_DEFAULT, .at = TICK_NEVER};
    o->operands = mem_new((size_t)argc + 1, sizeof *o->operands);
    if (!read_all(o, argc, argv))
        return false;
    if (option_given(o, OPTION_HELP) || option_given(o, OPTION_VERSION))
        return true;
    return find_command(o) && fits_command(o) && fits_count(o);
}

void options_free(struct options *o)
{
    free(o->operands);
    arena_free(&o->arena);
    *o = (struct options){0};
}
