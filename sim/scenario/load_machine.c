/* load_machine.c: `machine` and `scheduler`. */
#include "sim/base/mem.h"
#include "sim/scenario/load.h"
#include "sim/scenario/policy_settings.h"

#include <string.h>

const char policy_keys[] =
#define POLICY(name, quantum, keys)
#include "sim/scenario/policies.def"
#undef POLICY
    POLICY_KEYS;

const struct policy_about policies[POLICY_COUNT] = {
#define POLICY(name, quantum, keys) {#name, quantum, keys},
#include "sim/scenario/policies.def"
#undef POLICY
};

/* ---- machine ---- */

#define AT(field) offsetof(struct machine, field)
static const struct field machine_fields[] = {
    {.name = "cpus",
     .type = FIELD_INT,
     .offset = AT(cpus),
     .low = 1,
     .high = CPUS_MAX,
     .about = "How many CPUs; 1 if not given."},
    {.name = "memory",
     .type = FIELD_TICK,
     .offset = AT(memory),
     .low = 1,
     .high = MEMORY_MAX,
     .about = "Units of memory; unlimited if not given."},
    {.name = "max_processes",
     .type = FIELD_TICK,
     .offset = AT(max_processes),
     .low = 1,
     .high = TICK_MAX,
     .about = "Process slots; unlimited if not given."},
    {.name = "context_switch",
     .type = FIELD_TICK,
     .offset = AT(context_switch),
     .high = TICK_MAX,
     .about = "Ticks that a switch takes; 0 if not given."},
    {.name = "op_cost",
     .type = FIELD_TICK,
     .offset = AT(op_cost),
     .high = TICK_MAX,
     .about = "Ticks of CPU that a call takes; 1 if not given."},
    {.name = "migration",
     .type = FIELD_TICK,
     .offset = AT(migration),
     .high = TICK_MAX,
     .about = "Ticks more if the process ran on another CPU before; 0 if not "
              "given."},
};
#undef AT

const struct object_about about_machine = {
    W_OBJECT_MACHINE, machine_fields,
    sizeof machine_fields / sizeof *machine_fields};

void read_machine(struct loader *l, const cJSON *node, void *into)
{
    (void)into;
    read_object(l, node, &about_machine, &l->sc->machine);
}

/* ---- scheduler ---- */

static const struct policy_about *policy_named(const char *name)
{
    for (int i = 0; i < POLICY_COUNT; i++)
        if (strcmp(policies[i].name, name) == 0)
            return &policies[i];
    return NULL;
}

static void read_policy(struct loader *l, const cJSON *node, void *into)
{
    struct scheduler *s = into;
    struct str words = {0};
    int64_t place;
    for (int i = 0; i < POLICY_COUNT; i++)
        str_addf(&words, "%s%s", i ? " " : "", policies[i].name);
    if (read_choice(l, node, W_KIND_POLICY, str_text(&words), &place)) {
        s->policy = policies[place].name;
        s->name = (enum policy_name)place;
    }
    str_free(&words);
}

/* A number, or "none" where a policy can do without (see check_keys). */
static void read_quantum(struct loader *l, const cJSON *node, void *into)
{
    struct scheduler *s = into;
    if (cJSON_IsString(node) && strcmp(node->valuestring, "none") == 0)
        s->quantum = 0;
    else
        read_count(l, node, 1, TICK_MAX, &s->quantum);
}

static void read_queues(struct loader *l, const cJSON *node, void *into)
{
    int64_t place;
    if (read_choice(l, node, W_KIND_QUEUES, "shared per-cpu", &place))
        ((struct scheduler *)into)->per_cpu = place == 1;
}

static void read_seed(struct loader *l, const cJSON *node, void *into)
{
    int64_t seed;
    if (read_count(l, node, 0, SEED_MAX, &seed))
        ((struct scheduler *)into)->seed = (uint64_t)seed;
}

static void read_alpha(struct loader *l, const cJSON *node, void *into)
{
    if (!cJSON_IsNumber(node) || !(node->valuedouble >= 0) ||
        !(node->valuedouble <= 1))
        complain_must_be(l, node, W_BE_NUMBER_0_TO_1);
    else
        ((struct scheduler *)into)->alpha = node->valuedouble;
}

