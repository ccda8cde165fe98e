/* dispatch.c: slices end, and CPUs take the next process.
 *
 * Steps (5) and (6) of the order of an instant. A slice that ends while nobody
 * else is ready just starts anew; idle CPUs are served lowest first; a switch
 * from one process to another may cost time (machine.context_switch), during
 * which the CPU belongs to nobody and the chosen one is still ready. */
#include "sim/engine/engine.h"

static int queue_of(const struct sim *s, int cpu)
{
    return s->scenario->scheduler.per_cpu ? cpu : 0;
}

void end_slices(struct sim *s)
{
    for (int c = 0; c < s->world.head->cpus; c++) {
        const struct cpu *cpu = &s->world.cpu[c];
        if (cpu->proc == NONE || cpu->slice_end != s->now)
            continue;
        int others = s->world.ready[queue_of(s, c)].count;
        if (others)
            change_state(s, cpu->proc, T_SLICE_OVER,
                         reason(WHY_SLICE_OVER, others, cpu->slice_length));
        else
            emit(s,
                 (struct event){.kind = EV_SLICE,
                                .proc = cpu->proc,
                                .cpu = (uint16_t)c,
                                .val = s->policy->slice(&s->world, cpu->proc)});
    }
}

static void run_on(struct sim *s, int c, int proc)
{
    int others = s->world.ready[queue_of(s, c)].count;
    if (s->world.task[proc].flags & TASK_QUEUED)
        others--; /* itself; after a switch it waits in no queue */
    struct event e =
        reason(WHY_HEAD_OF_QUEUE, others, s->policy->slice(&s->world, proc));
    e.cpu = (uint16_t)c;
    change_state(s, proc, T_DISPATCH, e);
    if (s->world.task[proc].phase == PHASE_FETCH) /* else in mid-work */
        go_on(s, proc);
}

/* Gives CPU c, idle, its next process. Returns whether there was one. */
static bool take_next(struct sim *s, int c)
{
    const struct cpu *cpu = &s->world.cpu[c];
    int proc = s->policy->pick(&s->world, queue_of(s, c));
    if (proc == NONE)
        return false;
    tick cost = s->scenario->machine.context_switch;
    if (cost && cpu->last != NONE && cpu->last != proc)
        emit(s, (struct event){.kind = EV_SWITCH,
                               .proc = proc,
                               .cpu = (uint16_t)c,
                               .val = s->now + cost});
    else
        run_on(s, c, proc);
    return true;
}

static void end_switches(struct sim *s)
{
    for (int c = 0; c < s->world.head->cpus; c++) {
        const struct cpu *cpu = &s->world.cpu[c];
        if (cpu->next != NONE && cpu->switched == s->now && !has_stopped(s))
            run_on(s, c, cpu->next);
    }
}

/* Somebody running was interrupted by another's signal: on to its handler. */
static void go_on_interrupted(struct sim *s)
{
    if (!s->world.head->handlers)
        return;
    for (int c = 0; c < s->world.head->cpus && !has_stopped(s); c++)
        if (s->world.cpu[c].proc != NONE)
            go_on(s, s->world.cpu[c].proc);
}

static bool fill_one(struct sim *s)
{
    const struct world_head *h = s->world.head;
    if (h->in_state[READY] == 0 || has_stopped(s))
        return false;
    for (int c = 0; c < h->cpus; c++) {
        const struct cpu *cpu = &s->world.cpu[c];
        if (cpu->proc == NONE && cpu->next == NONE)
            return take_next(s, c);
    }
    return false;
}

void dispatch(struct sim *s)
{
    end_switches(s);
    do {
        /* Whoever blocked or ended without using time has freed its CPU, and
         * perhaps memory for somebody new. */
        go_on_interrupted(s);
        if (s->world.head->admission.head != NONE && !has_stopped(s))
            admit_waiting(s);
    } while (fill_one(s));
}
