/* motion.c: see motion.h. */
#include "render/motion.h"

#include "render/panel.h"

#include <math.h>

enum { LOOK_BACK = 4096 /* events */ };

static bool moves(enum event_kind k)
{
    switch (k) {
    case EV_PUT:
    case EV_GET:
    case EV_SEND:
    case EV_TAKE:
    case EV_HAND:
    case EV_SEM:
    case EV_STORE:
        return true;
    default:
        return false;
    }
}

void motion_begin(struct motion *m, const struct trace *tr, struct motion way)
{
    *m = (struct motion){0};
    for (size_t i = way.from; i < way.to && i < tr->count; i++)
        if (moves((enum event_kind)trace_at(tr, i)->kind)) {
            *m = way;
            return;
        }
}

bool motion_is_on(const struct motion *m, double now)
{
    return m->to > m->from && now < m->since + MOVE_TIME;
}

float motion_share(const struct scene *s)
{
    const struct motion *m = &s->view->motion;
    float t = (float)((s->ui->in->now - m->since) / MOVE_TIME);
    t = fminf(fmaxf(t, 0), 1);
    t = t * t * (3 - 2 * t);
    return m->back ? 1 - t : t;
}

bool motion_is_done(const struct scene *s)
{
    return !s->view->motion.back;
}

const struct event *motion_next(const struct scene *s, enum event_kind kind,
                                int32_t obj, size_t *at)
{
    const struct motion *m = &s->view->motion;
    if (!motion_is_on(m, s->ui->in->now))
        return NULL;
    if (*at < m->from)
        *at = m->from;
    while (*at < m->to && *at < s->trace->count) {
        const struct event *e = trace_at(s->trace, (*at)++);
        if (e->kind == kind && e->obj == obj)
            return e;
    }
    return NULL;
}

int motion_bytes(const struct scene *s, int pipe, size_t at, int64_t skip,
                 unsigned char *to, int most)
{
    int n = 0;
    for (size_t i = at; i > 0 && at - i < LOOK_BACK && n < most; i--) {
        const struct event *e = trace_at(s->trace, i - 1);
        if (e->kind != EV_PUT || e->obj != pipe)
            continue;
        const unsigned char *bytes = trace_bytes(s->trace, (size_t)e->val);
        for (int32_t b = e->aux; b > 0 && n < most; b--) {
            if (skip > 0)
                skip--;
            else
                to[n++] = bytes[b - 1];
        }
    }
    for (int i = 0; i < n / 2; i++) {
        unsigned char c = to[i];
        to[i] = to[n - 1 - i];
        to[n - 1 - i] = c;
    }
    return n;
}