#define AT(field) offsetof(struct scheduler, field)
static const struct field estimate_fields[] = {
    {.name = "alpha",
     .type = FIELD_OTHER,
     .read = read_alpha,
     .schema = "{\"type\": \"number\", \"minimum\": 0, \"maximum\": 1}",
     .about = "The weight of the last burst; 0.5 if not given."},
    {.name = "initial",
     .type = FIELD_TICK,
     .offset = AT(initial),
     .low = 1,
     .high = TICK_MAX,
     .about = "The guess before the first burst; 10 if not given."},
};

static const struct field aging_fields[] = {
    {.name = "every",
     .type = FIELD_TICK,
     .must = true,
     .offset = AT(aging_every),
     .low = 1,
     .high = TICK_MAX,
     .about = "After so many ticks of waiting …"},
    {.name = "by",
     .type = FIELD_TICK,
     .must = true,
     .offset = AT(aging_by),
     .low = 1,
     .high = TICK_MAX,
     .about = "… the priority gets so much more urgent."},
};

static const struct field level_fields[] = {
    {.name = "quantum",
     .type = FIELD_TICK,
     .must = true,
     .offset = offsetof(struct mlfq_level, quantum),
     .low = 1,
     .high = TICK_MAX,
     .about = "The slice at this level, in ticks."},
    {.name = "allotment",
     .type = FIELD_TICK,
     .offset = offsetof(struct mlfq_level, allotment),
     .low = 1,
     .high = TICK_MAX,
     .about = "CPU time before the process moves down; the quantum if not "
              "given."},
};

const struct object_about about_estimate = {W_OBJECT_ESTIMATE, estimate_fields,
                                            2};
const struct object_about about_aging = {W_OBJECT_AGING, aging_fields, 2};
const struct object_about about_level = {W_OBJECT_LEVEL, level_fields, 2};

static void read_estimate(struct loader *l, const cJSON *node, void *into)
{
    struct scheduler *s = into;
    s->estimate = true;
    read_object(l, node, &about_estimate, into);
}

static void read_aging(struct loader *l, const cJSON *node, void *into)
{
    read_object(l, node, &about_aging, into);
}

static void read_levels(struct loader *l, const cJSON *node, void *into)
{
    struct scheduler *s = into;
    if (!read_list(l, node))
        return;
    s->levels = 0;
    for (const cJSON *c = node->child; c; c = c->next) {
        if (s->levels == MLFQ_LEVELS_MAX) {
            json_complain(&l->json, c, SAID(LEVELS_MOST), MLFQ_LEVELS_MAX);
            return;
        }
        read_object(l, c, &about_level, &s->level[s->levels++]);
    }
    if (!s->levels)
        json_complain(&l->json, node, SAID(LEVELS_NONE));
}

static void read_draws(struct loader *l, const cJSON *node, void *into)
{
    struct scheduler *s = into;
    if (!read_list(l, node))
        return;
    int count = cJSON_GetArraySize(node), i = 0;
    if (count > DRAWS_MAX) {
        json_complain(&l->json, node, SAID(DRAWS_MOST), DRAWS_MAX, count);
        return;
    }
    int64_t *draws = arena_alloc(&l->sc->arena, (size_t)count * sizeof *draws);
    for (const cJSON *c = node->child; c; c = c->next)
        read_count(l, c, 0, TICK_MAX, &draws[i++]);
    s->draws = draws;
    s->draw_count = count;
}

