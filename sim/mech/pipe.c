/* pipe.c: a pipe, as the model does it.
 *
 * A pipe is a buffer in the kernel with two ends. It has room for 16 pages,
 * not for 65536 bytes: a write fills whole pages, and only the beginning of
 * what it writes may go into the rest of the last one. Who finds it empty
 * sleeps while a writer is left, who finds it full sleeps while a reader is
 * left: that sleep is the blocked state we came to see.
 *
 * Both follow Linux's fs/pipe.c step by step (SEMANTICS.md, P1 to P21). A call
 * is a number of looks at the pipe: one when it begins, and one each time that
 * it is woken. Who is woken and in which order is pipe_line.c's; making,
 * closing and resizing pipes is descriptor.c's.
 *
 * See also pipe(7), and ipc/mech/pipe.c for the same with a real one. */
#include "sim/mech/pipe.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is there ---- */

const struct desc *pipe_desc(const struct sim *s, int proc, int64_t fd,
                             enum desc_kind kind)
{
    int d = fd < 3 ? NONE : world_desc(&s->world, proc, fd);
    if (d == NONE || (kind && s->world.desc[d].kind != (int32_t)kind))
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

/* Who finds something left over is told of whoever put it there. */
static struct event data_came(struct event why, int by, int64_t bytes)
{
    return why.obj == WHY_DATA_CAME ? why : reason(WHY_DATA_CAME, by, bytes);
}

static struct event room_came(struct event why)
{
    return why.obj == WHY_ROOM_CAME ? why : reason(WHY_ROOM_CAME, NONE, 0);
}

/* One look at a pipe: who looks, and what it is told if that ends its call. */
struct look {
    int proc, pipe;
    struct event why;
    struct wakeups *woken; /* those it wakes */
};

/* Whether this is another look of a call that has slept. Somebody who was
 * stopped in it (with nothing done) begins it anew when it goes on. */
static bool looks_again(const struct sim *s, const struct look *l)
{
    const struct task *t = &s->world.task[l->proc];
    return t->phase == PHASE_ASLEEP && !(t->flags & TASK_RETRY);
}

/* Whether the call of `l` must not sleep. */
static bool is_nonblock(const struct sim *s, const struct look *l,
                        enum desc_kind kind)
{
    enum arg_key key = kind == DESC_PIPE_READ ? KEY_read : KEY_write;
    int64_t fd = pipe_fd(s, l->proc, key);
    const struct desc *d = pipe_desc(s, l->proc, fd, kind);
    return d && d->nonblock;
}

/* There is nothing to do here yet: it sleeps, or goes back to the tail. */
static void sleep_on(struct sim *s, const struct look *l, enum wait_kind wait,
                     int64_t done)
{
    if (s->world.task[l->proc].phase == PHASE_ASLEEP)
        SAY(s, .kind = EV_REQUEUE, .sub = (uint8_t)wait, .proc = l->proc,
            .obj = l->pipe);
    else
        op_sleeps(s, l->proc, wait, l->pipe, 0);
    if (done != s->world.proc[l->proc].done)
        SAY(s, .kind = EV_PROGRESS, .proc = l->proc, .val = done);
}

/* The call is over; a sleeper becomes ready. */
static void finish(struct sim *s, const struct look *l, int64_t ret,
                   enum errno_name error)
{
    op_wakes(s, l->proc, ret, error, NO_PAYLOAD, l->why);
}

/* ---- reading ---- */

/* Takes up to `size` bytes out; returns their payload. */
static int32_t take(struct sim *s, const struct look *l, int64_t size)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    size_t n = (size_t)(p->bytes < size ? p->bytes : size);
    unsigned char *bytes = mem_new(n, 1);
    world_pipe_bytes(&s->world, l->pipe, bytes, n);
    int32_t payload = trace_store(&s->trace, bytes, n);
    free(bytes);
    SAY(s, .kind = EV_GET, .proc = l->proc, .obj = l->pipe, .aux = (int32_t)n);
    return payload;
}

/* Whether a reader wakes a writer: some kernels do so in vain. */
static bool tells_writer(const struct sim *s, bool was_full, bool frees_page)
{
    const struct kernel *k = s->live.kernel;
    return was_full && (frees_page || (k && k->wakes_in_vain));
}

static void read_bytes(struct sim *s, const struct look *l)
{
    bool again = looks_again(s, l);
    const struct pipe *p = &s->world.pipe[l->pipe];
    bool was_full = pipe_is_full(s, l->pipe);
    int used = p->used;
    int64_t had = p->bytes;
    int32_t payload = take(s, l, op_arg(op_at(s, l->proc), KEY_size));
    op_wakes(s, l->proc, had - p->bytes, E_OK, payload, l->why);
    if (tells_writer(s, was_full, p->used < used))
        pipe_wake_one(s, l->woken, &p->write_wait,
                      reason(WHY_ROOM_CAME, l->proc, 0));
    if (again && p->bytes > 0)
        pipe_wake_one(s, l->woken, &p->read_wait,
                      data_came(l->why, NONE, p->bytes));
}

