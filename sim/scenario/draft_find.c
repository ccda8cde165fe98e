/* draft_find.c: where in the text a value stands.
 *
 * The text is JSON, so walking over it needs no more than brackets and quotes.
 * cJSON's tree has no use here: a node does not know where it ends. */
#include "sim/scenario/draft_text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* ---- walking ---- */

static size_t skip_blanks(const char *text, size_t at)
{
    return at + strspn(text + at, " \t\r\n");
}

static size_t string_end(const char *text, size_t at)
{
    for (at++; text[at] != '"'; at++)
        at += text[at] == '\\';
    return at + 1;
}

size_t draft_value_end(const char *text, size_t at)
{
    int depth = 0;
    do {
        if (text[at] == '"') {
            at = string_end(text, at);
        } else if (text[at] == '{' || text[at] == '[') {
            depth++;
            at++;
        } else if (text[at] == '}' || text[at] == ']') {
            depth--;
            at++;
        } else if (depth && strchr(" \t\r\n,:", text[at])) {
            at++;
        } else {
            at += strcspn(text + at, " \t\r\n,:]}");
        }
    } while (depth);
    return at;
}

bool draft_walk_begin(struct draft_walk *w, const char *text, size_t begin)
{
    *w = (struct draft_walk){.text = text,
                             .at = begin + 1,
                             .before = begin + 1,
                             .object = text[begin] == '{'};
    return w->object || text[begin] == '[';
}

bool draft_walk_next(struct draft_walk *w)
{
    size_t at = skip_blanks(w->text, w->at);
    if (w->text[at] == ',')
        w->at = ++at;
    w->before = w->at;
    at = skip_blanks(w->text, at);
    if (w->text[at] == ']' || w->text[at] == '}') {
        w->at = at;
        return false;
    }
    w->place.key = at;
    if (w->object) {
        at = skip_blanks(w->text, string_end(w->text, at));
        at = skip_blanks(w->text, at + 1); /* behind the colon */
    }
    w->place.begin = at;
    w->place.end = w->at = draft_value_end(w->text, at);
    return true;
}

/* ---- strings ---- */

void draft_string_add(const char *text, size_t at, struct str *out)
{
    size_t end = string_end(text, at);
    cJSON *one = cJSON_ParseWithLength(text + at, end - at);
    if (cJSON_IsString(one))
        str_add(out, one->valuestring);
    cJSON_Delete(one);
}

bool draft_string_is(const char *text, size_t at, const char *name)
{
    size_t n = strlen(name), end = string_end(text, at);
    if (end - at == n + 2 && memcmp(text + at + 1, name, n) == 0 &&
        !memchr(name, '\\', n))
        return true;
    if (!memchr(text + at, '\\', end - at))
        return false;
    struct str plain = {0};
    draft_string_add(text, at, &plain);
    bool same = strcmp(str_text(&plain), name) == 0;
    str_free(&plain);
    return same;
}

/* ---- pointers ---- */

/* The step of a pointer behind the slash at `p`, with ~0 and ~1 undone; returns
 * where the next one begins. */
static const char *read_step(const char *p, struct str *step)
{
    for (p++; *p && *p != '/'; p++) {
        bool escaped = *p == '~' && (p[1] == '0' || p[1] == '1');
        str_add_char(step, escaped ? (p[1] == '0' ? '~' : '/') : *p);
        p += escaped;
    }
    return p;
}

static bool find_in(const char *text, const char *step, struct draft_place *at)
{
    struct draft_walk w;
    char *rest;
    if (!draft_walk_begin(&w, text, at->begin))
        return false;
    long index = w.object ? 0 : strtol(step, &rest, 10);
    if (!w.object && (rest == step || *rest))
        return false;
    for (long i = 0; draft_walk_next(&w); i++) {
        if (w.object ? !draft_string_is(text, w.place.key, step) : i != index)
            continue;
        *at = w.place;
        return true;
    }
    return false;
}

bool draft_find(const struct draft *d, const char *pointer,
                struct draft_place *to)
{
    const char *text = str_text(&d->text);
    size_t begin = strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    begin = skip_blanks(text, begin);
    *to = (struct draft_place){begin, begin, draft_value_end(text, begin)};
    bool found = true;
    while (*pointer && found) {
        struct str step = {0};
        pointer = read_step(pointer, &step);
        found = find_in(text, str_text(&step), to);
        str_free(&step);
    }
    return found;
}

int draft_count(const struct draft *d, const char *pointer)
{
    struct draft_place at;
    struct draft_walk w;
    int n = 0;
    if (!draft_find(d, pointer, &at) ||
        !draft_walk_begin(&w, d->text.text, at.begin))
        return 0;
    while (draft_walk_next(&w))
        n++;
    return n;
}

void draft_show(const struct draft *d, const char *pointer, struct str *out)
{
    struct draft_place at;
    if (!draft_find(d, pointer, &at))
        return;
    if (d->text.text[at.begin] == '"')
        draft_string_add(d->text.text, at.begin, out);
    else
        str_add_bytes(out, d->text.text + at.begin, at.end - at.begin);
}
