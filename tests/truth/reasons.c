/* reasons.c: why it is this one, and not that one. */
#include "tests/truth/hearing.h"

/* Said of all that are ready, unless of those in a queue. */
static enum among whom(const struct hearing *h)
{
    return is_inside(h, W_SAY_REASON_QUEUE) ? IN_QUEUE : EVERYWHERE;
}

/* Nobody of whom it is not known, and who may not run there, might stand before
 * it: "first" is said only where that is sure. */
static bool is_surely_first(const struct hearing *h)
{
    for (int p = 0; p < h->w->head->procs; p++)
        if (is_other(h, p, IN_QUEUE) && !may_run(h, p) &&
            compare(h, p, h->proc) == 0)
            return false;
    return true;
}

static bool best_is_true(const struct hearing *h)
{
    enum word w = h->c->word;
    bool line = w == W_SAY_MLFQ_BEST || w == W_SAY_PRIORITY_BEST;
    if (line && !is_surely_first(h))
        return false;
    return near(figure(h, 0), number_of(h, h->proc)) &&
           is_best(h, h->proc, whom(h)) && !is_inside(h, W_SAY_REASON_PASSED);
}

static bool is_next(const struct hearing *h, int p)
{
    return p != NONE && is_other(h, p, WHO_MAY) && is_best(h, p, WHO_MAY);
}

static bool next_is_true(const struct hearing *h)
{
    int p = named(h, 0);
    return is_next(h, p) && near(figure(h, 1), number_of(h, p)) &&
           compare(h, h->proc, p) < 0;
}

static bool tie_is_true(const struct hearing *h)
{
    int p = named(h, 0);
    return is_next(h, p) && compare(h, h->proc, p) == 0 &&
           (h->c->word == W_SAY_TIE_LINE || h->c->word == W_SAY_TIE_LEVEL ||
            p > h->proc);
}

static bool own_is_true(const struct hearing *h)
{
    return near(figure(h, 0), number_of(h, h->proc));
}

static bool has_no_number(const struct hearing *h, int p)
{
    return p != NONE && key_of(h, p) == TICK_NEVER;
}

static bool draw_is_true(const struct hearing *h)
{
    const struct event *draw = NULL;
    int group = queue_of(h, h->proc);
    for (size_t i = h->d->end; i-- > 0 && !draw;) {
        const struct event *e = trace_at(h->d->trace, i);
        if (e->kind == EV_MIGRATE && e->proc == h->proc && e->t == now_of(h))
            group = world_group(e->obj);
        if (e->kind == EV_DRAW)
            draw = e;
    }
    int64_t before = 0, all = def_of(h, h->proc)->tickets;
    int64_t own = all;
    for (int p = 0; p < h->w->head->procs; p++) {
        if (p == h->proc || !waits(h, p) || queue_of(h, p) != group ||
            !may_run(h, p))
            continue;
        int def = h->w->proc[p].def, his = h->w->proc[h->proc].def;
        bool lower = def != his ? def < his
                                : h->w->proc[p].number <
                                      h->w->proc[h->proc].number;
        before += lower ? def_of(h, p)->tickets : 0;
        all += def_of(h, p)->tickets;
    }
    bool here = h->c->word == W_SAY_LOTTERY_DRAW_HERE;
    int64_t number = whole(h, 0), first = whole(h, 1), last = whole(h, 2);
    return draw && draw->proc == h->proc && number == draw->val &&
           first == before && last == before + own - 1 && number >= first &&
           number <= last && whole(h, 3) == all &&
           (!here || whole(h, 4) == h->cpu);
}

