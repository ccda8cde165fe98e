/* sight.c: what was seen of a step, as results and as evidence.
 *
 * Evidence is what a student may want to see beside the results (result.c):
 * the letter that ps(1) shows, the call somebody sleeps in, how somebody
 * ended. Only those are looked at who had a part in the step. */
#define _GNU_SOURCE
#include "ipc/actor.h"

#include "ipc/mech/mech.h"
#include "ipc/sandbox.h"
#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The first trouble stays; false: this is not it. */
static bool trouble(struct lab *lab, const char *format, va_list args)
{
    if (lab->trouble[0])
        return false;
    vsnprintf(lab->trouble, sizeof lab->trouble, format, args);
    return true;
}

void lab_trouble(struct lab *lab, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    trouble(lab, format, args);
    va_end(args);
}

void lab_limit(struct lab *lab, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    lab->limited |= trouble(lab, format, args);
    va_end(args);
}

void lab_no_fork(struct lab *lab, int error)
{
    lab_limit(lab, "fork failed: %s%s", strerror(error),
              error == EAGAIN ? " (see ulimit -u)" : "");
}

void sight_add(struct lab *lab, struct event e)
{
    lab->evidence = mem_grow(lab->evidence, lab->evidence_count + 1,
                             &lab->evidence_room, sizeof *lab->evidence);
    e.cpu = NO_CPU;
    lab->evidence[lab->evidence_count++] = e;
}

void sight_kernel(struct lab *lab, int proc, enum evidence kind,
                       struct event e)
{
    e.kind = EV_KERNEL;
    e.sub = (uint8_t)kind;
    e.proc = proc;
    sight_add(lab, e);
}

void add_letter(struct lab *lab, struct actor *a, char letter)
{
    if (letter == 0 || letter == a->letter)
        return;
    a->letter = letter;
    sight_kernel(lab, a->proc, SEEN_LETTER, (struct event){.val = letter});
}

/* ---- evidence ---- */

/* Somebody who was born in this step. */
static void add_birth(struct lab *lab)
{
    const struct step *st = lab->step;
    bool fork = st->kind == STEP_OP && st->call->verb == OP_fork;
    if (st->kind != STEP_START && !fork)
        return;
    const struct actor *parent = fork ? actor_of(lab, st->proc) : NULL;
    struct actor *a = actor_of(lab, fork ? st->target : st->proc);
    if (!a || !a->pid)
        return;
    int real_parent =
        parent ? parent->shown : sandbox_pid_outside((int)getpid());
    sight_add(lab, (struct event){.kind = EV_REAL, .proc = a->proc,
                                  .val = a->shown, .obj = real_parent});
    add_letter(lab, a, '.');
}

/* Who sleeps: in which call, in which function of the kernel. The call was
 * looked at for this step (wish.c); letter and function cost more to read and
 * are the same as long as somebody falls asleep in the same place again. */
static void add_sleep(struct lab *lab, struct actor *a)
{
    const struct call *c = actor_call(a);
    if (!c || !c->sleeps)
        return;
    bool waits = lab->scenario->ops[c->op].verb == OP_wait;
    int32_t first = (int32_t)a->first;
    if (a->number >= 0)
        sight_kernel(lab, a->proc, SEEN_SYSCALL,
                     (struct event){.aux = c->op, .val = a->number,
                                    .obj = waits ? pid_shown(lab, first)
                                                 : first});
    if (a->place == c->op) {
        add_letter(lab, a, a->asleep);
        return;
    }
    a->place = c->op;
    a->asleep = lab->observer->letter(&a->watched, NULL);
    add_letter(lab, a, a->asleep);
    if (a->proc != lab->step->proc)
        return;
    lab->observer->wchan(&a->watched, lab->wchan, sizeof lab->wchan);
    if (lab->wchan[0])
        sight_kernel(lab, a->proc, SEEN_WCHAN,
                     (struct event){.obj = NO_PAYLOAD});
}

static void add_cpu(struct lab *lab, struct actor *a)
{
    if (!a->burned)
        return;
    a->burned = false;
    int64_t ns = lab->observer->cpu(&a->watched);
    if (ns >= 0)
        sight_kernel(lab, a->proc, SEEN_CPU, (struct event){.val = ns});
}

/* ---- deaths ---- */

/* Looked at before anybody is reaped: then a zombie still tells its status. */
static void see_deaths(struct lab *lab)
{
    for (int i = 0; i < lab->step->die_count; i++) {
        struct actor *a = actor_of(lab, lab->step->dies[i]);
        if (!a || a->dead || !actor_ended(a))
            continue;
        add_cpu(lab, a);
        actor_died(lab, a);
        add_letter(lab, a, lab->observer->letter(&a->watched, NULL));
        if (a->status >= 0)
            add_status(lab, a);
    }
}

/* A parent that ignores SIGCHLD leaves no zombie. */
static void see_gone(struct lab *lab)
{
    for (int i = 0; i < lab->step->die_count; i++) {
        struct actor *a = actor_of(lab, lab->step->dies[i]);
        if (a && a->dead && kill(a->pid, 0) < 0)
            actor_gone(lab, a);
    }
}

/* ---- all of it ---- */

/* From now on the lab counts on what has come true. */
static void take_notice(struct lab *lab, struct actor *a)
{
    const struct slot *s = actor_slot(lab, a);
    uint32_t entered = atomic_load(&s->entered) - a->entered;
    uint32_t laid = handlers_laid(lab->step, a);
    a->entered += entered;
    a->depth += entered;
    check(a->depth < DEPTHS);
    a->laid[a->depth] = laid ? laid - 1 : 0;
}

static void see(struct lab *lab, struct actor *a)
{
    const struct step *st = lab->step;
    bool moved = a->proc == st->proc;
    if (actor_call(a))
        moved |= take_result(lab, a);
    if (handlers_laid(st, a)) {
        take_notice(lab, a);
        moved = true;
    }
    if (listed(st->stops, st->stop_count, a->proc))
        a->stopped = moved = true;
    if (listed(st->goes_on, st->go_count, a->proc)) {
        a->stopped = false;
        moved = true;
    }
    if (!moved)
        return;
    add_cpu(lab, a);
    if (a->stopped)
        add_letter(lab, a, lab->observer->letter(&a->watched, NULL));
    else if (actor_call(a))
        add_sleep(lab, a);
    else
        add_letter(lab, a, '.');
}

void sight_fill(struct lab *lab, struct sight *seen)
{
    lab->wchan[0] = '\0';
    lab->level.pipe = NONE;
    lab->room = 0;
    lab->looked = 0;
    add_birth(lab);
    see_deaths(lab);
    for (int i = 0; i < lab->high; i++) {
        struct actor *a = &lab->actor[i];
        if (a->used && a->pid && !a->dead)
            see(lab, a);
    }
    add_level(lab);
    if (lab->step->die_count > 0) {
        see_gone(lab);
        actors_reap(lab);
    }
    seen->room = lab->room;
    seen->result = lab->result;
    seen->results = (int)lab->result_count;
    objects_inspect(lab);
    seen->evidence = lab->evidence;
    seen->evidence_count = (int)lab->evidence_count;
    seen->wchan = lab->wchan[0] ? lab->wchan : NULL;
}
