/* pipe.c: a pipe, as the model does it.
 *
 * A pipe is a buffer in the kernel with two ends. It has room for 16 pages,
 * not for 65536 bytes: a write fills whole pages, and only the beginning of
 * what it writes may go into the rest of the last one. Who finds it empty
 * sleeps while a writer is left, who finds it full sleeps while a reader is
 * left: that sleep is the blocked state we came to see.
 *
 * Both follow Linux's fs/pipe.c step by step (SEMANTICS.md, P1 to P23). A call
 * is a number of looks at the pipe: one when it begins, and one each time that
 * it is woken. What a writer does in its look is pipe_write.c's, who is woken
 * and in which order pipe_line.c's, how much a pipe holds pipe_room.c's; making
 * and closing pipes is descriptor.c's, and giving them names fifo.c's.
 *
 * See also pipe(7), and ipc/mech/pipe.c for the same with a real one. */
#include "sim/mech/pipe.h"

#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is there ---- */

const struct desc *pipe_desc(const struct sim *s, int proc, int64_t fd,
                             enum desc_kind kind)
{
    int d = fd < 3 ? NONE : world_desc(&s->world, proc, fd);
    if (d == NONE || (kind && !desc_has_end(&s->world.desc[d], kind)))
        return NULL;
    return &s->world.desc[d];
}

int64_t pipe_fd(const struct sim *s, int proc, enum arg_key key)
{
    return world_var(&s->world, proc, op_arg(op_at(s, proc), key));
}

/* How many pages a pipe may have in use. */
static int slots_of(const struct sim *s, const struct pipe *p)
{
    return is_planted(s, "pipe-capacity") ? p->slots - 1 : p->slots;
}

bool pipe_is_full(const struct sim *s, int pipe)
{
    const struct pipe *p = &s->world.pipe[pipe];
    return p->used >= slots_of(s, p);
}

struct event pipe_data_came(struct event why, int by, int64_t bytes)
{
    return why.obj == WHY_DATA_CAME ? why : reason(WHY_DATA_CAME, by, bytes);
}

struct event pipe_room_came(struct event why)
{
    return why.obj == WHY_ROOM_CAME ? why : reason(WHY_ROOM_CAME, NONE, 0);
}

/* ---- what reader and writer do alike ---- */

bool pipe_looks_again(const struct sim *s, const struct look *l)
{
    const struct task *t = &s->world.task[l->proc];
    return t->phase == PHASE_ASLEEP && !(t->flags & TASK_RETRY);
}

int pipe_flags(const struct sim *s, const struct look *l, enum desc_kind end)
{
    enum arg_key key = end == DESC_PIPE_READ ? KEY_read : KEY_write;
    int64_t fd = pipe_fd(s, l->proc, key);
    const struct desc *d = pipe_desc(s, l->proc, fd, end);
    return d ? d->flags : 0;
}

void pipe_sleep(struct sim *s, const struct look *l, enum wait_kind wait,
                int64_t done)
{
    op_sleeps_on(s, l->proc, wait, l->pipe);
    if (done != s->world.proc[l->proc].done)
        SAY(s, .kind = EV_PROGRESS, .proc = l->proc, .val = done);
}

void pipe_finish(struct sim *s, const struct look *l, int64_t ret,
                 enum errno_name error)
{
    op_wakes(s, l->proc, ret, error, NO_PAYLOAD, l->why);
}

/* ---- reading ---- */

/* How much a read of `size` bytes takes out, and how much it throws away: it
 * ends with a packet, and what it did not ask for of that is lost (P23). */
struct taking {
    int64_t taken, lost;
};

static struct taking how_much(struct sim *s, const struct pipe *p, int64_t size)
{
    struct taking t = {0, 0};
    for (int i = 0; i < p->used && t.taken < size; i++) {
        const struct pipe_page *page =
            &s->world.page[p->ring + ((p->first + i) & (p->room - 1))];
        int64_t here = page->end - page->start, left = size - t.taken;
        t.taken += here < left ? here : left;
        if (!page->packet)
            continue;
        t.lost = here > left ? here - left : 0;
        obey(s, RULE_P23);
        break;
    }
    return t;
}

/* Takes up to `size` bytes out; returns their payload. */
static int32_t take(struct sim *s, const struct look *l, struct taking much)
{
    size_t n = (size_t)much.taken;
    unsigned char *bytes = mem_new(n, 1);
    world_pipe_bytes(&s->world, l->pipe, bytes, n);
    int32_t payload = trace_store(&s->trace, bytes, n);
    free(bytes);
    SAY(s, .kind = EV_GET, .proc = l->proc, .obj = l->pipe, .aux = (int32_t)n,
        .val = much.lost);
    return payload;
}

