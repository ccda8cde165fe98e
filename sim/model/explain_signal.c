/* explain_signal.c: where a signal went.
 *
 * A write that nobody will read is told in the order in which it happens: no
 * reader, then SIGPIPE and what the process does about that, and only then,
 * if the process is still there, what write(2) returns. */
#include "sim/base/promises.h"
#include "sim/model/explain_say.h"

void explain_signal_from(struct say *s, size_t signal)
{
    const struct event *e = trace_at(s->tr, signal);
    say_signal(s, e->sub);
    if (say_was_pending(s, signal)) {
        say_fold(s, W_SAY_SIGNAL_PENDING, 1);
    } else {
        say_sender(s, e->obj);
        say_fold(s, W_SAY_SIGNAL_FROM, 2);
    }
}

/* What keeps a signal from its receiver. */
static enum word pending_word(const struct say *s, const struct event *e)
{
    int state = s->w->task[e->proc].state;
    if (e->sub && world_blocks(s->w, e->proc, e->sub))
        return W_SAY_FATE_PENDING;
    return state == READY_SUSPENDED || state == BLOCKED_SUSPENDED
               ? W_SAY_FATE_STOPPED : W_SAY_FATE_LATER;
}

/* "fails with EPIPE"; "returns 65536" of a write that had begun. */
static void say_result(struct say *s, const struct event *write)
{
    if (write->sub)
        say_text(s, errno_text((enum errno_name)write->sub));
    else
        say_number(s, write->val);
    say_fold(s, write->sub ? W_SAY_THEN_FAILS : W_SAY_THEN_RETURNS, 1);
}

/* A write without readers whose process lives on. */
static void broken(struct say *s, const struct event *e,
                   const struct event *write)
{
    bool blocks = world_blocks(s->w, e->proc, e->sub);
    say_name(s, e->proc);
    say_signal(s, e->sub);
    say_result(s, write);
    say_fold(s, e->val == FATE_IGNORED   ? W_SAY_BROKEN_IGNORED
                : e->val == FATE_HANDLER ? W_SAY_BROKEN_HANDLED
                : blocks                 ? W_SAY_BROKEN_BLOCKED
                                         : W_SAY_BROKEN_LATER, 3);
}

void explain_signal(struct say *s, const struct event *e)
{
    static const enum word for_fate[] = {
        [FATE_IGNORED] = W_SAY_FATE_IGNORED,
        [FATE_HANDLER] = W_SAY_FATE_HANDLER,
        [FATE_KILLS] = W_SAY_FATE_KILLS,
        [FATE_STOPS] = W_SAY_FATE_STOPS,
        [FATE_CONTINUES] = W_SAY_FATE_CONTINUES,
        [FATE_MERGED] = W_SAY_FATE_MERGED,
    };
    require(e->val >= 0 && e->val <= FATE_MERGED);
    const struct event *write = say_broken_write(s, s->main);
    bool lives = e->val == FATE_IGNORED || e->val == FATE_HANDLER ||
                 e->val == FATE_PENDING;
    bool segv = e->sub == 11 && e->obj == -2;
    if (write && lives) {
        broken(s, e, write);
    } else if (!segv || !explain_fault(s, e->proc, !lives)) {
        say_name(s, e->proc);
        explain_signal_from(s, s->main);
        say_fold(s, e->val == FATE_PENDING ? pending_word(s, e)
                                           : for_fate[e->val], 2);
    }
    say_fold(s, W_SAY_STOP, 1);
}

/* Where the handler was entered that event number s->main returns from; s->to
 * if that is not in the trace. */
static size_t entered(const struct say *s, int proc)
{
    int inside = 0;
    for (size_t i = s->main; i-- > 0;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->proc != proc)
            continue;
        if (b->kind == EV_HANDLE && inside == 0)
            return i;
        inside += (b->kind == EV_RETURN) - (b->kind == EV_HANDLE);
    }
    return s->to;
}

void explain_handler_done(struct say *s, const struct event *e)
{
    size_t at = entered(s, e->proc);
    bool known = at < s->to;
    const struct event *write = NULL;
    if (known && at && trace_at(s->tr, at - 1)->kind == EV_SIGNAL)
        write = say_broken_write(s, at - 1);
    say_name(s, e->proc);
    say_signal(s, known ? trace_at(s->tr, at)->sub : 0);
    if (write)
        say_result(s, write);
    say_fold(s, write ? W_SAY_HANDLER_DONE_WRITE : W_SAY_HANDLER_DONE,
             write ? 3 : 2);
    say_fold(s, W_SAY_STOP, 1);
}
