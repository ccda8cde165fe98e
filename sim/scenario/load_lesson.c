/* load_lesson.c: `actions` and `questions`. */
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

const struct object_about about_action = {W_OBJECT_ACTION, action_fields, 4};

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
            json_complain_key(&l->json, c, SAID(ACTION_TWO), first->string);
        first = c;
    }
    if (!first)
        json_complain(&l->json, node, SAID(ACTION_NONE));
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
        read_line(l, c, &choices[i++]);
    if (count < 2)
        json_complain(&l->json, node, SAID(CHOICES_FEW), count);
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

const struct object_about about_question = {W_OBJECT_QUESTION, question_fields,
                                            5};

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
            json_complain(&l->json, answer, SAID(ANSWER_NONE),
                          q.choice_count - 1, q.answer);
        ARRAY_PUSH(&l->questions, q);
    }
}
