/* explain_policy.c: a CPU is given away or taken away, by the policy's numbers.
 *
 * What each policy says is in explain_reason.c; here is when it is said, and
 * what the numbers were at that moment: who has just given up the CPU may have
 * others already. */
#include "sim/model/explain_number.h"

/* ---- a CPU is given away ---- */

/* The SWITCH that ends with the dispatch `e`; NULL if there was none. */
static const struct event *switch_before(const struct say *s,
                                         const struct event *e)
{
    if (e->cpu == NO_CPU || s->w->cpu[e->cpu].switched != e->t)
        return NULL;
    for (size_t i = s->main; i-- > 0;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->cpu == e->cpu && b->kind == EV_SWITCH)
            return b->proc == e->proc && b->val == e->t ? b : NULL;
        if (b->cpu == e->cpu && b->kind == EV_STATE)
            return NULL;
    }
    return NULL;
}

/* What decided was told when the switch began. */
static void switched(struct say *s, const struct event *e, tick since)
{
    say_number(s, e->cpu);
    say_name(s, e->proc);
    say_ticks(s, e->t - since);
    explain_how_long(s, e->val);
    say_fold(s, W_SAY_TAKES_SWITCHED, 4);
}

bool explain_choice(struct say *s, const struct event *e)
{
    const struct way *how = reason_way_of(s);
    const struct event *begun = switch_before(s, e);
    if (begun) {
        switched(s, e, begun->t);
        return true;
    }
    if (!how)
        return false;
    say_number(s, e->cpu);
    say_name(s, e->proc);
    say_reason(s, how, (struct choice){e->proc, e->cpu, e->aux, e->val});
    if (e->val > 0)
        say_ticks(s, e->val);
    say_fold(s, e->val > 0 ? W_SAY_TAKES_SLICE : W_SAY_TAKES,
             e->val > 0 ? 4 : 3);
    return true;
}

/* What the time of a switch is for: the CPU had another process before, this
 * one another CPU, or both. */
static void say_cost(struct say *s, const struct event *e)
{
    int from = s->w->task[e->proc].cpu;
    bool moves = from != NONE && from != e->cpu;
    tick all = e->val - e->t;
    tick move = moves ? s->w->scenario->machine.migration : 0;
    if (all > move)
        say_ticks(s, all - move);
    if (move) {
        say_ticks(s, move);
        say_number(s, from);
    }
    if (!move) {
        say_fold(s, W_SAY_COST_SWITCH, 1);
    } else if (all == move) {
        say_fold(s, W_SAY_COST_MIGRATION, 2);
    } else {
        say_ticks(s, all);
        say_fold(s, W_SAY_COST_BOTH, 4);
    }
}

void explain_switch(struct say *s, const struct event *e)
{
    const struct way *how = reason_way_of(s);
    int last = s->w->cpu[e->cpu].last;
    say_number(s, e->cpu);
    say_name(s, e->proc);
    say_cost(s, e);
    if (how)
        say_reason(s, how, (struct choice){e->proc, e->cpu, e->aux, 0});
    else if (last != NONE)
        say_name(s, last);
    say_stop(s, how            ? W_SAY_CHOSEN_SWITCH
                : last != NONE ? W_SAY_SWITCHES_FROM
                               : W_SAY_SWITCHES,
             how || last != NONE ? 4 : 3);
}

/* ---- a CPU is taken away ---- */

/* The level that `proc` was on before it gave up the CPU in this step. */
static int64_t level_before(const struct say *s, int proc)
{
    for (size_t i = s->main; i-- > s->from;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->kind == EV_FIGURE && b->proc == proc && b->sub == MLFQ_LEVEL)
            return b->val - 1;
    }
    return number_level(s, proc);
}

/* What aging had brought `proc` before it gave up the CPU, which is a step of
 * its own, just before. */
static int64_t aged_before(const struct say *s, int proc)
{
    const struct event *back = s->main > 1 ? trace_at(s->tr, s->main - 1)
                                           : NULL;
    if (!back || back->kind != EV_FIGURE || back->proc != proc ||
        back->aux != FIGURE_BACK ||
        trace_at(s->tr, s->main - 2)->sub != PRIORITY_AGED)
        return world_figure(s->w, proc, PRIORITY_AGED);
    return explain_figure_before(s, s->main - 1, proc, PRIORITY_MORE);
}

static void say_number_before(struct say *s, const struct way *how, int proc)
{
    if (how->say == say_number_level)
        say_number(s, level_before(s, proc));
    else if (how->say == say_number_priority)
        say_urgency(s, proc, aged_before(s, proc),
                    world_figure(s->w, proc, PRIORITY_LENT));
    else
        how->say(s, proc);
}

