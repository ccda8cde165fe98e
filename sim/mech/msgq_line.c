/* msgq_line.c: those who sleep at a message queue.
 *
 * A message does not always go through the list. If somebody sleeps who wants
 * it, the sender hands it to him directly: the first in line whose wish it
 * meets. If his buffer is too small his call fails with E2BIG, and the next is
 * tried. Whether there is room is asked before all that: a sender sleeps at a
 * full queue even if his receiver is there and waiting.
 *
 * Senders have no such order. Whoever takes a message wakes every sender that
 * would fit now, each by itself, and they race for the room; who fails goes
 * back to sleep. And when the queue's limits are set anew all its receivers
 * look again and stand in line in an order that nobody knows (rule M9, M10;
 * engine/race.c tells how a live run finds out). Those are marked with the same
 * number, and Linux is asked when one of them gets a message.
 *
 * Who is stopped stands in no line. When it goes on, its call begins anew, and
 * a queue that is gone is then simply wrong: EINVAL. */
#include "sim/mech/msgq.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/mech/ipc.h"

#include <stdlib.h>
#include <string.h>

bool msgq_matches(const struct wanted *want, int64_t type)
{
    switch (want->search) {
    case SEARCH_ANY:
        return true;
    case SEARCH_EQUAL:
        return type == want->type;
    case SEARCH_NOT_EQUAL:
        return type != want->type;
    case SEARCH_LOWEST:
        return type <= want->type;
    case SEARCH_NUMBER:
        break; /* never sleeps */
    }
    return false;
}

/* ---- handing over ---- */

/* Bytes of a message as a receiver gets them: the type, then the text. */
static int32_t as_received(struct sim *s, struct letter m, int64_t length)
{
    size_t whole;
    const unsigned char *text = trace_payload(&s->trace, m.text, &whole);
    unsigned char *bytes = mem_new(sizeof m.type + (size_t)length, 1);
    memcpy(bytes, &m.type, sizeof m.type);
    if (length)
        memcpy(bytes + sizeof m.type, text, (size_t)length);
    int32_t payload =
        trace_store(&s->trace, bytes, sizeof m.type + (size_t)length);
    free(bytes);
    return payload;
}

/* The receiver's call is over: it has the message. */
static void receives(struct sim *s, struct woken who, struct letter m)
{
    struct wanted want = msgq_wanted(s, who.proc);
    int64_t length = m.length < want.size ? m.length : want.size;
    op_wakes(s, who.proc, length, E_OK, as_received(s, m, length), who.why);
}

static bool wants(const struct sim *s, int proc, int64_t type)
{
    struct wanted want = msgq_wanted(s, proc);
    return msgq_matches(&want, type);
}

/* Somebody is looked for who takes a message of this type. */
struct lookout {
    int64_t type;
    int *refused; /* those who want it and have too little room for it */
    size_t count, room;
};

static bool may_take(const struct sim *s, const struct lookout *q, int proc)
{
    for (size_t i = 0; i < q->count; i++)
        if (q->refused[i] == proc)
            return false;
    return wants(s, proc, q->type);
}

/* How many from `first` on, in line, stand where it stands for all we know and
 * may take the message, too; `first` included. */
static size_t peers(const struct sim *s, int first, const struct lookout *q,
                    int *to)
{
    int32_t mark = s->world.proc[first].peers;
    size_t n = 0;
    for (int i = first; i != NONE && n < STEP_MANY;
         i = s->world.task[i].line.next) {
        if (s->world.proc[i].peers != mark)
            break;
        if (may_take(s, q, i))
            to[n++] = i;
        if (!mark)
            break;
    }
    return n;
}

/* The receiver that stands first among those who may take the message. */
static int first_receiver(struct sim *s, int queue, const struct lookout *q)
{
    int same[STEP_MANY];
    int i = s->world.msgq[queue].receivers.head;
    while (i != NONE && !may_take(s, q, i))
        i = s->world.task[i].line.next;
    if (i == NONE)
        return NONE;
    size_t among = peers(s, i, q, same);
    if (among < 2)
        return i;
    size_t n = race_choose(s, RACE_QUEUE, queue, among);
    SAY(s, .kind = EV_CHOICE, .sub = RACE_QUEUE, .proc = same[n], .obj = queue,
        .aux = (int32_t)among, .val = (int64_t)n);
    return same[n];
}

/* The receiver who gets the message, NONE if nobody does; those who want it but
 * have too little room for it are refused it. */
