/* step.c: one step, ordered and waited for.
 *
 * The model has already decided. So we know what must come true (wish.c); the
 * step is done when all of it is true at once.
 *
 * If nobody moves any more and a wish is still open, it never will come true:
 * that is the lab's complaint, and it needs no long time-out. */
#define _GNU_SOURCE
#include "ipc/actor.h"

#include "ipc/lease.h"
#include "ipc/mech/mech.h"
#include "ipc/sandbox.h"
#include "ipc/sweep.h"
#include "sim/model/shm.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

static const int64_t MICROSECOND = 1000; /* ns */
static const int64_t PATIENCE = 5000000000; /* ns, if somebody still moves */
static const int64_t STANDSTILL = 20000000; /* ns until we ask who moves */

/* ---- waiting ---- */

/* Until `count` more have said something, at most. */
static void listen(struct lab *lab, uint32_t seen, uint32_t count,
                   int64_t nanoseconds)
{
    struct wire_head *head = lab->wire.head;
    atomic_store(&head->wake_at, seen + count);
    atomic_store(&head->listening, 1);
    futex_wait(&head->news, seen, nanoseconds);
    atomic_store(&head->listening, 0);
}

/* Whether some child still moves (or we cannot know). Says who has died. */
static bool somebody_moves(struct lab *lab)
{
    for (int i = 0; i < lab->high; i++) {
        struct actor *a = &lab->actor[i];
        if (!a->used || a->dead || stays_stopped(lab, a))
            continue;
        if (!a->pid)
            return true;
        if (actor_ended(a)) {
            if (!dies(lab->step, a->proc))
                lab_trouble(lab, "process %d has died, against the model",
                            a->proc + 1);
            continue;
        }
        int64_t number, first;
        enum look seen = lab->observer->call(&a->watched, &number, &first);
        if (seen != LOOK_ASLEEP)
            return true;
    }
    return false;
}

static void complain(struct lab *lab, struct wish w)
{
    char name[SIGHT_TEXT];
    actor_name(lab, w.proc, name, sizeof name);
    const struct actor *a = actor_of(lab, w.proc);
    const struct call *c = a ? &a->call[a->depth] : NULL;
    const char *verb = "";
    if (c && c->seq && lab->scenario)
        verb = op_about((enum verb)lab->scenario->ops[c->op].verb)->name;
    lab_trouble(lab, "%s %s%s%s%s", name, w.what, verb[0] ? " (" : "", verb,
                verb[0] ? ")" : "");
}

static void wait_for_all(struct lab *lab)
{
    int64_t begun = 0;
    int still = 0;
    if (lab->step->sleeps)
        sched_yield(); /* it is not asleep yet: do not even look */
    for (int round = 0;; round++) {
        uint32_t news = atomic_load(&lab->wire.head->news);
        struct wish w = open_wish(lab);
        if (!w.need || lab->trouble[0])
            return;
        if (w.need == NEEDS_NEWS && round < 100)
            listen(lab, news, results_missing(lab), -1);
        else if (round < 100)
            sched_yield();
        else
            listen(lab, news, 1, 50 * MICROSECOND);
        if (round < 3)
            continue;
        int64_t now = lab_now();
        begun = begun ? begun : now;
        bool slow = now - begun > STANDSTILL * (still + 1);
        if (slow && !somebody_moves(lab))
            still++;
        if (still >= 2 || now - begun > PATIENCE)
            complain(lab, w);
    }
}

/* ---- orders ---- */

static int real_pid(struct lab *lab, int proc)
{
    const struct actor *a = actor_of(lab, proc);
    return a ? a->pid : NO_SUCH_PID;
}

/* A program may end without an `exit`: at its end, or by "on_error". */
static bool ends_itself(const struct lab *lab)
{
    const struct step *st = lab->step;
    return lab->world && dies(st, st->proc) &&
           lab->world->proc[st->proc].exit_kind == 0;
}

/* Whether the first argument of `op` is the id of an object (and not, as with
 * shmdt, the address of a mapping). */
static bool names_object(const struct op *op)
{
    return object_kind(op) != OBJECT_NONE && op->verb != OP_store &&
           op->verb != OP_load && op->verb != OP_shmdt;
}

/* shmat's mapping has the address and the length that the model gives it. No
 * place is asked for that each machine has in another part of its memory
 * (ENOMEM, EPERM: sim/mech/shm_map.c). */
static void fill_memory(const struct lab *lab, struct order *o)
{
    const struct step *st = lab->step;
    const struct step_result *r = st->results == 1 ? &st->result[0] : NULL;
    const struct world *w = lab->world;
    if (o->op.verb != OP_shmat || !r || !w)
        return;
    o->address = r->ret;
    o->refused = r->error == E_ENOMEM  ? ENOMEM
                 : r->error == E_EPERM ? EPERM
                                       : 0;
    if (st->id >= 0 && st->id < w->head->shms)
        o->length = (uint64_t)PIPE_PAGE * (uint64_t)w->shm[st->id].pages;
}

/* Whether the model says that the op makes an object. */
static bool makes_object(const struct lab *lab, enum object_kind kind)
{
    const struct step *st = lab->step;
    return op_about((enum verb)st->call->verb)->call == CALL_OBJECT &&
           st->results == 1 && st->result[0].ret >= 0 &&
           object_real(lab, kind, st->result[0].ret) < 0;
}

