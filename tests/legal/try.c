/* try.c: the engine's schedules before the court. */
#include "tests/legal/try.h"

#include <stdio.h>
#include <string.h>

const char *const trial_policies[] = {
#define POLICY(name, ...) #name,
#include "sim/scenario/policies.def"
#undef POLICY
};

const int trial_policy_count = sizeof trial_policies / sizeof *trial_policies;

bool trial_is(const char *policy, const char *policies)
{
    size_t length = strlen(policy);
    for (const char *p = policies; (p = strstr(p, policy)); p++)
        if ((p == policies || p[-1] == ' ') &&
            (p[length] == ' ' || p[length] == '\0'))
            return true;
    return false;
}

/* A burst of 10^15 ticks in slices of 3 is not to be waited for: as far as it
 * has come in so many events it must be legal. Of 1000 scenes under each policy
 * with slices that is 272 of 6000 (none of those without); with ten times as many
 * events it would still be 264, so they have no end that could be waited for. */
enum { EVENTS_MOST = 12000, EVENTS_OF_BYTES = 600 };

static bool load(struct trial *t)
{
    struct diag d = {.file = "scene"};
    t->scenario = scenario_read("scene", str_text(&t->json), t->json.length,
                                NULL, 0, &d);
    if (!t->scenario)
        diag_write(&d, &t->why);
    diag_free(&d);
    t->illegal = !t->scenario;
    return t->scenario;
}

bool trial_load(struct trial *t, const char *policy, uint64_t seed,
                unsigned how)
{
    t->until = scene(policy, seed, how, &t->json);
    return load(t);
}

void trial_schedule(struct trial *t,
                    void (*look)(struct trial *t, const struct world *w))
{
    struct sim *s = sim_new(t->scenario);
    size_t most = t->few ? EVENTS_OF_BYTES : EVENTS_MOST;
    t->cut = sim_advance(s, t->until, most) && sim_trace(s)->count >= most;
    if (t->cut)
        t->until = sim_world(s)->head->now;
    facts_take(&t->facts, sim_trace(s));
    if (look && !t->illegal)
        look(t, sim_world(s));
    sim_free(s);
}

void trial_judge(struct trial *t)
{
    struct str other = {0};
    t->illegal = !legal(t->scenario, &t->facts, t->until, DOCUMENTED_TIES,
                        &t->why);
    if (t->illegal &&
        legal(t->scenario, &t->facts, t->until, ANY_TIE, &other))
        str_add(&t->why, " (only a tie)");
    str_free(&other);
}

/* How long each was where, by the facts alone, against the engine's sums. */
static void look_at_times(struct trial *t, const struct world *w)
{
    for (int p = 0; p < w->head->procs && !t->illegal; p++) {
        tick spent[STATE_COUNT] = {0}, since = w->proc[p].arrival;
        enum state s = NEW;
        for (size_t i = 0; i < t->facts.count; i++) {
            const struct event *e = &t->facts.fact[i];
            if (e->proc != p || e->kind != EV_STATE)
                continue;
            spent[s] += e->t - since;
            since = e->t;
            s = state_after(s, (enum transition)e->sub);
        }
        spent[s] += w->head->now - since;
        for (int k = 0; k < STATE_COUNT && !t->illegal; k++)
            if (spent[k] != world_spent(w, p, (enum state)k)) {
                t->illegal = true;
                str_addf(&t->why, "process %d: %lld ticks %s, not %lld", p,
                         (long long)spent[k], state_name((enum state)k),
                         (long long)world_spent(w, p, (enum state)k));
            }
    }
}

static void run(struct trial *t)
{
    trial_schedule(t, look_at_times);
    if (!t->illegal)
        trial_judge(t);
}

void trial_run(struct trial *t, const char *policy, uint64_t seed)
{
    if (trial_load(t, policy, seed, 0))
        run(t);
}

void trial_run_text(struct trial *t, const char *json)
{
    t->until = (tick)1 << 60;
    str_add(&t->json, json);
    if (load(t))
        run(t);
}

void trial_run_bytes(struct trial *t, const uint8_t *bytes, size_t length)
{
    int policy = length ? bytes[0] % trial_policy_count : 0;
    size_t used = length > 0;
    t->few = true;
    t->until = scene_of(trial_policies[policy], bytes + used, length - used,
                        &t->json);
    if (load(t))
        run(t);
}

void trial_print(const struct trial *t)
{
    const char *name[LEGAL_PROCS_MAX];
    for (size_t i = 0; i < t->facts.count; i++) {
        const struct event *e = &t->facts.fact[i];
        if (e->kind == EV_CREATE && e->proc < LEGAL_PROCS_MAX)
            name[e->proc] = t->scenario->processes[e->aux].name;
        printf("%6lld %s cpu %2d ", (long long)e->t, name[e->proc],
               e->cpu == NO_CPU ? -1 : e->cpu);
        printf("%s %lld\n",
               e->kind == EV_STATE ? transition_name((enum transition)e->sub)
                                   : event_kind_name((enum event_kind)e->kind),
               (long long)e->val);
    }
}

void trial_free(struct trial *t)
{
    str_free(&t->json);
    str_free(&t->why);
    facts_free(&t->facts);
    if (t->scenario)
        scenario_free(t->scenario);
    *t = (struct trial){0};
}
