/* wrong.c: why a choice is wrong, in one sentence, from what was known when it
 * was asked. */
#include "sim/predict/question_in.h"

#include "sim/base/promises.h"
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

/* Each pushes one sentence, or nothing. */
typedef void wrong(struct say *s, const struct prediction *q, struct choice c);

/* ---- states and CPUs ---- */

/* The arrow between two states; TRANSITION_COUNT: there is none. */
static enum transition arrow(enum state from, enum state to)
{
    int t = 0;
    while (t < TRANSITION_COUNT &&
           state_after(from, (enum transition)t) != to)
        t++;
    return (enum transition)t;
}

static void wrong_state(struct say *s, const struct prediction *q,
                        struct choice c)
{
    enum state from = (enum state)s->w->task[q->proc].state;
    enum transition t = arrow(from, (enum state)c.value);
    say_state(s, from);
    say_state(s, (enum state)c.value);
    if (t != TRANSITION_COUNT)
        say_text(s, transition_title(t, s->lang));
    say_stop(s, t == TRANSITION_COUNT ? W_WRONG_NO_ARROW : W_WRONG_ARROW,
             t == TRANSITION_COUNT ? 2 : 3);
}

static void wrong_who(struct say *s, const struct prediction *q,
                      struct choice c)
{
    struct choice right = q->choice[q->answer];
    if (c.kind == CHOICE_NOBODY) {
        say_stop(s, W_WRONG_NOBODY, 0);
        return;
    }
    int st = s->w->task[c.value].state;
    say_name(s, (int)c.value);
    if (st != READY) {
        say_state(s, (enum state)st);
        say_stop(s, W_WRONG_NOT_READY, 2);
    } else if (right.kind == CHOICE_PROCESS) {
        say_text(s, world_scheduler(s->w)->policy);
        say_name(s, (int)right.value);
        say_stop(s, W_WRONG_NOT_FIRST, 3);
    } else {
        say_stop(s, W_WRONG_NOT_NOW, 1);
    }
}

static void wrong_goes(struct say *s, const struct prediction *q,
                       struct choice c)
{
    if (c.kind == CHOICE_GOES_ON) {
        say_name(s, q->proc);
        say_stop(s, W_WRONG_GOES_ON, 1);
    } else {
        wrong_state(s, q, c);
    }
}

static void wrong_slice(struct say *s, const struct prediction *q,
                        struct choice c)
{
    tick end = s->w->cpu[q->cpu].slice_end;
    tick right = q->choice[q->answer].value;
    say_number(s, end);
    if (c.value > end && right <= end)
        say_stop(s, W_WRONG_BEYOND_SLICE, 1);
    else if (c.value == end)
        say_stop(s, W_WRONG_BEFORE_SLICE, 1);
    else if (c.value < right)
        say_stop(s, W_WRONG_WITHIN_SLICE, 1);
    else
        say_stop(s, W_WRONG_AFTER, 1);
}

/* ---- calls ---- */

static enum verb verb_of(const struct say *s, const struct prediction *q)
{
    return (enum verb)s->w->scenario->ops[q->op].verb;
}

static bool is_semop(enum verb v)
{
    return v == OP_semop || v == OP_P || v == OP_V;
}

/* The word about a number that a call does not return; WORD_COUNT: none. */
static enum word about_number(const struct say *s, const struct prediction *q,
                              int64_t value)
{
    enum verb v = verb_of(s, q);
    if (v == OP_read)
        return value == 0 ? W_WRONG_EOF : W_WRONG_COUNT;
    if (v == OP_fork)
        return W_WRONG_FORK;
    if (v == OP_wait)
        return W_WRONG_NOHANG;
    if (v == OP_write && value)
        return W_WRONG_WRITTEN;
    if (v == OP_msgsnd && value)
        return W_WRONG_MSGSND;
    if (is_semop(v) && value)
        return W_WRONG_SEMOP;
    if (v == OP_open && value == 0)
        return W_WRONG_STDIN;
    return WORD_COUNT;
}

