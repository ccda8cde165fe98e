/* draft_lesson.c: changes that know what a lesson is made of. */
#include "sim/scenario/draft_text.h"

#include "sim/base/arena.h"
#include "sim/base/promises.h"
#include "sim/scenario/ops.h"
#include "sim/scenario/policy_settings.h"

#include <stdio.h>
#include <string.h>

/* ---- processes ---- */

/* "B" becomes "B2", "P4" becomes "P5": the first that nobody has. A name may
 * not be longer than 64 bytes. */
static void new_name(const struct scenario *sc, const char *like,
                     struct str *out)
{
    enum { LONGEST = 58 };
    size_t n = strlen(like);
    while (n && like[n - 1] >= '0' && like[n - 1] <= '9')
        n--;
    while (n > LONGEST || (n && ((unsigned char)like[n] & 0xC0) == 0x80))
        n--;
    for (int i = 2;; i++) {
        str_cut(out, 0);
        str_add_bytes(out, like, n);
        str_addf(out, "%d", i);
        if (scenario_process(sc, out->text) < 0)
            return;
    }
}

static bool set_text(struct draft *d, const char *pointer, const char *text)
{
    struct str json = {0};
    str_add_char(&json, '"');
    str_add_json(&json, text, strlen(text));
    str_add_char(&json, '"');
    bool well = draft_set(d, pointer, json.text);
    str_free(&json);
    return well;
}

static bool set_number(struct draft *d, const char *pointer, int64_t n)
{
    char json[32];
    snprintf(json, sizeof json, "%lld", (long long)n);
    return draft_set(d, pointer, json);
}

bool draft_add_process(struct draft *d, const struct scenario *sc, int like,
                       tick arrival)
{
    char pointer[64];
    int n = sc->process_count;
    struct str json = {0}, name = {0};
    struct draft_place at;
    new_name(sc, like < 0 ? "P" : sc->processes[like].name, &name);
    snprintf(pointer, sizeof pointer, "/processes/%d", like);
    if (like < 0)
        str_addf(&json, "{\"name\": \"\", \"arrival\": 0, "
                        "\"program\": [{\"cpu\": 4}]}");
    else if (draft_find(d, pointer, &at))
        str_add_bytes(&json, d->text.text + at.begin, at.end - at.begin);
    bool well = json.length && draft_insert(d, "/processes", n, json.text);
    snprintf(pointer, sizeof pointer, "/processes/%d/name", n);
    well = well && set_text(d, pointer, str_text(&name));
    snprintf(pointer, sizeof pointer, "/processes/%d/arrival", n);
    bool there = draft_find(d, pointer, &at);
    if (well && (there || arrival))
        well = set_number(d, pointer, arrival);
    str_free(&json);
    str_free(&name);
    return well;
}

/* ---- names ---- */

/* Every string with `name`, or "name.2", in what it goes through. */
struct renaming {
    struct draft *d;
    const char *name, *to;
    bool keys;      /* keys count, too, and every string does: in `expect` */
    size_t from;    /* the next one begins at or behind it */
    size_t at, end; /* the one found: what is between its quotes and a dot */
};

/* Whether the string at `at` names the process; the end of the name then. */
static size_t names_it(const struct renaming *r, size_t at)
{
    const char *text = r->d->text.text;
    struct str plain = {0};
    size_t n = strlen(r->name), end = 0;
    draft_string_add(text, at, &plain);
    const char *p = str_text(&plain);
    if (strncmp(p, r->name, n) == 0 &&
        (!p[n] || (p[n] == '.' && p[n + 1] &&
                   strspn(p + n + 1, "0123456789") == strlen(p + n + 1))))
        end = draft_value_end(text, at) - 1 - strlen(p + n);
    str_free(&plain);
    return end;
}

