/* explain_reason.c: why this one, and not that one, by the policy's numbers.
 *
 * A policy compares a number of each process, so most of its sentences are
 * alike: whose number is best, who comes next with which, and what the one who
 * runs has come to. A row of the table below has the words of a policy and
 * says its number; those that decide by more than a number have a function of
 * their own. Who else there is, and who was passed over, is in
 * explain_rivals.c. */
#include "sim/base/wide.h"
#include "sim/model/explain_number.h"

/* ---- most of them: by one number ---- */

static void say_own(struct say *s, const struct way *how, int proc,
                    enum word with)
{
    if (how->none && how->rank(s, proc) == TICK_NEVER) {
        say_word(s, how->none);
        return;
    }
    how->say(s, proc);
    say_fold(s, with, 1);
}

static enum word tie_word(const struct say *s, const struct way *how, int proc)
{
    if (how->none && how->rank(s, proc) == TICK_NEVER)
        return W_SAY_TIE_NONE;
    return !how->in_line               ? W_SAY_TIE_CREATED
           : how->rank == number_level ? W_SAY_TIE_LEVEL
                                       : W_SAY_TIE_LINE;
}

/* Adds who comes next, of whom the same or less can be said. */
static void add_next(struct say *s, const struct way *how, int proc, int next)
{
    say_name(s, next);
    if (number_compare(s, how, proc, next) == 0) {
        say_fold(s, tie_word(s, how, proc), 1);
    } else if (how->none && how->rank(s, next) == TICK_NEVER) {
        say_fold(s, how->next_none, 1);
    } else {
        how->say(s, next);
        say_fold(s, how->next, 2);
    }
    say_fold(s, W_SAY_REASONS, 2);
}

static void by_words(struct say *s, const struct way *how, struct choice c)
{
    struct rivals r = rivals_of(s, how, c, 0);
    bool best = r.passed == NONE && r.equal == NONE && r.next != NONE;
    say_own(s, how, c.proc, best ? how->best : how->own);
    if (r.next != NONE)
        add_next(s, how, c.proc, r.next);
    rivals_say(s, c, r);
}

/* ---- those who have more to tell ---- */

static void by_ticket(struct say *s, const struct way *how, struct choice c)
{
    int group;
    const struct event *draw = number_draw(s, c.proc, &group);
    (void)how;
    if (!draw) {
        say_number_tickets(s, c.proc);
        say_fold(s, W_SAY_LOTTERY_OWN, 1);
        return;
    }
    int64_t first = number_first_ticket(s, c.proc, group, draw->cpu);
    say_number(s, draw->val);
    say_number(s, first);
    say_number(s, first + def_of(s, c.proc)->tickets - 1);
    bool all = draw->aux > 0, here = s->w->scenario->is_affine;
    if (all)
        say_number(s, draw->aux);
    if (all && here)
        say_number(s, c.cpu);
    say_fold(s, !all   ? W_SAY_LOTTERY_DRAW_MANY
                : here ? W_SAY_LOTTERY_DRAW_HERE
                       : W_SAY_LOTTERY_DRAW,
             !all ? 3 : here ? 5 : 4);
}

static int64_t weight_of(const struct say *s, int proc)
{
    return weight_of_nice(s->w->proc[proc].nice);
}

/* Of all who compete in the group of `proc`. */
static int64_t weight_of_all(const struct say *s, int proc)
{
    const struct world *w = s->w;
    int group = world_group(w->task[proc].queue);
    int64_t all = 0;
    for (int p = 0; p < w->head->procs; p++)
        if (world_competes(w, p) && world_group(w->task[p].queue) == group)
            all += weight_of(s, p);
    return all;
}

