/* explain_msgq.c: what went through a message queue, and what could not. */
#include "sim/base/promises.h"
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

#include <string.h>

static const struct op *op_of(const struct say *s, const struct event *e)
{
    return &s->w->scenario->ops[e->aux];
}

static bool slept(const struct event *e)
{
    return e->cpu == 1;
}

static int64_t type_of(const struct say *s, int proc, const struct op *op)
{
    check(op->verb == OP_msgsnd || op->verb == OP_msgrcv);
    return world_term(s->w, proc, op_arg(op, KEY_type));
}

/* The queue that the variable of the op's first argument names; NULL if it
 * never was one. */
static const struct msgq *queue_of(const struct say *s, int proc,
                                   const struct op *op)
{
    int64_t id = world_var(s->w, proc, op->arg[0]);
    bool known = id >= 0 && id < s->w->head->msgqs;
    return known ? &s->w->msgq[id] : NULL;
}

/* Pushes bytes in, bytes allowed, and messages. */
static void say_fill(struct say *s, const struct msgq *q)
{
    say_number(s, q->cbytes);
    say_number(s, q->qbytes);
    say_number(s, q->qnum);
}

/* What a receiver wants, in words. */
static void say_wanted(struct say *s, int proc, const struct op *op)
{
    int64_t type = type_of(s, proc, op);
    bool copy = op_flag(op, "MSG_COPY");
    if (type == 0 && !copy) {
        say_word(s, W_SAY_WANTS_ANY);
        return;
    }
    say_number(s, type < 0 && !copy ? -type : type);
    say_fold(s, copy                        ? W_SAY_WANTS_NUMBER
                : type < 0                  ? W_SAY_WANTS_LOWEST
                : op_flag(op, "MSG_EXCEPT") ? W_SAY_WANTS_EXCEPT
                                            : W_SAY_WANTS_EQUAL, 1);
}

/* ---- sending ---- */

/* How many bytes the op sends; its text is pushed if `show`. */
static void say_text_sent(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    int64_t bytes = op_arg(op, KEY_bytes);
    struct str text = {0};
    if (bytes != ARG_ABSENT) {
        say_bytes(s, bytes);
        return;
    }
    world_write_text(s->w, e->proc, op_arg(op, KEY_text), &text);
    say_bytes_shown(s, str_text(&text), text.length);
    str_free(&text);
}

/* The receiver that got the message of this send itself, NONE: it went in. */
static int handed_to(const struct say *s, const struct event *e)
{
    for (size_t i = s->from; i < s->to; i++) {
        const struct event *b = trace_at(s->tr, i);
        if (b->kind == EV_HAND && b->aux == e->proc)
            return b->proc;
    }
    return NONE;
}

static void sent(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    int to = handed_to(s, e);
    say_name(s, e->proc);
    say_number(s, type_of(s, e->proc, op));
    say_text_sent(s, e);
    if (to != NONE)
        say_name(s, to);
    else
        say_number(s, queue_of(s, e->proc, op)->qnum);
    say_fold(s, to != NONE ? W_SAY_SENT_HANDED
                : slept(e) ? W_SAY_SENT_SLEPT
                           : W_SAY_SENT, 4);
}

static void send_refused(struct say *s, const struct event *e)
{
    enum { MSGMAX = 8192 };
    int64_t type = type_of(s, e->proc, op_of(s, e));
    say_name(s, e->proc);
    say_number(s, type < 1 ? type : MSGMAX);
    say_fold(s, type < 1 ? W_SAY_SEND_TYPE : W_SAY_SEND_LONG, 2);
}

void explain_msgsnd(struct say *s, const struct event *e)
{
    const struct msgq *q = queue_of(s, e->proc, op_of(s, e));
    if (!e->sub && q) {
        sent(s, e);
    } else if (e->sub == E_EAGAIN && q) {
        say_name(s, e->proc);
        say_fill(s, q);
        say_fold(s, W_SAY_SEND_EAGAIN, 4);
    } else if (explain_ipc_error(s, e)) {
        return;
    } else if (e->sub == E_EINVAL) {
        send_refused(s, e);
    } else {
        explain_call(s, e);
    }
}

/* ---- receiving ---- */

/* The type of the message that a msgrcv has returned: it lies before its text. */
static int64_t message_type(const struct say *s, const struct event *op)
{
    size_t length = 0;
    int64_t type = 0;
    const unsigned char *m = trace_payload(s->tr, op->obj, &length);
    if (length >= sizeof type)
        memcpy(&type, m, sizeof type);
    return type;
}

static void received(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    size_t length = 0, type = sizeof(int64_t);
    const unsigned char *m = trace_payload(s->tr, e->obj, &length);
    say_name(s, e->proc);
    say_number(s, message_type(s, e));
    if (length == (size_t)e->val + type)
        say_bytes_shown(s, (const char *)m + type, length - type);
    else
        say_bytes(s, e->val);
    if (op_flag(op, "MSG_COPY")) {
        say_number(s, type_of(s, e->proc, op));
        say_fold(s, W_SAY_COPIED, 4);
    } else if (slept(e)) {
        say_fold(s, W_SAY_MSG_TAKEN_SLEPT, 3);
    } else {
        say_number(s, queue_of(s, e->proc, op)->qnum);
        say_fold(s, W_SAY_MSG_TAKEN, 4);
    }
}