bool explain_preemption(struct say *s, const struct event *e)
{
    const struct way *how = reason_way_of(s);
    if (!how || !how->preempts || e->aux < 0)
        return false;
    bool owed = how->say == say_number_due;
    bool leads = how->say == say_number_vruntime;
    bool none = how->none && how->rank(s, e->proc) == TICK_NEVER;
    say_name(s, e->proc);
    say_name(s, e->aux);
    if (!none)
        say_number_before(s, how, e->proc);
    how->say(s, e->aux);
    if (owed)
        say_fraction(s, world_lag(s->w, e->aux, now_of(s)));
    if (leads)
        say_fraction(s, virtual_time(s->w, world_scheduler(s->w)->min_granularity,
                                     weight_of_nice(s->w->proc[e->aux].nice)));
    say_fold(s, none ? how->preempts_none : how->preempts,
             none ? 3 : owed || leads ? 5 : 4);
    return true;
}

bool explain_slice_over(struct say *s, const struct event *e)
{
    const struct way *how = reason_way_of(s);
    if (!how || !how->over)
        return false;
    say_name(s, e->proc);
    say_ticks(s, e->val);
    explain_others(s, e->aux);
    how->say(s, e->proc);
    say_fold(s, how->over, 4);
    return true;
}

/* Its slice is over and it goes on all the same: others are ready, but … */
bool explain_goes_on(struct say *s, const struct event *e)
{
    const struct way *how = reason_way_of(s);
    int group = world_group(s->w->task[e->proc].queue);
    if (!s->w->group[group].ready)
        return false;
    bool here = first_in_line(s, group, e->cpu) != NONE;
    bool all = s->w->head->groups == 1 && !s->w->scenario->is_affine;
    if (here && (!how || !how->again))
        return false;
    say_name(s, e->proc);
    say_ticks(s, e->val);
    if (here && all)
        how->say(s, e->proc);
    else
        say_number(s, e->cpu);
    say_fold(s, !here ? W_SAY_SLICE_ELSEWHERE
                : all ? how->again
                      : W_SAY_SLICE_AGAIN_HERE, 3);
    return true;
}

/* ---- for programs ---- */

static int64_t place_of(const struct say *s, int proc)
{
    (void)s;
    return proc + 1;
}

static int64_t ratio_shown(const struct say *s, int proc)
{
    return world_ratio(s->w, proc);
}

static const struct {
    const char *name;
    enum figure_kind kind;
    int64_t (*number)(const struct say *s, int proc);
} shorts[POLICY_COUNT] = {
    [POLICY_sjf] = {"burst", FIGURE_TICKS, number_burst},
    [POLICY_srtf] = {"burst", FIGURE_TICKS, number_burst},
    [POLICY_hrrn] = {"ratio", FIGURE_FRACTION, ratio_shown},
    [POLICY_priority] = {"priority", FIGURE_WHOLE, number_priority},
    [POLICY_mlfq] = {"level", FIGURE_WHOLE, number_level},
    [POLICY_stride] = {"pass", FIGURE_FRACTION, number_pass},
    [POLICY_cfs] = {"vruntime", FIGURE_FRACTION, number_vruntime},
    [POLICY_eevdf] = {"virtual deadline", FIGURE_FRACTION, number_due},
    [POLICY_edf] = {"deadline", FIGURE_TICKS, number_deadline},
    [POLICY_rm] = {"period", FIGURE_TICKS, number_period},
    [POLICY_xv6] = {"number", FIGURE_WHOLE, place_of},
};

/* The draw stands just before, unless the CPU had to switch first. */
static void short_draw(const struct say *s, struct str *out)
{
    const struct event *b = s->main ? trace_at(s->tr, s->main - 1) : NULL;
    if (!b || b->kind != EV_DRAW)
        return;
    str_addf(out, "ticket %lld", (long long)b->val);
    if (b->aux > 0)
        str_addf(out, " of %lld", (long long)b->aux);
}

void explain_short(const struct say *s, const struct event *dispatch,
                   struct str *out)
{
    const struct scheduler *keys = world_scheduler(s->w);
    if (keys->name == POLICY_lottery)
        short_draw(s, out);
    if (!shorts[keys->name].name)
        return;
    int64_t n = shorts[keys->name].number(s, dispatch->proc);
    enum figure_kind kind =
        keys->estimate ? FIGURE_FRACTION : shorts[keys->name].kind;
    if (figure_is_none(kind, n) || (kind == FIGURE_TICKS && n >= TICK_MAX))
        return;
    str_addf(out, "%s ", shorts[keys->name].name);
    figure_write(kind, kind == FIGURE_FRACTION ? world_fraction(s->w, n) : n, 3,
                 out);
}