static int find_receiver(struct sim *s, int queue, struct letter m,
                         struct lookout *q)
{
    for (;;) {
        int to = first_receiver(s, queue, q);
        if (to == NONE)
            return NONE;
        struct wanted want = msgq_wanted(s, to);
        if (want.cut || m.length <= want.size)
            return to;
        obey(s, RULE_M6);
        q->refused =
            mem_grow(q->refused, q->count + 1, &q->room, sizeof *q->refused);
        q->refused[q->count++] = to;
        if (is_planted(s, "msgq-one-receiver"))
            return NONE;
    }
}

static void append(struct sim *s, int queue, struct letter m)
{
    SAY(s, .kind = EV_SEND, .proc = m.sender, .obj = queue, .aux = m.text,
        .val = m.type);
}

/* ---- looks ---- */

static void send_ends(struct sim *s, struct woken who, enum errno_name error)
{
    op_wakes(s, who.proc, error ? -1 : 0, error, NO_PAYLOAD, who.why);
}

/* There is room: the message goes to whoever waits for it, or into the queue,
 * and the sender's call is over. */
static void deliver(struct sim *s, int queue, struct woken who, struct letter m)
{
    struct lookout q = {.type = m.type};
    struct event why = reason(WHY_MSG_CAME, m.sender, m.length);
    int to = find_receiver(s, queue, m, &q);
    if (s->world.msgq[queue].senders.count &&
        s->world.task[who.proc].phase != PHASE_ASLEEP)
        obey(s, RULE_M8);
    if (to == NONE)
        append(s, queue, m);
    else
        SAY(s, .kind = EV_HAND, .proc = to, .obj = queue, .aux = m.sender,
            .val = m.length);
    send_ends(s, who, E_OK);
    for (size_t i = 0; i < q.count; i++)
        op_wakes(s, q.refused[i], -1, E_E2BIG, NO_PAYLOAD, why);
    if (to != NONE) {
        obey(s, RULE_M5);
        receives(s, (struct woken){to, why}, m);
    }
    free(q.refused);
}

/* Receivers that get nothing though they wait for just this (M7). */
static void note_waiting(struct sim *s, int queue, int64_t type)
{
    for (int i = s->world.msgq[queue].receivers.head; i != NONE;
         i = s->world.task[i].line.next)
        if (wants(s, i, type))
            obey(s, RULE_M7);
}

void msgq_send(struct sim *s, int queue, struct woken who)
{
    struct letter m = msgq_letter(s, who.proc);
    obey(s, RULE_M14);
    if (!ipc_permits(&s->world.msgq[queue].ipc, IPC_MAY_WRITE)) {
        send_ends(s, who, E_EACCES);
    } else if (msgq_fits(s, queue, m.length)) {
        deliver(s, queue, who, m);
    } else {
        obey(s, RULE_M2);
        note_waiting(s, queue, m.type);
        if (op_flag(op_at(s, who.proc), "IPC_NOWAIT"))
            send_ends(s, who, E_EAGAIN);
        else
            op_sleeps_on(s, who.proc, WAIT_MSGSND, queue);
    }
}

/* The message at `place`, as one that is on its way. */
static struct letter lift(struct sim *s, int queue, int place)
{
    const struct msgq *q = &s->world.msgq[queue];
    const struct msg *m = &s->world.msg[q->first + place];
    int64_t at = q->texts;
    for (int i = 0; i < place; i++)
        at += s->world.msg[q->first + i].length;
    return (struct letter){.type = m->type,
                           .text = trace_store(&s->trace, s->world.text + at,
                                               (size_t)m->length),
                           .sender = m->sender,
                           .length = m->length};
}

static void take(struct sim *s, int queue, struct woken who, int place,
                 struct wakeups *u)
{
    struct wanted want = msgq_wanted(s, who.proc);
    struct letter m = lift(s, queue, place);
    who.why = reason(WHY_MSG_CAME, m.sender, m.length);
    if (m.length > want.size) {
        obey(s, want.copy ? RULE_M13 : RULE_M4);
        if (!want.cut || want.copy) {
            op_wakes(s, who.proc, -1, want.cut ? E_EINVAL : E_E2BIG,
                     NO_PAYLOAD, who.why);
            return;
        }
    }
    if (!want.copy)
        SAY(s, .kind = EV_TAKE, .proc = who.proc, .obj = queue, .aux = place,
            .val = m.length);
    obey(s, want.copy ? RULE_M13 : RULE_M3);
    receives(s, who, m);
    if (!want.copy)
        msgq_wake_senders(s, queue, reason(WHY_QUEUE_ROOM, who.proc, 0), u);
}