static void fill_order(struct lab *lab, struct actor *a, struct order *o)
{
    const struct step *st = lab->step;
    enum object_kind kind = object_kind(st->call);
    *o = (struct order){.kind = ORDER_OP, .op = *st->call, .fd = st->fd,
                        .number = st->number, .id = st->id};
    if (names_object(st->call))
        o->id = object_real(lab, kind, st->id);
    if (op_about((enum verb)st->call->verb)->call == CALL_FILLS)
        o->number = object_limits(lab, kind, st->id);
    o->fresh = !sandbox_inside() && makes_object(lab, kind);
    /* What is more than the lesson's machine has is not asked for where the
     * real one would give it. */
    if (o->op.verb == OP_shmget || o->op.verb == OP_semget)
        o->refused = st->results == 1
                        ? object_too_much(st->call, st->result[0].error) : 0;
    if (ends_itself(lab)) {
        o->op.verb = OP_exit;
        o->op.arg[0] = lab->world->proc[st->proc].exit_value;
    }
    bool any = o->op.verb == OP_wait && op_arg(&o->op, KEY_wait) == ARG_ANY;
    o->pid = any ? -1 : real_pid(lab, st->target);
    if (object_kind(st->call) == OBJECT_SHM)
        fill_memory(lab, o);
    if (op_carries_bytes(st->call)) {
        int slot = (int)(a - lab->actor);
        o->length = st->length < CALL_ROOM ? st->length : CALL_ROOM;
        memcpy(wire_bytes(&lab->wire, slot, a->depth), st->bytes, o->length);
    }
}

/* The new process needs its slot before it is born. */
static bool prepare_child(struct lab *lab, struct order *o)
{
    struct actor *child = actor_new(lab, lab->step->target);
    if (!child) {
        lab_limit(lab, "more than %d real processes at once",
                    lab->wire.slot_count);
        return false;
    }
    o->slot = (int32_t)(child - lab->actor);
    actor_name(lab, lab->step->target, o->name, sizeof o->name);
    return true;
}

/* There are no more than can be written down: all of them must go, and what the
 * kernel keeps for them is memory that nobody else has. */
static bool is_one_too_many(struct lab *lab)
{
    if (!makes_object(lab, object_kind(lab->step->call)) || sweep_has_room())
        return false;
    lab_limit(lab, "more than %d System V objects at once", LEASE_OBJECTS);
    return true;
}

static void begin_op(struct lab *lab, struct actor *a)
{
    const struct step *st = lab->step;
    struct call *c = &a->call[a->depth];
    if (c->seq && c->op == st->op) { /* restarted by the kernel itself */
        c->sleeps = st->sleeps;
        return;
    }
    if (c->seq) {
        lab_trouble(lab, "process %d is still in another call", st->proc + 1);
        return;
    }
    struct order o;
    fill_order(lab, a, &o);
    if (is_one_too_many(lab) ||
        (o.op.verb == OP_fork && !prepare_child(lab, &o)))
        return;
    *c = (struct call){.seq = lab->seq + 1, .op = st->op,
                       .sleeps = st->sleeps};
    actor_order(lab, a, &o);
}

static void begin_start(struct lab *lab)
{
    char name[SIGHT_TEXT];
    struct actor *a = actor_new(lab, lab->step->proc);
    if (!a) {
        lab_limit(lab, "more than %d real processes at once",
                    lab->wire.slot_count);
        return;
    }
    actor_name(lab, a->proc, name, sizeof name);
    int error = actor_start(lab, a, name);
    if (error)
        lab_no_fork(lab, error);
}

static void begin_wake(struct lab *lab, struct actor *a)
{
    struct slot *s = actor_slot(lab, a);
    const struct call *c = &a->call[a->depth];
    atomic_store(&s->alarm[a->depth], c->seq);
    futex_wake(&s->alarm[a->depth]);
}

/* Its interrupted call may return now, or sleep on: the step says which. */
static void begin_leave(struct lab *lab, struct actor *a)
{
    if (a->depth == 0) {
        lab_trouble(lab, "process %d is in no handler", a->proc + 1);
        return;
    }
    struct order o = {.kind = ORDER_LEAVE};
    a->depth--;
    a->left++;
    a->call[a->depth].sleeps = lab->step->sleeps;
    actor_order(lab, a, &o);
}

static void begin(struct lab *lab)
{
    const struct step *st = lab->step;
    struct actor *a = actor_of(lab, st->proc);
    if (st->kind == STEP_START) {
        begin_start(lab);
        return;
    }
    if (!a || a->dead) {
        lab_trouble(lab, "process %d is not there", st->proc + 1);
        return;
    }
    switch (st->kind) {
    case STEP_OP: begin_op(lab, a); break;
    case STEP_WAKE: begin_wake(lab, a); break;
    case STEP_HANDLER: begin_leave(lab, a); break;
    case STEP_SUSPEND: kill(a->pid, SIGSTOP); break;
    case STEP_ACTIVATE: kill(a->pid, SIGCONT); break;
    case STEP_KILL: kill(a->pid, SIGKILL); break;
    case STEP_START: break;
    }
}

void step_carry_out(struct lab *lab)
{
    const struct step *st = lab->step;
    if (st->settled)
        race_adopt(lab);
    else
        begin(lab);
    if (lab->trouble[0])
        return;
    if (step_is_open(st))
        race_wait(lab);
    else
        wait_for_all(lab);
}
