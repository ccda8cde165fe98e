/* sem_line.c: those who sleep at semaphores.
 *
 * A sleeper is not woken to try its luck. Whoever changes a semaphore looks
 * through the lines, does what the sleepers want on their behalf as far as it
 * can be done, and they find it done. So nobody races.
 *
 * There are lines of two kinds. Who has a single operation stands in a line of
 * that semaphore, one for those who want to take and one for those who wait for
 * zero. Who has several stands in a line of the whole set; and as long as
 * somebody does, those who want to take stand there as well, so that one line
 * tells who came first. Those who wait for zero come before those who take,
 * because they change nothing, and the lines of the semaphores before that of
 * the set. When somebody has got what he wanted, the look begins anew.
 *
 * First come first served, but only among those who can: a small wish that
 * comes late passes a big one, and nothing is kept for somebody who needs two
 * things of which one is there.
 *
 * See also ipc/sem.c of Linux, rules E4 to E8. */
#include "sim/mech/sem.h"

static struct sem_ops ops_of(const struct sim *s, int proc)
{
    return sem_ops_of(s->scenario, op_at(s, proc));
}

static const struct semset *set_at(const struct sim *s, int set)
{
    return &s->world.semset[set];
}

static int behind(const struct sim *s, int proc)
{
    return s->world.task[proc].line.next;
}

/* Whether somebody with several operations sleeps at `set`. */
static bool has_complex(const struct sim *s, int set)
{
    if (set_at(s, set)->zero.count)
        return true;
    for (int i = set_at(s, set)->alter.head; i != NONE; i = behind(s, i))
        if (ops_of(s, i).count > 1)
            return true;
    return false;
}

/* ---- one line, or many ---- */

static void requeue(struct sim *s, int proc, enum wait_kind wait, int obj)
{
    SAY(s, .kind = EV_REQUEUE, .sub = (uint8_t)wait, .proc = proc, .obj = obj);
}

/* The lines are put before each other, so the last semaphore's comes first. */
static void merge(struct sim *s, int set)
{
    int first = (int)set_at(s, set)->first;
    for (int i = set_at(s, set)->nsems; i-- > 0;)
        for (int p; (p = s->world.sem[first + i].alter.head) != NONE;)
            requeue(s, p, WAIT_SEMS, set);
}

void sem_split(struct sim *s, int set)
{
    if (has_complex(s, set))
        return;
    for (int p; (p = set_at(s, set)->alter.head) != NONE;) {
        struct sem_ops ops = ops_of(s, p);
        requeue(s, p, WAIT_SEM,
                (int)set_at(s, set)->first + sem_op_at(&ops, 0).num);
    }
}

void sem_sleep(struct sim *s, int set, int proc, int at)
{
    struct sem_ops ops = ops_of(s, proc);
    struct sem_op awaited = sem_op_at(&ops, at);
    int sem = (int)set_at(s, set)->first + sem_op_at(&ops, 0).num;
    bool alters = sem_ops_alter(&ops);
    bool complex = has_complex(s, set);
    if (ops.count > 1 && !complex)
        merge(s, set);
    bool whole = ops.count > 1 || (alters && complex);
    op_sleeps(s, proc,
              whole ? (alters ? WAIT_SEMS : WAIT_SEMS_ZERO)
                    : (alters ? WAIT_SEM : WAIT_SEM_ZERO),
              whole ? set : sem, -awaited.op);
    if (at)
        SAY(s, .kind = EV_SEM_AT, .proc = proc, .val = at);
}

/* ---- giving ---- */

enum look { SLEEPS_ON, HAS_FAILED, HAS_GOT };

/* The sleeper's operations are tried; what can be done is done for it. */
static enum look look_at(struct sim *s, int set, int proc, int by)
{
    struct sem_ops ops = ops_of(s, proc);
    struct attempt a = sem_try(s, set, proc, &ops);
    if (a.blocks) {
        if (s->world.proc[proc].blocking != a.at)
            SAY(s, .kind = EV_SEM_AT, .proc = proc, .val = a.at);
        return SLEEPS_ON;
    }
    int sem = sem_awaited_where(&s->world, proc);
    obey(s, a.error ? RULE_E3 : RULE_E4);
    if (!a.error)
        sem_do(s, set, proc, &ops);
    op_wakes(s, proc, a.error ? -1 : 0, a.error, NO_PAYLOAD,
             reason(WHY_SEM_CHANGED, by, sem));
    return a.error ? HAS_FAILED : HAS_GOT;
}