void msgq_receive(struct sim *s, int queue, struct woken who,
                  struct wakeups *u)
{
    struct wanted want = msgq_wanted(s, who.proc);
    obey(s, RULE_M14);
    if (!ipc_permits(&s->world.msgq[queue].ipc, IPC_MAY_READ)) {
        op_wakes(s, who.proc, -1, E_EACCES, NO_PAYLOAD, who.why);
        return;
    }
    int place = msgq_find(s, queue, &want);
    if (place != NONE)
        take(s, queue, who, place, u);
    else if (want.nowait)
        op_wakes(s, who.proc, -1, E_ENOMSG, NO_PAYLOAD, who.why);
    else
        op_sleeps_on(s, who.proc, WAIT_MSGRCV, queue);
}

/* ---- waking ---- */

void msgq_wake_senders(const struct sim *s, int queue, struct event why,
                       struct wakeups *u)
{
    struct str text = {0};
    for (int i = s->world.msgq[queue].senders.head; i != NONE;
         i = s->world.task[i].line.next) {
        str_cut(&text, 0);
        op_text(s, i, op_at(s, i), &text);
        if (msgq_fits(s, queue, (int64_t)text.length) && !wakeups_has(u, i))
            wakeups_add(u, i, why);
    }
    str_free(&text);
}

static bool sends(const struct sim *s, int proc)
{
    return s->world.task[proc].wait == WAIT_MSGSND;
}

/* Whether the call of a process that was stopped in it is on this queue and
 * could go on now. */
static bool could_go_on(struct sim *s, int proc, int queue)
{
    const struct task *t = &s->world.task[proc];
    if (t->wait_obj != queue ||
        (t->wait != WAIT_MSGSND && t->wait != WAIT_MSGRCV))
        return false;
    if (s->world.msgq[queue].ipc.gone)
        return true;
    if (sends(s, proc))
        return msgq_fits(s, queue, msgq_letter(s, proc).length);
    struct wanted want = msgq_wanted(s, proc);
    return msgq_find(s, queue, &want) != NONE;
}

/* Stopped sleepers are in no line; but what they wait for may have come. */
static void tell_stopped(struct sim *s, int queue)
{
    for (int i = 0; (i = next_stopped(s, i)) != NONE; i++)
        if (could_go_on(s, i, queue))
            wake_stopped(s, i,
                         reason(sends(s, i) ? WHY_QUEUE_ROOM : WHY_MSG_CAME,
                                NONE, 0));
}

/* Whether any of those who were woken wants to send: only then does it show
 * who looks first. */
static bool has_sender(const struct sim *s, const struct wakeups *u)
{
    for (size_t i = u->first; i < u->count; i++)
        if (sends(s, u->list[i].proc))
            return true;
    return false;
}

/* Receivers that were woken together and have found nothing stand in line
 * again, in an order that nobody has seen. */
static void mark_peers(struct sim *s, const struct wakeups *u)
{
    int32_t mark = (int32_t)(s->world.head->events & INT32_MAX);
    for (size_t i = 0; i < u->first; i++) {
        int proc = u->list[i].proc;
        if (s->world.task[proc].phase == PHASE_ASLEEP && !sends(s, proc))
            SAY(s, .kind = EV_PEERS, .proc = proc, .val = mark);
    }
}

void msgq_settle(struct sim *s, int queue, struct wakeups *u)
{
    struct woken next;
    for (;;) {
        enum race_kind kind = has_sender(s, u) ? RACE_QUEUE : RACE_NONE;
        if (kind != RACE_NONE && u->count - u->first > 1)
            obey(s, RULE_M9);
        if (!wakeups_next(s, u, kind, queue, &next))
            break;
        if (sends(s, next.proc))
            msgq_send(s, queue, next);
        else
            msgq_receive(s, queue, next, u);
    }
    mark_peers(s, u);
    wakeups_free(u);
    tell_stopped(s, queue);
}

/* ---- stopped ---- */

/* The restarted call begins with all its questions anew. */
bool msgq_again(struct sim *s, int proc)
{
    obey(s, RULE_M12);
    if (sends(s, proc))
        model_msgsnd(s, proc);
    else
        model_msgrcv(s, proc);
    return s->world.task[proc].phase != PHASE_ASLEEP;
}

bool msgq_interrupted(struct sim *s, int proc, struct interruption *in)
{
    (void)proc;
    if (in->restart)
        obey(s, RULE_S7);
    return true;
}
