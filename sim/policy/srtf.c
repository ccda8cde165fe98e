/* srtf.c: shortest remaining time first.
 *
 * Shortest job first, but a newcomer that needs less than what the running one
 * still needs takes the CPU at once. No policy has a shorter average turnaround
 * for bursts that do not block; long jobs starve all the more.
 *
 * Try: let a short job arrive just before and just after a long one begins. */
#include "sim/policy/burst.h"

static bool needs_less(const struct sched *s, int a, int b)
{
    return world_burst_known(s->w, a, *s->now) < world_burst_known(s->w, b, *s->now);
}

static bool needs_more(const struct sched *s, int a, int b)
{
    return needs_less(s, b, a);
}

extern const struct policy policy_srtf;

const struct policy policy_srtf = {
    .name = "srtf",
    .title = {{"Shortest remaining time first", "最短剩余时间优先"}},
    .about = {{"Whoever needs least runs, even if another must stop for it.",
               "剩余时间最短者运行，必要时抢占正在运行的进程。"}},
    .index = &ready_by_key,
    .key = burst_key,
    .preempts = needs_less,
    .worse = needs_more,
    .leaves = burst_leaves,
    .tells = true,
};
