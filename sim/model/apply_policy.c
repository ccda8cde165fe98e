/* apply_policy.c: what a policy says of the ready, and of itself. */
#include "sim/model/apply.h"

#include "sim/model/figure.h"

#include <string.h>

/* Figures of an era that is over are 0. */
void task_renew(struct world *w, int proc)
{
    struct proc *p = &w->proc[proc];
    if (p->era == w->head->era)
        return;
    p->era = w->head->era;
    w->task[proc].key = 0;
    w->task[proc].slice_left = 0;
    memset(p->figure, 0, sizeof p->figure);
}

void apply_FIGURE(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    task_renew(w, e->proc);
    if (e->sub)
        w->proc[e->proc].figure[e->sub - 1] = e->val;
    else
        w->task[e->proc].key = e->val;
}

void apply_CLOCK(struct world *w, const struct trace *tr,
                 const struct event *e)
{
    (void)tr;
    w->group[e->obj].clock = e->val;
}

/* ---- lines ---- */

static void stand_in(struct world *w, int proc, int queue)
{
    struct task *t = &w->task[proc];
    bool queued = t->state == READY && t->flags & TASK_QUEUED;
    if (queued)
        ready_leave(w, proc);
    t->queue = (int16_t)queue;
    if (queued)
        ready_join(w, proc);
}

void apply_LINE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    stand_in(w, e->proc, (int)e->val);
    if (e->sub)
        w->task[e->proc].flags |= TASK_FIRST;
}

void apply_MIGRATE(struct world *w, const struct trace *tr,
                   const struct event *e)
{
    (void)tr;
    stand_in(w, e->proc, e->aux);
}

/* The lines of lower levels go behind the top one, the lowest first. */
static void lift_group(struct world *w, int group)
{
    int top = group * READY_LINES;
    for (int q = top + READY_LINES - 1; q > top; q--)
        while (w->ready[q].head != NONE)
            stand_in(w, w->ready[q].head, top);
}

static void lift_running(struct world *w)
{
    for (int c = 0; c < w->head->cpus; c++) {
        int proc = w->cpu[c].proc;
        if (proc != NONE)
            w->task[proc].queue =
                (int16_t)(world_cpu_group(w, c) * READY_LINES);
    }
}

void apply_BOOST(struct world *w, const struct trace *tr,
                 const struct event *e)
{
    (void)tr;
    (void)e;
    w->head->era++;
    w->head->rested = w->head->in_state[RUNNING] == 0;
    for (int g = 0; g < w->head->groups; g++)
        lift_group(w, g);
    lift_running(w);
}

/* All figures are 0, everybody's line is the first of his group, and the new
 * policy's dice have not been thrown yet. */
void apply_POLICY(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    apply_BOOST(w, tr, e);
    w->head->variant = e->val;
    w->head->draws = 0;
    w->head->random = 0;
    for (int g = 0; g < w->head->groups; g++)
        w->group[g].clock = 0;
    for (int p = 0; p < w->head->procs; p++) {
        struct task *t = &w->task[p];
        t->queue = (int16_t)(world_group(t->queue) * READY_LINES);
        t->flags &= (uint8_t)~TASK_FIRST;
    }
}

/* ---- dice and deadlines ---- */

void apply_DRAW(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->head->random += e->sub;
    w->head->draws += e->sub == 0;
    task_renew(w, e->proc);
    w->task[e->proc].key++; /* LOTTERY_WON */
}

void apply_JOB(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct proc *p = &w->proc[e->proc];
    tick took = e->t - world_release(w, e->proc, e->val);
    p->job = e->val + 1;
    p->met += e->sub;
    p->worst = took > p->worst ? took : p->worst;
}

void apply_MISS(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct proc *p = &w->proc[e->proc];
    p->missed++;
    p->late = (p->late > p->job ? p->late : p->job) + 1;
}
