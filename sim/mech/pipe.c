/* pipe.c: a pipe, as the model does it.
 *
 * A pipe is a buffer in the kernel with two ends. It has room for 16 pages,
 * not for 65536 bytes: a write fills whole pages, and only the beginning of
 * what it writes may go into the rest of the last one. Who finds it empty
 * sleeps while a writer is left, who finds it full sleeps while a reader is
 * left: that sleep is the blocked state we came to see.
 *
 * Who wakes whom follows Linux's fs/pipe.c step by step (SEMANTICS.md, P1 to
 * P21): sleepers wait in line, one is woken at a time, and whoever leaves
 * something over wakes the next. A woken process looks again; if there is
 * nothing for it, it goes back to the tail. `struct wakeups` is the short list
 * of those that have been woken and have not looked yet; when there are two of
 * them, Linux lets either look first (P17, race.c). Making, closing and
 * resizing pipes is descriptor.c's.
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
    bool wrong = s->plant && strcmp(s->plant, "pipe-capacity") == 0;
    return wrong ? p->slots - 1 : p->slots;
}

static bool is_full(const struct sim *s, int pipe)
{
    const struct pipe *p = &s->world.pipe[pipe];
    return p->used >= slots_of(s, p);
}

/* ---- waking ---- */

static bool is_woken(const struct wakeups *u, int proc)
{
    for (size_t i = u->first; i < u->count; i++)
        if (u->list[i].proc == proc)
            return true;
    return false;
}

static void add_woken(struct wakeups *u, int proc, struct event why)
{
    u->list = mem_grow(u->list, u->count + 1, &u->room, sizeof *u->list);
    u->list[u->count++] = (struct woken){proc, why};
}

/* Wakes the first of the line that has not been woken yet. */
void pipe_wake_one(const struct sim *s, struct wakeups *u,
                   const struct queue *q, struct event why)
{
    for (int i = q->head; i != NONE; i = s->world.task[i].next)
        if (!is_woken(u, i)) {
            add_woken(u, i, why);
            return;
        }
}

