/* hears.c: the policy hears of what happens.
 *
 * Most policies ask for nothing. Others want to know who comes and who leaves,
 * before it is said, and keep the ready in an order of their own, which follows
 * behind. When another policy takes over, everybody is new to it. */
#include "sim/engine/engine.h"

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
    return s->world.group[world_cpu_group(&s->world, cpu)].ready +
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
    if (from == READY && to != RUNNING && p->withdraws)
        p->withdraws(&s->sched, proc);
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

/* ---- another policy takes over ---- */

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
