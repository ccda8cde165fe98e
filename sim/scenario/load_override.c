/* load_override.c: the command line's values, put over those of the file before
 * anything is checked. Their nodes are marked: they have no line and column,
 * and complaints about them say where they come from. */
#include "sim/scenario/load.h"

#include <string.h>

static void mark_elsewhere(cJSON *node)
{
    for (; node; node = node->next) {
        node->valueint = JSON_FROM_ELSEWHERE;
        mark_elsewhere(node->child);
    }
}

/* The object of that name in the file; made if there is none, NULL if the
 * file has something else there (which gets its own complaint). */
static cJSON *object_for(struct loader *l, const char *name)
{
    cJSON *object = json_member(l->json.root, name);
    if (!object) {
        object = cJSON_AddObjectToObject(l->json.root, name);
        if (object)
            object->valueint = JSON_FROM_ELSEWHERE;
    }
    return cJSON_IsObject(object) ? object : NULL;
}

/* null: as if the file did not say it; but there is always a policy. Takes the
 * value. */
static void put_over(cJSON *object, const char *name, cJSON *value)
{
    if (cJSON_IsNull(value) && strcmp(name, "policy") != 0) {
        cJSON_DeleteItemFromObjectCaseSensitive(object, name);
        cJSON_Delete(value);
    } else if (json_member(object, name))
        cJSON_ReplaceItemInObjectCaseSensitive(object, name, value);
    else
        cJSON_AddItemToObject(object, name, value);
}

void put_override(struct loader *l, const struct override *o)
{
    const char *dot = strchr(o->key, '.');
    size_t n = dot ? (size_t)(dot - o->key) : 0;
    struct diag *d = l->json.diag;
    if (!dot || !dot[1] || word_place("scheduler machine", o->key, n) < 0) {
        diag_add(d, 0, 0, SAID(LOAD_NOT_SET), o->key);
        l->json.complaints++;
        return;
    }
    struct json j;
    struct diag inner = {.lang = d->lang};
    json_read(&j, o->json, strlen(o->json), &inner);
    if (!j.root || j.complaints) {
        diag_add(d, 0, 0, SAID(LOAD_NOT_JSON), (int)n, o->key, dot + 1, o->json,
                 inner.texts.text + inner.lines[0].text);
        l->json.complaints++;
    } else {
        char *name = arena_copy(&l->sc->arena, o->key, n);
        cJSON *object = object_for(l, name);
        if (object) {
            mark_elsewhere(j.root);
            put_over(object, dot + 1, j.root);
            j.root = NULL;
        }
    }
    diag_free(&inner);
    json_free(&j);
}
