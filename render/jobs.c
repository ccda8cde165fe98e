#include "render/jobs.h"

#include "sim/base/mem.h"
#include "sim/base/wide.h"

#include <stdlib.h>

void jobs_begin(struct jobs *j, const struct process_def *def, tick arrival)
{
    *j = (struct jobs){.def = def, .arrival = arrival, .ended = TICK_NEVER};
}

void jobs_free(struct jobs *j)
{
    free(j->all);
    *j = (struct jobs){0};
}

static struct job *known(struct jobs *j, int64_t job)
{
    size_t n = (size_t)job;
    j->all = mem_grow(j->all, n + 1, &j->room, sizeof *j->all);
    for (; j->count <= n; j->count++)
        j->all[j->count] = (struct job){
            .done = TICK_NEVER,
            .before = jobs_missed_before(j, (int64_t)j->count)};
    return &j->all[n];
}

void jobs_done(struct jobs *j, int64_t job, tick t)
{
    if (jobs_any(j))
        known(j, job)->done = t;
}

/* Deadlines pass in the order of their jobs, so nobody has counted beyond. */
void jobs_missed(struct jobs *j, tick deadline)
{
    known(j, jobs_due(j, deadline))->missed = true;
}

void jobs_end(struct jobs *j, tick t)
{
    j->ended = t;
}

bool jobs_any(const struct jobs *j)
{
    return j->def && j->def->deadline > 0;
}

bool jobs_has(const struct jobs *j, int64_t job)
{
    int64_t most = !j->def->period ? 1 : j->def->jobs;
    return job >= 0 && (!most || job < most) &&
           (job == 0 || jobs_release(j, job) < j->ended);
}

tick jobs_release(const struct jobs *j, int64_t job)
{
    return clamped_sum(j->arrival, clamped_product(j->def->period, job));
}

tick jobs_deadline(const struct jobs *j, int64_t job)
{
    return clamped_sum(jobs_release(j, job), j->def->deadline);
}

int64_t jobs_due(const struct jobs *j, tick t)
{
    tick after = t - j->arrival - j->def->deadline, period = j->def->period;
    if (after <= 0)
        return 0;
    return period ? after / period + (after % period > 0) : 1;
}

struct job jobs_at(const struct jobs *j, int64_t job)
{
    if (job < (int64_t)j->count)
        return j->all[job];
    return (struct job){.done = TICK_NEVER,
                        .before = jobs_missed_before(j, job)};
}

size_t jobs_missed_before(const struct jobs *j, int64_t job)
{
    if (j->count == 0)
        return 0;
    if (job < (int64_t)j->count)
        return j->all[job].before;
    const struct job *last = &j->all[j->count - 1];
    return last->before + last->missed;
}
