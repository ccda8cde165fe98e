/* Between explain_policy.c, explain_reason.c, explain_rivals.c and
 * explain_number.c: what each policy compares, and the words for it. A number_…
 * is the smaller the better; a say_number_… pushes it as a piece of a sentence.
 * All are as of the world's moment. */
#ifndef TIMESLICE_EXPLAIN_NUMBER_H
#define TIMESLICE_EXPLAIN_NUMBER_H

#include "sim/model/explain_say.h"
#include "sim/model/figure.h"

static inline tick now_of(const struct say *s)
{
    return s->w->head->now;
}

static inline const struct process_def *def_of(const struct say *s, int proc)
{
    return world_def(s->w, proc);
}

/* A figure that is a fraction: "4.333". */
void say_fraction(struct say *s, int64_t value);

int64_t number_burst(const struct say *s, int proc);
int64_t number_ratio(const struct say *s, int proc);
int64_t number_priority(const struct say *s, int proc);
int64_t number_level(const struct say *s, int proc);
int64_t number_pass(const struct say *s, int proc);
int64_t number_vruntime(const struct say *s, int proc);
int64_t number_due(const struct say *s, int proc);
int64_t number_deadline(const struct say *s, int proc);
int64_t number_period(const struct say *s, int proc);

void say_number_burst(struct say *s, int proc);
void say_number_ratio(struct say *s, int proc);
void say_number_priority(struct say *s, int proc);
void say_number_level(struct say *s, int proc);
void say_number_tickets(struct say *s, int proc);
void say_number_pass(struct say *s, int proc);
void say_number_vruntime(struct say *s, int proc);
void say_number_due(struct say *s, int proc);
void say_number_deadline(struct say *s, int proc);
void say_number_period(struct say *s, int proc);
void say_number_place(struct say *s, int proc);

/* A priority with what aging and a loan (<= 0 both) have made of it. */
void say_urgency(struct say *s, int proc, int64_t aged, int64_t lent);

/* Who gets which CPU, and whom it might have been instead (NONE: unknown). */
struct choice {
    int proc, cpu, next;
    tick slice; /* 0: none */
};

/* What a policy's sentences are made of. */
struct way {
    /* {0} its number; {0} name, {1} number; {0} its number. */
    enum word best, next, own;
    /* {0} who runs, {1} who comes, {2} and {3} their numbers. */
    enum word preempts;
    enum word over;  /* {0} name, {1} ticks, {2} others, {3} its number */
    enum word again; /* {0} name, {1} ticks, {2} its number */
    /* Those who have no such number: their rank is TICK_NEVER. */
    enum word none, next_none, preempts_none;
    int64_t (*rank)(const struct say *s, int proc); /* the least is best */
    void (*say)(struct say *s, int proc);           /* pushes its number */
    bool in_line; /* equal ones: as they stand in line, not by age */
    /* Pushes why it is c.proc; NULL: by the words above. */
    void (*reason)(struct say *s, const struct way *how, struct choice c);
};

/* The words of the present policy; NULL: it has its place in the line, and no
 * number. */
const struct way *reason_way_of(const struct say *s);
/* Pushes why it is c.proc. */
void say_reason(struct say *s, const struct way *how, struct choice c);

/* ---- explain_rivals.c ---- */

/* The first in the lines of a group who may run on `cpu`; NONE. */
int first_in_line(const struct say *s, int group, int cpu);

/* Whose number is better: < 0 that of `a`, > 0 that of `b`, 0 the same. */
int number_compare(const struct say *s, const struct way *how, int a, int b);
/* Whose response ratio is lower (< 0: that of `a`), to the last digit. */
int number_compare_ratios(const struct say *s, int a, int b);

/* Those besides the one chosen, of his queue: who comes first of those who may
 * run there, and who would come before him if he might, or might. NONE:
 * nobody. */
struct rivals {
    int next, passed;
    int equal; /* the line decides between him and one who may not run there */
};

/* `time`: what the fair clock of eevdf reads. O(ready) with affinity and under
 * eevdf. */
struct rivals rivals_of(const struct say *s, const struct way *how,
                        struct choice c, int64_t time);
/* Puts around the reason on top that there is nobody else, or nobody who may
 * run there, who was passed over, or that only those of a queue count. */
void rivals_say(struct say *s, struct choice c, struct rivals r);

/* The draw of this tick that `proc` has won, and in whose queue it was; NULL. */
const struct event *number_draw(const struct say *s, int proc, int *group);
/* The number of the first ticket of `proc`, which has just left it, in a draw
 * in that queue for `cpu`. O(ready). */
int64_t number_first_ticket(const struct say *s, int proc, int group, int cpu);

#endif
