/* call.c: what a call may come to.
 *
 * For each call there is a short list of what people take it to do: that it
 * returns at once, that it sleeps, how many bytes, end of file, an errno, a
 * signal. The list is made of what is known before the call takes effect; the
 * right one is then found in its events. */
#include "sim/predict/question_in.h"

#include "sim/model/semaphore.h"
#include "sim/scenario/ops.h"

enum { CHILDREN_MOST = 4, MESSAGES_MOST = 5 };

struct asked {
    const struct world *w;
    int proc;
    const struct op *op;
    struct candidates c;
};

static void returns(struct asked *a, int64_t value)
{
    candidate(&a->c, CHOICE_RETURNS, value);
}

static void fails(struct asked *a, enum errno_name error)
{
    candidate(&a->c, CHOICE_FAILS, error);
}

static void sleeps(struct asked *a)
{
    candidate(&a->c, CHOICE_SLEEPS, 0);
}

/* ---- descriptors ---- */

/* The pipe behind the descriptor of argument `key`; NONE: it is not open. */
static int pipe_of(const struct asked *a, enum arg_key key, enum desc_kind end)
{
    int64_t fd = world_var(a->w, a->proc, op_arg(a->op, key));
    int d = fd < 3 ? NONE : world_desc(a->w, a->proc, fd);
    return d == NONE || !desc_has_end(&a->w->desc[d], end)
               ? NONE
               : a->w->desc[d].object;
}

static bool ask_read(struct asked *a)
{
    int pipe = pipe_of(a, KEY_read, DESC_PIPE_READ);
    int64_t size = op_arg(a->op, KEY_size);
    int64_t bytes = pipe == NONE ? 0 : a->w->pipe[pipe].bytes;
    sleeps(a);
    if (bytes)
        returns(a, bytes < size ? bytes : size);
    returns(a, 0);
    fails(a, E_EAGAIN);
    if (pipe == NONE)
        fails(a, E_EBADF);
    if (bytes != size)
        returns(a, size);
    return true;
}

static int64_t bytes_along(const struct asked *a)
{
    int64_t n = op_arg(a->op, KEY_bytes);
    if (n != ARG_ABSENT)
        return n;
    struct str text = {0};
    world_write_text(a->w, a->proc, op_arg(a->op, KEY_text), &text);
    n = (int64_t)text.length;
    str_free(&text);
    return n;
}

static bool ask_write(struct asked *a)
{
    int pipe = pipe_of(a, KEY_write, DESC_PIPE_WRITE);
    int64_t n = bytes_along(a);
    sleeps(a);
    returns(a, n);
    fails(a, E_EAGAIN);
    if (pipe == NONE)
        fails(a, E_EBADF);
    fails(a, E_EPIPE);
    candidate(&a->c, CHOICE_DIES, signal_number("SIGPIPE"));
    if (pipe != NONE) {
        const struct pipe *p = &a->w->pipe[pipe];
        int64_t room = (int64_t)(p->slots - p->used) * PIPE_PAGE;
        if (room > 0 && room < n)
            returns(a, room);
    }
    return true;
}

/* Who closes what it has open gets 0: there is nothing to ask. */
static bool ask_close(struct asked *a)
{
    int64_t fd = world_var(a->w, a->proc, op_arg(a->op, KEY_close));
    if (fd >= 3 && world_desc(a->w, a->proc, fd) != NONE)
        return false;
    returns(a, 0);
    fails(a, E_EBADF);
    candidate(&a->c, CHOICE_DIES, signal_number("SIGPIPE"));
    return true;
}

static bool ask_mkfifo(struct asked *a)
{
    returns(a, 0);
    fails(a, E_EEXIST);
    fails(a, E_ENOENT);
    sleeps(a);
    return true;
}

static bool ask_open(struct asked *a)
{
    const struct fd *fd = &a->w->fd[(int64_t)a->proc * a->w->head->fds];
    int lowest = 3;
    while (lowest < a->w->head->fds && fd[lowest].desc != NONE)
        lowest++;
    sleeps(a);
    returns(a, lowest);
    fails(a, E_ENXIO);
    fails(a, E_ENOENT);
    returns(a, 0);
    return true;
}

