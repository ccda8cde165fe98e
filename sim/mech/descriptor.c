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

int fd_free(const struct sim *s, int proc, int from)
{
    for (int fd = from; fd < s->world.head->fds; fd++)
        if (s->world.fd[(int64_t)proc * s->world.head->fds + fd].desc == NONE)
            return fd;
    return NONE;
}

void fd_set_to(struct sim *s, int proc, int fd, int desc, bool cloexec)
{
    SAY(s, .kind = EV_FD, .sub = cloexec, .proc = proc, .obj = fd, .val = desc);
}

/* `proc` has closed a descriptor of `d`; the last of an end wakes everybody. */
static void tell_closed(struct sim *s, int proc, struct desc d)
{
    const struct pipe *p = &s->world.pipe[d.object];
    bool no_reader = p->readers == 0 && desc_has_end(&d, DESC_PIPE_READ);
    bool no_writer = p->writers == 0 && desc_has_end(&d, DESC_PIPE_WRITE);
    bool last = d.refs == 1 && (p->readers == 0) != (p->writers == 0) &&
                (no_reader || no_writer);
    if (!last)
        return;
    if (p->read_wait.count > 1)
        obey(s, RULE_P10);
    struct event why =
        reason(no_reader ? WHY_NO_READER_LEFT : WHY_NO_WRITER_LEFT, proc, 0);
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
        fd_set_to(s, proc, fd, NONE, false);
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
    fd_set_to(s, proc, (int)fd, NONE, false);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    tell_closed(s, proc, d);
}

/* A number for a new description; dead ones are used again. */
int desc_new(struct sim *s, enum desc_kind kind, int object, int flags)
{
    int d = 0;
    while (d < s->world.head->descs && s->world.desc[d].kind != DESC_NONE)
        d++;
    SAY(s, .kind = EV_DESC, .sub = (uint8_t)kind, .proc = NO_PROC, .obj = d,
        .aux = object, .val = flags);
    return d;
}

/* A number for a new pipe. Pipes keep theirs, so that a lesson can go on
 * speaking of one that is closed; only when there are many are dead ones used
 * again. */
int pipe_new(const struct sim *s)
{
    int n = s->world.head->pipes;
    for (int i = 0; n >= PIPES_KEPT && i < n; i++)
        if (world_pipe_gone(&s->world, i))
            return i;
    return n;
}

void var_set(struct sim *s, int proc, int64_t var, int64_t value)
{
    SAY(s, .kind = EV_VAR, .proc = proc, .obj = (int32_t)var, .val = value);
}

/* O_NONBLOCK and O_DIRECT of an op that has `flags`. */
static int flags_of(const struct op *op)
{
    return (op_flag(op, "O_NONBLOCK") ? DESC_NONBLOCK : 0) |
           (op_flag(op, "O_DIRECT") ? DESC_DIRECT : 0);
}

void model_pipe(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t var = op_arg(op, KEY_pipe);
    int in = fd_free(s, proc, 3);
    int out = in == NONE ? NONE : fd_free(s, proc, in + 1);
    if (out == NONE) {
        obey(s, RULE_P26);
        op_returns(s, proc, -1, E_EMFILE, NO_PAYLOAD);
        return;
    }
    int flags = flags_of(op);
    bool cloexec = op_flag(op, "O_CLOEXEC");
    int pipe = pipe_new(s);
    SAY(s, .kind = EV_PIPE, .proc = proc, .obj = pipe, .aux = (int32_t)var,
        .val = pipe_new_slots(s));
    obey(s, RULE_P1);
    s->live.step.made = pipe;
    fd_set_to(s, proc, in,
              desc_new(s, DESC_PIPE_READ, pipe, flags & ~DESC_DIRECT), cloexec);
    fd_set_to(s, proc, out, desc_new(s, DESC_PIPE_WRITE, pipe, flags), cloexec);
    var_set(s, proc, var, in);
    var_set(s, proc, var + 1, out);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

void model_dup(struct sim *s, int proc)
{
    int64_t fd = pipe_fd(s, proc, KEY_dup);
    int64_t as = op_arg(op_at(s, proc), KEY_as);
    int64_t ret = -1;
    enum errno_name error = E_EBADF;
    if (pipe_desc(s, proc, fd, DESC_NONE)) {
        ret = fd_free(s, proc, 3);
        error = ret == NONE ? E_EMFILE : E_OK;
    }
    if (!error)
        fd_set_to(s, proc, (int)ret, world_desc(&s->world, proc, fd), false);
    var_set(s, proc, as, ret);
    op_returns(s, proc, ret, error, NO_PAYLOAD);
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
        pipe_resize(s, proc, d->object, op_arg(op, KEY_pipe_size));
        return;
    }
    if (d->refs > 1)
        obey(s, RULE_P20);
    SAY(s, .kind = EV_DESC, .sub = (uint8_t)d->kind, .proc = NO_PROC,
        .aux = d->object, .obj = world_desc(&s->world, proc, fd),
        .val = (d->flags & DESC_EARLY) | flags_of(op));
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}
