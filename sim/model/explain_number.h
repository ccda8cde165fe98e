/* Between explain_policy.c, explain_reason.c and explain_number.c: what each
 * policy compares, and the words for it. A number_… is the smaller the better;
 * a say_number_… pushes it as a piece of a sentence. All are as of the world's
 * moment. */
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
    return &s->w->scenario->processes[s->w->proc[proc].def];
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
/* The first in the lines of a group who may run on `cpu`; NONE. */
int first_in_line(const struct say *s, int group, int cpu);

#endif
