/* explain_sleep.c: why a process fell asleep: what is not there yet, and who
 * could bring it. One function for each kind of sleep. */
#include "sim/model/explain_say.h"

typedef void sentence(struct say *s, const struct event *e);

static void sleeps_for_time(struct say *s, const struct event *e)
{
    tick until = s->w->task[e->proc].wait_until;
    if (explain_is_job_end(s, e->aux)) {
        explain_sleeps_job(s, e);
        return;
    }
    say_name(s, e->proc);
    say_number(s, until);
    say_ticks(s, until > e->t ? until - e->t : 0);
    say_fold(s, W_SAY_SLEEPS_TIME, 3);
}

static void sleeps_for_device(struct say *s, const struct event *e)
{
    const struct task *t = &s->w->task[e->proc];
    say_name(s, e->proc);
    if (t->wait_obj < 0) {
        say_number(s, t->wait_until);
        say_fold(s, W_SAY_SLEEPS_IO, 2);
        return;
    }
    int serving = s->w->device[t->wait_obj].serving;
    say_given(s, s->w->scenario->names[t->wait_obj]);
    if (serving == NONE || serving == e->proc) {
        say_fold(s, W_SAY_SLEEPS_DEVICE, 2);
        return;
    }
    say_name(s, serving);
    say_fold(s, W_SAY_SLEEPS_DEVICE_BUSY, 3);
}

static void sleeps_for_child(struct say *s, const struct event *e)
{
    int child = s->w->task[e->proc].wait_obj;
    say_name(s, e->proc);
    if (child < 0) {
        say_fold(s, W_SAY_SLEEPS_ANY, 1);
        return;
    }
    say_name(s, child);
    say_fold(s, W_SAY_SLEEPS_CHILD, 2);
}

static void sleeps_for_signal(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_fold(s, W_SAY_SLEEPS_SIGNAL, 1);
}

/* Who has the other end of the pipe open, the sleeper itself too: an end that
 * it has forgotten is just what a student has to see. Returns how many. */
static int other_end(const struct say *s, const struct event *e,
                     enum desc_kind end, int *who)
{
    int n = pipe_holders(s->w, s->w->task[e->proc].wait_obj, end, who,
                         HOLDERS_SHOWN);
    return n < HOLDERS_SHOWN ? n : HOLDERS_SHOWN;
}

static bool is_alone(const struct event *e, const int *who, int n)
{
    return n == 0 || (n == 1 && who[0] == e->proc);
}

static void sleeps_for_read(struct say *s, const struct event *e)
{
    int who[HOLDERS_SHOWN];
    int n = other_end(s, e, DESC_PIPE_WRITE, who);
    say_name(s, e->proc);
    if (is_alone(e, who, n)) {
        say_fold(s, W_SAY_SLEEPS_READ_SELF, 1);
        return;
    }
    say_names(s, who, n, e->proc);
    say_fold(s, n == 1 ? W_SAY_SLEEPS_READ : W_SAY_SLEEPS_READ_MANY, 2);
}

static void sleeps_for_write(struct say *s, const struct event *e)
{
    const struct pipe *p = &s->w->pipe[s->w->task[e->proc].wait_obj];
    int who[HOLDERS_SHOWN];
    int n = other_end(s, e, DESC_PIPE_READ, who);
    say_name(s, e->proc);
    say_bytes(s, p->bytes);
    say_number(s, p->used);
    say_number(s, p->slots);
    if (is_alone(e, who, n)) {
        say_fold(s, W_SAY_SLEEPS_WRITE_SELF, 4);
        return;
    }
    say_names(s, who, n, e->proc);
    say_fold(s, n == 1 ? W_SAY_SLEEPS_WRITE : W_SAY_SLEEPS_WRITE_MANY, 5);
}

static void sleeps(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_manual(s, e->aux);
    say_fold(s, W_SAY_SLEEPS, 2);
}

void explain_sleep(struct say *s, const struct event *e)
{
    static sentence *const for_wait[WAIT_KIND_COUNT] = {
        [WAIT_TIME] = sleeps_for_time,     [WAIT_DEVICE] = sleeps_for_device,
        [WAIT_CHILD] = sleeps_for_child,   [WAIT_SIGNAL] = sleeps_for_signal,
        [WAIT_READ] = sleeps_for_read,     [WAIT_WRITE] = sleeps_for_write,
        [WAIT_OPEN_READ] = explain_sleep_open,
        [WAIT_OPEN_WRITE] = explain_sleep_open,
        [WAIT_MSGSND] = explain_sleep_msgsnd,
        [WAIT_MSGRCV] = explain_sleep_msgrcv,
        [WAIT_SEM] = explain_sleep_sem,    [WAIT_SEM_ZERO] = explain_sleep_sem,
        [WAIT_SEMS] = explain_sleep_sem,
        [WAIT_SEMS_ZERO] = explain_sleep_sem,
    };
    int kind = s->w->task[e->proc].wait;
    sentence *how = kind < WAIT_KIND_COUNT ? for_wait[kind] : NULL;
    (how ? how : sleeps)(s, e);
}
