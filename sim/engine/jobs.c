/* jobs.c: periodic processes, and deadlines.
 *
 * A process with a period does its program once in each: that is a job. When
 * one is done the process sleeps until the next is released; if that is past
 * already it begins at once, and late. A deadline passes at the end of the work
 * of its instant: who is done exactly then has met it. */
#include "sim/engine/engine.h"

static bool watched(const struct sim *s, struct heap_entry e)
{
    const struct proc *p = &s->world.proc[e.id];
    return state_of(s, e.id) != TERMINATED && (int32_t)p->job == e.tag &&
           p->late != p->job + 1;
}

static void miss(struct sim *s, int proc, tick deadline)
{
    SAY(s, .kind = EV_MISS, .proc = proc, .val = deadline);
}

void job_begin(struct sim *s, int proc)
{
    tick deadline = world_deadline(&s->world, proc);
    if (deadline == TICK_NEVER)
        return;
    if (deadline <= s->now)
        miss(s, proc, deadline);
    else
        heap_push(&s->deadlines,
                  (struct heap_entry){.key = deadline,
                                      .order = proc,
                                      .id = proc,
                                      .tag = (int32_t)s->world.proc[proc].job});
}

tick job_end(struct sim *s, int proc)
{
    const struct proc *p = &s->world.proc[proc];
    const struct process_def *def = &s->scenario->processes[p->def];
    bool met = p->late != p->job + 1;
    bool more = def->period && (!def->jobs || p->job + 1 < def->jobs);
    tick next = more ? world_release(&s->world, proc, p->job + 1) : TICK_NEVER;
    SAY(s, .kind = EV_JOB, .sub = met, .proc = proc, .aux = next < s->now,
        .val = p->job);
    if (more)
        job_begin(s, proc);
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
        miss(s, e.id, e.key);
    }
}

void deadlines_find(struct sim *s)
{
    const struct world *w = &s->world;
    for (int p = 0; p < w->head->procs; p++) {
        struct heap_entry e = {.key = world_deadline(w, p),
                               .order = p,
                               .id = p,
                               .tag = (int32_t)w->proc[p].job};
        if (e.key != TICK_NEVER && watched(s, e))
            heap_push(&s->deadlines, e);
    }
}
