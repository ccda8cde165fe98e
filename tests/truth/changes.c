/* changes.c: what a policy does besides giving CPUs away: priorities that age and
 * are lent, levels, boosts, deadlines; and what comes from outside.
 *
 * Who is lent what is found out here by going round all locks until nothing
 * changes any more, and not through the loans that the engine keeps. */
#include "tests/truth/hearing.h"

#include "sim/model/semaphore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- priority ---- */

static int64_t own_priority(const struct hearing *h, int p)
{
    return def_of(h, p)->priority;
}

static bool sleeps_for_lock(const struct world *w, int p)
{
    const struct task *t = &w->task[p];
    bool asleep = t->state == BLOCKED || t->state == BLOCKED_SUSPENDED;
    return asleep && t->phase == PHASE_ASLEEP && t->flags & TASK_QUEUED &&
           (t->wait == WAIT_SEM || t->wait == WAIT_SEMS) &&
           sem_awaited(w, p).op != 0;
}

/* Whether `p` sleeps for a lock that `holder` holds. */
static bool waits_for(const struct world *w, int p, int holder)
{
    if (p == holder || !sleeps_for_lock(w, p))
        return false;
    int sem = sem_awaited_where(w, p);
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].sem == sem && w->hold[i].proc == holder &&
            w->hold[i].count > 0 && !w->sem[sem].signal)
            return true;
    return false;
}

/* What each has in the end, with all that is lent: as many rounds as a chain can
 * be long. The caller frees it. */
static int64_t *priorities(const struct hearing *h)
{
    const struct world *w = h->w;
    int n = w->head->procs;
    int64_t *all = calloc((size_t)n + 1, sizeof *all);
    for (int p = 0; all && p < n; p++)
        all[p] = own_priority(h, p) + world_figure(w, p, PRIORITY_AGED);
    for (bool again = all != NULL; again;) {
        again = false;
        for (int p = 0; p < n; p++)
            for (int q = 0; q < n; q++)
                if (waits_for(w, q, p) && all[q] < all[p]) {
                    all[p] = all[q];
                    again = true;
                }
    }
    return all;
}

/* What it is in the end, and also now. */
static bool is_settled(const struct hearing *h, int p, int64_t said)
{
    int64_t *all = priorities(h);
    bool so = all && all[p] == said && world_priority(h->w, p) == said;
    free(all);
    return so;
}

/* "3 (its own is 5, the rest is lent)": the second number. */
static bool aside_is_true(const struct hearing *h, int hole, int p)
{
    const char *text = strpbrk(h->c->hole[hole], "(");
    if (!text)
        text = strstr(h->c->hole[hole], "（");
    if (!text)
        return true;
    text += strcspn(text, "-0123456789");
    return strtoll(text, NULL, 10) == own_priority(h, p);
}

static bool lent_is_true(const struct hearing *h)
{
    int from = named(h, 1);
    if (named(h, 0) != h->proc || from == NONE ||
        !waits_for(h->w, from, h->proc))
        return false;
    return is_settled(h, h->proc, whole(h, 2)) &&
           is_settled(h, from, whole(h, 3)) &&
           whole(h, 2) == whole(h, 3) && aside_is_true(h, 3, from) &&
           whole(h, 4) == own_priority(h, h->proc) &&
           whole(h, 2) < world_priority(h->d->before, h->proc);
}

static bool given_back_is_true(const struct hearing *h)
{
    int64_t had = whole(h, 2);
    if (named(h, 0) != h->proc || had != world_priority(h->d->before, h->proc) ||
        whole(h, 1) != world_priority(h->w, h->proc) || whole(h, 1) <= had)
        return false;
    bool ended = h->w->task[h->proc].state == TERMINATED;
    if (ended != (h->c->word == W_SAY_LENT_ENDED))
        return false;
    for (int p = 0; p < h->w->head->procs; p++)
        if (waits_for(h->w, p, h->proc) && world_priority(h->w, p) <= had)
            return ended;
    return ended || is_settled(h, h->proc, whole(h, 1));
}