static void by_vruntime(struct say *s, const struct way *how, struct choice c)
{
    const struct scheduler *keys = world_scheduler(s->w);
    int64_t weight = weight_of(s, c.proc), all = weight_of_all(s, c.proc);
    tick share = wide_share(keys->latency, weight, all);
    bool least = share < keys->min_granularity;
    by_words(s, how, c);
    if (c.slice != (least ? keys->min_granularity : share))
        return;
    say_number(s, keys->latency);
    say_number(s, weight);
    say_number(s, all);
    say_fraction(s, wide_share(clamped_product(keys->latency,
                                               world_one(s->w)),
                               weight, all));
    if (least)
        say_number(s, keys->min_granularity);
    say_fold(s, least ? W_SAY_CFS_LEAST : W_SAY_CFS_SLICE, least ? 5 : 4);
    say_fold(s, W_SAY_REASONS, 2);
}

static void add_next_due(struct say *s, int proc, int next, int64_t time)
{
    bool owed = number_vruntime(s, next) <= time;
    bool tie = owed && number_due(s, next) == number_due(s, proc);
    say_name(s, next);
    if (!tie)
        say_fraction(s, owed ? number_due(s, next)
                             : time - number_vruntime(s, next));
    say_fold(s, tie    ? W_SAY_TIE_CREATED
                : owed ? W_SAY_EEVDF_NEXT
                       : W_SAY_EEVDF_NEXT_NOT,
             tie ? 1 : 2);
    say_fold(s, W_SAY_REASONS, 2);
}

static void by_due(struct say *s, const struct way *how, struct choice c)
{
    int64_t lag = world_lag(s->w, c.proc, now_of(s));
    int64_t time = clamped_sum(lag, number_vruntime(s, c.proc));
    struct rivals r = rivals_of(s, how, c, time);
    bool best = r.passed == NONE && r.next != NONE;
    say_fraction(s, lag);
    if (lag < 0 && best) {
        say_fold(s, W_SAY_EEVDF_AHEAD, 1);
    } else {
        say_number_due(s, c.proc);
        say_fold(s, best ? how->best : how->own, 2);
        if (r.next != NONE)
            add_next_due(s, c.proc, r.next, time);
    }
    rivals_say(s, c, r);
}

static void by_scan(struct say *s, const struct way *how, struct choice c)
{
    struct rivals r = rivals_of(s, how, c, 0);
    int last = s->w->cpu[c.cpu].last;
    if (last != NONE)
        say_number_place(s, last);
    say_number_place(s, c.proc);
    say_fold(s, last != NONE ? W_SAY_XV6_FOUND : W_SAY_XV6_FIRST,
             last != NONE ? 2 : 1);
    if (r.passed != NONE) {
        say_name(s, r.passed);
        say_number_place(s, r.passed);
        say_number(s, c.cpu);
        say_fold(s, W_SAY_XV6_PASSES, 4);
    }
    if (r.next != NONE) {
        say_name(s, r.next);
        say_number_place(s, r.next);
        say_fold(s, how->next, 2);
        say_fold(s, W_SAY_REASONS, 2);
    }
    r.passed = NONE; /* told already */
    rivals_say(s, c, r);
}

/* ---- the words of each ---- */

