/* wish.c: what must come true before a step is done.
 *
 * The model says: this process returns, that one falls asleep, a third dies.
 * Each of these is a *wish*, a question that can be asked again and again.
 *
 * Who returns says so himself. Who sleeps cannot: of him we ask the kernel
 * (observe.h), and he must neither be on his way out of the call nor have
 * answered. That holds for all sleepers after each step, not only for the new
 * one: somebody woken by mistake is found here. */
#define _GNU_SOURCE
#include "ipc/actor.h"

#include "ipc/mech/mech.h"

#include <string.h>
#include <sys/syscall.h>

bool listed(const int *list, int count, int proc)
{
    for (int i = 0; i < count; i++)
        if (list[i] == proc)
            return true;
    return false;
}

bool dies(const struct step *st, int proc)
{
    return listed(st->dies, st->die_count, proc);
}

bool stays_stopped(const struct lab *lab, const struct actor *a)
{
    const struct step *st = lab->step;
    return a->stopped && !dies(st, a->proc) &&
           !listed(st->goes_on, st->go_count, a->proc);
}

static bool stops(const struct step *st, int proc)
{
    return listed(st->stops, st->stop_count, proc);
}

static int times_entered(const struct step *st, int proc)
{
    int times = 0;
    for (int i = 0; i < st->enter_count; i++)
        times += st->enters[i] == proc;
    return times;
}

/* Of several signals that come at once the kernel lays one frame over the
 * other and only then lets the process go on: the topmost handler runs, and
 * each time one is left the next below begins. */
uint32_t handlers_laid(const struct step *st, const struct actor *a)
{
    bool leaves = st->kind == STEP_HANDLER && st->proc == a->proc;
    uint32_t below = leaves ? a->laid[a->depth + 1] : 0;
    return below + (uint32_t)times_entered(st, a->proc);
}

static const struct step_result *expected(const struct step *st, int proc)
{
    for (int i = 0; i < st->results; i++)
        if (st->result[i].proc == proc)
            return &st->result[i];
    return NULL;
}

/* ---- what a call has come to ---- */

static bool answered(const struct lab *lab, const struct actor *a)
{
    const struct call *c = &a->call[a->depth];
    return atomic_load(&actor_slot(lab, a)->answered[a->depth]) == c->seq;
}

bool call_result(const struct lab *lab, const struct actor *a, int64_t *ret,
                 int *error, uint32_t *ticket)
{
    const struct slot *s = actor_slot(lab, a);
    if (answered(lab, a)) {
        const struct answer *said = &s->answer[a->depth];
        *ret = said->ret;
        *error = said->error;
        *ticket = said->ticket;
        return true;
    }
    const struct step_result *model = expected(lab->step, a->proc);
    if (!model)
        return false;
    if (stops(lab->step, a->proc)) {
        /* It stopped itself; it will say so when it goes on. */
        *ret = model->ret;
        *error = 0;
        *ticket = atomic_load(&lab->wire.head->ticket);
        return true;
    }
    if (atomic_load(&s->entered) == a->entered ||
        s->early[a->depth] != EARLY_RETURNED)
        return false;
    int64_t value = s->early_value[a->depth];
    bool failed = value < 0 && value > -4096;
    *ret = failed ? -1 : value;
    *error = failed ? (int)-value : 0;
    *ticket = s->enter_ticket;
    return true;
}

/* The call that the child itself said it would make. At the gate it sleeps
 * too, but on its bell. */
enum look call_look(struct lab *lab, struct actor *a)
{
    const struct slot *s = actor_slot(lab, a);
    int64_t number, first;
    enum look seen = lab->observer->call(&a->watched, &number, &first);
    a->number = number;
    a->first = first;
    if (answered(lab, a))
        return LOOK_BUSY;
    if (seen != LOOK_ASLEEP)
        return seen;
    int64_t call = s->call[a->depth], arg = s->call_arg[a->depth];
    if (call != -1 && number != call && number != SYS_restart_syscall)
        return LOOK_BUSY;
    if (arg != CHILD_ANY && (int32_t)first != (int32_t)arg)
        return LOOK_BUSY;
    return first == (int64_t)(uintptr_t)&s->bell ? LOOK_BUSY : LOOK_ASLEEP;
}

/* ---- wishes ---- */

static const struct wish all_well = {FULFILLED, NONE, NULL};

static struct wish birth(struct lab *lab)
{
    const struct step *st = lab->step;
    bool fork = st->kind == STEP_OP && st->call->verb == OP_fork;
    if (st->kind != STEP_START && !fork)
        return all_well;
    int proc = fork ? st->target : st->proc;
    struct actor *a = actor_of(lab, proc);
    if (!a || a->pid)
        return all_well;
    const struct actor *parent = fork ? actor_of(lab, st->proc) : NULL;
    if (parent && answered(lab, parent) &&
        actor_slot(lab, parent)->answer[parent->depth].ret < 0)
        lab_no_fork(lab, actor_slot(lab, parent)->answer[parent->depth].error);
    if (atomic_load(&actor_slot(lab, a)->pid) == 0)
        return (struct wish){NEEDS_NEWS, proc, "was not born"};
    actor_born(lab, a);
    return all_well;
}

static bool result_missing(const struct lab *lab, const struct actor *a)
{
    int64_t ret;
    int error;
    uint32_t ticket;
    return a && !call_result(lab, a, &ret, &error, &ticket);
}

