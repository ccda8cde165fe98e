/* scenes.c: random scenarios for schedulers.
 *
 * Small numbers, so that they meet: several arrive at one instant, bursts are
 * as long as others or as slices, priorities are equal. Now and then all times
 * are huge, or some number is as large as the loader takes it; and a third has
 * so many processes that heaps and trees get deep. */
#include "tests/legal/scenes.h"

#include "sim/base/rng.h"

#include <string.h>

void scene_part(struct stage *s, size_t k)
{
    size_t from = k * SCENE_PART;
    if (!s->bytes)
        return;
    s->left = from < s->length ? s->length - from : 0;
    s->left = s->left < SCENE_PART ? s->left : SCENE_PART;
    s->at = s->bytes + (s->left ? from : 0);
    s->dice = k ^ (s->left ? s->at[s->left - 1] : 0);
}

int roll(struct stage *s, int n)
{
    if (!s->left)
        return (int)rng_below(&s->dice, (uint64_t)n);
    s->left--;
    return *s->at++ % n; /* n is below 256 where it matters */
}

bool one_in(struct stage *s, int n)
{
    return roll(s, n) == 0;
}

bool is(const struct stage *s, const char *policies)
{
    return strstr(policies, s->policy) != NULL;
}

/* Whether a key is given, `n - 1` of n times; what is left out would be small,
 * so where times are huge it must be. */
static bool given(struct stage *s, int n)
{
    return !one_in(s, n) || s->scale > 1;
}

bool may(const struct stage *s, unsigned how)
{
    return !(s->how & how);
}

bool has_locks(const struct stage *s)
{
    return s->how & SCENE_LOCKS;
}

void add_time(struct stage *s, const char *key, int64_t ticks)
{
    int64_t most = s->extreme && one_in(s, 8) ? TICK_MAX : ticks * s->scale;
    str_addf(s->out, ", \"%s\": %lld", key, (long long)most);
}

static void add_bool(struct stage *s, const char *key)
{
    if (one_in(s, 2))
        str_addf(s->out, ", \"%s\": %s", key, one_in(s, 2) ? "true" : "false");
}

/* ---- schedulers ---- */

static void add_levels(struct stage *s)
{
    int n = 1 + roll(s, 4);
    str_add(s->out, ", \"levels\": [");
    for (int i = 0; i < n; i++) {
        int quantum = 1 + roll(s, 4 + 2 * i);
        str_addf(s->out, "%s{\"quantum\": %lld", i ? ", " : "",
                 (long long)(quantum * s->scale));
        if (one_in(s, 2))
            add_time(s, "allotment", 1 + roll(s, 3 * quantum));
        str_add(s->out, "}");
    }
    str_add(s->out, "]");
    if (one_in(s, 2))
        add_time(s, "boost", 1 + roll(s, 30));
    add_bool(s, "io_keeps_slice");
    add_bool(s, "io_to_front");
    add_bool(s, "demote_alone");
}

static void add_draws(struct stage *s)
{
    int n = roll(s, 12);
    str_add(s->out, ", \"draws\": [");
    for (int i = 0; i < n; i++)
        str_addf(s->out, "%s%lld", i ? ", " : "",
                 one_in(s, 8) ? 1000000000000000LL : (long long)roll(s, 1000));
    str_add(s->out, "]");
}

static void add_priority(struct stage *s)
{
    add_bool(s, "preemptive");
    if (has_locks(s))
        str_add(s->out, ", \"inherit\": true");
    else
        add_bool(s, "inherit");
    if (one_in(s, 2))
        add_time(s, "quantum", 1 + roll(s, 5));
    else if (one_in(s, 4))
        str_add(s->out, ", \"quantum\": \"none\"");
    if (one_in(s, 2)) {
        str_addf(s->out, ", \"aging\": {\"by\": %lld",
                 one_in(s, 10) ? 1000000000000000LL : 1LL + roll(s, 3));
        add_time(s, "every", 1 + roll(s, 6));
        str_add(s->out, "}");
    }
}

static void add_keys(struct stage *s)
{
    static const char *const alphas[] = {"0",   "0.25", "0.3",
                                         "0.5", "0.8",  "1"};
    if (is(s, "rr lottery stride xv6") && given(s, 8))
        add_time(s, "quantum", 1 + roll(s, one_in(s, 2) ? 3 : 9));
    else if (is(s, "xv6") && one_in(s, 2))
        str_add(s->out, ", \"quantum\": \"none\"");
    if (is(s, "sjf srtf") && one_in(s, 3)) {
        str_addf(s->out, ", \"estimate\": {\"alpha\": %s", alphas[roll(s, 6)]);
        add_time(s, "initial", 1 + roll(s, 12));
        str_add(s->out, "}");
    }
    if (is(s, "priority"))
        add_priority(s);
    if (is(s, "mlfq"))
        add_levels(s);
    if (is(s, "lottery") && one_in(s, 2))
        str_addf(s->out, ", \"seed\": %d", roll(s, 1000));
    if (is(s, "lottery") && one_in(s, 2))
        add_draws(s);
    if (is(s, "cfs") && given(s, 4))
        add_time(s, "latency", 1 + roll(s, 40));
    if (is(s, "cfs") && given(s, 4))
        add_time(s, "min_granularity", 1 + roll(s, 5));
    if (is(s, "eevdf") && given(s, 4))
        add_time(s, "slice", 1 + roll(s, 6));
}