void explain_msgrcv(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    if (!e->sub && queue_of(s, e->proc, op)) {
        received(s, e);
    } else if (e->sub == E_ENOMSG) {
        say_name(s, e->proc);
        say_wanted(s, e->proc, op);
        say_fold(s, W_SAY_ENOMSG, 2);
    } else if (e->sub == E_E2BIG) {
        say_name(s, e->proc);
        say_number(s, op_arg(op, KEY_size));
        say_fold(s, W_SAY_E2BIG, 2);
    } else if (explain_ipc_error(s, e)) {
        return;
    } else if (e->sub == E_EINVAL && op_flag(op, "MSG_COPY")) {
        say_name(s, e->proc);
        say_fold(s, W_SAY_COPY_FLAGS, 1);
    } else {
        explain_call(s, e);
    }
}

/* ---- msgctl ---- */

static void looked(struct say *s, const struct event *e, const struct msgq *q)
{
    say_name(s, e->proc);
    say_number(s, q->qnum);
    say_number(s, q->cbytes);
    say_number(s, q->qbytes);
    say_fold(s, W_SAY_QUEUE_STAT, 4);
}

static void set(struct say *s, const struct event *e, const struct msgq *q)
{
    struct str mode = {0};
    str_addf(&mode, "0%03o", (unsigned)q->ipc.mode);
    say_name(s, e->proc);
    say_number(s, q->qbytes);
    say_text(s, str_text(&mode));
    say_fold(s, W_SAY_QUEUE_SET_NOW, 3);
    str_free(&mode);
}

void explain_msgctl(struct say *s, const struct event *e)
{
    enum { RMID, STAT, MSGMNB = 16384 };
    const struct op *op = op_of(s, e);
    int64_t cmd = op_arg(op, KEY_cmd);
    const struct msgq *q = queue_of(s, e->proc, op);
    if (e->sub == E_EPERM) {
        say_name(s, e->proc);
        say_number(s, MSGMNB);
        say_fold(s, W_SAY_QUEUE_EPERM, 2);
    } else if (e->sub || !q) {
        if (!explain_ipc_error(s, e))
            explain_call(s, e);
    } else if (cmd == RMID) {
        say_name(s, e->proc);
        say_fold(s, q->senders.count + q->receivers.count
                        ? W_SAY_QUEUE_REMOVED_ASLEEP
                        : W_SAY_QUEUE_REMOVED, 1);
    } else if (cmd == STAT) {
        looked(s, e, q);
    } else {
        set(s, e, q);
    }
}

/* ---- asleep, and woken ---- */

/* A receiver that waits for a message of this type; NONE: nobody does. */
static int waits_for(const struct say *s, const struct msgq *q, int64_t type)
{
    for (int i = q->receivers.head; i != NONE; i = s->w->task[i].line.next) {
        const struct op *op = &s->w->scenario->ops[s->w->task[i].pc];
        int64_t want = type_of(s, i, op);
        bool equal = op_flag(op, "MSG_EXCEPT") && want > 0 ? type != want
                                                           : type == want;
        if (want == 0 || equal || (want < 0 && type <= -want))
            return i;
    }
    return NONE;
}

void explain_sleep_msgsnd(struct say *s, const struct event *e)
{
    const struct task *t = &s->w->task[e->proc];
    const struct msgq *q = &s->w->msgq[t->wait_obj];
    int64_t type = type_of(s, e->proc, &s->w->scenario->ops[t->pc]);
    int other = waits_for(s, q, type);
    say_name(s, e->proc);
    say_fill(s, q);
    if (other != NONE)
        say_name(s, other);
    say_fold(s, other != NONE ? W_SAY_SLEEPS_MSGSND_M7 : W_SAY_SLEEPS_MSGSND,
             other != NONE ? 5 : 4);
}

void explain_sleep_msgrcv(struct say *s, const struct event *e)
{
    const struct task *t = &s->w->task[e->proc];
    say_name(s, e->proc);
    say_wanted(s, e->proc, &s->w->scenario->ops[t->pc]);
    say_fold(s, W_SAY_SLEEPS_MSGRCV, 2);
}

void explain_message_came(struct say *s, const struct event *e)
{
    const struct event *op = say_event(s, EV_OP, e->proc);
    bool known = op && !op->sub && op->obj != NO_PAYLOAD && e->aux >= 0;
    if (!known) {
        explain_woken_by(s, e, op && op->sub == E_E2BIG ? W_SAY_MESSAGE_LONG
                                                        : W_SAY_MESSAGE_CAME);
        return;
    }
    say_name(s, e->proc);
    say_name(s, e->aux);
    say_number(s, message_type(s, op));
    say_fold(s, W_SAY_MESSAGE_TYPE, 3);
    explain_add_return(s, e);
}

void explain_queue_room(struct say *s, const struct event *e)
{
    explain_woken_by(s, e, W_SAY_MESSAGE_ROOM);
}

void explain_queue_set(struct say *s, const struct event *e)
{
    explain_woken_by(s, e, W_SAY_LIMITS_CAME);
}
