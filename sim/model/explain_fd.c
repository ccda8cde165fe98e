/* explain_fd.c: what the ops on descriptors did. */
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

static const struct op *op_of(const struct say *s, const struct event *e)
{
    return &s->w->scenario->ops[e->aux];
}

/* Pushes a sentence about the process alone. */
static void about(struct say *s, const struct event *e, enum word w)
{
    say_name(s, e->proc);
    say_fold(s, w, 1);
}

int explain_pipe_of(const struct say *s, int proc, int64_t var)
{
    int desc = world_desc(s->w, proc, world_var(s->w, proc, var));
    return desc == NONE ? NONE : s->w->desc[desc].object;
}

/* "p[0] (descriptor 3)" */
static void say_fd(struct say *s, const struct event *e, int64_t var)
{
    say_var(s, var);
    say_number(s, world_var(s->w, e->proc, var));
    say_fold(s, W_SAY_FD_NAMED, 2);
}

/* Three mistakes give the same errno: a variable that never named a
 * descriptor, one whose descriptor is closed, and the wrong end. */
void explain_ebadf(struct say *s, const struct event *e)
{
    enum { STANDARD = 3 }; /* 0, 1 and 2 are not the scenario's */
    int64_t var = op_of(s, e)->arg[0];
    int64_t fd = world_var(s->w, e->proc, var);
    int desc = world_desc(s->w, e->proc, fd);
    say_name(s, e->proc);
    if (fd < STANDARD) {
        say_var(s, var);
        say_manual(s, e->aux);
        say_fold(s, W_SAY_EBADF_NEVER, 3);
        return;
    }
    say_fd(s, e, var);
    say_manual(s, e->aux);
    bool reads = desc != NONE && s->w->desc[desc].kind == DESC_PIPE_READ;
    say_fold(s, desc == NONE ? W_SAY_EBADF_CLOSED
                : reads      ? W_SAY_EBADF_READS
                             : W_SAY_EBADF_WRITES, 3);
}

void explain_pipe(struct say *s, const struct event *e)
{
    int64_t var = op_of(s, e)->arg[0];
    int pipe = e->sub ? NONE : explain_pipe_of(s, e->proc, var);
    if (pipe == NONE) {
        explain_call(s, e);
        return;
    }
    say_name(s, e->proc);
    say_bytes(s, (int64_t)s->w->pipe[pipe].slots * PIPE_PAGE);
    say_fd(s, e, var);
    say_fd(s, e, var + 1);
    say_fold(s, W_SAY_PIPE_MADE, 4);
}

/* Whether `maker` is `proc` or one of its ancestors. */
static bool is_forebear(const struct world *w, int maker, int proc)
{
    for (int hops = 0; proc >= 0 && hops <= w->head->procs; hops++) {
        if (proc == maker)
            return true;
        proc = w->proc[proc].parent;
    }
    return false;
}

/* The pipe whose end the variable named before it was closed: the youngest
 * one made under that name by the process or a forebear. */
static int pipe_named(const struct say *s, const struct event *e, int64_t var)
{
    for (int i = s->w->head->pipes; i-- > 0;) {
        const struct pipe *p = &s->w->pipe[i];
        if ((var == p->var || var == p->var + 1) &&
            is_forebear(s->w, p->maker, e->proc))
            return i;
    }
    return NONE;
}

/* An end of a pipe that is being closed. */
struct closing {
    int pipe;     /* NONE: unknown */
    bool reads;   /* it is the read end */
    int who[HOLDERS_SHOWN], holders; /* who has this end open afterwards */
    bool other;   /* somebody has the other end open */
};

/* Whether the process has the end open by another descriptor than `fd`. */
static bool has_another(const struct world *w, int proc, int pipe,
                        enum desc_kind end, int64_t fd)
{
    for (int64_t f = 0; f < w->head->fds; f++) {
        int desc = f == fd ? NONE : world_desc(w, proc, f);
        if (desc != NONE && w->desc[desc].object == pipe &&
            desc_has_end(&w->desc[desc], end))
            return true;
    }
    return false;
}

/* What descriptor `fd` of the process meant before the step closed it; false
 * if it was inherited. */
