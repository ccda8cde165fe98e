/* naive.c: a scheduler that looks at everybody at every tick, and can lie.
 *
 * It follows the order of an instant line by line. A lie is one wrong decision;
 * all that follows from it is right again, so that only the rule that was
 * broken can give it away. */
#include "tests/legal/naive.h"

#include <string.h>

const char *const lie_names[LIE_COUNT] = {
    [NO_LIE] = "none",         [LIE_PICK] = "pick",
    [LIE_SWAP] = "swap",       [LIE_LONGER] = "longer",
    [LIE_SHORTER] = "shorter", [LIE_IDLE] = "idle",
    [LIE_TARDY] = "tardy"};

/* Whether to lie here and now. */
bool naive_lies(struct naive *n, enum lie lie)
{
    if (n->lie != lie || n->lied || n->when-- > 0)
        return false;
    n->lied = true;
    return true;
}

void naive_say(struct naive *n, enum event_kind kind, int sub, int cpu,
                int proc, int64_t val)
{
    facts_add(n->f, (struct event){.t = n->now,
                                   .kind = (uint8_t)kind,
                                   .sub = (uint8_t)sub,
                                   .cpu = cpu < 0 ? NO_CPU : (uint16_t)cpu,
                                   .proc = proc,
                                   .val = val});
}

void naive_changes(struct naive *n, struct job *j, enum transition how,
                    int64_t val)
{
    bool ran = j->state == RUNNING;
    naive_say(n, EV_STATE, (int)how, ran ? j->cpu : -1, j->index, val);
    if (how == T_BLOCK || how == T_EXIT)
        naive_leaves(n, j);
    if (ran) {
        naive_counts(n, j);
        n->on[j->cpu] = -1;
        j->cpu = -1;
    }
    j->state = state_after(j->state, how);
    if (j->state == READY)
        naive_enters(n, j, how);
}

/* ---- work ---- */

static void sleeps(struct naive *n, struct job *j, tick until)
{
    j->wakes = until;
    j->asked = n->asked++;
    j->in_op = false;
    naive_say(n, EV_BLOCK, WAIT_TIME, -1, j->index, until);
    naive_changes(n, j, T_BLOCK, 0);
}

/* The program is over. */
static void finishes(struct naive *n, struct job *j)
{
    int64_t jobs = j->def->jobs;
    if (!j->def->period || (jobs && j->number + 1 >= jobs)) {
        naive_say(n, EV_EXIT, 0, -1, j->index, 0);
        naive_changes(n, j, T_EXIT, 0);
        return;
    }
    j->number++;
    j->pc = j->def->first;
    tick release = j->arrival + j->number * j->def->period;
    if (release > n->now)
        sleeps(n, j, release);
}

/* j, running, has no work left in its op. */
void naive_goes_on(struct naive *n, struct job *j)
{
    while (j->state == RUNNING && (!j->in_op || j->left == 0)) {
        const struct op *op = &n->sc->ops[j->pc];
        if (j->in_op) {
            j->in_op = false;
            j->pc++;
            if (op->verb == OP_yield)
                naive_changes(n, j, T_YIELD, 0);
        } else if (op->verb == OP_end || op->verb == OP_until) {
            finishes(n, j);
        } else if (op->verb == OP_cpu || op->verb == OP_yield) {
            j->in_op = true;
            j->left = op->verb == OP_cpu ? op->arg[0] : op->cost;
            if (naive_is(n, "fcfs sjf hrrn srtf edf rm") &&
                naive_lies(n, LIE_LONGER))
                j->left++;
        } else {
            j->pc++;
            if (op->arg[0])
                sleeps(n, j, n->now + op->arg[0]);
        }
    }
}

static void work_ends(struct naive *n)
{
    for (int c = 0; c < n->cpus; c++)
        if (n->on[c] >= 0)
            naive_goes_on(n, &n->job[n->on[c]]);
}

/* ---- arrivals, timers, slices ---- */

