/* apply_shm.c: segments of shared memory, who has mapped them, and their bytes.
 *
 * A page becomes a frame when somebody first touches it. Frames of destroyed
 * segments are used again, lowest first; a free frame holds zeros. */
#include "sim/model/apply.h"

#include "sim/base/promises.h"
#include "sim/model/areas.h"
#include "sim/model/shm.h"

#include <string.h>

enum { INTS = PIPE_PAGE / 8 }; /* bytes of a frame in mem_int */

/* ---- segments ---- */

void apply_SEGMENT(struct world *w, const struct trace *tr,
                   const struct event *e)
{
    (void)tr;
    require(e->obj == w->head->shms);
    world_make_room(w, AREA_SHM, e->obj + 1);
    w->head->shms++;
    w->head->segments++;
    w->shm[e->obj] = (struct shm){.ipc = {.key = e->val,
                                          .maker = e->proc,
                                          .var = e->aux,
                                          .mode = e->cpu},
                                  .last = NONE};
}

/* A segment that is gone and leaves room for `pages`, NONE if there is none. */
static int left_over(const struct world *w, int32_t pages)
{
    for (int i = 0; i < w->head->shms; i++)
        if (w->shm[i].ipc.gone && w->shm[i].room >= pages)
            return i;
    return NONE;
}

void apply_SEGMENT_SIZE(struct world *w, const struct trace *tr,
                        const struct event *e)
{
    (void)tr;
    int32_t pages = (int32_t)((e->val + PIPE_PAGE - 1) / PIPE_PAGE);
    int old = left_over(w, pages);
    int64_t first = w->head->shm_pages, room = pages;
    if (old != NONE) {
        first = w->shm[old].first;
        room = w->shm[old].room;
        w->shm[old].first = w->shm[old].room = 0;
    } else {
        world_make_room(w, AREA_SHM_PAGE, first + pages);
        w->head->shm_pages += pages;
    }
    struct shm *m = &w->shm[e->obj];
    m->size = e->val;
    m->pages = pages;
    m->first = first;
    m->room = (int32_t)room;
    for (int64_t i = 0; i < room; i++)
        w->shm_page[first + i] = NONE;
    w->head->segment_pages += pages;
}

void apply_SEGMENT_SET(struct world *w, const struct trace *tr,
                       const struct event *e)
{
    (void)tr;
    w->shm[e->obj].ipc.mode = e->aux;
}

void apply_SEGMENT_DEST(struct world *w, const struct trace *tr,
                        const struct event *e)
{
    (void)tr;
    w->shm[e->obj].dest = 1;
    w->shm[e->obj].ipc.key = KEY_PRIVATE;
}

static void free_frame(struct world *w, int32_t frame)
{
    memset(w->mem_frame + (int64_t)frame * PIPE_PAGE, 0, PIPE_PAGE);
    memset(w->mem_int + (int64_t)frame * INTS, 0, INTS);
    w->mem_owner[frame] = 0;
    w->head->free_frames++;
}

void apply_SEGMENT_GONE(struct world *w, const struct trace *tr,
                        const struct event *e)
{
    (void)tr;
    struct shm *m = &w->shm[e->obj];
    for (int32_t i = 0; i < m->pages; i++) {
        int32_t *frame = &w->shm_page[m->first + i];
        if (*frame != NONE)
            free_frame(w, *frame);
        *frame = NONE;
    }
    m->ipc.gone = 1;
    w->head->segments--;
    w->head->segment_pages -= m->pages;
}

/* ---- mappings ---- */

/* The kernel counts what a fork copies as the parent's doing. */
void apply_ATTACH(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    struct proc *p = &w->proc[e->proc];
    struct shm *m = &w->shm[e->obj];
    bool forked = e->sub & ATTACH_FORKED;
    w->attach[(int64_t)e->proc * w->head->attaches + e->aux] =
        (struct attach){.shm = e->obj, .readonly = e->sub & ATTACH_READ_ONLY,
                        .address = e->val};
    if (!(e->sub & (ATTACH_FORKED | ATTACH_FIXED)))
        p->next_address = e->val + (int64_t)(m->pages + 1) * PIPE_PAGE;
    m->nattch++;
    m->last = forked ? p->parent : e->proc;
}