static bool meant_before(const struct say *s, int proc, int64_t fd,
                         struct desc *d)
{
    int64_t desc = NONE;
    for (size_t i = s->main; i-- > 0;) {
        const struct event *b = trace_at(s->tr, i);
        if (desc != NONE && b->kind == EV_DESC && b->obj == desc) {
            *d = (struct desc){.kind = b->sub, .object = b->aux};
            return true;
        }
        if (b->kind == EV_CREATE && b->proc == proc)
            return false;
        if (b->kind == EV_FD && b->proc == proc && b->obj == fd &&
            desc == NONE && b->val >= 0)
            desc = b->val;
    }
    return false;
}

/* What the descriptor that is closed means, or has meant. It may be open
 * still: the call returns, then it is closed. */
static struct desc closed_desc(const struct say *s, const struct event *e,
                               int64_t var)
{
    int64_t fd = world_var(s->w, e->proc, var);
    int desc = world_desc(s->w, e->proc, fd);
    struct desc d = {.kind = DESC_NONE};
    if (desc != NONE)
        return s->w->desc[desc];
    int pipe = pipe_named(s, e, var);
    if (pipe == NONE) {
        meant_before(s, e->proc, fd, &d);
        return d;
    }
    bool reads = var == s->w->pipe[pipe].var;
    return (struct desc){.kind = reads ? DESC_PIPE_READ : DESC_PIPE_WRITE,
                         .object = pipe};
}

static struct closing closing_of(const struct say *s, const struct event *e,
                                 int64_t var)
{
    const struct world *w = s->w;
    int64_t fd = world_var(w, e->proc, var);
    struct desc d = closed_desc(s, e, var);
    struct closing c = {.pipe = d.kind ? d.object : NONE};
    if (c.pipe == NONE)
        return c;
    const struct pipe *p = &w->pipe[c.pipe];
    c.reads = d.kind == DESC_PIPE_READ;
    enum desc_kind end = c.reads ? DESC_PIPE_READ : DESC_PIPE_WRITE;
    int n = pipe_holders(w, c.pipe, end, c.who, HOLDERS_SHOWN);
    for (int i = 0; i < n && i < HOLDERS_SHOWN; i++)
        if (c.who[i] != e->proc || has_another(w, e->proc, c.pipe, end, fd))
            c.who[c.holders++] = c.who[i];
    c.other = (c.reads ? p->writers : p->readers) > 0;
    return c;
}

void explain_close(struct say *s, const struct event *e)
{
    int64_t var = op_of(s, e)->arg[0];
    if (e->sub) {
        explain_call(s, e);
        return;
    }
    struct closing c = closing_of(s, e, var);
    say_name(s, e->proc);
    say_var(s, var);
    if (c.pipe == NONE) {
        say_fold(s, W_SAY_CLOSED, 2);
    } else if (c.holders) {
        say_names(s, c.who, c.holders, e->proc);
        say_fold(s, W_SAY_CLOSED_HELD, 3);
    } else if (!c.other) {
        say_fold(s, W_SAY_CLOSED_BOTH, 2);
    } else {
        say_fold(s, c.reads ? W_SAY_CLOSED_LAST_READER
                            : W_SAY_CLOSED_LAST_WRITER, 2);
    }
}

void explain_dup(struct say *s, const struct event *e)
{
    if (e->sub) {
        explain_call(s, e);
        return;
    }
    say_name(s, e->proc);
    say_fd(s, e, op_arg(op_of(s, e), KEY_as));
    say_var(s, op_of(s, e)->arg[0]);
    say_fold(s, W_SAY_DUPED, 3);
}

void explain_fcntl(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    bool sizes = op_arg(op, KEY_pipe_size) != ARG_ABSENT;
    int pipe = explain_pipe_of(s, e->proc, op->arg[0]);
    if (sizes && e->sub == E_EBUSY) {
        about(s, e, W_SAY_SIZE_EBUSY);
    } else if (sizes && e->sub == E_EPERM) {
        about(s, e, W_SAY_SIZE_EPERM);
    } else if (e->sub || pipe == NONE) {
        explain_call(s, e);
    } else if (sizes) {
        say_name(s, e->proc);
        say_bytes(s, (int64_t)s->w->pipe[pipe].slots * PIPE_PAGE);
        say_fold(s, W_SAY_PIPE_SIZED, 2);
    } else {
        say_name(s, e->proc);
        say_var(s, op->arg[0]);
        say_fold(s, op_flag(op, "O_NONBLOCK") ? W_SAY_NONBLOCK_ON
                    : op_flag(op, "O_DIRECT") ? W_SAY_DIRECT_ON
                                              : W_SAY_NONBLOCK_OFF, 2);
    }
}
