/* semaphore.c: see semaphore.h. */
#include "sim/model/semaphore.h"

#include "sim/base/promises.h"
#include "sim/scenario/ops.h"

/* P and V are semop with one operation: below 0 takes, above 0 gives. */
static struct sem_op single_of(const struct op *op)
{
    int64_t num = op_arg(op, KEY_num), by = op_arg(op, KEY_by);
    int32_t change = by == ARG_ABSENT ? 1 : (int32_t)by;
    bool nowait = op->verb == OP_P && op_flag(op, "IPC_NOWAIT");
    return (struct sem_op){.num = num == ARG_ABSENT ? 0 : (int32_t)num,
                           .op = op->verb == OP_P ? -change : change,
                           .flags = (nowait ? SEM_NOWAIT : 0) |
                                    (op_flag(op, "SEM_UNDO") ? SEM_UNDOES : 0)};
}

struct sem_ops sem_ops_of(const struct scenario *sc, const struct op *op)
{
    if (op->verb != OP_semop)
        return (struct sem_ops){.single = single_of(op), .count = 1};
    const struct list *list = &sc->lists[op_arg(op, KEY_ops)];
    return (struct sem_ops){.list = list->sem_ops, .count = list->count};
}

bool sem_ops_alter(const struct sem_ops *ops)
{
    for (int i = 0; i < ops->count; i++)
        if (sem_op_at(ops, i).op != 0)
            return true;
    return false;
}

struct sem_op sem_awaited(const struct world *w, int proc)
{
    const struct scenario *sc = w->scenario;
    struct sem_ops ops = sem_ops_of(sc, &sc->ops[w->task[proc].pc]);
    check(w->proc[proc].blocking < ops.count);
    return sem_op_at(&ops, w->proc[proc].blocking);
}

int sem_set_slept_at(const struct world *w, int proc)
{
    const struct task *t = &w->task[proc];
    bool whole = t->wait == WAIT_SEMS || t->wait == WAIT_SEMS_ZERO;
    return whole ? t->wait_obj : w->sem[t->wait_obj].set;
}

int sem_awaited_where(const struct world *w, int proc)
{
    const struct semset *set = &w->semset[sem_set_slept_at(w, proc)];
    return (int)set->first + sem_awaited(w, proc).num;
}

/* Those in the set's line `q` who wait for `sem`. */
static int waiting_in(const struct world *w, const struct queue *q, int sem,
                      bool zero)
{
    int n = 0;
    for (int i = q->head; i != NONE; i = w->task[i].line.next)
        n += sem_awaited_where(w, i) == sem &&
             (sem_awaited(w, i).op == 0) == zero;
    return n;
}

int sem_waiting(const struct world *w, int sem, bool zero)
{
    const struct sem *one = &w->sem[sem];
    const struct semset *set = &w->semset[one->set];
    int n = zero ? one->zero.count : one->alter.count;
    n += waiting_in(w, &set->alter, sem, zero);
    return zero ? n + waiting_in(w, &set->zero, sem, true) : n;
}

int sem_adjust(const struct world *w, int proc, int sem)
{
    for (int64_t i = 0; i < w->head->undos; i++)
        if (w->undo[i].proc == proc && w->undo[i].sem == sem)
            return w->undo[i].adjust;
    return 0;
}

int sem_held(const struct world *w, int proc, int sem)
{
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].proc == proc && w->hold[i].sem == sem)
            return w->hold[i].count;
    return 0;
}

bool sem_undoes(const struct world *w, int proc, int set)
{
    for (int64_t i = 0; i < w->head->undos; i++)
        if (w->undo[i].proc == proc && w->undo[i].set == set)
            return true;
    return false;
}