/* Whether a reader wakes a writer: some kernels do so in vain. */
static bool tells_writer(struct sim *s, const struct pipe *p, bool was_full,
                         bool frees_page)
{
    const struct kernel *k = s->live.kernel;
    if (was_full && !frees_page && p->write_wait.count) {
        obey(s, RULE_P4);
        obey(s, RULE_P16);
    }
    return was_full && (frees_page || (k && k->wakes_in_vain));
}

static void read_bytes(struct sim *s, const struct look *l)
{
    bool again = pipe_looks_again(s, l);
    const struct pipe *p = &s->world.pipe[l->pipe];
    bool was_full = pipe_is_full(s, l->pipe);
    int used = p->used;
    int64_t size = op_arg(op_at(s, l->proc), KEY_size);
    struct taking much = how_much(s, p, size);
    if (much.taken < size)
        obey(s, RULE_P8);
    int32_t payload = take(s, l, much);
    op_wakes(s, l->proc, much.taken, E_OK, payload, l->why);
    if (tells_writer(s, p, was_full, p->used < used))
        pipe_wake_one(s, l->woken, &p->write_wait,
                      reason(WHY_ROOM_CAME, l->proc, 0));
    if (again && p->bytes > 0) {
        obey(s, RULE_P14);
        pipe_wake_one(s, l->woken, &p->read_wait,
                      pipe_data_came(l->why, NONE, p->bytes));
    }
}

/* Nobody writes to it (any more, or yet): which rule of the notes that is. */
static void obey_end(struct sim *s, const struct look *l)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    bool early = pipe_flags(s, l, DESC_PIPE_READ) & DESC_EARLY;
    obey(s, early && !p->came ? RULE_F2 : RULE_P9);
    if (p->inode != NONE && p->came && !p->in)
        obey(s, RULE_F6);
}

/* One look of a reader (anon_pipe_read). Returns whether its call is over. */
static bool read_once(struct sim *s, const struct look *l)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    if (p->bytes > 0) {
        read_bytes(s, l);
    } else if (p->writers == 0) {
        obey_end(s, l);
        pipe_finish(s, l, 0, E_OK);
    } else if (pipe_flags(s, l, DESC_PIPE_READ) & DESC_NONBLOCK) {
        pipe_finish(s, l, -1, E_EAGAIN);
    } else {
        pipe_sleep(s, l, WAIT_READ, 0);
        return false;
    }
    return true;
}

/* ---- a sleeper looks again ---- */

bool pipe_look(struct sim *s, int proc, struct event why, struct wakeups *u)
{
    const struct task *t = &s->world.task[proc];
    const struct look l = {proc, t->wait_obj, why, u};
    if (t->wait == WAIT_READ)
        return read_once(s, &l);
    bool in_vain = s->world.pipe[l.pipe].readers && pipe_is_full(s, l.pipe);
    if (in_vain && pipe_looks_again(s, &l)) {
        pipe_sleep(s, &l, WAIT_WRITE, s->world.proc[proc].done);
        return false;
    }
    return pipe_write_once(s, &l, pipe_text(s, proc));
}

/* ---- the ops ---- */

/* A call that does nothing: on no such end, or about 0 bytes. */
static void does_nothing(struct sim *s, int proc, bool is_end)
{
    obey(s, is_end ? RULE_P13 : RULE_P26);
    op_returns(s, proc, is_end ? 0 : -1, is_end ? E_OK : E_EBADF, NO_PAYLOAD);
}

void model_read(struct sim *s, int proc)
{
    const struct desc *d =
        pipe_desc(s, proc, pipe_fd(s, proc, KEY_read), DESC_PIPE_READ);
    if (!d || op_arg(op_at(s, proc), KEY_size) == 0) {
        does_nothing(s, proc, d);
        return;
    }
    struct wakeups u = {0};
    const struct look l = {proc, d->object, reason(WHY_ROOM_CAME, proc, 0), &u};
    read_once(s, &l);
    pipe_settle(s, l.pipe, l.why, &u);
}

void model_write(struct sim *s, int proc)
{
    const struct desc *d =
        pipe_desc(s, proc, pipe_fd(s, proc, KEY_write), DESC_PIPE_WRITE);
    struct piece text = d ? pipe_text(s, proc) : (struct piece){0, 0};
    if (text.length == 0) {
        does_nothing(s, proc, d);
        return;
    }
    struct wakeups u = {0};
    const struct look l = {
        proc, d->object, reason(WHY_DATA_CAME, proc, (int64_t)text.length), &u};
    pipe_write_once(s, &l, text);
    pipe_settle(s, l.pipe, l.why, &u);
}
