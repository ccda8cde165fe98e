/* edf.c: earliest deadline first.
 *
 * Work that must be done by a certain time: a periodic process has a job in
 * each of its periods, and each job a deadline. Whoever's deadline comes first
 * runs. On one CPU, if there is any order in which nobody is late, this one is
 * such (Liu, Layland: Scheduling algorithms for multiprogramming in a
 * hard-real-time environment, JACM 20(1), 1973). When there is too much work
 * anybody may be late, and one late job delays the next.
 *
 * Try: periods 50 and 80, bursts 25 and 35: rm misses a deadline, edf does not.
 */
#include "sim/policy/policy.h"

static int64_t deadline(const struct sched *s, int proc)
{
    return world_deadline(s->w, proc);
}

static bool is_earlier(const struct sched *s, int a, int b)
{
    return world_deadline(s->w, a) < world_deadline(s->w, b);
}

static bool is_later(const struct sched *s, int a, int b)
{
    return is_earlier(s, b, a);
}

extern const struct policy policy_edf;

const struct policy policy_edf = {
    .name = "edf",
    .title = {{"Earliest deadline first", "最早截止时间优先"}},
    .about = {{"Whoever must be done first runs.",
               "截止时间最早者运行。"}},
    .index = &ready_by_key,
    .key = deadline,
    .preempts = is_earlier,
    .worse = is_later,
    .tells = true,
};
