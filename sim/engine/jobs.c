/* jobs.c: periodic processes, and deadlines.
 *
 * A process with a period does its program once in each: that is a job. When
 * one is done the process sleeps until the next is released; if that is past
 * already it begins at once, and late. A deadline passes at the end of the work
 * of its instant: who is done exactly then has met it. Deadlines do not wait for
 * their jobs to begin: in overload those behind the present job miss theirs as
 * they stand in line. */
#include "sim/engine/engine.h"

/* The first job of `proc` that is not done and has not missed its deadline yet;
 * all before it are one or the other. */
static int64_t next_due(const struct proc *p)
{
    return p->late > p->job ? p->late : p->job;
}

static bool watched(const struct sim *s, struct heap_entry e)
{
    const struct proc *p = &s->world.proc[e.id];
    return state_of(s, e.id) != TERMINATED && (int32_t)next_due(p) == e.tag;
}

/* The deadline of that job is watched, if it has one. */
static void watch(struct sim *s, int proc)
{
    const struct proc *p = &s->world.proc[proc];
    const struct process_def *def = &s->scenario->processes[p->def];
    int64_t job = next_due(p), jobs = def->period ? def->jobs : 1;
    tick deadline = world_job_deadline(&s->world, proc, job);
    if (deadline == TICK_NEVER || (jobs && job >= jobs))
        return;
    heap_push(&s->deadlines, (struct heap_entry){.key = deadline,
                                                 .order = proc,
                                                 .id = proc,
                                                 .tag = (int32_t)job});
}

void deadlines_begin(struct sim *s, int proc)
{
    watch(s, proc);
}

tick job_end(struct sim *s, int proc)
{
    const struct proc *p = &s->world.proc[proc];
    const struct process_def *def = &s->scenario->processes[p->def];
    bool met = p->late <= p->job;
    bool more = def->period && (!def->jobs || p->job + 1 < def->jobs);
    tick next = more ? world_release(&s->world, proc, p->job + 1) : TICK_NEVER;
    SAY(s, .kind = EV_JOB, .sub = met, .proc = proc, .aux = next < s->now,
        .val = p->job);
    if (more && met) /* else a later job is watched already */
        watch(s, proc);
    return next;
}

tick deadline_next(struct sim *s)
{
    while (s->deadlines.count) {
        struct heap_entry e = heap_least(&s->deadlines);
        if (watched(s, e))
            return e.key;
        heap_pop(&s->deadlines);
    }
    return TICK_NEVER;
}

void deadlines_pass(struct sim *s)
{
    while (deadline_next(s) == s->now) {
        struct heap_entry e = heap_pop(&s->deadlines);
        int64_t before = e.tag - s->world.proc[e.id].job;
        SAY(s, .kind = EV_MISS, .proc = e.id, .aux = (int32_t)before,
            .val = e.key);
        watch(s, e.id);
    }
}

void deadlines_find(struct sim *s)
{
    for (int p = 0; p < s->world.head->procs; p++)
        if (state_of(s, p) != TERMINATED)
            watch(s, p);
}
