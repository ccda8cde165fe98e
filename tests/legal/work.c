/* work.c: what programs still have to do. */
#include "tests/legal/court.h"

/* Past the heads and ends of loops. */
static void settle(const struct court *c, struct place *at)
{
    for (;;) {
        const struct op *op = &c->sc->ops[at->pc];
        const struct op *head = op->end < 0 ? NULL : &c->sc->ops[op->end];
        if (op->verb == OP_repeat) {
            at->round[op->loop] = 1;
            at->pc++;
        } else if (op->verb != OP_end || !head) {
            return;
        } else if (at->round[head->loop] < head->arg[0]) {
            at->round[head->loop]++;
            at->pc = op->end + 1;
        } else {
            at->pc++;
        }
    }
}

static const struct op *op_of(const struct court *c, int man)
{
    return &c->sc->ops[c->man[man].at.pc];
}

bool is_call(enum verb v)
{
    return v != OP_cpu && v != OP_yield && v != OP_sleep && v != OP_io &&
           v != OP_until && v != OP_repeat && v != OP_end && v != OP_exit;
}

/* Behind the program of a periodic process the loader puts a sleep until the
 * next job; what that means is work of ours. */
static bool is_end(const struct op *op)
{
    return op->verb == OP_end || op->verb == OP_until;
}

static bool has_jobs(const struct court *c, int man)
{
    const struct process_def *d = def_of(c, man);
    return d->period && (!d->jobs || c->man[man].job + 1 < d->jobs);
}

tick work_release(const struct court *c, int man, int64_t job)
{
    return c->man[man].arrival + job * def_of(c, man)->period;
}

/* The program is over: the next job, or the end. Returns whether it goes on. */
static bool job_ends(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (!has_jobs(c, man)) {
        m->due = DUE_EXIT;
        return false;
    }
    m->job++;
    m->at.pc = def_of(c, man)->first;
    m->fetched = false;
    tick release = work_release(c, man, m->job);
    if (release <= c->now)
        return true;
    m->due = DUE_BLOCK;
    m->until = release;
    m->rests = true;
    return false;
}

static void needs(struct man *m, tick ticks, enum due behind)
{
    m->left = ticks;
    m->owed += ticks;
    if (ticks == 0)
        m->due = behind;
}

static void falls_asleep(struct court *c, struct man *m, const struct op *op)
{
    bool line = op->verb == OP_io && op_arg(op, KEY_device) != ARG_ABSENT;
    m->left = 0;
    m->due = DUE_BLOCK;
    m->until = line ? TICK_NEVER : c->now + op->arg[0];
}

/* The op it is at begins. Returns whether the one behind it is next. */
static bool op_begins(struct court *c, int man)
{
    struct man *m = &c->man[man];
    const struct op *op = op_of(c, man);
    m->fetched = true;
    switch (op->verb) {
    case OP_cpu:
        needs(m, op->arg[0], DUE_NOTHING);
        return false;
    case OP_yield:
        needs(m, op->cost, DUE_YIELD);
        if (m->due == DUE_YIELD) {
            m->fetched = false;
            m->at.pc++;
        }
        return false;
    case OP_exit:
        m->due = DUE_EXIT;
        return false;
    case OP_sleep:
    case OP_io:
        if (op->arg[0] == 0)
            return true;
        falls_asleep(c, m, op);
        return false;
    default:
        needs(m, op->cost, DUE_CALL);
        return false;
    }
}

/* The op it is in has had its ticks. Returns whether the one behind it is next.
 */
static bool op_is_done(struct court *c, int man)
{
    struct man *m = &c->man[man];
    enum verb verb = (enum verb)op_of(c, man)->verb;
    if (is_call(verb)) {
        m->due = DUE_CALL;
        return false;
    }
    m->at.pc++;
    m->fetched = false;
    if (verb == OP_yield)
        m->due = DUE_YIELD;
    return verb != OP_yield;
}

void work_goes_on(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (m->due != DUE_NOTHING || (m->fetched && !op_is_done(c, man)))
        return;
    for (;;) {
        settle(c, &m->at);
        if (is_end(op_of(c, man))) {
            if (!job_ends(c, man))
                return;
        } else if (op_begins(c, man)) {
            m->at.pc++;
            m->fetched = false;
        } else {
            return;
        }
    }
}

void work_wakes(struct court *c, int man)
{
    struct man *m = &c->man[man];
    m->at.pc += !m->rests; /* else at the first op of the next job */
    m->asleep = m->fetched = m->rests = false;
}

/* ---- the next burst ---- */

static bool may_sleep(const struct op *op)
{
    enum verb v = (enum verb)op->verb;
    return v == OP_sleep || v == OP_io || v == OP_P || v == OP_read ||
           v == OP_write || v == OP_wait || v == OP_exit || is_end(op);
}

static tick ticks_of(const struct op *op)
{
    bool free = op->verb == OP_sleep || op->verb == OP_io ||
                op->verb == OP_exit || is_end(op);
    return op->verb == OP_cpu ? op->arg[0] : free ? 0 : op->cost;
}

/* Op by op, up to the first in which it may sleep; nothing is longer than the
 * longest time that a file can say. */
tick work_burst(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    struct place at = m->at;
    tick sum = 0;
    if (m->state == BLOCKED)
        return 0;
    if (m->fetched) {
        const struct op *op = op_of(c, man);
        sum = m->left;
        if (may_sleep(op))
            return sum;
        at.pc++;
    }
    for (;; at.pc++) {
        settle(c, &at);
        const struct op *op = &c->sc->ops[at.pc];
        sum += ticks_of(op);
        if (may_sleep(op))
            return sum < TICK_MAX ? sum : TICK_MAX;
    }
}

tick work_deadline(const struct court *c, int man)
{
    const struct process_def *d = def_of(c, man);
    if (!d->period && !d->deadline)
        return TICK_NEVER;
    return work_release(c, man, c->man[man].job) +
           (d->deadline ? d->deadline : d->period);
}
