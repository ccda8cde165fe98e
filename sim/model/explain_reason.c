/* explain_reason.c: why this one, and not that one, by the policy's numbers.
 *
 * A policy compares a number of each process, so most of its sentences are
 * alike: whose number is best, who comes next with which, and what the one who
 * runs has come to. A row of the table below has the words of a policy and
 * says its number; those that decide by more than a number have a function of
 * their own. Nothing is claimed that the world does not show: where the next
 * one has the better number, and only may not run there, he is not told of. */
#include "sim/base/wide.h"
#include "sim/model/explain_number.h"

/* ---- most of them: by one number ---- */

static bool may_run(const struct say *s, int proc, int cpu)
{
    return def_of(s, proc)->affinity >> cpu & 1;
}

/* Whose number is better; 0: it is the same. */
static int compare(const struct say *s, const struct way *how, int a, int b)
{
    int64_t x = how->rank(s, a), y = how->rank(s, b);
    return (x > y) - (x < y);
}

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
    return how->in_line ? W_SAY_TIE_LINE : W_SAY_TIE_CREATED;
}

/* Adds who comes next, of whom the same or less can be said. */
static void add_next(struct say *s, const struct way *how, struct choice c)
{
    say_name(s, c.next);
    if (compare(s, how, c.proc, c.next) == 0) {
        say_fold(s, tie_word(s, how, c.proc), 1);
    } else if (how->none && how->rank(s, c.next) == TICK_NEVER) {
        say_fold(s, how->next_none, 1);
    } else {
        how->say(s, c.next);
        say_fold(s, how->next, 2);
    }
    say_fold(s, W_SAY_REASONS, 2);
}

/* Adds who comes first by his number, and did not. */
static void add_not_here(struct say *s, struct choice c)
{
    say_name(s, c.next);
    say_number(s, c.cpu);
    say_fold(s, W_SAY_NOT_HERE, 2);
    say_fold(s, W_SAY_REASONS, 2);
}

static bool is_alone(const struct say *s, int proc)
{
    return !s->w->group[world_group(s->w->task[proc].queue)].ready;
}

static void by_words(struct say *s, const struct way *how, struct choice c)
{
    if (is_alone(s, c.proc)) {
        say_own(s, how, c.proc, how->own);
        say_fold(s, W_SAY_REASON_ALONE, 1);
        return;
    }
    int sign = c.next == NONE ? 1 : compare(s, how, c.proc, c.next);
    bool first = sign < 0 || (sign == 0 && (how->in_line || c.proc < c.next));
    say_own(s, how, c.proc, first ? how->best : how->own);
    if (first)
        add_next(s, how, c);
    else if (c.next != NONE && !may_run(s, c.next, c.cpu))
        add_not_here(s, c);
}

/* ---- those who have more to tell ---- */

int first_in_line(const struct say *s, int group, int cpu)
{
    const struct world *w = s->w;
    for (int q = group * READY_LINES; q < (group + 1) * READY_LINES; q++)
        for (int p = w->ready[q].head; p != NONE; p = w->task[p].line.next)
            if (may_run(s, p, cpu))
                return p;
    return NONE;
}

static void by_ticket(struct say *s, const struct way *how, struct choice c)
{
    const struct event *draw = say_event(s, EV_DRAW, c.proc);
    (void)how;
    say_number(s, draw ? draw->val : 0);
    if (draw && draw->aux > 0)
        say_number(s, draw->aux);
    say_number_tickets(s, c.proc);
    bool all = draw && draw->aux > 0;
    say_fold(s, all ? W_SAY_LOTTERY_DRAW : W_SAY_LOTTERY_DRAW_MANY,
             all ? 3 : 2);
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

/* Whether `a` is rather next than `b`, of two that are ready, when the fair
 * clock reads `time`. */
static bool rather(const struct say *s, int a, int b, int64_t time)
{
    int64_t va = number_vruntime(s, a), vb = number_vruntime(s, b);
    if ((va <= time) != (vb <= time))
        return va <= time;
    return va <= time ? number_due(s, a) < number_due(s, b) : va < vb;
}

/* Who would have been next at the fair clock's `time`; NONE. */
static int runner_up(const struct say *s, struct choice c, int64_t time)
{
    const struct world *w = s->w;
    int group = world_group(w->task[c.proc].queue), found = NONE;
    for (int p = w->ready[group * READY_LINES].head; p != NONE; p = w->task[p].line.next)
        if (may_run(s, p, c.cpu) &&
            (found == NONE || rather(s, p, found, time)))
            found = p;
    return found;
}

static void say_runner_up(struct say *s, int next, int64_t time)
{
    bool owed = number_vruntime(s, next) <= time;
    say_name(s, next);
    say_fraction(s, owed ? number_due(s, next) : time - number_vruntime(s, next));
    say_fold(s, owed ? W_SAY_EEVDF_NEXT : W_SAY_EEVDF_NEXT_NOT, 2);
    say_fold(s, W_SAY_REASONS, 2);
}

static void by_due(struct say *s, const struct way *how, struct choice c)
{
    int64_t lag = world_lag(s->w, c.proc, now_of(s));
    int64_t time = clamped_sum(lag, number_vruntime(s, c.proc));
    int next = runner_up(s, c, time);
    say_fraction(s, lag);
    if (lag < 0 && next != NONE) {
        say_fold(s, W_SAY_EEVDF_AHEAD, 1);
        return;
    }
    say_number_due(s, c.proc);
    say_fold(s, next == NONE ? how->own : how->best, 2);
    if (next == NONE)
        say_fold(s, W_SAY_REASON_ALONE, 1);
    else
        say_runner_up(s, next, time);
}

static void by_scan(struct say *s, const struct way *how, struct choice c)
{
    int last = s->w->cpu[c.cpu].last;
    if (last != NONE)
        say_number_place(s, last);
    say_number_place(s, c.proc);
    say_fold(s, last != NONE ? W_SAY_XV6_FOUND : W_SAY_XV6_FIRST,
             last != NONE ? 2 : 1);
    if (c.next == NONE) {
        say_fold(s, W_SAY_REASON_ALONE, 1);
        return;
    }
    say_name(s, c.next);
    say_number_place(s, c.next);
    say_fold(s, how->next, 2);
    say_fold(s, W_SAY_REASONS, 2);
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
    if (world_scheduler(s->w)->name == POLICY_mlfq)
        c.next = first_in_line(s, world_group(s->w->task[c.proc].queue),
                               c.cpu);
    (how->reason ? how->reason : by_words)(s, how, c);
}
