/* explain_end.c: how processes end, and what becomes of what they leave: a
 * zombie for the parent, orphans for init. */
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

/* Whether `parent` sleeps in a wait that the end of `child` ends. */
static bool is_awaited(const struct world *w, int parent, int child)
{
    const struct task *t = &w->task[parent];
    return t->phase == PHASE_ASLEEP && t->wait == WAIT_CHILD &&
           (t->wait_obj < 0 || t->wait_obj == child);
}

/* Adds that nobody has to wait. That init takes the status of its own children
 * is worth a word only where it matters: of orphans, and where process slots
 * are counted. */
static void add_reaped(struct say *s, int proc)
{
    int parent = s->w->proc[proc].parent;
    bool orphan = s->w->scenario->processes[s->w->proc[proc].def].forked;
    bool slots = s->w->scenario->machine.max_processes > 0;
    if (parent == INIT_PROC && !orphan && !slots)
        return;
    say_name(s, parent);
    say_fold(s, parent != INIT_PROC ? W_SAY_TAKEN_IGNORED
                : slots             ? W_SAY_TAKEN_SLOT
                                    : W_SAY_TAKEN, 2);
}

/* Adds what an end means for the parent. */
static void add_parent(struct say *s, const struct event *e)
{
    int parent = s->w->proc[e->proc].parent;
    if (say_is_reaped(s, e->proc)) {
        add_reaped(s, e->proc);
        return;
    }
    if (!(s->w->task[e->proc].flags & TASK_ZOMBIE) || parent == INIT_PROC)
        return;
    say_name(s, parent);
    say_fold(s, is_awaited(s->w, parent, e->proc) ? W_SAY_AWAITED
                                                  : W_SAY_ZOMBIE, 2);
}

/* The op whose failure ended the process (on_error), NONE if none did. */
static int32_t fatal_op(const struct say *s, int proc)
{
    const struct proc *p = &s->w->proc[proc];
    bool gave_up = p->last_op != NONE && p->last_errno &&
                   s->w->scenario->ops[p->last_op].exit_on_error;
    return gave_up ? p->last_op : NONE;
}

void explain_exited(struct say *s, const struct event *e)
{
    int32_t op = fatal_op(s, e->proc);
    say_name(s, e->proc);
    say_number(s, e->val);
    if (op != NONE)
        say_manual(s, op);
    say_fold(s, op != NONE ? W_SAY_GAVE_UP : W_SAY_EXITED, op != NONE ? 3 : 2);
    add_parent(s, e);
}

/* The SIGNAL event of the step that ended the process; s->to if none. */
static size_t fatal_signal(const struct say *s, const struct event *e)
{
    for (size_t i = s->main; i-- > s->from;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->kind == EV_SIGNAL && b->proc == e->proc)
            return i;
    }
    return s->to;
}

static void killed_by_kernel(struct say *s, const struct event *e)
{
    size_t signal = fatal_signal(s, e);
    bool known = signal < s->to;
    if (known && say_broken_write(s, signal))
        say_fold(s, W_SAY_KILLED_PIPE, 2);
    else if (known && say_was_pending(s, signal))
        say_fold(s, W_SAY_KILLED_PENDING, 2);
    else
        say_fold(s, W_SAY_KILLED_KERNEL, 2);
}

void explain_killed(struct say *s, const struct event *e)
{
    if (e->val == -2 && e->aux == 11 && explain_fault(s, e->proc, true)) {
        add_parent(s, e);
        return;
    }
    say_name(s, e->proc);
    if (e->val == -1) {
        say_fold(s, W_SAY_KILLED_USER, 1);
        add_parent(s, e);
        return;
    }
    say_signal(s, e->aux);
    if (e->val == -2) {
        killed_by_kernel(s, e);
    } else if (e->val == e->proc) {
        say_fold(s, W_SAY_KILLED_SELF, 2);
    } else {
        say_name(s, (int)e->val);
        say_fold(s, W_SAY_KILLED_BY, 3);
    }
    add_parent(s, e);
}

/* Whose child `proc` was before event number `at`. */
static int parent_before(const struct say *s, int proc, size_t at)
{
    for (size_t i = at; i-- > 0;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->proc == proc && (b->kind == EV_CREATE || b->kind == EV_PARENT))
            return b->obj;
    }
    return INIT_PROC;
}

void explain_adopted(struct say *s, const struct event *e)
{
    bool reaped = say_is_reaped(s, e->proc);
    bool ended = s->w->task[e->proc].state == TERMINATED;
    say_name(s, e->proc);
    say_name(s, parent_before(s, e->proc, s->main));
    say_name(s, e->obj);
    say_fold(s, reaped  ? W_SAY_ADOPTED_GONE
                : ended ? W_SAY_ADOPTED_ZOMBIE
                        : W_SAY_ADOPTED, 3);
    say_fold(s, W_SAY_STOP, 1);
}

void explain_reaped(struct say *s, const struct event *e)
{
    int parent = s->w->proc[e->proc].parent;
    say_name(s, e->proc);
    say_name(s, parent);
    say_fold(s, parent == e->obj ? W_SAY_REAPED : W_SAY_REAPED_IGNORED, 2);
    say_fold(s, W_SAY_STOP, 1);
}
