#define _GNU_SOURCE
#include "cli/cores.h"

#include <sched.h>
#include <unistd.h>

int cores_count(void)
{
    cpu_set_t mine;
    long all = sysconf(_SC_NPROCESSORS_ONLN);
    if (sched_getaffinity(0, sizeof mine, &mine) == 0)
        return CPU_COUNT(&mine) > 0 ? CPU_COUNT(&mine) : 1;
    return all > 1 ? (int)all : 1;
}
