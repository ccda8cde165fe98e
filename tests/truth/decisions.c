/* decisions.c: what a CPU does, and what else a decision says. */
#include "tests/truth/hearing.h"

#include "sim/model/state.h"

#include <math.h>
#include <string.h>

#define EXACT_BELOW 9e15 /* whole numbers that a double can tell apart */

static const struct cpu *cpu_after(const struct hearing *h)
{
    return &h->d->after->cpu[h->cpu];
}

/* ---- who, where, how long ---- */

static bool who_is_true(const struct hearing *h, int name, int cpu)
{
    return named(h, name) == h->proc &&
           (cpu == NONE || whole(h, cpu) == h->cpu);
}

static bool slice_is_true(const struct hearing *h, int hole)
{
    const struct cpu *c = cpu_after(h);
    return c->proc == h->proc && whole(h, hole) == c->slice_length &&
           c->slice_end - now_of(h) == c->slice_length;
}

/* Who was in that queue when the CPU was given away. */
static bool count_is_true(const struct hearing *h)
{
    const struct claim *c = h->c;
    int64_t n = count_others(h, IN_QUEUE);
    bool all = h->w->head->groups == 1;
    switch (c->word) {
    case W_SAY_BEHIND_NONE: return n == 0;
    case W_SAY_BEHIND_ONE: return n == 1;
    case W_SAY_BEHIND_MANY: return n == whole(h, 0);
    case W_SAY_OTHERS_NONE: return all && n == 0;
    case W_SAY_OTHERS_ONE: return all && n == 1;
    case W_SAY_OTHERS_MANY: return all && n == whole(h, 0);
    case W_SAY_OTHERS_ONE_QUEUE: return !all && n == 1;
    default: return !all && n == whole(h, 0);
    }
}

/* Whether `p` has been in its line for longer than the chosen one, or as long:
 * then the line decides. */
static bool came_before(const struct hearing *h, int p, bool or_with)
{
    tick his = h->w->task[p].since, own = h->w->task[h->proc].since;
    return or_with ? his <= own : his < own;
}

static bool line_is_true(const struct hearing *h, int passed)
{
    for (int p = 0; p < h->w->head->procs; p++) {
        bool counts = is_other(h, p, passed == NONE ? IN_QUEUE : WHO_MAY);
        if (counts && came_before(h, p, false))
            return false;
    }
    return passed == NONE ||
           (is_other(h, passed, IN_QUEUE) && !may_run(h, passed) &&
            came_before(h, passed, true));
}

/* ---- switches ---- */

static tick begun(const struct hearing *h)
{
    for (size_t i = h->d->end; i-- > 0;) {
        const struct event *e = trace_at(h->d->trace, i);
        if (e->kind == EV_SWITCH && e->cpu == h->cpu)
            return e->proc == h->proc && e->val == now_of(h) ? e->t : TICK_NEVER;
    }
    return TICK_NEVER;
}

static bool cost_is_true(const struct hearing *h)
{
    const struct machine *m = &h->w->scenario->machine;
    int last = h->w->cpu[h->cpu].last, from = h->w->task[h->proc].cpu;
    tick change = last != NONE && last != h->proc ? m->context_switch : 0;
    tick move = from != NONE && from != h->cpu ? m->migration : 0;
    bool sum = h->d->event->val - now_of(h) == change + move;
    switch (h->c->word) {
    case W_SAY_COST_SWITCH:
        return sum && !move && whole(h, 0) == change;
    case W_SAY_COST_MIGRATION:
        return sum && !change && whole(h, 0) == move && whole(h, 1) == from;
    default:
        return sum && whole(h, 0) == change && whole(h, 1) == move &&
               whole(h, 2) == from && whole(h, 3) == change + move;
    }
}

/* ---- slices that go on, or are over ---- */

