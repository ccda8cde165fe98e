/* apply_pipe.c: descriptors, descriptions and pipes. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"
#include "sim/model/areas.h"

#include <string.h>

static int32_t *openers(struct world *w, const struct desc *d)
{
    struct pipe *p = &w->pipe[d->object];
    return d->kind == DESC_PIPE_READ ? &p->readers : &p->writers;
}

void apply_DESC(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    world_make_room(w, AREA_DESC, e->obj + 1);
    if (e->obj == w->head->descs)
        w->head->descs++;
    struct desc *d = &w->desc[e->obj];
    if (d->kind == DESC_NONE) {
        *d = (struct desc){.kind = e->sub, .object = e->aux};
        ++*openers(w, d);
    }
    d->nonblock = (int32_t)e->val;
}

void apply_FD(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct fd *fd = &w->fd[(int64_t)e->proc * w->head->fds + e->obj];
    if (fd->desc != NONE) {
        struct desc *d = &w->desc[fd->desc];
        if (--d->refs == 0) {
            --*openers(w, d);
            *d = (struct desc){0};
        }
    }
    *fd = (struct fd){(int32_t)e->val, e->sub};
    if (e->val != NONE)
        w->desc[e->val].refs++;
}

static int32_t power_of_two(int64_t n)
{
    int32_t p = 1;
    while (p < n)
        p *= 2;
    return p;
}

/* Gives pipe `i` a new ring with room for `slots` pages and moves its pages. */
static void new_ring(struct world *w, int i, int64_t slots)
{
    int32_t room = power_of_two(slots);
    int64_t ring = w->head->pages;
    world_make_room(w, AREA_PAGE, ring + room);
    w->head->pages += room;
    memset(w->page + ring, 0, sizeof *w->page * (size_t)room);
    struct pipe *p = &w->pipe[i];
    for (int k = 0; k < p->used; k++) {
        int64_t from = p->ring + ((p->first + k) & (p->room - 1));
        w->page[ring + k] = w->page[from];
        memcpy(w->byte + (ring + k) * PIPE_PAGE, w->byte + from * PIPE_PAGE,
               PIPE_PAGE);
    }
    p->ring = ring;
    p->first = 0;
    p->room = room;
}

void apply_PIPE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    world_make_room(w, AREA_PIPE, e->obj + 1);
    struct pipe *p = &w->pipe[e->obj];
    bool fresh = e->obj == w->head->pipes;
    if (fresh)
        w->head->pipes++;
    bool resized = !fresh && (p->readers || p->writers);
    if (!resized) {
        int32_t room = fresh ? 0 : p->room;
        int64_t ring = fresh ? 0 : p->ring;
        *p = (struct pipe){.maker = e->proc,
                           .var = e->aux,
                           .room = room,
                           .ring = ring,
                           .read_wait = {NONE, NONE, 0},
                           .write_wait = {NONE, NONE, 0}};
    }
    p->slots = (int32_t)e->val;
    if (p->slots > p->room)
        new_ring(w, e->obj, e->val);
}

void apply_PUT(struct world *w, const struct trace *tr, const struct event *e)
{
    struct pipe *p = &w->pipe[e->obj];
    if (!e->sub) {
        int64_t at = p->ring + ((p->first + p->used) & (p->room - 1));
        w->page[at] = (struct pipe_page){0, 0};
        p->used++;
    }
    int64_t at = p->ring + ((p->first + p->used - 1) & (p->room - 1));
    struct pipe_page *page = &w->page[at];
    require(page->end + e->aux <= PIPE_PAGE && p->used <= p->room);
    memcpy(w->byte + at * PIPE_PAGE + page->end,
           trace_bytes(tr, (size_t)e->val), (size_t)e->aux);
    page->end = (uint16_t)(page->end + e->aux);
    p->bytes += e->aux;
    p->in += e->aux;
}

void apply_GET(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct pipe *p = &w->pipe[e->obj];
    require(e->aux <= p->bytes);
    p->bytes -= e->aux;
    p->out += e->aux;
    for (int32_t left = e->aux; left > 0;) {
        struct pipe_page *page = &w->page[p->ring + p->first];
        int32_t n = page->end - page->start;
        n = n < left ? n : left;
        page->start = (uint16_t)(page->start + n);
        left -= n;
        if (page->start == page->end) {
            p->first = (p->first + 1) & (p->room - 1);
            p->used--;
        }
    }
}
