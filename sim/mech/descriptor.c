/* descriptor.c: the numbers by which a process knows its pipes.
 *
 * A descriptor is a small number; what it means is an open file description,
 * and several numbers, in several processes, may mean the same one (dup, fork).
 * An end of a pipe is closed when the last of them is: only then does the other
 * side learn of it. That is why everybody should close what he does not use.
 *
 * See also close(2), dup(2), fcntl(2), and pipe.c for what goes through. */
#include "sim/mech/pipe.h"

enum { PIPES_KEPT = 64 };

static int free_fd(const struct sim *s, int proc, int from)
{
    for (int fd = from; fd < s->world.head->fds; fd++)
        if (s->world.fd[(int64_t)proc * s->world.head->fds + fd].desc == NONE)
            return fd;
    return NONE;
}

static void set_fd(struct sim *s, int proc, int fd, int desc, bool cloexec)
{
    SAY(s, .kind = EV_FD, .sub = cloexec, .proc = proc, .obj = fd, .val = desc);
}

/* `proc` has closed a descriptor of `d`; the last of an end wakes everybody. */
static void tell_closed(struct sim *s, int proc, struct desc d)
{
    const struct pipe *p = &s->world.pipe[d.object];
    bool last = d.refs == 1 && (p->readers == 0) != (p->writers == 0) &&
                (d.kind == DESC_PIPE_READ ? p->readers : p->writers) == 0;
    if (!last)
        return;
    struct event why = reason(d.kind == DESC_PIPE_READ ? WHY_NO_READER_LEFT
                                                       : WHY_NO_WRITER_LEFT,
                              proc, 0);
    struct wakeups u = {0};
    pipe_wake_all(s, &u, &p->read_wait, why);
    pipe_wake_all(s, &u, &p->write_wait, why);
    pipe_settle(s, d.object, why, &u);
}

void pipe_close_all(struct sim *s, int proc)
{
    for (int fd = 0; fd < s->world.head->fds; fd++) {
        int desc = world_desc(&s->world, proc, fd);
        if (desc == NONE)
            continue;
        struct desc d = s->world.desc[desc];
        set_fd(s, proc, fd, NONE, false);
        tell_closed(s, proc, d);
    }
}

void model_close(struct sim *s, int proc)
{
    int64_t fd = pipe_fd(s, proc, KEY_close);
    const struct desc *at = pipe_desc(s, proc, fd, DESC_NONE);
    if (!at) {
        op_returns(s, proc, -1, E_EBADF, NO_PAYLOAD);
        return;
    }
    struct desc d = *at;
    set_fd(s, proc, (int)fd, NONE, false);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    tell_closed(s, proc, d);
}

/* A number for a new description; dead ones are used again. */
static int new_desc(struct sim *s, enum desc_kind kind, int object,
                    bool nonblock)
{
    int d = 0;
    while (d < s->world.head->descs && s->world.desc[d].kind != DESC_NONE)
        d++;
    SAY(s, .kind = EV_DESC, .sub = (uint8_t)kind, .proc = NO_PROC, .obj = d,
        .aux = object, .val = nonblock);
    return d;
}

/* A number for a new pipe. Pipes keep theirs, so that a lesson can go on
 * speaking of one that is closed; only when there are many are dead ones used
 * again. */
static int new_pipe(const struct sim *s)
{
    int n = s->world.head->pipes;
    for (int i = 0; n >= PIPES_KEPT && i < n; i++)
        if (!s->world.pipe[i].readers && !s->world.pipe[i].writers)
            return i;
    return n;
}

static void set_var(struct sim *s, int proc, int64_t var, int64_t value)
{
    SAY(s, .kind = EV_VAR, .proc = proc, .obj = (int32_t)var, .val = value);
}

void model_pipe(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t var = op_arg(op, KEY_pipe);
    int in = free_fd(s, proc, 3);
    int out = in == NONE ? NONE : free_fd(s, proc, in + 1);
    if (out == NONE) {
        op_returns(s, proc, -1, E_EMFILE, NO_PAYLOAD);
        return;
    }
    bool nonblock = op_flag(op, "O_NONBLOCK");
    bool cloexec = op_flag(op, "O_CLOEXEC");
    int pipe = new_pipe(s);
    SAY(s, .kind = EV_PIPE, .proc = proc, .obj = pipe, .aux = (int32_t)var,
        .val = PIPE_SLOTS);
    set_fd(s, proc, in, new_desc(s, DESC_PIPE_READ, pipe, nonblock), cloexec);
    set_fd(s, proc, out, new_desc(s, DESC_PIPE_WRITE, pipe, nonblock), cloexec);
    set_var(s, proc, var, in);
    set_var(s, proc, var + 1, out);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

void model_dup(struct sim *s, int proc)
{
    int64_t fd = pipe_fd(s, proc, KEY_dup);
    int64_t as = op_arg(op_at(s, proc), KEY_as);
    int64_t ret = -1;
    enum errno_name error = E_EBADF;
    if (pipe_desc(s, proc, fd, DESC_NONE)) {
        ret = free_fd(s, proc, 3);
        error = ret == NONE ? E_EMFILE : E_OK;
    }
    if (!error)
        set_fd(s, proc, (int)ret, world_desc(&s->world, proc, fd), false);
    set_var(s, proc, as, ret);
    op_returns(s, proc, ret, error, NO_PAYLOAD);
}

/* F_SETPIPE_SZ: whole pages, a power of two of them. */
static void resize(struct sim *s, int proc, int pipe, int64_t size)
{
    int64_t slots = 1;
    while (slots * PIPE_PAGE < size)
        slots *= 2;
    if (slots < s->world.pipe[pipe].used) {
        op_returns(s, proc, -1, E_EBUSY, NO_PAYLOAD);
        return;
    }
    const struct pipe *p = &s->world.pipe[pipe];
    SAY(s, .kind = EV_PIPE, .proc = p->maker, .obj = pipe, .aux = p->var,
        .val = slots);
    op_returns(s, proc, slots * PIPE_PAGE, E_OK, NO_PAYLOAD);
    struct event why = reason(WHY_ROOM_CAME, proc, 0);
    struct wakeups u = {0};
    pipe_wake_one(s, &u, &s->world.pipe[pipe].write_wait, why);
    pipe_settle(s, pipe, why, &u);
}

void model_fcntl(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t fd = pipe_fd(s, proc, KEY_fcntl);
    const struct desc *d = pipe_desc(s, proc, fd, DESC_NONE);
    if (!d) {
        op_returns(s, proc, -1, E_EBADF, NO_PAYLOAD);
        return;
    }
    if (op_arg(op, KEY_pipe_size) != ARG_ABSENT) {
        resize(s, proc, d->object, op_arg(op, KEY_pipe_size));
        return;
    }
    SAY(s, .kind = EV_DESC, .sub = (uint8_t)d->kind, .proc = NO_PROC,
        .aux = d->object, .obj = world_desc(&s->world, proc, fd),
        .val = op_flag(op, "O_NONBLOCK"));
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}
