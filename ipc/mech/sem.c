/* sem.c: semaphores between real processes.
 *
 * semget(2) finds or makes a set of semaphores by its key, and semop(2) does a
 * list of operations, all of them or none: below 0 takes, above 0 gives, 0 waits
 * for zero. What cannot be done now puts the caller to sleep: that is the
 * BLOCKED state we came to see. semctl(2) sets semaphores, looks at them, or
 * removes the set; then everybody who sleeps there is told EIDRM.
 *
 * A stop is not neutral here: a process that was stopped in semop finds EINTR
 * when it goes on, whether it has a handler or not.
 *
 * After each step the lab asks the kernel for all it can tell: the values, who
 * was last, and how many wait for more or for zero.
 *
 * See also semop(2), semctl(2), and sim/mech/sem.c for the same thing in the
 * model. */
#define _GNU_SOURCE
#include "ipc/actor.h"
#include "ipc/mech/ipc_key.h"
#include "ipc/mech/mech.h"
#include "sim/model/semaphore.h"

#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What semctl's last argument may be; the C library leaves it to us. */
union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

enum {
    NSEMS_MAX = SEM_NSEMS_MAX,
    SEEN_MOST = 16 /* no panel shows more */
};

/* ---- in the child ---- */

void lab_semget(const struct order *o, struct answer *a)
{
    key_t key;
    if (child_refused(o, a))
        return;
    bool known = ipc_key(o, &key);
    int nsems = (int)op_arg(&o->op, KEY_nsems);
    child_returned(a, known ? semget(key, nsems, ipc_get_flags(o)) : -1);
}

static void do_operations(const struct order *o, struct answer *a)
{
    struct sem_ops ops = sem_ops_of(child_scenario(), &o->op);
    struct sembuf real[SEM_OPS_LISTED];
    for (int i = 0; i < ops.count; i++) {
        struct sem_op op = sem_op_at(&ops, i);
        int flags = (op.flags & SEM_NOWAIT ? IPC_NOWAIT : 0) |
                    (op.flags & SEM_UNDOES ? SEM_UNDO : 0);
        real[i] = (struct sembuf){.sem_num = (unsigned short)op.num,
                                  .sem_op = (short)op.op,
                                  .sem_flg = (short)flags};
    }
    /* Which system call semop(3) makes depends on the C library's age; newer
     * ones make just this one of it. */
    child_may_sleep(SYS_semtimedop, o->id);
    child_returned(a, semtimedop((int)o->id, real, (size_t)ops.count, NULL));
}

void lab_semop(const struct order *o, struct answer *a)
{
    do_operations(o, a);
}

void lab_P(const struct order *o, struct answer *a)
{
    do_operations(o, a);
}

void lab_V(const struct order *o, struct answer *a)
{
    do_operations(o, a);
}

/* In the order of ops.def. */
static const int commands[] = {SETVAL, SETALL, GETVAL,  GETALL,   IPC_RMID,
                               GETPID, GETNCNT, GETZCNT, IPC_STAT, IPC_SET};

/* The kernel reads as many values as the set has; those that the lesson does
 * not give are 0. */
static int set_all(const struct order *o)
{
    const struct scenario *sc = child_scenario();
    unsigned short *values = (unsigned short *)(void *)child_bytes();
    int64_t given = op_arg(&o->op, KEY_values);
    memset(values, 0, sizeof *values * NSEMS_MAX);
    if (given != ARG_ABSENT)
        for (int i = 0; i < sc->lists[given].count && i < NSEMS_MAX; i++)
            values[i] = (unsigned short)sc->lists[given].numbers[i];
    return semctl((int)o->id, 0, SETALL, (union semun){.array = values});
}

/* The values as the kernel has them go behind the numbers we make of them. */
static int get_all(const struct order *o, struct answer *a)
{
    int nsems = (int)(o->number & INT32_MAX);
    int64_t *out = (int64_t *)(void *)child_bytes();
    unsigned short *values = (unsigned short *)(void *)(out + NSEMS_MAX);
    int ret = semctl((int)o->id, 0, GETALL, (union semun){.array = values});
    for (int i = 0; i < nsems && ret == 0; i++)
        out[i] = values[i];
    a->filled = ret == 0 ? (int64_t)sizeof *out * nsems : 0;
    return ret;
}

static int get_state(const struct order *o, struct answer *a)
{
    struct semid_ds now;
    int ret = semctl((int)o->id, 0, IPC_STAT, (union semun){.buf = &now});
    if (ret < 0)
        return ret;
    const int64_t out[] = {(int64_t)now.sem_nsems, now.sem_perm.mode & 0777};
    memcpy(child_bytes(), out, sizeof out);
    a->filled = sizeof out;
    return ret;
}

static int set_mode(const struct order *o)
{
    int64_t mode = op_arg(&o->op, KEY_mode);
    struct semid_ds now;
    memset(&now, 0, sizeof now);
    now.sem_perm.uid = geteuid();
    now.sem_perm.gid = getegid();
    now.sem_perm.mode =
        (unsigned short)((mode == ARG_ABSENT ? o->number : mode) >> 32);
    return semctl((int)o->id, 0, IPC_SET, (union semun){.buf = &now});
}