static bool aged_is_true(const struct hearing *h)
{
    const struct scheduler *s = world_scheduler(h->w);
    tick waited = now_of(h) - h->w->task[h->proc].since;
    return named(h, 0) == h->proc && h->w->task[h->proc].state == READY &&
           whole(h, 1) == waited && waited > 0 &&
           waited % s->aging_every == 0 && whole(h, 2) == s->aging_by &&
           whole(h, 3) == world_priority(h->w, h->proc) &&
           aside_is_true(h, 3, h->proc);
}

static bool rejuvenated_is_true(const struct hearing *h)
{
    return named(h, 0) == h->proc &&
           whole(h, 1) == world_priority(h->w, h->proc) &&
           whole(h, 2) == world_priority(h->d->before, h->proc) &&
           !world_figure(h->w, h->proc, PRIORITY_AGED);
}

/* ---- mlfq ---- */

static int64_t level_of(const struct world *w, int p)
{
    return world_figure(w, p, MLFQ_LEVEL);
}

static bool demoted_is_true(const struct hearing *h)
{
    int64_t from = whole(h, 2);
    const struct world *was = h->d->before;
    const struct mlfq_level *l = &world_scheduler(h->w)->level[from];
    tick allotment = l->allotment ? l->allotment : l->quantum;
    tick used = world_figure(was, h->proc, MLFQ_USED) +
                (was->task[h->proc].state == RUNNING
                     ? now_of(h) - was->cpu[was->task[h->proc].cpu].since
                     : 0);
    return named(h, 0) == h->proc && whole(h, 1) == allotment &&
           used >= allotment && level_of(was, h->proc) == from &&
           level_of(h->w, h->proc) == whole(h, 3) && whole(h, 3) == from + 1;
}

static int from_below(const struct hearing *h)
{
    const struct world *was = h->d->before;
    int n = 0;
    for (int p = 0; p < was->head->procs; p++)
        n += (was->task[p].state == READY || was->task[p].state == RUNNING) &&
             level_of(was, p) > 0;
    return n;
}

static bool boost_is_true(const struct hearing *h)
{
    tick every = world_scheduler(h->w)->boost;
    for (int p = 0; p < h->w->head->procs; p++)
        if (h->w->task[p].state != TERMINATED && level_of(h->w, p) != 0)
            return false;
    return whole(h, 0) == now_of(h) && whole(h, 1) == every &&
           now_of(h) % every == 0 &&
           (h->c->word == W_SAY_BOOST) == (from_below(h) > 0);
}

static bool boost_slice_is_true(const struct hearing *h)
{
    const struct cpu *c = &h->w->cpu[h->w->task[h->proc].cpu];
    return named(h, 0) == h->proc && c->proc == h->proc &&
           c->slice_end - now_of(h) == whole(h, 1) &&
           now_of(h) % world_scheduler(h->w)->boost == 0;
}

/* ---- jobs ---- */

/* By the file, not by what the world keeps. */
static tick due(const struct hearing *h, int64_t job)
{
    const struct process_def *d = def_of(h, h->proc);
    return h->w->proc[h->proc].arrival + job * d->period +
           (d->deadline ? d->deadline : d->period);
}

static tick released(const struct hearing *h, int64_t job)
{
    return h->w->proc[h->proc].arrival + job * def_of(h, h->proc)->period;
}

static bool job_end_is_true(const struct hearing *h)
{
    int64_t job = whole(h, 1) - 1;
    bool met = h->c->word == W_SAY_JOB_MET;
    tick now = now_of(h);
    if (h->c->word == W_SAY_JOB_JUST)
        return named(h, 0) == h->proc && whole(h, 2) == now &&
               job == h->d->before->proc[h->proc].job && due(h, job) == now &&
               h->d->before->proc[h->proc].missed > 0;
    return named(h, 0) == h->proc && job == h->d->before->proc[h->proc].job &&
           whole(h, 2) == now && whole(h, 3) == due(h, job) &&
           met == (now <= due(h, job)) &&
           (met || whole(h, 4) == now - due(h, job));
}