void pipe_wake_all(const struct sim *s, struct wakeups *u,
                   const struct queue *q, struct event why)
{
    for (int i = q->head; i != NONE; i = s->world.task[i].next)
        add_woken(u, i, why);
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

/* `proc` has nothing to do here yet: it sleeps, or goes back to the tail. */
static void sleep_on(struct sim *s, int proc, enum wait_kind wait, int pipe,
                     int64_t done)
{
    if (s->world.task[proc].phase == PHASE_ASLEEP)
        SAY(s, .kind = EV_REQUEUE, .sub = (uint8_t)wait, .proc = proc,
            .obj = pipe);
    else
        op_sleeps(s, proc, wait, pipe, 0);
    if (done != s->world.proc[proc].done)
        SAY(s, .kind = EV_PROGRESS, .proc = proc, .val = done);
}

/* Whether `proc` has slept in its call and was woken in it. Somebody who was
 * stopped in it (with nothing done) begins it anew when it goes on. */
static bool is_woken_up(const struct sim *s, int proc)
{
    const struct task *t = &s->world.task[proc];
    return t->phase == PHASE_ASLEEP && !(t->flags & TASK_RETRY);
}

/* The call is over; a sleeper becomes ready. */
static void finish(struct sim *s, int proc, int64_t ret, enum errno_name error,
                   int32_t payload, struct event why)
{
    op_wakes(s, proc, ret, error, payload, why);
}

/* ---- reading ---- */

/* Takes up to `size` bytes out; returns their payload. */
static int32_t take(struct sim *s, int proc, int pipe, int64_t size)
{
    const struct pipe *p = &s->world.pipe[pipe];
    size_t n = (size_t)(p->bytes < size ? p->bytes : size);
    unsigned char *bytes = mem_new(n, 1);
    world_pipe_bytes(&s->world, pipe, bytes, n);
    int32_t payload = trace_store(&s->trace, bytes, n);
    free(bytes);
    SAY(s, .kind = EV_GET, .proc = proc, .obj = pipe, .aux = (int32_t)n);
    return payload;
}

/* One look of a reader at the pipe (anon_pipe_read). Returns whether the call
 * is over. */
static bool read_once(struct sim *s, int proc, int pipe, struct event why,
                      struct wakeups *u)
{
    const struct op *op = op_at(s, proc);
    bool woken = is_woken_up(s, proc);
    const struct pipe *p = &s->world.pipe[pipe];
    if (p->bytes == 0 && p->writers > 0) {
        int64_t fd = pipe_fd(s, proc, KEY_read);
        const struct desc *d = pipe_desc(s, proc, fd, DESC_PIPE_READ);
        if (!d || !d->nonblock) {
            sleep_on(s, proc, WAIT_READ, pipe, 0);
            return false;
        }
        finish(s, proc, -1, E_EAGAIN, NO_PAYLOAD, why);
        return true;
    }
    if (p->bytes == 0) {
        finish(s, proc, 0, E_OK, NO_PAYLOAD, why);
        return true;
    }
    bool was_full = is_full(s, pipe);
    int used = p->used;
    int32_t payload = take(s, proc, pipe, op_arg(op, KEY_size));
    size_t n;
    trace_payload(&s->trace, payload, &n);
    p = &s->world.pipe[pipe];
    bool drained = p->used < used;
    finish(s, proc, (int64_t)n, E_OK, payload, why);
    if (was_full && drained)
        pipe_wake_one(s, u, &p->write_wait, reason(WHY_ROOM_CAME, proc, 0));
    if (woken && p->bytes > 0)
        pipe_wake_one(s, u, &p->read_wait, data_came(why, NONE, p->bytes));
    return true;
}

/* ---- writing ---- */

static void put(struct sim *s, int proc, int pipe, size_t at, size_t n,
                bool merged)
{
    SAY(s, .kind = EV_PUT, .sub = merged, .proc = proc, .obj = pipe,
        .aux = (int32_t)n, .val = (int64_t)at);
}

/* The first n mod 4096 bytes go into the last page if all of them fit. */
static size_t merge(struct sim *s, int proc, int pipe, size_t at, size_t left)
{
    const struct pipe *p = &s->world.pipe[pipe];
    size_t odd = left % PIPE_PAGE;
    if (!odd || !p->used)
        return 0;
    int64_t last = p->ring + ((p->first + p->used - 1) & (p->room - 1));
    if (s->world.page[last].end + odd > PIPE_PAGE)
        return 0;
    put(s, proc, pipe, at, odd, true);
    return odd;
}

/* The reader is gone: SIGPIPE, and the call fails or returns what it has
 * done. */
static void broken(struct sim *s, int proc, int64_t done, struct event why)
{
    enum { PIPE_SIGNAL = 13 };
    if (done)
        finish(s, proc, done, E_OK, NO_PAYLOAD, why);
    else
        finish(s, proc, -1, E_EPIPE, NO_PAYLOAD, why);
    signal_send(s, proc, PIPE_SIGNAL, -2);
}

/* One look of a writer at the pipe (anon_pipe_write). `text` is all it has to
 * write. Returns whether the call is over. */
static bool write_once(struct sim *s, int proc, int pipe, size_t at,
                       size_t length, struct event why, struct wakeups *u)
{
    bool woken = is_woken_up(s, proc);
    size_t done = woken ? (size_t)s->world.proc[proc].done : 0;
    const struct pipe *p = &s->world.pipe[pipe];
    if (!p->readers) {
        broken(s, proc, (int64_t)done, why);
        return true;
    }
    bool was_empty = p->bytes == 0;
    if (!woken)
        done += merge(s, proc, pipe, at, length);
    while (done < length && !is_full(s, pipe)) {
        size_t n = length - done < PIPE_PAGE ? length - done : PIPE_PAGE;
        put(s, proc, pipe, at + done, n, false);
        done += n;
    }
    p = &s->world.pipe[pipe];
    if (done < length) {
        const struct desc *d =
            pipe_desc(s, proc, pipe_fd(s, proc, KEY_write), DESC_PIPE_WRITE);
        if (!d || !d->nonblock) {
            sleep_on(s, proc, WAIT_WRITE, pipe, (int64_t)done);
            if (was_empty)
                pipe_wake_one(s, u, &p->read_wait,
                              reason(WHY_DATA_CAME, proc, (int64_t)done));
            return false;
        }
    }
    if (done)
        finish(s, proc, (int64_t)done, E_OK, NO_PAYLOAD, why);
    else
        finish(s, proc, -1, E_EAGAIN, NO_PAYLOAD, why);
    if (was_empty && done)
        pipe_wake_one(s, u, &p->read_wait,
                      reason(WHY_DATA_CAME, proc, (int64_t)done));
    if (woken && !is_full(s, pipe))
        pipe_wake_one(s, u, &p->write_wait, room_came(why));
    return true;
}

/* Where the bytes of the write of `proc` lie among the payloads. A sleeping
 * write's variables cannot change, so the text is the same each time. */
static size_t payload_of_write(struct sim *s, int proc, size_t *length)
{
    struct str text = {0};
    op_text(s, proc, op_at(s, proc), &text);
    *length = text.length;
    int32_t payload = trace_store(&s->trace, str_text(&text), text.length);
    str_free(&text);
    return trace_payload_at(&s->trace, payload);
}

/* ---- those who were woken look again ---- */

static bool look_again(struct sim *s, int proc, struct event why,
                       struct wakeups *u)
{
    const struct task *t = &s->world.task[proc];
    int pipe = t->wait_obj;
    if (t->wait == WAIT_READ)
        return read_once(s, proc, pipe, why, u);
    const struct pipe *p = &s->world.pipe[pipe];
    if (p->readers && is_full(s, pipe) && is_woken_up(s, proc)) {
        sleep_on(s, proc, WAIT_WRITE, pipe, s->world.proc[proc].done);
        return false;
    }
    size_t length;
    size_t at = payload_of_write(s, proc, &length);
    return write_once(s, proc, pipe, at, length, why, u);
}

/* Whether the call of a process that was stopped in it could go on now. */
static bool could_go_on(const struct sim *s, int proc)
{
    const struct task *t = &s->world.task[proc];
    const struct pipe *p = &s->world.pipe[t->wait_obj];
    if (t->wait == WAIT_READ)
        return p->bytes > 0 || p->writers == 0;
    return t->wait == WAIT_WRITE && (!is_full(s, t->wait_obj) || !p->readers);
}

/* Stopped sleepers are in no line; but what they wait for may have come. */
static void tell_stopped(struct sim *s, int pipe, struct event why)
{
    if (!s->world.head->retries)
        return;
    for (int i = 0; i < s->world.head->procs; i++) {
        const struct task *t = &s->world.task[i];
        bool mine = t->state == BLOCKED_SUSPENDED && t->flags & TASK_RETRY &&
                    (t->wait == WAIT_READ || t->wait == WAIT_WRITE) &&
                    t->wait_obj == pipe;
        if (mine && could_go_on(s, i))
            wake_stopped(s, i, why);
    }
}

/* Who does not sleep any more has looked already. */
static void drop_awake(const struct sim *s, struct wakeups *u)
{
    size_t kept = u->first;
    for (size_t i = u->first; i < u->count; i++)
        if (s->world.task[u->list[i].proc].phase == PHASE_ASLEEP)
            u->list[kept++] = u->list[i];
    u->count = kept;
}

/* Which of those who were woken looks first. Once an end of the pipe is closed
 * they all find the same, and any order will do. */
static struct woken choose_woken(struct sim *s, int pipe, struct wakeups *u)
{
    struct woken *list = u->list + u->first;
    size_t among = u->count - u->first;
    const struct pipe *p = &s->world.pipe[pipe];
    bool race = among > 1 && p->readers && p->writers;
    size_t n = race ? race_choose(s, pipe, among) : 0;
    struct woken next = list[n];
    memmove(list + 1, list, n * sizeof *list);
    u->first++;
    if (race)
        SAY(s, .kind = EV_CHOICE, .proc = next.proc, .obj = pipe,
            .aux = (int32_t)among, .val = (int64_t)n);
    return next;
}

/* Until nobody is left who has been woken and has not looked. */
void pipe_settle(struct sim *s, int pipe, struct event why, struct wakeups *u)
{
    for (drop_awake(s, u); u->first < u->count; drop_awake(s, u)) {
        struct woken next = choose_woken(s, pipe, u);
        look_again(s, next.proc, next.why, u);
    }
    free(u->list);
    *u = (struct wakeups){0};
    tell_stopped(s, pipe, why);
}

bool pipe_again(struct sim *s, int proc)
{
    struct wakeups u = {0};
    int pipe = s->world.task[proc].wait_obj;
    const struct task *t = &s->world.task[proc];
    int64_t done = s->world.proc[proc].done;
    if (t->wait == WAIT_WRITE && done > 0) {
        finish(s, proc, done, E_OK, NO_PAYLOAD,
               reason(WHY_STILL_WAITING, 0, 0));
        return true;
    }
    struct event why = t->wait == WAIT_READ ? reason(WHY_DATA_CAME, NONE, 0)
                                            : reason(WHY_ROOM_CAME, NONE, 0);
    bool over = look_again(s, proc, why, &u);
    pipe_settle(s, pipe, why, &u);
    return over;
}

bool pipe_interrupted(struct sim *s, int proc, bool restart, int64_t *ret,
                      enum errno_name *error)
{
    int64_t done = s->world.proc[proc].done;
    bool writes = s->world.task[proc].wait == WAIT_WRITE;
    if (writes && done > 0) {
        *ret = done;
        *error = E_OK;
        return true;
    }
    if (writes) {
        const struct desc *d =
            pipe_desc(s, proc, pipe_fd(s, proc, KEY_write), DESC_PIPE_WRITE);
        if (d && d->nonblock) {
            *error = E_EAGAIN;
            return true;
        }
    }
    return !restart;
}

/* ---- the ops ---- */

void model_read(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    const struct desc *d =
        pipe_desc(s, proc, pipe_fd(s, proc, KEY_read), DESC_PIPE_READ);
    if (!d) {
        op_returns(s, proc, -1, E_EBADF, NO_PAYLOAD);
        return;
    }
    if (op_arg(op, KEY_size) == 0) {
        op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
        return;
    }
    int pipe = d->object;
    struct wakeups u = {0};
    struct event why = reason(WHY_ROOM_CAME, proc, 0);
    read_once(s, proc, pipe, why, &u);
    pipe_settle(s, pipe, why, &u);
}

void model_write(struct sim *s, int proc)
{
    const struct desc *d =
        pipe_desc(s, proc, pipe_fd(s, proc, KEY_write), DESC_PIPE_WRITE);
    if (!d) {
        op_returns(s, proc, -1, E_EBADF, NO_PAYLOAD);
        return;
    }
    int pipe = d->object;
    size_t length;
    size_t at = payload_of_write(s, proc, &length);
    if (length == 0) {
        op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
        return;
    }
    struct wakeups u = {0};
    struct event why = reason(WHY_DATA_CAME, proc, (int64_t)length);
    write_once(s, proc, pipe, at, length, why, &u);
    pipe_settle(s, pipe, why, &u);
}
