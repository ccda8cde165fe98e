/* load.c: from the text of a file to a scenario, or to every complaint. */
#include "sim/scenario/load.h"
#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>
#include <string.h>

/* ---- the file ---- */

static void read_version(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    if (!cJSON_IsNumber(node) || node->valuedouble != 1)
        complain_must_be(l, node, W_BE_VERSION);
}

static void read_schema(struct loader *l, const cJSON *node, void *into)
{
    const char *path;
    (void)into;
    read_string(l, node, &path);
}

#define AT(field) offsetof(struct scenario, field)
static const struct field scenario_fields[] = {
    {.name = "$schema",
     .type = FIELD_OTHER,
     .read = read_schema,
     .schema = "{\"type\": \"string\"}",
     .about = "Where editors find this description."},
    {.name = "timeslice",
     .type = FIELD_OTHER,
     .must = true,
     .read = read_version,
     .schema = "{\"const\": 1}",
     .about = "The version of the format: 1."},
    {.name = "title",
     .type = FIELD_LINE,
     .offset = AT(title),
     .about = "What the lesson is called."},
    {.name = "notes",
     .type = FIELD_TEXT,
     .offset = AT(notes),
     .about = "One paragraph, shown when the lesson opens."},
    {.name = "machine",
     .type = FIELD_OTHER,
     .read = read_machine,
     .schema = "{\"$ref\": \"#/$defs/machine\"}",
     .about = "What the processes run on."},
    {.name = "scheduler",
     .type = FIELD_OTHER,
     .read = read_scheduler,
     .schema = "{\"$ref\": \"#/$defs/scheduler\"}",
     .about = "Who runs next; first come, first served if not given."},
    {.name = "live",
     .type = FIELD_BOOL,
     .offset = AT(live),
     .about = "false keeps the lesson to the model."},
    {.name = "processes",
     .type = FIELD_OTHER,
     .must = true,
     .read = read_processes,
     .schema = "{\"type\": \"array\", \"minItems\": 1, \"items\": "
               "{\"$ref\": \"#/$defs/process\"}}",
     .about = "Who takes part."},
    {.name = "actions",
     .type = FIELD_OTHER,
     .read = read_actions,
     .schema = "{\"type\": \"array\", \"items\": "
               "{\"$ref\": \"#/$defs/action\"}}",
     .about = "What a user does at given times."},
    {.name = "questions",
     .type = FIELD_OTHER,
     .read = read_questions,
     .schema = "{\"type\": \"array\", \"items\": "
               "{\"$ref\": \"#/$defs/question\"}}",
     .about = "What the class is asked."},
    {.name = "expect",
     .type = FIELD_OTHER,
     .read = read_expect,
     .schema = "{\"$ref\": \"#/$defs/expect\"}",
     .about = "What `timeslice check` holds the run against."},
};
#undef AT

const struct object_about about_scenario = {W_OBJECT_SCENARIO, scenario_fields,
                                            sizeof scenario_fields /
                                                sizeof *scenario_fields};

static void set_defaults(struct scenario *sc)
{
    sc->live = true;
    sc->machine = (struct machine){.cpus = 1, .op_cost = 1};
    sc->scheduler = (struct scheduler){.policy = "fcfs",
                                       .name = POLICY_fcfs,
                                       .preemptive = true,
                                       .alpha = 0.5,
                                       .initial = 10,
                                       .demote_alone = true,
                                       .latency = 24,
                                       .min_granularity = 3,
                                       .slice = 3};
}

/* The machine's values bound those of processes: it is read first, wherever
 * it stands, and then once more in silence. */
static void read_machine_first(struct loader *l)
{
    const cJSON *machine = json_member(l->json.root, "machine");
    if (!cJSON_IsObject(machine))
        return;
    struct diag silent = {0}, *loud = l->json.diag;
    int complaints = l->json.complaints;
    l->json.diag = &silent;
    read_machine(l, machine, NULL);
    l->json.diag = loud;
    l->json.complaints = complaints;
    diag_free(&silent);
}

/* ---- making the scenario whole ---- */

static void *kept(struct loader *l, const void *from, size_t bytes)
{
    void *to = arena_alloc(&l->sc->arena, bytes);
    if (bytes)
        memcpy(to, from, bytes);
    return to;
}

#define KEEP(field, from, number)                                              \
    (l->sc->field = kept(l, l->from.at, l->from.count * sizeof *l->from.at),   \
     l->sc->number = (int)l->from.count)

struct by_name {
    const char *name;
    int32_t index;
};

static int by_name(const void *a, const void *b)
{
    const struct by_name *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static void sort_names(struct loader *l)
{
    size_t n = (size_t)l->sc->process_count;
    struct by_name *sorted = mem_new(n, sizeof *sorted);
    int32_t *indices = arena_alloc(&l->sc->arena, n * sizeof *indices);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct by_name){l->sc->processes[i].name, (int32_t)i};
    if (n)
        qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 0; i < n; i++)
        indices[i] = sorted[i].index;
    free(sorted);
    l->sc->by_name = indices;
}

