/* policy_settings_write.c: the settings of a scheduler as JSON, for the loader,
 * and as a short name, for people. */
#include "sim/scenario/policy_settings.h"

#include <string.h>

static bool is(const struct setting *x, const char *key)
{
    return strcmp(x->key, key) == 0;
}

/* ---- JSON ---- */

static void write_levels(const struct scheduler *s, struct str *out)
{
    for (int i = 0; i < s->levels; i++) {
        const struct mlfq_level *v = &s->level[i];
        str_addf(out, "%s{\"quantum\": %lld", i ? ", " : "[",
                 (long long)v->quantum);
        if (v->allotment)
            str_addf(out, ", \"allotment\": %lld", (long long)v->allotment);
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
}

/* Writes the parts of a key that are there; returns how many. */
static int each_part(const struct scheduler *s, const char *key, struct str *out,
                     void (*write)(const struct scheduler *s,
                                   const struct setting *x, int number,
                                   struct str *out))
{
    struct setting all[SETTINGS_MOST];
    int count = settings_of(s, all), n = 0;
    for (int i = 0; i < count; i++)
        if (all[i].part && strcmp(all[i].key, key) == 0)
            write(s, &all[i], n++, out);
    return n;
}

static void write_part(const struct scheduler *s, const struct setting *x,
                       int number, struct str *out)
{
    str_addf(out, "%s\"%s\": ", number ? ", " : "{", x->part);
    if (x->kind == SETTING_SHARE)
        str_addf(out, "%.17g", s->alpha);
    else
        str_addf(out, "%lld", (long long)setting_value(s, x));
}

static void write_parts(const struct scheduler *s, const struct setting *x,
                        struct str *out)
{
    str_add(out, each_part(s, x->key, out, write_part) ? "}" : "null");
}

static void write_json(const struct scheduler *s, const struct setting *x,
                       struct str *out)
{
    tick value = setting_value(s, x);
    if (setting_has_parts(x))
        write_parts(s, x, out);
    else if (x->kind == SETTING_PARTS)
        write_levels(s, out);
    else if (is(x, "queues"))
        str_add(out, value ? "\"per-cpu\"" : "\"shared\"");
    else if (x->kind == SETTING_YES_NO)
        str_add(out, value ? "true" : "false");
    else if (is(x, "quantum") && !value)
        str_add(out, "\"none\"");
    else
        str_addf(out, "%lld", (long long)value);
}

int settings_overrides(const struct scheduler *s, struct arena *a,
                   struct override *to)
{
    struct setting all[SETTINGS_MOST];
    int count = settings_of(s, all), n = 0;
    to[n++] = (struct override){"scheduler.policy",
                                arena_printf(a, "\"%s\"", s->policy)};
    if (s->name == POLICY_lottery && !s->draw_count)
        to[n++] = (struct override){"scheduler.draws", "null"};
    for (int i = 0; i < count; i++) {
        struct str json = {0};
        if (all[i].part || is(&all[i], "draws"))
            continue;
        write_json(s, &all[i], &json);
        to[n++] = (struct override){arena_printf(a, "scheduler.%s", all[i].key),
                                    arena_copy(a, json.text, json.length)};
        str_free(&json);
    }
    return n;
}

bool settings_same(const struct scheduler *a, const struct scheduler *b)
{
    struct arena arena = {0};
    struct override x[SETTINGS_MOST], y[SETTINGS_MOST];
    int n = settings_overrides(a, &arena, x), m = settings_overrides(b, &arena, y);
    bool same = n == m;
    for (int i = 0; same && i < n; i++)
        same = strcmp(x[i].key, y[i].key) == 0 &&
               strcmp(x[i].json, y[i].json) == 0;
    arena_free(&arena);
    return same;
}

/* ---- names ---- */

static void name_levels(const struct scheduler *s, struct str *out)
{
    for (int i = 0; i < s->levels; i++) {
        const struct mlfq_level *v = &s->level[i];
        str_addf(out, "%s%lld", i ? "/" : " levels ", (long long)v->quantum);
        if (v->allotment)
            str_addf(out, "(%lld)", (long long)v->allotment);
    }
}

static void name_part(const struct scheduler *s, const struct setting *x,
                      int number, struct str *out)
{
    str_add_char(out, number ? '/' : ' ');
    if (x->kind == SETTING_SHARE)
        str_addf(out, "%g", s->alpha);
    else
        str_addf(out, "%lld", (long long)setting_value(s, x));
}

static void name_key(const struct scheduler *s, const struct setting *x,
                     struct str *out)
{
    tick value = setting_value(s, x);
    if (setting_has_parts(x)) {
        str_addf(out, " %c%s", value ? '+' : '-', x->key);
        each_part(s, x->key, out, name_part);
    } else if (x->kind == SETTING_PARTS) {
        name_levels(s, out);
    } else if (is(x, "queues")) {
        str_addf(out, " %s", value ? "per-cpu" : "shared");
    } else if (x->kind == SETTING_YES_NO) {
        str_addf(out, " %c%s", value ? '+' : '-', x->key);
    } else {
        str_addf(out, " %s %lld", x->key, (long long)value);
    }
}

static bool differs(const struct scheduler *s, const struct scheduler *base,
                    const struct setting *x)
{
    struct str here = {0}, there = {0};
    write_json(s, x, &here);
    write_json(base, x, &there);
    bool so = strcmp(str_text(&here), str_text(&there)) != 0;
    str_free(&here);
    str_free(&there);
    return so;
}

void settings_differences(const struct scheduler *s,
                          const struct scheduler *base, struct str *out)
{
    struct setting all[SETTINGS_MOST];
    int count = settings_of(s, all);
    for (int i = 0; base->name == s->name && i < count; i++)
        if (!all[i].part && !is(&all[i], "quantum") && !is(&all[i], "slice") &&
            !is(&all[i], "draws") && differs(s, base, &all[i]))
            name_key(s, &all[i], out);
    if (base->name == s->name && base->draw_count && !s->draw_count)
        str_add(out, " -draws");
}

void settings_name(const struct scheduler *s, const struct scheduler *base,
                   struct str *out)
{
    tick quantum = scheduler_quantum(s);
    str_add(out, s->policy);
    if (quantum)
        str_addf(out, " %lld", (long long)quantum);
    if (base)
        settings_differences(s, base, out);
}
