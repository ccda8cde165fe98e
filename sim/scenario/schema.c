/* schema.c: assets/scenario.schema.json from ops.def, policies.def,
 * expects.def and the loader's tables of fields.
 *
 * An op is told by its verb: `if` the verb's key is there, `then` exactly the
 * verb's arguments. So an editor shows the one thing that is wrong, not forty
 * shapes that it might have been. */
#include "sim/scenario/schema.h"

#include "sim/scenario/load.h"
#include "sim/scenario/pen.h"

#include <string.h>

/* The words of a blank-separated list as members of a JSON list. */
static void list_inside(struct pen *p, const char *words)
{
    for (const char *w = words; *w;) {
        size_t n = strcspn(w, " ");
        pen_new_line(p);
        str_addf(p->out, "\"%.*s\"", (int)n, w);
        w += n;
        w += strspn(w, " ");
    }
}

static void list_words(struct pen *p, const char *name, const char *words)
{
    pen_open_key(p, name, '[');
    list_inside(p, words);
    pen_shut(p, ']');
}

/* A comment is welcome in every object. */
static void allow_comments(struct pen *p)
{
    pen_raw(p, "//", "true");
}

static void whole_number(struct pen *p, int64_t low, int64_t high)
{
    pen_quoted(p, "type", "integer");
    pen_number(p, "minimum", low);
    pen_number(p, "maximum", high);
}

/* ---- objects of the tables of fields ---- */

static void write_policy_names(struct pen *p)
{
    pen_open_key(p, "enum", '[');
    for (int i = 0; i < POLICY_COUNT; i++)
        list_inside(p, policies[i].name);
    pen_shut(p, ']');
}

/* What is inside a schema written as one JSON object in a table. */
static void add_inside(struct pen *p, const char *json)
{
    pen_new_line(p);
    str_add_bytes(p->out, json + 1, strlen(json) - 2);
}

static void write_field(struct pen *p, const struct field *f)
{
    pen_open_key(p, f->name, '{');
    pen_quoted(p, "description", f->about);
    switch (f->type) {
    case FIELD_TICK:
    case FIELD_INT:
        whole_number(p, f->low, f->high);
        break;
    case FIELD_BOOL:
        pen_quoted(p, "type", "boolean");
        break;
    case FIELD_LINE:
    case FIELD_TEXT:
        pen_quoted(p, "$ref", "#/$defs/text");
        break;
    case FIELD_OTHER:
        if (f->schema)
            add_inside(p, f->schema);
        else
            write_policy_names(p);
        break;
    }
    pen_shut(p, '}');
}

static void write_fields(struct pen *p, const struct object_about *about)
{
    pen_quoted(p, "type", "object");
    pen_open_key(p, "properties", '{');
    allow_comments(p);
    for (int i = 0; i < about->count; i++)
        write_field(p, &about->fields[i]);
    pen_shut(p, '}');
    pen_raw(p, "additionalProperties", "false");
    pen_open_key(p, "required", '[');
    for (int i = 0; i < about->count; i++)
        if (about->fields[i].must)
            list_inside(p, about->fields[i].name);
    pen_shut(p, ']');
}

static void write_object(struct pen *p, const char *name,
                         const struct object_about *about)
{
    pen_open_key(p, name, '{');
    write_fields(p, about);
    pen_shut(p, '}');
}

/* Exactly one of the words must be a key. */
static void one_of(struct pen *p, const char *words)
{
    pen_open_key(p, "oneOf", '[');
    for (const char *w = words; *w;) {
        size_t n = strcspn(w, " ");
        pen_new_line(p);
        str_addf(p->out, "{\"required\": [\"%.*s\"]}", (int)n, w);
        w += n;
        w += strspn(w, " ");
    }
    pen_shut(p, ']');
}

/* ---- the scheduler ---- */

/* If the policy is this one, the keys are its own and the common ones. */
static void write_policy(struct pen *p, const struct policy_about *policy)
{
    pen_new_line(p);
    pen_open(p, '{');
    pen_open_key(p, "if", '{');
    pen_key(p, "properties");
    str_addf(p->out, "{\"policy\": {\"const\": \"%s\"}}", policy->name);
    pen_raw(p, "required", "[\"policy\"]");
    pen_shut(p, '}');
    pen_open_key(p, "then", '{');
    pen_open_key(p, "propertyNames", '{');
    pen_open_key(p, "enum", '[');
    list_inside(p, "//");
    list_inside(p, policy_keys);
    list_inside(p, policy->keys);
    pen_shut(p, ']');
    pen_shut(p, '}');
    pen_shut(p, '}');
    pen_shut(p, '}');
}

