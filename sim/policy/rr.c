/* rr.c: round robin.
 *
 * Everyone gets a little and nobody gets enough: each process in turn may run
 * for one quantum; when that is over and others wait, it goes to the tail of
 * the queue. A small quantum answers quickly and switches often; a very large
 * one is first come, first served.
 *
 * Try: change the quantum and watch response time against switches. */
#include "sim/policy/policy.h"

extern const struct policy policy_rr;

const struct policy policy_rr = {
    .name = "rr",
    .title = {{"Round robin", "时间片轮转"}},
    .about = {{"Each in turn for one quantum, then back to the tail.",
               "轮流运行一个时间片，然后回到队尾。"}},
    .slice = sched_quantum,
};