static const struct field scheduler_fields[] = {
    {.name = "policy",
     .type = FIELD_OTHER,
     .must = true,
     .read = read_policy,
     .about = "Who runs next."},
    {.name = "expired_first",
     .type = FIELD_BOOL,
     .offset = AT(expired_first),
     .about = "Whether a slice that ends queues before an arrival."},
    {.name = "queues",
     .type = FIELD_OTHER,
     .read = read_queues,
     .schema = "{\"enum\": [\"shared\", \"per-cpu\"]}",
     .about = "One ready queue for all CPUs, or one for each."},
    {.name = "steal",
     .type = FIELD_BOOL,
     .offset = AT(steal),
     .about = "Whether an idle CPU takes from the others' queues."},
    {.name = "quantum",
     .type = FIELD_OTHER,
     .read = read_quantum,
     .schema = "{\"anyOf\": [{\"type\": \"integer\", \"minimum\": 1, "
               "\"maximum\": 1000000000000000}, {\"const\": \"none\"}]}",
     .about = "The time slice in ticks."},
    {.name = "preemptive",
     .type = FIELD_BOOL,
     .offset = AT(preemptive),
     .about = "Whether a more urgent process takes the CPU at once."},
    {.name = "inherit",
     .type = FIELD_BOOL,
     .offset = AT(inherit),
     .about = "Whether who holds a lock is as urgent as who waits for it."},
    {.name = "estimate",
     .type = FIELD_OTHER,
     .read = read_estimate,
     .schema = "{\"$ref\": \"#/$defs/estimate\"}",
     .about = "Guess the length of bursts by exponential averaging."},
    {.name = "aging",
     .type = FIELD_OTHER,
     .read = read_aging,
     .schema = "{\"$ref\": \"#/$defs/aging\"}",
     .about = "Who waits long gets more urgent."},
    {.name = "levels",
     .type = FIELD_OTHER,
     .read = read_levels,
     .schema = "{\"type\": \"array\", \"minItems\": 1, \"items\": "
               "{\"$ref\": \"#/$defs/level\"}}",
     .about = "The queues, the most urgent first."},
    {.name = "boost",
     .type = FIELD_TICK,
     .offset = AT(boost),
     .high = TICK_MAX,
     .about = "Every so many ticks all go to the top; 0: never."},
    {.name = "io_keeps_slice",
     .type = FIELD_BOOL,
     .offset = AT(io_keeps_slice),
     .about = "Whether an I/O renews slice and allotment."},
    {.name = "io_to_front",
     .type = FIELD_BOOL,
     .offset = AT(io_to_front),
     .about = "Whether who comes back from I/O goes to the front."},
    {.name = "demote_alone",
     .type = FIELD_BOOL,
     .offset = AT(demote_alone),
     .about = "Whether one moves down though nobody else is ready."},
    {.name = "seed",
     .type = FIELD_OTHER,
     .read = read_seed,
     .schema = "{\"type\": \"integer\", \"minimum\": 0, "
               "\"maximum\": 9007199254740991}",
     .about = "Where the random numbers begin."},
    {.name = "draws",
     .type = FIELD_OTHER,
     .read = read_draws,
     .schema = "{\"type\": \"array\", \"items\": {\"type\": \"integer\", "
               "\"minimum\": 0, \"maximum\": 1000000000000000}}",
     .about = "The numbers to draw, instead of random ones."},
    {.name = "latency",
     .type = FIELD_TICK,
     .offset = AT(latency),
     .low = 1,
     .high = TICK_MAX,
     .about = "Ticks in which everybody runs once."},
    {.name = "min_granularity",
     .type = FIELD_TICK,
     .offset = AT(min_granularity),
     .low = 1,
     .high = TICK_MAX,
     .about = "The shortest slice, in ticks."},
    {.name = "slice",
     .type = FIELD_TICK,
     .offset = AT(slice),
     .low = 1,
     .high = TICK_MAX,
     .about = "The slice in ticks."},
};
#undef AT

const struct object_about about_scheduler = {
    W_OBJECT_SCHEDULER, scheduler_fields,
    sizeof scheduler_fields / sizeof *scheduler_fields};

static void complain_no_such_key(struct loader *l, const cJSON *node,
                                 const struct policy_about *p)
{
    struct str has = {0};
    const char *comma = word(W_DIAG_COMMA, json_lang(&l->json));
    for (const char *k = p->keys; *k;) {
        size_t n = strcspn(k, " ");
        str_addf(&has, "%s`%.*s`", k == p->keys ? "" : comma, (int)n, k);
        k += n;
        k += strspn(k, " ");
    }
    if (has.length)
        json_complain_key(&l->json, node, SAID(POLICY_NO_KEY_BUT), p->name,
                          str_text(&has));
    else
        json_complain_key(&l->json, node, SAID(POLICY_NO_KEY), p->name);
    str_free(&has);
}

