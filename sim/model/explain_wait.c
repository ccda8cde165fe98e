/* explain_wait.c: what a process waits for, and who could end that.
 *
 * Deadlock is a fact about holders: if everybody who could end a sleep sleeps
 * as well, nothing will. So for each kind of sleep this names the processes
 * that could: those at the other end of a pipe, the children waited for, the
 * holders of memory. */
#include "sim/base/promises.h"
#include "sim/model/explain.h"
#include "sim/model/explain_say.h"
#include "sim/model/semaphore.h"
#include "sim/scenario/ops.h"

/* A list of processes that may be shorter than what there is. */
struct people {
    int *to;
    int room, count;
};

static void add(struct people *l, int proc)
{
    if (l->count < l->room)
        l->to[l->count] = proc;
    l->count++;
}

static bool holds_end(const struct world *w, int proc, int pipe,
                      enum desc_kind end)
{
    return world_end(w, proc, pipe, end) != NONE;
}

static bool alive(const struct world *w, int proc)
{
    return w->task[proc].state != TERMINATED;
}

int pipe_holders(const struct world *w, int pipe, enum desc_kind end,
                 int *holders, int room)
{
    struct people l = {holders, room, 0};
    for (int i = 0; i < w->head->procs; i++)
        if (alive(w, i) && holds_end(w, i, pipe, end))
            add(&l, i);
    return l.count;
}

/* ---- not admitted, suspended ---- */

static bool lacks_memory(const struct world *w, int proc)
{
    const struct scenario *sc = w->scenario;
    int64_t need = world_need(w, proc);
    return sc->machine.memory > 0 &&
           w->head->memory_used + need > sc->machine.memory;
}

static void wait_for_memory(struct say *s, struct people *l)
{
    const struct world *w = s->w;
    for (int i = 0; i < w->head->procs; i++)
        if (w->task[i].flags & TASK_HOLDS &&
            world_need(w, i) > 0)
            add(l, i);
    say_word(s, W_WAITS_MEMORY);
}

static void wait_for_slot(struct say *s, struct people *l)
{
    const struct world *w = s->w;
    for (int i = 0; i < w->head->procs; i++)
        if (w->task[i].flags & TASK_ADMITTED &&
            (alive(w, i) || w->task[i].flags & TASK_ZOMBIE))
            add(l, i);
    say_word(s, W_WAITS_SLOT);
}

static void wait_admission(struct say *s, int proc, struct people *l)
{
    const struct world *w = s->w;
    int64_t slots = w->scenario->machine.max_processes;
    if (lacks_memory(w, proc))
        wait_for_memory(s, l);
    else if (slots > 0 && w->head->slots_used >= slots)
        wait_for_slot(s, l);
    else /* it has just come to be, or stands behind somebody who lacks it */
        say_word(s, W_WAITS_ADMISSION);
}

static void wait_suspended(struct say *s, int proc, struct people *l)
{
    uint8_t flags = s->w->task[proc].flags;
    if (flags & TASK_WANTS)
        wait_for_memory(s, l);
    else
        say_word(s, flags & TASK_STOPPED ? W_WAITS_SIGCONT : W_WAITS_ACTIVATE);
}

static void wait_cpu(struct say *s, int proc, struct people *l)
{
    (void)proc;
    for (int c = 0; c < s->w->head->cpus; c++)
        if (s->w->cpu[c].proc != NONE)
            add(l, s->w->cpu[c].proc);
    say_word(s, W_WAITS_CPU);
}

static void wait_parent(struct say *s, int proc, struct people *l)
{
    if (s->w->task[proc].flags & TASK_ZOMBIE &&
        s->w->proc[proc].parent != INIT_PROC)
        add(l, s->w->proc[proc].parent);
    say_word(s, W_WAITS_PARENT);
}

/* ---- asleep ---- */

static void sleep_time(struct say *s, const struct task *t)
{
    say_number(s, t->wait_until);
    say_fold(s, W_WAITS_UNTIL, 1);
}

static void sleep_device(struct say *s, const struct task *t)
{
    if (t->wait_obj < 0) {
        say_number(s, t->wait_until);
        say_fold(s, W_WAITS_IO, 1);
    } else {
        say_text(s, s->w->scenario->names[t->wait_obj]);
        say_fold(s, W_WAITS_DEVICE, 1);
    }
}

static void sleep_child(struct say *s, int proc, struct people *l)
{
    int child = s->w->task[proc].wait_obj;
    for (int i = 0; i < s->w->head->procs; i++)
        if (alive(s->w, i) && s->w->proc[i].parent == proc &&
            (child < 0 || i == child))
            add(l, i);
    if (child < 0)
        say_text(s, "any");
    else
        say_name(s, child);
    say_fold(s, W_WAITS_CHILD, 1);
}