static int one(const struct order *o, int cmd)
{
    int64_t num = op_arg(&o->op, KEY_num), value = op_arg(&o->op, KEY_value);
    return semctl((int)o->id, num == ARG_ABSENT ? 0 : (int)num, cmd,
                  (union semun){.val = value == ARG_ABSENT ? 0 : (int)value});
}

void lab_semctl(const struct order *o, struct answer *a)
{
    int cmd = commands[op_arg(&o->op, KEY_cmd)];
    child_returned(a, cmd == SETALL     ? set_all(o)
                      : cmd == GETALL   ? get_all(o, a)
                      : cmd == IPC_STAT ? get_state(o, a)
                      : cmd == IPC_SET  ? set_mode(o)
                                        : one(o, cmd));
}

/* ---- in the lab ---- */

static void differs(struct lab *lab, int sem, const char *what, int kernel,
                    int model)
{
    int set = lab->world->sem[sem].set;
    lab_trouble(lab, "semaphore %d of set %d has %s %d, not %d",
                sem - (int)lab->world->semset[set].first, set, what, kernel,
                model);
}

static int model_pid(const struct lab *lab, int sem)
{
    int proc = lab->world->sem[sem].pid;
    return proc == NONE ? 0 : pid_of_proc(lab, proc);
}

/* Of whom the lab has not been told the pid yet: he was born in this step. */
static bool pid_is_known(const struct lab *lab, int sem)
{
    int proc = lab->world->sem[sem].pid;
    return proc == NONE || pid_of_proc(lab, proc) != 0;
}

static void see(struct lab *lab, enum evidence kind, int sem, int value)
{
    const struct step *st = lab->step;
    int set = lab->world->sem[sem].set;
    bool mine = object_kind_of_step(lab) == OBJECT_SEM && st->id == set;
    if (mine && lab->world->semset[set].nsems <= SEEN_MOST)
        sight_kernel(lab, st->proc, kind,
                     (struct event){.aux = sem, .val = value});
}

static void inspect_one(struct lab *lab, int sem, int real, int value)
{
    const struct sem *s = &lab->world->sem[sem];
    int num = sem - (int)lab->world->semset[s->set].first;
    int pid = semctl(real, num, GETPID), more = semctl(real, num, GETNCNT);
    int zero = semctl(real, num, GETZCNT);
    if (value != s->value)
        differs(lab, sem, "value", value, s->value);
    if (pid_is_known(lab, sem) && pid != model_pid(lab, sem) &&
        !object_last_is_open(lab, MECH_SEM, sem, proc_with_pid(lab, pid),
                             s->pid))
        differs(lab, sem, "sempid", pid, model_pid(lab, sem));
    if (more != sem_waiting(lab->world, sem, false))
        differs(lab, sem, "semncnt", more,
                sem_waiting(lab->world, sem, false));
    if (zero != sem_waiting(lab->world, sem, true))
        differs(lab, sem, "semzcnt", zero, sem_waiting(lab->world, sem, true));
    see(lab, SEEN_SEMVAL, sem, value);
    see(lab, SEEN_SEMNCNT, sem, more);
    see(lab, SEEN_SEMZCNT, sem, zero);
}

/* In a big set only those are asked about that somebody has ever used. */
static bool is_worth_it(const struct lab *lab, int sem, int nsems)
{
    enum { BIG = 64 };
    const struct sem *s = &lab->world->sem[sem];
    return nsems <= BIG || s->pid != NONE || s->alter.count || s->zero.count;
}

static void inspect(struct lab *lab, int set, int real)
{
    static unsigned short values[NSEMS_MAX];
    const struct semset *m = &lab->world->semset[set];
    struct semid_ds now;
    if (semctl(real, 0, IPC_STAT, (union semun){.buf = &now}) < 0) {
        if (errno != EACCES) /* its permissions keep us out, too */
            lab_trouble(lab, "semaphore set %d is not there", set);
        return;
    }
    if ((int)now.sem_nsems != m->nsems || (now.sem_perm.mode & 0777) !=
                                              (unsigned)m->ipc.mode) {
        lab_trouble(lab, "semaphore set %d has %d semaphores and mode %o, not "
                    "%d and %o", set, (int)now.sem_nsems,
                    (unsigned)now.sem_perm.mode & 0777, m->nsems,
                    (unsigned)m->ipc.mode);
        return;
    }
    semctl(real, 0, GETALL, (union semun){.array = values});
    for (int i = 0; i < m->nsems; i++)
        if (is_worth_it(lab, (int)m->first + i, m->nsems))
            inspect_one(lab, (int)m->first + i, real, values[i]);
}

void inspect_sem(struct lab *lab)
{
    objects_each(lab, OBJECT_SEM, inspect);
}
