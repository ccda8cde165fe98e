/* load_process.c: `processes`. */
#include "sim/scenario/load.h"

#include <string.h>

/* What a process says besides its program. */
struct reading_process {
    struct process_def def;
    const cJSON *program, *bursts;
};

static void read_name(struct loader *l, const cJSON *node, void *into)
{
    const char *name;
    enum word wrong;
    (void)into;
    if (!read_string(l, node, &name))
        return;
    if (name_wrong(name, &wrong))
        json_say(&l->json, node, wrong);
    else if (strcmp(name, "any") == 0 || strcmp(name, "init") == 0)
        json_complain(&l->json, node, SAID(NAME_RESERVED), name);
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

static void read_affinity(struct loader *l, const cJSON *node, void *into)
{
    struct process_def *def = &((struct reading_process *)into)->def;
    if (!read_list(l, node))
        return;
    if (!node->child)
        json_complain(&l->json, node, SAID(AFFINITY_NONE));
    def->affinity = 0;
    for (const cJSON *c = node->child; c; c = c->next) {
        int64_t cpu;
        if (!read_count(l, c, 0, CPUS_MAX - 1, &cpu))
            continue;
        if (cpu >= l->sc->machine.cpus) {
            json_complain(&l->json, c, SAID(AFFINITY_BEYOND), (int)cpu,
                          (int)l->sc->machine.cpus);
            continue;
        }
        if (def->affinity >> cpu & 1)
            json_complain(&l->json, c, SAID(AFFINITY_TWICE));
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
     .high = MEMORY_MAX,
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
     .about = "Ticks between the starts of two jobs; each job is the whole "
              "program."},
    {.name = "jobs",
     .type = FIELD_TICK,
     .offset = AT(jobs),
     .low = 1,
     .high = TICK_MAX,
     .about = "How many jobs a process with a period has; without end if not "
              "given."},
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

const struct object_about about_process = {W_OBJECT_PROCESS, process_fields,
                                           sizeof process_fields /
                                               sizeof *process_fields};

static void check_process(struct loader *l, const cJSON *node,
                          const struct reading_process *p, int index)
{
    const struct machine *m = &l->sc->machine;
    const cJSON *name = json_member(node, "name");
    if (p->def.forked && json_member(node, "arrival"))
        json_complain_key(&l->json, json_member(node, "arrival"),
                          SAID(PROCESS_ARRIVAL));
    if (m->memory && p->def.memory > m->memory)
        json_complain(&l->json, json_member(node, "memory"),
                      SAID(PROCESS_MEMORY), (long long)m->memory);
    if (cJSON_IsString(name) &&
        names_find(&l->processes, name->valuestring) >= 0 &&
        names_find(&l->processes, name->valuestring) != index)
        json_complain(&l->json, name, SAID(NAME_TAKEN));
    if (p->program && p->bursts)
        json_complain_key(&l->json, p->bursts, SAID(PROCESS_BOTH));
    if (!p->program && !p->bursts)
        json_complain(&l->json, node, SAID(PROCESS_NEITHER));
    if (p->def.jobs && !p->def.period)
        json_complain_key(&l->json, json_member(node, "jobs"),
                          SAID(PROCESS_JOBS));
}

static struct process_def read_process_def(struct loader *l, const cJSON *node,
                                           int index)
{
    struct reading_process p = {.def = {.name = l->processes.list[index],
                                        .forked = l->forked[index],
                                        .tickets = 100,
                                        .affinity = UINT64_MAX,
                                        .line = json_line(&l->json, node)}};
    if (read_object(l, node, &about_process, &p))
        check_process(l, node, &p, index);
    if (p.def.period && !p.def.deadline)
        p.def.deadline = p.def.period;
    p.def.first = (int32_t)l->ops.count;
    if (p.bursts && !p.program)
        read_bursts(l, p.bursts, p.def.period > 0);
    else if (p.program)
        read_program(l, p.program, p.def.period > 0);
    p.def.end = (int32_t)l->ops.count - 1;
    return p.def;
}

void read_processes(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    if (!read_list(l, node))
        return;
    size_t count = l->processes.count;
    struct process_def *defs = arena_alloc(&l->sc->arena, count * sizeof *defs);
    int i = 0;
    bool starts = false;
    for (const cJSON *c = node->child; c; c = c->next) {
        defs[i] = read_process_def(l, c, i);
        starts |= !defs[i++].forked;
    }
    if (!count)
        json_complain(&l->json, node, SAID(PROCESSES_NONE));
    else if (!starts)
        json_complain(&l->json, node, SAID(PROCESSES_FORKED));
    l->sc->processes = defs;
    l->sc->process_count = (int)count;
    check_loops(l);
}
