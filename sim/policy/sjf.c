/* sjf.c: shortest job first.
 *
 * Of all that are ready, whoever needs the CPU least gets it, and keeps it to
 * the end of its burst. If all come at once no other order has a shorter average
 * waiting time. The price: a long job may starve while short ones keep coming.
 *
 * Try: add short jobs one after the other and watch the long one. */
#include "sim/policy/burst.h"

extern const struct policy policy_sjf;

const struct policy policy_sjf = {
    .name = "sjf",
    .title = {{"Shortest job first", "短作业优先"}},
    .about = {{"Whoever has the shortest next CPU burst runs it to its end.",
               "下一个 CPU 区间最短者运行，直到该区间结束。"}},
    .index = &ready_by_key,
    .key = burst_key,
    .leaves = burst_leaves,
    .tells = true,
};
