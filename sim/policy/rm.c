/* rm.c: rate monotonic.
 *
 * Periodic processes with fixed priorities: the shorter the period, the more
 * urgent. No other choice of fixed priorities keeps deadlines where this one
 * does not (Liu, Layland, 1973); n processes surely keep them while they need
 * no more than n * (2^(1/n) - 1) of the CPU, that is 69 % for many. Above that
 * it may fail where earliest deadline first does not.
 *
 * Try: the same file under edf. */
#include "sim/policy/policy.h"

/* Who has no period is the least urgent. */
static int64_t period(const struct sched *s, int proc)
{
    tick t = s->w->scenario->processes[s->w->proc[proc].def].period;
    return t ? t : TICK_NEVER;
}

static bool is_shorter(const struct sched *s, int a, int b)
{
    return period(s, a) < period(s, b);
}

static bool is_longer(const struct sched *s, int a, int b)
{
    return is_shorter(s, b, a);
}

extern const struct policy policy_rm;

const struct policy policy_rm = {
    .name = "rm",
    .title = {{"Rate monotonic", "速率单调"}},
    .about = {{"Whoever has the shortest period runs.",
               "周期最短者运行。"}},
    .index = &ready_by_key,
    .key = period,
    .preempts = is_shorter,
    .worse = is_longer,
    .tells = true,
};