static bool cfs_slice_is_true(const struct hearing *h)
{
    const struct scheduler *keys = world_scheduler(h->w);
    int64_t all = 0, weight = weight_of_nice(h->w->proc[h->proc].nice);
    for (int p = 0; p < h->w->head->procs; p++)
        if ((h->w->task[p].state == READY || h->w->task[p].state == RUNNING) &&
            queue_of(h, p) == queue_of(h, h->proc))
            all += weight_of_nice(h->w->proc[p].nice);
    double share = (double)keys->latency * (double)weight / (double)all;
    bool least = h->c->word == W_SAY_CFS_LEAST;
    tick slice = h->d->after->cpu[h->cpu].slice_length;
    return whole(h, 0) == keys->latency && whole(h, 1) == weight &&
           whole(h, 2) == all && near(figure(h, 3), share) &&
           (least ? whole(h, 4) == keys->min_granularity &&
                        share < (double)keys->min_granularity &&
                        slice == keys->min_granularity
                  : slice == (tick)share);
}

static bool eevdf_is_true(const struct hearing *h)
{
    double lag = (double)lag_of(h, h->proc) / one_of(h);
    int p = h->c->word == W_SAY_EEVDF_NEXT || h->c->word == W_SAY_EEVDF_NEXT_NOT
                ? named(h, 0)
                : NONE;
    switch (h->c->word) {
    case W_SAY_EEVDF_BEST:
        return near(figure(h, 0), lag) && lag >= 0 &&
               near(figure(h, 1), number_of(h, h->proc)) &&
               is_best(h, h->proc, whom(h)) &&
               !is_inside(h, W_SAY_REASON_PASSED);
    case W_SAY_EEVDF_AHEAD:
        for (int q = 0; q < h->w->head->procs; q++)
            if (is_other(h, q, whom(h)) && lag_of(h, q) >= 0)
                return false;
        return near(figure(h, 0), lag) && lag < 0 &&
               is_best(h, h->proc, whom(h));
    case W_SAY_EEVDF_OWN:
        return near(figure(h, 0), lag) &&
               near(figure(h, 1), number_of(h, h->proc));
    case W_SAY_EEVDF_NEXT:
        return is_next(h, p) && lag_of(h, p) >= 0 &&
               near(figure(h, 1), number_of(h, p));
    default:
        return is_next(h, p) && lag_of(h, p) < 0 &&
               near(figure(h, 1), (double)lag_of(h, p) / one_of(h));
    }
}

/* Nobody who may run there is between the last and the one it came to. */
static bool scan_is_true(const struct hearing *h)
{
    bool first = h->c->word == W_SAY_XV6_FIRST;
    int last = h->w->cpu[h->cpu].last;
    bool passes = is_inside(h, W_SAY_XV6_PASSES);
    for (int p = 0; p < h->w->head->procs; p++)
        if (is_other(h, p, passes ? WHO_MAY : IN_QUEUE) &&
            scanned(h, p) < scanned(h, h->proc))
            return false;
    return first ? last == NONE && whole(h, 0) == h->proc + 1
                 : whole(h, 0) == last + 1 && whole(h, 1) == h->proc + 1;
}

/* The first that the scan comes to and has to leave out. */
static bool passing_is_true(const struct hearing *h, int p)
{
    if (p == NONE || !is_other(h, p, IN_QUEUE) || may_run(h, p) ||
        !may_be_before(h, p, h->proc))
        return false;
    for (int q = 0; q < h->w->head->procs; q++)
        if (q != p && is_other(h, q, IN_QUEUE) && !may_run(h, q) &&
            policy_of(h) != POLICY_xv6 && !may_be_before(h, p, q))
            return false;
    return true;
}

