/* load_expect.c: `expect`: what must come out of the run.
 *
 * What may be expected is a table (expects.def). A value is only looked at
 * here, so that a slip is told before anything runs; it is kept as the text
 * that it is, and sim/model/metrics_expect.c holds the run against it. */
#include "sim/base/mem.h"
#include "sim/scenario/load.h"

#include <stdlib.h>
#include <string.h>

/* ---- deadlock: who waits for what, held by whom ---- */

/* A process of the file, or init, who may hold what others wait for. */
static void read_who(struct loader *l, const cJSON *node)
{
    const char *name;
    int64_t process;
    if (read_string(l, node, &name) && strcmp(name, "init") != 0)
        read_process(l, node, name, &process);
}

static void read_sleeper(struct loader *l, const cJSON *node, void *into)
{
    const char *name;
    int64_t process;
    (void)into;
    if (read_string(l, node, &name))
        read_process(l, node, name, &process);
}

static void read_waits_for(struct loader *l, const cJSON *node, void *into)
{
    const char *what;
    (void)into;
    read_string(l, node, &what);
}

static void read_held_by(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    if (!read_list(l, node))
        return;
    for (const cJSON *c = node->child; c; c = c->next)
        read_who(l, c);
}

static const struct field stuck_fields[] = {
    {.name = "process",
     .type = FIELD_OTHER,
     .must = true,
     .read = read_sleeper,
     .schema = "{\"$ref\": \"#/$defs/process_name\"}",
     .about = "Who can never go on."},
    {.name = "waits_for",
     .type = FIELD_OTHER,
     .read = read_waits_for,
     .schema = "{\"type\": \"string\"}",
     .about = "The call and its object, as the result prints it."},
    {.name = "held_by",
     .type = FIELD_OTHER,
     .read = read_held_by,
     .schema = "{\"type\": \"array\", \"items\": "
               "{\"$ref\": \"#/$defs/process_name\"}}",
     .about = "All who could end the wait, as the result prints them."},
};

const struct object_about about_stuck = {W_OBJECT_STUCK, stuck_fields, 3};

static bool check_deadlock(struct loader *l, const cJSON *node)
{
    char nothing = 0; /* what is read is looked at, and not kept */
    bool well = read_list(l, node);
    for (const cJSON *c = well ? node->child : NULL; c; c = c->next)
        well &= read_object(l, c, &about_stuck, &nothing);
    return well;
}

/* ---- values ---- */

enum expect_scope { SCOPE_PROCESS, SCOPE_RUN };
enum expect_type {
    EXPECT_TIME,
    EXPECT_COUNT,
    EXPECT_FIGURE,
    EXPECT_STATE,
    EXPECT_STOP,
    EXPECT_EXIT,
    EXPECT_SCHEDULING,
    EXPECT_DEADLOCK
};

static const struct {
    const char *field;
    enum expect_scope scope;
    enum expect_type type;
} known[] = {
#define EXPECT(scope, field, type) {#field, SCOPE_##scope, EXPECT_##type},
#include "sim/scenario/expects.def"
#undef EXPECT
};

enum { KNOWN = sizeof known / sizeof *known };

/* The one member of an object, NULL if there is none or more; comments do not
 * count. */
static const cJSON *only_member(const cJSON *object)
{
    const cJSON *found = NULL;
    for (const cJSON *m = object->child; m; m = m->next) {
        if (json_is_comment(m))
            continue;
        if (found)
            return NULL;
        found = m;
    }
    return found;
}

static bool check_exit(struct loader *l, const cJSON *node)
{
    int64_t code;
    const char *name;
    const cJSON *value = node;
    if (cJSON_IsNull(node))
        return true;
    if (cJSON_IsObject(node)) {
        value = only_member(node);
        if (!value || word_place("code signal", value->string,
                                 strlen(value->string)) < 0) {
            json_complain(&l->json, node, SAID(EXPECT_EXIT));
            return false;
        }
    }
    bool signal = value != node ? strcmp(value->string, "signal") == 0
                                : cJSON_IsString(value);
    if (!signal)
        return read_count(l, value, 0, 255, &code);
    if (!read_string(l, value, &name))
        return false;
    if (signal_number(name))
        return true;
    complain_must_be(l, value, W_BE_SIGNAL);
    return false;
}