static void add_scheduler(struct stage *s)
{
    str_addf(s->out, "\"scheduler\": {\"policy\": \"%s\"", s->policy);
    add_keys(s);
    if (one_in(s, 5))
        str_add(s->out, ", \"expired_first\": true");
    if (s->cpus > 1 && one_in(s, 3)) {
        str_add(s->out, ", \"queues\": \"per-cpu\"");
        add_bool(s, "steal");
    }
    str_add(s->out, "},\n");
}

static void add_machine(struct stage *s)
{
    str_addf(s->out, "\"machine\": {\"cpus\": %d", s->cpus);
    if (may(s, SCENE_PLAIN) && one_in(s, 3))
        add_time(s, "context_switch", 1 + roll(s, 3));
    if (may(s, SCENE_PLAIN) && s->cpus > 1 && one_in(s, 4))
        add_time(s, "migration", 1 + roll(s, 3));
    if (one_in(s, 3))
        str_addf(s->out, ", \"op_cost\": %lld",
                 s->extreme && one_in(s, 8) ? (long long)TICK_MAX
                                            : (long long)roll(s, 3));
    str_add(s->out, "},\n");
}

/* Two of three scenes are small; the others have up to 60 processes, where not
 * everybody is looked at tick by tick. */
static int how_many(struct stage *s)
{
    int most = may(s, SCENE_SMALL) ? 60 : 16;
    if (s->bytes && !one_in(s, 16))
        return 1 + roll(s, 7);
    if (!may(s, SCENE_SIMPLE))
        return 1 + roll(s, 7);
    return one_in(s, 3) ? 8 + roll(s, most - 7) : 1 + roll(s, 7);
}

/* What goes on beside computing and sleeping. */
static void set_mood(struct stage *s)
{
    if (has_locks(s)) {
        s->calls = true;
        s->locks = 1 + roll(s, 4);
        return;
    }
    if (!may(s, SCENE_SIMPLE) || !may(s, SCENE_PLAIN) || one_in(s, 3))
        return;
    s->calls = true;
    s->pipes = !s->bytes || one_in(s, 3);
    s->locks = one_in(s, 3) ? 0 : 1 + roll(s, 3);
    s->children = s->procs > 2 && one_in(s, 2) ? roll(s, s->procs / 2) : 0;
}

static void set_times(struct stage *s)
{
    static const int spreads[] = {0, 3, 8, 25};
    s->bursts = roll(s, 4);
    s->spread = spreads[roll(s, 4)];
    if (!may(s, SCENE_SMALL))
        return;
    if (one_in(s, 10))
        s->scale = one_in(s, 2) ? 1000003 : 10000000000000;
    s->extreme = one_in(s, s->bytes ? 4 : 12);
}

static tick make(struct stage *s)
{
    scene_part(s, PART_MOOD);
    s->scale = 1;
    s->procs = how_many(s);
    s->cpus = may(s, SCENE_PLAIN) && one_in(s, 2) ? 2 + roll(s, 3) : 1;
    if (s->cpus > 1 && s->procs > 20 && one_in(s, 2))
        s->cpus = 2 + roll(s, 7);
    set_times(s);
    set_mood(s);
    str_add(s->out, "{\"timeslice\": 1, \"title\": \"scene\",\n");
    scene_part(s, PART_MACHINE);
    add_machine(s);
    scene_part(s, PART_SCHEDULER);
    add_scheduler(s);
    add_processes(s);
    add_actions(s);
    str_add(s->out, "}\n");
    return s->forever ? 120 * s->scale : (tick)1 << 60;
}

tick scene(const char *policy, uint64_t seed, unsigned how, struct str *json)
{
    struct stage s = {.dice = seed, .policy = policy, .how = how, .out = json};
    rng_next(&s.dice);
    return make(&s);
}

tick scene_of(const char *policy, const uint8_t *bytes, size_t length,
              struct str *json)
{
    struct stage s = {
        .bytes = bytes, .length = length, .policy = policy, .out = json};
    return make(&s);
}
