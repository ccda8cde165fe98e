/* option_values.c: the value of an option, looked at as soon as it is read. */
#include "cli/option_values.h"

#include "cli/cli.h"
#include "sim/scenario/ops.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

static bool has_several(const struct options *o, const char *key)
{
    for (int i = 0; i < o->axis_count; i++)
        if (strcmp(o->axes[i].key, key) == 0)
            return true;
    return false;
}

static bool has_one(const struct options *o, const char *key)
{
    for (int i = 0; i < o->override_count; i++)
        if (strcmp(o->overrides[i].key, key) == 0)
            return true;
    return false;
}

static bool set_twice(const struct options *o, const char *key)
{
    complain(o->lang, W_CLI_SET_TWICE, key);
    return false;
}

/* Of single values the last one counts. */
static bool add_override(struct options *o, const char *key, const char *json)
{
    if (has_several(o, key))
        return set_twice(o, key);
    struct override *more =
        arena_alloc(&o->arena, ((size_t)o->override_count + 1) * sizeof *more);
    if (o->override_count)
        memcpy(more, o->overrides, (size_t)o->override_count * sizeof *more);
    more[o->override_count++] = (struct override){key, json};
    o->overrides = more;
    return true;
}

/* Several values for a key. */
static bool add_axis(struct options *o, const char *key, const char *given)
{
    static const enum word sentence[] = {
        [AXIS_BAD_RANGE] = W_CLI_AXIS_RANGE,
        [AXIS_TOO_LARGE] = W_CLI_AXIS_LARGE,
        [AXIS_BAD_STEP] = W_CLI_AXIS_STEP,
        [AXIS_INSIDE] = W_CLI_AXIS_INSIDE,
        [AXIS_EMPTY] = W_CLI_AXIS_EMPTY,
        [AXIS_TOO_MANY] = W_CLI_AXIS_MANY};
    struct axis x;
    const char *item = "";
    enum axis_trouble t = axis_read(&x, &o->arena, key, given, &item);
    if (t != AXIS_WELL) {
        if (t == AXIS_TOO_LARGE)
            complain(o->lang, sentence[t], key, item, (long long)TICK_MAX);
        else
            complain(o->lang, sentence[t], key, item, SWEEP_RUNS_MOST);
        return false;
    }
    if (has_one(o, key) || has_several(o, key))
        return set_twice(o, key);
    if (o->axis_count == AXES_MOST) {
        complain(o->lang, W_CLI_AXES_MANY, AXES_MOST);
        return false;
    }
    if (!o->axes)
        o->axes = arena_alloc(&o->arena, AXES_MOST * sizeof *o->axes);
    o->axes[o->axis_count++] = x;
    return true;
}

static bool take_policy(struct options *o)
{
    struct str json = {0};
    const char *name = o->value[OPTION_POLICY];
    if (axis_wanted(name))
        return add_axis(o, "scheduler.policy", name);
    str_add_char(&json, '"');
    str_add_json(&json, name, strlen(name));
    str_add_char(&json, '"');
    const char *text = arena_copy(&o->arena, json.text, json.length);
    str_free(&json);
    return add_override(o, "scheduler.policy", text);
}

static bool take_number(struct options *o, enum option which, int64_t low,
                        const char *key)
{
    int64_t n;
    if (axis_wanted(o->value[which]))
        return add_axis(o, key, o->value[which]);
    if (which == OPTION_QUANTUM && strcmp(o->value[which], "none") == 0)
        return add_override(o, key, "\"none\"");
    return number_value(o, which, low, &n) &&
           add_override(o, key, o->value[which]);
}

static bool take_quantum(struct options *o)
{
    return take_number(o, OPTION_QUANTUM, 1, "scheduler.quantum");
}

static bool take_seed(struct options *o)
{
    return take_number(o, OPTION_SEED, 0, "scheduler.seed");
}

/* The value itself is JSON, or a bare word for that text, as in lists; the
 * loader reads it and complains. */
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
    const char *key = arena_copy(&o->arena, text, (size_t)(equals - text));
    if (axis_wanted(equals + 1))
        return add_axis(o, key, equals + 1);
    return add_override(o, key, axis_json(&o->arena, equals + 1));
}

static bool take_jobs(struct options *o)
{
    int64_t n;
    if (!whole_number(o->value[OPTION_JOBS], 1, JOBS_MOST, &n)) {
        complain(o->lang, W_CLI_BAD_NUMBER, option_table[OPTION_JOBS].name, 1LL,
                 (long long)JOBS_MOST, o->value[OPTION_JOBS]);
        return false;
    }
    o->jobs = (int)n;
    return true;
}

/* "2/8": the second of eight. */
static bool take_part(struct options *o)
{
    const char *text = o->value[OPTION_PART];
    const char *slash = strchr(text, '/');
    char *first =
        arena_copy(&o->arena, text, slash ? (size_t)(slash - text) : 0);
    if (slash && whole_number(slash + 1, 1, SWEEP_RUNS_MOST, &o->parts) &&
        whole_number(first, 1, o->parts, &o->part))
        return true;
    complain(o->lang, W_CLI_BAD_PART, text);
    return false;
}

static bool take_until(struct options *o)
{
    return number_value(o, OPTION_UNTIL, 0, &o->until);
}

static bool take_at(struct options *o)
{
    return number_value(o, OPTION_AT, 0, &o->at);
}

static bool take_fps(struct options *o)
{
    int64_t n;
    if (!whole_number(o->value[OPTION_FPS], 1, FPS_MOST, &n)) {
        complain(o->lang, W_CLI_BAD_NUMBER, "fps", 1LL, (long long)FPS_MOST,
                 o->value[OPTION_FPS]);
        return false;
    }
    o->fps = (int)n;
    return true;
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

bool option_choice(struct options *o, enum option which, const char *list)
{
    if (word_place(list, o->value[which], strlen(o->value[which])) >= 0)
        return true;
    complain(o->lang, W_CLI_BAD_CHOICE, option_table[which].name, list,
             o->value[which]);
    return false;
}

static bool take_lang(struct options *o)
{
    if (!option_choice(o, OPTION_LANG, "en zh"))
        return false;
    for (int i = 0; i < LANG_COUNT; i++)
        if (strcmp(lang_codes[i], o->value[OPTION_LANG]) == 0)
            o->lang = (enum lang)i;
    return true;
}

static bool take_theme(struct options *o)
{
    return option_choice(o, OPTION_THEME, "light dark contrast projector");
}

static bool take_pin(struct options *o)
{
    return option_choice(o, OPTION_PIN, "apart same none");
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
    [OPTION_FROM] = take_from,     [OPTION_JOBS] = take_jobs,
    [OPTION_PART] = take_part,     [OPTION_FPS] = take_fps,
};

bool option_take(struct options *o, enum option which)
{
    return !take[which] || take[which](o);
}
