/* msgq.c: a message queue, as the model does it.
 *
 * A message queue is a list in the kernel. Each message has a type, a number
 * above 0, and a text; senders append, and a receiver says which type it
 * wants: any, just this one, any but this one, or the lowest up to a bound. So
 * one queue serves many: if everybody has a type of his own, it is a letter
 * box for each of them.
 *
 * A queue is full when its bytes are, or when it holds as many messages as it
 * may hold bytes (so that empty ones are counted, too). Who finds it full, or
 * finds nothing that he wants, sleeps. msgq_line.c tells what wakes him.
 *
 * All of it follows Linux's ipc/msg.c (rules M1 to M14). See also msgop(2),
 * msgctl(2), and ipc/mech/msgq.c for the same with a real one. */
#include "sim/mech/msgq.h"

#include "sim/mech/ipc.h"

/* ---- what an op asks for ---- */

/* convert_mode: what `type` means depends on the flags. */
struct wanted msgq_wanted(const struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t type = world_term(&s->world, proc, op_arg(op, KEY_type));
    struct wanted w = {.type = type,
                       .size = op_arg(op, KEY_size),
                       .cut = op_flag(op, "MSG_NOERROR"),
                       .nowait = op_flag(op, "IPC_NOWAIT"),
                       .copy = op_flag(op, "MSG_COPY")};
    if (w.copy)
        w.search = SEARCH_NUMBER;
    else if (type == 0)
        w.search = SEARCH_ANY;
    else if (type < 0)
        w.search = SEARCH_LOWEST;
    else
        w.search =
            op_flag(op, "MSG_EXCEPT") ? SEARCH_NOT_EQUAL : SEARCH_EQUAL;
    if (w.search == SEARCH_LOWEST)
        w.type = -type;
    return w;
}

struct letter msgq_letter(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    struct str text = {0};
    op_text(s, proc, op, &text);
    struct letter m = {
        .type = world_term(&s->world, proc, op_arg(op, KEY_type)),
        .text = trace_store(&s->trace, str_text(&text), text.length),
        .sender = proc,
        .length = (int64_t)text.length};
    str_free(&text);
    return m;
}

bool msgq_fits(const struct sim *s, int queue, int64_t length)
{
    const struct msgq *q = &s->world.msgq[queue];
    if (is_planted(s, "msgq-empty-fits") && length == 0)
        return true;
    return q->cbytes + length <= q->qbytes && q->qnum + 1 <= q->qbytes;
}

/* ---- choosing a message ---- */

static bool lowest(const struct msg *m, const struct wanted *want,
                   const struct msg *best)
{
    return m->type <= want->type && (!best || m->type < best->type);
}

int msgq_find(const struct sim *s, int queue, const struct wanted *want)
{
    const struct msgq *q = &s->world.msgq[queue];
    const struct msg *all = s->world.msg + q->first;
    int best = NONE;
    for (int i = 0; i < q->qnum; i++) {
        if (want->search == SEARCH_LOWEST) {
            if (lowest(&all[i], want, best == NONE ? NULL : &all[best]))
                best = i;
            continue;
        }
        if (want->search == SEARCH_NUMBER ? i == want->type
                                          : msgq_matches(want, all[i].type))
            return i;
    }
    return best;
}

/* ---- ops ---- */

static void fails(struct sim *s, int proc, enum errno_name error)
{
    op_returns(s, proc, -1, error, NO_PAYLOAD);
}

void model_msgget(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    struct ipc_find f = ipc_find(s, proc, MECH_MSGQ);
    if (!f.error && f.id != NONE &&
        !ipc_may_get(s, proc, &s->world.msgq[f.id].ipc))
        f.error = E_EACCES;
    if (f.error) {
        ipc_returns(s, proc, -1, f.error);
        return;
    }
    if (f.id == NONE) {
        f.id = s->world.head->msgqs;
        obey(s, RULE_M1);
        emit(s, (struct event){.kind = EV_QUEUE, .proc = proc, .obj = f.id,
                               .aux = (int32_t)op->arg[0], .val = f.key,
                               .cpu = (uint16_t)f.mode});
    }
    ipc_returns(s, proc, f.id, E_OK);
}

/* What is wrong with a send before anybody looks at the queue. */
static enum errno_name send_refused(const struct sim *s, int proc, int queue)
{
    const struct op *op = op_at(s, proc);
    if (queue == NONE || world_term(&s->world, proc, op_arg(op, KEY_type)) < 1)
        return E_EINVAL;
    struct str text = {0};
    op_text(s, proc, op, &text);
    bool long_one = text.length > MSG_BYTES_MAX;
    str_free(&text);
    return long_one ? E_EINVAL : E_OK;
}

