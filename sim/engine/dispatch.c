/* dispatch.c: slices end, and CPUs take the next process.
 *
 * Steps (5) and (6) of the order of an instant. A slice that ends while nobody
 * else is ready just starts anew. Idle CPUs are served lowest first; then
 * whoever is strictly better than somebody who runs takes that CPU. A switch
 * from one process to another, and a process's move from one CPU to another,
 * may cost time, during which the CPU belongs to nobody and the chosen one is
 * still ready. */
#include "sim/engine/engine.h"

static int group_of_cpu(const struct sim *s, int cpu)
{
    return world_cpu_group(&s->world, cpu);
}

/* ---- the policy hears of changes ---- */

static void say_event(void *to, struct event e)
{
    emit(to, e);
}

void begin_policy(struct sim *s)
{
    s->sched.w = &s->world;
    s->sched.now = &s->now;
    s->sched.to = s;
    s->sched.say = say_event;
    if (s->sched.policy)
        sched_renew(&s->sched);
    else
        sched_init(&s->sched);
}

void reweigh(struct sim *s, int proc)
{
    const struct task *t = &s->world.task[proc];
    if (!s->sched.policy->reweighs || t->state != RUNNING)
        return;
    s->sched.policy->reweighs(&s->sched, proc);
    /* What it ran is counted: its slice goes on as one that begins here. */
    const struct cpu *c = &s->world.cpu[t->cpu];
    emit(s, (struct event){.kind = EV_SLICE,
                           .sub = SLICE_REST,
                           .proc = proc,
                           .cpu = (uint16_t)t->cpu,
                           .val = c->slice_end - s->now});
}

/* How many compete in a CPU's group: ready and running. */
static int load_of(const struct sim *s, int cpu)
{
    const struct cpu *c = &s->world.cpu[cpu];
    return s->world.group[group_of_cpu(s, cpu)].ready +
           (c->proc != NONE || c->next != NONE);
}

/* A new process goes to the CPU where the fewest compete, of those that it may
 * run on. */
static void place(struct sim *s, int proc)
{
    int best = NONE;
    for (int c = 0; c < s->world.head->cpus; c++)
        if (sched_allows(&s->sched, proc, c) &&
            (best == NONE || load_of(s, c) < load_of(s, best)))
            best = c;
    int queue = best * READY_LINES;
    if (queue != s->world.task[proc].queue)
        SAY(s, .kind = EV_LINE, .proc = proc, .val = queue);
}

void policy_before(struct sim *s, int proc, enum transition how)
{
    const struct policy *p = s->sched.policy;
    const struct task *t = &s->world.task[proc];
    enum state from = (enum state)t->state, to = state_after(from, how);
    bool queued = from == READY && t->flags & TASK_QUEUED;
    if (how == T_ADMIT && s->world.head->groups > 1)
        place(s, proc);
    if (from == RUNNING && p->leaves)
        p->leaves(&s->sched, proc, how);
    if (to == READY && p->joins)
        p->joins(&s->sched, proc, how);
    if (queued && p->index)
        p->index->remove(&s->sched, proc);
}

void policy_after(struct sim *s, int proc)
{
    const struct policy *p = s->sched.policy;
    if (state_of(s, proc) == READY && p->index)
        p->index->add(&s->sched, proc);
}

/* ---- slices ---- */

static tick slice_for(const struct sim *s, int proc, int cpu)
{
    const struct policy *p = s->sched.policy;
    return p->slice ? p->slice(&s->sched, proc, cpu) : 0;
}