static void write_scheduler(struct pen *p)
{
    pen_open_key(p, "scheduler", '{');
    write_fields(p, &about_scheduler);
    pen_open_key(p, "allOf", '[');
    for (int i = 0; i < POLICY_COUNT; i++)
        write_policy(p, &policies[i]);
    pen_shut(p, ']');
    pen_shut(p, '}');
}

/* ---- ops ---- */

/* The pattern of a FLAGS text: words of the list, and a mode where the list
 * ends with 0. */
static void write_flags(struct pen *p, const char *words)
{
    struct str one = {0};
    for (const char *w = words; *w;) {
        size_t n = strcspn(w, " ");
        str_add(&one, one.length ? "|" : "");
        if (n == 1 && *w == '0')
            str_add(&one, "0[0-7]{0,4}");
        else
            str_add_bytes(&one, w, n);
        w += n;
        w += strspn(w, " ");
    }
    pen_quoted(p, "type", "string");
    struct str all = {0};
    str_addf(&all, "^ *((%s) *(\\| *(%s) *)*)?$", str_text(&one),
             str_text(&one));
    pen_quoted(p, "pattern", str_text(&all));
    str_free(&all);
    str_free(&one);
}

static void write_signals(struct pen *p, bool zero)
{
    pen_open_key(p, "enum", '[');
    if (zero)
        list_inside(p, "0");
    for (int i = 0; signal_at(i); i++)
        list_inside(p, signal_at(i));
    pen_shut(p, ']');
}

/* What a type is in JSON Schema, where that needs no bounds. */
static const char *const fixed[] = {
    [TAKES_TRUE] = "{\"const\": true}",
    [TAKES_BOOL] = "{\"type\": \"boolean\"}",
    [TAKES_VAR] = "{\"$ref\": \"#/$defs/variable\"}",
    [TAKES_TERM] = "{\"anyOf\": [{\"type\": \"integer\"}, "
                   "{\"$ref\": \"#/$defs/variable\"}]}",
    [TAKES_FDVAR] = "{\"$ref\": \"#/$defs/descriptor\"}",
    [TAKES_IDVAR] = "{\"$ref\": \"#/$defs/variable\"}",
    [TAKES_PROC] = "{\"$ref\": \"#/$defs/process_name\"}",
    [TAKES_PROCANY] = "{\"$ref\": \"#/$defs/process_name\"}",
    [TAKES_TEXT] = "{\"type\": \"string\"}",
    [TAKES_PATH] = "{\"$ref\": \"#/$defs/path\"}",
    [TAKES_BODY] = "{\"$ref\": \"#/$defs/program\"}",
    [TAKES_NAME] = "{\"$ref\": \"#/$defs/name\"}",
    [TAKES_KEY] = "{\"$ref\": \"#/$defs/key\"}",
    [TAKES_COUNTS] = "{\"type\": \"array\", \"minItems\": 1, "
                     "\"items\": {\"type\": \"integer\"}}",
    [TAKES_SEMOPS] = "{\"type\": \"array\", \"maxItems\": 512, "
                     "\"items\": {\"$ref\": \"#/$defs/sem_op\"}}",
};

static void write_forever(struct pen *p, const struct arg_about *a)
{
    pen_key(p, "anyOf");
    str_addf(p->out,
             "[{\"type\": \"integer\", \"minimum\": %lld, \"maximum\": %lld}, "
             "{\"const\": \"forever\"}]",
             (long long)a->low, (long long)a->high);
}

static void write_arg(struct pen *p, const struct arg_about *a)
{
    if (a->type < sizeof fixed / sizeof *fixed && fixed[a->type]) {
        pen_raw(p, a->name, fixed[a->type]);
        return;
    }
    pen_open_key(p, a->name, '{');
    if (a->type == TAKES_COUNT)
        whole_number(p, a->low, a->high);
    else if (a->type == TAKES_FOREVER)
        write_forever(p, a);
    else if (a->type == TAKES_CHOICE)
        list_words(p, "enum", a->words);
    else if (a->type == TAKES_FLAGS)
        write_flags(p, a->words);
    else
        write_signals(p, a->type == TAKES_SIG0);
    pen_shut(p, '}');
}

