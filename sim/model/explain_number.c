/* explain_number.c: the numbers by which the policies decide, in words. */
#include "sim/model/explain_number.h"

#include "sim/base/wide.h"

void say_fraction(struct say *s, int64_t value)
{
    struct str text = {0};
    figure_write(FIGURE_FRACTION, world_fraction(s->w, value), 3, &text);
    bool none = figure_is_none(FIGURE_FRACTION, value);
    say_text(s, none ? "∞" : str_text(&text));
    str_free(&text);
}

/* ---- bursts ---- */

int64_t number_burst(const struct say *s, int proc)
{
    return world_scheduler(s->w)->estimate
               ? world_burst_known(s->w, proc, now_of(s))
               : world_burst(s->w, proc, now_of(s));
}

void say_number_burst(struct say *s, int proc)
{
    int64_t burst = number_burst(s, proc);
    bool guess = world_scheduler(s->w)->estimate;
    if (!guess && burst < TICK_MAX) {
        say_ticks(s, burst);
        return;
    }
    say_fraction(s, guess ? burst : INT64_MAX);
    say_fold(s, burst == world_one(s->w) ? W_SAY_TICK : W_SAY_TICKS, 1);
}

/* ---- response ratios ---- */

/* How long `proc` had waited when it was chosen. */
static tick waited(const struct say *s, int proc, tick need)
{
    const struct task *t = &s->w->task[proc];
    if (t->state == READY)
        return now_of(s) - t->since;
    return world_figure(s->w, proc, HRRN_ALL) - need;
}

static int64_t ratio_of(const struct say *s, int proc)
{
    tick need = world_burst(s->w, proc, now_of(s));
    if (s->w->task[proc].state == RUNNING || need == 0)
        return need ? world_ratio(s->w, proc) : INT64_MAX;
    return wide_share(clamped_sum(waited(s, proc, need), need),
                      world_one(s->w), need);
}

int64_t number_ratio(const struct say *s, int proc)
{
    return -ratio_of(s, proc);
}

static void ratio_parts(const struct say *s, int proc, tick *all, tick *need)
{
    if (s->w->task[proc].state == RUNNING) {
        *all = world_figure(s->w, proc, HRRN_ALL);
        *need = world_figure(s->w, proc, HRRN_NEED);
    } else {
        *need = world_burst(s->w, proc, now_of(s));
        *all = clamped_sum(waited(s, proc, *need), *need);
    }
}

int number_compare_ratios(const struct say *s, int a, int b)
{
    tick all_a, all_b, need_a, need_b;
    ratio_parts(s, a, &all_a, &need_a);
    ratio_parts(s, b, &all_b, &need_b);
    if (!need_a || !need_b) /* infinite */
        return !need_a - !need_b;
    return wide_compare(wide_product(all_a, need_b),
                        wide_product(all_b, need_a));
}

/* "(6 + 3) / 3 = 3". What ran already is shown so only if its wait can be told
 * exactly from the ratio. */
void say_number_ratio(struct say *s, int proc)
{
    tick need = world_burst(s->w, proc, now_of(s));
    bool ready = s->w->task[proc].state == READY;
    if (!ready && (need == 0 || need > world_one(s->w))) {
        say_fraction(s, ratio_of(s, proc));
        return;
    }
    say_number(s, waited(s, proc, need));
    say_number(s, need);
    say_fraction(s, ratio_of(s, proc));
    say_fold(s, W_SAY_HRRN_VALUE, 3);
}

/* ---- urgency ---- */

int64_t number_priority(const struct say *s, int proc)
{
    return world_priority(s->w, proc);
}

void say_urgency(struct say *s, int proc, int64_t aged, int64_t lent)
{
    int64_t own = def_of(s, proc)->priority, more = aged < lent ? aged : lent;
    say_number(s, own + more);
    if (!more)
        return;
    say_number(s, own);
    if (aged <= lent)
        say_number(s, -aged);
    say_fold(s, aged <= lent ? W_SAY_PRIORITY_VALUE_AGED
                             : W_SAY_PRIORITY_VALUE_LENT, aged <= lent ? 3 : 2);
}

void say_number_priority(struct say *s, int proc)
{
    say_urgency(s, proc, world_figure(s->w, proc, PRIORITY_AGED),
                world_figure(s->w, proc, PRIORITY_LENT));
}

/* ---- levels, shares, jobs, the process table ---- */

int64_t number_level(const struct say *s, int proc)
{
    return world_figure(s->w, proc, MLFQ_LEVEL);
}

void say_number_level(struct say *s, int proc)
{
    say_number(s, number_level(s, proc));
}

void say_number_tickets(struct say *s, int proc)
{
    say_number(s, def_of(s, proc)->tickets);
}

int64_t number_pass(const struct say *s, int proc)
{
    return world_figure(s->w, proc, STRIDE_PASS);
}

void say_number_pass(struct say *s, int proc)
{
    say_fraction(s, number_pass(s, proc));
}

int64_t number_vruntime(const struct say *s, int proc)
{
    return world_vruntime(s->w, proc, now_of(s));
}

void say_number_vruntime(struct say *s, int proc)
{
    say_fraction(s, number_vruntime(s, proc));
}

int64_t number_due(const struct say *s, int proc)
{
    return world_figure(s->w, proc, EEVDF_DEADLINE);
}

void say_number_due(struct say *s, int proc)
{
    say_fraction(s, number_due(s, proc));
}

int64_t number_deadline(const struct say *s, int proc)
{
    return world_deadline(s->w, proc);
}

void say_number_deadline(struct say *s, int proc)
{
    say_number(s, number_deadline(s, proc));
}

int64_t number_period(const struct say *s, int proc)
{
    tick period = def_of(s, proc)->period;
    return period ? period : TICK_NEVER;
}

void say_number_period(struct say *s, int proc)
{
    say_ticks(s, number_period(s, proc));
}

void say_number_place(struct say *s, int proc)
{
    say_number(s, proc + 1);
}