/* Everybody else at the other end. If that is nobody, the sleeper itself: an
 * end of its own that it has forgotten is just what a student has to see. */
static void sleep_pipe(struct say *s, int proc, struct people *l)
{
    const struct world *w = s->w;
    const struct task *t = &w->task[proc];
    enum desc_kind other =
        t->wait == WAIT_READ ? DESC_PIPE_WRITE : DESC_PIPE_READ;
    for (int i = 0; i < w->head->procs; i++)
        if (i != proc && alive(w, i) && holds_end(w, i, t->wait_obj, other))
            add(l, i);
    if (l->count == 0 && holds_end(w, proc, t->wait_obj, other))
        add(l, proc);
    say_call(s, t->pc);
    say_var(s, w->scenario->ops[t->pc].arg[0]);
    say_fold(s, W_WAITS_CALL, 2);
}

/* Anybody who knows the name could come. */
static void sleep_open(struct say *s, int32_t pc)
{
    const struct scenario *sc = s->w->scenario;
    say_call(s, pc);
    say_text(s, sc->names[sc->ops[pc].arg[0]]);
    say_fold(s, W_WAITS_CALL, 2);
}

/* Anybody who has the queue's id could help; a queue is nobody's. */
static void sleep_queue(struct say *s, int proc)
{
    const struct task *t = &s->w->task[proc];
    const struct op *op = &s->w->scenario->ops[t->pc];
    say_call(s, t->pc);
    say_var(s, op->arg[0]);
    if (t->wait == WAIT_MSGSND) {
        say_fold(s, W_WAITS_CALL, 2);
        return;
    }
    say_number(s, world_term(s->w, proc, op_arg(op, KEY_type)));
    say_fold(s, W_WAITS_TYPE, 3);
}

/* Whoever has taken from the semaphore and not given it back; if that is
 * nobody else, the sleeper itself. */
static void sleep_sem(struct say *s, int proc, struct people *l)
{
    const struct world *w = s->w;
    int sem = sem_awaited_where(w, proc);
    bool zero = sem_awaited(w, proc).op == 0;
    for (int i = 0; i < w->head->procs && !zero; i++)
        if (i != proc && sem_held(w, i, sem) > 0)
            add(l, i);
    if (!zero && l->count == 0 && sem_held(w, proc, sem) > 0)
        add(l, proc);
    say_var(s, w->scenario->ops[w->task[proc].pc].arg[0]);
    say_number(s, sem_awaited(w, proc).num);
    say_fold(s, zero ? W_WAITS_SEM_ZERO : W_WAITS_SEM, 2);
}

static void wait_asleep(struct say *s, int proc, struct people *l)
{
    const struct task *t = &s->w->task[proc];
    switch ((enum wait_kind)t->wait) {
    case WAIT_TIME: sleep_time(s, t); break;
    case WAIT_DEVICE: sleep_device(s, t); break;
    case WAIT_CHILD: sleep_child(s, proc, l); break;
    case WAIT_READ:
    case WAIT_WRITE: sleep_pipe(s, proc, l); break;
    case WAIT_OPEN_READ:
    case WAIT_OPEN_WRITE: sleep_open(s, t->pc); break;
    case WAIT_MSGSND:
    case WAIT_MSGRCV: sleep_queue(s, proc); break;
    case WAIT_SEM:
    case WAIT_SEM_ZERO:
    case WAIT_SEMS:
    case WAIT_SEMS_ZERO: sleep_sem(s, proc, l); break;
    default: say_call(s, t->pc); break;
    }
}

int explain_wait(const struct world *w, int proc, enum lang lang,
                 struct str *waits_for, int *holders, int room)
{
    static void (*const for_state[STATE_COUNT])(struct say *, int,
                                                struct people *) = {
        [NEW] = wait_admission,
        [READY] = wait_cpu,
        [RUNNING] = wait_cpu,
        [BLOCKED] = wait_asleep,
        [TERMINATED] = wait_parent,
        [READY_SUSPENDED] = wait_suspended,
        [BLOCKED_SUSPENDED] = wait_asleep,
    };
    require(proc >= 0 && proc < w->head->procs);
    struct say s = {.w = w, .lang = lang, .plain = true};
    struct people l = {holders, room, 0};
    for_state[w->task[proc].state](&s, proc, &l);
    say_end(&s, waits_for);
    return l.count;
}
