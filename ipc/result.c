/* result.c: what the calls of a step really returned.
 *
 * In the order in which they really did: each answer carries a ticket. Process
 * ids become ours (1, 2, …), errnos the model's names, and what no result
 * holds but the kernel decided all the same, a new pipe's descriptor numbers
 * and how a process ended, is compared right here. */
#define _GNU_SOURCE
#include "ipc/actor.h"

#include "ipc/mech/mech.h"
#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/scenario/ops.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { ID_UNKNOWN = -999 };

static const struct {
    int number;
    enum errno_name name;
} errnos[] = {
#define ERRNO(name) {name, E_##name},
#include "sim/model/errnos.def"
#undef ERRNO
};

/* An errno that no op of the language can have is reported as ENOSYS: it
 * differs from whatever the model said. */
static enum errno_name errno_named(int number)
{
    if (number == 0)
        return E_OK;
    for (size_t i = 0; i < sizeof errnos / sizeof *errnos; i++)
        if (errnos[i].number == number)
            return errnos[i].name;
    return E_ENOSYS;
}

/* Bit 7 says that a core was written. Ours write none (birth.c), unless we were
 * not left the one byte that says so. */
static void compare_core(struct lab *lab, const struct actor *a)
{
    struct rlimit left;
    if (!WIFSIGNALED(a->status) || WTERMSIG(a->status) != SIGSEGV ||
        getrlimit(RLIMIT_CORE, &left) < 0 || left.rlim_max < 1)
        return;
    lab->looked |= LOOKED_CORE;
    if (WCOREDUMP(a->status))
        lab_trouble(lab, "process %d has left a core", a->proc + 1);
}

static void compare_status(struct lab *lab, const struct actor *a)
{
    if (!lab->world || a->status < 0)
        return;
    const struct proc *p = &lab->world->proc[a->proc];
    int want = p->exit_kind ? p->exit_value : (p->exit_value & 0xff) << 8;
    if ((a->status & 0xff7f) != want)
        lab_trouble(lab, "process %d ended with wait status %#x, not %#x",
                    a->proc + 1, (unsigned)a->status, (unsigned)want);
    compare_core(lab, a);
}

void add_status(struct lab *lab, struct actor *a)
{
    sight_kernel(lab, a->proc, SEEN_EXIT, (struct event){.val = a->status});
    compare_status(lab, a);
}

/* fork and wait return process ids: ours, which count from 1. */
static int64_t as_id(struct lab *lab, int64_t pid)
{
    if (pid <= 0)
        return pid;
    /* It may be reaped already: a handler ran before the wait could return. */
    int proc = proc_with_pid(lab, (int)pid);
    return proc == NONE ? ID_UNKNOWN : proc + 1;
}

static void add_result(struct lab *lab, struct step_result r, uint32_t ticket)
{
    size_t n = lab->result_count + 1;
    lab->result =
        mem_grow(lab->result, n, &lab->result_room, sizeof *lab->result);
    lab->ticket =
        mem_grow(lab->ticket, n, &lab->ticket_room, sizeof *lab->ticket);
    size_t i = lab->result_count++;
    for (; i > 0 && (int32_t)(lab->ticket[i - 1] - ticket) > 0; i--) {
        lab->ticket[i] = lab->ticket[i - 1];
        lab->result[i] = lab->result[i - 1];
    }
    lab->ticket[i] = ticket;
    lab->result[i] = r;
}

/* The description behind the descriptor that the call used or gave. */
static int desc_of(const struct lab *lab, const struct actor *a,
                   const struct op *op)
{
    if (!lab->world)
        return NONE;
    const struct arg_about *which = op_about((enum verb)op->verb)->arg;
    enum arg_key key =
        op->verb == OP_open ? KEY_as : (enum arg_key)which->key;
    int64_t fd = world_var(lab->world, a->proc, op_arg(op, key));
    return world_desc(lab->world, a->proc, fd);
}

/* Of several who looked into a pipe in one step, the last one counts: whoever
 * drew the last ticket looked after that, and so after the calls of all. */
static void note_level(struct lab *lab, const struct actor *a,
                       const struct op *op, const struct answer *said)
{
    int desc = said->bytes < 0 ? NONE : desc_of(lab, a, op);
    if (desc == NONE)
        return;
    struct level *l = &lab->level;
    if (l->pipe != NONE && (int32_t)(said->look - l->ticket) < 0)
        return;
    *l = (struct level){.pipe = lab->world->desc[desc].object, .desc = desc,
                        .proc = a->proc, .ticket = said->look,
                        .poll = said->poll, .bytes = said->bytes,
                        .size = said->size};
}

/* A pipe that is new in this step is as large as the kernel has made it: 16
 * pages, or 2 or 1 where its user has many (SEMANTICS.md, P22). */
