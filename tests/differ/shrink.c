/* shrink.c: what differs becomes small enough to be understood.
 *
 * Take something away; if model and kernel still differ, it was not needed.
 * First whole processes and actions, then stretches of programs, halved until
 * they are single ops, then what is large becomes small. A race may need luck
 * to show, so each attempt has a few tries; but whether the lab happens to look
 * is not left to luck (outcome_closely). */
#include "tests/differ/differ.h"

#include <cJSON.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 3, RUNS_MOST = 1500 };

struct shrinking {
    cJSON *root;
    const char *plant;
    int runs;
};

/* A process a line, so that it can be read. */
static void write_scenario(const cJSON *root, struct str *out)
{
    str_cut(out, 0);
    for (const cJSON *c = root->child; c; c = c->next) {
        str_addf(out, "%s\"%s\": ", c == root->child ? "{" : ",\n ", c->string);
        if (strcmp(c->string, "processes") != 0) {
            char *text = cJSON_PrintUnformatted(c);
            str_add(out, text);
            free(text);
            continue;
        }
        for (const cJSON *p = c->child; p; p = p->next) {
            char *text = cJSON_PrintUnformatted(p);
            str_addf(out, "%s%s", p == c->child ? "[\n  " : ",\n  ", text);
            free(text);
        }
        str_add(out, "]");
    }
    str_add(out, "}\n");
}

/* Whether one of a few runs differs. */
static bool differs_once(struct shrinking *s, const char *text)
{
    bool differs = false;
    for (int i = 0; i < TRIES && !differs && s->runs < RUNS_MOST; i++) {
        struct outcome o = {0};
        s->runs++;
        outcome_of(text, s->plant, &o);
        differs = o.differs;
        bool in_vain = !o.loaded;
        outcome_free(&o);
        if (in_vain)
            break;
    }
    return differs;
}

/* Once may be another cause, which would lead astray for good. */
static bool still_differs(struct shrinking *s)
{
    struct str text = {0};
    write_scenario(s->root, &text);
    bool differs =
        differs_once(s, str_text(&text)) && differs_once(s, str_text(&text));
    str_free(&text);
    return differs;
}

/* Moves what stands from place `at` on, `count` items at most. */
static void move_items(cJSON *from, int at, int count, cJSON *to)
{
    for (int i = 0; i < count && cJSON_GetArrayItem(from, at); i++)
        cJSON_AddItemToArray(to, cJSON_DetachItemFromArray(from, at));
}

/* Takes `count` items from place `at` out of a list; puts them back if they
 * were needed. Returns whether they are gone. */
static bool try_without(struct shrinking *s, cJSON *list, int at, int count)
{
    cJSON *out = cJSON_CreateArray();
    move_items(list, at, count, out);
    bool gone = still_differs(s);
    if (!gone) {
        move_items(list, at, INT_MAX, out);
        move_items(out, 0, INT_MAX, list);
    }
    cJSON_Delete(out);
    return gone;
}

static bool thin_list(struct shrinking *s, cJSON *list)
{
    bool any = false;
    for (int size = cJSON_GetArraySize(list); size > 0; size /= 2)
        for (int at = cJSON_GetArraySize(list) - size; at >= 0; at -= size)
            any |= try_without(s, list, at, size);
    return any;
}

static bool thin_program(struct shrinking *s, cJSON *list)
{
    bool any = thin_list(s, list);
    for (cJSON *op = list->child; op; op = op->next) {
        cJSON *body = cJSON_GetObjectItemCaseSensitive(op, "do");
        if (body)
            any |= thin_program(s, body);
    }
    return any;
}

/* Ops that name a process go with it. */
static void forget(cJSON *list, const char *name)
{
    for (cJSON *op = list->child, *next; op; op = next) {
        next = op->next;
        cJSON *body = cJSON_GetObjectItemCaseSensitive(op, "do");
        bool names = false;
        for (const cJSON *c = op->child; c; c = c->next)
            names |= cJSON_IsString(c) && strcmp(c->valuestring, name) == 0;
        if (names)
            cJSON_Delete(cJSON_DetachItemViaPointer(list, op));
        else if (body)
            forget(body, name);
    }
}

static bool try_without_process(struct shrinking *s, int at)
{
    cJSON *before = cJSON_Duplicate(s->root, true);
    cJSON *list = cJSON_GetObjectItemCaseSensitive(s->root, "processes");
    cJSON *gone = cJSON_DetachItemFromArray(list, at);
    const char *name =
        cJSON_GetObjectItemCaseSensitive(gone, "name")->valuestring;
    for (cJSON *p = list->child; p; p = p->next)
        forget(cJSON_GetObjectItemCaseSensitive(p, "program"), name);
    cJSON *actions = cJSON_GetObjectItemCaseSensitive(s->root, "actions");
    if (actions)
        forget(actions, name);
    cJSON_Delete(gone);
    if (still_differs(s)) {
        cJSON_Delete(before);
        return true;
    }
    cJSON_Delete(s->root);
    s->root = before;
    return false;
}

static bool thin_processes(struct shrinking *s)
{
    bool any = false;
    int n = cJSON_GetArraySize(
        cJSON_GetObjectItemCaseSensitive(s->root, "processes"));
    for (int at = n - 1; at >= 0; at--)
        any |= try_without_process(s, at);
    cJSON *list = cJSON_GetObjectItemCaseSensitive(s->root, "processes");
    for (cJSON *p = list->child; p; p = p->next)
        any |= thin_program(s, cJSON_GetObjectItemCaseSensitive(p, "program"));
    cJSON *actions = cJSON_GetObjectItemCaseSensitive(s->root, "actions");
    if (actions)
        any |= thin_list(s, actions);
    return any;
}

/* A member that need not be there. */
static bool try_without_member(struct shrinking *s, cJSON *node,
                               const char *name)
{
    cJSON *out = cJSON_DetachItemFromObjectCaseSensitive(node, name);
    if (!out)
        return false;
    bool gone = still_differs(s);
    if (gone)
        cJSON_Delete(out);
    else
        cJSON_AddItemToObject(node, name, out);
    return gone;
}

static void make_plain(struct shrinking *s)
{
    static const char *const spare[] = {"actions", "machine", "scheduler"};
    for (size_t i = 0; i < sizeof spare / sizeof *spare; i++)
        try_without_member(s, s->root, spare[i]);
}

/* Each number of the programs is tried at 1, then halved. */
static void make_small(struct shrinking *s, cJSON *node)
{
    for (cJSON *c = node->child; c; c = c->next) {
        make_small(s, c);
        double was = cJSON_IsNumber(c) ? c->valuedouble : 0;
        if (was < 2)
            continue;
        cJSON_SetNumberValue(c, 1);
        if (still_differs(s))
            continue;
        cJSON_SetNumberValue(c, (double)(int64_t)(was / 2));
        if (!still_differs(s))
            cJSON_SetNumberValue(c, was);
    }
}

void shrink(struct str *text, const char *plant)
{
    struct shrinking s = {.root = cJSON_Parse(str_text(text)), .plant = plant};
    if (!s.root)
        return;
    while (thin_processes(&s) && s.runs < RUNS_MOST)
        continue;
    make_plain(&s);
    make_small(&s, cJSON_GetObjectItemCaseSensitive(s.root, "processes"));
    write_scenario(s.root, text);
    cJSON_Delete(s.root);
}
