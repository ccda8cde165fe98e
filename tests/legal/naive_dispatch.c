/* naive_dispatch.c: idle CPUs take somebody, and the worse make room. */
#include "tests/legal/naive.h"

#include "sim/base/rng.h"

static int random_winner(struct naive *n, int cpu, int q)
{
    uint64_t live = 0, ticket;
    for (int i = 0; i < n->jobs; i++)
        if (naive_ready(n, &n->job[i], cpu, q))
            live += (uint64_t)n->job[i].def->tickets;
    if (!live)
        return -1;
    if (n->drawn < n->s->draw_count)
        ticket = (uint64_t)n->s->draws[n->drawn++] % live;
    else
        ticket = rng_below(&n->dice, live);
    for (int d = 0; d < n->sc->process_count; d++)
        for (int i = 0; i < n->jobs; i++) {
            const struct job *j = &n->job[i];
            uint64_t own = (uint64_t)j->def->tickets;
            if (j->def != &n->sc->processes[d] || !naive_ready(n, j, cpu, q))
                continue;
            if (ticket < own)
                return i;
            ticket -= own;
        }
    return -1;
}

static int next_in_table(const struct naive *n, int cpu, int q)
{
    for (int i = n->last[cpu] + 1; i < n->jobs; i++)
        if (naive_ready(n, &n->job[i], cpu, q))
            return i;
    for (int i = 0; i <= n->last[cpu]; i++)
        if (naive_ready(n, &n->job[i], cpu, q))
            return i;
    return -1;
}

/* The best for `cpu` out of queue q; with `worst` the last. */
static int ranked(const struct naive *n, int cpu, int q, bool worst)
{
    int best = -1;
    for (int i = 0; i < n->jobs; i++) {
        if (!naive_ready(n, &n->job[i], cpu, q))
            continue;
        if (best < 0 ||
            (rank_compare(naive_rank(n, &n->job[i]),
                          naive_rank(n, &n->job[best]), 3) < 0) != worst)
            best = i;
    }
    return best;
}

static int another(const struct naive *n, int cpu, int q, int but)
{
    for (int i = n->jobs - 1; i >= 0; i--)
        if (i != but && naive_ready(n, &n->job[i], cpu, q))
            return i;
    return -1;
}

static int choose(struct naive *n, int cpu, int q)
{
    bool chance = naive_is(n, "lottery"), table = naive_is(n, "xv6");
    int best = chance  ? random_winner(n, cpu, q)
               : table ? next_in_table(n, cpu, q)
                       : ranked(n, cpu, q, false);
    int owed = n->owed;
    if (best < 0)
        return best;
    if (owed >= 0 && naive_ready(n, &n->job[owed], cpu, q)) {
        n->owed = -1;
        return owed;
    }
    int worst = chance || table ? another(n, cpu, q, best)
                                : ranked(n, cpu, q, true);
    if (worst < 0 || worst == best)
        return best;
    bool differs = chance || table ||
                   rank_compare(naive_rank(n, &n->job[best]),
                                naive_rank(n, &n->job[worst]), 1) != 0 ||
                   naive_is(n, "fcfs rr");
    if (differs && naive_lies(n, LIE_PICK))
        return worst;
    if (differs && naive_lies(n, LIE_SWAP)) {
        n->owed = best;
        return worst;
    }
    return best;
}

static int count_ready(const struct naive *n, int q)
{
    int count = 0;
    for (int i = 0; i < n->jobs; i++)
        count += n->job[i].state == READY && !n->job[i].chosen &&
                 n->job[i].queue == q;
    return count;
}

static int queue_for(const struct naive *n, int cpu)
{
    int own = n->s->per_cpu ? cpu : 0, best = own, most = 0;
    if (another(n, cpu, own, -1) >= 0 || !n->s->per_cpu || !n->s->steal)
        return own;
    for (int q = 0; q < n->cpus; q++)
        if (another(n, cpu, q, -1) >= 0 && count_ready(n, q) > most) {
            most = count_ready(n, q);
            best = q;
        }
    return best;
}

