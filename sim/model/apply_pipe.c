/* apply_pipe.c: descriptors, descriptions and pipes. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"
#include "sim/model/areas.h"

#include <string.h>

/* One more or one less has the ends of `d` open. */
static void count_ends(struct world *w, const struct desc *d, int32_t change)
{
    struct pipe *p = &w->pipe[d->object];
    p->readers += desc_has_end(d, DESC_PIPE_READ) ? change : 0;
    p->writers += desc_has_end(d, DESC_PIPE_WRITE) ? change : 0;
}

void apply_DESC(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    world_make_room(w, AREA_DESC, e->obj + 1);
    if (e->obj == w->head->descs)
        w->head->descs++;
    struct desc *d = &w->desc[e->obj];
    d->flags = (int32_t)e->val;
    if (d->kind != DESC_NONE)
        return;
    *d = (struct desc){.kind = e->sub, .object = e->aux, .flags = d->flags};
    d->seen = d->flags & DESC_EARLY ? w->pipe[e->aux].came : 0;
    count_ends(w, d, 1);
    w->pipe[e->aux].came += desc_has_end(d, DESC_PIPE_WRITE);
}

void apply_FD(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    struct fd *fd = &w->fd[(int64_t)e->proc * w->head->fds + e->obj];
    if (fd->desc != NONE) {
        struct desc *d = &w->desc[fd->desc];
        if (--d->refs == 0) {
            count_ends(w, d, -1);
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

/* A new pipe, in the place of one that is gone unless it is `fresh`. */
static void begin_pipe(struct world *w, const struct event *e, bool fresh)
{
    struct pipe *p = &w->pipe[e->obj];
    if (!fresh && p->inode != NONE && w->inode[p->inode].pipe == e->obj)
        w->inode[p->inode].pipe = NONE;
    *p = (struct pipe){.maker = e->proc,
                       .var = e->sub ? NONE : e->aux,
                       .inode = e->sub ? e->aux : NONE,
                       .room = fresh ? 0 : p->room,
                       .ring = fresh ? 0 : p->ring,
                       .read_wait = {NONE, NONE, 0},
                       .write_wait = {NONE, NONE, 0}};
    if (e->sub)
        w->inode[e->aux].pipe = e->obj;
}

void apply_PIPE(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    world_make_room(w, AREA_PIPE, e->obj + 1);
    bool fresh = e->obj == w->head->pipes;
    if (fresh)
        w->head->pipes++;
    if (fresh || world_pipe_gone(w, e->obj))
        begin_pipe(w, e, fresh);
    struct pipe *p = &w->pipe[e->obj];
    p->slots = (int32_t)e->val;
    if (p->slots > p->room)
        new_ring(w, e->obj, e->val);
}

void apply_PUT(struct world *w, const struct trace *tr, const struct event *e)
{
    struct pipe *p = &w->pipe[e->obj];
    if (e->sub != PUT_MERGED) {
        int64_t at = p->ring + ((p->first + p->used) & (p->room - 1));
        w->page[at] = (struct pipe_page){.packet = e->sub == PUT_PACKET};
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
    int32_t gone = e->aux + (int32_t)e->val;
    require(gone <= p->bytes);
    p->bytes -= gone;
    p->out += gone;
    for (int32_t left = gone; left > 0;) {
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