/* One look of a reader (anon_pipe_read). Returns whether its call is over. */
static bool read_once(struct sim *s, const struct look *l)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    if (p->bytes > 0) {
        read_bytes(s, l);
    } else if (p->writers == 0) {
        finish(s, l, 0, E_OK);
    } else if (is_nonblock(s, l, DESC_PIPE_READ)) {
        finish(s, l, -1, E_EAGAIN);
    } else {
        sleep_on(s, l, WAIT_READ, 0);
        return false;
    }
    return true;
}

/* ---- writing ---- */

/* What a write has to write, or some of it: where it lies among the payloads.
 */
struct piece {
    size_t at, length;
};

/* A sleeping write's variables cannot change, so it is the same each time. */
static struct piece text_of(struct sim *s, int proc)
{
    struct str text = {0};
    op_text(s, proc, op_at(s, proc), &text);
    int32_t payload = trace_store(&s->trace, str_text(&text), text.length);
    struct piece all = {trace_payload_at(&s->trace, payload), text.length};
    str_free(&text);
    return all;
}

/* A piece goes into a page of its own, or into the last one. */
static void put(struct sim *s, const struct look *l, struct piece piece,
                bool merged)
{
    SAY(s, .kind = EV_PUT, .sub = merged, .proc = l->proc, .obj = l->pipe,
        .aux = (int32_t)piece.length, .val = (int64_t)piece.at);
}

/* The first n mod 4096 bytes go into the last page if all of them fit. */
static size_t merge(struct sim *s, const struct look *l, struct piece text)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    size_t odd = text.length % PIPE_PAGE;
    if (!odd || !p->used)
        return 0;
    int64_t last = p->ring + ((p->first + p->used - 1) & (p->room - 1));
    if (s->world.page[last].end + odd > PIPE_PAGE)
        return 0;
    put(s, l, (struct piece){text.at, odd}, true);
    return odd;
}

/* Returns how much of the text is in the pipe now. */
static size_t write_bytes(struct sim *s, const struct look *l,
                          struct piece text)
{
    bool again = looks_again(s, l);
    size_t done =
        again ? (size_t)s->world.proc[l->proc].done : merge(s, l, text);
    while (done < text.length && !pipe_is_full(s, l->pipe)) {
        size_t left = text.length - done;
        size_t n = left < PIPE_PAGE ? left : PIPE_PAGE;
        put(s, l, (struct piece){text.at + done, n}, false);
        done += n;
    }
    return done;
}

/* The reader is gone: SIGPIPE, and the call fails or returns what it has
 * done. */
static void broken(struct sim *s, const struct look *l)
{
    enum { PIPE_SIGNAL = 13 };
    int64_t done = looks_again(s, l) ? s->world.proc[l->proc].done : 0;
    if (done)
        finish(s, l, done, E_OK);
    else
        finish(s, l, -1, E_EPIPE);
    signal_send(s, l->proc, PIPE_SIGNAL, -2);
}

/* One look of a writer (anon_pipe_write). Returns whether its call is over. */
static bool write_once(struct sim *s, const struct look *l, struct piece text)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    if (!p->readers) {
        broken(s, l);
        return true;
    }
    bool again = looks_again(s, l), was_empty = p->bytes == 0;
    int64_t done = (int64_t)write_bytes(s, l, text);
    bool over =
        done == (int64_t)text.length || is_nonblock(s, l, DESC_PIPE_WRITE);
    if (!over)
        sleep_on(s, l, WAIT_WRITE, done);
    else if (done)
        finish(s, l, done, E_OK);
    else
        finish(s, l, -1, E_EAGAIN);
    p = &s->world.pipe[l->pipe]; /* more pages may have moved it */
    if (was_empty && done)
        pipe_wake_one(s, l->woken, &p->read_wait,
                      reason(WHY_DATA_CAME, l->proc, done));
    if (over && again && !pipe_is_full(s, l->pipe))
        pipe_wake_one(s, l->woken, &p->write_wait, room_came(l->why));
    return over;
}

/* ---- a sleeper looks again ---- */

bool pipe_look(struct sim *s, int proc, struct event why, struct wakeups *u)
{
    const struct task *t = &s->world.task[proc];
    const struct look l = {proc, t->wait_obj, why, u};
    if (t->wait == WAIT_READ)
        return read_once(s, &l);
    bool in_vain = s->world.pipe[l.pipe].readers && pipe_is_full(s, l.pipe);
    if (in_vain && looks_again(s, &l)) {
        sleep_on(s, &l, WAIT_WRITE, s->world.proc[proc].done);
        return false;
    }
    return write_once(s, &l, text_of(s, proc));
}

/* ---- the ops ---- */

void model_read(struct sim *s, int proc)
{
    const struct desc *d =
        pipe_desc(s, proc, pipe_fd(s, proc, KEY_read), DESC_PIPE_READ);
    if (!d || op_arg(op_at(s, proc), KEY_size) == 0) {
        op_returns(s, proc, d ? 0 : -1, d ? E_OK : E_EBADF, NO_PAYLOAD);
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
    struct piece text = d ? text_of(s, proc) : (struct piece){0, 0};
    if (text.length == 0) {
        op_returns(s, proc, d ? 0 : -1, d ? E_OK : E_EBADF, NO_PAYLOAD);
        return;
    }
    struct wakeups u = {0};
    const struct look l = {
        proc, d->object, reason(WHY_DATA_CAME, proc, (int64_t)text.length), &u};
    write_once(s, &l, text);
    pipe_settle(s, l.pipe, l.why, &u);
}
