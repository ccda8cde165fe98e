/* load.c: from the text of a file to a scenario, or to every complaint. */
#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/scenario/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- processes ---- */

/* What a process says besides its program. */
struct reading_process {
    struct process_def def;
    const cJSON *program, *bursts;
};

static void read_name(struct loader *l, const cJSON *node, void *into)
{
    const char *name;
    (void)into;
    if (!read_string(l, node, &name))
        return;
    if (name_wrong(name))
        json_complain(&l->json, node, "%s", name_wrong(name));
    else if (strcmp(name, "any") == 0 || strcmp(name, "init") == 0)
        json_complain(&l->json, node, "`%s` has a meaning of its own", name);
}

static void keep_program(struct loader *l, const cJSON *node, void *into)
{
    (void)l;
    ((struct reading_process *)into)->program = node;
}

static void keep_bursts(struct loader *l, const cJSON *node, void *into)
{
    (void)l;
    ((struct reading_process *)into)->bursts = node;
}

void read_affinity(struct loader *l, const cJSON *node, void *into)
{
    struct process_def *def = &((struct reading_process *)into)->def;
    if (!read_list(l, node))
        return;
    if (!node->child)
        json_complain(&l->json, node, "must name a CPU");
    def->affinity = 0;
    for (const cJSON *c = node->child; c; c = c->next) {
        int64_t cpu;
        if (!read_count(l, c, 0, l->sc->machine.cpus - 1, &cpu))
            continue;
        if (def->affinity >> cpu & 1)
            json_complain(&l->json, c, "this CPU is named twice");
        def->affinity |= (uint64_t)1 << cpu;
    }
}

#define AT(field) offsetof(struct reading_process, def.field)
static const struct field process_fields[] = {
    {.name = "name",
     .type = FIELD_OTHER,
     .must = true,
     .read = read_name,
     .schema = "{\"$ref\": \"#/$defs/process_name\"}",
     .about = "What it is called; no two are called the same."},
    {.name = "arrival",
     .type = FIELD_TICK,
     .offset = AT(arrival),
     .high = TICK_MAX,
     .about = "When it is created, in ticks; 0 if not given."},
    {.name = "priority",
     .type = FIELD_TICK,
     .offset = AT(priority),
     .low = -1000000,
     .high = 1000000,
     .about = "A smaller number is more urgent; 0 if not given."},
    {.name = "nice",
     .type = FIELD_INT,
     .offset = AT(nice),
     .low = -20,
     .high = 19,
     .about = "A nicer process gets less CPU; 0 if not given."},
    {.name = "tickets",
     .type = FIELD_TICK,
     .offset = AT(tickets),
     .low = 1,
     .high = 10000,
     .about = "Its share for lottery and stride; 100 if not given."},
    {.name = "memory",
     .type = FIELD_TICK,
     .offset = AT(memory),
     .high = TICK_MAX,
     .about = "Units of memory that it needs; 0 if not given."},
    {.name = "deadline",
     .type = FIELD_TICK,
     .offset = AT(deadline),
     .low = 1,
     .high = TICK_MAX,
     .about = "Ticks after the start of a job until it must be done."},
    {.name = "period",
     .type = FIELD_TICK,
     .offset = AT(period),
     .low = 1,
     .high = TICK_MAX,
     .about = "Ticks between the starts of two jobs."},
    {.name = "affinity",
     .type = FIELD_OTHER,
     .read = read_affinity,
     .schema = "{\"type\": \"array\", \"minItems\": 1, \"uniqueItems\": true, "
               "\"items\": {\"type\": \"integer\", \"minimum\": 0}}",
     .about = "The CPUs it may run on; all if not given."},
    {.name = "program",
     .type = FIELD_OTHER,
     .read = keep_program,
     .schema = "{\"$ref\": \"#/$defs/program\"}",
     .about = "What it does, op by op."},
    {.name = "bursts",
     .type = FIELD_OTHER,
     .read = keep_bursts,
     .schema = "{\"type\": \"array\", \"minItems\": 1, \"items\": "
               "{\"type\": \"integer\", \"minimum\": 1}}",
     .about = "Instead of a program: ticks of cpu, io, cpu, …"},
};
#undef AT

const struct object_about about_process = {
    "a process", process_fields,
    sizeof process_fields / sizeof *process_fields};

static void check_process(struct loader *l, const cJSON *node,
                          const struct reading_process *p, int index)
{
    const struct machine *m = &l->sc->machine;
    const cJSON *name = json_member(node, "name");
    if (p->def.forked && json_member(node, "arrival"))
        json_complain_key(&l->json, json_member(node, "arrival"),
                          "a fork starts this process: it has no arrival of "
                          "its own");
    if (m->memory && p->def.memory > m->memory)
        json_complain(&l->json, json_member(node, "memory"),
                      "more than the machine has, which is %lld",
                      (long long)m->memory);
    if (cJSON_IsString(name) && names_find(&l->processes, name->valuestring) >= 0 &&
        names_find(&l->processes, name->valuestring) != index)
        json_complain(&l->json, name, "there is another process of this name");
    if (p->program && p->bursts)
        json_complain_key(&l->json, p->bursts,
                          "a process has `program` or `bursts`, not both");
    if (!p->program && !p->bursts)
        json_complain(&l->json, node,
                      "a process must have `program` or `bursts`");
}

