/* scenes.c: random scenarios for schedulers.
 *
 * Small numbers, so that they meet: several arrive at one instant, bursts are
 * as long as others or as slices, priorities are equal. Now and then all times
 * are huge. */
#include "sim/base/rng.h"
#include "tests/legal/legal.h"

#include <string.h>

struct stage {
    uint64_t dice;
    const char *policy;
    unsigned how;
    struct str *out;
    int procs, cpus;
    int64_t scale; /* of all times */
    int bursts;    /* how long they are: all equal, short, or not */
    int spread;    /* of arrivals */
    bool forever;  /* some process has jobs without end */
};

static int roll(struct stage *s, int n)
{
    return (int)rng_below(&s->dice, (uint64_t)n);
}

static bool one_in(struct stage *s, int n)
{
    return roll(s, n) == 0;
}

static bool is(const struct stage *s, const char *policies)
{
    return strstr(policies, s->policy) != NULL;
}

/* Whether a key is given, `n - 1` of n times; what is left out would be small,
 * so where times are huge it must be. */
static bool given(struct stage *s, int n)
{
    return !one_in(s, n) || s->scale > 1;
}

static bool may(const struct stage *s, unsigned how)
{
    return !(s->how & how);
}

static void add_time(struct stage *s, const char *key, int64_t ticks)
{
    str_addf(s->out, ", \"%s\": %lld", key, (long long)(ticks * s->scale));
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
        str_addf(s->out, ", \"op_cost\": %d", roll(s, 3));
    str_add(s->out, "},\n");
}

/* ---- processes ---- */

static int64_t burst(struct stage *s)
{
    static const int most[] = {1, 3, 4, 12};
    int n = s->bursts == 0 ? 4 : 1 + roll(s, most[s->bursts]);
    return n * s->scale;
}

static void add_bursts(struct stage *s)
{
    int n = one_in(s, 2) ? 1 : 1 + roll(s, 6);
    str_add(s->out, ", \"bursts\": [");
    for (int i = 0; i < n; i++)
        str_addf(s->out, "%s%lld", i ? ", " : "", (long long)burst(s));
    str_add(s->out, "]");
}

static void add_program(struct stage *s, bool must_work)
{
    int n = roll(s, 6);
    str_add(s->out, ", \"program\": [");
    if (must_work)
        str_addf(s->out, "{\"cpu\": %lld}%s", (long long)burst(s),
                 n ? ", " : "");
    for (int i = 0; i < n; i++) {
        int what = roll(s, 8);
        if (what < 4)
            str_addf(s->out, "{\"cpu\": %lld}", (long long)burst(s));
        else if (what < 6)
            str_addf(s->out, "{\"io\": %lld}", (long long)burst(s));
        else if (what == 6)
            str_addf(s->out, "{\"sleep\": %lld}",
                     (long long)(roll(s, 4) * s->scale));
        else
            str_add(s->out, "{\"yield\": true}");
        str_add(s->out, i + 1 < n ? ", " : "");
    }
    str_add(s->out, "]");
}

static void add_period(struct stage *s)
{
    int period = 2 + roll(s, 20);
    add_time(s, "period", period);
    if (one_in(s, 3))
        add_time(s, "deadline", 1 + roll(s, 2 * period));
    if (one_in(s, 6))
        s->forever = true;
    else
        str_addf(s->out, ", \"jobs\": %d", 1 + roll(s, 4));
}

static void add_affinity(struct stage *s)
{
    const char *comma = "";
    int least = roll(s, s->cpus);
    str_add(s->out, ", \"affinity\": [");
    for (int i = 0; i < s->cpus; i++)
        if (i == least || one_in(s, 3)) {
            str_addf(s->out, "%s%d", comma, i);
            comma = ", ";
        }
    str_add(s->out, "]");
}

static void add_process(struct stage *s, int i)
{
    static const int niceness[] = {-20, -5, -1, 0, 0, 1, 5, 19};
    static const int tickets[] = {1, 10, 50, 100, 100, 150, 333, 10000};
    str_addf(s->out, "{\"name\": \"%c\"", 'A' + i);
    if (s->spread)
        add_time(s, "arrival", roll(s, s->spread));
    if (is(s, "priority") && !one_in(s, 4))
        str_addf(s->out, ", \"priority\": %d",
                 one_in(s, 20) ? 1000000 - 2000000 * roll(s, 2)
                               : roll(s, 5) - 1);
    if (is(s, "cfs eevdf") && one_in(s, 2))
        str_addf(s->out, ", \"nice\": %d", niceness[roll(s, 8)]);
    if (is(s, "lottery stride") && !one_in(s, 3))
        str_addf(s->out, ", \"tickets\": %d", tickets[roll(s, 8)]);
    if (s->cpus > 1 && one_in(s, 5))
        add_affinity(s);
    bool periodic = !one_in(s, is(s, "edf rm") ? 4 : 12) == is(s, "edf rm");
    if (periodic)
        add_period(s);
    else if (is(s, "edf") && one_in(s, 2))
        add_time(s, "deadline", 1 + roll(s, 30));
    if (may(s, SCENE_PLAIN) && one_in(s, 2))
        add_program(s, periodic);
    else
        add_bursts(s);
    str_add(s->out, i + 1 < s->procs ? "},\n" : "}");
}

tick scene(const char *policy, uint64_t seed, unsigned how, struct str *json)
{
    static const int spreads[] = {0, 3, 8, 25};
    struct stage s = {
        .dice = seed, .policy = policy, .how = how, .out = json, .scale = 1};
    rng_next(&s.dice);
    s.procs = 1 + roll(&s, 7);
    s.cpus = may(&s, SCENE_PLAIN) && one_in(&s, 2) ? 2 + roll(&s, 3) : 1;
    s.bursts = roll(&s, 4);
    s.spread = spreads[roll(&s, 4)];
    if (one_in(&s, 10) && may(&s, SCENE_SMALL))
        s.scale = one_in(&s, 2) ? 1000003 : 10000000000000;
    str_add(json, "{\"timeslice\": 1, \"title\": \"scene\",\n");
    add_machine(&s);
    add_scheduler(&s);
    str_add(json, "\"processes\": [\n");
    for (int i = 0; i < s.procs; i++)
        add_process(&s, i);
    str_add(json, "]}\n");
    return s.forever ? 120 * s.scale : (tick)1 << 60;
}