/* What the trace has told of missed deadlines so far. */
static int64_t missed(const struct hearing *h)
{
    int64_t n = 0;
    for (size_t i = 0; i < h->d->end; i++) {
        const struct event *e = trace_at(h->d->trace, i);
        n += e->kind == EV_MISS && e->proc == h->proc;
    }
    return n;
}

static bool passed_is_true(const struct hearing *h)
{
    int64_t job = whole(h, 2) - 1, done = h->w->proc[h->proc].job;
    bool queued = h->c->word == W_SAY_DEADLINE_PASSED_QUEUED;
    return named(h, 0) == h->proc && whole(h, 1) == due(h, job) &&
           due(h, job) == now_of(h) && job >= done && queued == (job > done) &&
           (!queued || whole(h, 4) == done + 1);
}

/* ---- from outside ---- */

/* "SIGSTOP from `p6`": that signal, and of somebody who is there. */
static bool is_sent(const struct hearing *h, const char *signal)
{
    const char *cause = h->c->hole[1], *name = strchr(cause, '`');
    struct hearing sender = *h;
    struct claim c = *h->c;
    if (!strstr(cause, signal))
        return false;
    if (!name)
        return true; /* the user */
    snprintf(c.hole[0], sizeof c.hole[0], "%s", name);
    c.hole[0][strcspn(c.hole[0] + 1, "`") + 2] = '\0';
    sender.c = &c;
    return named(&sender, 0) != NONE;
}

static bool outside_is_true(const struct hearing *h)
{
    int state = h->w->task[h->proc].state;
    bool out = state == READY_SUSPENDED || state == BLOCKED_SUSPENDED;
    int64_t need = world_need(h->w, h->proc);
    bool limited = h->w->scenario->machine.memory > 0 && need;
    if (named(h, 0) != h->proc)
        return false;
    switch (h->c->word) {
    case W_SAY_SUSPENDED: return out && !limited;
    case W_SAY_SUSPENDED_MEMORY: return out && limited && whole(h, 1) == need;
    case W_SAY_ACTIVATED: return !out && !limited;
    case W_SAY_ACTIVATED_MEMORY:
    case W_SAY_ACTIVATED_LATE: return !out && limited;
    case W_SAY_STOPPED: return out && is_sent(h, "SIGSTOP");
    case W_SAY_CONTINUED: return !out && is_sent(h, "SIGCONT");
    default: /* sched_yield */
        return state == READY && h->d->before->task[h->proc].state == RUNNING;
    }
}

bool change_is_true(const struct hearing *h)
{
    switch (h->c->word) {
    case W_SAY_LENT: return lent_is_true(h);
    case W_SAY_LENT_BACK:
    case W_SAY_LENT_ENDED: return given_back_is_true(h);
    case W_SAY_AGED: return aged_is_true(h);
    case W_SAY_AGED_BACK: return rejuvenated_is_true(h);
    case W_SAY_DEMOTED: return demoted_is_true(h);
    case W_SAY_BOOST:
    case W_SAY_BOOST_NOBODY: return boost_is_true(h);
    case W_SAY_BOOST_SLICE: return boost_slice_is_true(h);
    case W_SAY_JOB_MET:
    case W_SAY_JOB_MISSED:
    case W_SAY_JOB_JUST: return job_end_is_true(h);
    case W_SAY_JOB_LATE:
        return whole(h, 1) == released(h, h->d->before->proc[h->proc].job + 1) &&
               whole(h, 1) <= now_of(h);
    case W_SAY_DEADLINE:
    case W_SAY_DEADLINES: return whole(h, 0) == missed(h);
    case W_SAY_DEADLINE_PASSED:
    case W_SAY_DEADLINE_PASSED_QUEUED: return passed_is_true(h);
    case W_SAY_WAITS_ON: return h->w->task[h->proc].state == BLOCKED;
    case W_SAY_UNIT:
    case W_SAY_UNITS: return whole(h, 0) == world_need(h->w, h->proc);
    case W_SAY_PROCESS:
    case W_SAY_PROCESSES: return whole(h, 0) == from_below(h);
    default: return outside_is_true(h);
    }
}
