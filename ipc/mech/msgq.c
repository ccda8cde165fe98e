/* msgq.c: a message queue between real processes.
 *
 * msgget(2) finds or makes a queue in the kernel by its key, msgsnd(2) appends
 * a message, a type and a text, and msgrcv(2) takes one by type. Whoever finds
 * the queue full, or nothing of the type he wants, sleeps: that is the BLOCKED
 * state we came to see. msgctl(2) looks at the queue, changes its limits, or
 * removes it; then everybody who sleeps there is told EIDRM.
 *
 * A queue is no file: it has no descriptor, and it does not go when its
 * processes do. After each step the lab asks the kernel what it counts, and
 * looks at the messages without taking any (MSG_COPY).
 *
 * See also msgop(2), and sim/mech/msgq.c for the same thing in the model. */
#define _GNU_SOURCE
#include "ipc/mech/msgq.h"

#include "ipc/mech/ipc_key.h"
#include "ipc/mech/mech.h"

#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As the calls have it: the text lies right behind the type. */
struct letter {
    long type;
    char text[];
};

_Static_assert(sizeof(long) == sizeof(int64_t), "a type is 64 bits wide");

/* ---- in the child ---- */

void lab_msgget(const struct order *o, struct answer *a)
{
    key_t key;
    bool known = ipc_key(o, &key);
    child_returned(a, known ? msgget(key, ipc_get_flags(o)) : -1);
}

/* The text lies where the lab has put it; the type belongs before it. */
void lab_msgsnd(const struct order *o, struct answer *a)
{
    struct letter *m = (struct letter *)(void *)child_bytes();
    int flags = op_flag(&o->op, "IPC_NOWAIT") ? IPC_NOWAIT : 0;
    memmove(m->text, m, (size_t)o->length);
    m->type = (long)o->number;
    child_may_sleep(SYS_msgsnd, o->id);
    child_returned(a, msgsnd((int)o->id, m, (size_t)o->length, flags));
}

static int receive_flags(const struct order *o)
{
    static const struct {
        const char *word;
        int flag;
    } all[] = {{"IPC_NOWAIT", IPC_NOWAIT},
               {"MSG_NOERROR", MSG_NOERROR},
               {"MSG_EXCEPT", MSG_EXCEPT},
               {"MSG_COPY", MSG_COPY}};
    int flags = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (op_flag(&o->op, all[i].word))
            flags |= all[i].flag;
    return flags;
}

void lab_msgrcv(const struct order *o, struct answer *a)
{
    size_t size = (size_t)op_arg(&o->op, KEY_size);
    child_may_sleep(SYS_msgrcv, o->id);
    child_returned(a, msgrcv((int)o->id, child_bytes(), size, (long)o->number,
                             receive_flags(o)));
}

/* IPC_SET sets all at once; the owner stays who he is, and so does what the
 * lesson does not speak of. */
static int set_queue(const struct order *o)
{
    struct msqid_ds now;
    memset(&now, 0, sizeof now);
    int64_t qbytes = op_arg(&o->op, KEY_qbytes);
    int64_t mode = op_arg(&o->op, KEY_mode);
    if (qbytes == ARG_ABSENT)
        qbytes = o->number & UINT32_MAX;
    if (mode == ARG_ABSENT)
        mode = o->number;
    now.msg_perm.uid = geteuid();
    now.msg_perm.gid = getegid();
    now.msg_qbytes = (msglen_t)qbytes;
    now.msg_perm.mode = (unsigned short)(mode >> 32);
    return msgctl((int)o->id, IPC_SET, &now);
}

static int stat_queue(const struct order *o, struct answer *a)
{
    struct msqid_ds now;
    int ret = msgctl((int)o->id, IPC_STAT, &now);
    if (ret < 0)
        return ret;
    const int64_t out[] = {(int64_t)now.msg_qnum,   (int64_t)now.msg_cbytes,
                           (int64_t)now.msg_qbytes, now.msg_lspid,
                           now.msg_lrpid,           now.msg_perm.mode & 0777};
    memcpy(child_bytes(), out, sizeof out);
    a->filled = sizeof out;
    return ret;
}