/* Those who wait for zero in the line that begins with `head`. Returns whether
 * any has got it. */
static bool wake_zero(struct sim *s, int set, int head, int by)
{
    bool any = false;
    for (int i = head, next; i != NONE; i = next) {
        next = behind(s, i);
        any |= look_at(s, set, i, by) == HAS_GOT;
    }
    return any;
}

static bool wake_zero_of_one(struct sim *s, int set, int num, int by,
                             bool *zero)
{
    const struct sem *sem = &s->world.sem[set_at(s, set)->first + num];
    if (sem->value)
        return false;
    *zero = true;
    return wake_zero(s, set, sem->zero.head, by);
}

/* Where semaphores are 0 now, of those in `ops` (NULL: of all). */
static void update_zero(struct sim *s, int set, const struct sem_ops *ops,
                        int by)
{
    bool zero = false, any = false;
    int count = ops ? ops->count : set_at(s, set)->nsems;
    for (int i = 0; i < count; i++)
        any |= wake_zero_of_one(s, set, ops ? sem_op_at(ops, i).num : i, by,
                                &zero);
    bool whole = zero && wake_zero(s, set, set_at(s, set)->zero.head, by);
    if (any && whole)
        obey(s, RULE_E7);
    if ((any || whole) && set_at(s, set)->alter.count)
        obey(s, RULE_E6);
}

/* The line of those who take from semaphore `sem`; NONE: that of the set. */
static int line_head(const struct sim *s, int set, int sem)
{
    return sem == NONE ? set_at(s, set)->alter.head
                       : s->world.sem[sem].alter.head;
}

static void update_line(struct sim *s, int set, int sem, int by)
{
    int i = line_head(s, set, sem);
    while (i != NONE && (sem == NONE || s->world.sem[sem].value)) {
        struct sem_ops ops = ops_of(s, i);
        int next = behind(s, i);
        if (i != line_head(s, set, sem))
            obey(s, RULE_E5);
        enum look seen = look_at(s, set, i, by);
        if (seen == HAS_GOT) {
            update_zero(s, set, &ops, i);
            if (set_at(s, set)->alter.count || ops.count > 1)
                next = line_head(s, set, sem);
        }
        else if (seen == SLEEPS_ON && is_planted(s, "sem-no-overtaking"))
            return;
        i = next;
    }
}

static void update_lines(struct sim *s, int set, const struct sem_ops *ops,
                         int by)
{
    int first = (int)set_at(s, set)->first;
    if (set_at(s, set)->alter.count) {
        update_line(s, set, NONE, by);
        return;
    }
    int count = ops ? ops->count : set_at(s, set)->nsems;
    for (int i = 0; i < count; i++)
        if (!ops || sem_op_at(ops, i).op > 0)
            update_line(s, set, first + (ops ? sem_op_at(ops, i).num : i), by);
}

void sem_update(struct sim *s, int set, const struct sem_ops *ops, int by)
{
    if (is_planted(s, "sem-zero-last")) {
        update_lines(s, set, ops, by);
        update_zero(s, set, ops, by);
    } else {
        update_zero(s, set, ops, by);
        update_lines(s, set, ops, by);
    }
    sem_split(s, set);
}

void sem_wake_all(struct sim *s, int set, int by)
{
    struct event why = reason(WHY_REMOVED, by, 0);
    const struct world *w = &s->world;
    int first = (int)set_at(s, set)->first;
    for (int p; (p = set_at(s, set)->zero.head) != NONE;)
        op_wakes(s, p, -1, E_EIDRM, NO_PAYLOAD, why);
    for (int p; (p = set_at(s, set)->alter.head) != NONE;)
        op_wakes(s, p, -1, E_EIDRM, NO_PAYLOAD, why);
    for (int i = first; i < first + set_at(s, set)->nsems; i++) {
        while (w->sem[i].zero.head != NONE)
            op_wakes(s, w->sem[i].zero.head, -1, E_EIDRM, NO_PAYLOAD, why);
        while (w->sem[i].alter.head != NONE)
            op_wakes(s, w->sem[i].alter.head, -1, E_EIDRM, NO_PAYLOAD, why);
    }
}