static void compare_size(struct lab *lab, const struct level *l)
{
    const struct pipe *p = &lab->world->pipe[l->pipe];
    if (l->size < 0 || p->slots * PIPE_PAGE == l->size)
        return;
    bool free = lab->step->made == l->pipe &&
                (l->size == 16 * PIPE_PAGE || l->size == 2 * PIPE_PAGE ||
                 l->size == PIPE_PAGE);
    if (free)
        lab->room = l->size;
    else
        lab_trouble(lab, "the pipe has room for %lld bytes, not %lld",
                    (long long)l->size, (long long)p->slots * PIPE_PAGE);
}

/* Who was alone in the step saw the pipe as it is after the step. Where others
 * moved, too, some of them may have come later. */
static void compare_level(struct lab *lab, const struct level *l)
{
    const struct step *st = lab->step;
    const struct pipe *p = &lab->world->pipe[l->pipe];
    bool alone = st->kind == STEP_OP && !st->sleeps && st->results == 1 &&
                 st->result[0].proc == l->proc && st->die_count == 0 &&
                 st->enter_count == 0 && st->go_count == 0 &&
                 p->read_wait.count == 0 && p->write_wait.count == 0;
    if (alone || st->made == l->pipe)
        compare_size(lab, l);
    if (!alone)
        return;
    if (p->bytes != l->bytes)
        lab_trouble(lab, "there are %lld bytes in the pipe, not %lld",
                    (long long)l->bytes, (long long)p->bytes);
    int polls = world_polls(lab->world, l->desc);
    if (l->poll < 0)
        return;
    lab->looked |= LOOKED_POLL;
    if (polls != l->poll && !lab->room)
        lab_trouble(lab, "poll says %#x of the descriptor, not %#x",
                    (unsigned)l->poll, (unsigned)polls);
}

void add_level(struct lab *lab)
{
    const struct level *l = &lab->level;
    if (l->pipe == NONE)
        return;
    compare_level(lab, l);
    sight_kernel(lab, l->proc, SEEN_BYTES,
                 (struct event){.aux = l->pipe, .val = l->bytes});
    bool reads = lab->world->desc[l->desc].kind == DESC_PIPE_READ;
    if (l->poll >= 0)
        sight_kernel(lab, l->proc, reads ? SEEN_POLL_READ : SEEN_POLL_WRITE,
                     (struct event){.aux = l->pipe, .val = l->poll});
    if (l->size >= 0)
        sight_kernel(lab, l->proc, SEEN_SIZE,
                     (struct event){.aux = l->pipe, .val = l->size});
}

/* The numbers of a new pipe's descriptors are the kernel's; the model must
 * have given the same ones. */
static void compare_fds(struct lab *lab, const struct actor *a,
                        const struct op *op, const struct answer *said)
{
    if (!lab->world || op->verb != OP_pipe || said->fd[0] < 0)
        return;
    int64_t var = op_arg(op, KEY_pipe);
    int64_t p0 = world_var(lab->world, a->proc, var);
    int64_t p1 = world_var(lab->world, a->proc, var + 1);
    if (p0 != said->fd[0] || p1 != said->fd[1])
        lab_trouble(lab, "pipe gave descriptors %d and %d, not %d and %d",
                    said->fd[0], said->fd[1], (int)p0, (int)p1);
}

static void take_zombie(struct lab *lab, int pid, int status)
{
    struct actor *dead = actor_with_pid(lab, pid);
    if (!dead)
        return;
    if (dead->status < 0) {
        dead->status = status;
        add_status(lab, dead);
    }
    actor_gone(lab, dead);
}

/* What the model says that the call of `proc` returns in this step. */
static int64_t expected_ret(const struct lab *lab, int proc, int64_t other)
{
    for (int i = 0; i < lab->step->results; i++)
        if (lab->step->result[i].proc == proc)
            return lab->step->result[i].ret;
    return other;
}

/* A real id that we see for the first time belongs to the object that the
 * model has just made. */
static int64_t as_object(struct lab *lab, const struct actor *a,
                         const struct op *op, int64_t real)
{
    enum object_kind kind = object_kind(op);
    int64_t id = real < 0 ? -1 : object_id(lab, kind, (int)real);
    if (real < 0 || id >= 0)
        return id;
    int64_t wanted = expected_ret(lab, a->proc, -1);
    if (wanted < 0 || object_real(lab, kind, wanted) >= 0)
        return ID_UNKNOWN;
    object_bind(lab, kind, wanted, (int)real);
    return wanted;
}

