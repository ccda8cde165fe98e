/* explain_pipe.c: what went through a pipe, and what could not. */
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

static const struct op *op_of(const struct say *s, const struct event *e)
{
    return &s->w->scenario->ops[e->aux];
}

static bool slept(const struct event *e)
{
    return e->cpu == 1;
}

/* Pushes a sentence about the process alone. */
static void about(struct say *s, const struct event *e, enum word w)
{
    say_name(s, e->proc);
    say_fold(s, w, 1);
}

/* ---- reading ---- */

static void read_some(struct say *s, const struct event *e, int pipe)
{
    size_t length = 0;
    const unsigned char *bytes = trace_payload(s->tr, e->obj, &length);
    say_name(s, e->proc);
    if (length == (size_t)e->val)
        say_bytes_shown(s, (const char *)bytes, length);
    else
        say_bytes(s, e->val);
    say_number(s, s->w->pipe[pipe].bytes);
    say_fold(s, slept(e) ? W_SAY_READ_SLEPT : W_SAY_READ_SOME, 3);
}

void explain_read(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    int pipe = explain_pipe_of(s, e->proc, op->arg[0]);
    if (e->sub == E_EAGAIN)
        about(s, e, W_SAY_READ_EAGAIN);
    else if (e->sub || pipe == NONE)
        explain_call(s, e);
    else if (e->val == 0)
        about(s, e, op_arg(op, KEY_size) == 0  ? W_SAY_READ_NONE
                    : s->w->pipe[pipe].came    ? W_SAY_READ_EOF
                                               : W_SAY_READ_EARLY);
    else
        read_some(s, e, pipe);
}

/* ---- writing ---- */

/* Adds how full the pipe is: three pieces. */
static void say_fill(struct say *s, int pipe)
{
    say_bytes(s, s->w->pipe[pipe].bytes);
    say_number(s, s->w->pipe[pipe].used);
    say_number(s, s->w->pipe[pipe].slots);
}

/* All `asked` bytes or a part of them are in. */
static void wrote(struct say *s, const struct event *e, const struct str *text,
                  int64_t asked)
{
    int pipe = explain_pipe_of(s, e->proc, op_of(s, e)->arg[0]);
    say_name(s, e->proc);
    if (e->val < asked) {
        say_bytes(s, e->val);
        say_number(s, asked);
        say_fold(s, slept(e) ? W_SAY_WROTE_CUT : W_SAY_WROTE_SHORT, 3);
        return;
    }
    if (text->length)
        say_bytes_shown(s, str_text(text), text->length);
    else
        say_bytes(s, e->val);
    if (slept(e)) {
        say_fold(s, W_SAY_WROTE_SLEPT, 2);
        return;
    }
    say_number(s, s->w->pipe[pipe].bytes);
    say_fold(s, W_SAY_WROTE, 3);
}

void explain_write(struct say *s, const struct event *e)
{
    int pipe = explain_pipe_of(s, e->proc, op_of(s, e)->arg[0]);
    int64_t bytes = op_arg(op_of(s, e), KEY_bytes);
    struct str text = {0};
    world_write_text(s->w, e->proc, op_arg(op_of(s, e), KEY_text), &text);
    int64_t asked = bytes == ARG_ABSENT ? (int64_t)text.length : bytes;
    if (e->sub == E_EPIPE) {
        about(s, e, W_SAY_EPIPE);
    } else if (pipe == NONE || (e->sub && e->sub != E_EAGAIN)) {
        explain_call(s, e);
    } else if (e->sub) {
        say_name(s, e->proc);
        say_fill(s, pipe);
        say_fold(s, W_SAY_WRITE_EAGAIN, 4);
    } else if (asked == 0) {
        about(s, e, W_SAY_WROTE_NOTHING);
    } else {
        wrote(s, e, &text, asked);
    }
    str_free(&text);
}
