/* draft_edit.c: values put in, taken out and exchanged, in the manner of their
 * neighbours: what stands on a line of its own gets a line, what stands in one
 * stays in it. */
#include "sim/scenario/draft_text.h"

#include "sim/base/promises.h"

#include <string.h>

/* Splits "/a/b" into "/a" and "b"; the latter as it is written. */
static const char *split(const char *pointer, char *object)
{
    const char *last = strrchr(pointer, '/');
    require(last && (size_t)(last - pointer) < DRAFT_POINTER_MOST);
    memcpy(object, pointer, (size_t)(last - pointer));
    object[last - pointer] = '\0';
    return last + 1;
}

/* The blanks before what a walk has just seen. */
static void add_blanks(const struct draft_walk *w, struct str *out)
{
    str_add_bytes(out, w->text + w->before, w->place.key - w->before);
}

/* What is around a place for something new. */
struct gap {
    bool found;      /* element `index` is there … */
    size_t at;       /* … here; else: behind the last one, or in the brackets */
    bool empty;
    struct str blanks; /* between two of them */
};

static bool find_gap(const struct draft *d, const char *pointer, int index,
                     struct gap *g)
{
    struct draft_place all;
    struct draft_walk w;
    *g = (struct gap){.empty = true};
    if (!draft_find(d, pointer, &all) ||
        !draft_walk_begin(&w, d->text.text, all.begin))
        return false;
    g->at = all.begin + 1;
    bool alone = true;
    for (int i = 0; draft_walk_next(&w); i++) {
        g->empty = false;
        alone = i == 0;
        if (i < 2) { /* the first may stand right behind the bracket */
            str_cut(&g->blanks, 0);
            add_blanks(&w, &g->blanks);
        }
        if (i == index)
            g->found = true;
        if (i <= index)
            g->at = i == index ? w.place.key : w.place.end;
        if (i > index && i >= 2)
            break;
    }
    if (alone && !g->blanks.length)
        str_add_char(&g->blanks, ' ');
    return true;
}

/* Puts `what` in before element `index`, or behind the last one. */
static bool put_in(struct draft *d, const char *pointer, int index,
                   const struct str *what)
{
    struct gap g;
    struct str in = {0};
    bool well = find_gap(d, pointer, index, &g);
    if (well) {
        if (!g.found && !g.empty)
            str_addf(&in, ",%s", g.blanks.text);
        str_add_bytes(&in, str_text(what), what->length);
        if (g.found)
            str_addf(&in, ",%s", g.blanks.text);
        draft_replace(d, g.at, 0, in.text, in.length);
    }
    str_free(&in);
    str_free(&g.blanks);
    return well;
}

bool draft_insert(struct draft *d, const char *list, int index,
                  const char *json)
{
    struct str what = {0};
    str_add(&what, json);
    bool well = put_in(d, list, index, &what);
    str_free(&what);
    return well;
}

static bool add_member(struct draft *d, const char *pointer, const char *json)
{
    char object[DRAFT_POINTER_MOST];
    struct draft_place at;
    struct str what = {0};
    const char *key = split(pointer, object);
    if (!draft_find(d, object, &at) || d->text.text[at.begin] != '{')
        return false;
    str_add_char(&what, '"');
    str_add_json(&what, key, strlen(key));
    str_addf(&what, "\": %s", json);
    bool well = put_in(d, object, draft_count(d, object), &what);
    str_free(&what);
    return well;
}

bool draft_set(struct draft *d, const char *pointer, const char *json)
{
    struct draft_place at;
    if (!draft_find(d, pointer, &at))
        return add_member(d, pointer, json);
    draft_replace(d, at.begin, at.end - at.begin, json, strlen(json));
    return true;
}

bool draft_remove(struct draft *d, const char *pointer)
{
    char parent[DRAFT_POINTER_MOST];
    struct draft_place at, all;
    struct draft_walk w;
    split(pointer, parent);
    if (!draft_find(d, pointer, &at) || !draft_find(d, parent, &all))
        return false;
    size_t before = all.begin + 1; /* behind the one before it */
    draft_walk_begin(&w, d->text.text, all.begin);
    while (draft_walk_next(&w) && w.place.key != at.key)
        before = w.place.end;
    if (draft_walk_next(&w)) /* up to the next one */
        draft_replace(d, at.key, w.place.key - at.key, "", 0);
    else
        draft_replace(d, before, at.end - before, "", 0);
    return true;
}

bool draft_exchange(struct draft *d, const char *list, int index)
{
    struct str one = {0}, two = {0};
    struct draft_place a, b;
    str_addf(&one, "%s/%d", list, index);
    str_addf(&two, "%s/%d", list, index + 1);
    bool well = draft_find(d, str_text(&one), &a) &&
                draft_find(d, str_text(&two), &b);
    str_cut(&one, 0);
    if (well) {
        str_add_bytes(&one, d->text.text + b.begin, b.end - b.begin);
        str_add_bytes(&one, d->text.text + a.end, b.begin - a.end);
        str_add_bytes(&one, d->text.text + a.begin, a.end - a.begin);
        draft_replace(d, a.begin, b.end - a.begin, one.text, one.length);
    }
    str_free(&one);
    str_free(&two);
    return well;
}
