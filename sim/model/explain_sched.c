/* explain_sched.c: what a policy does besides giving CPUs away: slices that go
 * on, priorities that age and are lent, levels, boosts, moves from one CPU's
 * queue to another's, and another policy. */
#include "sim/model/explain_number.h"

/* ---- figures ---- */

/* O(events), but found soon where the figure changes often. */
int64_t explain_figure_before(const struct say *s, size_t at, int proc,
                              int which)
{
    for (size_t i = at; i-- > 0;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->kind == EV_FIGURE && b->proc == proc && b->sub == which)
            return b->val;
        if (b->kind == EV_BOOST || b->kind == EV_POLICY ||
            (b->kind == EV_CREATE && b->proc == proc))
            return 0;
    }
    return 0;
}

static void demoted(struct say *s, const struct event *e)
{
    const struct mlfq_level *from = &world_scheduler(s->w)->level[e->val - 1];
    say_name(s, e->proc);
    say_ticks(s, from->allotment ? from->allotment : from->quantum);
    say_number(s, e->val - 1);
    say_number(s, e->val);
    say_stop(s, W_SAY_DEMOTED, 4);
}

static void aged(struct say *s, const struct event *e)
{
    const struct scheduler *keys = world_scheduler(s->w);
    say_name(s, e->proc);
    say_ticks(s, e->t - s->w->task[e->proc].since);
    say_number(s, keys->aging_by);
    say_number_priority(s, e->proc);
    say_stop(s, W_SAY_AGED, 4);
}

static void lent(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_name(s, e->obj);
    say_number(s, number_priority(s, e->proc));
    say_number_priority(s, e->obj);
    say_number(s, def_of(s, e->proc)->priority);
    say_stop(s, W_SAY_LENT, 5);
}

/* Whether what is given back was lent, and not won by aging. */
static bool was_lent(const struct say *s, const struct event *e)
{
    for (size_t i = s->main; i-- > s->from;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->kind == EV_FIGURE && b->proc == e->proc)
            return b->sub == PRIORITY_LENT;
    }
    return false;
}

static void given_back(struct say *s, const struct event *e)
{
    int64_t had = explain_figure_before(s, s->main, e->proc, PRIORITY_MORE);
    say_name(s, e->proc);
    say_number(s, number_priority(s, e->proc));
    say_number(s, def_of(s, e->proc)->priority + had);
    bool ended = s->w->task[e->proc].state == TERMINATED;
    say_stop(s, !was_lent(s, e) ? W_SAY_AGED_BACK
                : ended         ? W_SAY_LENT_ENDED
                                : W_SAY_LENT_BACK, 3);
}

void explain_figure(struct say *s, const struct event *e)
{
    if (e->aux == FIGURE_COUNTED)
        demoted(s, e);
    else if (e->aux == FIGURE_AGED)
        aged(s, e);
    else if (e->aux == FIGURE_LENT)
        lent(s, e);
    else
        given_back(s, e);
}

/* ---- slices ---- */

static void under_new_policy(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    if (e->val)
        say_ticks(s, e->val);
    say_stop(s, e->val ? W_SAY_NEW_SLICE : W_SAY_NEW_NO_SLICE, e->val ? 2 : 1);
}

void explain_renewed(struct say *s, const struct event *e)
{
    if (e->sub == SLICE_POLICY) {
        under_new_policy(s, e);
        return;
    }
    if (e->sub == SLICE_ANEW && explain_goes_on(s, e)) {
        say_fold(s, W_SAY_STOP, 1);
        return;
    }
    say_name(s, e->proc);
    say_ticks(s, e->val);
    say_stop(s, e->sub == SLICE_BOOSTED     ? W_SAY_BOOST_SLICE
                : s->w->head->groups > 1 ? W_SAY_RENEWED_QUEUE
                                         : W_SAY_RENEWED, 2);
}

/* ---- all at once ---- */

void explain_boost(struct say *s, const struct event *e)
{
    say_number(s, e->t);
    say_ticks(s, world_scheduler(s->w)->boost);
    if (e->aux > 0)
        say_count(s, e->aux, W_SAY_PROCESS, W_SAY_PROCESSES);
    say_stop(s, e->aux > 0 ? W_SAY_BOOST : W_SAY_BOOST_NOBODY,
             e->aux > 0 ? 3 : 2);
}

void explain_migrated(struct say *s, const struct event *e)
{
    int from = world_group(e->obj);
    say_number(s, e->cpu);
    say_name(s, e->proc);
    say_number(s, from);
    say_count(s, s->w->group[from].ready + 1, W_SAY_PROCESS,
              W_SAY_PROCESSES);
    say_stop(s, W_SAY_MIGRATES, 4);
}

void explain_policy_set(struct say *s, const struct event *e)
{
    const struct scheduler *keys = world_scheduler(s->w);
    say_scheduler(s, keys);
    say_number(s, e->t);
    if (keys->quantum > 0)
        say_ticks(s, keys->quantum);
    say_stop(s,
             keys->quantum > 0 ? W_SAY_POLICY_SET_QUANTUM : W_SAY_POLICY_SET,
             keys->quantum > 0 ? 3 : 2);
}
