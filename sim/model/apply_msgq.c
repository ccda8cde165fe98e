/* apply_msgq.c: message queues.
 *
 * A queue's messages lie one behind the other, oldest first, and so do their
 * texts; taking one out of the middle closes the gap. What is behind the last
 * one is always zero. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"
#include "sim/model/areas.h"

#include <string.h>

enum { TEXTS = 16384 /* MSGMNB: no queue ever holds more */, FIRST_ROOM = 16 };

/* The memory of a queue that is gone, NONE if there is none left over. */
static int left_over(const struct world *w)
{
    for (int i = 0; i < w->head->msgqs; i++)
        if (w->msgq[i].ipc.gone && w->msgq[i].room)
            return i;
    return NONE;
}

static void give_memory(struct world *w, struct msgq *q)
{
    int old = left_over(w);
    if (old != NONE) {
        struct msgq *o = &w->msgq[old];
        q->first = o->first;
        q->texts = o->texts;
        q->room = o->room;
        o->first = o->texts = o->room = 0;
        return;
    }
    q->first = w->head->msgs;
    q->texts = w->head->texts;
    q->room = FIRST_ROOM;
    world_make_room(w, AREA_MSG, q->first + FIRST_ROOM);
    world_make_room(w, AREA_TEXT, q->texts + TEXTS);
    w->head->msgs += FIRST_ROOM;
    w->head->texts += TEXTS;
}

void apply_QUEUE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    require(e->obj == w->head->msgqs);
    struct msgq q = {.ipc = {.key = e->val,
                             .maker = e->proc,
                             .var = e->aux,
                             .mode = e->cpu},
                     .qbytes = TEXTS,
                     .last_sender = NONE,
                     .last_receiver = NONE,
                     .senders = {NONE, NONE, 0},
                     .receivers = {NONE, NONE, 0}};
    give_memory(w, &q);
    world_make_room(w, AREA_MSGQ, e->obj + 1);
    w->head->msgqs++;
    w->msgq[e->obj] = q;
}

void apply_QUEUE_SET(struct world *w, const struct trace *tr,
                     const struct event *e)
{
    (void)tr;
    w->msgq[e->obj].qbytes = (int32_t)e->val;
    w->msgq[e->obj].ipc.mode = e->aux;
}

void apply_QUEUE_GONE(struct world *w, const struct trace *tr,
                      const struct event *e)
{
    (void)tr;
    struct msgq *q = &w->msgq[e->obj];
    memset(w->msg + q->first, 0, sizeof *w->msg * (size_t)q->qnum);
    memset(w->text + q->texts, 0, (size_t)q->cbytes);
    q->ipc.gone = 1;
    q->qnum = q->cbytes = 0;
}

/* Twice the room, elsewhere; what is left behind is not used again. */
static void grow(struct world *w, int queue)
{
    int64_t from = w->msgq[queue].first, to = w->head->msgs;
    int32_t room = w->msgq[queue].room;
    world_make_room(w, AREA_MSG, to + 2 * room);
    w->head->msgs += 2 * room;
    memcpy(w->msg + to, w->msg + from, sizeof *w->msg * (size_t)room);
    memset(w->msg + to + room, 0, sizeof *w->msg * (size_t)room);
    memset(w->msg + from, 0, sizeof *w->msg * (size_t)room);
    w->msgq[queue].first = to;
    w->msgq[queue].room = 2 * room;
}

void apply_SEND(struct world *w, const struct trace *tr, const struct event *e)
{
    size_t length;
    const unsigned char *text = trace_payload(tr, e->aux, &length);
    if (w->msgq[e->obj].qnum == w->msgq[e->obj].room)
        grow(w, e->obj);
    struct msgq *q = &w->msgq[e->obj];
    require(q->cbytes + (int64_t)length <= TEXTS);
    w->msg[q->first + q->qnum] = (struct msg){
        .type = e->val, .length = (int32_t)length, .sender = e->proc};
    if (length)
        memcpy(w->text + q->texts + q->cbytes, text, length);
    q->qnum++;
    q->cbytes += (int32_t)length;
    q->last_sender = e->proc;
}

void apply_TAKE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct msgq *q = &w->msgq[e->obj];
    struct msg *m = w->msg + q->first;
    unsigned char *text = w->text + q->texts;
    require(e->aux < q->qnum);
    int32_t at = 0, length = m[e->aux].length;
    for (int i = 0; i < e->aux; i++)
        at += m[i].length;
    memmove(text + at, text + at + length, (size_t)(q->cbytes - at - length));
    memmove(m + e->aux, m + e->aux + 1,
            sizeof *m * (size_t)(q->qnum - e->aux - 1));
    q->qnum--;
    q->cbytes -= length;
    memset(m + q->qnum, 0, sizeof *m);
    memset(text + q->cbytes, 0, (size_t)length);
    q->last_receiver = e->proc;
}

void apply_HAND(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->msgq[e->obj].last_sender = e->aux;
    w->msgq[e->obj].last_receiver = e->proc;
}

void apply_PEERS(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    w->proc[e->proc].peers = (int32_t)e->val;
}