static bool ask_unlink(struct asked *a)
{
    returns(a, 0);
    fails(a, E_ENOENT);
    fails(a, E_EBUSY);
    sleeps(a);
    return true;
}

/* ---- processes ---- */

static bool ask_fork(struct asked *a)
{
    candidate(&a->c, CHOICE_PID, a->w->head->procs);
    returns(a, 0);
    candidate(&a->c, CHOICE_PID, a->proc);
    fails(a, E_EAGAIN);
    return true;
}

static bool ask_wait(struct asked *a)
{
    const struct proc *p = &a->w->proc[a->proc];
    int n = 0;
    sleeps(a);
    for (int c = p->children.head; c != NONE && n < CHILDREN_MOST;
         c = a->w->proc[c].sibling.next, n++)
        candidate(&a->c, CHOICE_PID, c);
    fails(a, E_ECHILD);
    returns(a, 0);
    return true;
}

/* Only where somebody might think that it goes otherwise: to a process that is
 * not there any more, or a zombie. */
static bool ask_kill(struct asked *a)
{
    int target = world_process(a->w, op_arg(a->op, KEY_kill), a->proc);
    if (target != NONE && a->w->task[target].state != TERMINATED)
        return false;
    returns(a, 0);
    fails(a, E_ESRCH);
    fails(a, E_ECHILD);
    fails(a, E_EPERM);
    return true;
}

static bool ask_pause(struct asked *a)
{
    sleeps(a);
    returns(a, 0);
    fails(a, E_EINTR);
    return true;
}

/* ---- System V ---- */

int question_object(const struct world *w, int proc, const struct op *op)
{
    int64_t id = world_var(w, proc, op->arg[0]);
    enum mechanism kind =
        (enum mechanism)op_about((enum verb)op->verb)->mechanism;
    const struct ipc *o = world_ipc(w, kind, id);
    return o && !o->gone ? (int)id : NONE;
}

static bool ask_get(struct asked *a)
{
    candidate(&a->c, CHOICE_OBJECT, 0);
    fails(a, E_ENOENT);
    fails(a, E_EEXIST);
    fails(a, E_EACCES);
    fails(a, E_EINVAL);
    return true;
}

static bool ask_msgsnd(struct asked *a)
{
    bool there = question_object(a->w, a->proc, a->op) != NONE;
    returns(a, 0);
    sleeps(a);
    fails(a, E_EAGAIN);
    returns(a, bytes_along(a));
    fails(a, E_EINVAL);
    if (!there)
        fails(a, E_EIDRM);
    return true;
}

static const struct msg *message(const struct world *w, int queue, int place)
{
    return &w->msg[w->msgq[queue].first + place];
}

static bool ask_msgrcv(struct asked *a)
{
    int q = question_object(a->w, a->proc, a->op);
    int n = q == NONE ? 0 : a->w->msgq[q].qnum;
    int64_t size = op_arg(a->op, KEY_size);
    sleeps(a);
    for (int i = 0; i < n && i < 2; i++) {
        int64_t length = message(a->w, q, i)->length;
        returns(a, length < size ? length : size);
    }
    fails(a, E_ENOMSG);
    fails(a, E_E2BIG);
    fails(a, q == NONE ? E_EIDRM : E_EAGAIN);
    fails(a, E_EINVAL);
    return true;
}

static bool ask_control(struct asked *a)
{
    returns(a, 0);
    fails(a, E_EINVAL);
    fails(a, E_EIDRM);
    fails(a, E_EPERM);
    return true;
}

/* The semaphore that an operation with `num` means, NONE. */
static int semaphore(const struct world *w, int set, int64_t num)
{
    num = num == ARG_ABSENT ? 0 : num;
    return set == NONE || num >= w->semset[set].nsems
               ? NONE
               : (int)(w->semset[set].first + num);
}

static bool ask_semctl(struct asked *a)
{
    int set = question_object(a->w, a->proc, a->op);
    int sem = semaphore(a->w, set, op_arg(a->op, KEY_num));
    if (sem != NONE && op_arg(a->op, KEY_cmd) == 2 /* GETVAL */) {
        returns(a, a->w->sem[sem].value);
        returns(a, a->w->sem[sem].value + 1);
    }
    return ask_control(a);
}