void apply_DETACH(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    w->attach[(int64_t)e->proc * w->head->attaches + e->aux] =
        (struct attach){.shm = NONE};
    w->shm[e->obj].nattch--;
    w->shm[e->obj].last = e->proc;
}

/* ---- bytes ---- */

static int32_t take_frame(struct world *w)
{
    int32_t i = 0;
    if (w->head->free_frames > 0) {
        while (w->mem_owner[i])
            i++;
        w->head->free_frames--;
        return i;
    }
    i = (int32_t)w->head->mem_frames;
    world_make_room(w, AREA_MEM_FRAME, i + 1);
    w->head->mem_frames++;
    memset(w->mem_frame + (int64_t)i * PIPE_PAGE, 0, PIPE_PAGE);
    memset(w->mem_int + (int64_t)i * INTS, 0, INTS);
    return i;
}

static int32_t touch(struct world *w, int shm, int64_t page)
{
    int32_t frame = world_frame(w, shm, page);
    if (frame != NONE)
        return frame;
    frame = take_frame(w);
    w->mem_owner[frame] = shm + 1;
    w->shm_page[w->shm[shm].first + page] = frame;
    return frame;
}

/* Whether an int begins at byte `at` of the segment. */
static void mark_int(struct world *w, int shm, int64_t at, bool begins)
{
    int32_t frame = at < 0 ? NONE : world_frame(w, shm, at / PIPE_PAGE);
    if (frame == NONE)
        return;
    int64_t in_page = at % PIPE_PAGE;
    unsigned char *byte = w->mem_int + (int64_t)frame * INTS + in_page / 8;
    unsigned bit = 1u << in_page % 8;
    *byte = (unsigned char)(begins ? *byte | bit : *byte & ~bit);
}

void apply_STORE(struct world *w, const struct trace *tr, const struct event *e)
{
    size_t length;
    const unsigned char *bytes = trace_payload(tr, e->aux, &length);
    int64_t at = e->val, end = e->val + (int64_t)length;
    while (at < end) {
        int64_t in_page = at % PIPE_PAGE, n = PIPE_PAGE - in_page;
        n = n < end - at ? n : end - at;
        int32_t frame = touch(w, e->obj, at / PIPE_PAGE);
        memcpy(w->mem_frame + (int64_t)frame * PIPE_PAGE + in_page,
               bytes + (at - e->val), (size_t)n);
        at += n;
    }
    for (int64_t i = e->val - 3; i < end; i++)
        mark_int(w, e->obj, i, false);
    if (e->sub)
        mark_int(w, e->obj, e->val, true);
}

static bool begins_int(const struct world *w, int shm, int64_t at)
{
    int32_t frame = at < 0 ? NONE : world_frame(w, shm, at / PIPE_PAGE);
    int64_t in_page = at % PIPE_PAGE;
    return frame != NONE &&
           w->mem_int[(int64_t)frame * INTS + in_page / 8] >> in_page % 8 & 1;
}

/* Whether nothing that anybody has stored is in the way of an int. */
static bool is_blank(const struct world *w, int shm, int64_t at)
{
    unsigned char byte[4];
    world_shm_bytes(w, shm, at, byte, sizeof byte);
    for (int i = -3; i < 4; i++)
        if (begins_int(w, shm, at + i))
            return false;
    return !byte[0] && !byte[1] && !byte[2] && !byte[3];
}

/* Memory that nobody has stored to yet is what it is first loaded as. */
void apply_LOAD(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    int64_t last = e->val + e->aux - 1;
    for (int64_t page = e->val / PIPE_PAGE; page <= last / PIPE_PAGE; page++)
        touch(w, e->obj, page);
    if (e->sub && is_blank(w, e->obj, e->val))
        mark_int(w, e->obj, e->val, true);
}

/* The process is where it was, until the signal has done what it does. */
void apply_FAULT(struct world *w, const struct trace *tr, const struct event *e)
{
    (void)tr;
    task_go_to(w, e->proc, e->aux);
    w->task[e->proc].phase = PHASE_FAULT;
}
