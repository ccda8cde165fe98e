/* load_lesson.c: `actions`, `questions` and `expect`. */
#include "sim/base/mem.h"
#include "sim/scenario/load.h"

#include <stdlib.h>
#include <string.h>

/* ---- actions ---- */

static void read_whom(struct loader *l, const cJSON *node, void *into)
{
    static const char kinds[] = "suspend activate kill";
    struct action *a = into;
    const char *name;
    a->kind =
        (enum action_kind)word_place(kinds, node->string, strlen(node->string));
    if (read_string(l, node, &name))
        read_process(l, node, name, &a->process);
}

#define WHOM(verb, sentence)                                                   \
    {                                                                          \
        .name = verb, .type = FIELD_OTHER, .read = read_whom,                  \
        .schema = "{\"$ref\": \"#/$defs/process_name\"}", .about = sentence    \
    }

static const struct field action_fields[] = {
    {.name = "at",
     .type = FIELD_TICK,
     .must = true,
     .offset = offsetof(struct action, at),
     .high = TICK_MAX,
     .about = "When, in ticks."},
    WHOM("suspend", "The process gives its memory back and does not run."),
    WHOM("activate", "A suspended process may go on."),
    WHOM("kill", "The process ends, in whatever state it is."),
};

const struct object_about about_action = {"an action", action_fields, 4};

static void read_action(struct loader *l, const cJSON *node)
{
    struct action a = {0};
    const cJSON *first = NULL;
    if (!read_object(l, node, &about_action, &a))
        return;
    for (const cJSON *c = node->child; c; c = c->next) {
        if (word_place("suspend activate kill", c->string, strlen(c->string)) <
            0)
            continue;
        if (first)
            json_complain_key(&l->json, c,
                              "an action does one thing, and this one has "
                              "`%s`",
                              first->string);
        first = c;
    }
    if (!first)
        json_complain(&l->json, node,
                      "an action must have `suspend`, `activate` or `kill`");
    ARRAY_PUSH(&l->actions, a);
}

static int by_time(const void *a, const void *b)
{
    const struct action *x = *(const struct action *const *)a;
    const struct action *y = *(const struct action *const *)b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x > y) - (x < y);
}

/* Sorted by time; those of one time stay in the order of the file. */
static void sort_actions(struct loader *l)
{
    size_t n = l->actions.count;
    const struct action **order = mem_new(n, sizeof *order);
    struct action *sorted = mem_new(n, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        order[i] = &l->actions.at[i];
    if (n)
        qsort(order, n, sizeof *order, by_time);
    for (size_t i = 0; i < n; i++)
        sorted[i] = *order[i];
    free(order);
    free(l->actions.at);
    l->actions.at = sorted;
    l->actions.capacity = n;
}

void read_actions(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    if (!read_list(l, node))
        return;
    for (const cJSON *c = node->child; c; c = c->next)
        read_action(l, c);
    sort_actions(l);
}

/* ---- questions ---- */

static void read_choices(struct loader *l, const cJSON *node, void *into)
{
    struct question *q = into;
    if (!read_list(l, node))
        return;
    size_t count = (size_t)cJSON_GetArraySize(node), i = 0;
    struct text *choices = arena_alloc(&l->sc->arena, count * sizeof *choices);
    for (const cJSON *c = node->child; c; c = c->next)
        read_text(l, c, &choices[i++]);
    if (count < 2)
        json_complain(&l->json, node, "must have at least 2 choices, not %zu",
                      count);
    q->choices = choices;
    q->choice_count = (int)count;
}

static const struct field question_fields[] = {
    {.name = "at",
     .type = FIELD_TICK,
     .must = true,
     .offset = offsetof(struct question, at),
     .high = TICK_MAX,
     .about = "When it is asked, in ticks."},
    {.name = "ask",
     .type = FIELD_TEXT,
     .must = true,
     .offset = offsetof(struct question, ask),
     .about = "The question."},
    {.name = "choices",
     .type = FIELD_OTHER,
     .must = true,
     .read = read_choices,
     .schema = "{\"type\": \"array\", \"minItems\": 2, \"items\": "
               "{\"$ref\": \"#/$defs/text\"}}",
     .about = "What may be answered."},
    {.name = "answer",
     .type = FIELD_INT,
     .must = true,
     .offset = offsetof(struct question, answer),
     .high = INT32_MAX,
     .about = "Which choice is right, counted from 0."},
    {.name = "because",
     .type = FIELD_TEXT,
     .offset = offsetof(struct question, because),
     .about = "Why; shown with the answer."},
};

const struct object_about about_question = {"a question", question_fields, 5};

void read_questions(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    if (!read_list(l, node))
        return;
    for (const cJSON *c = node->child; c; c = c->next) {
        struct question q = {0};
        if (!read_object(l, c, &about_question, &q))
            continue;
        const cJSON *answer = json_member(c, "answer");
        if (answer && q.choice_count && q.answer >= q.choice_count)
            json_complain(&l->json, answer,
                          "there are the choices 0 to %d, and no %d",
                          q.choice_count - 1, q.answer);
        ARRAY_PUSH(&l->questions, q);
    }
}

/* ---- expect ---- */

enum expect_scope { SCOPE_PROCESS, SCOPE_RUN };
enum expect_type {
    EXPECT_TIME,
    EXPECT_COUNT,
    EXPECT_FIGURE,
    EXPECT_STATE,
    EXPECT_STOP,
    EXPECT_EXIT
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

static bool check_exit(struct loader *l, const cJSON *node)
{
    int64_t code;
    const char *name;
    const cJSON *value = node;
    if (cJSON_IsNull(node))
        return true;
    if (cJSON_IsObject(node)) {
        value = node->child;
        if (!value || value->next ||
            word_place("code signal", value->string, strlen(value->string)) <
                0) {
            json_complain(&l->json, node,
                          "must be {\"code\": n} or {\"signal\": \"SIG…\"}");
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
    complain_must_be(l, value, "the name of a signal");
    return false;
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
        complain_must_be(l, node, "a number or null");
        return false;
    case EXPECT_STATE:
        return read_choice(l, node, "state",
                           "new ready running blocked terminated "
                           "ready-suspended blocked-suspended",
                           &n);
    case EXPECT_STOP:
        return read_choice(l, node, "end of a run", "finished deadlock until",
                           &n);
    case EXPECT_EXIT:
        return check_exit(l, node);
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
        complain_must_be(l, node, "an object {\"name\": { … }}");
        return;
    }
    for (const cJSON *p = node->child; p; p = p->next) {
        int64_t process;
        if (json_is_comment(p) || !read_process(l, p, p->string, &process))
            continue;
        if (!cJSON_IsObject(p)) {
            complain_must_be(l, p, "an object { … }");
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
        complain_must_be(l, node, "an object { … }");
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