static bool ask_semop(struct asked *a)
{
    int set = question_object(a->w, a->proc, a->op);
    struct sem_ops ops = sem_ops_of(a->w->scenario, a->op);
    returns(a, 0);
    sleeps(a);
    fails(a, E_EAGAIN);
    if (ops.count == 1) {
        struct sem_op one = sem_op_at(&ops, 0);
        int sem = semaphore(a->w, set, one.num);
        int64_t then = sem == NONE ? 0 : a->w->sem[sem].value + one.op;
        if (then > 0)
            returns(a, then);
    }
    fails(a, E_EINVAL);
    if (set == NONE)
        fails(a, E_EIDRM);
    return true;
}

static bool ask_shmat(struct asked *a)
{
    candidate(&a->c, CHOICE_ADDRESS, 0);
    fails(a, E_EINVAL);
    fails(a, E_EACCES);
    fails(a, E_EIDRM);
    return true;
}

static bool ask_shmdt(struct asked *a)
{
    returns(a, 0);
    fails(a, E_EINVAL);
    fails(a, E_EIDRM);
    return true;
}

/* Whether the address that the op begins with is mapped, and may be written. */
static bool plainly_mapped(const struct asked *a)
{
    const struct attach *at =
        &a->w->attach[(int64_t)a->proc * a->w->head->attaches];
    int64_t address = world_var(a->w, a->proc, a->op->arg[0]);
    for (int i = 0; i < a->w->head->attaches; i++)
        if (at[i].shm != NONE && at[i].address == address)
            return a->op->verb == OP_load || !at[i].readonly;
    return false;
}

static bool ask_memory(struct asked *a)
{
    if (plainly_mapped(a))
        return false;
    candidate(&a->c, CHOICE_WORKS, 0);
    candidate(&a->c, CHOICE_DIES, signal_number("SIGSEGV"));
    fails(a, E_EFAULT);
    return true;
}

static bool (*const asks[OP_COUNT])(struct asked *a) = {
    [OP_read] = ask_read,       [OP_write] = ask_write,
    [OP_close] = ask_close,     [OP_mkfifo] = ask_mkfifo,
    [OP_open] = ask_open,       [OP_unlink] = ask_unlink,
    [OP_fork] = ask_fork,       [OP_wait] = ask_wait,
    [OP_kill] = ask_kill,       [OP_pause] = ask_pause,
    [OP_msgget] = ask_get,      [OP_shmget] = ask_get,
    [OP_semget] = ask_get,      [OP_msgsnd] = ask_msgsnd,
    [OP_msgrcv] = ask_msgrcv,   [OP_msgctl] = ask_control,
    [OP_shmctl] = ask_control,  [OP_semctl] = ask_semctl,
    [OP_semop] = ask_semop,     [OP_P] = ask_semop,
    [OP_V] = ask_semop,         [OP_shmat] = ask_shmat,
    [OP_shmdt] = ask_shmdt,     [OP_store] = ask_memory,
    [OP_load] = ask_memory,
};

/* ---- what came of it ---- */

static bool dies(const struct next_step *n, int proc)
{
    return n->state && n->state->sub == T_KILL && n->state->proc == proc;
}

/* The process whose call takes effect or falls asleep, and where it stands. A
 * call that had slept comes to its end with a wake-up: that is no question on
 * the call. */
static bool whose(const struct next_step *n, int *proc, int32_t *op)
{
    const struct event *e = n->op      ? n->op
                            : n->fault ? n->fault
                                       : n->block;
    if (!e || n->open || (e->kind == EV_OP && e->cpu == 1))
        return false;
    if (e->kind == EV_FAULT && !dies(n, e->proc))
        return false; /* a handler goes on with it */
    *proc = e->proc;
    *op = e->aux;
    return true;
}

