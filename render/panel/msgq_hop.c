/* msgq_hop.c: a message on its way: from its sender to the tail of the list,
 * from its place in the list to its receiver, or from one to the other where
 * the receiver waited already and the list never had it. Senders are at the
 * right, behind the tail, receivers at the left, before the head; who it is
 * rides along. */
#include "render/panel/msgq.h"

#include "render/motion.h"

#include <math.h>

enum { LOOK_BACK = 4096 /* events */ };

/* The last of the events passed that is about messages of the queue. */
static const struct event *hop_of(const struct scene *s, int queue, size_t *at)
{
    static const enum event_kind kinds[] = {EV_SEND, EV_TAKE, EV_HAND};
    const struct event *last = NULL;
    for (int k = 0; k < 3; k++) {
        size_t i = 0;
        const struct event *e;
        while ((e = motion_next(s, kinds[k], queue, &i)))
            if (!last || i > *at) {
                last = e;
                *at = i;
            }
    }
    return last;
}

bool msgq_hops(const struct scene *s, int queue)
{
    size_t at = 0;
    return hop_of(s, queue, &at);
}

int msgq_hop_place(const struct scene *s, int queue)
{
    size_t at = 0;
    const struct event *e = hop_of(s, queue, &at);
    int32_t n = s->world->msgq[queue].qnum;
    if (!e || e->kind == EV_HAND)
        return -1;
    if (e->kind == EV_TAKE)
        return e->aux;
    return motion_is_done(s) ? n - 1 : n;
}

int msgq_hop_hides(const struct scene *s, int queue)
{
    size_t at = 0;
    const struct event *e = hop_of(s, queue, &at);
    bool there = e && motion_is_done(s) == (e->kind == EV_SEND);
    return there && e->kind != EV_HAND ? msgq_hop_place(s, queue) : -1;
}

/* The SEND of the message that the TAKE at `at` took: number `k` of the list
 * that had `n` then. Back through time messages are put back and unsent. */
static const struct event *sent(const struct scene *s, int queue, size_t at,
                                int k, int n)
{
    for (size_t i = at; i > 0 && at - i < LOOK_BACK; i--) {
        const struct event *e = trace_at(s->trace, i - 1);
        if (e->obj != queue)
            continue;
        if (e->kind == EV_SEND && k == --n)
            return e;
        if (e->kind == EV_TAKE) {
            n++;
            k += e->aux <= k;
        }
    }
    return NULL;
}

static struct node_look look_of_hop(struct scene *s, const struct event *e,
                                    size_t at)
{
    const struct msgq *q = &s->world->msgq[e->obj];
    const struct event *from = e;
    if (e->kind == EV_TAKE)
        from = sent(s, e->obj, at - 1, e->aux,
                    q->qnum + (motion_is_done(s) ? 1 : 0));
    size_t length = 0;
    const unsigned char *text = NULL;
    struct msg m = {.length = (int32_t)e->val};
    if (from && from->kind == EV_SEND) {
        text = trace_payload(s->trace, from->aux, &length);
        m = (struct msg){.type = from->val, .length = (int32_t)length};
    }
    struct node_look l = msgq_look(s, &m, text);
    if (!text) /* handed over: the list never had it, nor its type */
        l.type = ui_format(s->ui, "%s → %s", scene_name(s, e->aux),
                           scene_name(s, e->proc));
    return l;
}

static struct rect between(struct rect a, struct rect b, float t)
{
    return (struct rect){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.w,
                         a.h};
}

/* Over a gentle arch: it hops. */
static struct rect hop(struct rect a, struct rect b, float t)
{
    struct rect r = between(a, b, t);
    r.y -= 4 * t * (1 - t) * r.h * 0.25f;
    return r;
}

void msgq_hop_draw(struct scene *s, struct rect list, struct rect place,
                   int queue)
{
    size_t at = 0;
    const struct event *e = hop_of(s, queue, &at);
    if (!e)
        return;
    struct node_look l = look_of_hop(s, e, at);
    float r = s->ui->theme->big ? 14 : 8;
    struct rect home = {place.x, place.y, l.width, place.h};
    struct rect sender = {list.x + list.w - l.width - r, place.y, l.width,
                          place.h};
    struct rect receiver = {list.x, place.y, l.width, place.h};
    struct rect a = e->kind == EV_TAKE ? home : sender;
    struct rect b = e->kind == EV_SEND ? home : receiver;
    struct rect now = hop(a, b, motion_share(s));
    msgq_node(s, now, l);
    int who = e->proc;
    ui_token(s->ui, (struct point){now.x + now.w - 2, now.y + 2}, r, who,
             scene_name(s, who), false);
}
