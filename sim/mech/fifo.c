/* fifo.c: a FIFO, as the model does it.
 *
 * A FIFO is a pipe with a name in a directory: whoever knows the name can open
 * an end of it, so processes that are not related can meet. The name is all
 * that lies on the disk. The buffer comes to be when the first process opens
 * the FIFO, and goes with the last, with all that was in it; as long as anybody
 * is there, everybody who opens the name meets in the same one.
 *
 * open(2) waits for the other side: who opens for reading sleeps until somebody
 * opens for writing, and the other way round. Who sleeps there counts already
 * as a reader or a writer, so two who both wait find each other; who is stopped
 * there does not, since its call begins anew when it goes on, with the name.
 *
 * A name can be taken away while the FIFO is open. Those who have it open go
 * on; the same name made again is another FIFO.
 *
 * This follows fifo_open of Linux's fs/pipe.c (SEMANTICS.md, F1 to F10). What
 * goes through is pipe.c's. See also fifo(7), and ipc/mech/fifo.c for the same
 * with a real one. */
#include "sim/mech/pipe.h"

#include "sim/scenario/ops.h"

enum { INODES_KEPT = 64, UMASK = 022 };

/* ---- names ---- */

/* A number for a new file; when there are many, those of files that are gone
 * are used again. */
static int new_inode(const struct sim *s)
{
    const struct world *w = &s->world;
    int n = w->head->inodes;
    for (int i = 0; n >= INODES_KEPT && i < n; i++) {
        const struct inode *f = &w->inode[i];
        if (f->links == 0 && (f->pipe == NONE || world_pipe_gone(w, f->pipe)))
            return i;
    }
    return n;
}