/* Keys that every op may have. */
static void write_common(struct pen *p)
{
    allow_comments(p);
    pen_raw(p, "note", "{\"$ref\": \"#/$defs/text\"}");
    pen_raw(p, "cost", "{\"type\": \"integer\", \"minimum\": 0}");
    pen_raw(p, "on_error", "{\"const\": \"exit\"}");
}

static void write_needs(struct pen *p, const struct op_about *about)
{
    struct str ones = {0};
    pen_open_key(p, "required", '[');
    for (int i = 0; i < about->args; i++) {
        if (about->arg[i].need == NEED_MUST)
            list_inside(p, about->arg[i].name);
        if (about->arg[i].need == NEED_ONE)
            str_addf(&ones, "%s%s", ones.length ? " " : "", about->arg[i].name);
    }
    pen_shut(p, ']');
    if (ones.length)
        one_of(p, str_text(&ones));
    str_free(&ones);
}

static void write_verb(struct pen *p, const struct op_about *about)
{
    pen_new_line(p);
    pen_open(p, '{');
    pen_key(p, "if");
    str_addf(p->out, "{\"required\": [\"%s\"]}", about->name);
    pen_open_key(p, "then", '{');
    pen_quoted(p, "description", about->about.in[LANG_EN]);
    pen_open_key(p, "properties", '{');
    write_common(p);
    for (int i = 0; i < about->args; i++)
        write_arg(p, &about->arg[i]);
    pen_shut(p, '}');
    pen_raw(p, "additionalProperties", "false");
    write_needs(p, about);
    pen_shut(p, '}');
    pen_shut(p, '}');
}

static void write_op(struct pen *p)
{
    pen_open_key(p, "op", '{');
    pen_quoted(p, "type", "object");
    pen_open_key(p, "properties", '{');
    for (int v = OP_end + 1; v < OP_COUNT; v++) {
        const struct op_about *about = op_about((enum verb)v);
        pen_key(p, about->name);
        str_add(p->out, "{\"description\": \"");
        str_add_json(p->out, about->about.in[LANG_EN],
                     strlen(about->about.in[LANG_EN]));
        str_add(p->out, "\"}");
    }
    pen_shut(p, '}');
    pen_open_key(p, "anyOf", '[');
    for (int v = OP_end + 1; v < OP_COUNT; v++) {
        pen_new_line(p);
        str_addf(p->out, "{\"required\": [\"%s\"]}",
                 op_about((enum verb)v)->name);
    }
    pen_shut(p, ']');
    pen_open_key(p, "allOf", '[');
    for (int v = OP_end + 1; v < OP_COUNT; v++)
        write_verb(p, op_about((enum verb)v));
    pen_shut(p, ']');
    pen_shut(p, '}');
}

/* ---- expect ---- */

struct expected {
    const char *scope, *field, *type;
};

static const struct expected expected[] = {
#define EXPECT(scope, field, type) {#scope, #field, #type},
#include "sim/scenario/expects.def"
#undef EXPECT
};

static const struct {
    const char *type, *schema;
} expected_types[] = {
    {"TIME", "{\"type\": [\"integer\", \"null\"], \"minimum\": 0}"},
    {"COUNT", "{\"type\": \"integer\", \"minimum\": 0}"},
    {"FIGURE", "{\"type\": [\"number\", \"null\"]}"},
    {"STATE", "{\"enum\": [\"new\", \"ready\", \"running\", \"blocked\", "
              "\"terminated\", \"ready-suspended\", \"blocked-suspended\"]}"},
    {"STOP", "{\"enum\": [\"finished\", \"deadlock\", \"until\"]}"},
    {"EXIT", "{\"type\": [\"integer\", \"string\", \"object\", \"null\"]}"},
    {"SCHEDULING", "{\"$ref\": \"#/$defs/scheduling\"}"},
    {"DEADLOCK",
     "{\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/stuck\"}}"},
};

static void write_expected(struct pen *p, const char *scope)
{
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        for (size_t k = 0; k < sizeof expected_types / sizeof *expected_types;
             k++)
            if (strcmp(expected[i].scope, scope) == 0 &&
                strcmp(expected[i].type, expected_types[k].type) == 0)
                pen_raw(p, expected[i].field, expected_types[k].schema);
}

