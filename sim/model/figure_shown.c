/* figure_shown.c: the figures that people and programs get to see. */
#include "sim/model/figure.h"

#include "sim/base/wide.h"

/* Of whom, and when. */
struct of {
    const struct world *w;
    tick now;
    const int64_t *fair; /* by group; NULL: look */
    int proc;
};

static struct of of(struct moment at, int proc)
{
    return (struct of){at.w, at.now, at.fair, proc};
}

static int64_t figure(struct of o, int which)
{
    return world_figure(o.w, o.proc, which);
}

/* A pass of which a step is many ticks: its parts need not be whole ones of a
 * quantum. To the nearest. */
static int64_t coarse_pass(const struct scheduler *s, int64_t figure)
{
    struct wide all = wide_product(figure, FIGURE_ONE * s->pass_ticks);
    return wide_quotient(wide_sum(all, wide_of(s->quantum / 2)), s->quantum);
}

static bool is_coarse(const struct world *w)
{
    const struct scheduler *s = world_scheduler(w);
    return s->name == POLICY_stride && s->pass_ticks > 1;
}

int64_t world_fraction(const struct world *w, int64_t figure)
{
    if (figure == INT64_MAX)
        return figure;
    return is_coarse(w) ? coarse_pass(world_scheduler(w), figure)
                        : wide_share(figure, FIGURE_ONE, world_one(w));
}

/* The ratio of who is ready grows; what it was for others is kept. */
static tick ratio_need(struct of o)
{
    bool ready = o.w->task[o.proc].state == READY;
    return ready ? world_burst(o.w, o.proc, o.now)
                 : figure(o, HRRN_NEED);
}

/* Under hrrn all fractions are ratios, and their own denominators are exact. */
static int64_t one_of(struct of o)
{
    if (world_scheduler(o.w)->name != POLICY_hrrn)
        return world_one(o.w);
    tick need = ratio_need(o);
    return need ? need : 1;
}

static struct shown_figure show(struct of o, const char *name, enum word title,
                                enum figure_kind kind, int64_t value)
{
    bool coarse = kind == FIGURE_FRACTION && is_coarse(o.w);
    return (struct shown_figure){.name = name,
                                 .title = title,
                                 .kind = kind,
                                 .value = coarse ? world_fraction(o.w, value)
                                                 : value,
                                 .one = coarse                    ? FIGURE_ONE
                                        : kind == FIGURE_FRACTION ? one_of(o)
                                                                  : 1};
}

/* ---- each figure ---- */

static int64_t value_burst(struct of o)
{
    return world_burst_known(o.w, o.proc, o.now);
}

static int64_t value_ratio(struct of o)
{
    const struct task *t = &o.w->task[o.proc];
    if (t->state != READY)
        return figure(o, HRRN_ALL);
    tick need = ratio_need(o);
    return need ? clamped_sum(o.now - t->since, need) : TICK_NEVER;
}

static int64_t value_priority(struct of o)
{
    return world_priority(o.w, o.proc);
}

static int64_t value_level(struct of o)
{
    return figure(o, MLFQ_LEVEL);
}

/* Nobody keeps account for who has ended. */
static int64_t value_allotment_used(struct of o)
{
    int state = o.w->task[o.proc].state;
    if (state == TERMINATED)
        return TICK_NEVER;
    return figure(o, MLFQ_USED) +
           (state == RUNNING ? world_slice_used(o.w, o.proc, o.now) : 0);
}

static int64_t value_tickets(struct of o)
{
    return world_def(o.w, o.proc)->tickets;
}

static int64_t value_draws_won(struct of o)
{
    return figure(o, LOTTERY_WON);
}

static int64_t value_pass(struct of o)
{
    return world_pass(o.w, o.proc, o.now);
}

static int64_t value_vruntime(struct of o)
{
    return world_vruntime(o.w, o.proc, o.now);
}

static int64_t value_virtual_deadline(struct of o)
{
    return figure(o, EEVDF_DEADLINE);
}

static int64_t value_lag(struct of o)
{
    int group = world_group(o.w->task[o.proc].queue);
    if (!o.fair || !world_competes(o.w, o.proc))
        return world_lag(o.w, o.proc, o.now);
    return o.fair[group] - value_vruntime(o);
}

static int64_t value_deadline(struct of o)
{
    bool ended = o.w->task[o.proc].state == TERMINATED;
    return ended ? TICK_NEVER : world_deadline(o.w, o.proc);
}