static bool goes_on_is_true(const struct hearing *h)
{
    enum word w = h->c->word;
    if (named(h, 0) != h->proc || !slice_is_true(h, 1))
        return false;
    if (w == W_SAY_RENEWED)
        return count_others(h, EVERYWHERE) == 0;
    if (w == W_SAY_RENEWED_QUEUE)
        return h->w->head->groups > 1 && count_others(h, IN_QUEUE) == 0;
    if (w == W_SAY_SLICE_ELSEWHERE)
        return count_others(h, WHO_MAY) == 0 &&
               count_others(h, IN_QUEUE) > 0 && whole(h, 2) == h->cpu;
    bool here = w == W_SAY_SLICE_AGAIN_HERE;
    for (int p = 0; p < h->w->head->procs; p++) {
        bool other = is_other(h, p, here ? WHO_MAY : EVERYWHERE);
        if (other && !here && compare(h, p, h->proc) <= 0 &&
            (w != W_SAY_EEVDF_AGAIN || compare(h, p, h->proc) < 0))
            return false;
        if (other && here && compare(h, p, h->proc) < 0)
            return false;
    }
    return here ? whole(h, 2) == h->cpu
                : near(figure(h, 2), number_of(h, h->proc));
}

static bool over_is_true(const struct hearing *h)
{
    const struct cpu *had = &h->d->before->cpu[h->cpu];
    return named(h, 0) == h->proc && had->proc == h->proc &&
           had->slice_length == whole(h, 1) && had->slice_end == now_of(h) &&
           (h->c->word == W_SAY_SLICE_OVER ||
            near(figure(h, 3), number_of(h, h->proc)));
}

/* ---- preemption ---- */

/* Before it had to go, whose figures are gone with it. */
static double number_before(const struct hearing *h, int p)
{
    struct hearing then = *h;
    then.w = h->d->before;
    return number_of(&then, p);
}

static bool preemption_is_true(const struct hearing *h)
{
    int by = named(h, 1);
    enum word w = h->c->word;
    bool none = w == W_SAY_EDF_PREEMPTS_NONE || w == W_SAY_RM_PREEMPTS_NONE;
    if (named(h, 0) != h->proc || by == NONE || !is_other(h, by, WHO_MAY))
        return false;
    double his = number_of(h, by), own = number_before(h, h->proc);
    if (none)
        return own >= (double)TICK_NEVER && near(figure(h, 2), his);
    if (!near(figure(h, 2), own) || !near(figure(h, 3), his) ||
        !is_best(h, by, WHO_MAY))
        return false;
    if (his > own || (his == own && fabs(own) < EXACT_BELOW))
        return false;
    bool new = h->w->task[by].since == now_of(h);
    double lag = (double)lag_of(h, by) / one_of(h);
    if (w == W_SAY_CFS_PREEMPTS) {
        double lead = (double)world_scheduler(h->w)->min_granularity * 1024 /
                      (double)weight_of_nice(h->w->proc[by].nice);
        return new && near(figure(h, 4), lead) && his + lead < own;
    }
    return w != W_SAY_EEVDF_PREEMPTS ||
           (new && lag >= 0 && near(figure(h, 4), lag));
}

/* ---- from another queue ---- */

static int waiting_in(const struct hearing *h, int queue, bool may)
{
    int n = 0;
    for (int p = 0; p < h->w->head->procs; p++)
        n += waits(h, p) && queue_of(h, p) == queue && (!may || may_run(h, p));
    return n;
}

static bool migration_is_true(const struct hearing *h)
{
    int64_t from = whole(h, 2);
    if (!who_is_true(h, 1, 0) || queue_of(h, h->proc) != from ||
        waiting_in(h, h->cpu, false))
        return false;
    for (int q = 0; q < h->w->head->groups; q++)
        if (waiting_in(h, q, true) &&
            waiting_in(h, q, false) > waiting_in(h, (int)from, false))
            return false;
    return true;
}

static bool crowd_is_true(const struct hearing *h)
{
    return waiting_in(h, queue_of(h, h->proc), false) == whole(h, 0);
}

/* ---- all of them ---- */

