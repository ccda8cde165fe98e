/* metrics_expect.c: a finished run held against its scenario's `expect`.
 *
 * What may be expected is what `run --format json` prints, so the figures are
 * written as JSON once more and the two texts are walked side by side. Both
 * are compact or nearly so, and well-formed: one comes from the loader, the
 * other from metrics.c. */
#include "sim/model/metrics.h"

#include "sim/base/promises.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- walking JSON text ---- */

static const char *skip_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

static const char *string_end(const char *p)
{
    for (p++; *p && *p != '"'; p++)
        if (*p == '\\' && p[1])
            p++;
    return *p ? p + 1 : p;
}

/* What follows the value at `p`. */
static const char *value_end(const char *p)
{
    if (*p == '"')
        return string_end(p);
    if (*p != '{' && *p != '[')
        return p + strcspn(p, ",]} \t\r\n");
    int depth = 0;
    do {
        if (*p == '"') {
            p = string_end(p);
            continue;
        }
        depth += (*p == '{' || *p == '[') - (*p == '}' || *p == ']');
        p++;
    } while (depth > 0 && *p);
    return p;
}

/* From one item of a list or object to the next; NULL at its end. `p` is at
 * the opening bracket or behind an item. */
static const char *next_item(const char *p)
{
    p = skip_blanks(*p == '{' || *p == '[' ? p + 1 : p);
    if (*p == ',')
        p = skip_blanks(p + 1);
    return *p == '}' || *p == ']' || !*p ? NULL : p;
}

/* The value of the key at `key` (at its opening quote). */
static const char *value_of(const char *key)
{
    return skip_blanks(skip_blanks(string_end(key)) + 1);
}

static bool same_span(const char *a, const char *b)
{
    size_t n = (size_t)(value_end(a) - a);
    return n == (size_t)(value_end(b) - b) && memcmp(a, b, n) == 0;
}

/* The value in `object` of the key that is written at `key`, or NULL. */
static const char *find(const char *object, const char *key)
{
    if (*object != '{')
        return NULL;
    for (const char *p = next_item(object); p; p = next_item(value_end(p))) {
        const char *value = value_of(p);
        if (same_span(p, key))
            return value;
        p = value;
    }
    return NULL;
}

/* ---- comparing ---- */

/* Half of the last decimal that was written: "3.33" stands for 3.325 … 3.335,
 * "3" for 3 alone, "3e-2" for what is as near as arithmetic gets. */
static double tolerance_of(const char *number)
{
    size_t n = (size_t)(value_end(number) - number);
    const char *point = memchr(number, '.', n);
    const char *power = memchr(number, 'e', n);
    if (!power)
        power = memchr(number, 'E', n);
    if (!point && !power)
        return 0;
    double tolerance = 1e-9 * fabs(strtod(number, NULL));
    if (!point || power)
        return tolerance;
    double unit = 0.5;
    for (const char *p = point + 1; *p >= '0' && *p <= '9'; p++)
        unit /= 10;
    return tolerance + unit;
}

static bool is_number(const char *p)
{
    return *p == '-' || (*p >= '0' && *p <= '9');
}

static bool met(const char *want, const char *got);

static bool is_comment(const char *key)
{
    return strncmp(key, "\"//\"", 4) == 0;
}

/* Every key that is wanted is there and meets its value. */
static bool object_met(const char *want, const char *got)
{
    for (const char *p = next_item(want); p; p = next_item(value_end(p))) {
        bool comment = is_comment(p);
        const char *value = find(got, p);
        p = value_of(p);
        if (comment)
            continue;
        if (!value || !met(p, value))
            return false;
    }
    return *got == '{';
}

static bool list_met(const char *want, const char *got)
{
    if (*got != '[')
        return false;
    const char *p = next_item(want), *q = next_item(got);
    while (p && q) {
        if (!met(p, q))
            return false;
        p = next_item(value_end(p));
        q = next_item(value_end(q));
    }
    return !p && !q;
}

static bool met(const char *want, const char *got)
{
    if (*want == '{')
        return object_met(want, got);
    if (*want == '[')
        return list_met(want, got);
    if (!is_number(want) || !is_number(got))
        return same_span(want, got);
    double difference = strtod(want, NULL) - strtod(got, NULL);
    return fabs(difference) <= tolerance_of(want);
}

/* ---- what there is ---- */

static void write_run(const struct world *w, struct str *out)
{
    str_addf(out, "{\"end\": %lld, \"stopped\": \"%s\", \"deadlock\": ",
             (long long)w->head->now, metrics_stopped(w));
    metrics_write_deadlock(w, out);
    str_add(out, ", ");
    metrics_write_overall(w, out);
    str_add_char(out, '}');
}

static int process_named(const struct world *w, const char *name)
{
    struct str s = {0};
    int found = NONE;
    for (int i = 0; found == NONE && i < w->head->procs; i++) {
        str_cut(&s, 0);
        world_write_name(w, i, &s);
        if (strcmp(str_text(&s), name) == 0)
            found = i;
    }
    str_free(&s);
    return found;
}

static void write_one(const struct world *w, int proc, struct str *out)
{
    str_add_char(out, '{');
    metrics_write_process(w, proc, out);
    metrics_write_scheduling(w, NULL, proc, ", ", out);
    str_add_char(out, '}');
}

/* `"exit": 0` stands for {"code": 0}, `"exit": "SIGPIPE"` for a signal. */
static void write_wanted(const struct expectation *x, struct str *out)
{
    const char *json = skip_blanks(x->json);
    bool shorthand = x->process && strcmp(x->field, "exit") == 0;
    if (shorthand && (*json == '"' || is_number(json)))
        str_addf(out, "{\"%s\": %s}", *json == '"' ? "signal" : "code", json);
    else
        str_add(out, json);
}

static void complain(const struct expectation *x, const char *got,
                     struct diag *d)
{
    struct str place = {0};
    str_add(&place, "/expect/");
    if (x->process)
        str_addf(&place, "processes/%s/", x->process);
    str_add(&place, x->field);
    if (!got)
        diag_add(d, x->line, x->column, SAID(EXPECT_NO_FIGURE),
                 str_text(&place), x->json);
    else
        diag_add(d, x->line, x->column, SAID(EXPECT_GOT), str_text(&place),
                 x->json, (int)(value_end(got) - got), got);
    str_free(&place);
}

static bool expectation_met(const struct world *w, const struct expectation *x,
                            struct diag *d)
{
    struct str there = {0}, key = {0}, want = {0};
    int proc = x->process ? process_named(w, x->process) : NONE;
    if (!x->process)
        write_run(w, &there);
    else if (proc != NONE)
        write_one(w, proc, &there);
    str_addf(&key, "\"%s\"", x->field);
    write_wanted(x, &want);
    const char *got = find(str_text(&there), str_text(&key));
    bool ok = got && met(str_text(&want), got);
    if (x->process && proc == NONE)
        diag_add(d, x->line, x->column, SAID(EXPECT_NO_PROCESS), x->process,
                 x->field, x->json, x->process);
    else if (!ok)
        complain(x, got, d);
    str_free(&there);
    str_free(&key);
    str_free(&want);
    return ok;
}

int metrics_expect(const struct world *w, struct diag *d)
{
    int differences = 0;
    for (int i = 0; i < w->scenario->expect_count; i++)
        differences += !expectation_met(w, &w->scenario->expects[i], d);
    return differences;
}
