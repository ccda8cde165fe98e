/* pipe_line.c: those who sleep on a pipe.
 *
 * Sleepers wait in line. One is woken at a time, looks again, and wakes the
 * next if it leaves something over; if there is nothing for it, it goes back
 * to the tail. So between two instants nobody is ever half awake: pipe_settle
 * lets those who were woken look until nobody is left who has not.
 *
 * When two have been woken at once, Linux lets either look first (SEMANTICS.md,
 * P17; race.c tells how a live run finds out who did).
 *
 * Who is stopped stands in no line. When it goes on, its call begins anew at
 * the tail, or ends with what a write had already done (P19). */
#include "sim/mech/pipe.h"

/* ---- waking ---- */

/* Wakes the first of the line that has not been woken yet. */
void pipe_wake_one(const struct sim *s, struct wakeups *u,
                   const struct queue *q, struct event why)
{
    for (int i = q->head; i != NONE; i = s->world.task[i].line.next)
        if (!wakeups_has(u, i)) {
            wakeups_add(u, i, why);
            return;
        }
}

void pipe_wake_all(const struct sim *s, struct wakeups *u,
                   const struct queue *q, struct event why)
{
    for (int i = q->head; i != NONE; i = s->world.task[i].line.next)
        wakeups_add(u, i, why);
}

/* ---- those who were woken look again ---- */

/* Whether the call of a process that was stopped in it is on this pipe and could
 * go on now. */
static bool could_go_on(const struct sim *s, int proc, int pipe)
{
    const struct task *t = &s->world.task[proc];
    const struct pipe *p = &s->world.pipe[pipe];
    if (t->wait_obj != pipe)
        return false;
    if (t->wait == WAIT_READ)
        return p->bytes > 0 || p->writers == 0;
    return t->wait == WAIT_WRITE && (!pipe_is_full(s, pipe) || !p->readers);
}

/* Stopped sleepers are in no line; but what they wait for may have come. */
static void tell_stopped(struct sim *s, int pipe, struct event why)
{
    for (int i = 0; (i = next_stopped(s, i)) != NONE; i++)
        if (could_go_on(s, i, pipe))
            wake_stopped(s, i, why);
}

/* Until nobody is left who has been woken and has not looked. Once an end of
 * the pipe is closed they all find the same, and any order will do: who of those
 * that die of it was the last elsewhere is seen by the lab (EV_LAST). */
void pipe_settle(struct sim *s, int pipe, struct event why, struct wakeups *u)
{
    struct woken next;
    for (;;) {
        const struct pipe *p = &s->world.pipe[pipe];
        bool open = p->readers && p->writers;
        if (!wakeups_next(s, u, open ? RACE_PIPE : RACE_NONE, pipe, &next))
            break;
        pipe_look(s, next.proc, next.why, u);
    }
    wakeups_free(u);
    tell_stopped(s, pipe, why);
}

bool pipe_again(struct sim *s, int proc)
{
    struct wakeups u = {0};
    int pipe = s->world.task[proc].wait_obj;
    const struct task *t = &s->world.task[proc];
    int64_t done = s->world.proc[proc].done;
    obey(s, RULE_P19);
    if (t->wait == WAIT_WRITE && done > 0) {
        op_wakes(s, proc, done, E_OK, NO_PAYLOAD,
                 reason(WHY_STILL_WAITING, 0, 0));
        return true;
    }
    struct event why = t->wait == WAIT_READ ? reason(WHY_DATA_CAME, NONE, 0)
                                            : reason(WHY_ROOM_CAME, NONE, 0);
    bool over = pipe_look(s, proc, why, &u);
    pipe_settle(s, pipe, why, &u);
    return over;
}

bool pipe_interrupted(struct sim *s, int proc, struct interruption *in)
{
    int64_t done = s->world.proc[proc].done;
    bool writes = s->world.task[proc].wait == WAIT_WRITE;
    obey(s, RULE_P18);
    if (writes && done > 0) {
        in->ret = done;
        in->error = E_OK;
        return true;
    }
    if (writes) {
        const struct desc *d =
            pipe_desc(s, proc, pipe_fd(s, proc, KEY_write), DESC_PIPE_WRITE);
        if (d && d->flags & DESC_NONBLOCK) {
            obey(s, RULE_P20);
            in->error = E_EAGAIN;
            return true;
        }
    }
    return !in->restart;
}
