#include "cli/axis.h"

#include "sim/scenario/program.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The end of the item at `p`: a `sign`, or `end`. Signs in texts, lists and
 * objects are theirs; *colon: there is one of an object whose brace `p` is. */
static const char *find_end(const char *p, const char *end, char sign,
                            bool *colon)
{
    int depth = 0;
    bool text = false;
    for (; p < end; p++) {
        if (text && *p == '\\' && p + 1 < end)
            p++;
        else if (*p == '"')
            text = !text;
        else if (!text && strchr("[{", *p))
            depth++;
        else if (!text && strchr("]}", *p))
            depth--;
        else if (!text && *p == ':' && depth == 1 && colon)
            *colon = true;
        else if (!text && *p == sign && depth <= 0)
            break;
    }
    return p;
}

const char *axis_item_end(const char *p, const char *end, char sign)
{
    return find_end(p, end, sign, NULL);
}

/* Whether all of it is {a list}, and no object. */
static bool is_braced(const char *given, size_t length)
{
    bool colon = false;
    if (length < 2 || given[0] != '{' || given[length - 1] != '}')
        return false;
    if (find_end(given, given + length, ',', &colon) != given + length || colon)
        return false;
    return given[1 + strspn(given + 1, " \t")] != '}';
}

/* The dots of a range, outside of texts. */
static bool has_dots(const char *p, const char *end)
{
    bool text = false;
    for (; p + 1 < end; p++) {
        if (text && *p == '\\')
            p++;
        else if (*p == '"')
            text = !text;
        else if (!text && p[0] == '.' && p[1] == '.')
            return true;
    }
    return false;
}

bool axis_wanted(const char *given)
{
    const char *end = given + strlen(given);
    return is_braced(given, strlen(given)) || has_dots(given, end) ||
           axis_item_end(given, end, ',') != end;
}

/* ------------------------------------------------------------------ reading */

static enum axis_trouble read_number(const char **p, int64_t *n)
{
    char *end;
    const char *digits = *p + (**p == '-');
    errno = 0;
    long long x = strtoll(*p, &end, 10);
    if (!isdigit((unsigned char)*digits))
        return AXIS_BAD_RANGE;
    *p = end;
    *n = x;
    return errno || x > TICK_MAX || x < -TICK_MAX ? AXIS_TOO_LARGE : AXIS_WELL;
}

/* "..5": the dots and a number. */
static enum axis_trouble read_dotted(const char **p, int64_t *n)
{
    if (strncmp(*p, "..", 2) != 0)
        return AXIS_BAD_RANGE;
    *p += 2;
    return read_number(p, n);
}

/* "FIRST..LAST" or "FIRST..LAST..STEP", upwards or downwards. */
static enum axis_trouble read_range(struct axis_part *part, const char *p)
{
    int64_t last, step = 1;
    if (*p == '{' || *p == '[')
        return AXIS_INSIDE;
    enum axis_trouble t = read_number(&p, &part->first);
    if (t == AXIS_WELL)
        t = read_dotted(&p, &last);
    if (t == AXIS_WELL && *p)
        t = read_dotted(&p, &step);
    if (t != AXIS_WELL)
        return t;
    if (*p)
        return AXIS_BAD_RANGE;
    if (step < 1)
        return AXIS_BAD_STEP;
    int64_t way = last - part->first;
    part->count = (way < 0 ? -way : way) / step + 1;
    part->step = way < 0 ? -step : step;
    return AXIS_WELL;
}

static bool is_bare(const char *item)
{
    static const char *const json[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof json / sizeof *json; i++)
        if (strcmp(item, json[i]) == 0)
            return false;
    return isalpha((unsigned char)item[0]) &&
           item[strspn(item, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")] == 0;
}

const char *axis_json(struct arena *a, const char *item)
{
    return is_bare(item) ? arena_printf(a, "\"%s\"", item) : item;
}

static enum axis_trouble add_item(struct axis *x, struct arena *a,
                                  const char *item)
{
    struct axis_part *part = &x->parts[x->part_count++];
    *part = (struct axis_part){.json = item, .count = 1};
    if (!item[0])
        return AXIS_EMPTY;
    if (has_dots(item, item + strlen(item))) {
        part->json = NULL;
        enum axis_trouble t = read_range(part, item);
        if (t != AXIS_WELL)
            return t;
    } else {
        part->json = axis_json(a, item);
    }
    x->count += part->count;
    return x->count > SWEEP_RUNS_MOST ? AXIS_TOO_MANY : AXIS_WELL;
}

enum axis_trouble axis_read(struct axis *x, struct arena *a, const char *key,
                            const char *given, const char **item)
{
    const char *p = given, *end = given + strlen(given);
    *x = (struct axis){.key = key, .given = given};
    x->parts = arena_alloc(a, AXIS_PARTS_MOST * sizeof *x->parts);
    if (is_braced(given, (size_t)(end - given))) {
        p++;
        end--;
    }
    for (;;) {
        const char *stop = axis_item_end(p, end, ','), *from = p, *to = stop;
        while (from < to && *from == ' ')
            from++;
        while (to > from && to[-1] == ' ')
            to--;
        *item = arena_copy(a, from, (size_t)(to - from));
        if (x->part_count == AXIS_PARTS_MOST)
            return AXIS_TOO_MANY;
        enum axis_trouble t = add_item(x, a, *item);
        if (t != AXIS_WELL || stop == end)
            return t;
        p = stop + 1;
    }
}

/* ------------------------------------------------------------------- values */

/* The part that value number *i is in; *i becomes its number there. */
static const struct axis_part *part_of(const struct axis *x, int64_t *i)
{
    const struct axis_part *part = x->parts;
    for (; *i >= part->count; part++)
        *i -= part->count;
    return part;
}

void axis_value(const struct axis *x, int64_t i, struct str *out)
{
    const struct axis_part *part = part_of(x, &i);
    if (part->json)
        str_add(out, part->json);
    else
        str_addf(out, "%lld", (long long)(part->first + i * part->step));
}

bool axis_number(const struct axis *x, int64_t i, int64_t *number)
{
    const struct axis_part *part = part_of(x, &i);
    *number = part->first + i * part->step;
    if (!part->json)
        return true;
    const char *p = part->json;
    return read_number(&p, number) == AXIS_WELL && !*p;
}
