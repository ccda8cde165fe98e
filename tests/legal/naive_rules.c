/* naive_rules.c: the policies once more, as their definitions read. */
#include "tests/legal/naive.h"
#include "tests/legal/try.h"

#include <math.h>

bool naive_is(const struct naive *n, const char *policies)
{
    return trial_is(n->s->policy, policies);
}

bool naive_ready(const struct naive *n, const struct job *j, int cpu, int q)
{
    (void)n;
    return j->state == READY && !j->chosen && j->queue == q &&
           (j->def->affinity >> cpu & 1);
}

tick naive_burst(const struct naive *n, const struct job *j)
{
    tick sum = j->in_op ? j->left : 0;
    for (int pc = j->pc + j->in_op;; pc++) {
        const struct op *op = &n->sc->ops[pc];
        if (op->verb != OP_cpu && op->verb != OP_yield)
            return sum;
        sum += op->verb == OP_cpu ? op->arg[0] : op->cost;
    }
}

tick naive_due(const struct naive *n, const struct job *j)
{
    (void)n;
    if (!j->def->period && !j->def->deadline)
        return TICK_NEVER;
    tick within = j->def->deadline ? j->def->deadline : j->def->period;
    return j->arrival + j->number * j->def->period + within;
}

static long double effective(const struct naive *n, const struct job *j)
{
    if (j->state == RUNNING)
        return j->aged;
    long double p = (long double)j->def->priority;
    for (tick t = j->since + n->s->aging_every;
         n->s->aging_every && t <= n->now; t += n->s->aging_every)
        p -= (long double)n->s->aging_by;
    return p;
}

/* ---- order ---- */

struct rank naive_rank(const struct naive *n, const struct job *j)
{
    long double a = 0, b = (long double)j->arrival, c = j->index;
    tick burst = naive_burst(n, j);
    if (naive_is(n, "fcfs rr priority mlfq")) {
        b = j->place;
        c = 0;
    }
    if (naive_is(n, "sjf srtf"))
        a = (long double)burst;
    if (naive_is(n, "sjf srtf") && n->s->estimate) {
        a = j->guess - naive_steps(n, j->burst);
        a = a < 0 ? 0 : a;
    }
    if (naive_is(n, "hrrn"))
        a = burst ? -(long double)(n->now - j->since + burst) /
                        (long double)burst
                  : -1e30L;
    if (naive_is(n, "priority"))
        a = effective(n, j);
    if (naive_is(n, "mlfq"))
        a = j->level;
    if (naive_is(n, "stride cfs"))
        a = j->v;
    if (naive_is(n, "eevdf"))
        a = naive_is_eligible(n, j) || j->state == RUNNING ? j->d : 1e17L + j->v;
    if (naive_is(n, "edf"))
        a = (long double)naive_due(n, j);
    if (naive_is(n, "rm"))
        a = j->def->period ? (long double)j->def->period : 1e30L;
    return (struct rank){{a, b, c}};
}

int rank_compare(struct rank a, struct rank b, int keys)
{
    for (int i = 0; i < keys; i++) {
        long double d = a.key[i] - b.key[i];
        if (d < -1e-7L || d > 1e-7L)
            return d < 0 ? -1 : 1;
    }
    return 0;
}

bool naive_beats(const struct naive *n, const struct job *a,
                 const struct job *b)
{
    if (naive_is(n, "cfs"))
        return a->newcomer &&
               a->v + naive_worth(n, a, n->s->min_granularity) < b->v;
    if (naive_is(n, "eevdf"))
        return a->newcomer && naive_is_eligible(n, a) && a->d < b->d;
    if (!naive_is(n, "srtf priority mlfq edf rm") ||
        (naive_is(n, "priority") && !n->s->preemptive))
        return false;
    return rank_compare(naive_rank(n, a), naive_rank(n, b), 1) < 0;
}

/* ---- slices ---- */

static const struct mlfq_level *level(const struct naive *n,
                                      const struct job *j)
{
    return &n->s->level[j->level];
}

static tick allotment(const struct naive *n, const struct job *j)
{
    const struct mlfq_level *l = level(n, j);
    return l->allotment ? l->allotment : l->quantum;
}

tick naive_slice(struct naive *n, struct job *j)
{
    if (naive_is(n, "rr lottery stride xv6 priority"))
        return n->s->quantum;
    if (naive_is(n, "cfs")) {
        tick share = (tick)((long double)n->s->latency * naive_weight(j) /
                            naive_weights(n, j->queue, NULL));
        share = share < n->s->min_granularity ? n->s->min_granularity : share;
        return share < 1 ? 1 : share;
    }
    if (naive_is(n, "eevdf"))
        return j->request;
    if (!naive_is(n, "mlfq"))
        return 0;
    tick more = allotment(n, j) - j->used;
    return j->rest < more ? j->rest : more;
}

static void demote(struct naive *n, struct job *j)
{
    if (j->used >= allotment(n, j)) {
        j->level += j->level < n->s->levels - 1;
        j->used = 0;
    }
    j->rest = level(n, j)->quantum;
}

