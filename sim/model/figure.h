/* The numbers that a policy keeps of each process: its virtual time, its pass,
 * its level … They lie in the world, are changed by FIGURE events only, and are
 * 0 for a new process.
 *
 * A figure is a whole number, a number of ticks, or a fraction in steps of
 * 1/world_one: 2^-20 of a tick, but coarser where times are so long that they
 * would not fit. */
#ifndef TIMESLICE_FIGURE_H
#define TIMESLICE_FIGURE_H

#include "sim/base/lang.h"
#include "sim/model/world.h"

/* `now` is the present time, which may be later than the last event
 * (head->now). */

#define FIGURE_ONE (INT64_C(1) << FRACTION_BITS_MOST)

/* How many steps of a figure make one. Under stride those of a quantum, in parts
 * so that a pass is exact (scenario_pass_steps). */
static inline int64_t world_one(const struct world *w)
{
    const struct scheduler *s = world_scheduler(w);
    return s->name == POLICY_stride
               ? s->quantum * s->pass_steps / s->pass_ticks
               : INT64_C(1) << s->fraction_bits;
}

/* Which figure is which. */
enum { SJF_ESTIMATE, SJF_USED };      /* fraction less `initial`; ticks */
enum { HRRN_ALL, HRRN_NEED };         /* ticks, as of its last dispatch: waited
                                         and needed (TICK_NEVER: it needed
                                         none); needed */
enum { PRIORITY_MORE, PRIORITY_AGED, PRIORITY_LENT }; /* added to its own: all
                                         in all; by aging; by inheritance */
enum { MLFQ_LEVEL, MLFQ_USED, MLFQ_REST }; /* 0: top; ticks of the allotment;
                                              ticks left of its slice */
enum { LOTTERY_WON };                 /* draws */
enum { STRIDE_PASS, STRIDE_REST };    /* fraction, rounded down; what that left
                                         out, in steps by its tickets */
enum { CFS_VRUNTIME };                /* ticks, in fractions */
enum { EEVDF_VRUNTIME, EEVDF_DEADLINE, EEVDF_LAG, EEVDF_USED }; /* likewise;
                                         ticks of its request */

/* Figure `which` of `proc`, as of the last event that said it. */
static inline int64_t world_figure(const struct world *w, int proc, int which)
{
    const struct proc *p = &w->proc[proc];
    if (p->era != w->head->era)
        return 0;
    return which ? p->figure[which - 1] : w->task[proc].key;
}

/* Ticks that `proc`, running, has used of its slice (without a slice: since it
 * got the CPU). */
tick world_slice_used(const struct world *w, int proc, tick now);

/* Ticks of CPU that `proc` needs until it may sleep or ends: what is left of
 * its CPU burst, or the next one. TICK_MAX: it never will. What a handler may
 * add is not foreseen. */
tick world_burst(const struct world *w, int proc, tick now);

/* The same as the policy knows it: a guess where the scheduler estimates
 * (fraction). */
int64_t world_burst_known(const struct world *w, int proc, tick now);

/* The absolute deadline of the present job, or of job number `job` (0 …);
 * TICK_NEVER: it has none. */
tick world_deadline(const struct world *w, int proc);
tick world_job_deadline(const struct world *w, int proc, int64_t job);
/* When job number `job` (0 …) of a periodic process is released. */
tick world_release(const struct world *w, int proc, int64_t job);

/* The response ratio with which `proc` was dispatched last, as a fraction, to the
 * nearest step; INT64_MAX: it needed nothing. */
int64_t world_ratio(const struct world *w, int proc);

/* The priority that counts: its own, aged and inherited. */
int64_t world_priority(const struct world *w, int proc);

/* How far `ran` ticks take the virtual time of such a weight, in fractions. */
int64_t virtual_time(const struct world *w, tick ran, int64_t weight);
/* Virtual time of cfs and eevdf as of now, in fractions of a tick: what it ran
 * counts by its weight. */
int64_t world_vruntime(const struct world *w, int proc, tick now);
/* The pass of stride as of now, in fractions; and with what it leaves out. */
struct exact_pass {
    int64_t whole, rest; /* rest / tickets of a step more */
};
struct exact_pass world_exact_pass(const struct world *w, int proc, tick now);
int64_t world_pass(const struct world *w, int proc, tick now);
/* The mean of the virtual times of those who compete with `proc` under eevdf
 * less its own: what the policy owes it. While it does not compete: what it
 * left with. O(processes). */
int64_t world_lag(const struct world *w, int proc, tick now);
/* The same mean for all groups at once, `to` by group. O(processes). */
void world_fair_times(const struct world *w, tick now, int64_t to[CPUS_MAX]);

/* Whether `proc` is ready or running. */
static inline bool world_competes(const struct world *w, int proc)
{
    return w->task[proc].state == READY || w->task[proc].state == RUNNING;
}

/* The weight of a niceness, as in the kernel's table (nice 0: 1024). */
int64_t weight_of_nice(int nice);

/* A figure that is a fraction, in steps of 1/FIGURE_ONE whatever world_one is. */
int64_t world_fraction(const struct world *w, int64_t figure);

/* What the policies show of a process, for tables and JSON (figures.def). */
enum figure_kind { FIGURE_WHOLE, FIGURE_TICKS, FIGURE_FRACTION };

struct shown_figure {
    const char *name; /* "vruntime", as in JSON … */
    enum word title;  /* … and at the head of a column */
    enum figure_kind kind;
    int64_t value, one; /* FRACTION: it is value / one, exactly */
};

enum { SHOWN_FIGURES = 6 };

/* A moment of a run that is looked at: the last event may be some time ago, and
 * the figures of who runs or waits have gone on since. */
struct moment {
    const struct world *w;
    tick now;            /* from w->head->now on, up to the next event */
    const int64_t *fair; /* world_fair_times of this moment; NULL: they are
                            looked up if they are needed */
};

/* The moment of the last event. */
static inline struct moment moment_of(const struct world *w, const int64_t *fair)
{
    return (struct moment){w, w->head->now, fair};
}

/* Fills in what there is to show of `proc` under the present policy, and of its
 * deadlines; returns how many. */
int world_figures(struct moment at, int proc,
                  struct shown_figure shown[SHOWN_FIGURES]);

/* The number by which the ready are in order under the present policy: a figure
 * or what else it compares; where the line alone decides, when it was joined.
 * Returns false if there is none but the level. Of lottery it is no order, but
 * what a process stands there with. */
bool world_order_figure(struct moment at, int proc, struct shown_figure *shown);

/* What the policy owes `proc` at that moment under eevdf, which makes it eligible
 * if it is not below 0; as a figure that is shown. */
struct shown_figure world_lag_figure(struct moment at, int proc);

/* Whether a FIGURE event says more than that something was counted: somebody
 * has aged, is lent urgency or gives it back, or goes down a level. */
bool figure_matters(const struct world *w, const struct event *e);

/* Whether there is no such number: never, or more than any. */
bool figure_is_none(enum figure_kind kind, int64_t value);

/* Appends a figure as a number with at most `decimals` (0 … 6) digits behind
 * the point, rounded, without needless zeros; "-" where there is none. */
void shown_write(const struct shown_figure *f, int decimals, struct str *out);
/* The same; a FRACTION in steps of 1/FIGURE_ONE. */
void figure_write(enum figure_kind kind, int64_t value, int decimals,
                  struct str *out);

#endif