/* The numbers that a call has filled in; process ids become ours. */
static void take_filled(struct lab *lab, const struct actor *a,
                        const struct op *op, struct step_result *r)
{
    int count;
    const struct out_about *outs = op_outs((enum verb)op->verb, &count);
    r->length = (size_t)actor_slot(lab, a)->answer[a->depth].filled;
    if (!r->length || r->length != (size_t)count * sizeof *lab->filled)
        return; /* none, or an array without names */
    check(count <= OUTS_MAX);
    memcpy(lab->filled, r->data, r->length);
    for (int i = 0; i < count; i++)
        if (outs[i].what == OUT_PROCESS)
            lab->filled[i] = as_id(lab, lab->filled[i]);
    r->data = (const unsigned char *)lab->filled;
}

/* semctl GETPID. */
static bool asks_for_process(const struct op *op)
{
    int64_t cmd = op->verb == OP_semctl ? op_arg(op, KEY_cmd) : -1;
    return cmd == word_place(op_about(OP_semctl)->arg[1].words, "GETPID", 6);
}

/* What a get op or shmat says that the model did not expect may be nobody's
 * fault: the machine has no more of it, or somebody outside of the lesson was
 * faster with the key. */
static void explain_refusal(struct lab *lab, const struct actor *a,
                            const struct op *op, int error)
{
    const char *name = op_about((enum verb)op->verb)->name;
    if (expected_ret(lab, a->proc, -1) < 0)
        return;
    if (error == ENOSPC || error == ENOMEM)
        lab_limit(lab, "%s failed: %s", name, strerror(error));
    else if (error == EEXIST && !op_flag(op, "IPC_EXCL"))
        lab_limit(lab, "%s failed: somebody else has just made an object with "
                  "the lesson's key", name);
}

static struct step_result as_result(struct lab *lab, const struct actor *a,
                                    int64_t ret, int error)
{
    const struct call *c = &a->call[a->depth];
    const struct op *op = &lab->scenario->ops[c->op];
    struct step_result r = {.proc = a->proc, .op = c->op, .ret = ret,
                            .error = errno_named(error)};
    r.data = wire_bytes(&lab->wire, (int)(a - lab->actor), a->depth);
    enum op_call call = (enum op_call)op_about((enum verb)op->verb)->call;
    if (ret == -1 && (call == CALL_OBJECT || call == CALL_ADDRESS))
        explain_refusal(lab, a, op, error);
    switch (call) {
    case CALL_PROCESS:
        r.ret = as_id(lab, ret);
        break;
    case CALL_OBJECT:
        r.ret = as_object(lab, a, op, ret);
        break;
    case CALL_ADDRESS: /* the kernel chose it, and the child has looked at it */
        r.ret = ret == -1 ? -1 : expected_ret(lab, a->proc, -1);
        break;
    case CALL_BYTES:
        r.length = ret > 0 ? (size_t)ret : 0;
        break;
    case CALL_MESSAGE:
        r.length = ret < 0 ? 0 : (size_t)ret + sizeof(int64_t);
        break;
    case CALL_FILLS:
        if (asks_for_process(op))
            r.ret = as_id(lab, ret);
        take_filled(lab, a, op, &r);
        break;
    default: /* a load */
        if (op->verb == OP_load && !error)
            r.length =
                (size_t)actor_slot(lab, a)->answer[a->depth].filled;
        break;
    }
    if (!r.length)
        r.data = NULL;
    return r;
}

void add_answer(struct lab *lab, struct actor *a)
{
    const struct call *c = actor_call(a);
    const struct slot *s = actor_slot(lab, a);
    const struct answer *said = &s->answer[a->depth];
    if (c && !c->early && atomic_load(&s->answered[a->depth]) == c->seq)
        add_result(lab, as_result(lab, a, said->ret, said->error),
                   said->ticket);
}

/* The call that has returned is over. */
bool take_result(struct lab *lab, struct actor *a)
{
    struct call *c = actor_call(a);
    int64_t ret;
    int error;
    uint32_t ticket;
    if (c->early || !call_result(lab, a, &ret, &error, &ticket))
        return false;
    const struct answer *said =
        &actor_slot(lab, a)->answer[a->depth];
    bool answered = said->seq == c->seq;
    const struct op *op = &lab->scenario->ops[c->op];
    add_result(lab, as_result(lab, a, ret, error), ticket);
    bool pid = op_about((enum verb)op->verb)->call == CALL_PROCESS;
    sight_kernel(lab, a->proc, SEEN_RETURN,
                 (struct event){.aux = c->op, .obj = error,
                                .val = pid ? pid_shown(lab, (int)ret) : ret});
    if (op->verb == OP_wait && ret > 0)
        take_zombie(lab, (int)ret, said->status);
    if (answered) {
        note_level(lab, a, op, said);
        compare_fds(lab, a, op, said);
        *c = (struct call){0};
    } else {
        c->early = true;
        c->early_ret = ret;
        c->sleeps = false;
    }
    return true;
}