static enum word about_error(enum errno_name e)
{
    static const enum word words[ERRNO_COUNT] = {
        [E_EAGAIN] = W_WRONG_EAGAIN, [E_EPIPE] = W_WRONG_EPIPE,
        [E_EBADF] = W_WRONG_EBADF,   [E_ENOENT] = W_WRONG_ENOENT,
        [E_EEXIST] = W_WRONG_EEXIST, [E_ENXIO] = W_WRONG_ENXIO,
        [E_ECHILD] = W_WRONG_ECHILD, [E_ESRCH] = W_WRONG_ESRCH,
        [E_EPERM] = W_WRONG_EPERM,   [E_EACCES] = W_WRONG_EACCES,
        [E_EINVAL] = W_WRONG_EINVAL, [E_EIDRM] = W_WRONG_EIDRM,
        [E_ENOMSG] = W_WRONG_ENOMSG, [E_E2BIG] = W_WRONG_E2BIG,
        [E_EINTR] = W_WRONG_EINTR,   [E_EBUSY] = W_WRONG_EBUSY,
        [E_EFAULT] = W_WRONG_EFAULT,
    };
    return words[e] ? words[e] : WORD_COUNT;
}

static enum word about_call(const struct say *s, const struct prediction *q,
                            struct choice c)
{
    switch (c.kind) {
    case CHOICE_SLEEPS: return W_WRONG_SLEEPS;
    case CHOICE_RETURNS: return about_number(s, q, c.value);
    case CHOICE_FAILS: return about_error((enum errno_name)c.value);
    case CHOICE_DIES: return W_WRONG_DIES;
    case CHOICE_WORKS: return W_WRONG_WORKS;
    case CHOICE_OBJECT: return W_WRONG_OBJECT;
    case CHOICE_PID:
        return verb_of(s, q) == OP_wait ? W_WRONG_CHILD : W_WRONG_FORK;
    default: return WORD_COUNT;
    }
}

static void wrong_call(struct say *s, const struct prediction *q,
                       struct choice c)
{
    bool slept = q->choice[q->answer].kind == CHOICE_SLEEPS;
    enum word w = about_call(s, q, c);
    if (w == WORD_COUNT && slept)
        w = W_WRONG_MUST_WAIT;
    if (w == WORD_COUNT)
        return;
    if (c.kind == CHOICE_DIES)
        say_signal(s, (int)c.value);
    else
        say_call(s, q->op);
    say_stop(s, w, 1);
}

/* Which messages a msgrcv asks for. */
static void wrong_message(struct say *s, const struct prediction *q,
                          struct choice c)
{
    const struct op *op = &s->w->scenario->ops[q->op];
    int64_t type = world_term(s->w, q->proc, op_arg(op, KEY_type));
    if (c.kind != CHOICE_MESSAGE) {
        wrong_call(s, q, c);
        return;
    }
    if (op_flag(op, "MSG_EXCEPT"))
        return;
    say_number(s, type < 0 ? -type : type);
    say_stop(s, type > 0   ? W_WRONG_TYPE
                : type < 0 ? W_WRONG_LOWEST
                           : W_WRONG_OLDEST, 1);
}

static void wrong_semaphore(struct say *s, const struct prediction *q,
                            struct choice c)
{
    int64_t value = s->w->sem[q->obj].value;
    bool stays = q->choice[q->answer].value == value;
    if (c.value == value || stays)
        say_stop(s, stays ? W_WRONG_SEM_STAYS : W_WRONG_SEM_CHANGES, 0);
}

void question_write_wrong(const struct prediction *q, int i,
                          const struct world *w, enum lang lang,
                          struct str *out)
{
    static wrong *const wrongs[QUESTION_KINDS] = {
        [QUESTION_STATE] = wrong_state,     [QUESTION_WHO] = wrong_who,
        [QUESTION_GOES] = wrong_goes,       [QUESTION_CALL] = wrong_call,
        [QUESTION_MESSAGE] = wrong_message, [QUESTION_SLICE] = wrong_slice,
        [QUESTION_SEMAPHORE] = wrong_semaphore};
    require(i >= 0 && i < q->choices && i != q->answer);
    struct say s = {.w = w, .lang = lang};
    if (!wrongs[q->kind])
        return;
    wrongs[q->kind](&s, q, q->choice[i]);
    if (s.depth)
        say_end(&s, out);
}
