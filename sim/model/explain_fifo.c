/* explain_fifo.c: names that come and go, and who waits for whom in open(2). */
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

#include <stdio.h>

static const struct op *op_of(const struct say *s, int32_t op)
{
    return &s->w->scenario->ops[op];
}

/* The name that the op is about: its first argument. */
static void say_file(struct say *s, int32_t op)
{
    say_given(s, s->w->scenario->names[op_of(s, op)->arg[0]]);
}

/* "0644" */
static void say_octal(struct say *s, int64_t mode)
{
    char text[32];
    snprintf(text, sizeof text, "%04o", (unsigned)mode);
    say_text(s, text);
}

/* The mode of the file that the op names. */
static int32_t mode_of(const struct say *s, int32_t op)
{
    int inode = s->w->name[op_of(s, op)->arg[0]].inode;
    return inode == NONE ? 0 : s->w->inode[inode].mode;
}

static void say_mode(struct say *s, int32_t op)
{
    say_octal(s, mode_of(s, op));
}

/* Pushes the process and the file: {0}, {1}. */
static void say_both(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_file(s, e->aux);
}

static void no_such_file(struct say *s, const struct event *e)
{
    say_both(s, e);
    say_manual(s, e->aux);
    say_fold(s, W_SAY_FIFO_ENOENT, 3);
}

void explain_mkfifo(struct say *s, const struct event *e)
{
    if (e->sub && e->sub != E_EEXIST) {
        explain_call(s, e);
        return;
    }
    say_both(s, e);
    if (e->sub) {
        say_fold(s, W_SAY_FIFO_EEXIST, 2);
        return;
    }
    int64_t mode = op_arg(op_of(s, e->aux), KEY_mode);
    int64_t asked = mode == ARG_ABSENT ? 0666 : mode >> 32;
    say_mode(s, e->aux);
    say_octal(s, asked);
    say_fold(s, asked == mode_of(s, e->aux) ? W_SAY_FIFO_MADE
                                            : W_SAY_FIFO_MADE_MASKED, 4);
}

/* Whether somebody had the file open whose name the step has taken away. */
static bool was_open(const struct say *s, const struct event *e)
{
    int64_t name = op_of(s, e->aux)->arg[0];
    for (int i = s->w->head->inodes; i-- > 0;) {
        const struct inode *f = &s->w->inode[i];
        if (f->name == name && f->links == 0)
            return f->pipe != NONE && !world_pipe_gone(s->w, f->pipe);
    }
    return false;
}

void explain_unlink(struct say *s, const struct event *e)
{
    if (e->sub == E_ENOENT) {
        no_such_file(s, e);
    } else if (e->sub) {
        explain_call(s, e);
    } else {
        say_both(s, e);
        say_fold(s, was_open(s, e) ? W_SAY_UNLINKED_OPEN : W_SAY_UNLINKED, 2);
    }
}

static void opened(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e->aux);
    int desc = world_desc(s->w, e->proc, e->val);
    bool early = desc != NONE && s->w->desc[desc].flags & DESC_EARLY;
    bool slept = e->cpu == 1;
    say_both(s, e);
    say_var(s, op_arg(op, KEY_as));
    say_number(s, e->val);
    say_fold(s, W_SAY_FD_NAMED, 2);
    say_fold(s, slept                       ? W_SAY_OPENED_SLEPT
                : op_flag(op, "O_RDWR")     ? W_SAY_OPENED_BOTH
                : op_flag(op, "O_WRONLY")   ? W_SAY_OPENED_WRITE
                : early                     ? W_SAY_OPENED_EARLY
                                            : W_SAY_OPENED_READ, 3);
}

void explain_open(struct say *s, const struct event *e)
{
    switch (e->sub) {
    case E_OK:
        opened(s, e);
        break;
    case E_ENOENT:
        no_such_file(s, e);
        break;
    case E_ENXIO:
        say_both(s, e);
        say_fold(s, W_SAY_OPEN_ENXIO, 2);
        break;
    case E_EACCES:
        say_both(s, e);
        say_mode(s, e->aux);
        say_fold(s, W_SAY_OPEN_EACCES, 3);
        break;
    default:
        explain_call(s, e);
    }
}

/* ---- asleep in open(2) ---- */

void explain_sleep_open(struct say *s, const struct event *e)
{
    const struct task *t = &s->w->task[e->proc];
    say_name(s, e->proc);
    say_file(s, t->pc);
    say_fold(s, t->wait == WAIT_OPEN_READ ? W_SAY_SLEEPS_OPEN_READ
                                          : W_SAY_SLEEPS_OPEN_WRITE, 2);
}

void explain_writer_came(struct say *s, const struct event *e)
{
    explain_woken_by(s, e, W_SAY_WRITER_CAME);
}

void explain_reader_came(struct say *s, const struct event *e)
{
    explain_woken_by(s, e, W_SAY_READER_CAME);
}