void model_msgsnd(struct sim *s, int proc)
{
    int queue = ipc_named(s, proc, MECH_MSGQ);
    enum errno_name error = send_refused(s, proc, queue);
    if (error) {
        obey(s, RULE_M1);
        fails(s, proc, error);
        return;
    }
    struct wakeups u = {0};
    msgq_send(s, queue, (struct woken){proc, reason(WHY_QUEUE_ROOM, NONE, 0)});
    msgq_settle(s, queue, &u);
}

/* The same of a receive: it fails with EINVAL. */
static bool receive_refused(struct sim *s, int proc, int queue)
{
    const struct op *op = op_at(s, proc);
    struct wanted want = msgq_wanted(s, proc);
    bool odd = want.copy && (op_flag(op, "MSG_EXCEPT") || !want.nowait);
    if (odd)
        obey(s, RULE_M13);
    return odd || queue == NONE;
}

void model_msgrcv(struct sim *s, int proc)
{
    int queue = ipc_named(s, proc, MECH_MSGQ);
    if (receive_refused(s, proc, queue)) {
        fails(s, proc, E_EINVAL);
        return;
    }
    struct wakeups u = {0};
    msgq_receive(s, queue, (struct woken){proc, reason(WHY_MSG_CAME, NONE, 0)},
                 &u);
    msgq_settle(s, queue, &u);
}

/* ---- msgctl ---- */

static void stat_queue(struct sim *s, int proc, int queue)
{
    const struct msgq *q = &s->world.msgq[queue];
    obey(s, RULE_M14);
    if (!ipc_permits(&q->ipc, IPC_MAY_READ)) {
        fails(s, proc, E_EACCES);
        return;
    }
    const int64_t out[] = {q->qnum,
                           q->cbytes,
                           q->qbytes,
                           q->last_sender + 1,
                           q->last_receiver + 1,
                           q->ipc.mode};
    op_returns(s, proc, 0, E_OK, trace_store(&s->trace, out, sizeof out));
}

/* Everybody who sleeps there is told that it is gone. */
static void remove_queue(struct sim *s, int proc, int queue)
{
    const struct msgq *q = &s->world.msgq[queue];
    struct event why = reason(WHY_REMOVED, proc, 0);
    SAY(s, .kind = EV_QUEUE_GONE, .proc = proc, .obj = queue);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    for (int i; (i = q->receivers.head) != NONE; obey(s, RULE_M11))
        op_wakes(s, i, -1, E_EIDRM, NO_PAYLOAD, why);
    for (int i; (i = q->senders.head) != NONE; obey(s, RULE_M11))
        op_wakes(s, i, -1, E_EIDRM, NO_PAYLOAD, why);
    struct wakeups nobody = {0};
    msgq_settle(s, queue, &nobody);
}

/* The kernel takes the new limit as 32 bits, whatever the structure says. */
static int64_t limit_asked(const struct op *op, int64_t otherwise)
{
    int64_t qbytes = op_arg(op, KEY_qbytes);
    return qbytes == ARG_ABSENT ? otherwise : (uint32_t)qbytes;
}

/* New limits or permissions: whoever sleeps there looks again. */
static void set_queue(struct sim *s, int proc, int queue)
{
    const struct op *op = op_at(s, proc);
    const struct msgq *q = &s->world.msgq[queue];
    int64_t qbytes = limit_asked(op, q->qbytes);
    int64_t mode = op_arg(op, KEY_mode);
    struct event why = reason(WHY_QUEUE_SET, proc, 0);
    obey(s, RULE_M10);
    obey(s, RULE_S6);
    if (qbytes > QUEUE_BYTES) {
        fails(s, proc, E_EPERM);
        return;
    }
    SAY(s, .kind = EV_QUEUE_SET, .proc = proc, .obj = queue,
        .val = qbytes,
        .aux = mode == ARG_ABSENT ? q->ipc.mode : (int32_t)(mode >> 32));
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    struct wakeups u = {0};
    for (int i = q->receivers.head; i != NONE; i = s->world.task[i].line.next)
        wakeups_add(&u, i, why);
    msgq_wake_senders(s, queue, why, &u);
    msgq_settle(s, queue, &u);
}

void model_msgctl(struct sim *s, int proc)
{
    enum { RMID, STAT };
    int queue = ipc_named(s, proc, MECH_MSGQ);
    int64_t cmd = op_arg(op_at(s, proc), KEY_cmd);
    if (queue == NONE) {
        fails(s, proc, E_EINVAL);
    } else if (cmd == RMID) {
        remove_queue(s, proc, queue);
    } else if (cmd == STAT) {
        stat_queue(s, proc, queue);
    } else {
        set_queue(s, proc, queue);
    }
}
