/* end.c: how processes end, and how a run ends.
 *
 * The order is the kernel's (do_exit): the process is over, its shared memory is
 * detached, its semaphores are given back and its descriptors closed (both may
 * wake others), then the parent is told. Until somebody has waited for it, it
 * is a zombie: it has given everything back but its process slot and its exit
 * status. Orphans go to init, which waits at once. */
#include "sim/engine/engine.h"

/* The children of an ending process get init as their parent. */
static void orphan_children(struct sim *s, int parent)
{
    int child;
    while ((child = s->world.proc[parent].children.head) != NONE) {
        SAY(s, .kind = EV_PARENT, .proc = child, .obj = INIT_PROC);
        if (s->world.task[child].flags & TASK_ZOMBIE)
            reap(s, child, INIT_PROC);
    }
}

static void end_state(struct sim *s, int proc, int kind, int value, int64_t by)
{
    if (kind == 0)
        change_state(s, proc, T_EXIT, reason(WHY_EXITED, 0, value));
    else
        change_state(s, proc, T_KILL, reason(WHY_KILLED, value, by));
}

void end_process(struct sim *s, int proc, int kind, int value, int64_t by)
{
    step_dies(s, proc);
    const struct process_def *def =
        &s->scenario->processes[s->world.proc[proc].def];
    if (kind == 0 && def->deadline && !def->period)
        job_end(s, proc);
    SAY(s, .kind = EV_EXIT, .sub = (uint8_t)kind, .proc = proc, .val = value);
    bool device = s->world.task[proc].wait == WAIT_DEVICE;
    if (device)
        device_leave(s, proc);
    end_state(s, proc, kind, value, by);
    shm_detach_all(s, proc);
    sem_end(s, proc);
    pipe_close_all(s, proc);
    orphan_children(s, proc);
    /* Closing its pipes may have killed its parent, and init has reaped it. */
    if (!(s->world.task[proc].flags & TASK_ZOMBIE))
        return;
    if (s->world.proc[proc].parent == INIT_PROC)
        reap(s, proc, INIT_PROC);
    else
        signal_parent(s, proc);
}

void reap(struct sim *s, int child, int by)
{
    SAY(s, .kind = EV_REAP, .proc = child, .obj = by);
}

/* ---- the end of the run ---- */

void report_stop(struct sim *s)
{
    bool deadlock = s->world.head->alive > 0;
    live_stop(s);
    for (int i = 0; deadlock && i < s->world.head->procs; i++)
        if (state_of(s, i) != TERMINATED)
            SAY(s, .kind = EV_DEADLOCK, .proc = i);
    SAY(s, .kind = EV_STOP, .sub = deadlock ? STOP_DEADLOCK : STOP_FINISHED,
        .proc = NO_PROC);
}
