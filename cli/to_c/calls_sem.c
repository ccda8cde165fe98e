/* calls_sem.c: semaphores. */
#include "cli/to_c/inside.h"

void call_semget(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    put_assign(w, op->arg[0], "semget(");
    put_key(w, op_arg(op, KEY_key));
    put(w, ", %lld, ", (long long)op_arg(op, KEY_nsems));
    put_flags(w, op, KEY_flags);
    put_line(w, ");");
    put_kept(w, op, "SEMAPHORES");
}

static void put_semop(struct c_writer *w, const struct op *op)
{
    needs_header(w, HEADER_sem);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "semop(");
    put_value(w, op->arg[0]);
    put(w, ", (struct sembuf[]){");
}

static void put_semop_end(struct c_writer *w, const struct op *op, int count)
{
    put(w, "}, %d))", count);
    put_checked_end(w, op);
}

static void put_one(struct c_writer *w, const struct op *op, int sign)
{
    int64_t num = op_arg(op, KEY_num), by = op_arg(op, KEY_by);
    put_semop(w, op);
    put(w, "{%d, %d, ", num == ARG_ABSENT ? 0 : (int)num,
        sign * (by == ARG_ABSENT ? 1 : (int)by));
    put_flags(w, op, KEY_flags);
    put(w, "}");
    put_semop_end(w, op, 1);
}

void call_P(struct c_writer *w, int32_t pc)
{
    put_one(w, &w->sc->ops[pc], -1);
}

void call_V(struct c_writer *w, int32_t pc)
{
    put_one(w, &w->sc->ops[pc], 1);
}

void call_semop(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    const struct list *list = &w->sc->lists[op_arg(op, KEY_ops)];
    put_semop(w, op);
    for (int32_t i = 0; i < list->count; i++) {
        const struct sem_op *one = &list->sem_ops[i];
        put(w, "%s{%d, %d, %s}", i ? ", " : "", one->num, one->op,
            one->flags == 3   ? "IPC_NOWAIT | SEM_UNDO"
            : one->flags == 2 ? "SEM_UNDO"
            : one->flags == 1 ? "IPC_NOWAIT"
                              : "0");
    }
    put_semop_end(w, op, list->count);
}

/* The kernel reads as many values as the set has. */
static void put_values(struct c_writer *w, const struct op *op)
{
    int64_t values = op_arg(op, KEY_values);
    put(w, ", (union semun){.array = (unsigned short[%lld]){",
        (long long)(w->semaphores ? w->semaphores : 1));
    for (int32_t i = 0; values != ARG_ABSENT && i < w->sc->lists[values].count;
         i++)
        put(w, "%s%lld", i ? ", " : "",
            (long long)w->sc->lists[values].numbers[i]);
    put(w, "%s}}))", values == ARG_ABSENT ? "0" : "");
}

static void put_sem_state(struct c_writer *w, const struct op *op, bool stat)
{
    put_line(w, "{");
    w->indent += 4;
    put_line(w, "struct semid_ds now;");
    if (!stat) {
        put(w, "semctl(");
        put_value(w, op->arg[0]);
        put_line(w, ", 0, IPC_STAT, (union semun){.buf = &now});");
        if (op_arg(op, KEY_mode) != ARG_ABSENT)
            put_line(w, "now.sem_perm.mode = 0%llo;",
                     (unsigned long long)(op_arg(op, KEY_mode) >> 32));
    }
    put_control(w, op, "semctl", stat ? "0, IPC_STAT" : "0, IPC_SET",
                ", (union semun){.buf = &now}");
    if (stat)
        put_line(w, "say(\"semaphores: %%ld\", (long)now.sem_nsems);");
    w->indent -= 4;
    put_line(w, "}");
}

void call_semctl(struct c_writer *w, int32_t pc)
{
    enum { SETVAL, SETALL, GETVAL, GETALL, RMID, GETPID, GETNCNT, GETZCNT,
           STAT, SET };
    static const char *const names[] = {"SETVAL", "SETALL",  "GETVAL",
                                        "GETALL", "IPC_RMID", "GETPID",
                                        "GETNCNT", "GETZCNT"};
    const struct op *op = &w->sc->ops[pc];
    int64_t cmd = op_arg(op, KEY_cmd), num = op_arg(op, KEY_num);
    int64_t value = op_arg(op, KEY_value);
    needs_header(w, HEADER_sem);
    if (cmd != RMID && !(cmd >= GETPID && cmd <= GETZCNT) && cmd != GETVAL)
        needs_part(w, PART_SEMUN);
    if (cmd == STAT || cmd == SET) {
        put_sem_state(w, op, cmd == STAT);
        return;
    }
    if (cmd == GETALL)
        needs_part(w, PART_VALUES);
    put_checked_begin(w, op);
    put_check(w, op, cmd == GETALL ? "values_of" : "check");
    put(w, "semctl(");
    put_value(w, op->arg[0]);
    put(w, ", %d, %s", num == ARG_ABSENT ? 0 : (int)num, names[cmd]);
    if (cmd == SETVAL)
        put(w, ", (union semun){.val = %d}))",
            value == ARG_ABSENT ? 0 : (int)value);
    else if (cmd == SETALL)
        put_values(w, op);
    else if (cmd == GETALL)
        put(w, ", (union semun){.array = values}), %lld)",
            (long long)w->semaphores);
    else
        put(w, "))");
    put_checked_end(w, op);
}