void lab_msgctl(const struct order *o, struct answer *a)
{
    enum { RMID, STAT };
    switch (op_arg(&o->op, KEY_cmd)) {
    case RMID:
        child_returned(a, msgctl((int)o->id, IPC_RMID, NULL));
        break;
    case STAT:
        child_returned(a, stat_queue(o, a));
        break;
    default:
        child_returned(a, set_queue(o));
    }
}

/* ---- in the lab ---- */

/* Returns false where MSG_COPY is not to be had. */
static bool look_at(int real, int64_t *count, uint64_t *order)
{
    static struct {
        long type;
        unsigned char text[8192];
    } m;
    *order = MSGQ_EMPTY;
    for (*count = 0;; ++*count) {
        ssize_t n = msgrcv(real, &m, sizeof m.text, *count,
                           MSG_COPY | IPC_NOWAIT);
        if (n < 0)
            return errno == ENOMSG;
        *order = msgq_order_add(*order, m.type, m.text, (size_t)n);
    }
}

void msgq_see(const struct lab *lab, int queue, struct sight *seen)
{
    int real = object_real(lab, OBJECT_MSGQ, queue);
    struct msqid_ds now;
    if (real < 0 || msgctl(real, IPC_STAT, &now) < 0 ||
        !look_at(real, &seen->messages, &seen->order)) {
        seen->messages = -1;
        return;
    }
    seen->sender = proc_with_pid(lab, now.msg_lspid);
    seen->receiver = proc_with_pid(lab, now.msg_lrpid);
}

static void differs(struct lab *lab, int queue, const char *what,
                    int64_t kernel, int64_t model)
{
    lab_trouble(lab, "message queue %d has %s %lld, not %lld", queue, what,
                (long long)kernel, (long long)model);
}

static void inspect(struct lab *lab, int queue, int real)
{
    const struct msgq *q = &lab->world->msgq[queue];
    struct msqid_ds now;
    int64_t count;
    uint64_t order;
    if (msgctl(real, IPC_STAT, &now) < 0) {
        if (errno == EACCES)
            return; /* its permissions keep us out, too */
        lab_trouble(lab, "message queue %d is not there", queue);
        return;
    }
    if ((int64_t)now.msg_qnum != q->qnum)
        differs(lab, queue, "qnum", (int64_t)now.msg_qnum, q->qnum);
    if ((int64_t)now.msg_cbytes != q->cbytes)
        differs(lab, queue, "cbytes", (int64_t)now.msg_cbytes, q->cbytes);
    if ((int64_t)now.msg_qbytes != q->qbytes)
        differs(lab, queue, "qbytes", (int64_t)now.msg_qbytes, q->qbytes);
    if (!object_pid_is(lab, now.msg_lspid, q->last_sender))
        differs(lab, queue, "lspid", now.msg_lspid, q->last_sender + 1);
    if (!object_pid_is(lab, now.msg_lrpid, q->last_receiver))
        differs(lab, queue, "lrpid", now.msg_lrpid, q->last_receiver + 1);
    int mode = (int)(now.msg_perm.mode & 0777);
    if (mode != q->ipc.mode)
        differs(lab, queue, "mode", mode, q->ipc.mode);
    if (object_kind_of_step(lab) == OBJECT_MSGQ && lab->step->id == queue)
        sight_kernel(lab, lab->step->proc, SEEN_QNUM,
                     (struct event){.aux = queue,
                                    .val = (int64_t)now.msg_qnum});
    if (look_at(real, &count, &order) &&
        order != world_msgq_order(lab->world, queue))
        lab_trouble(lab, "message queue %d holds other messages", queue);
}

void inspect_msgq(struct lab *lab)
{
    objects_each(lab, OBJECT_MSGQ, inspect);
}
