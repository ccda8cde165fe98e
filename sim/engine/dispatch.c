/* dispatch.c: slices end, and CPUs take the next process.
 *
 * Steps (5) and (6) of the order of an instant. A slice that ends while nobody
 * else is ready just starts anew. Idle CPUs are served lowest first; then
 * whoever is strictly better than somebody who runs takes that CPU. A switch
 * from one process to another, and a process's move from one CPU to another,
 * may cost time, during which the CPU belongs to nobody and the chosen one is
 * still ready. */
#include "sim/engine/engine.h"

/* ---- slices ---- */

/* Whether `proc` has to make way for one of the `others` that are ready. */
static bool makes_way(struct sim *s, int proc, int cpu, int others)
{
    const struct policy *p = s->sched.policy;
    if (others == 0)
        return false;
    if (s->sched.affine &&
        sched_best(&s->sched, world_cpu_group(&s->world, cpu), cpu) == NONE)
        return false;
    return !p->goes_on || !p->goes_on(&s->sched, proc, cpu);
}

static void renew_slice(struct sim *s, int proc, int cpu)
{
    if (s->sched.policy->renews)
        s->sched.policy->renews(&s->sched, proc);
    emit(s, (struct event){.kind = EV_SLICE,
                           .proc = proc,
                           .cpu = (uint16_t)cpu,
                           .val = slice_for(s, proc, cpu)});
}

/* A change of state whose event is known as a whole. */
static inline void change(struct sim *s, struct event e)
{
    if (s->sched.watches)
        policy_before(s, e.proc, (enum transition)e.sub);
    emit(s, e);
    if (s->sched.watches)
        policy_after(s, e.proc);
}

void end_slices(struct sim *s)
{
    if (s->due.slice != s->now)
        return;
    policy_settles(s);
    for (int c = 0; c < s->world.head->cpus; c++) {
        const struct cpu *cpu = &s->world.cpu[c];
        if (cpu->slice_end != s->now) /* of an idle one: TICK_NEVER */
            continue;
        int others = s->world.group[world_cpu_group(&s->world, c)].ready;
        if (makes_way(s, cpu->proc, c, others))
            change(s, (struct event){.kind = EV_STATE,
                                     .sub = T_SLICE_OVER,
                                     .cpu = (uint16_t)c,
                                     .proc = cpu->proc,
                                     .obj = WHY_SLICE_OVER,
                                     .aux = others,
                                     .val = cpu->slice_length});
        else
            renew_slice(s, cpu->proc, c);
    }
}

/* ---- dispatch ---- */

/* `proc` gets CPU c, for the reason `why`. Returns whether it went on in its
 * program. */
static inline bool start(struct sim *s, int c, int proc, struct event why)
{
    change(s, (struct event){.kind = EV_STATE,
                             .sub = T_DISPATCH,
                             .cpu = (uint16_t)c,
                             .proc = proc,
                             .obj = why.obj,
                             .aux = why.aux,
                             .val = why.val});
    if (s->world.task[proc].phase != PHASE_FETCH)
        return false; /* in mid-work */
    go_on(s, proc);
    return true;
}

/* The same, of whoever has been chosen for it. */
static bool run_on(struct sim *s, int c, int proc)
{
    const struct policy *p = s->sched.policy;
    int group = world_cpu_group(&s->world, c);
    enum why why = p->tells ? WHY_POLICY : WHY_HEAD_OF_QUEUE;
    int about = p->tells ? sched_second(&s->sched, group, proc)
                         : s->world.group[group].ready;
    if (!p->tells && s->world.task[proc].flags & TASK_QUEUED)
        about--; /* itself; after a switch it waits in no queue */
    return start(s, c, proc, reason(why, about, slice_for(s, proc, c)));
}

/* What it costs CPU c to turn to `proc`. */
static tick cost_of(const struct sim *s, int c, int proc)
{
    const struct machine *m = &s->scenario->machine;
    if (!m->context_switch && !m->migration)
        return 0;
    const struct cpu *cpu = &s->world.cpu[c];
    int ran_on = s->world.task[proc].cpu;
    tick cost = cpu->last != NONE && cpu->last != proc ? m->context_switch : 0;
    return ran_on != NONE && ran_on != c ? cost + m->migration : cost;
}

static void begin_switch(struct sim *s, int c, int proc, tick cost)
{
    const struct policy *p = s->sched.policy;
    int group = world_cpu_group(&s->world, c);
    int next = p->tells ? sched_second(&s->sched, group, proc) : NONE;
    if (p->index)
        p->index->remove(&s->sched, proc);
    emit(s, (struct event){.kind = EV_SWITCH,
                           .proc = proc,
                           .cpu = (uint16_t)c,
                           .aux = next,
                           .val = s->now + cost});
}

/* `proc`, chosen, gets CPU c now or after the switch. */
static bool turn_to(struct sim *s, int c, int proc)
{
    tick cost = cost_of(s, c, proc);
    if (!cost)
        return run_on(s, c, proc);
    begin_switch(s, c, proc, cost);
    return false;
}