static struct process_def read_process_def(struct loader *l, const cJSON *node,
                                           int index)
{
    struct reading_process p = {
        .def = {.name = l->processes.list[index],
                .forked = l->forked[index],
                .tickets = 100,
                .affinity = UINT64_MAX,
                .line = json_line(&l->json, node)}};
    if (read_object(l, node, &about_process, &p))
        check_process(l, node, &p, index);
    p.def.first = (int32_t)l->ops.count;
    if (p.bursts && !p.program)
        read_bursts(l, p.bursts);
    else if (p.program)
        read_program(l, p.program);
    p.def.end = (int32_t)l->ops.count - 1;
    return p.def;
}

void read_processes(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    if (!read_list(l, node))
        return;
    size_t count = l->processes.count;
    struct process_def *defs =
        arena_alloc(&l->sc->arena, count * sizeof *defs);
    int i = 0;
    bool starts = false;
    for (const cJSON *c = node->child; c; c = c->next) {
        defs[i] = read_process_def(l, c, i);
        starts |= !defs[i++].forked;
    }
    if (!count)
        json_complain(&l->json, node, "must have a process");
    else if (!starts)
        json_complain(&l->json, node,
                      "every process waits for a fork: one must start by "
                      "itself");
    l->sc->processes = defs;
    l->sc->process_count = (int)count;
    check_loops(l);
}

/* ---- the whole file ---- */

static void read_version(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    if (!cJSON_IsNumber(node) || node->valuedouble != 1)
        complain_must_be(l, node, "1, the version of the format");
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
     .type = FIELD_TEXT,
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

const struct object_about about_scenario = {
    "a scenario", scenario_fields,
    sizeof scenario_fields / sizeof *scenario_fields};

static void set_defaults(struct scenario *sc)
{
    sc->live = true;
    sc->machine = (struct machine){.cpus = 1, .op_cost = 1};
    sc->scheduler = (struct scheduler){.policy = "fcfs",
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

/* ---- the command line's values ---- */

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

static void put_over(cJSON *object, const char *name, cJSON *value)
{
    cJSON *old = json_member(object, name);
    if (old)
        cJSON_ReplaceItemViaPointer(object, old, value);
    else
        cJSON_AddItemToObject(object, name, value);
}

static void apply_override(struct loader *l, const struct override *o)
{
    const char *dot = strchr(o->key, '.');
    size_t n = dot ? (size_t)(dot - o->key) : 0;
    struct diag *d = l->json.diag;
    if (!dot || !dot[1] || word_place("scheduler machine", o->key, n) < 0) {
        diag_add(d, 0, 0,
                 "`%s` is not to be set; scheduler.KEY and machine.KEY are "
                 "(from the command line)",
                 o->key);
        l->json.complaints++;
        return;
    }
    struct json j;
    struct diag inner = {0};
    json_read(&j, o->json, strlen(o->json), &inner);
    if (!j.root || j.complaints) {
        diag_add(d, 0, 0, "/%.*s/%s: `%s` is not JSON: %s (from the command "
                          "line)",
                 (int)n, o->key, dot + 1, o->json,
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

/* ---- making the scenario whole ---- */

static void *kept(struct loader *l, const void *from, size_t bytes)
{
    void *to = arena_alloc(&l->sc->arena, bytes);
    if (bytes)
        memcpy(to, from, bytes);
    return to;
}

#define KEEP(field, from, number)                                              \
    (l->sc->field =                                                            \
         kept(l, l->from.at, l->from.count * sizeof *l->from.at),              \
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
    sc->names = kept(l, l->objects.names.list,
                     l->objects.names.count * sizeof *l->objects.names.list);
    sc->name_count = (int)l->objects.names.count;
    for (uint32_t bits = l->handled; bits; bits &= bits - 1)
        sc->handler_count++;
    sort_names(l);
}

static void loader_free(struct loader *l)
{
    json_free(&l->json);
    names_free(&l->processes);
    names_free(&l->vars.names);
    names_free(&l->objects.names);
    free(l->vars.made);
    free(l->objects.made);
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
        complain_must_be(l, l->json.root, "an object { … }");
        return;
    }
    for (int i = 0; i < l->override_count; i++)
        apply_override(l, &l->overrides[i]);
    declare(l);
    read_machine_first(l);
    read_object(l, l->json.root, &about_scenario, l->sc);
    keep_all(l);
}

struct scenario *load(const char *path, const char *text, size_t length,
                      const struct override *overrides, int override_count,
                      bool unbuilt_too, struct diag *d)
{
    struct scenario *sc = mem_new(1, sizeof *sc);
    struct loader l = {.sc = sc,
                       .unbuilt_too = unbuilt_too,
                       .overrides = overrides,
                       .override_count = override_count};
    size_t before = d->count;
    sc->path = arena_copy(&sc->arena, path, strlen(path));
    if (!d->file)
        d->file = path;
    l.json.diag = d;
    l.processes.arena = l.vars.names.arena = l.objects.names.arena = &sc->arena;
    set_defaults(sc);
    if (length > SCENARIO_BYTES_MAX)
        diag_add(d, 0, 0, "the file has %zu bytes, and at most %d are read",
                 length, SCENARIO_BYTES_MAX);
    else
        load_all(&l, text, length);
    loader_free(&l);
    if (d->count > before) {
        scenario_free(sc);
        return NULL;
    }
    return sc;
}

struct scenario *scenario_read(const char *path, const char *text,
                               size_t length, const struct override *overrides,
                               int override_count, struct diag *d)
{
    return load(path, text, length, overrides, override_count, false, d);
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