static void consumed(struct naive *n, struct job *j, bool alone)
{
    if (naive_is(n, "eevdf"))
        naive_request(n, j);
    if (!naive_is(n, "mlfq"))
        return;
    if (alone && !n->s->demote_alone)
        j->used = 0;
    demote(n, j);
}

static bool is_alone(const struct naive *n, const struct job *j)
{
    for (int i = 0; i < n->jobs; i++)
        if (naive_ready(n, &n->job[i], j->cpu, j->queue))
            return false;
    return true;
}

bool naive_stays(struct naive *n, struct job *j)
{
    bool alone = is_alone(n, j);
    consumed(n, j, alone);
    if (alone || !naive_is(n, "priority mlfq stride cfs eevdf"))
        return alone;
    if (naive_is(n, "eevdf") && !naive_is_eligible(n, j))
        return false;
    for (int i = 0; i < n->jobs; i++) {
        const struct job *o = &n->job[i];
        if (!naive_ready(n, o, j->cpu, j->queue))
            continue;
        if (rank_compare(naive_rank(n, o), naive_rank(n, j), 1) <= 0)
            return false;
    }
    return true;
}

/* ---- coming, going, running ---- */

/* Whether somebody else waits for the CPU that j has just left. */
static bool has_rival(const struct naive *n, const struct job *j)
{
    for (int i = 0; i < n->jobs; i++)
        if (&n->job[i] != j &&
            naive_ready(n, &n->job[i], j->last_cpu, j->queue))
            return true;
    return false;
}

void naive_enters(struct naive *n, struct job *j, enum transition how)
{
    bool from_outside = how == T_ADMIT || how == T_WAKE;
    bool head = false;
    j->newcomer = true;
    if (naive_is(n, "stride cfs eevdf") && from_outside)
        naive_joins(n, j);
    if (naive_is(n, "eevdf") && (j->request == 0 || how == T_YIELD))
        naive_request(n, j);
    if (naive_is(n, "mlfq")) {
        head = how == T_PREEMPT || (how == T_WAKE && n->s->io_to_front);
        if (how == T_YIELD && !n->s->demote_alone && !has_rival(n, j) &&
            j->used >= allotment(n, j))
            j->used = 0;
        if (how == T_ADMIT || how == T_YIELD)
            demote(n, j);
    }
    if (how == T_ADMIT)
        j->guess = naive_steps(n, n->s->initial);
    j->place = head ? --n->head : ++n->tail;
    j->since = n->now;
}

void naive_leaves(struct naive *n, struct job *j)
{
    long double far = naive_steps(n, j->burst) - j->guess;
    if (j->burst > 0)
        j->guess += floorl((long double)n->s->alpha * far + 0.5L);
    j->burst = 0;
    bool used_up = j->slice_left == 0;
    if (naive_is(n, "mlfq")) {
        if (n->s->io_keeps_slice) {
            j->used = 0;
            j->rest = level(n, j)->quantum;
        } else if (used_up) {
            consumed(n, j, is_alone(n, j));
        }
    }
    if (naive_is(n, "eevdf"))
        naive_note_lag(n, j);
    bool last = true;
    for (int i = 0; i < n->jobs; i++)
        last &= &n->job[i] == j || !naive_in_queue(&n->job[i], j->queue);
    if (last)
        n->floor[j->queue] = j->v;
}

void naive_tick(struct naive *n, struct job *j)
{
    j->left--;
    j->burst++;
    j->slice_left -= j->slice_left > 0;
    j->used++;
    j->rest--;
    j->request--;
    j->stretch++;
    if (naive_is(n, "stride cfs eevdf"))
        j->v = j->from + naive_worth(n, j, j->stretch);
}

/* The line of a level goes behind the top one. */
static void move_line(struct naive *n, int from)
{
    struct job *first;
    do {
        first = NULL;
        for (int i = 0; i < n->jobs; i++) {
            struct job *j = &n->job[i];
            if (j->level == from && j->state == READY &&
                (!first || j->place < first->place))
                first = j;
        }
        if (first) {
            first->place = ++n->tail;
            first->level = 0;
        }
    } while (first);
}

void naive_boost(struct naive *n)
{
    if (!naive_is(n, "mlfq") || !n->s->boost || n->now == 0 ||
        n->now % n->s->boost)
        return;
    for (int l = n->s->levels - 1; l > 0; l--)
        move_line(n, l);
    for (int i = 0; i < n->jobs; i++) {
        struct job *j = &n->job[i];
        j->level = 0;
        j->used = 0;
        j->rest = level(n, j)->quantum;
    }
    for (int c = 0; c < n->cpus; c++) {
        struct job *j = n->on[c] < 0 ? NULL : &n->job[n->on[c]];
        if (!j)
            continue;
        j->slice_left = naive_slice(n, j);
        naive_say(n, EV_SLICE, SLICE_BOOSTED, c, j->index, j->slice_left);
    }
}