static inline void say_chosen(struct sim *s, int c, int proc)
{
    if (s->sched.policy->chosen)
        s->sched.policy->chosen(&s->sched, proc, c);
}

static bool give(struct sim *s, int c, int proc)
{
    say_chosen(s, c, proc);
    return turn_to(s, c, proc);
}

/* A ready process goes over to the line of CPU c. */
static void migrate(struct sim *s, int c, int proc)
{
    const struct policy *p = s->sched.policy;
    int from = s->world.task[proc].queue;
    if (p->moves)
        p->moves(&s->sched, proc, c);
    if (p->index)
        p->index->remove(&s->sched, proc);
    emit(s, (struct event){.kind = EV_MIGRATE,
                           .proc = proc,
                           .cpu = (uint16_t)c,
                           .obj = from,
                           .aux = c * READY_LINES + from % READY_LINES});
    if (p->index)
        p->index->add(&s->sched, proc);
}

/* Whom an idle CPU may take from the longest queue of another; NONE. */
static int booty(struct sim *s, int c)
{
    int most = 0, best = NONE;
    for (int from = 0; from < s->world.head->groups; from++) {
        int count = s->world.group[from].ready;
        int proc = from != c && count > most ? sched_best(&s->sched, from, c)
                                             : NONE;
        if (proc == NONE)
            continue;
        most = count;
        best = proc;
    }
    return best;
}

/* The choice is made in the other queue, and said there, before the move. */
static bool steal(struct sim *s, int c)
{
    int proc = s->sched.keys->steal ? booty(s, c) : NONE;
    if (proc == NONE)
        return false;
    say_chosen(s, c, proc);
    migrate(s, c, proc);
    return turn_to(s, c, proc);
}

/* Gives CPU c, idle, its next process if there is one. Returns whether that
 * process went on in its program, and so anything may have changed. */
static bool take_next(struct sim *s, int c)
{
    int head = s->world.ready[0].head, ready = s->world.group[0].ready;
    if (s->sched.plain && head != NONE)
        return start(s, c, head,
                     reason(WHY_HEAD_OF_QUEUE, ready - 1, s->sched.slice));
    int proc = sched_best(&s->sched, world_cpu_group(&s->world, c), c);
    if (proc == NONE)
        return s->world.head->groups > 1 && steal(s, c);
    return give(s, c, proc);
}

static void end_switches(struct sim *s)
{
    if (s->due.switching != s->now)
        return;
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

/* Idle CPUs take processes, lowest first, up to one that goes on in its program
 * (a lower CPU may be idle after that). Returns whether there was one. */
static bool fill(struct sim *s)
{
    const struct world_head *h = s->world.head;
    if (has_stopped(s))
        return false;
    for (int c = 0; c < h->cpus && h->in_state[READY]; c++) {
        const struct cpu *cpu = &s->world.cpu[c];
        if (cpu->proc == NONE && cpu->next == NONE && take_next(s, c))
            return true;
    }
    return false;
}

/* ---- preemption ---- */

/* Whether `proc`, ready, takes CPU c from who runs there. */
static bool takes(struct sim *s, int proc, int c)
{
    const struct policy *p = s->sched.policy;
    int running = s->world.cpu[c].proc;
    if (running == NONE || proc == NONE)
        return false;
    if (p->only_newcomers && s->world.task[proc].since != s->now)
        return false;
    return p->preempts(&s->sched, proc, running);
}

/* The CPU of the worst that somebody takes the CPU from; NONE. */
static int worst_cpu(struct sim *s)
{
    int worst = NONE;
    for (int c = 0; c < s->world.head->cpus; c++) {
        int proc = sched_best(&s->sched, world_cpu_group(&s->world, c), c);
        if (takes(s, proc, c) &&
            (worst == NONE ||
             s->sched.policy->worse(&s->sched, s->world.cpu[c].proc,
                                    s->world.cpu[worst].proc)))
            worst = c;
    }
    return worst;
}

static bool preempt_one(struct sim *s)
{
    if (!s->sched.policy->preempts || s->world.head->in_state[READY] == 0 ||
        has_stopped(s))
        return false;
    int c = worst_cpu(s);
    if (c == NONE)
        return false;
    int proc = sched_best(&s->sched, world_cpu_group(&s->world, c), c);
    change_state(s, s->world.cpu[c].proc, T_PREEMPT,
                 reason(WHY_PREEMPTED, proc, 0));
    give(s, c, proc);
    return true;
}

void dispatch(struct sim *s)
{
    end_switches(s);
    do {
        /* Whoever blocked or ended without using time has freed its CPU, and
         * perhaps memory for somebody new. */
        go_on_interrupted(s);
        if (!has_stopped(s))
            admit_waiting(s);
        policy_settles(s);
    } while (fill(s) || preempt_one(s));
}
