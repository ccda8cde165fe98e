/* t1004-schema.c: assets/scenario.schema.json is what the tables say. */
#include "sim/scenario/json.h"
#include "sim/scenario/load.h"
#include "sim/scenario/schema.h"
#include "tests/test.h"

#include <stdlib.h>

TEST("the schema in assets is not stale: `timeslice schema` writes it")
{
    char *there = test_read_file("assets/scenario.schema.json", NULL);
    struct str now = {0};
    schema_write(&now);
    EXPECT_EQ_STR(there, str_text(&now));
    str_free(&now);
    free(there);
}

/* The schema's tree, strictly read. */
static void read_schema(struct json *j, struct str *text, struct diag *d)
{
    schema_write(text);
    json_read(j, text->text, text->length, d);
    struct str said = {0};
    diag_write(d, &said);
    EXPECT_EQ_STR(str_text(&said), "");
    str_free(&said);
}

static const cJSON *definition(const struct json *j, const char *name)
{
    return json_member(json_member(j->root, "$defs"), name);
}

/* Follows "#/$defs/…" of every "$ref" below `node`. */
static void check_references(const struct json *j, const cJSON *node)
{
    for (const cJSON *c = node->child; c; c = c->next) {
        if (c->string && strcmp(c->string, "$ref") == 0) {
            const char *slash = strrchr(c->valuestring, '/');
            test_case("%s", c->valuestring);
            EXPECT(slash && definition(j, slash + 1));
        }
        check_references(j, c);
    }
}

TEST("it is strict JSON in which every reference leads somewhere")
{
    struct json j;
    struct str text = {0};
    struct diag d = {0};
    read_schema(&j, &text, &d);
    NEED(j.root);
    EXPECT_EQ_STR(json_member(j.root, "$schema")->valuestring,
                  "https://json-schema.org/draft/2020-12/schema");
    check_references(&j, j.root);
    json_free(&j);
    str_free(&text);
    diag_free(&d);
}

/* The `then` of the verb: allOf[i] says if it is there, then …. */
static const cJSON *then_of(const struct json *j, enum verb verb)
{
    const cJSON *all = json_member(definition(j, "op"), "allOf");
    const cJSON *rule = cJSON_GetArrayItem(all, (int)verb - 1);
    const cJSON *need = json_member(json_member(rule, "if"), "required");
    if (!need || !need->child ||
        strcmp(need->child->valuestring, op_about(verb)->name) != 0)
        return NULL;
    return json_member(rule, "then");
}

TEST("every verb has one rule with exactly its arguments")
{
    struct json j;
    struct str text = {0};
    struct diag d = {0};
    read_schema(&j, &text, &d);
    NEED(j.root);
    for (int v = OP_end + 1; v < OP_COUNT; v++) {
        const struct op_about *about = op_about((enum verb)v);
        const cJSON *then = then_of(&j, (enum verb)v);
        test_case("%s", about->name);
        NEED(then);
        const cJSON *keys = json_member(then, "properties");
        EXPECT_EQ_INT(cJSON_GetArraySize(keys), about->args + 4);
        for (int i = 0; i < about->args; i++)
            EXPECT(json_member(keys, about->arg[i].name) != NULL);
        EXPECT(cJSON_IsFalse(json_member(then, "additionalProperties")));
    }
    json_free(&j);
    str_free(&text);
    diag_free(&d);
}

TEST("every policy is named, with a rule for its keys")
{
    struct json j;
    struct str text = {0};
    struct diag d = {0};
    read_schema(&j, &text, &d);
    NEED(j.root);
    const cJSON *scheduler = definition(&j, "scheduler");
    const cJSON *names = json_member(
        json_member(json_member(scheduler, "properties"), "policy"), "enum");
    EXPECT_EQ_INT(cJSON_GetArraySize(names), POLICY_COUNT);
    EXPECT_EQ_INT(cJSON_GetArraySize(json_member(scheduler, "allOf")),
                  POLICY_COUNT);
    for (int i = 0; i < POLICY_COUNT; i++)
        EXPECT_EQ_STR(cJSON_GetArrayItem(names, i)->valuestring,
                      policies[i].name);
    json_free(&j);
    str_free(&text);
    diag_free(&d);
}