static bool decision_is_true(const struct hearing *h)
{
    const struct cpu *was = &h->d->before->cpu[h->cpu];
    switch (h->c->word) {
    case W_SAY_TAKES_SLICE:
        return who_is_true(h, 1, 0) && slice_is_true(h, 3);
    case W_SAY_TAKES:
        return who_is_true(h, 1, 0) && cpu_after(h)->slice_end == TICK_NEVER;
    case W_SAY_TAKES_SWITCHED:
        return who_is_true(h, 1, 0) && begun(h) != TICK_NEVER &&
               whole(h, 2) == now_of(h) - begun(h);
    case W_SAY_DISPATCH:
        return who_is_true(h, 1, 0) && h->w->head->groups == 1 &&
               was->proc == NONE && line_is_true(h, NONE);
    case W_SAY_DISPATCH_QUEUE:
        return who_is_true(h, 1, 0) && h->w->head->groups > 1 &&
               was->proc == NONE && line_is_true(h, NONE);
    case W_SAY_DISPATCH_PASSED:
        return who_is_true(h, 1, 0) && was->proc == NONE &&
               line_is_true(h, named(h, 4));
    case W_SAY_CHOSEN_SWITCH:
        return who_is_true(h, 1, 0);
    case W_SAY_SWITCHES:
        return who_is_true(h, 1, 0) && was->last == NONE;
    case W_SAY_SWITCHES_FROM:
        return who_is_true(h, 1, 0) && was->last == named(h, 3);
    case W_SAY_MIGRATES:
        return migration_is_true(h);
    default:
        return false;
    }
}

/* Whether a CPU is given away, or is not. */
static bool is_decision(const struct event *e)
{
    bool state = e->kind == EV_STATE &&
                 (e->sub == T_DISPATCH || e->sub == T_PREEMPT ||
                  (e->sub == T_SLICE_OVER && e->obj != WHY_YIELDED));
    return state || e->kind == EV_SWITCH || e->kind == EV_MIGRATE ||
           (e->kind == EV_SLICE && e->sub == SLICE_ANEW);
}

/* "ready → running": of whom it is about, before and after. */
static bool moves_are_true(const struct hearing *h)
{
    const struct world *w[] = {h->d->before, h->d->after};
    for (int i = 0; i < 2; i++) {
        const char *said = h->c->hole[1 + i];
        bool same = false;
        for (int lang = 0; lang < LANG_COUNT; lang++)
            same = same ||
                   strcmp(said, state_title((enum state)w[i]->task[h->proc].state,
                                            (enum lang)lang)) == 0;
        if (!same)
            return false;
    }
    return true;
}

/* The world in which it has to be so. A dispatch and a switch are of who was
 * there before; what a slice came to, and who comes, is seen behind. */
static bool is_true(struct hearing h)
{
    const struct event *e = h.d->event;
    bool behind = e->kind == EV_SLICE ||
                  (e->kind == EV_STATE && e->sub != T_DISPATCH);
    h.w = behind || !is_decision(e) ? h.d->after : h.d->before;
    if (!is_decision(e) && h.c->word != W_SAY_MOVES && h.c->word != W_SAY_STOP)
        return change_is_true(&h);
    switch (h.c->word) {
    case W_SAY_MOVES:
        return moves_are_true(&h);
    case W_SAY_STOP:
        return true;
    case W_SAY_RUNS_SLICE:
        return slice_is_true(&h, 0);
    case W_SAY_RUNS_FREELY:
        return cpu_after(&h)->slice_end == TICK_NEVER;
    case W_SAY_COST_SWITCH:
    case W_SAY_COST_MIGRATION:
    case W_SAY_COST_BOTH:
        return cost_is_true(&h);
    case W_SAY_PROCESS:
    case W_SAY_PROCESSES:
        return crowd_is_true(&h);
    case W_SAY_BEHIND_NONE:
    case W_SAY_BEHIND_ONE:
    case W_SAY_BEHIND_MANY:
    case W_SAY_OTHERS_NONE:
    case W_SAY_OTHERS_ONE:
    case W_SAY_OTHERS_MANY:
    case W_SAY_OTHERS_ONE_QUEUE:
    case W_SAY_OTHERS_MANY_QUEUE:
        return count_is_true(&h);
    default:
        if (e->kind == EV_SLICE)
            return goes_on_is_true(&h);
        if (e->kind == EV_STATE && e->sub == T_SLICE_OVER)
            return over_is_true(&h);
        if (e->kind == EV_STATE && e->sub == T_PREEMPT)
            return preemption_is_true(&h);
        return decision_is_true(&h) || reason_is_true(&h);
    }
}

const struct claim *truth_find_lie(const struct decision *d,
                                   const struct claims *claims)
{
    for (int i = 0; i < claims->count; i++) {
        struct hearing h = {.d = d,
                            .claims = claims,
                            .c = &claims->all[i],
                            .proc = d->event->proc,
                            .cpu = d->event->cpu};
        if (!is_true(h))
            return h.c;
    }
    return NULL;
}