static int64_t value_deadlines_met(struct of o)
{
    return o.w->proc[o.proc].met;
}

static int64_t value_deadlines_missed(struct of o)
{
    return o.w->proc[o.proc].missed;
}

/* ---- all of them ---- */

#define IN(policy) (1u << POLICY_##policy)

static const struct {
    const char *name;
    enum word title;
    enum figure_kind kind;
    unsigned policies;
    int64_t (*value)(struct of o);
} figures[] = {
#define FIGURE(name, kind, policies, about)                                    \
    {#name, W_FIGURE_##name, FIGURE_##kind, policies, value_##name},
#include "sim/scenario/figures.def"
#undef FIGURE
};

enum { ALL = sizeof figures / sizeof *figures };

int world_figures(struct moment at, int proc,
                  struct shown_figure shown[SHOWN_FIGURES])
{
    unsigned policy = 1u << world_scheduler(at.w)->name;
    bool due = world_def(at.w, proc)->deadline > 0;
    int n = 0;
    for (int i = 0; i < ALL && n < SHOWN_FIGURES; i++) {
        bool has = figures[i].policies ? figures[i].policies & policy : due;
        if (has)
            shown[n++] = show(of(at, proc), figures[i].name, figures[i].title,
                              figures[i].kind, figures[i].value(of(at, proc)));
    }
    return n;
}

/* ---- by what the ready are in order ---- */

static int64_t value_period(struct of o)
{
    tick period = world_def(o.w, o.proc)->period;
    return period ? period : TICK_NEVER;
}

static int64_t value_number(struct of o)
{
    return o.proc + 1;
}

/* When it joined its line. */
static int64_t value_since(struct of o)
{
    return o.w->task[o.proc].since;
}

static const struct {
    const char *name; /* NULL: by nothing but the level */
    enum word title;
    enum figure_kind kind;
    int64_t (*value)(struct of o);
} orders[POLICY_COUNT] = {
    [POLICY_fcfs] = {"since", W_FIGURE_since, FIGURE_TICKS, value_since},
    [POLICY_rr] = {"since", W_FIGURE_since, FIGURE_TICKS, value_since},
    [POLICY_sjf] = {"burst", W_FIGURE_burst, FIGURE_FRACTION, value_burst},
    [POLICY_srtf] = {"burst", W_FIGURE_burst, FIGURE_FRACTION, value_burst},
    [POLICY_hrrn] = {"ratio", W_FIGURE_ratio, FIGURE_FRACTION, value_ratio},
    [POLICY_priority] = {"priority", W_FIGURE_priority, FIGURE_WHOLE,
                         value_priority},
    [POLICY_lottery] = {"tickets", W_FIGURE_tickets, FIGURE_WHOLE,
                        value_tickets},
    [POLICY_stride] = {"pass", W_FIGURE_pass, FIGURE_FRACTION, value_pass},
    [POLICY_cfs] = {"vruntime", W_FIGURE_vruntime, FIGURE_FRACTION,
                    value_vruntime},
    [POLICY_eevdf] = {"virtual_deadline", W_FIGURE_virtual_deadline,
                      FIGURE_FRACTION, value_virtual_deadline},
    [POLICY_edf] = {"deadline", W_FIGURE_deadline, FIGURE_TICKS,
                    value_deadline},
    [POLICY_rm] = {"period", W_FIGURE_period, FIGURE_TICKS, value_period},
    [POLICY_xv6] = {"number", W_FIGURE_number, FIGURE_WHOLE, value_number},
};

bool world_order_figure(struct moment at, int proc, struct shown_figure *shown)
{
    enum policy_name policy = world_scheduler(at.w)->name;
    struct of o = of(at, proc);
    if (!orders[policy].name)
        return false;
    *shown = show(o, orders[policy].name, orders[policy].title,
                  orders[policy].kind, orders[policy].value(o));
    return true;
}

struct shown_figure world_lag_figure(struct moment at, int proc)
{
    struct of o = of(at, proc);
    return show(o, "lag", W_FIGURE_lag, FIGURE_FRACTION, value_lag(o));
}

/* ---- events ---- */

bool figure_matters(const struct world *w, const struct event *e)
{
    bool down = e->sub == MLFQ_LEVEL && e->val > 0 &&
                world_scheduler(w)->name == POLICY_mlfq;
    return e->aux != FIGURE_COUNTED || down;
}