/* A quantum from the command line is one for every policy that has slices: of
 * mlfq it is that of the top of three levels, of eevdf the slice. Not where the
 * command line says that itself. */
static bool quantum_stands(const cJSON *node, const struct policy_about *p)
{
    const cJSON *quantum = json_member(node, "quantum");
    bool mlfq = p == &policies[POLICY_mlfq], eevdf = p == &policies[POLICY_eevdf];
    const cJSON *own = json_member(node, mlfq ? "levels" : "slice");
    return (mlfq || eevdf) && quantum && quantum->valueint < 0 &&
           (!own || own->valueint >= 0);
}

/* A policy from the command line leaves what the file says for its own one
 * alone, and a seed from there is welcome to every policy. */
static void check_keys(struct loader *l, const cJSON *node,
                       const struct policy_about *p)
{
    bool other = json_member(node, "policy")->valueint < 0;
    for (const cJSON *c = node->child; c; c = c->next) {
        bool from_file = c->valueint >= 0;
        bool known = false;
        for (int i = 0; i < about_scheduler.count; i++)
            known |= strcmp(c->string, scheduler_fields[i].name) == 0;
        if (!known || (other && from_file) ||
            (!from_file && strcmp(c->string, "seed") == 0) ||
            word_place(policy_keys, c->string, strlen(c->string)) >= 0)
            continue;
        bool quantum = strcmp(c->string, "quantum") == 0;
        if (!(quantum && quantum_stands(node, p)) &&
            word_place(p->keys, c->string, strlen(c->string)) < 0)
            complain_no_such_key(l, c, p);
        else if (cJSON_IsString(c) && quantum &&
                 !policy_may_lack_quantum((enum policy_name)(p - policies)))
            complain_must_be(l, c, W_BE_WHOLE);
    }
}

/* The `quantum` of the file is not the one of a policy from elsewhere that has
 * none, nor can one that must have a quantum take over "none". */
static void settle_quantum(struct loader *l, const cJSON *node,
                           const struct policy_about *p)
{
    struct scheduler *s = &l->sc->scheduler;
    bool may_lack = policy_may_lack_quantum((enum policy_name)(p - policies));
    bool stands = json_member(node, "quantum") && (s->quantum || may_lack);
    if (word_place(p->keys, "quantum", 7) < 0 || !stands)
        s->quantum = p->quantum;
}

/* A file says its levels. Who asks for mlfq on the command line or in the
 * window gets three, each with twice the quantum of the one above; the top one
 * has the quantum of the file, or that of rr. */
static void settle_levels(struct loader *l, const cJSON *node, bool asked)
{
    struct scheduler *s = &l->sc->scheduler;
    if (!asked) {
        json_complain(&l->json, node, SAID(OP_MUST_HAVE), "mlfq", "levels");
        return;
    }
    tick quantum = s->quantum ? s->quantum : policies[POLICY_rr].quantum;
    for (s->levels = 0; s->levels < 3; s->levels++) {
        s->level[s->levels] = (struct mlfq_level){quantum, 0};
        quantum = quantum > TICK_MAX / 2 ? TICK_MAX : 2 * quantum;
    }
}

void read_scheduler(struct loader *l, const cJSON *node, void *into)
{
    struct scheduler *s = &l->sc->scheduler;
    (void)into;
    if (!read_object(l, node, &about_scheduler, s))
        return;
    const cJSON *policy = json_member(node, "policy");
    const struct policy_about *p =
        cJSON_IsString(policy) ? policy_named(policy->valuestring) : NULL;
    if (!p)
        return;
    check_keys(l, node, p);
    bool stands = quantum_stands(node, p);
    if (s->name == POLICY_mlfq && (stands || !json_member(node, "levels")))
        settle_levels(l, node, stands || policy->valueint < 0);
    if (s->name == POLICY_eevdf && stands)
        s->slice = s->quantum;
    settle_quantum(l, node, p);
}