/* Keys of ops and actions whose value is a process. */
static bool takes_process(const char *text, size_t key)
{
    static const char *const keys[] = {"fork", "wait", "kill", "suspend",
                                       "activate"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (draft_string_is(text, key, keys[i]))
            return true;
    return false;
}

static bool look_at(struct renaming *r, size_t at)
{
    r->end = at < r->from ? 0 : names_it(r, at);
    r->at = at + 1;
    return r->end != 0;
}

/* Looks in the value at `begin` for the first one. */
static bool find_name(struct renaming *r, size_t begin)
{
    const char *text = r->d->text.text;
    struct draft_walk w;
    if (!draft_walk_begin(&w, text, begin))
        return false;
    while (draft_walk_next(&w)) {
        struct draft_place p = w.place;
        bool text_here = text[p.begin] == '"';
        if (w.object && draft_string_is(text, p.key, "//"))
            continue;
        if (r->keys && w.object && look_at(r, p.key))
            return true;
        if (text_here && (r->keys || (w.object && takes_process(text, p.key))) &&
            look_at(r, p.begin))
            return true;
        if (p.end > r->from && find_name(r, p.begin))
            return true;
    }
    return false;
}

static void rename_in(struct renaming *r, const char *pointer)
{
    struct draft_place at;
    struct str json = {0};
    str_add_json(&json, r->to, strlen(r->to));
    for (r->from = 0;
         draft_find(r->d, pointer, &at) && find_name(r, at.begin);) {
        draft_replace(r->d, r->at, r->end - r->at, json.text, json.length);
        r->from = r->at + json.length;
    }
    str_free(&json);
}

bool draft_rename(struct draft *d, const struct scenario *sc, int process,
                  const char *name)
{
    char pointer[64];
    struct renaming r = {.d = d, .name = sc->processes[process].name,
                         .to = name};
    if (!name[0])
        return false;
    for (int i = 0; i < sc->process_count; i++) {
        snprintf(pointer, sizeof pointer, "/processes/%d/program", i);
        rename_in(&r, pointer);
    }
    rename_in(&r, "/actions");
    r.keys = true;
    rename_in(&r, "/expect/processes");
    rename_in(&r, "/expect/deadlock");
    snprintf(pointer, sizeof pointer, "/processes/%d/name", process);
    return set_text(d, pointer, name);
}

/* ---- the scheduler ---- */

static bool is_comment(const char *text, size_t key)
{
    return draft_string_is(text, key, "//");
}

/* What the policy alone of before has. */
static void remove_foreign(struct draft *d, const char *policy)
{
    static const struct {
        const char *name, *keys;
    } all[] = {
#define POLICY(name, quantum, keys) {#name, POLICY_KEYS " " keys},
#include "sim/scenario/policies.def"
#undef POLICY
    };
    const char *keys = POLICY_KEYS;
    struct draft_place at;
    struct draft_walk w;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, policy) == 0)
            keys = all[i].keys;
    if (!draft_find(d, "/scheduler", &at))
        return;
    draft_walk_begin(&w, d->text.text, at.begin);
    while (draft_walk_next(&w)) {
        struct str key = {0}, pointer = {0};
        draft_string_add(d->text.text, w.place.key, &key);
        bool known = word_place(keys, str_text(&key), key.length) >= 0 ||
                     is_comment(d->text.text, w.place.key);
        str_addf(&pointer, "/scheduler/%s", str_text(&key));
        bool gone = !known && draft_remove(d, pointer.text);
        str_free(&key);
        str_free(&pointer);
        if (gone && draft_find(d, "/scheduler", &at))
            draft_walk_begin(&w, d->text.text, at.begin);
    }
}

static bool put(struct draft *d, const struct override *o)
{
    struct str pointer = {0};
    str_addf(&pointer, "/%s", o->key);
    char *dot = strchr(pointer.text, '.');
    require(dot);
    *dot = '/';
    bool well = draft_set(d, pointer.text, o->json);
    str_free(&pointer);
    return well;
}

/* What the draft's scheduler is now, if it is one. */
static bool read_scheduler(const struct draft *d, struct arena *a,
                           struct override *to, int *count)
{
    struct diag ignored = {.file = ""};
    struct scenario *sc = scenario_read("", d->text.text, d->text.length, NULL,
                                        0, &ignored);
    if (sc)
        *count = settings_overrides(&sc->scheduler, a, to);
    diag_free(&ignored);
    scenario_free(sc);
    return sc != NULL;
}

static bool is_among(const struct override *o, const struct override *all,
                     int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(all[i].key, o->key) == 0)
            return strcmp(all[i].json, o->json) == 0;
    return false;
}

bool draft_set_scheduler(struct draft *d, const struct scheduler *to)
{
    struct override want[SETTINGS_MOST], have[SETTINGS_MOST];
    struct arena a = {0};
    struct draft_place at;
    struct str policy = {0};
    int n = settings_overrides(to, &a, want), m = 0;
    bool well = draft_find(d, "/scheduler", &at) ||
                draft_set(d, "/scheduler", "{}");
    draft_show(d, "/scheduler/policy", &policy);
    if (well && strcmp(str_text(&policy), to->policy) != 0) {
        remove_foreign(d, to->policy);
        well = set_text(d, "/scheduler/policy", to->policy);
    }
    if (!read_scheduler(d, &a, have, &m))
        m = 0;
    for (int i = 0; i < n && well; i++)
        if (!is_among(&want[i], have, m))
            well = put(d, &want[i]);
    str_free(&policy);
    arena_free(&a);
    return well;
}
