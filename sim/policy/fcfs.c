/* fcfs.c: first come, first served.
 *
 * The oldest policy: a queue at a counter. Whoever gets the CPU keeps it until
 * it blocks or ends, however long the others wait. Short jobs behind a long
 * one suffer (the convoy effect); nobody is ever passed over.
 *
 * Try: put the longest burst first and look at the average waiting time. */
#include "sim/policy/policy.h"

extern const struct policy policy_fcfs;

const struct policy policy_fcfs = {
    .name = "fcfs",
    .title = {{"First come, first served", "先来先服务"}},
    .about = {{"Whoever came first runs until it blocks or ends.",
               "先到者先运行，直到它阻塞或结束。"}},
};