/* A figure is a number, or null; there are those of figures.def. */
static bool check_figure(struct loader *l, const cJSON *node)
{
    static const char *const names[] = {
#define FIGURE(name, kind, policies, about) #name,
#include "sim/scenario/figures.def"
#undef FIGURE
    };
    enum { COUNT = sizeof names / sizeof *names };
    int i = 0;
    while (i < COUNT && strcmp(names[i], node->string) != 0)
        i++;
    if (i == COUNT) {
        complain_unknown(l, node, names, COUNT);
        return false;
    }
    if (cJSON_IsNull(node) || cJSON_IsNumber(node))
        return true;
    complain_must_be(l, node, W_BE_NUMBER_OR_NULL);
    return false;
}

static bool check_scheduling(struct loader *l, const cJSON *node)
{
    bool well = cJSON_IsObject(node);
    if (!well)
        complain_must_be(l, node, W_BE_OBJECT);
    for (const cJSON *c = well ? node->child : NULL; c; c = c->next)
        well &= json_is_comment(c) || check_figure(l, c);
    return well;
}

static bool check_expected(struct loader *l, const cJSON *node,
                           enum expect_type type)
{
    int64_t n;
    switch (type) {
    case EXPECT_TIME:
        return cJSON_IsNull(node) || read_count(l, node, 0, TICK_MAX, &n);
    case EXPECT_COUNT:
        return read_count(l, node, 0, TICK_MAX, &n);
    case EXPECT_FIGURE:
        if (cJSON_IsNull(node) || cJSON_IsNumber(node))
            return true;
        complain_must_be(l, node, W_BE_NUMBER_OR_NULL);
        return false;
    case EXPECT_STATE:
        return read_choice(l, node, W_KIND_STATE,
                           "new ready running blocked terminated "
                           "ready-suspended blocked-suspended",
                           &n);
    case EXPECT_STOP:
        return read_choice(l, node, W_KIND_STOP, "finished deadlock until", &n);
    case EXPECT_EXIT:
        return check_exit(l, node);
    case EXPECT_SCHEDULING:
        return check_scheduling(l, node);
    case EXPECT_DEADLOCK:
        return check_deadlock(l, node);
    }
    return false;
}

static void read_expected(struct loader *l, const cJSON *node,
                          const char *process, enum expect_scope scope)
{
    const char *names[KNOWN + 1];
    int count = 0;
    for (int i = 0; i < KNOWN; i++) {
        if (known[i].scope != scope)
            continue;
        names[count++] = known[i].field;
        if (strcmp(known[i].field, node->string) != 0)
            continue;
        if (!check_expected(l, node, known[i].type))
            return;
        struct str json = {0};
        json_compact(&l->json, node, &json);
        struct expectation e = {
            process, known[i].field,
            arena_copy(&l->sc->arena, str_text(&json), json.length),
            json_line(&l->json, node), json_column(&l->json, node)};
        str_free(&json);
        ARRAY_PUSH(&l->expects, e);
        return;
    }
    if (scope == SCOPE_RUN)
        names[count++] = "processes";
    complain_unknown(l, node, names, count);
}

static void read_expected_processes(struct loader *l, const cJSON *node)
{
    if (!cJSON_IsObject(node)) {
        complain_must_be(l, node, W_BE_OBJECT_NAMES);
        return;
    }
    for (const cJSON *p = node->child; p; p = p->next) {
        int64_t process;
        if (json_is_comment(p) || !read_process(l, p, p->string, &process))
            continue;
        if (!cJSON_IsObject(p)) {
            complain_must_be(l, p, W_BE_OBJECT);
            continue;
        }
        const char *name =
            arena_copy(&l->sc->arena, p->string, strlen(p->string));
        for (const cJSON *c = p->child; c; c = c->next)
            if (!json_is_comment(c))
                read_expected(l, c, name, SCOPE_PROCESS);
    }
}

void read_expect(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    if (!cJSON_IsObject(node)) {
        complain_must_be(l, node, W_BE_OBJECT);
        return;
    }
    for (const cJSON *c = node->child; c; c = c->next) {
        if (json_is_comment(c))
            continue;
        if (strcmp(c->string, "processes") == 0)
            read_expected_processes(l, c);
        else
            read_expected(l, c, NULL, SCOPE_RUN);
    }
}
