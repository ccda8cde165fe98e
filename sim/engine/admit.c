/* admit.c: creation and admission; suspension and activation.
 *
 * A process that has been created needs a process slot and its memory before
 * it may compete for the CPU; until both are to be had it stays `new`. That is
 * the creation state of the textbooks. Suspending a process gives its memory
 * back, so activating it means waiting in the same line.
 *
 * The line is first come, first served, and strictly so: whoever needs little
 * does not overtake whoever needs much. */
#include "sim/engine/engine.h"

static bool memory_for(const struct sim *s, int proc)
{
    const struct world_head *h = s->world.head;
    int64_t all = s->scenario->machine.memory;
    int64_t need = world_need(&s->world, proc);
    bool has = s->world.task[proc].flags & TASK_HOLDS;
    return has || all == 0 || h->memory_used + need <= all;
}

static bool slot_for(const struct sim *s, int proc)
{
    int64_t slots = s->scenario->machine.max_processes;
    bool has = s->world.task[proc].flags & TASK_ADMITTED;
    return has || slots == 0 || s->world.head->slots_used < slots;
}

void create_process(struct sim *s, int def, int parent)
{
    int proc = s->world.head->procs;
    SAY(s, .kind = EV_CREATE, .proc = proc, .obj = parent, .aux = def,
        .val = ++s->forks[def]);
    deadlines_begin(s, proc);
}

void arrive(struct sim *s)
{
    while (s->arrived < s->arrival_count) {
        int def = s->arrivals[s->arrived];
        if (s->scenario->processes[def].arrival > s->now)
            return;
        s->arrived++;
        step_begin(s, STEP_START, s->world.head->procs);
        create_process(s, def, INIT_PROC);
        step_confirm(s); /* wakes nobody, so it comes about at once */
    }
}

/* Signals that reach a process as soon as it goes on. */
static bool will_get_signal(const struct sim *s, int proc)
{
    const struct proc *p = &s->world.proc[proc];
    return p->pending & ~p->mask;
}

/* The call in which a stopped process sleeps, though what it waited for may
 * have come: it is tried again, and it may have to sleep on. */
static void tries_again(struct sim *s, int proc, struct event why)
{
    if (state_of(s, proc) == BLOCKED_SUSPENDED) {
        change_state(s, proc, T_ACTIVATE, why);
        call_again(s, proc);
    } else if (s->world.task[proc].wait == WAIT_TIME) {
        change_state(s, proc, T_ACTIVATE, why);
        op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    } else if (call_again(s, proc)) {
        change_state(s, proc, T_ACTIVATE, why);
    } else {
        change_state(s, proc, T_RESLEEP, reason(WHY_STILL_WAITING, 0, 0));
    }
}

/* Whether the call of a stopped process has to be tried again. */
static bool has_to_try(const struct sim *s, int proc)
{
    const struct task *t = &s->world.task[proc];
    bool slept_out = t->wait == WAIT_TIME && t->state == READY_SUSPENDED;
    return t->phase == PHASE_ASLEEP && (slept_out || t->flags & TASK_RETRY) &&
           !will_get_signal(s, proc);
}

static void go_on_from_stop(struct sim *s, int proc, struct event why)
{
    step_goes_on(s, proc);
    signal_continues(s, proc);
    if (has_to_try(s, proc))
        tries_again(s, proc, why);
    else
        change_state(s, proc, T_ACTIVATE, why);
    signal_parent(s, proc);
    signal_pending(s, proc);
    shm_fault_again(s, proc);
}

static void activate_now(struct sim *s, int proc, struct event why)
{
    if (s->live.open) { /* part of another step */
        go_on_from_stop(s, proc, why);
        return;
    }
    step_begin(s, STEP_ACTIVATE, proc);
    do
        go_on_from_stop(s, proc, why);
    while (!step_confirm(s));
}

void admit_line(struct sim *s)
{
    int proc;
    while ((proc = s->world.head->admission.head) != NONE &&
           memory_for(s, proc) && slot_for(s, proc)) {
        if (state_of(s, proc) != NEW) {
            activate_now(s, proc, reason(WHY_USER, 0, 0));
            continue;
        }
        const struct world_head *h = s->world.head;
        int64_t need = world_need(&s->world, proc);
        int64_t left = s->scenario->machine.memory - h->memory_used - need;
        change_state(s, proc, T_ADMIT,
                     reason(WHY_ADMITTED, h->slots_used + 1, left));
        signal_admitted(s, proc);
    }
}

enum refusal suspend(struct sim *s, int proc, struct event why)
{
    if (state_after(state_of(s, proc), T_SUSPEND) == NOWHERE)
        return REFUSED_STATE;
    step_stops(s, proc);
    bool leaves_line = call_leaves_line(s, proc);
    bool over = call_ends_stopped(s, proc);
    bool partly = s->world.task[proc].wait == WAIT_WRITE &&
                  s->world.proc[proc].done > 0;
    change_state(s, proc, T_SUSPEND, why);
    if (leaves_line)
        SAY(s, .kind = EV_UNQUEUE, .proc = proc);
    if (leaves_line && partly)
        wake_stopped(s, proc, reason(WHY_ROOM_CAME, NONE, 0));
    if (over)
        wake_stopped(s, proc, reason(WHY_STOP_ENDED, NONE, 0));
    signal_parent(s, proc);
    return REFUSED_NOT;
}

enum refusal activate(struct sim *s, int proc, struct event why)
{
    if (!is_stopped(s, proc))
        return REFUSED_STATE;
    /* A signal cannot wait: SIGCONT takes the memory even if that is too much,
     * and the next to be admitted waits the longer. */
    bool at_once = why.obj == WHY_CONT_SIGNAL;
    bool first = s->world.head->admission.count == 0;
    if (at_once || (first && memory_for(s, proc))) {
        activate_now(s, proc, why);
        return REFUSED_NOT;
    }
    SAY(s, .kind = EV_WANT, .proc = proc);
    return REFUSED_NOT;
}
