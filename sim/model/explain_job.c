/* explain_job.c: periodic processes and their deadlines. Jobs are counted from
 * 1 for people. */
#include "sim/model/explain_number.h"

void explain_job(struct say *s, const struct event *e)
{
    tick due = world_job_deadline(s->w, e->proc, e->val);
    say_name(s, e->proc);
    say_number(s, e->val + 1);
    say_number(s, e->t);
    if (!e->sub && e->t == due) {
        say_fold(s, W_SAY_JOB_JUST, 3);
    } else {
        say_number(s, due);
        if (!e->sub)
            say_ticks(s, e->t - due);
        say_fold(s, e->sub ? W_SAY_JOB_MET : W_SAY_JOB_MISSED, e->sub ? 4 : 5);
    }
    if (e->aux) {
        say_number(s, world_release(s->w, e->proc, e->val + 1));
        say_fold(s, W_SAY_JOB_LATE, 2);
    }
    say_fold(s, W_SAY_STOP, 1);
}

void explain_missed(struct say *s, const struct event *e)
{
    const struct proc *p = &s->w->proc[e->proc];
    say_name(s, e->proc);
    say_number(s, e->val);
    say_number(s, p->job + e->aux + 1);
    say_count(s, p->missed, W_SAY_DEADLINE, W_SAY_DEADLINES);
    if (e->aux)
        say_number(s, p->job + 1);
    say_stop(s, e->aux ? W_SAY_DEADLINE_PASSED_QUEUED : W_SAY_DEADLINE_PASSED,
             e->aux ? 5 : 4);
}

bool explain_is_job_end(const struct say *s, int32_t op)
{
    const struct op *o = &s->w->scenario->ops[op];
    return o->verb == OP_until && o->arg[0] == ARG_NEXT_JOB;
}

void explain_next_job(struct say *s, const struct event *e)
{
    int64_t jobs = def_of(s, e->proc)->jobs, job = s->w->proc[e->proc].job;
    bool last = jobs && job >= jobs;
    say_name(s, e->proc);
    say_number(s, last ? jobs : world_release(s->w, e->proc, job));
    say_fold(s, last ? W_SAY_JOB_LAST : W_SAY_JOB_AT_ONCE, 2);
}

void explain_sleeps_job(struct say *s, const struct event *e)
{
    tick until = s->w->task[e->proc].wait_until;
    say_name(s, e->proc);
    say_number(s, until);
    say_ticks(s, until - e->t);
    say_fold(s, W_SAY_SLEEPS_JOB, 3);
}

void explain_job_released(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_number(s, e->t);
    say_number(s, s->w->proc[e->proc].job + 1);
    say_number(s, world_deadline(s->w, e->proc));
    say_fold(s, W_SAY_JOB_RELEASED, 4);
}