bool reason_is_true(const struct hearing *h)
{
    switch (h->c->word) {
    case W_SAY_REASON_ALONE:
        return count_others(h, EVERYWHERE) == 0;
    case W_SAY_REASON_ALONE_QUEUE:
        return count_others(h, IN_QUEUE) == 0 && whole(h, 1) == h->cpu;
    case W_SAY_REASON_ALONE_HERE:
        return count_others(h, WHO_MAY) == 0 && whole(h, 1) == h->cpu &&
               count_others(h, IN_QUEUE) > 0;
    case W_SAY_REASON_PASSED:
        return passing_is_true(h, named(h, 1)) && whole(h, 2) == h->cpu;
    case W_SAY_REASONS:
        return true;
    case W_SAY_REASON_EQUAL:
    case W_SAY_REASON_LEVEL:
        return is_other(h, named(h, 1), IN_QUEUE) &&
               !may_run(h, named(h, 1)) &&
               compare(h, h->proc, named(h, 1)) == 0 && whole(h, 2) == h->cpu;
    case W_SAY_REASON_QUEUE:
        return h->w->head->groups > 1;
    case W_SAY_TIE_CREATED:
    case W_SAY_TIE_LINE:
    case W_SAY_TIE_LEVEL:
        return tie_is_true(h);
    case W_SAY_TIE_NONE:
        return tie_is_true(h) && has_no_number(h, named(h, 0));
    case W_SAY_SJF_BEST:
    case W_SAY_SJF_GUESS_BEST:
    case W_SAY_SRTF_BEST:
    case W_SAY_SRTF_GUESS_BEST:
    case W_SAY_HRRN_BEST:
    case W_SAY_PRIORITY_BEST:
    case W_SAY_MLFQ_BEST:
    case W_SAY_STRIDE_BEST:
    case W_SAY_CFS_BEST:
    case W_SAY_EDF_BEST:
    case W_SAY_RM_BEST:
        return best_is_true(h);
    case W_SAY_SJF_NEXT:
    case W_SAY_SJF_GUESS_NEXT:
    case W_SAY_SRTF_NEXT:
    case W_SAY_SRTF_GUESS_NEXT:
    case W_SAY_HRRN_NEXT:
    case W_SAY_PRIORITY_NEXT:
    case W_SAY_MLFQ_NEXT:
    case W_SAY_STRIDE_NEXT:
    case W_SAY_CFS_NEXT:
    case W_SAY_EDF_NEXT:
    case W_SAY_RM_NEXT:
        return next_is_true(h);
    case W_SAY_EDF_NEXT_NONE:
    case W_SAY_RM_NEXT_NONE:
        return is_next(h, named(h, 0)) && has_no_number(h, named(h, 0));
    case W_SAY_EDF_NONE:
    case W_SAY_RM_NONE:
        return has_no_number(h, h->proc);
    case W_SAY_SJF_OWN:
    case W_SAY_SJF_GUESS_OWN:
    case W_SAY_SRTF_OWN:
    case W_SAY_SRTF_GUESS_OWN:
    case W_SAY_HRRN_OWN:
    case W_SAY_PRIORITY_OWN:
    case W_SAY_MLFQ_OWN:
    case W_SAY_STRIDE_OWN:
    case W_SAY_CFS_OWN:
    case W_SAY_EDF_OWN:
    case W_SAY_RM_OWN:
        return own_is_true(h);
    case W_SAY_LOTTERY_DRAW:
    case W_SAY_LOTTERY_DRAW_HERE:
        return draw_is_true(h);
    case W_SAY_CFS_SLICE:
    case W_SAY_CFS_LEAST:
        return cfs_slice_is_true(h);
    case W_SAY_EEVDF_BEST:
    case W_SAY_EEVDF_AHEAD:
    case W_SAY_EEVDF_OWN:
    case W_SAY_EEVDF_NEXT:
    case W_SAY_EEVDF_NEXT_NOT:
        return eevdf_is_true(h);
    case W_SAY_XV6_FOUND:
    case W_SAY_XV6_FIRST:
        return scan_is_true(h);
    case W_SAY_XV6_PASSES:
        return passing_is_true(h, named(h, 1)) && whole(h, 3) == h->cpu &&
               whole(h, 2) == named(h, 1) + 1;
    case W_SAY_XV6_NEXT:
        return is_next(h, named(h, 0)) && whole(h, 1) == named(h, 0) + 1;
    default:
        return false;
    }
}