static void starts(struct naive *n, int cpu, struct job *j)
{
    j->aged = naive_rank(n, j).key[0];
    j->chosen = false;
    j->cpu = j->last_cpu = cpu;
    n->on[cpu] = n->last[cpu] = j->index;
    n->next[cpu] = -1;
    j->state = RUNNING;
    naive_grant(n, j);
    if (j->slice_left > 1 && naive_others_wait(n, j) &&
        naive_lies(n, LIE_SHORTER))
        j->slice_left--;
    naive_say(n, EV_STATE, T_DISPATCH, cpu, j->index,
        j->slice_left < 0 ? 0 : j->slice_left);
    naive_goes_on(n, j);
}

static bool take(struct naive *n, int cpu)
{
    int q = queue_for(n, cpu);
    if (n->idle == n->now || another(n, cpu, q, -1) < 0)
        return false;
    if (naive_lies(n, LIE_IDLE)) {
        n->idle = n->now;
        return false;
    }
    int who = choose(n, cpu, q);
    struct job *j = &n->job[who];
    if (j->queue != (n->s->per_cpu ? cpu : 0))
        naive_moves(n, j, cpu);
    tick cost = 0;
    if (n->last[cpu] >= 0 && n->last[cpu] != who)
        cost += n->sc->machine.context_switch;
    if (j->last_cpu >= 0 && j->last_cpu != cpu)
        cost += n->sc->machine.migration;
    if (cost == 0) {
        starts(n, cpu, j);
        return true;
    }
    naive_say(n, EV_SWITCH, 0, cpu, who, n->now + cost);
    j->chosen = true;
    n->next[cpu] = who;
    n->switched[cpu] = n->now + cost;
    return true;
}

static bool fill(struct naive *n)
{
    for (int c = 0; c < n->cpus; c++)
        if (n->on[c] < 0 && n->next[c] < 0 && take(n, c))
            return true;
    return false;
}

/* Whether somebody would be taken by that CPU before `a`. */
static bool is_overtaken(const struct naive *n, const struct job *a, int cpu)
{
    for (int i = 0; i < n->jobs; i++) {
        const struct job *b = &n->job[i];
        if (b != a && naive_ready(n, b, cpu, a->queue) &&
            rank_compare(naive_rank(n, b), naive_rank(n, a), 3) < 0)
            return true;
    }
    return false;
}

static bool may_take_from(const struct naive *n, const struct job *a,
                          const struct job *b)
{
    return b->state == RUNNING && naive_ready(n, a, b->cpu, b->queue) &&
           naive_beats(n, a, b) &&
           !(naive_is(n, "cfs eevdf") && is_overtaken(n, a, b->cpu));
}

/* Whom `a` would drive away. */
static struct job *victim_of(struct naive *n, const struct job *a)
{
    struct job *worst = NULL;
    for (int c = 0; c < n->cpus; c++) {
        struct job *b = n->on[c] < 0 ? NULL : &n->job[n->on[c]];
        if (b && may_take_from(n, a, b) &&
            (!worst || rank_compare(naive_rank(n, b), naive_rank(n, worst),
                                    1) > 0))
            worst = b;
    }
    return worst;
}

static bool preempt(struct naive *n)
{
    struct job *best = NULL;
    for (int i = 0; i < n->jobs; i++) {
        struct job *a = &n->job[i];
        if (a->state == READY && !a->chosen && victim_of(n, a) &&
            (!best ||
             rank_compare(naive_rank(n, a), naive_rank(n, best), 3) < 0))
            best = a;
    }
    if (!best || n->tardy == n->now)
        return false;
    if (naive_lies(n, LIE_TARDY)) {
        n->tardy = n->now;
        return false;
    }
    naive_changes(n, victim_of(n, best), T_PREEMPT, 0);
    return true;
}

void naive_dispatch(struct naive *n)
{
    for (int c = 0; c < n->cpus; c++)
        if (n->next[c] >= 0 && n->switched[c] == n->now)
            starts(n, c, &n->job[n->next[c]]);
    while (fill(n) || preempt(n))
        ;
}