static struct choice outcome(const struct world *w, const struct next_step *n,
                             int proc, int32_t op)
{
    enum verb verb = (enum verb)w->scenario->ops[op].verb;
    int call = op_about(verb)->call;
    if (dies(n, proc))
        return (struct choice){CHOICE_DIES, n->state->aux};
    if (!n->op)
        return (struct choice){CHOICE_SLEEPS, 0};
    if (n->op->sub != E_OK)
        return (struct choice){CHOICE_FAILS, n->op->sub};
    if (call == CALL_PROCESS && n->op->val > 0)
        return (struct choice){CHOICE_PID, n->op->val - 1};
    if (call == CALL_OBJECT)
        return (struct choice){CHOICE_OBJECT, 0};
    if (call == CALL_ADDRESS)
        return (struct choice){CHOICE_ADDRESS, 0};
    if (call == CALL_OWN)
        return (struct choice){CHOICE_WORKS, 0};
    return (struct choice){CHOICE_RETURNS, n->op->val};
}

static bool begin(const struct outlook *m, const struct next_step *n,
                  struct prediction *q, struct asked *a)
{
    if (!whose(n, &q->proc, &q->op) || q->proc >= m->w->head->procs)
        return false;
    *a = (struct asked){.w = m->w, .proc = q->proc,
                        .op = &m->w->scenario->ops[q->op]};
    return true;
}

bool ask_call(const struct outlook *m, const struct next_step *n,
              struct prediction *q)
{
    struct asked a;
    if (!begin(m, n, q, &a) || !asks[a.op->verb] || !asks[a.op->verb](&a))
        return false;
    return question_choose(q, &a.c, outcome(m->w, n, q->proc, q->op), 3);
}

bool ask_message(const struct outlook *m, const struct next_step *n,
                 struct prediction *q)
{
    struct asked a;
    if (!begin(m, n, q, &a) || a.op->verb != OP_msgrcv || dies(n, q->proc) ||
        op_flag(a.op, "MSG_COPY"))
        return false;
    q->obj = question_object(m->w, q->proc, a.op);
    int held = q->obj == NONE ? 0 : m->w->msgq[q->obj].qnum;
    if (held < 2)
        return false;
    for (int i = 0; i < held && i < MESSAGES_MOST; i++)
        candidate(&a.c, CHOICE_MESSAGE, i);
    sleeps(&a);
    fails(&a, E_ENOMSG);
    struct choice right = outcome(m->w, n, q->proc, q->op);
    if (n->take && n->take->proc == q->proc && right.kind == CHOICE_RETURNS)
        right = (struct choice){CHOICE_MESSAGE, n->take->aux};
    return question_choose(q, &a.c, right, 3);
}

/* By how much the call would change which semaphore; false: by nothing. */
static bool change(const struct asked *a, int *sem, int64_t *by)
{
    if (a->op->verb != OP_P && a->op->verb != OP_V && a->op->verb != OP_semop)
        return false;
    int set = question_object(a->w, a->proc, a->op);
    struct sem_ops ops = sem_ops_of(a->w->scenario, a->op);
    struct sem_op one = sem_op_at(&ops, 0);
    *sem = ops.count == 1 ? semaphore(a->w, set, one.num) : NONE;
    *by = one.op;
    return *sem != NONE && *by;
}

bool ask_semaphore(const struct outlook *m, const struct next_step *n,
                   struct prediction *q)
{
    struct asked a;
    int sem;
    int64_t by;
    if (!begin(m, n, q, &a) || dies(n, q->proc) || !change(&a, &sem, &by))
        return false;
    int64_t value = m->w->sem[sem].value, then = value;
    const int64_t maybe[] = {value, value + by, value - by, value + 1, 0, 1};
    q->obj = sem;
    for (size_t i = 0; i < sizeof maybe / sizeof *maybe; i++)
        if (maybe[i] >= 0 && a.c.count < 4)
            candidate(&a.c, CHOICE_VALUE, maybe[i]);
    for (size_t i = n->begin; i < n->end; i++) {
        const struct event *e = trace_at(m->tr, i);
        if (e->kind == EV_SEM && e->obj == sem)
            then = e->val;
    }
    return question_choose(q, &a.c, (struct choice){CHOICE_VALUE, then}, 3);
}
