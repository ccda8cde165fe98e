/* work.c: what programs still have to do. */
#include "tests/legal/court.h"

static const struct op *op_of(const struct court *c, int man)
{
    return &c->sc->ops[c->man[man].pc];
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
    m->pc = def_of(c, man)->first;
    m->fetched = false;
    tick release = work_release(c, man, m->job);
    if (release <= c->now)
        return true;
    m->due = DUE_BLOCK;
    m->until = release;
    m->pc--; /* behind the sleep it goes on at the next op */
    return false;
}

/* The op it is at begins. Returns whether the one behind it is next. */
static bool op_begins(struct court *c, int man)
{
    struct man *m = &c->man[man];
    const struct op *op = op_of(c, man);
    m->fetched = true;
    switch (op->verb) {
    case OP_cpu:
        m->left = op->arg[0];
        return false;
    case OP_yield:
        m->left = op->cost;
        if (m->left == 0) {
            m->due = DUE_YIELD;
            m->fetched = false;
            m->pc++;
        }
        return false;
    case OP_end:
        return false;
    default:
        m->left = 0;
        if (op->arg[0] == 0)
            return true;
        m->due = DUE_BLOCK;
        m->until = c->now + op->arg[0];
        return false;
    }
}

void work_goes_on(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (m->due != DUE_NOTHING)
        return;
    if (m->fetched) { /* the op is done */
        bool yields = op_of(c, man)->verb == OP_yield;
        m->pc++;
        m->fetched = false;
        if (yields) {
            m->due = DUE_YIELD;
            return;
        }
    }
    for (;;) {
        if (is_end(op_of(c, man))) {
            if (!job_ends(c, man))
                return;
        } else if (op_begins(c, man)) {
            m->pc++;
            m->fetched = false;
        } else {
            return;
        }
    }
}

tick work_burst(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    tick sum = 0;
    int pc = m->pc;
    if (m->state == BLOCKED)
        return 0;
    if (m->fetched) {
        sum = m->left;
        pc++;
    }
    for (; !is_end(&c->sc->ops[pc]); pc++) {
        const struct op *op = &c->sc->ops[pc];
        if (op->verb == OP_cpu)
            sum += op->arg[0];
        else if (op->verb == OP_yield)
            sum += op->cost;
        else
            break;
    }
    return sum;
}

tick work_deadline(const struct court *c, int man)
{
    const struct process_def *d = def_of(c, man);
    if (!d->period && !d->deadline)
        return TICK_NEVER;
    return work_release(c, man, c->man[man].job) +
           (d->deadline ? d->deadline : d->period);
}
