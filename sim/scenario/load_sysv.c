/* load_sysv.c: what only System V objects take: keys, lists of values and of
 * semaphore operations. */
#include "sim/base/mem.h"
#include "sim/scenario/load.h"

#include <string.h>

static bool read_ftok(const struct reading *r, struct ipc_key *key)
{
    const cJSON *list = json_member(r->node, "ftok");
    const cJSON *path = cJSON_IsArray(list) ? list->child : NULL;
    const cJSON *letter = path ? path->next : NULL;
    if (!letter || letter->next || r->node->child->next ||
        !cJSON_IsString(letter) || strlen(letter->valuestring) != 1)
        return reading_complains(r, W_ARG_FTOK);
    struct reading inner = *r;
    int64_t place = 0;
    inner.node = path;
    inner.out = &place;
    if (!read_path(&inner))
        return false;
    *key =
        (struct ipc_key){IPC_KEY_FTOK, letter->valuestring[0], (int32_t)place};
    return true;
}

bool read_key(const struct reading *r)
{
    struct ipc_key key = {IPC_KEY_PRIVATE, 0, -1};
    if (cJSON_IsObject(r->node)) {
        if (!read_ftok(r, &key))
            return false;
    } else if (cJSON_IsNumber(r->node)) {
        key.kind = IPC_KEY_NUMBER;
        if (!read_count(r->l, r->node, 1, INT32_MAX, &key.number))
            return false;
    } else if (!reading_is(r, "IPC_PRIVATE")) {
        complain_must_be(r->l, r->node, W_BE_KEY);
        return false;
    }
    *r->out = ARRAY_PUSH(&r->l->keys, key);
    return true;
}

bool read_counts(const struct reading *r)
{
    if (!read_list(r->l, r->node))
        return false;
    int count = cJSON_GetArraySize(r->node), i = 0;
    int64_t *numbers =
        arena_alloc(&r->l->sc->arena, (size_t)count * sizeof *numbers);
    if (!count)
        return reading_complains(r, W_ARG_EMPTY);
    for (const cJSON *c = r->node->child; c; c = c->next)
        if (!read_count(r->l, c, r->about->low, r->about->high, &numbers[i++]))
            return false;
    struct list list = {.numbers = numbers, .count = count};
    *r->out = ARRAY_PUSH(&r->l->lists, list);
    return true;
}

bool read_semops(const struct reading *r)
{
    if (!read_list(r->l, r->node))
        return false;
    int count = cJSON_GetArraySize(r->node), i = 0;
    int before = r->l->json.complaints;
    struct sem_op *ops =
        arena_alloc(&r->l->sc->arena, (size_t)count * sizeof *ops);
    if (count > SEM_OPS_LISTED)
        return reading_complains(r, W_ARG_SEMOPS);
    for (const cJSON *c = r->node->child; c; c = c->next)
        read_object(r->l, c, &about_sem_op, &ops[i++]);
    struct list list = {.sem_ops = ops, .count = count};
    *r->out = ARRAY_PUSH(&r->l->lists, list);
    return before == r->l->json.complaints;
}

static void read_sem_flags(struct loader *l, const cJSON *node, void *into)
{
    static const struct arg_about flags = {.words = "IPC_NOWAIT SEM_UNDO"};
    struct reading r = {l, OP_semop, &flags, node,
                        &((struct sem_op *)into)->flags};
    read_flags(&r);
}

static void read_sem_number(struct loader *l, const cJSON *node, void *into)
{
    int64_t n;
    if (read_count(l, node, 0, 31999, &n))
        ((struct sem_op *)into)->num = (int32_t)n;
}

static void read_sem_change(struct loader *l, const cJSON *node, void *into)
{
    int64_t n;
    if (read_count(l, node, -32767, 32767, &n))
        ((struct sem_op *)into)->op = (int32_t)n;
}

static const struct field sem_op_fields[] = {
    {.name = "num",
     .type = FIELD_OTHER,
     .read = read_sem_number,
     .schema = "{\"type\": \"integer\", \"minimum\": 0, \"maximum\": 31999}",
     .about = "Which semaphore of the set, from 0."},
    {.name = "op",
     .type = FIELD_OTHER,
     .must = true,
     .read = read_sem_change,
     .schema =
         "{\"type\": \"integer\", \"minimum\": -32767, \"maximum\": 32767}",
     .about = "Below 0 takes, above 0 gives, 0 waits for zero."},
    {.name = "flags",
     .type = FIELD_OTHER,
     .read = read_sem_flags,
     .schema = "{\"type\": \"string\"}",
     .about = "IPC_NOWAIT and SEM_UNDO, joined by |."},
};

const struct object_about about_sem_op = {W_OBJECT_SEM_OP, sem_op_fields, 3};