static void write_expect(struct pen *p)
{
    pen_open_key(p, "expect", '{');
    pen_quoted(p, "type", "object");
    pen_open_key(p, "properties", '{');
    allow_comments(p);
    write_expected(p, "RUN");
    pen_open_key(p, "processes", '{');
    pen_quoted(p, "type", "object");
    pen_open_key(p, "properties", '{');
    allow_comments(p);
    pen_shut(p, '}');
    pen_open_key(p, "additionalProperties", '{');
    pen_quoted(p, "type", "object");
    pen_open_key(p, "properties", '{');
    allow_comments(p);
    write_expected(p, "PROCESS");
    pen_shut(p, '}');
    pen_raw(p, "additionalProperties", "false");
    pen_shut(p, '}');
    pen_shut(p, '}');
    pen_shut(p, '}');
    pen_raw(p, "additionalProperties", "false");
    pen_shut(p, '}');
}

static void write_scheduling(struct pen *p)
{
    pen_open_key(p, "scheduling", '{');
    pen_quoted(p, "type", "object");
    pen_open_key(p, "properties", '{');
    allow_comments(p);
#define FIGURE(name, kind, policies, about)                                    \
    pen_raw(p, #name, "{\"type\": [\"number\", \"null\"]}");
#include "sim/scenario/figures.def"
#undef FIGURE
    pen_shut(p, '}');
    pen_raw(p, "additionalProperties", "false");
    pen_shut(p, '}');
}

/* ---- the rest ---- */

static void write_small(struct pen *p)
{
    pen_raw(p, "text",
            "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"object\", "
            "\"minProperties\": 1, \"properties\": {\"//\": true}, "
            "\"patternProperties\": {\"^[a-z]{2,3}(-.+)?$\": "
            "{\"type\": \"string\"}}, \"additionalProperties\": false}]}");
    pen_raw(
        p, "variable",
        "{\"type\": \"string\", \"pattern\": \"^[A-Za-z_][A-Za-z0-9_]*$\"}");
    pen_raw(p, "descriptor",
            "{\"type\": \"string\", \"pattern\": "
            "\"^[A-Za-z_][A-Za-z0-9_]*(\\\\[[01]\\\\])?$\"}");
    pen_raw(p, "name",
            "{\"type\": \"string\", \"minLength\": 1, \"maxLength\": 64}");
    pen_raw(p, "process_name",
            "{\"type\": \"string\", \"minLength\": 1, \"maxLength\": 71}");
    pen_raw(p, "path",
            "{\"type\": \"string\", \"pattern\": \"^(\\\\./)?[^/]+$\"}");
    pen_raw(
        p, "key",
        "{\"anyOf\": [{\"const\": \"IPC_PRIVATE\"}, {\"type\": \"integer\", "
        "\"minimum\": 1}, {\"type\": \"object\", \"properties\": {\"ftok\": "
        "{\"type\": \"array\", \"minItems\": 2, \"maxItems\": 2, \"items\": "
        "{\"type\": \"string\"}}}, \"required\": [\"ftok\"], "
        "\"additionalProperties\": false}]}");
    pen_raw(p, "program",
            "{\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/op\"}}");
}

static void write_definitions(struct pen *p)
{
    pen_open_key(p, "$defs", '{');
    write_small(p);
    write_object(p, "machine", &about_machine);
    write_scheduler(p);
    write_object(p, "estimate", &about_estimate);
    write_object(p, "aging", &about_aging);
    write_object(p, "level", &about_level);
    pen_open_key(p, "process", '{');
    write_fields(p, &about_process);
    one_of(p, "program bursts");
    pen_shut(p, '}');
    write_op(p);
    write_object(p, "sem_op", &about_sem_op);
    pen_open_key(p, "action", '{');
    write_fields(p, &about_action);
    one_of(p, "suspend activate kill");
    pen_shut(p, '}');
    write_object(p, "question", &about_question);
    write_object(p, "stuck", &about_stuck);
    write_scheduling(p);
    write_expect(p);
    pen_shut(p, '}');
}

void schema_write(struct str *out)
{
    struct pen p = {.out = out};
    pen_open(&p, '{');
    pen_quoted(&p, "$schema", "https://json-schema.org/draft/2020-12/schema");
    pen_quoted(&p, "$comment",
               "generated by `timeslice schema`, from sim/scenario/*.def");
    pen_quoted(&p, "title", "A Timeslice scenario");
    write_fields(&p, &about_scenario);
    write_definitions(&p);
    pen_shut(&p, '}');
    str_add_char(out, '\n');
}