void model_mkfifo(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t name = op_arg(op, KEY_mkfifo), mode = op_arg(op, KEY_mode);
    obey(s, RULE_F10);
    if (s->world.name[name].inode != NONE) {
        op_returns(s, proc, -1, E_EEXIST, NO_PAYLOAD);
        return;
    }
    mode = mode == ARG_ABSENT ? 0666 : mode >> 32;
    SAY(s, .kind = EV_INODE, .sub = INODE_FIFO, .proc = proc,
        .obj = new_inode(s), .aux = (int32_t)name, .val = mode & ~UMASK);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

/* ---- what an open comes to ---- */

/* One look of somebody who opens a FIFO. */
struct opening {
    int proc, inode;
    enum desc_kind kind;
    bool nonblock;
    bool sleeps; /* the other side is not there */
    enum errno_name error;
    struct event why; /* told to it if it has slept */
};

static enum desc_kind kind_of(const struct op *op)
{
    return op_flag(op, "O_RDWR")     ? DESC_PIPE_BOTH
           : op_flag(op, "O_WRONLY") ? DESC_PIPE_WRITE
                                     : DESC_PIPE_READ;
}

/* Whether the owner may open a file of that mode so; all processes of a lesson
 * are one user, and none is the superuser. */
static bool may_open(int32_t mode, enum desc_kind kind)
{
    enum { READS = 0400, WRITES = 0200 };
    int32_t needs = kind == DESC_PIPE_READ    ? READS
                    : kind == DESC_PIPE_WRITE ? WRITES
                                              : READS | WRITES;
    return (mode & needs) == needs;
}

/* Whether the other side is there, for an opener of that kind. */
static bool has_partner(const struct sim *s, const struct opening *o)
{
    int pipe = s->world.inode[o->inode].pipe;
    if (pipe == NONE || o->kind == DESC_PIPE_BOTH)
        return o->kind == DESC_PIPE_BOTH;
    const struct pipe *p = &s->world.pipe[pipe];
    bool wrong = is_planted(s, "fifo-open-counts");
    if (o->kind == DESC_PIPE_READ)
        return (wrong ? p->writers : world_writers(&s->world, pipe)) > 0;
    return (wrong ? p->readers : world_readers(&s->world, pipe)) > 0;
}

/* What the open that `proc` is at comes to now, in the order in which Linux
 * asks: a descriptor, the name, the permission, the other side. */
static struct opening look_at(const struct sim *s, int proc, struct event why)
{
    const struct op *op = op_at(s, proc);
    struct opening o = {.proc = proc,
                        .inode = s->world.name[op_arg(op, KEY_open)].inode,
                        .kind = kind_of(op),
                        .nonblock = op_flag(op, "O_NONBLOCK"),
                        .why = why};
    if (fd_free(s, proc, 3) == NONE)
        o.error = E_EMFILE;
    else if (o.inode == NONE)
        o.error = E_ENOENT;
    else if (!may_open(s->world.inode[o.inode].mode, o.kind))
        o.error = E_EACCES;
    else if (has_partner(s, &o))
        return o;
    else if (!o.nonblock)
        o.sleeps = true;
    else if (o.kind == DESC_PIPE_WRITE)
        o.error = E_ENXIO;
    return o;
}

static void obey_look(struct sim *s, const struct opening *o)
{
    int pipe = o->inode == NONE ? NONE : s->world.inode[o->inode].pipe;
    const struct pipe *p = pipe == NONE ? NULL : &s->world.pipe[pipe];
    bool there = p && !world_pipe_gone(&s->world, pipe);
    obey(s, o->error == E_ENXIO                        ? RULE_F3
            : o->error == E_EMFILE                     ? RULE_P26
            : o->error                                 ? RULE_F10
            : o->kind == DESC_PIPE_BOTH                ? RULE_F5
            : there && !p->readers && !p->writers      ? RULE_F4
            : o->kind == DESC_PIPE_READ && o->nonblock ? RULE_F2
                                                       : RULE_F1);
    if (there && p->bytes > 0)
        obey(s, RULE_F8);
}

/* ---- an open that comes about ---- */

/* Its buffer is there from now on. Of one that all had closed, nothing is
 * left. */
static int make_buffer(struct sim *s, const struct opening *o)
{
    const struct inode *f = &s->world.inode[o->inode];
    bool wrong = is_planted(s, "fifo-keeps-bytes");
    if (f->pipe != NONE && (wrong || !world_pipe_gone(&s->world, f->pipe)))
        return f->pipe;
    if (f->pipe != NONE && s->world.pipe[f->pipe].bytes > 0)
        obey(s, RULE_F8);
    int pipe = f->pipe == NONE ? pipe_new(s) : f->pipe;
    SAY(s, .kind = EV_PIPE, .sub = 1, .proc = o->proc, .obj = pipe,
        .aux = o->inode, .val = pipe_new_slots(s));
    return pipe;
}

/* The open of `o` returns a descriptor. */
static void give_descriptor(struct sim *s, const struct opening *o, int pipe)
{
    const struct pipe *p = &s->world.pipe[pipe];
    int fd = fd_free(s, o->proc, 3);
    bool early = o->kind == DESC_PIPE_READ && !has_partner(s, o);
    int flags = (o->nonblock ? DESC_NONBLOCK : 0) | (early ? DESC_EARLY : 0);
    if (!p->readers && !p->writers)
        s->live.step.made = pipe;
    fd_set_to(s, o->proc, fd, desc_new(s, o->kind, pipe, flags), false);
    var_set(s, o->proc, op_arg(op_at(s, o->proc), KEY_as), fd);
    op_wakes(s, o->proc, fd, E_OK, NO_PAYLOAD, o->why);
}

/* All who sleep in open(2) for this side come out of it. */
static void release(struct sim *s, const struct opening *by, int pipe,
                    enum desc_kind kind)
{
    bool reads = kind == DESC_PIPE_READ;
    struct event why = reason(reads ? WHY_WRITER_CAME : WHY_READER_CAME,
                              by->proc, 0);
    for (;;) {
        const struct inode *f = &s->world.inode[by->inode];
        int proc = reads ? f->open_read.head : f->open_write.head;
        if (proc == NONE)
            return;
        obey(s, RULE_F1);
        struct opening o = {.proc = proc, .inode = by->inode, .kind = kind,
                            .why = why};
        give_descriptor(s, &o, pipe);
    }
}

/* Stopped openers are in no line; but theirs could come about now. */
static void tell_stopped(struct sim *s, struct event why)
{
    for (int i = 0; (i = next_stopped(s, i)) != NONE; i++) {
        enum wait_kind wait = (enum wait_kind)s->world.task[i].wait;
        bool opens = wait == WAIT_OPEN_READ || wait == WAIT_OPEN_WRITE;
        if (opens && !look_at(s, i, why).sleeps)
            wake_stopped(s, i, why);
    }
}

/* It waits for the other side, and counts as one of its own from now on. */
static void sleep_in_open(struct sim *s, const struct opening *o)
{
    enum wait_kind wait =
        o->kind == DESC_PIPE_READ ? WAIT_OPEN_READ : WAIT_OPEN_WRITE;
    make_buffer(s, o);
    op_sleeps_on(s, o->proc, wait, o->inode);
}

static void fails(struct sim *s, const struct opening *o)
{
    var_set(s, o->proc, op_arg(op_at(s, o->proc), KEY_as), -1);
    op_wakes(s, o->proc, -1, o->error, NO_PAYLOAD, o->why);
}

/* One look of an opener. Returns whether its call is over. */
static bool open_once(struct sim *s, int proc, struct event why)
{
    struct opening o = look_at(s, proc, why);
    struct event came =
        reason(o.kind == DESC_PIPE_READ ? WHY_READER_CAME : WHY_WRITER_CAME,
               proc, 0);
    obey_look(s, &o);
    if (o.error) {
        fails(s, &o);
        return true;
    }
    if (o.sleeps) {
        sleep_in_open(s, &o);
        tell_stopped(s, came);
        return false;
    }
    int pipe = make_buffer(s, &o);
    give_descriptor(s, &o, pipe);
    if (o.kind != DESC_PIPE_READ)
        release(s, &o, pipe, DESC_PIPE_READ);
    if (o.kind != DESC_PIPE_WRITE)
        release(s, &o, pipe, DESC_PIPE_WRITE);
    tell_stopped(s, came);
    return true;
}

/* ---- the ops ---- */

void model_open(struct sim *s, int proc)
{
    open_once(s, proc, reason(WHY_STILL_WAITING, 0, 0));
}

void model_unlink(struct sim *s, int proc)
{
    int32_t name = (int32_t)op_arg(op_at(s, proc), KEY_unlink);
    int inode = s->world.name[name].inode;
    if (inode == NONE) {
        obey(s, RULE_F10);
        op_returns(s, proc, -1, E_ENOENT, NO_PAYLOAD);
        return;
    }
    int pipe = s->world.inode[inode].pipe;
    if (pipe != NONE && !world_pipe_gone(&s->world, pipe))
        obey(s, RULE_F9);
    SAY(s, .kind = EV_UNLINK, .proc = proc, .obj = name);
    op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
    tell_stopped(s, reason(WHY_STILL_WAITING, 0, 0));
}

bool fifo_again(struct sim *s, int proc)
{
    bool reads = s->world.task[proc].wait == WAIT_OPEN_READ;
    obey(s, RULE_F4);
    return open_once(
        s, proc, reason(reads ? WHY_WRITER_CAME : WHY_READER_CAME, NONE, 0));
}

bool fifo_interrupted(struct sim *s, int proc, struct interruption *in)
{
    obey(s, RULE_F7);
    if (!in->restart)
        var_set(s, proc, op_arg(op_at(s, proc), KEY_as), -1);
    return !in->restart;
}