static int emptiest(const struct naive *n, const struct job *j)
{
    int best = 0, least = LEGAL_PROCS_MAX + 1;
    for (int q = n->cpus - 1; q >= 0 && n->s->per_cpu; q--) {
        int count = 0;
        for (int i = 0; i < n->jobs; i++)
            count += (n->job[i].state == READY || n->job[i].state == RUNNING) &&
                     n->job[i].queue == q;
        if (j->def->affinity >> q & 1 && count <= least) {
            least = count;
            best = q;
        }
    }
    return best;
}

static void arrivals(struct naive *n)
{
    int before = n->jobs;
    for (int i = 0; i < n->sc->process_count; i++) {
        const struct process_def *d = &n->sc->processes[i];
        if (d->arrival != n->now)
            continue;
        n->job[n->jobs] = (struct job){.def = d,
                                       .index = n->jobs,
                                       .cpu = -1,
                                       .last_cpu = -1,
                                       .pc = d->first,
                                       .slice_left = -1,
                                       .arrival = n->now};
        facts_add(n->f, (struct event){.t = n->now,
                                       .kind = EV_CREATE,
                                       .cpu = NO_CPU,
                                       .proc = n->jobs++,
                                       .obj = INIT_PROC,
                                       .aux = i,
                                       .val = 1});
    }
    for (int i = before; i < n->jobs; i++) {
        n->job[i].queue = emptiest(n, &n->job[i]);
        naive_changes(n, &n->job[i], T_ADMIT, 0);
    }
}

static void timers(struct naive *n)
{
    for (int64_t k = 0; k < n->asked; k++)
        for (int i = 0; i < n->jobs; i++)
            if (n->job[i].state == BLOCKED && n->job[i].asked == k &&
                n->job[i].wakes == n->now)
                naive_changes(n, &n->job[i], T_WAKE, 0);
}

bool naive_others_wait(const struct naive *n, const struct job *j)
{
    for (int i = 0; i < n->jobs; i++)
        if (naive_ready(n, &n->job[i], j->cpu, j->queue))
            return true;
    return false;
}

void naive_grant(struct naive *n, struct job *j)
{
    naive_counts(n, j);
    j->slice_left = naive_slice(n, j);
    if (j->slice_left == 0)
        j->slice_left = -1;
}

static void slices(struct naive *n)
{
    for (int c = 0; c < n->cpus; c++) {
        struct job *j = n->on[c] < 0 ? NULL : &n->job[n->on[c]];
        if (!j || j->slice_left != 0)
            continue;
        if (naive_others_wait(n, j) && naive_lies(n, LIE_LONGER)) {
            j->slice_left++;
        } else if (naive_stays(n, j)) {
            naive_grant(n, j);
            naive_say(n, EV_SLICE, 0, c, j->index, j->slice_left);
        } else {
            naive_changes(n, j, T_SLICE_OVER, 0);
        }
    }
}

/* ---- the clock ---- */

static bool is_over(const struct naive *n)
{
    for (int i = 0; i < n->sc->process_count; i++)
        if (n->sc->processes[i].arrival > n->now)
            return false;
    for (int i = 0; i < n->jobs; i++)
        if (n->job[i].state != TERMINATED)
            return false;
    return true;
}

static void instant(struct naive *n)
{
    work_ends(n);
    naive_boost(n);
    if (n->s->expired_first)
        slices(n);
    arrivals(n);
    timers(n);
    if (!n->s->expired_first)
        slices(n);
    naive_dispatch(n);
    for (int i = 0; i < n->jobs; i++)
        n->job[i].newcomer = false;
}

bool naive(const struct scenario *sc, tick until, enum lie lie, int when,
           struct facts *f)
{
    static struct naive n;
    memset(&n, 0, sizeof n);
    n.sc = sc;
    n.s = &sc->scheduler;
    n.f = f;
    n.cpus = sc->machine.cpus;
    n.dice = n.s->seed;
    n.lie = lie;
    n.when = when;
    n.owed = -1;
    n.tardy = n.idle = -1;
    for (int c = 0; c < n.cpus; c++)
        n.on[c] = n.next[c] = n.last[c] = -1;
    for (n.now = 0; n.now <= until && f->count < 100000; n.now++) {
        instant(&n);
        if (is_over(&n))
            break;
        for (int i = 0; i < n.jobs; i++)
            if (n.job[i].state == RUNNING)
                naive_tick(&n, &n.job[i]);
    }
    return n.lied;
}