static const struct way ways[POLICY_COUNT] = {
    [POLICY_sjf] = {.best = W_SAY_SJF_BEST, .next = W_SAY_SJF_NEXT,
                    .own = W_SAY_SJF_OWN, .rank = number_burst,
                    .say = say_number_burst},
    [POLICY_srtf] = {.best = W_SAY_SRTF_BEST, .next = W_SAY_SRTF_NEXT,
                     .own = W_SAY_SRTF_OWN, .preempts = W_SAY_SRTF_PREEMPTS,
                     .rank = number_burst, .say = say_number_burst},
    [POLICY_hrrn] = {.best = W_SAY_HRRN_BEST, .next = W_SAY_HRRN_NEXT,
                     .own = W_SAY_HRRN_OWN, .rank = number_ratio,
                     .say = say_number_ratio},
    [POLICY_priority] = {.best = W_SAY_PRIORITY_BEST,
                         .next = W_SAY_PRIORITY_NEXT,
                         .own = W_SAY_PRIORITY_OWN,
                         .preempts = W_SAY_PRIORITY_PREEMPTS,
                         .over = W_SAY_PRIORITY_OVER,
                         .again = W_SAY_PRIORITY_AGAIN,
                         .rank = number_priority, .say = say_number_priority,
                         .in_line = true},
    [POLICY_mlfq] = {.best = W_SAY_MLFQ_BEST, .next = W_SAY_MLFQ_NEXT,
                     .own = W_SAY_MLFQ_OWN, .preempts = W_SAY_MLFQ_PREEMPTS,
                     .over = W_SAY_MLFQ_OVER, .again = W_SAY_MLFQ_AGAIN,
                     .rank = number_level, .say = say_number_level, .in_line = true},
    [POLICY_lottery] = {.over = W_SAY_LOTTERY_OVER, .say = say_number_tickets,
                        .reason = by_ticket},
    [POLICY_stride] = {.best = W_SAY_STRIDE_BEST, .next = W_SAY_STRIDE_NEXT,
                       .own = W_SAY_STRIDE_OWN, .over = W_SAY_STRIDE_OVER,
                       .again = W_SAY_STRIDE_AGAIN, .rank = number_pass,
                       .say = say_number_pass},
    [POLICY_cfs] = {.best = W_SAY_CFS_BEST, .next = W_SAY_CFS_NEXT,
                    .own = W_SAY_CFS_OWN, .preempts = W_SAY_CFS_PREEMPTS,
                    .over = W_SAY_CFS_OVER, .again = W_SAY_CFS_AGAIN,
                    .rank = number_vruntime, .say = say_number_vruntime,
                    .reason = by_vruntime},
    [POLICY_eevdf] = {.best = W_SAY_EEVDF_BEST, .own = W_SAY_EEVDF_OWN,
                      .preempts = W_SAY_EEVDF_PREEMPTS,
                      .over = W_SAY_EEVDF_OVER, .again = W_SAY_EEVDF_AGAIN,
                      .say = say_number_due, .reason = by_due},
    [POLICY_edf] = {.best = W_SAY_EDF_BEST, .next = W_SAY_EDF_NEXT,
                    .own = W_SAY_EDF_OWN, .preempts = W_SAY_EDF_PREEMPTS,
                    .none = W_SAY_EDF_NONE, .next_none = W_SAY_EDF_NEXT_NONE,
                    .preempts_none = W_SAY_EDF_PREEMPTS_NONE,
                    .rank = number_deadline, .say = say_number_deadline},
    [POLICY_rm] = {.best = W_SAY_RM_BEST, .next = W_SAY_RM_NEXT,
                   .own = W_SAY_RM_OWN, .preempts = W_SAY_RM_PREEMPTS,
                   .none = W_SAY_RM_NONE, .next_none = W_SAY_RM_NEXT_NONE,
                   .preempts_none = W_SAY_RM_PREEMPTS_NONE,
                   .rank = number_period, .say = say_number_period},
    [POLICY_xv6] = {.next = W_SAY_XV6_NEXT, .over = W_SAY_XV6_OVER,
                    .say = say_number_place, .reason = by_scan},
};

/* Where the length of a burst is a guess. */
static const struct way sjf_guess = {.best = W_SAY_SJF_GUESS_BEST,
                                     .next = W_SAY_SJF_GUESS_NEXT,
                                     .own = W_SAY_SJF_GUESS_OWN,
                                     .rank = number_burst,
                                     .say = say_number_burst};
static const struct way srtf_guess = {.best = W_SAY_SRTF_GUESS_BEST,
                                      .next = W_SAY_SRTF_GUESS_NEXT,
                                      .own = W_SAY_SRTF_GUESS_OWN,
                                      .preempts = W_SAY_SRTF_GUESS_PREEMPTS,
                                      .rank = number_burst,
                                      .say = say_number_burst};

const struct way *reason_way_of(const struct say *s)
{
    const struct scheduler *keys = world_scheduler(s->w);
    if (keys->estimate && keys->name == POLICY_sjf)
        return &sjf_guess;
    if (keys->estimate && keys->name == POLICY_srtf)
        return &srtf_guess;
    return ways[keys->name].say ? &ways[keys->name] : NULL;
}

void say_reason(struct say *s, const struct way *how, struct choice c)
{
    (how->reason ? how->reason : by_words)(s, how, c);
}
