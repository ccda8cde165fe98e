/* proc.c: processes and time, as the model does it.
 *
 * fork makes a child that has everything its parent had: descriptors,
 * variables, what it does about signals. A child that has ended is a zombie
 * until its parent waits for it; wait sleeps until there is one to be had.
 * Sleeping costs no CPU: that is the whole point of the blocked state.
 *
 * See also fork(2), wait(2), nanosleep(2), and ipc/mech/proc.c for the same
 * with real processes. */
#include "sim/engine/engine.h"

#include "sim/base/promises.h"

void model_cpu(struct sim *s, int proc)
{
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

static void sleep_to(struct sim *s, int proc, tick when)
{
    if (when <= s->now) {
        op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
        return;
    }
    op_sleeps(s, proc, WAIT_TIME, NONE, when);
    timer_set(s, proc);
}

void model_sleep(struct sim *s, int proc)
{
    sleep_to(s, proc, s->now + op_arg(op_at(s, proc), KEY_sleep));
}

/* A job is over. (If it was already, a handler has cut this sleep short.) */
static tick next_job(struct sim *s, int proc)
{
    tick release =
        world_release(&s->world, proc, s->world.proc[proc].job);
    return release > s->now ? release : job_end(s, proc);
}

void model_until(struct sim *s, int proc)
{
    tick when = op_arg(op_at(s, proc), KEY_until);
    if (when == ARG_NEXT_JOB) {
        when = next_job(s, proc);
        when = when == TICK_NEVER ? s->now : when;
    }
    sleep_to(s, proc, when);
}

void model_yield(struct sim *s, int proc)
{
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    change_state(s, proc, T_YIELD, reason(WHY_YIELDED, 0, 0));
}

static void set_var(struct sim *s, int proc, int64_t var, int64_t value)
{
    SAY(s, .kind = EV_VAR, .proc = proc, .obj = (int32_t)var, .val = value);
}

void model_set(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t value = world_term(&s->world, proc, op_arg(op, KEY_value));
    set_var(s, proc, op_arg(op, KEY_set), value);
    op_returns(s, proc, value, E_OK, NO_PAYLOAD);
}

void model_add(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t var = op_arg(op, KEY_add);
    /* Wraps around as C's unsigned arithmetic does. */
    uint64_t sum = (uint64_t)world_var(&s->world, proc, var) +
                   (uint64_t)world_term(&s->world, proc, op_arg(op, KEY_value));
    set_var(s, proc, var, (int64_t)sum);
    op_returns(s, proc, (int64_t)sum, E_OK, NO_PAYLOAD);
}

/* Only the superuser may be less nice than before, and lessons are not run by
 * him (nice(2)). */
void model_nice(struct sim *s, int proc)
{
    int64_t more = op_arg(op_at(s, proc), KEY_nice);
    if (more < 0) {
        op_returns(s, proc, -1, E_EPERM, NO_PAYLOAD);
        return;
    }
    int64_t nice = s->world.proc[proc].nice + more;
    nice = nice < -20 ? -20 : nice > 19 ? 19 : nice;
    reweigh(s, proc);
    SAY(s, .kind = EV_NICE, .proc = proc, .val = nice);
    op_returns(s, proc, nice, E_OK, NO_PAYLOAD);
}

/* ---- devices ---- */

/* The device turns to the first in its line. */
static void serve(struct sim *s, int32_t device)
{
    int proc = s->world.device[device].waiting.head;
    if (proc == NONE)
        return;
    const struct op *op = op_at(s, proc);
    SAY(s, .kind = EV_SERVE, .proc = proc, .obj = device,
        .val = s->now + op_arg(op, KEY_io));
    timer_set(s, proc);
}

void model_io(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t device = op_arg(op, KEY_device);
    if (device == ARG_ABSENT) {
        op_sleeps(s, proc, WAIT_DEVICE, NONE, s->now + op_arg(op, KEY_io));
        timer_set(s, proc);
        return;
    }
    op_sleeps(s, proc, WAIT_DEVICE, (int32_t)device, TICK_NEVER);
    if (s->world.device[device].serving == NONE)
        serve(s, (int32_t)device);
}

/* The device has no more to do for `proc`. */
static void let_go(struct sim *s, int proc)
{
    int32_t device = s->world.task[proc].wait_obj;
    if (device == NONE || s->world.device[device].serving != proc)
        return;
    SAY(s, .kind = EV_FREE, .proc = proc, .obj = device);
    serve(s, device);
}

void device_done(struct sim *s, int proc)
{
    let_go(s, proc);
}

void device_leave(struct sim *s, int proc)
{
    let_go(s, proc);
}

/* ---- fork, exit, wait ---- */

/* JSON and C speak of process ids; ours count from 1. */
static int64_t id_of(int proc)
{
    return proc + 1;
}

void model_fork(struct sim *s, int proc)
{
    int child = s->world.head->procs;
    s->live.step.target = child;
    create_process(s, (int)op_arg(op_at(s, proc), KEY_fork), proc);
    shm_fork(s, proc, child);
    op_returns(s, proc, id_of(child), E_OK, NO_PAYLOAD);
}

void model_exit(struct sim *s, int proc)
{
    end_process(s, proc, 0, (int)op_arg(op_at(s, proc), KEY_exit), NONE);
}

/* Which child a wait for `target` (NONE: any) can have at once: a zombie.
 * `*hope` says whether there is a child to wait for at all. Among several
 * zombies the kernel looks at the oldest child first. */
static int find_zombie(const struct sim *s, int parent, int target, bool *hope)
{
    const struct proc *all = s->world.proc;
    *hope = false;
    for (int i = all[parent].children.head; i != NONE;
         i = all[i].sibling.next) {
        if (target != NONE && i != target)
            continue;
        *hope = true;
        if (s->world.task[i].flags & TASK_ZOMBIE)
            return i;
    }
    return NONE;
}

/* Who `wait` names, NONE for any; -2 if there is no such process. */
static int wait_target(const struct sim *s, int proc, const struct op *op)
{
    int64_t ref = op_arg(op, KEY_wait);
    if (ref == ARG_ANY)
        return NONE;
    int target = world_process(&s->world, ref, proc);
    return target == NONE ? -2 : target;
}

void model_wait(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int target = wait_target(s, proc, op);
    bool hope;
    int child = find_zombie(s, proc, target, &hope);
    s->live.step.target = target;
    if (child != NONE) {
        reap(s, child, proc);
        op_returns(s, proc, id_of(child), E_OK, NO_PAYLOAD);
    } else if (!hope) {
        op_returns(s, proc, -1, E_ECHILD, NO_PAYLOAD);
    } else if (op_flag(op, "WNOHANG")) {
        op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    } else {
        op_sleeps(s, proc, WAIT_CHILD, target, 0);
    }
}

/* The sleeping wait of `proc` is over, with `child` (NONE: it has none). */
static void wait_ends(struct sim *s, int proc, int child, struct event why)
{
    if (child != NONE) {
        reap(s, child, proc);
        op_wakes(s, proc, id_of(child), E_OK, NO_PAYLOAD, why);
    } else {
        op_wakes(s, proc, -1, E_ECHILD, NO_PAYLOAD, why);
    }
}

bool wait_again(struct sim *s, int proc)
{
    bool hope;
    int child = find_zombie(s, proc, s->world.task[proc].wait_obj, &hope);
    if (child != NONE || !hope) {
        wait_ends(s, proc, child, reason(WHY_CHILD_ENDED, NONE, 0));
        return true;
    }
    SAY(s, .kind = EV_REQUEUE, .sub = WAIT_CHILD, .proc = proc,
        .obj = s->world.task[proc].wait_obj);
    return false;
}

bool wait_interrupted(struct sim *s, int proc, struct interruption *in)
{
    (void)s;
    (void)proc;
    return !in->restart;
}

static bool waits_asleep(const struct task *t)
{
    return t->phase == PHASE_ASLEEP && t->wait == WAIT_CHILD;
}

static int count_zombies(const struct sim *s, int parent)
{
    int n = 0;
    for (int i = s->world.proc[parent].children.head; i != NONE;
         i = s->world.proc[i].sibling.next)
        n += (s->world.task[i].flags & TASK_ZOMBIE) != 0;
    return n;
}

/* The n-th zombie of `parent`, oldest first; says that it was a choice. */
static int take_zombie(struct sim *s, int parent, int zombies, size_t n)
{
    const struct world *w = &s->world;
    int child = w->proc[parent].children.head;
    for (size_t k = 0;; child = w->proc[child].sibling.next)
        if (w->task[child].flags & TASK_ZOMBIE && k++ == n)
            break;
    if (zombies > 1)
        SAY(s, .kind = EV_CHOICE, .sub = RACE_WAIT, .proc = child,
            .obj = parent, .aux = zombies, .val = (int64_t)n);
    return child;
}

/* Which of its zombies the sleeping wait of `parent` gets; NONE: it looks at
 * the end of the step. Those who have ended in this step may not all be gone
 * yet, and others may end before it looks (race.c). */
static int who_is_gone(struct sim *s, int parent)
{
    int zombies = count_zombies(s, parent);
    size_t n = race_choose(s, RACE_WAIT, parent, (size_t)zombies + 1);
    return (int)n < zombies ? take_zombie(s, parent, zombies, n) : NONE;
}

void wait_looks(struct sim *s, int proc)
{
    int zombies = count_zombies(s, proc);
    if (!waits_asleep(&s->world.task[proc]) || !zombies)
        return;
    size_t n = race_choose(s, RACE_WAIT, proc, (size_t)zombies);
    int child = take_zombie(s, proc, zombies, n);
    wait_ends(s, proc, child, reason(WHY_CHILD_ENDED, child, 0));
}

void wait_tell(struct sim *s, int child)
{
    int parent = s->world.proc[child].parent;
    const struct task *t = &s->world.task[parent];
    bool ignores =
        world_handler(&s->world, parent, CHLD).disposition == SIG_IGNORED;
    if (ignores)
        reap(s, child, INIT_PROC);
    if (!waits_asleep(t))
        return;
    bool hope;
    int zombie = find_zombie(s, parent, t->wait_obj, &hope);
    if (zombie == NONE && hope)
        return;
    if (t->flags & TASK_RETRY) {
        wake_stopped(s, parent, reason(WHY_CHILD_ENDED, child, 0));
        return;
    }
    if (zombie != NONE && t->wait_obj == NONE)
        zombie = who_is_gone(s, parent);
    if (zombie == NONE && hope) /* it has been put off */
        race_looks_late(s, parent);
    else
        wait_ends(s, parent, zombie,
                  reason(WHY_CHILD_ENDED, zombie == NONE ? child : zombie, 0));
}
