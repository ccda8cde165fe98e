/* probe.c: rules that no op can meet, tried on the kernel directly. */
#define _GNU_SOURCE
#include "tests/differ/differ.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <time.h>

/* E13: the real clock is nobody's to step through, so a bound on a semop is no
 * word of the language. */
static const char *semtimedop_ends(void)
{
    int set = semget(IPC_PRIVATE, 1, 0600);
    struct sembuf take = {.sem_num = 0, .sem_op = -1};
    struct timespec soon = {.tv_nsec = 1000000};
    int ret = semtimedop(set, &take, 1, &soon), error = errno;
    semctl(set, 0, IPC_RMID);
    return ret < 0 && error == EAGAIN
               ? NULL
               : "semtimedop has not ended with EAGAIN (E13)";
}

static const struct {
    enum rule rule;
    const char *(*try)(void);
} probes[] = {
    {RULE_E13, semtimedop_ends},
};

const char *probe_all(int64_t obeyed[RULE_COUNT])
{
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
        const char *wrong = probes[i].try();
        if (wrong)
            return wrong;
        obeyed[probes[i].rule]++;
    }
    return NULL;
}
