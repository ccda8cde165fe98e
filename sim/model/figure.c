/* figure.c: what the policies know of a process, read off the world. */
#include "sim/model/figure.h"

#include "sim/base/promises.h"
#include "sim/base/wide.h"
#include "sim/scenario/ops.h"

/* ---- slices and bursts ---- */

tick world_slice_used(const struct world *w, int proc, tick now)
{
    const struct task *t = &w->task[proc];
    const struct cpu *c = &w->cpu[t->cpu];
    require(t->state == RUNNING);
    tick begun = c->slice_end == TICK_NEVER ? c->since
                                            : c->slice_end - c->slice_length;
    return now - begun;
}

/* The OP_end of the body that the op at `pc` is in. */
static int32_t end_of_body(const struct op *ops, int32_t pc)
{
    int32_t end = pc;
    while (ops[end].verb != OP_end || ops[end].depth != ops[pc].depth)
        end++;
    return end;
}

/* What the rounds that are left of the repeat around `end` add to *total.
 * Returns whether the burst ends inside of them. */
static bool add_rounds(const struct world *w, int proc, int32_t end,
                       tick *total)
{
    const struct op *head = &w->scenario->ops[w->scenario->ops[end].end];
    const struct op *body = head + 1;
    int64_t round = w->loop[(int64_t)proc * w->head->loops + head->loop];
    int64_t times = op_arg(head, KEY_repeat);
    bool forever = times == ARG_FOREVER;
    if (!forever && round >= times)
        return false;
    if (body->stretch_sleeps) {
        *total = ticks_sum(*total, body->stretch);
        return true;
    }
    int64_t more = clamped_product(body->stretch, times - round);
    *total = forever || more > TICK_MAX ? TICK_MAX : ticks_sum(*total, more);
    return forever;
}

/* Where `proc` goes on from `pc`: at the end of its program, with its next job
 * if it has one. */
static int32_t next_pc(const struct world *w, int proc, int32_t pc)
{
    const struct proc *p = &w->proc[proc];
    const struct process_def *def = &w->scenario->processes[p->def];
    bool more = def->period && (!def->jobs || p->job < def->jobs);
    return more && pc == def->end ? def->first : pc;
}

/* From the op at `pc` on. What a handler has interrupted is not foreseen. */
static tick burst_from(const struct world *w, int proc, int32_t pc)
{
    const struct op *ops = w->scenario->ops;
    pc = next_pc(w, proc, pc);
    tick total = ops[pc].stretch;
    while (!ops[pc].stretch_sleeps && ops[pc].depth > 0) {
        int32_t end = end_of_body(ops, pc);
        if (ops[ops[end].end].verb != OP_repeat ||
            add_rounds(w, proc, end, &total))
            break;
        pc = end + 1;
        total = ticks_sum(total, ops[pc].stretch);
    }
    return total;
}

tick world_burst(const struct world *w, int proc, tick now)
{
    const struct task *t = &w->task[proc];
    if (t->state == TERMINATED)
        return 0;
    if (t->phase == PHASE_FETCH)
        return burst_from(w, proc, t->pc);
    if (t->phase != PHASE_WORK)
        return burst_from(w, proc, t->pc + 1);
    tick left = t->state == RUNNING ? w->cpu[t->cpu].work_end - now
                                    : t->work_left;
    bool last = op_may_sleep((enum verb)w->scenario->ops[t->pc].verb);
    return last ? left : ticks_sum(left, burst_from(w, proc, t->pc + 1));
}

int64_t world_burst_known(const struct world *w, int proc, tick now)
{
    const struct scheduler *s = world_scheduler(w);
    if (!s->estimate)
        return clamped_product(world_burst(w, proc, now), world_one(w));
    tick used = world_figure(w, proc, SJF_USED);
    if (w->task[proc].state == RUNNING)
        used += world_slice_used(w, proc, now);
    int64_t guess = clamped_sum(clamped_product(s->initial, world_one(w)),
                                world_figure(w, proc, SJF_ESTIMATE));
    int64_t left = clamped_sum(guess, -clamped_product(used, world_one(w)));
    return left < 0 ? 0 : left;
}

int64_t world_ratio(const struct world *w, int proc)
{
    tick all = world_figure(w, proc, HRRN_ALL);
    tick need = world_figure(w, proc, HRRN_NEED);
    if (all == TICK_NEVER || !need)
        return all;
    return wide_quotient(wide_sum(wide_product(all, world_one(w)),
                                  wide_of(need / 2)), need);
}

/* ---- jobs ---- */

tick world_release(const struct world *w, int proc, int64_t job)
{
    return clamped_sum(w->proc[proc].arrival,
                       clamped_product(world_def(w, proc)->period, job));
}

tick world_job_deadline(const struct world *w, int proc, int64_t job)
{
    const struct process_def *def = world_def(w, proc);
    if (!def->deadline)
        return TICK_NEVER;
    return clamped_sum(world_release(w, proc, job), def->deadline);
}

tick world_deadline(const struct world *w, int proc)
{
    return world_job_deadline(w, proc, w->proc[proc].job);
}

/* ---- urgency and weight ---- */

int64_t world_priority(const struct world *w, int proc)
{
    return world_def(w, proc)->priority + world_figure(w, proc, PRIORITY_MORE);
}

/* The kernel's sched_prio_to_weight: a step of nice is about 10 % of a CPU, so
 * each weight is about 1.25 times the next. */
int64_t weight_of_nice(int nice)
{
    static const int32_t weights[40] = {
        88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
        9548,  7620,  6100,  4904,  3906,  3121,  2501,  1991,  1586,  1277,
        1024,  820,   655,   526,   423,   335,   272,   215,   172,   137,
        110,   87,    70,    56,    45,    36,    29,    23,    18,    15,
    };
    require(nice >= -20 && nice <= 19);
    return weights[nice + 20];
}