uint32_t results_missing(struct lab *lab)
{
    const struct step *st = lab->step;
    uint32_t count = 0;
    for (int i = 0; i < st->results; i++)
        count += result_missing(lab, actor_of(lab, st->result[i].proc));
    return count ? count : 1;
}

static struct wish results(struct lab *lab)
{
    const struct step *st = lab->step;
    for (int i = 0; i < st->results; i++)
        if (result_missing(lab, actor_of(lab, st->result[i].proc)))
            return (struct wish){NEEDS_NEWS, st->result[i].proc,
                                 "did not return from its call"};
    return all_well;
}

/* Nobody may be in a handler but those of whom the model says so. */
static struct wish handlers(struct lab *lab)
{
    for (int i = 0; i < lab->high; i++) {
        const struct actor *a = &lab->actor[i];
        if (!a->used || a->dead || dies(lab->step, a->proc))
            continue;
        const struct slot *s = actor_slot(lab, a);
        uint32_t want = handlers_laid(lab->step, a) > 0;
        uint32_t have = atomic_load(&s->entered) - a->entered;
        if (have > want)
            return (struct wish){NEEDS_LOOK, a->proc,
                                 "is in a handler, against the model"};
        if (have < want)
            return (struct wish){NEEDS_NEWS, a->proc,
                                 "did not enter its handler"};
        if (atomic_load(&s->left) != a->left)
            return (struct wish){NEEDS_NEWS, a->proc,
                                 "did not leave its handler"};
    }
    return all_well;
}

/* A call whose result we knew early has to say the same when it can speak; it
 * cannot if a signal that was pending kills on the way. */
static struct wish echo(struct lab *lab, int proc)
{
    struct actor *a = actor_of(lab, proc);
    struct call *c = a ? actor_call(a) : NULL;
    if (!c || !c->early || handlers_laid(lab->step, a) ||
        dies(lab->step, proc))
        return all_well;
    if (!answered(lab, a))
        return (struct wish){NEEDS_NEWS, proc, "did not return at last"};
    if (actor_slot(lab, a)->answer[a->depth].ret != c->early_ret)
        return (struct wish){NEEDS_LOOK, proc, "returned something else"};
    *c = (struct call){0};
    return all_well;
}

static struct wish echoes(struct lab *lab)
{
    const struct step *st = lab->step;
    if (st->kind == STEP_HANDLER) {
        struct wish w = echo(lab, st->proc);
        if (w.need)
            return w;
    }
    for (int i = 0; i < st->go_count; i++) {
        struct wish w = echo(lab, st->goes_on[i]);
        if (w.need)
            return w;
    }
    return all_well;
}

static struct wish deaths(struct lab *lab)
{
    for (int i = 0; i < lab->step->die_count; i++) {
        const struct actor *a = actor_of(lab, lab->step->dies[i]);
        if (a && !actor_ended(a))
            return (struct wish){NEEDS_LOOK, a->proc, "did not die"};
    }
    return all_well;
}

static struct wish stopped(struct lab *lab, const int *list, int count,
                           bool want)
{
    for (int i = 0; i < count; i++) {
        struct actor *a = actor_of(lab, list[i]);
        if (!a || a->dead || dies(lab->step, list[i]))
            continue;
        char letter = lab->observer->letter(&a->watched, NULL);
        if (letter != 0 && (letter == 'T') != want)
            return (struct wish){NEEDS_LOOK, a->proc,
                                 want ? "was not stopped" : "did not go on"};
    }
    return all_well;
}

/* Whether `a` has to be asleep when the step is over. */
static bool has_to_sleep(const struct lab *lab, struct actor *a)
{
    const struct step *st = lab->step;
    const struct call *c = actor_call(a);
    if (!a->used || a->dead || !c || !c->sleeps)
        return false;
    bool goes = listed(st->goes_on, st->go_count, a->proc);
    return !dies(st, a->proc) && !expected(st, a->proc) &&
           !handlers_laid(st, a) && !stops(st, a->proc) &&
           (!a->stopped || goes);
}

static struct wish sleepers(struct lab *lab)
{
    for (int i = 0; i < lab->high; i++) {
        struct actor *a = &lab->actor[i];
        if (!has_to_sleep(lab, a))
            continue;
        enum look seen = call_look(lab, a);
        if (answered(lab, a))
            lab_trouble(lab, "process %d returned although the model lets it "
                        "sleep", a->proc + 1);
        if (seen == LOOK_BUSY || seen == LOOK_DYING)
            return (struct wish){NEEDS_LOOK, a->proc,
                                 "did not fall asleep in its call"};
    }
    return all_well;
}

/* The order counts: what needs no look comes first. */
struct wish open_wish(struct lab *lab)
{
    const struct step *st = lab->step;
    struct wish w = birth(lab);
    if (!w.need)
        w = results(lab);
    if (!w.need)
        w = handlers(lab);
    if (!w.need)
        w = echoes(lab);
    if (!w.need)
        w = deaths(lab);
    if (!w.need)
        w = stopped(lab, st->stops, st->stop_count, true);
    if (!w.need)
        w = stopped(lab, st->goes_on, st->go_count, false);
    if (!w.need)
        w = sleepers(lab);
    return w;
}