static bool is_affine(const struct scenario *sc)
{
    uint64_t all = sc->machine.cpus < 64
                       ? ((uint64_t)1 << sc->machine.cpus) - 1
                       : UINT64_MAX;
    for (int i = 0; i < sc->process_count; i++)
        if ((sc->processes[i].affinity & all) != all)
            return true;
    return false;
}

static void keep_all(struct loader *l)
{
    struct scenario *sc = l->sc;
    KEEP(ops, ops, op_count);
    KEEP(texts, texts, text_count);
    KEEP(templates, templates, template_count);
    KEEP(terms, terms, term_count);
    KEEP(keys, keys, key_count);
    KEEP(lists, lists, list_count);
    KEEP(actions, actions, action_count);
    KEEP(questions, questions, question_count);
    KEEP(expects, expects, expect_count);
    sc->vars = kept(l, l->vars.names.list,
                    l->vars.names.count * sizeof *l->vars.names.list);
    sc->var_count = (int)l->vars.names.count;
    bool *is_id = arena_alloc(&sc->arena, l->vars.names.count + 1);
    for (size_t v = 0; v < l->vars.names.count; v++)
        is_id[v] = l->vars.made[v] & MADE_ID;
    sc->var_is_id = is_id;
    sc->names = kept(l, l->names.list,
                     l->names.count * sizeof *l->names.list);
    sc->name_count = (int)l->names.count;
    for (uint32_t bits = l->handled; bits; bits &= bits - 1)
        sc->handler_count++;
    sort_names(l);
    if (l->json.complaints)
        return;
    scenario_measure(sc->processes, sc->process_count, (struct op *)sc->ops);
    sc->scheduler.fraction_bits = scenario_fraction_bits(sc);
    sc->scheduler.pass_steps = scenario_pass_steps(sc);
    sc->scheduler.pass_ticks = scenario_pass_ticks(sc);
    sc->is_affine = is_affine(sc);
}

static void loader_free(struct loader *l)
{
    json_free(&l->json);
    names_free(&l->processes);
    names_free(&l->vars.names);
    names_free(&l->names);
    free(l->vars.made);
    free(l->forked);
    free(l->ops.at);
    free(l->op_nodes.at);
    free(l->texts.at);
    free(l->templates.at);
    free(l->terms.at);
    free(l->keys.at);
    free(l->lists.at);
    free(l->actions.at);
    free(l->questions.at);
    free(l->expects.at);
}

static void load_all(struct loader *l, const char *text, size_t length)
{
    struct diag *d = l->json.diag;
    json_read(&l->json, text, length, d);
    if (!l->json.root)
        return;
    if (!cJSON_IsObject(l->json.root)) {
        complain_must_be(l, l->json.root, W_BE_OBJECT);
        return;
    }
    for (int i = 0; i < l->override_count; i++)
        put_override(l, &l->overrides[i]);
    declare(l);
    read_machine_first(l);
    read_object(l, l->json.root, &about_scenario, l->sc);
    find_files(l);
    keep_all(l);
}

struct scenario *scenario_read(const char *path, const char *text,
                               size_t length, const struct override *overrides,
                               int override_count, struct diag *d)
{
    struct scenario *sc = mem_new(1, sizeof *sc);
    struct loader l = {.sc = sc,
                       .overrides = overrides,
                       .override_count = override_count};
    size_t before = d->count;
    sc->path = arena_copy(&sc->arena, path, strlen(path));
    if (!d->file)
        d->file = path;
    l.json.diag = d;
    l.processes.arena = l.vars.names.arena = l.names.arena = &sc->arena;
    set_defaults(sc);
    if (length > SCENARIO_BYTES_MAX)
        diag_add(d, 0, 0, SAID(LOAD_TOO_BIG), length, SCENARIO_BYTES_MAX);
    else
        load_all(&l, text, length);
    loader_free(&l);
    if (d->count > before) {
        scenario_free(sc);
        return NULL;
    }
    return sc;
}

void scenario_free(struct scenario *sc)
{
    if (!sc)
        return;
    arena_free(&sc->arena);
    free(sc);
}

int scenario_process(const struct scenario *sc, const char *name)
{
    int low = 0, high = sc->process_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int32_t index = sc->by_name[middle];
        int order = strcmp(name, sc->processes[index].name);
        if (order == 0)
            return index;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

int scenario_owner(const struct scenario *sc, int32_t pc)
{
    require(pc >= 0 && pc < sc->op_count);
    int low = 0, high = sc->process_count;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (sc->processes[middle].first <= pc)
            low = middle;
        else
            high = middle;
    }
    return low;
}
