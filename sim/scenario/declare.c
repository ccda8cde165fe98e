/* declare.c: the first round of loading. It looks at every program for the
 * names it makes, and for who is forked; it complains about nothing, since the
 * second round sees the same things again. */
#include "sim/base/mem.h"
#include "sim/scenario/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_wrong(enum word w, enum word *why)
{
    *why = w;
    return true;
}

/* Letters of other scripts are letters. */
static bool is_name_byte(char c)
{
    return is_letter(c) || is_digit(c) || c == '-' || c == ' ' ||
           (unsigned char)c >= 0x80;
}

bool name_wrong(const char *name, enum word *why)
{
    enum { LONGEST = 64 };
    size_t n = strlen(name);
    if (!n)
        return is_wrong(W_NAME_EMPTY, why);
    if (n > LONGEST)
        return is_wrong(W_NAME_LONG, why);
    if (name[0] == ' ' || name[n - 1] == ' ')
        return is_wrong(W_NAME_BLANK, why);
    for (size_t i = 0; i < n; i++)
        if (!is_name_byte(name[i]))
            return is_wrong(W_NAME_MADE_OF, why);
    if (text_obeyed(name, n, false))
        return is_wrong(W_NAME_CONTROLS, why);
    return false;
}

bool is_variable(const char *name, bool index)
{
    size_t n = 0;
    while (is_letter(name[n]) || (n && is_digit(name[n])))
        n++;
    if (!n || n > 64)
        return false;
    return !name[n] || (index && (strcmp(name + n, "[0]") == 0 ||
                                  strcmp(name + n, "[1]") == 0));
}

int32_t made_enter(struct made_names *m, const char *name, enum made made)
{
    int32_t number = names_enter(&m->names, name);
    size_t before = m->capacity;
    m->made = mem_grow(m->made, (size_t)number + 1, &m->capacity, 1);
    memset(m->made + before, 0, m->capacity - before);
    m->made[number] = (uint8_t)(m->made[number] | made);
    return number;
}

bool made_there(const struct made_names *m, const char *name, unsigned made)
{
    int32_t number = names_find(&m->names, name);
    return number >= 0 && (m->made[number] & made);
}

/* p[0] and p[1] get neighbouring numbers, whichever is named first. */
static void declare_fd(struct loader *l, const char *name, bool pipe)
{
    char base[80];
    if (!is_variable(name, !pipe))
        return;
    size_t n = strcspn(name, "[");
    if (!pipe && !name[n]) {
        made_enter(&l->vars, name, MADE_FD);
        return;
    }
    for (int end = 0; end < 2; end++) {
        snprintf(base, sizeof base, "%.*s[%d]", (int)n, name, end);
        bool this_one = pipe || strcmp(base, name) == 0;
        made_enter(&l->vars, base, this_one ? MADE_FD : 0);
    }
}

/* Which arguments make what. */
static const struct {
    uint8_t verb, key;
    enum made made;
} makers[] = {
    {OP_repeat, KEY_as, MADE_NUMBER},
    {OP_set, KEY_set, MADE_NUMBER},
    {OP_load, KEY_into, MADE_NUMBER},
    {OP_read, KEY_into, MADE_NUMBER},
    {OP_msgrcv, KEY_into, MADE_NUMBER},
    {OP_pipe, KEY_pipe, MADE_FD},
    {OP_open, KEY_as, MADE_FD},
    {OP_dup, KEY_as, MADE_FD},
    {OP_msgget, KEY_msgget, MADE_QUEUE},
    {OP_shmget, KEY_shmget, MADE_SEGMENT},
    {OP_shmat, KEY_as, MADE_MAPPING},
    {OP_semget, KEY_semget, MADE_SEMAPHORES},
};

static void declare_made(struct loader *l, enum verb verb, uint8_t key,
                         const char *name)
{
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        if (makers[i].verb != verb || makers[i].key != key)
            continue;
        if (makers[i].made == MADE_FD)
            declare_fd(l, name, verb == OP_pipe);
        else if (is_variable(name, false))
            made_enter(&l->vars, name, makers[i].made);
    }
}

static void declare_fork(struct loader *l, const char *name)
{
    int32_t index = names_find(&l->processes, name);
    if (index >= 0)
        l->forked[index] = true;
}

static void declare_ops(struct loader *l, const cJSON *list);

static void declare_op(struct loader *l, const cJSON *node)
{
    enum verb verb = OP_end;
    for (const cJSON *c = node->child; c && !verb; c = c->next)
        verb = op_named(c->string);
    if (!verb)
        return;
    const struct op_about *about = op_about(verb);
    for (const cJSON *c = node->child; c; c = c->next) {
        if (strcmp(c->string, "do") == 0)
            declare_ops(l, c);
        if (!cJSON_IsString(c))
            continue;
        if (verb == OP_fork && strcmp(c->string, "fork") == 0)
            declare_fork(l, c->valuestring);
        for (int i = 0; i < about->args; i++)
            if (strcmp(about->arg[i].name, c->string) == 0)
                declare_made(l, verb, about->arg[i].key, c->valuestring);
    }
}

static void declare_ops(struct loader *l, const cJSON *list)
{
    if (!cJSON_IsArray(list))
        return;
    for (const cJSON *c = list->child; c; c = c->next)
        if (cJSON_IsObject(c))
            declare_op(l, c);
}

/* Every process gets its number, also one without a good name of its own. */
static void declare_process(struct loader *l, const cJSON *node, int index)
{
    const cJSON *name = json_member(node, "name");
    enum word why;
    if (cJSON_IsString(name) && !name_wrong(name->valuestring, &why) &&
        names_find(&l->processes, name->valuestring) < 0) {
        names_enter(&l->processes, name->valuestring);
        return;
    }
    char unnamed[24];
    snprintf(unnamed, sizeof unnamed, "#%d", index);
    names_enter(&l->processes, unnamed);
}

void declare(struct loader *l)
{
    const cJSON *list = json_member(l->json.root, "processes");
    if (!cJSON_IsArray(list))
        return;
    int count = 0;
    for (const cJSON *c = list->child; c; c = c->next)
        declare_process(l, c, count++);
    l->forked = mem_new((size_t)count, sizeof *l->forked);
    for (const cJSON *c = list->child; c; c = c->next)
        declare_ops(l, json_member(c, "program"));
}