/* Whether `proc` has to make way for one of the `others` that are ready. */
static bool makes_way(struct sim *s, int proc, int cpu, int others)
{
    const struct policy *p = s->sched.policy;
    if (others == 0)
        return false;
    if (s->sched.affine &&
        sched_best(&s->sched, group_of_cpu(s, cpu), cpu) == NONE)
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
    for (int c = 0; c < s->world.head->cpus; c++) {
        const struct cpu *cpu = &s->world.cpu[c];
        if (cpu->slice_end != s->now) /* of an idle one: TICK_NEVER */
            continue;
        int others = s->world.group[group_of_cpu(s, c)].ready;
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

/* `proc`, running, under a policy that does not know it yet. */
static void begin_anew(struct sim *s, int proc, int cpu)
{
    if (s->sched.policy->joins)
        s->sched.policy->joins(&s->sched, proc, T_ADMIT);
    emit(s, (struct event){.kind = EV_SLICE,
                           .sub = SLICE_POLICY,
                           .proc = proc,
                           .cpu = (uint16_t)cpu,
                           .val = slice_for(s, proc, cpu)});
}

/* Who is to have CPU c, once it has switched to him, stands in no line. */
static void begin_on_cpu(struct sim *s, int c)
{
    const struct cpu *cpu = &s->world.cpu[c];
    if (cpu->proc != NONE)
        begin_anew(s, cpu->proc, c);
    else if (cpu->next != NONE && s->sched.policy->joins)
        s->sched.policy->joins(&s->sched, cpu->next, T_ADMIT);
}

/* Another variant of the scheduler takes over: everybody who competes is new to
 * it, in the order of the lines, those that run first. */
void change_policy(struct sim *s, int variant)
{
    SAY(s, .kind = EV_POLICY, .proc = NO_PROC, .val = variant);
    sched_free(&s->sched);
    sched_begin_empty(&s->sched);
    for (int c = 0; c < s->world.head->cpus; c++)
        begin_on_cpu(s, c);
    for (int q = 0; q < s->world.head->readies; q++)
        for (int p = s->world.ready[q].head, next; p != NONE; p = next) {
            next = s->world.task[p].line.next;
            if (s->sched.policy->joins)
                s->sched.policy->joins(&s->sched, p, T_ADMIT);
            if (s->sched.policy->index)
                s->sched.policy->index->add(&s->sched, p);
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
    int group = group_of_cpu(s, c);
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
    int next = p->tells ? sched_second(&s->sched, group_of_cpu(s, c), proc)
                        : NONE;
    if (p->index)
        p->index->remove(&s->sched, proc);
    emit(s, (struct event){.kind = EV_SWITCH,
                           .proc = proc,
                           .cpu = (uint16_t)c,
                           .aux = next,
                           .val = s->now + cost});
}

static bool give(struct sim *s, int c, int proc)
{
    tick cost = cost_of(s, c, proc);
    if (s->sched.policy->chosen)
        s->sched.policy->chosen(&s->sched, proc, c);
    if (!cost)
        return run_on(s, c, proc);
    begin_switch(s, c, proc, cost);
    return false;
}

/* A ready process goes over to the line of CPU c. */
static void migrate(struct sim *s, int c, int proc)
{
    const struct index_kind *index = s->sched.policy->index;
    int from = s->world.task[proc].queue;
    if (index)
        index->remove(&s->sched, proc);
    emit(s, (struct event){.kind = EV_MIGRATE,
                           .proc = proc,
                           .cpu = (uint16_t)c,
                           .obj = from,
                           .aux = c * READY_LINES + from % READY_LINES});
    if (index)
        index->add(&s->sched, proc);
}

/* Whom an idle CPU takes from the longest queue of another; NONE. */
static int steal(struct sim *s, int c)
{
    int most = 0, best = NONE;
    if (!s->sched.keys->steal)
        return NONE;
    for (int from = 0; from < s->world.head->groups; from++) {
        int count = s->world.group[from].ready;
        int proc = from != c && count > most ? sched_best(&s->sched, from, c)
                                             : NONE;
        if (proc == NONE)
            continue;
        most = count;
        best = proc;
    }
    if (best != NONE)
        migrate(s, c, best);
    return best;
}

/* Gives CPU c, idle, its next process if there is one. Returns whether that
 * process went on in its program, and so anything may have changed. */
static bool take_next(struct sim *s, int c)
{
    int head = s->world.ready[0].head, ready = s->world.group[0].ready;
    if (s->sched.plain && head != NONE)
        return start(s, c, head,
                     reason(WHY_HEAD_OF_QUEUE, ready - 1, s->sched.slice));
    int proc = sched_best(&s->sched, group_of_cpu(s, c), c);
    if (proc == NONE && s->world.head->groups > 1)
        proc = steal(s, c);
    return proc != NONE && give(s, c, proc);
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
        int proc = sched_best(&s->sched, group_of_cpu(s, c), c);
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
    int proc = sched_best(&s->sched, group_of_cpu(s, c), c);
    change_state(s, s->world.cpu[c].proc, T_PREEMPT,
                 reason(WHY_PREEMPTED, proc, 0));
    give(s, c, proc);
    return true;
}

static bool settles(struct sim *s)
{
    if (s->sched.policy->settles)
        s->sched.policy->settles(&s->sched);
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
    } while (settles(s) && (fill(s) || preempt_one(s)));
}
