/* Inside of the court of sentences: a claim and the world it is held against. */
#ifndef TIMESLICE_TESTS_TRUTH_HEARING_H
#define TIMESLICE_TESTS_TRUTH_HEARING_H

#include "sim/model/figure.h"
#include "tests/truth/truth.h"

struct hearing {
    const struct decision *d;
    const struct claims *claims;
    const struct claim *c; /* the one that is being looked at */
    const struct world *w; /* in which numbers are looked up */
    int proc, cpu;         /* whom it is about, and where */
};

static inline tick now_of(const struct hearing *h)
{
    return h->d->after->head->now;
}

static inline enum policy_name policy_of(const struct hearing *h)
{
    return world_scheduler(h->d->after)->name;
}

static inline double one_of(const struct hearing *h)
{
    return (double)world_one(h->w);
}

/* ---- what stands in the places ---- */
int64_t whole(const struct hearing *h, int hole);
double figure(const struct hearing *h, int hole);
int named(const struct hearing *h, int hole); /* NONE: nobody has that name */
/* Whether what is said is that number, but for the decimals left out. */
bool near(double said, double is);
bool is_inside(const struct hearing *h, enum word w);

/* ---- who is there ---- */
const struct process_def *def_of(const struct hearing *h, int p);
int queue_of(const struct hearing *h, int p);
bool may_run(const struct hearing *h, int p);
/* Ready, and no CPU is turning to it. */
bool waits(const struct hearing *h, int p);

/* The others among whom the one it is about was chosen. */
enum among { EVERYWHERE, IN_QUEUE, WHO_MAY };
bool is_other(const struct hearing *h, int p, enum among who);
int count_others(const struct hearing *h, enum among who);

/* ---- the numbers of the policies ---- */
int64_t lag_of(const struct hearing *h, int p);
int64_t key_of(const struct hearing *h, int p);
double number_of(const struct hearing *h, int p);
/* < 0: `a` has the better number, 0: they have the same. */
int compare(const struct hearing *h, int a, int b);
/* How far the scan of the table goes until it comes to `p`. */
int scanned(const struct hearing *h, int p);
/* Whether `a` stands before `b`; of those whom only the line tells apart, it
 * may. */
bool may_be_before(const struct hearing *h, int a, int b);
bool is_best(const struct hearing *h, int best, enum among who);

/* ---- reasons.c ---- */
bool reason_is_true(const struct hearing *h);

/* ---- changes.c ---- */
/* Of what is no decision about a CPU; `w` is the world after it. */
bool change_is_true(const struct hearing *h);

#endif
